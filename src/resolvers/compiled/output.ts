/** Where does the text of an answer grow? In bytes that are written once and sent as they are. */

import { endOfDecimal, endOfInstant, lengthAt, type PackedRows, zoned } from '../../model/index.ts'
import { dayAt, hourAt, twoDigitsAt, type Zone, zoneOf } from './clock.ts'

/** How the bytes of a packed cell become JSON: as they are, between quotes, or in the way of the value's type. */
export type Copy = 'bare' | 'quoted' | 'text' | 'decimal' | 'boolean' | 'instant'

export interface PackedCell {
  /** Place in the row. */
  readonly at: number
  /** Text that stands before the value. */
  readonly before: Uint8Array
  readonly copy: Copy
}

/** An object that is made of nothing but packed cells. */
export interface PackedObject {
  readonly cells: readonly PackedCell[]
  readonly after: Uint8Array
  /** Bytes of all texts between the cells. */
  readonly literalBytes: number
}

/** Text that is not bytes yet is encoded when it has become so long: one large piece is encoded faster than many small ones. */
const pendingAtMost = 16_384
/** A buffer that one large answer needed is kept for the next one up to so many bytes. */
const keptBytes = 2 ** 21
/** Beyond its own bytes a cell takes at most so many: two quotes, an offset of a zone, `null`, `false`. */
const aroundBytes = 16
/** A control character of one byte takes six in JSON. */
const growth = 6

/** Reused from answer to answer: an answer is written in one go, and nothing else runs meanwhile. */
let scratch = Buffer.allocUnsafeSlow(2 ** 16)
/** By column: where a row's cell begins. */
const places: number[] = []

const [quote, backslash] = [0x22, 0x5c]
const [nothing, yes, no] = [Buffer.from('null'), Buffer.from('true'), Buffer.from('false')]
const hex = Buffer.from('0123456789abcdef')

/** The text of one answer, as it grows. */
export class Output {
  readonly #zone: Zone
  #bytes = scratch
  #at = 0
  #pending = ''

  /** @param zone IANA zone in which instants are written */
  constructor(zone: string) {
    this.#zone = zoneOf(zone)
  }

  text(text: string): void {
    this.#pending += text
    if (this.#pending.length > pendingAtMost) this.#encode()
  }

  comma(): void {
    if (this.#pending !== '') this.#pending += ','
    else {
      this.#room(1)
      this.#bytes[this.#at++] = 0x2c
    }
  }

  /** Where the next byte will stand. */
  mark(): number {
    this.#encode()
    return this.#at
  }

  /** Writes once more what stands between two marks. */
  again(from: number, to: number): void {
    this.#encode()
    this.#room(to - from)
    this.#bytes.copyWithin(this.#at, from, to)
    this.#at += to - from
  }

  /** Writes a list of whole rows. */
  list(rows: PackedRows, from: number, count: number, object: PackedObject): void {
    this.text('[')
    for (let row = from; row < from + count; row++) {
      if (row > from) this.comma()
      this.object(rows, row, object)
    }
    this.text(']')
  }

  /** Writes a whole row. */
  object(rows: PackedRows, row: number, { cells, after, literalBytes }: PackedObject): void {
    this.#encode()
    const { bytes } = rows
    let at = rows.starts[row]!
    let wanted = literalBytes
    for (let column = 0; column < rows.forms.length; column++) {
      places[column] = at
      at += 4 + Math.max(0, lengthAt(bytes, at))
    }
    for (const cell of cells) wanted += Math.max(0, lengthAt(bytes, places[cell.at]!)) * growth + aroundBytes
    this.#room(wanted)
    for (const { before, at, copy } of cells) {
      this.#append(before, 0, before.byteLength)
      this.#cell(bytes, places[at]!, copy)
    }
    this.#append(after, 0, after.byteLength)
  }

  /** Writes one cell. */
  cell(rows: PackedRows, row: number, column: number, copy: Copy): void {
    this.#encode()
    const { bytes } = rows
    let at = rows.starts[row]!
    for (let passed = 0; passed < column; passed++) at += 4 + Math.max(0, lengthAt(bytes, at))
    this.#room(Math.max(0, lengthAt(bytes, at)) * growth + aroundBytes)
    this.#cell(bytes, at, copy)
  }

  /** What was written, in bytes of its own. */
  end(): Buffer {
    this.#encode()
    const answer = Buffer.allocUnsafe(this.#at)
    this.#bytes.copy(answer, 0, 0, this.#at)
    if (this.#bytes.byteLength <= keptBytes) scratch = this.#bytes
    return answer
  }

  #encode(): void {
    const pending = this.#pending
    if (pending === '') return
    this.#pending = ''
    this.#room(pending.length * 3)
    this.#at += this.#bytes.write(pending, this.#at)
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.byteLength) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.byteLength * 2, this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }

  /** There has to be room. */
  #append(source: Uint8Array, from: number, to: number): void {
    const target = this.#bytes
    let at = this.#at
    // Calling into the runtime costs more than so few bytes.
    if (to - from > 48) at += (source as Buffer).copy(target, at, from, to)
    else for (let next = from; next < to; next++) target[at++] = source[next]!
    this.#at = at
  }

  /** @param place where the cell's length stands */
  #cell(bytes: Buffer, place: number, copy: Copy): void {
    const length = lengthAt(bytes, place)
    const from = place + 4
    const to = from + length
    if (length < 0) this.#append(nothing, 0, nothing.byteLength)
    else if (copy === 'text') this.#text(bytes, from, to)
    else if (copy === 'bare') this.#append(bytes, from, to)
    else if (copy === 'instant') this.#instant(bytes, from, to)
    else if (copy === 'boolean') {
      const word = bytes[from] === 0x74 ? yes : no
      this.#append(word, 0, word.byteLength)
    } else {
      this.#bytes[this.#at++] = quote
      this.#append(bytes, from, copy === 'decimal' ? endOfDecimal(bytes, from, to) : to)
      this.#bytes[this.#at++] = quote
    }
  }

