/** What did the database answer? */

import type { Cell, Row } from '../../model/index.ts'
import { GeometryError, readWkb, tidy, toWgs84 } from '../geo/index.ts'
import { toCell } from '../shared/cells.ts'
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
  const read = rows.map(row =>
    readers.map((reader): Cell => {
      const cell = readCell(reader, row)
      if (cell !== undefined) return cell
      const reason = `unreadable ${reader.type}`
      problems[reason] = (problems[reason] ?? 0) + 1
      return null
    }),
  )
  return { rows: read, problems }
}

function readCell(reader: Reader, row: RawRow): Cell | undefined {
  const raw = row[reader.at]
  if (raw === null || raw === undefined) return null
  switch (reader.type) {
    case 'point':
    case 'line':
    case 'polygon':
    case 'geometry':
      return readGeometry(raw, reader, row)
    default: {
      const text = raw instanceof Uint8Array ? textOf(raw) : raw
      if (text === undefined) return undefined
      const cell = toCell(text, reader)
      // A time without an offset is a wall clock's, or UTC where no zone is declared.
      const alone = cell === undefined && reader.type === 'datetime' && !reader.written
      return alone ? toCell(text, { type: 'datetime', zone: 'UTC' }) : cell
    }
  }
}

function readGeometry(raw: unknown, { crs, sridAt }: Reader, row: RawRow): Cell | undefined {
  if (!(raw instanceof Uint8Array)) return undefined
  try {
    const { geometry, srid } = readWkb(raw)
    const said = sridAt === undefined ? srid : Number(row[sridAt])
    const there = crs ?? (said ? `EPSG:${said}` : undefined)
    return there === undefined ? undefined : tidy(toWgs84(geometry, there))
  } catch (error) {
    if (error instanceof GeometryError) return undefined
    throw error
  }
}

/** Texts of binary columns and of groups that were made exact. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
