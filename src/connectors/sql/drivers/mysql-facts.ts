/** How do MySQL and MariaDB keep their columns, and what do their cells look like? */

import type { FieldPacket } from 'mysql2'
import type { Wrap } from '../compile/index.ts'
import type { Stored } from '../dialects/index.ts'
import { shortestSingle } from './single.ts'

/** Types of the protocol. @see https://mariadb.com/kb/en/result-set-packets/#field-types */
export const typeNumber = {
  decimal: 0,
  float: 4,
  double: 5,
  timestamp: 7,
  long: 8,
  date: 10,
  datetime: 12,
  bit: 16,
  newDecimal: 246,
  geometry: 255,
} as const
/** The character set of what is no text. */
export const binary = 63

const storedByType: ReadonlyMap<number, Stored> = new Map<number, Stored>([
  [1, 'int'],
  [2, 'int'],
  [3, 'int'],
  [typeNumber.long, 'int'],
  [9, 'int'],
  [13, 'int'],
  [typeNumber.bit, 'int'],
  [typeNumber.decimal, 'decimal'],
  [typeNumber.newDecimal, 'decimal'],
  [typeNumber.float, 'single'],
  [typeNumber.double, 'double'],
  [typeNumber.date, 'date'],
  [14, 'date'],
  [11, 'time'],
  [typeNumber.datetime, 'clock'],
  [typeNumber.timestamp, 'instant'],
  [typeNumber.geometry, 'geometry'],
])

export function storedAs({ columnType = -1, characterSet, decimals }: FieldPacket): Stored {
  const stored = storedByType.get(columnType)
  if (stored === 'decimal' && decimals === 0) return 'int'
  return stored ?? (characterSet === binary ? 'bytes' : 'text')
}

/**
 * A text in a collation such as `latin1_german1_ci`. A character that the set has not becomes `?`; the exact comparison beside it
 * knows better.
 */
export function intoCollation(collation: string): Wrap {
  const [charset = ''] = collation.split('_')
  if (!/^\w+$/.test(collation)) throw new Error(`not a collation: ${collation}`)
  return ['convert(', ` using ${charset}) collate ${collation}`]
}

export type CellReader = (cell: unknown) => unknown

/** What the driver makes of a cell that it would otherwise show wrongly. */
export function readerOf({ columnType }: FieldPacket): CellReader {
  if (columnType === typeNumber.float) return cell => (typeof cell === 'number' ? shortestSingle(cell) : cell)
  if (columnType === typeNumber.bit) return cell => (cell instanceof Uint8Array ? wholeOf(cell) : cell)
  return cell => cell
}

function wholeOf(bytes: Uint8Array): bigint {
  return bytes.reduce((whole, byte) => whole * 256n + BigInt(byte), 0n)
}