  #text(bytes: Buffer, from: number, to: number): void {
    const target = this.#bytes
    let at = this.#at
    target[at++] = quote
    for (let next = from; next < to; next++) {
      const byte = bytes[next]!
      if (byte < 0x20) at = escaped(target, at, byte)
      else {
        if (byte === quote || byte === backslash) target[at++] = backslash
        target[at++] = byte
      }
    }
    target[at++] = quote
    this.#at = at
  }

  /** `2026-07-01 10:00:00.50+00` as `"2026-07-01T12:00:00.5+02:00"` */
  #instant(bytes: Buffer, from: number, to: number): void {
    const target = this.#bytes
    let at = this.#at
    target[at++] = quote
    const day = dayAt(bytes, from, this.#zone)
    const hour = twoDigitsAt(bytes, from + 11) + (day?.hours ?? Number.NaN)
    const moved = day && hour >= 0 && hour < 24 ? undefined : hourAt(bytes, from, this.#zone)
    const suffix = moved?.suffix ?? day?.suffix
    const end = endOfInstant(bytes, from, to)
    if (suffix && (moved || (hour >= 0 && hour < 24))) {
      if (moved) at += moved.head.copy(target, at)
      else {
        for (let next = from; next < from + 10; next++) target[at++] = bytes[next]!
        target[at++] = 0x54
        target[at++] = 0x30 + (hour >= 20 ? 2 : hour >= 10 ? 1 : 0)
        target[at++] = 0x30 + (hour % 10)
      }
      for (let next = from + 13; next < end; next++) target[at++] = bytes[next]!
      for (let next = 0; next < suffix.byteLength; next++) target[at++] = suffix[next]!
    } else {
      const instant = `${bytes.toString('latin1', from, from + 10)}T${bytes.toString('latin1', from + 11, end)}Z`
      at += target.write(zoned(instant, this.#zone.name), at, 'latin1')
    }
    target[at++] = quote
    this.#at = at
  }
}

/** As `JSON.stringify` writes control characters. */
function escaped(target: Buffer, start: number, byte: number): number {
  let at = start
  target[at++] = backslash
  const letter = short[byte]
  if (letter !== undefined) target[at++] = letter
  else {
    target[at++] = 0x75
    target[at++] = 0x30
    target[at++] = 0x30
    target[at++] = hex[byte >> 4]!
    target[at++] = hex[byte & 15]!
  }
  return at
}

/** `\b`, `\t`, `\n`, `\f`, `\r` */
const short: Readonly<Record<number, number>> = { 8: 0x62, 9: 0x74, 10: 0x6e, 12: 0x66, 13: 0x72 }
