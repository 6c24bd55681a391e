/** What did the database answer? */

import { type Cell, type FieldType, geometryTypes, type Row } from '../../model/index.ts'
import { GeometryError, readWkb } from '../geo/index.ts'
import { readGeometryText } from '../shared/geometry-text.ts'
import { cellReader, isClock } from '../shared/quick.ts'
import { toShape } from '../shared/shape.ts'
import type { Reader } from './compile/index.ts'
import type { RawRow } from './drivers/session.ts'

export interface Read {
  readonly rows: readonly Row[]
  /** Cells that could not be read, counted by reason. */
  readonly problems: Readonly<Record<string, number>>
}

/**
 * Rows of a driver as canonical cells. What cannot be read is null, and counted.
 *
 * @param rows text, whole numbers, floats and bytes, as they came over the wire
 */
export function readRows(readers: readonly Reader[], rows: readonly RawRow[]): Read {
  const problems: Record<string, number> = {}
  const read = readers.map(readerOf)
  const cells = rows.map(row => {
    const made: Cell[] = new Array(read.length)
    for (let at = 0; at < read.length; at++) {
      const cell = read[at]!(row)
      if (cell === undefined) {
        const reason = `unreadable ${readers[at]!.type}`
        problems[reason] = (problems[reason] ?? 0) + 1
      }
      made[at] = cell ?? null
    }
    return made
  })
  return { rows: cells, problems }
}

/** @returns what reads the column's cell of a row; `undefined` for one that cannot be read */
export function readerOf(reader: Reader): (row: RawRow) => Cell | undefined {
  const { at, type } = reader
  if (isGeometry(type)) return row => readGeometry(row[at], reader, row)
  const readCell = cellReader(reader)
  // A time without an offset is a wall clock's, or UTC where no zone is declared.
  const readAlone = type === 'datetime' && !reader.zone && !reader.written ? cellReader({ type: 'datetime', zone: 'UTC' }) : undefined
  return row => {
    const raw = row[at]
    const text = raw instanceof Uint8Array ? textOf(raw) : raw
    // Not even as bytes; a value that is missing is null.
    if (text === undefined) return raw === undefined ? null : undefined
    if (readAlone && typeof text === 'string' && isClock(text)) return readAlone(text)
    const cell = readCell(text)
    return cell === undefined ? readAlone?.(text) : cell
  }
}

function readGeometry(raw: unknown, { type, crs, sridAt }: Reader, row: RawRow): Cell | undefined {
  if (raw === null || raw === undefined || raw === '') return null
  const read = raw instanceof Uint8Array ? () => readWkb(raw) : typeof raw === 'string' ? () => readGeometryText(raw) : undefined
  if (!read) return undefined
  try {
    const { geometry, srid } = read()
    const said = sridAt === undefined ? srid : Number(row[sridAt])
    const there = crs ?? (said ? `EPSG:${said}` : undefined)
    return there === undefined ? undefined : toShape(geometry, there, type)
  } catch (error) {
    if (error instanceof GeometryError) return undefined
    throw error
  }
}

function isGeometry(type: FieldType): boolean {
  return geometryTypes.some(geometry => geometry === type)
}

/** Texts of binary columns and of groups that were made exact. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
