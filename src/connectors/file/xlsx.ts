/** Which rows does a sheet of a workbook hold? */

import { type Cell, type Column, sourceFailure } from '../../model/index.ts'
import { textCell } from '../shared/csv.ts'
import { geometryColumn, type Table } from '../shared/table.ts'
import type { FilePlace } from './options.ts'
import { pack, unpack } from './unpack.ts'

type Sheet = Pick<FilePlace, 'sheet' | 'header' | 'point'>

/** A cell as the library hands it over; numbers are texts, with the digits that the file has. */
type Raw = string | boolean | Date | null

/** Cells from the first to the last: a single one in the far corner would make a sheet of 17 thousand million. */
const mostCells = 10_000_000

/**
 * A sheet as a table: the names in its first line, or in the one that `header` says, are its columns; what follows are its rows.
 *
 * A cell holds what the workbook shows: the last result of a formula, and nothing for an error such as `#N/A`. A number has the
 * digits of the file, except for the last two that a double adds (`1.1000000000000001` is 1.1). Days and times are wall clocks.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID for anything but a workbook, SOURCE_CHANGED when there is no such sheet
 * @see ECMA-376-1, 18.3 (worksheets)
 */
export async function readWorkbook(bytes: Uint8Array, at: Sheet, limitBytes: number): Promise<Table> {
  const all = await rowsOf(bytes, at.sheet ?? 1, limitBytes)
  const first = (at.header ?? 1) - 1
  const names = (all[first] ?? []).map(nameOf)
  const rows = all.slice(first + 1).filter(row => row.some(cell => cell !== null))
  const places = placesOf(names)
  const { point } = at
  const pair = point && places.has(point.x) && places.has(point.y)
  const raw = (name: string, row: number): Raw => rows[row]![places.get(name) ?? -1] ?? null
  return {
    size: rows.length,
    names: new Set([...places.keys(), ...(pair ? [geometryColumn] : [])]),
    raw: (name, row) => (pair && name === geometryColumn ? [raw(point.x, row), raw(point.y, row)] : raw(name, row)),
    convert: cellOf,
    problems: {},
  }
}

async function rowsOf(bytes: Uint8Array, sheet: string | number, limitBytes: number): Promise<readonly (readonly Raw[])[]> {
  const parts = await unpack(bytes, limitBytes, name => /^(\[Content_Types\]|_rels\/|xl\/).*(xml|rels)$/i.test(name))
  for (const [name, part] of parts) if (/worksheets\//.test(name)) refuseWide(name, part)
  const { readSheet } = await import('read-excel-file/universal')
  try {
    return (await readSheet(pack(parts), sheet, { parseNumber: digits, trim: false })) as unknown as Raw[][]
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'SheetNotFoundError')
      throw sourceFailure('SOURCE_CHANGED', `there is no sheet ${sheet}`, cause)
    throw sourceFailure('SOURCE_ANSWER_INVALID', 'the file is not a workbook (XLSX)', cause)
  }
}

/** References of cells (`r="AB12"`) tell how far a sheet reaches; the library makes room for everything up to there. */
function refuseWide(name: string, part: Uint8Array): void {
  let [columns, rows] = [0, 0]
  for (const [, letters = '', number] of Buffer.from(part)
    .toString('latin1')
    .matchAll(/\br\s*=\s*["']([A-Za-z]*)(\d{1,9})["']/g)) {
    columns = Math.max(columns, columnNumber(letters))
    rows = Math.max(rows, Number(number))
  }
  if (columns * rows > mostCells)
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${name} reaches to row ${rows}, column ${columns}: too large`)
}

function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}

/** A double is written with up to 17 digits; the shortest text that means the same is what people see. */
function digits(text: string): string {
  return /\./.test(text) && text.replace(/\D/g, '').length >= 16 ? String(Number(text)) : text
}

function nameOf(cell: Raw): string {
  return cell === null ? '' : String(shown(cell)).trim()
}

/** A name that comes twice names no column. */
function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    names.flatMap((name, at) => (name !== '' && names.indexOf(name) === at && names.lastIndexOf(name) === at ? [[name, at] as const] : [])),
  )
}

function cellOf(raw: unknown, column: Column): Cell | undefined {
  if (!(raw instanceof Date)) return textCell(raw, column, {})
  const text = shown(raw)
  if (column.type === 'date') return textCell(text.slice(0, 10), column, {})
  if (column.type === 'time') return textCell(text.slice(11) || '00:00:00', column, {})
  return textCell(column.type === 'datetime' && text.length === 10 ? `${text}T00:00:00` : text, column, {})
}

/**
 * A day without a time is written as a day; neither has a zone. A moment is a fraction of a day at the source, and the library cuts off
 * what is less than a millisecond: 23:30:00 may come as 23:29:59.999.
 */
function shown(cell: string | boolean | Date): string {
  if (!(cell instanceof Date)) return String(cell)
  const moment = cell.getTime() % 1000 === 999 || cell.getTime() % 1000 === -1 ? new Date(cell.getTime() + 1) : cell
  return moment
    .toISOString()
    .replace(/\.000Z$|Z$/, '')
    .replace(/T00:00:00$/, '')
}
