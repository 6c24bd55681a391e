/** How does a row of MySQL's binary protocol become a packed one? */

import type { FieldPacket, Query } from 'mysql2'
import { canonicalDecimal } from '../../../model/index.ts'
import type { Reader } from '../compile/index.ts'
import type { Meter } from './meter.ts'
import { binary, typeNumber } from './mysql-facts.ts'
import type { Packer } from './packer.ts'
import { shortestSingle } from './single.ts'

/** Packs the cell that begins there, and says where the next one does. */
export type Pack = (packer: Packer, bytes: Buffer, at: number) => number

/** The flag of a number without a sign. */
const unsignedFlag = 32

/**
 * By column how its cells are packed.
 *
 * @returns `undefined` when one of them needs more than its bytes: a zone, bytes that are a text, a number for a date
 */
export function packsOf(fields: readonly FieldPacket[], readers: readonly Reader[]): readonly Pack[] | undefined {
  if (fields.length !== readers.length) return undefined
  const packs = readers.map((reader, at) => packOf(fields[at]!, reader))
  return packs.every(pack => pack !== undefined) ? packs : undefined
}

/** What the driver makes its rows with, asked for it when the columns are known. */
interface RowMaker {
  buildParserFromFields: () => () => { next(packet: RowPacket): void }
}

/** One row as it came. */
interface RowPacket {
  readonly buffer: Buffer
  readonly offset: number
  readonly end: number
}

/**
 * Takes the rows of a statement before the driver makes cells of them; it looks every value over twice, and makes texts of times.
 *
 * @param query whose columns have just come
 * @param wrong called once, with GatewayError TOO_MANY_ROWS or what is wrong with a row; what comes after it is dropped
 */
export function takeRows(query: Query, packs: readonly Pack[], packer: Packer, meter: Meter, wrong: (error: unknown) => void): void {
  let over = false
  const take = ({ buffer, offset, end }: RowPacket): void => {
    if (over) return
    try {
      meter.addBytes(end - offset)
      packRow(packs, packer, buffer, offset)
    } catch (error) {
      over = true
      wrong(error)
    }
  }
  const maker = query as unknown as RowMaker
  maker.buildParserFromFields = () => Taker
  function Taker() {
    return { next: take }
  }
}

/** @see https://mariadb.com/kb/en/resultset-row/#binary-resultset-row */
function packRow(packs: readonly Pack[], packer: Packer, bytes: Buffer, at: number): void {
  packer.row()
  // One byte that says nothing, and a bit for each column, from the third on, that says whether it is null.
  const nulls = at + 1
  let next = nulls + ((packs.length + 9) >> 3)
  for (let column = 0; column < packs.length; column++) {
    const bit = column + 2
    if (bytes[nulls + (bit >> 3)]! & (1 << (bit & 7))) packer.empty()
    else next = packs[column]!(packer, bytes, next)
  }
}

function packOf(field: FieldPacket, { type, zone, written }: Reader): Pack | undefined {
  if (zone !== undefined || written) return undefined
  switch (type) {
    case 'text':
    case 'code':
      return isText(field) ? copied : undefined
    case 'int':
    case 'bigint':
      return wholes(field, type)
    case 'decimal':
      return isDecimal(field) ? decimals : wholes(field, type)
    case 'float':
      return floats(field)
    case 'boolean':
      return truths(field)
    case 'date':
      return field.columnType === typeNumber.date ? dates : undefined
    case 'datetime':
      return field.columnType === typeNumber.timestamp || field.columnType === typeNumber.datetime ? instants : undefined
    default:
      return undefined
  }
}

function isDecimal({ columnType }: FieldPacket): boolean {
  return columnType === typeNumber.decimal || columnType === typeNumber.newDecimal
}

/** The types of texts are also those of bytes. Texts come in the character set of the session. */
function isText(field: FieldPacket): boolean {
  const { columnType = -1, characterSet } = field
  return textTypes.includes(columnType) && characterSet !== binary && (field as { encoding?: string }).encoding === 'utf8'
}

/** varchar, enum, set, the four sizes of text, and what a server sends for them. */
const textTypes: readonly number[] = [15, 247, 248, 249, 250, 251, 252, 253, 254]

type Whole = { readonly bytes: number; readonly read: (bytes: Buffer, at: number) => number }

/** Up to 32 bits; by type, with a sign and without. */
const wholeTypes: ReadonlyMap<number, readonly [signed: Whole, unsigned: Whole]> = new Map([
  [1, [wholeOf(1, (bytes, at) => (bytes[at]! << 24) >> 24), wholeOf(1, (bytes, at) => bytes[at]!)]],
  [2, [wholeOf(2, (bytes, at) => bytes.readInt16LE(at)), wholeOf(2, (bytes, at) => bytes.readUInt16LE(at))]],
  [3, [wholeOf(4, (bytes, at) => bytes.readInt32LE(at)), wholeOf(4, (bytes, at) => bytes.readUInt32LE(at))]],
  // A number of 24 bits takes four bytes.
  [9, [wholeOf(4, (bytes, at) => bytes.readInt32LE(at)), wholeOf(4, (bytes, at) => bytes.readUInt32LE(at))]],
  // A year.
  [13, [wholeOf(2, (bytes, at) => bytes.readUInt16LE(at)), wholeOf(2, (bytes, at) => bytes.readUInt16LE(at))]],
])

