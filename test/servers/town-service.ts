/** How does a town look as a web service: JSON in pages, XML with links, CSV in one piece? */

import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Cell, canonicalDecimal } from '../../src/model/index.ts'
import { inCrs, stored, type TownColumn, type TownTable, townCrs, wkt } from '../contract/town.ts'

export interface TownService {
  /** What paths of datasets start from. */
  readonly url: string
  /** Paths and parameters of every question. */
  readonly asked: readonly string[]
  readonly connections: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Rows of a page in XML. */
const xmlPage = 1000

/**
 * - `json/TABLE`: `{ result: { records, total } }`, `limit` and `offset`, and `COLUMN=value` as a filter
 * - `seiten/TABLE`: the same with `page` and `limit`, no more than 500 rows a page whatever is asked, and no total
 * - `xml/TABLE`: `<antwort><liste><zeile/>…</liste><weiter href="…"/></antwort>` in a namespace
 * - `csv/TABLE`
 *
 * Shapes are GeoJSON objects in JSON and well-known text elsewhere, in the surveyors' coordinates.
 */
export async function startTownService(tables: readonly TownTable[], namespace: string): Promise<TownService> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent((request.url ?? '').replaceAll('+', ' ')))
    const said = answer(request, tables, namespace)
    response.writeHead(said ? 200 : 404, { 'content-type': said?.type ?? 'text/plain' }).end(said?.body ?? 'nichts')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dienst`,
    asked,
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Said {
  readonly type: string
  readonly body: string
}

function answer(request: IncomingMessage, tables: readonly TownTable[], namespace: string): Said | undefined {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const [, format, name] = /^\/dienst\/(\w+)\/(\w+)$/.exec(pathname) ?? []
  const table = tables.find(one => one.name === name)
  if (!table) return undefined
  const number = (parameter: string, otherwise: number): number => Number(searchParams.get(parameter) ?? otherwise)
  switch (format) {
    case 'json': {
      const found = filtered(table, searchParams)
      const skip = number('offset', 0)
      return { type: 'application/json', body: jsonOf(found, found.rows.slice(skip, skip + number('limit', 100)), true) }
    }
    case 'seiten': {
      const size = Math.min(number('limit', 100), 500)
      const skip = (number('page', 1) - 1) * size
      return { type: 'application/json', body: jsonOf(table, table.rows.slice(skip, skip + size), false) }
    }
    case 'xml':
      return { type: 'application/xml; charset=utf-8', body: xmlOf(table, number('ab', 0), namespace) }
    case 'csv':
      return { type: 'text/csv; charset=utf-8', body: csvOf(table) }
    default:
      return undefined
  }
}

function filtered(table: TownTable, parameters: URLSearchParams): TownTable {
  const wanted = table.columns.flatMap(({ column }, at) => (parameters.has(column) ? [{ at, value: parameters.get(column) }] : []))
  return { ...table, rows: table.rows.filter(row => wanted.every(({ at, value }) => String(row[at]) === value)) }
}

/** Written by hand: JSON.stringify would round the large numbers. */
function jsonOf({ columns, rows: all }: TownTable, rows: TownTable['rows'], total: boolean): string {
  const records = rows.map(
    row => `{"angaben":{${row.map((cell, at) => `${JSON.stringify(columns[at]!.column)}:${jsonCell(cell, columns[at]!)}`).join(',')}}}`,
  )
  return `{"result":{${total ? `"total":${all.length},` : ''}"records":[${records.join(',')}]}}`
}

function jsonCell(cell: Cell, column: TownColumn): string {
  if (cell === null || typeof cell === 'boolean') return String(cell)
  if (typeof cell === 'object') return JSON.stringify(inCrs(cell, townCrs))
  if (column.type === 'bigint' || column.type === 'decimal') return canonicalDecimal(String(cell)) ?? 'null'
  return typeof cell === 'number' ? String(cell) : JSON.stringify(stored(cell, column))
}

function xmlOf({ name, columns, rows }: TownTable, from: number, namespace: string): string {
  const lines = rows.slice(from, from + xmlPage).map(row => {
    const cells = row.map((cell, at) =>
      cell === null ? '' : `<s:${columns[at]!.column}>${escaped(textOf(cell, columns[at]!))}</s:${columns[at]!.column}>`,
    )
    return `<s:zeile><s:angaben>${cells.join('')}</s:angaben></s:zeile>`
  })
  const next = from + xmlPage < rows.length ? `<s:weiter href="/dienst/xml/${name}?ab=${from + xmlPage}"/>` : ''
  return `<?xml version="1.0" encoding="UTF-8"?><s:antwort xmlns:s="${namespace}"><s:liste>${lines.join('')}</s:liste>${next}</s:antwort>`
}

function csvOf({ columns, rows }: TownTable): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = rows.map(row => row.map((cell, at) => (cell === null ? '' : quoted(textOf(cell, columns[at]!)))).join(','))
  return `${[columns.map(({ column }) => column).join(','), ...lines].join('\r\n')}\r\n`
}

function textOf(cell: Exclude<Cell, null>, column: TownColumn): string {
  return typeof cell === 'object' ? wkt(inCrs(cell, townCrs)) : (stored(cell, column) ?? '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
