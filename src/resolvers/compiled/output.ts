/** Where does the text of an answer grow? In bytes that are written once and sent as they are. */

import { lengthAt, type PackedRows } from '../../model/index.ts'
import type { Lists } from './along.ts'
import { type Bytes, bytesOf } from './bytes.ts'
import { aroundBytes, type Copy, growth, type PackedObject, placeCells, roomFor, writeCell, writeObject } from './cells.ts'
import { type Zone, zoneOf } from './clock.ts'

/** Text that is not bytes yet is encoded when it has become so long: one large piece is encoded faster than many small ones. */
const pendingAtMost = 16_384
/** A buffer that one large answer needed is kept for the next one up to so many bytes. */
const keptBytes = 2 ** 21
/** Reused from answer to answer: an answer is written in one go, and nothing else runs meanwhile. */
let scratch = bytesOf(Buffer.allocUnsafeSlow(2 ** 16))
/** The text of one answer, as it grows. */
export class Output {
  readonly #zone: Zone
  #target = scratch
  #source: Bytes = scratch
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
      this.#target.bytes[this.#at++] = 0x2c
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
    this.#target.bytes.copyWithin(this.#at, from, to)
    this.#at += to - from
  }

  /** Writes a list of whole rows. */
  list(rows: PackedRows, from: number, count: number, object: PackedObject): void {
    this.text('[')
    this.#encode()
    this.#rows(this.#sourceOf(rows.bytes), rows.starts, from, from + count, rows.forms.length, object)
    this.text(']')
  }

  /** Writes a whole row. */
  object({ bytes, starts, forms }: PackedRows, row: number, object: PackedObject): void {
    this.#encode()
    const source = this.#sourceOf(bytes)
    const start = starts[row]!
    const length = placeCells(source, start, forms.length) - start
    this.#room(roomFor(object, length))
    this.#at = writeObject(this.#target, this.#at, source, object, this.#zone)
  }

  /** Writes a whole row with its list. */
  withList({ rows, firsts, size, list }: Lists, parent: number, object: PackedObject): void {
    const { bytes, starts, forms } = rows
    const source = this.#sourceOf(bytes)
    const first = firsts[parent]!
    const end = Math.min(first + size, firsts[parent + 1] ?? starts.length)
    this.object(rows, first, object)
    if (!rows.isNull(first, list.at)) this.#rows(source, starts, first, end, forms.length, list.entry)
    this.object(rows, first, list.rest)
  }

  /** Writes one cell. */
  cell({ bytes, starts }: PackedRows, row: number, column: number, copy: Copy): void {
    this.#encode()
    const source = this.#sourceOf(bytes)
    const place = placeCells(source, starts[row]!, column)
    this.#room(Math.max(0, lengthAt(bytes, place)) * growth + aroundBytes)
    this.#at = writeCell(this.#target, this.#at, source, place, copy, this.#zone)
  }

  /** What was written, in bytes of its own, between two texts. */
  end(before = '', after = ''): Buffer {
    this.text(after)
    this.#encode()
    const { bytes } = this.#target
    const headBytes = Buffer.byteLength(before)
    const answer = Buffer.allocUnsafe(headBytes + this.#at)
    answer.write(before)
    bytes.copy(answer, headBytes, 0, this.#at)
    if (bytes.byteLength <= keptBytes) scratch = this.#target
    return answer
  }

  #rows(source: Bytes, starts: readonly number[], from: number, to: number, columns: number, object: PackedObject): void {
    const zone = this.#zone
    for (let row = from; row < to; row++) {
      const start = starts[row]!
      this.#room(1 + roomFor(object, placeCells(source, start, columns) - start))
      const target = this.#target
      let at = this.#at
      if (row > from) target.bytes[at++] = 0x2c
      this.#at = writeObject(target, at, source, object, zone)
    }
  }

  #encode(): void {
    const pending = this.#pending
    if (pending === '') return
    this.#pending = ''
    this.#room(pending.length * 3)
    this.#at += this.#target.bytes.write(pending, this.#at)
  }

  #room(wanted: number): void {
    const { bytes } = this.#target
    if (this.#at + wanted <= bytes.byteLength) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes.byteLength * 2, this.#at + wanted))
    bytes.copy(larger, 0, 0, this.#at)
    this.#target = bytesOf(larger)
  }

  #sourceOf(bytes: Buffer): Bytes {
    if (this.#source.bytes !== bytes) this.#source = bytesOf(bytes)
    return this.#source
  }
}
