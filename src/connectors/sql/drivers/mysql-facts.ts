/** How do MySQL and MariaDB keep their columns, and what do their cells look like? */

import type { FieldPacket } from 'mysql2'
import type { Wrap } from '../compile/index.ts'
import type { Stored, TableFacts } from '../dialects/index.ts'
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

/** Places in the rows of `show index`. */
const [indexName, sequence, indexColumn, direction, firstCharacters, nullable, indexType] = [2, 3, 4, 5, 7, 9, 10]

/** @param rows of `show index`; none: the account may not look */
export function tableFacts(rows: readonly (readonly unknown[])[]): TableFacts {
  const indexes = [...Map.groupBy(rows, row => row[indexName]).values()].map(leading)
  const downwards = indexes.flatMap(index => index.flatMap((row, at) => (row[direction] === 'D' ? [namesOf(index.slice(0, at + 1))] : [])))
  const present = namesOf(rows.filter(row => row[nullable] !== 'YES' && typeof row[indexColumn] === 'string'))
  return { indexes: indexes.map(namesOf), downwards, present }
}

/** The columns that an index begins with, in its order: whole columns, which only some of its kinds keep in order. */
function leading(rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const sorted = rows.toSorted((one, other) => Number(one[sequence]) - Number(other[sequence]))
  const end = sorted.findIndex(row => row[indexType] !== 'BTREE' || row[firstCharacters] !== null || typeof row[indexColumn] !== 'string')
  return sorted.slice(0, end < 0 ? sorted.length : end)
}

function namesOf(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows.map(row => String(row[indexColumn]))
}
