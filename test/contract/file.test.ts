/** Do CSV, GeoJSON and XLSX files keep the promises of the contract? */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { file } from '../../src/connectors/file/index.ts'
import type { Cell, SourceCall } from '../../src/model/index.ts'
import { type Cell as SheetCell, serial, workbook } from '../servers/workbook.ts'
import { connectorContract, type Faulty, type Opened, type Wish } from './connector.ts'
import {
  datasetsOf,
  type Fit,
  featureCollection,
  stored,
  type TableName,
  type TownColumn,
  type TownTable,
  tableNames,
  tableOf,
  wkt,
} from './town.ts'

const csv: Fit = { kind: 'file', place: table => file.place.parse({ path: `${table}.csv` }) }

const geojson: Fit = {
  kind: 'file',
  place: table => file.place.parse({ path: `karten/${table}.geojson` }),
  column: column => (column.type === 'point' || column.type === 'polygon' ? 'geometry' : column.column),
}

connectorContract('file, CSV', wish => open(wish, csv, writeCsv), {
  'fault.drop': 'a file has no connection that could break',
  'fault.login': 'a file asks for no login',
  'fault.errorWith200': 'a file has no status',
  'fault.truncated': 'half a CSV is a shorter CSV; a quote that is never closed is covered by its own test',
  cancelSilent: 'a disk that hangs cannot be made here',
  deadline: 'a disk that hangs cannot be made here',
})

connectorContract('file, GeoJSON', wish => open(wish, geojson, writeGeoJson), {
  'fault.drop': 'a file has no connection that could break',
  'fault.login': 'a file asks for no login',
  'fault.errorWith200': 'a file has no status',
  cancelSilent: 'a disk that hangs cannot be made here',
  deadline: 'a disk that hangs cannot be made here',
})

const xlsx: Fit = {
  kind: 'file',
  place: table => file.place.parse({ path: `${table}.xlsx`, sheet: table }),
  // A cell with an empty text and one with none are the same.
  keeps: cell => (cell === '' ? null : cell),
}

for (const texts of ['shared', 'inline'] as const) {
  connectorContract(`file, XLSX with ${texts} texts`, wish => open(wish, xlsx, (folder, table) => writeXlsx(folder, table, texts)), {
    'fault.drop': 'a file has no connection that could break',
    'fault.login': 'a file asks for no login',
    'fault.errorWith200': 'a file has no status',
    cancelSilent: 'a disk that hangs cannot be made here',
    deadline: 'a disk that hangs cannot be made here',
  })
}

async function open(wish: Wish, fit: Fit, write: (folder: string, table: TownTable) => void): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-'))
  mkdirSync(join(folder, 'karten'))
  for (const name of tableNames) write(folder, tableOf(wish.town, name, fit))
  const calls: SourceCall[] = []
  const connect = (at: string) =>
    file.open(
      { id: 'town', kind: 'file', title: 'Dateien', connection: file.connection.parse({ folder: at }), limits: wish.limits },
      { folder: '/', call: call => calls.push(call), warn: () => {} },
    )
  const bad = (content: string | Buffer) => async (): Promise<Faulty> => {
    const place = mkdtempSync(join(tmpdir(), 'stadttor-'))
    mkdirSync(join(place, 'karten'))
    writeFileSync(join(place, pathOf(fit, 'trees')), content)
    return { connector: connect(place), close: async () => rmSync(place, { recursive: true }) }
  }
  return {
    connector: connect(folder),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => rmSync(folder, { recursive: true }),
    faults: {
      refuse: async () => ({ connector: connect(join(folder, 'gibt-es-nicht')), close: async () => {} }),
      garbage: bad(Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 197 + 128) % 256))),
      html: bad('<!DOCTYPE html>\n<html><body>Wartungsarbeiten</body></html>'),
      truncated: bad('{ "type": "FeatureCollection", "features": [ { "type": "Fea'),
      redirect: async () => {
        const place = mkdtempSync(join(tmpdir(), 'stadttor-'))
        mkdirSync(join(place, 'karten'))
        symlinkSync(join(folder, pathOf(fit, 'trees')), join(place, pathOf(fit, 'trees')))
        return { connector: connect(place), close: async () => rmSync(place, { recursive: true }) }
      },
    },
    secrets: [folder, 'trees.'],
  }
}

function pathOf(fit: Fit, table: TableName): string {
  return String(fit.place(table).path)
}

function writeCsv(folder: string, table: TownTable): void {
  const quoted = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`)
  const lines = table.rows.map(row =>
    row.map((cell, at) => quoted(cell !== null && typeof cell === 'object' ? wkt(cell) : stored(cell, table.columns[at]!))).join(','),
  )
  const header = table.columns.map(column => column.column).join(',')
  writeFileSync(join(folder, `${table.name}.csv`), `\uFEFF${[header, ...lines].join('\r\n')}\r\n`)
}

function writeGeoJson(folder: string, table: TownTable): void {
  // Written by hand: JSON.stringify would round the large numbers, which a real file may well hold.
  const numbers = new Set(['int', 'bigint', 'decimal', 'float'])
  const json = JSON.stringify({
    ...featureCollection(
      table,
      (cell, column) => (numbers.has(column.type) && cell !== null ? `#${cell}#` : column.zone ? stored(cell, column) : cell),
      'EPSG:25832',
    ),
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } },
  })
  writeFileSync(join(folder, 'karten', `${table.name}.geojson`), json.replace(/"#([^"#]*)#"/g, '$1'))
}

function writeXlsx(folder: string, table: TownTable, texts: 'shared' | 'inline'): void {
  const rows = table.rows.map(row => row.map((cell, at) => sheetCell(cell, table.columns[at]!)))
  const header = table.columns.map(({ column }): SheetCell => ({ text: column }))
  writeFileSync(
    join(folder, `${table.name}.xlsx`),
    workbook(
      [
        { name: 'Deckblatt', rows: [] },
        { name: table.name, rows: [header, ...rows] },
      ],
      texts,
    ),
  )
}

/** As spreadsheets keep it: days and wall clocks as numbers with a format, what is older or finer than they know as text. */
function sheetCell(cell: Cell, column: TownColumn): SheetCell {
  if (cell === null) return null
  if (typeof cell === 'object') return { text: wkt(cell) }
  if (typeof cell === 'boolean') return { yes: cell }
  const text = stored(cell, column) ?? ''
  const isKnown = text > '1900-03-01' && !text.includes('.')
  switch (column.type) {
    case 'int':
    case 'bigint':
    case 'float':
      return { number: text }
    case 'decimal':
      return text.length > 15 ? { text } : { number: text }
    case 'date':
      return isKnown ? { number: serial(text), style: 'day' } : { text }
    case 'datetime':
      return isKnown && column.zone ? { number: serial(text), style: 'precise' } : { text }
    case 'time':
      return text.includes('.') ? { text } : { number: serial(`1899-12-30 ${text}`), style: 'clock' }
    default:
      return { text }
  }
}
