/** How do cells become one block of bytes, as `PackedRows` has them? */

import { type Cell, type FieldType, type PackedAnswer, type PackedForm, PackedRows } from '../../../model/index.ts'
import type { Reader } from '../compile/index.ts'

/** By type: how a canonical cell is packed. Geometries are not. */
export const formOf: Readonly<Partial<Record<FieldType, PackedForm>>> = {
  text: 'text',
  code: 'text',
  int: 'int',
  bigint: 'digits',
  decimal: 'decimal',
  float: 'float',
  boolean: 'boolean',
  date: 'date',
  time: 'text',
  datetime: 'instant',
}

/** Whether the cells of a column can be packed, as it is read. */
export function isPackable({ at, type }: Reader, index: number): boolean {
  return at === index && formOf[type] !== undefined
}

/** Rows that were read, and what could not be read in them. */
export interface Packed extends Pick<PackedAnswer, 'rows' | 'problems'> {}

/** Packed rows on their way: without their forms, which whoever asked knows. */
export interface Block {
  readonly bytes: Uint8Array
  readonly starts: readonly number[] | Uint32Array
  /** A whole number needs more than 32 bits: JSON can hold it, and GraphQL calls it a mistake. */
  readonly wide: boolean
  readonly problems: Readonly<Record<string, number>>
}

/** @param readers by column */
export function unfold({ bytes, starts, wide, problems }: Block, readers: readonly Reader[]): Packed {
  const forms = readers.map(({ type }) => formOf[type]!)
  const places: readonly number[] = Array.isArray(starts) ? starts : Array.from(starts)
  const rows = new PackedRows(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), places, forms)
  return { rows: wide ? rows.toRows() : rows, ...(Object.keys(problems).length > 0 && { problems }) }
}

/** A short text is copied faster than the runtime is called. */
const shortBytes = 24
const startBytes = 2 ** 16
/** Memory that one answer needed is kept for the next one: giving it back and asking for it again costs more than all the rest. */
const keptBytes = 2 ** 21
const keptAtMost = 8
const kept: Buffer[] = []
const nothing = Buffer.alloc(0)
const [zero, minus, blank, plus] = [0x30, 0x2d, 0x20, 0x2b]
const most32Bits = 2 ** 31 - 1

/** A block that grows cell by cell. */
export class Packer {
  readonly #problems: Record<string, number> = {}
  #bytes = kept.pop() ?? Buffer.allocUnsafeSlow(startBytes)
  #at = 0
  #wide = false
  readonly #starts: number[] = []

  /** Bytes so far. */
  get byteLength(): number {
    return this.#at
  }

  /** The cells that follow are a new row's. */
  row(): void {
    this.#starts.push(this.#at)
  }

  /** A canonical cell; `undefined`: it could not be read. */
  cell(cell: Cell | undefined, type: FieldType): void {
    if (type === 'datetime' && typeof cell === 'string') this.#instant(cell)
    else if (typeof cell === 'string') this.text(cell)
    else if (typeof cell === 'number') {
      if (type === 'int') this.int(cell)
      else this.text(String(cell))
    } else if (typeof cell === 'boolean') this.text(cell ? 't' : 'f')
    else if (cell === null) this.empty()
    else this.unreadable(type)
  }

  empty(): void {
    this.#length(-1, 0)
  }

  unreadable(type: FieldType): void {
    const reason = `unreadable ${type}`
    this.#problems[reason] = (this.#problems[reason] ?? 0) + 1
    this.empty()
  }

  text(text: string): void {
    const { length } = text
    // The length is written behind the text, when it is known.
    this.#room(4 + length * 3)
    const bytes = this.#bytes
    const from = this.#at + 4
    let at = from
    if (length <= shortBytes) {
      for (; at - from < length; at++) {
        const unit = text.charCodeAt(at - from)
        if (unit > 0x7f) break
        bytes[at] = unit
      }
    }
    if (at - from < length) at = from + bytes.write(text, from)
    this.#length(at - from, at - from)
  }

  /** Bytes of a text, as they are. */
  copy(source: Buffer, from: number, to: number): void {
    const length = to - from
    this.#room(4 + length)
    const target = this.#bytes
    const at = this.#at + 4
    if (length > shortBytes) source.copy(target, at, from, to)
    else for (let next = 0; next < length; next++) target[at + next] = source[from + next]!
    this.#length(length, length)
  }

