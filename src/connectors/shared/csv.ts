/** Which rows does a CSV hold? */

import { setImmediate } from 'node:timers/promises'
import { type CsvError, type Options, parse } from 'csv-parse'
import { type Cell, type Column, sourceFailure } from '../../model/index.ts'
import { toCell } from './cells.ts'
import { epochText } from './epoch.ts'
import { toShape } from './shape.ts'
import { geometryColumn, type Table } from './table.ts'
import { readWkt } from './wkt.ts'

/** How a CSV is written. */
export interface CsvStyle {
  /** What stands between cells; absent: found in the first line. */
  readonly delimiter?: string | undefined
  /** Decimal point of its numbers; absent: `.`. */
  readonly decimal?: '.' | ',' | undefined
  /** Columns that hold easting (longitude) and northing (latitude); together they are the column `geometry`. */
  readonly point?: { readonly x: string; readonly y: string } | undefined
}

/** Bytes handed to the parser at a time; between two pieces others get their turn. */
const pieceBytes = 65_536

/**
 * A CSV as a table: the names in its first line are its columns.
 *
 * An empty cell is a missing value; `""` is an empty text, where the column is a text. A row with more or fewer cells than the
 * first line is left out and counted, since nobody knows which of its cells are which. Lines may end in CRLF, LF or CR, also
 * mixed. Dates may be written as Germans write them (`08.08.2018 07:00`), instants as milliseconds since 1970, geometry as WKT.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID for an HTML page, and when a quote is opened and never closed
 * @see RFC 4180
 */
export async function readCsv(text: string, style: CsvStyle): Promise<Table> {
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) throw sourceFailure('SOURCE_ANSWER_INVALID', 'the file is a web page or XML, not CSV')
  const delimiter = style.delimiter ?? delimiterOf(text)
  const [header = [], ...all] = await records(text, delimiter)
  const rows = all.filter(row => row.length === header.length)
  const places = placesOf(header.map(name => name?.trim() ?? ''))
  const { point } = style
  const pair = point && places.has(point.x) && places.has(point.y)
  return {
    size: rows.length,
    names: new Set([...places.keys(), ...(pair ? [geometryColumn] : [])]),
    raw: (name, row) => {
      if (pair && name === geometryColumn) return [rows[row]![places.get(point.x)!], rows[row]![places.get(point.y)!]]
      return rows[row]![places.get(name) ?? -1]
    },
    convert: (raw, column) => textCell(raw, column, style),
    problems: rows.length < all.length ? { 'row with too many or too few cells': all.length - rows.length } : {},
  }
}

type Record = readonly (string | null)[]

async function records(text: string, delimiter: string): Promise<Record[]> {
  const options: Options = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: text.length + 1,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  }
  const parser = parse(options)
  const found: Record[] = []
  try {
    const feeding = feed(parser, Buffer.from(text))
    for await (const record of parser) found.push(record as Record)
    await feeding
    return found
  } catch (error) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `the CSV cannot be read: ${(error as CsvError).code ?? 'unknown reason'}`, error)
  }
}

async function feed(parser: ReturnType<typeof parse>, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length && !parser.destroyed; at += pieceBytes) {
    parser.write(bytes.subarray(at, at + pieceBytes))
    await setImmediate()
  }
  parser.end()
}

/** The separator that occurs most in the first line, outside of quotes. */
function delimiterOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text)![0].replace(/"[^"]*"/g, '')
  const counted = [';', ',', '\t', '|'].map(sign => ({ sign, count: line.split(sign).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign
}

/** A name that comes twice names no column: nobody knows which one is meant. */
function placesOf(header: readonly string[]): Map<string, number> {
  const unique = header.filter((name, at) => name !== '' && header.indexOf(name) === at && header.lastIndexOf(name) === at)
  return new Map(unique.map(name => [name, header.indexOf(name)]))
}

/**
 * A text of a table as a cell; two texts are a point. What has no text but blanks is missing, save for texts.
 *
 * @returns `undefined` when the text does not have the declared type
 */
export function textCell(raw: unknown, column: Column, { decimal }: CsvStyle): Cell | undefined {
  if (raw === null || raw === undefined) return null
  const crs = ('crs' in column ? column.crs : undefined) ?? 'EPSG:4326'
  if (Array.isArray(raw)) return pointOf(raw, crs, column, decimal)
  if (column.written) return toCell(raw, column)
  const text = String(raw)
  if (column.type === 'text' || column.type === 'code') return text
  const trimmed = text.trim()
  if (trimmed === '') return null
  switch (column.type) {
    case 'point':
    case 'line':
    case 'polygon':
    case 'geometry':
      return toShape(() => readWkt(trimmed), crs, column.type)
    case 'date':
      return toCell(germanDate(trimmed) ?? trimmed, column)
    case 'datetime':
      return toCell(germanDate(trimmed) ?? epochText(trimmed) ?? trimmed, column)
    case 'boolean':
      return toCell(trimmed, column)
    default:
      return toCell(pointed(trimmed, decimal), column)
  }
}

function pointOf(raw: readonly unknown[], crs: string, column: Column, decimal: CsvStyle['decimal']): Cell | undefined {
  const texts = raw.map(part => (typeof part === 'string' ? part.trim() : ''))
  if (texts.every(text => text === '')) return null
  if (texts.includes('')) return undefined
  const coordinates = texts.map(text => Number(pointed(text, decimal)))
  return toShape({ type: 'Point', coordinates }, crs, column.type)
}

/** A number text with a point before its fraction: `1.234,5` becomes `1234.5` when the file says that it writes a comma. */
function pointed(text: string, decimal: CsvStyle['decimal']): string {
  return decimal === ',' ? text.replaceAll('.', '').replace(',', '.') : text
}

/** `8.8.2018 07:00` as ISO 8601; a date with points cannot mean anything else. */
function germanDate(text: string): string | undefined {
  const parts = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?: Uhr)?)?$/.exec(text)
  if (!parts) return undefined
  const [, day, month, year, hour, minute, second = '00'] = parts
  const date = `${year}-${two(month!)}-${two(day!)}`
  return hour === undefined ? date : `${date}T${two(hour)}:${minute}:${second}`
}

function two(digits: string): string {
  return digits.padStart(2, '0')
}
