/** How does the leaky town get into a web service, which sends everything it has with every answer? */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cell } from '../../../src/model/index.ts'
import { inCrs, townCrs } from '../../contract/town.ts'
import { type Bench, bySide, sides } from './bench.ts'
import { type Table, tablesOf } from './tables.ts'

export const http: Bench = {
  kind: 'http',
  missing: undefined,
  async start() {
    const tables = new Map<string, Table>(sides.flatMap(side => tablesOf(side).map(table => [`${table.name}_${side}`, table] as const)))
    const asked: string[] = []
    let ruined = false
    const server = createServer((request, response) => {
      asked.push(decodeURIComponent((request.url ?? '').replaceAll('+', ' ')))
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
      const table = tables.get(/^\/amt\/(\w+)$/.exec(pathname)?.[1] ?? '')
      if (ruined || !table) response.writeHead(ruined ? 500 : 404).end('Wartung an halter_name')
      else response.end(pageOf(table, searchParams))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      files: bySide(side => ({
        source: `kind: http\nconnection: { url: "http://${host}/amt", headers: { X-Api-Key: schluessel-des-amts } }`,
        place: table =>
          `path: ${table}_${side}, rows: result/records, paging: { by: offset, size: 20, total: result/total }, filters: { hund_id: hund_id, halter_id: halter_id }`,
        crs: ', crs: "EPSG:25832"',
      })),
      asked,
      whereabouts: [host, 'result/records', 'schluessel-des-amts', 'hund_a', 'hund_b'],
      ruin: async () => {
        ruined = true
      },
      tidyUp: async () => {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      },
    }
  },
}

/** Every column of the rows, asked for or not; filters by any of them. */
function pageOf({ columns, rows }: Table, parameters: URLSearchParams): string {
  const found = rows.filter(row => columns.every(({ column }, at) => !parameters.has(column) || String(row[at]) === parameters.get(column)))
  const skip = Number(parameters.get('offset') ?? 0)
  const page = found.slice(skip, skip + Number(parameters.get('limit') ?? 100))
  const records = page.map(row => Object.fromEntries(columns.map(({ column }, at) => [column, written(row[at] ?? null)])))
  return JSON.stringify({ result: { records, total: found.length } })
}

function written(cell: Cell): unknown {
  return typeof cell === 'object' && cell !== null ? inCrs(cell, townCrs) : cell
}