  /** @param number a safe integer, of a column that is declared `int` */
  int(number: number): void {
    if (number > most32Bits || number < -most32Bits - 1) this.#wide = true
    this.whole(number)
  }

  /** @param number a safe integer */
  whole(number: number): void {
    const rest = number < 0 ? -number : number
    if (rest > most32Bits) {
      this.text(String(number))
      return
    }
    this.#room(16)
    const bytes = this.#bytes
    const sign = number < 0 ? 1 : 0
    const length = sign + digitsOf(rest)
    const from = this.#at + 4
    if (sign) bytes[from] = minus
    let left = rest | 0
    for (let at = from + length - 1; at >= from + sign; at--) {
      const tenth = (left / 10) | 0
      bytes[at] = zero + left - tenth * 10
      left = tenth
    }
    this.#length(length, length)
  }

  date(year: number, month: number, day: number): void {
    this.#room(14)
    this.#day(this.#at + 4, year, month, day)
    this.#length(10, 10)
  }

  instant(year: number, month: number, day: number, seconds: number, microseconds: number): void {
    this.#room(34)
    const bytes = this.#bytes
    const from = this.#at + 4
    this.#day(from, year, month, day)
    bytes[from + 10] = blank
    this.#two(from + 11, (seconds / 3_600) | 0)
    bytes[from + 13] = 0x3a
    this.#two(from + 14, ((seconds % 3_600) / 60) | 0)
    bytes[from + 16] = 0x3a
    this.#two(from + 17, seconds % 60)
    let at = from + 19
    if (microseconds > 0) {
      bytes[at] = 0x2e
      this.#two(at + 1, (microseconds / 10_000) | 0)
      this.#two(at + 3, ((microseconds / 100) | 0) % 100)
      this.#two(at + 5, microseconds % 100)
      at += 7
    }
    at = this.#utc(at)
    this.#length(at - from, at - from)
  }

  /** The rows, in bytes of their own; the packer is of no use any more. */
  end(): Block {
    const bytes = Buffer.from(this.#bytes.subarray(0, this.#at))
    if (this.#bytes.byteLength <= keptBytes && kept.length < keptAtMost) kept.push(this.#bytes)
    this.#bytes = nothing
    return { bytes, starts: this.#starts, wide: this.#wide, problems: this.#problems }
  }

  /** `2026-01-01T00:00:00Z` as `2026-01-01 00:00:00+00` */
  #instant(cell: string): void {
    // An offset may have moved it out of the years that have four digits.
    if (cell[10] !== 'T') {
      this.unreadable('datetime')
      return
    }
    const length = cell.length + 2
    this.#room(4 + length)
    const bytes = this.#bytes
    const from = this.#at + 4
    for (let at = 0; at < length - 3; at++) bytes[from + at] = cell.charCodeAt(at)
    bytes[from + 10] = blank
    this.#utc(from + length - 3)
    this.#length(length, length)
  }

  #length(length: number, bytes: number): void {
    this.#room(4)
    const target = this.#bytes
    let at = this.#at
    target[at++] = length >> 24
    target[at++] = length >> 16
    target[at++] = length >> 8
    target[at++] = length
    this.#at = at + bytes
  }

  #day(at: number, year: number, month: number, day: number): void {
    this.#two(at, (year / 100) | 0)
    this.#two(at + 2, year % 100)
    this.#bytes[at + 4] = minus
    this.#two(at + 5, month)
    this.#bytes[at + 7] = minus
    this.#two(at + 8, day)
  }

  #two(at: number, number: number): void {
    const tens = (number / 10) | 0
    this.#bytes[at] = zero + tens
    this.#bytes[at + 1] = zero + number - tens * 10
  }

  #utc(at: number): number {
    this.#bytes[at] = plus
    this.#bytes[at + 1] = zero
    this.#bytes[at + 2] = zero
    return at + 3
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.byteLength) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.byteLength * 2, this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

function digitsOf(number: number): number {
  let digits = 1
  for (let bound = 10; bound <= number; bound *= 10) digits++
  return digits
}