function wholeOf(bytes: number, read: Whole['read']): Whole {
  return { bytes, read }
}

function isUnsigned({ flags }: FieldPacket): boolean {
  return (Number(flags) & unsignedFlag) !== 0
}

function wholes(field: FieldPacket, type: 'int' | 'bigint' | 'decimal'): Pack | undefined {
  const unsigned = isUnsigned(field)
  if (field.columnType === typeNumber.long) return longs(unsigned, type)
  const whole = wholeTypes.get(field.columnType ?? -1)?.[unsigned ? 1 : 0]
  if (!whole) return undefined
  if (type !== 'int' || whole.bytes < 4) {
    return (packer, bytes, at) => {
      packer.whole(whole.read(bytes, at))
      return at + whole.bytes
    }
  }
  return (packer, bytes, at) => {
    packer.int(whole.read(bytes, at))
    return at + whole.bytes
  }
}

function longs(unsigned: boolean, type: 'int' | 'bigint' | 'decimal'): Pack {
  return (packer, bytes, at) => {
    const high = unsigned ? bytes.readUInt32LE(at + 4) : bytes.readInt32LE(at + 4)
    const number = high * 0x1_0000_0000 + bytes.readUInt32LE(at)
    if (type === 'int' && Number.isSafeInteger(number)) packer.int(number)
    else if (type === 'int') packer.unreadable(type)
    else if (Number.isSafeInteger(number)) packer.whole(number)
    else packer.text(String(unsigned ? bytes.readBigUInt64LE(at) : bytes.readBigInt64LE(at)))
    return at + 8
  }
}

function floats({ columnType }: FieldPacket): Pack | undefined {
  if (columnType === typeNumber.float) {
    return (packer, bytes, at) => {
      packer.text(String(shortestSingle(bytes.readFloatLE(at))))
      return at + 4
    }
  }
  if (columnType !== typeNumber.double) return undefined
  return (packer, bytes, at) => {
    packer.text(String(bytes.readDoubleLE(at)))
    return at + 8
  }
}

function truths(field: FieldPacket): Pack | undefined {
  const whole = wholeTypes.get(field.columnType ?? -1)?.[isUnsigned(field) ? 1 : 0]
  if (!whole) return undefined
  return (packer, bytes, at) => {
    const number = whole.read(bytes, at)
    if (number === 0 || number === 1) packer.text(number === 1 ? 't' : 'f')
    else packer.unreadable('boolean')
    return at + whole.bytes
  }
}

const copied: Pack = (packer, bytes, at) => {
  const from = at + lengthBytes(bytes, at)
  const to = from + lengthAt(bytes, at)
  packer.copy(bytes, from, to)
  return to
}

const [minus, nought] = [0x2d, 0x30]

const decimals: Pack = (packer, bytes, at) => {
  const from = at + lengthBytes(bytes, at)
  const to = from + lengthAt(bytes, at)
  const digit = bytes[from] === minus ? from + 1 : from
  // A zero in front is one before the point, or fills the column up; `-0.00` is no more than 0.
  const usual = bytes[digit] !== nought || (digit === from && (to - from === 1 || bytes[from + 1] === 0x2e))
  if (usual) packer.copy(bytes, from, to)
  else packer.cell(canonicalDecimal(bytes.toString('latin1', from, to)), 'decimal')
  return to
}

const dates: Pack = (packer, bytes, at) => {
  const length = bytes[at]!
  if (length < 4 || !isDay(bytes, at)) packer.unreadable('date')
  else packer.date(bytes.readUInt16LE(at + 1), bytes[at + 3]!, bytes[at + 4]!)
  return at + 1 + length
}

/** What ends with zeros is sent without them: midnight is a day, a full second has no microseconds. */
const instants: Pack = (packer, bytes, at) => {
  const length = bytes[at]!
  if (length < 4 || !isDay(bytes, at)) packer.unreadable('datetime')
  else {
    const seconds = length < 7 ? 0 : bytes[at + 5]! * 3_600 + bytes[at + 6]! * 60 + bytes[at + 7]!
    const microseconds = length < 11 ? 0 : bytes.readUInt32LE(at + 8)
    packer.instant(bytes.readUInt16LE(at + 1), bytes[at + 3]!, bytes[at + 4]!, seconds, microseconds)
  }
  return at + 1 + length
}

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The server also keeps days that no calendar has: `0000-00-00`, `2026-02-31`. */
function isDay(bytes: Buffer, at: number): boolean {
  const [month, day] = [bytes[at + 3]!, bytes[at + 4]!]
  if (month < 1 || month > 12 || day < 1) return false
  if (day <= daysOf[month - 1]!) return true
  const year = bytes.readUInt16LE(at + 1)
  return month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** @see https://mariadb.com/kb/en/protocol-data-types/#length-encoded-integers */
function lengthBytes(bytes: Buffer, at: number): number {
  const first = bytes[at]!
  return first < 0xfb ? 1 : first === 0xfc ? 3 : first === 0xfd ? 4 : 9
}

function lengthAt(bytes: Buffer, at: number): number {
  const first = bytes[at]!
  if (first < 0xfb) return first
  if (first === 0xfc) return bytes.readUInt16LE(at + 1)
  return first === 0xfd ? bytes.readUIntLE(at + 1, 3) : Number(bytes.readBigUInt64LE(at + 1))
}
