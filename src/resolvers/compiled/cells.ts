/** How do the cells of packed rows become JSON, from bytes to bytes? */

import { endOfDecimal, endOfInstant, zoned } from '../../model/index.ts'
import { type Bytes, bytesOf, writeBytes } from './bytes.ts'
import { dayAt, hourAt, twoDigitsAt, type Zone } from './clock.ts'

/** How the bytes of a packed cell become JSON: as they are, between quotes, or in the way of the value's type. */
export type Copy = 'bare' | 'quoted' | 'text' | 'decimal' | 'boolean' | 'instant'

export interface PackedCell {
  /** Place in the row. */
  readonly at: number
  /** Text that stands before the value. */
  readonly before: Bytes
  readonly copy: Copy
  /** What is written instead of the cell, unless that is null: an object whose cells stand in the same row. */
  readonly object?: PackedObject | undefined
}

/** An object that is made of nothing but packed cells. */
export interface PackedObject {
  readonly cells: readonly PackedCell[]
  readonly after: Bytes
  /** Bytes that it takes at most beyond those of its cells, which are taken `repeats` times. */
  readonly moreBytes: number
  readonly repeats: number
}

/** Beyond its own bytes a cell takes at most so many: two quotes, an offset of a zone, `null`, `false`. */
export const aroundBytes = 16
/** A control character of one byte takes six in JSON. */
export const growth = 6

/** @param after text behind the last cell */
export function packedObject(cells: readonly PackedCell[], after: string): PackedObject {
  const end = bytesOf(Buffer.from(after))
  const columns = cells.flatMap(columnsOf)
  return {
    cells,
    after: end,
    moreBytes: cells.reduce((sum, cell) => sum + bytesAround(cell), end.bytes.byteLength),
    repeats: Math.max(0, ...columns.map(column => columns.filter(other => other === column).length)),
  }
}

function columnsOf({ at, object }: PackedCell): readonly number[] {
  return object ? object.cells.flatMap(columnsOf) : [at]
}

function bytesAround({ before, object }: PackedCell): number {
  return before.bytes.byteLength + aroundBytes + (object?.moreBytes ?? 0)
}

/** Bytes that an object takes at most when the cells of its row take so many. */
export function roomFor({ moreBytes, repeats }: PackedObject, cellBytes: number): number {
  return moreBytes + repeats * cellBytes * growth
}

/** By column: where a row's cell begins. */
const places: number[] = []

const [quote, backslash] = [0x22, 0x5c]
const [nothing, yes, no] = ['null', 'true', 'false'].map(word => bytesOf(Buffer.from(word))) as [Bytes, Bytes, Bytes]
const hex = Buffer.from('0123456789abcdef')

/**
 * Notes where each of a row's first cells begins.
 *
 * @returns where the next one would
 */
export function placeCells({ words }: Bytes, start: number, columns: number): number {
  let at = start
  for (let column = 0; column < columns; column++) {
    places[column] = at
    const length = words.getInt32(at)
    at += length > 0 ? 4 + length : 4
  }
  return at
}

// What is written below is every byte of every answer. Each function has all it needs in its own variables, is given enough room, and
// returns where the next byte will stand.

/** The row is the one whose cells were placed last. */
export function writeObject(target: Bytes, start: number, source: Bytes, { cells, after }: PackedObject, zone: Zone): number {
  let at = start
  for (let index = 0; index < cells.length; index++) {
    const { before, at: column, copy, object } = cells[index]!
    const place = places[column]!
    at = writeBytes(target, at, before, 0, before.bytes.length)
    at =
      object !== undefined && source.words.getInt32(place) >= 0
        ? writeObject(target, at, source, object, zone)
        : writeCell(target, at, source, place, copy, zone)
  }
  return writeBytes(target, at, after, 0, after.bytes.length)
}

/** @param place where the cell's length stands */
export function writeCell(target: Bytes, start: number, source: Bytes, place: number, copy: Copy, zone: Zone): number {
  const length = source.words.getInt32(place)
  const from = place + 4
  const to = from + length
  if (length < 0) return writeBytes(target, start, nothing, 0, 4)
  switch (copy) {
    case 'text':
      return writeText(target, start, source, from, to)
    case 'bare':
      return writeBytes(target, start, source, from, to)
    case 'instant':
      return writeInstant(target, start, source, from, to, zone)
    case 'boolean': {
      const word = source.bytes[from] === 0x74 ? yes : no
      return writeBytes(target, start, word, 0, word.bytes.length)
    }
    default: {
      target.bytes[start] = quote
      const end = writeBytes(target, start + 1, source, from, copy === 'decimal' ? endOfDecimal(source.bytes, from, to) : to)
      target.bytes[end] = quote
      return end + 1
    }
  }
}

function writeText(target: Bytes, start: number, source: Bytes, from: number, to: number): number {
  const { bytes, words } = target
  let at = start
  let next = from
  bytes[at++] = quote
  for (; next + 4 < to; next += 4) {
    const word = source.words.getInt32(next)
    if (hasEscapes(word)) break
    words.setInt32(at, word)
    at += 4
  }
  if (next + 4 >= to && to - from >= 4) {
    const last = source.words.getInt32(to - 4)
    if (!hasEscapes(last)) {
      at += to - next
      // Some of them were perhaps written already.
      words.setInt32(at - 4, last)
      next = to
    }
  }
  for (; next < to; next++) {
    const byte = source.bytes[next]!
    if (byte < 0x20) at = escaped(bytes, at, byte)
    else {
      if (byte === quote || byte === backslash) bytes[at++] = backslash
      bytes[at++] = byte
    }
  }
  bytes[at++] = quote
  return at
}

/**
 * Whether one of four bytes at least is a control character, a quote or a backslash.
 *
 * @see https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord, `hasless` and, for the other two, `hasvalue`
 */
function hasEscapes(word: number): boolean {
  const quotes = word ^ 0x22222222
  const backslashes = word ^ 0x5c5c5c5c
  const controls = (word - 0x20202020) & ~word
  return ((controls | ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & 0x80808080) !== 0
}

/** `2026-07-01 10:00:00.50+00` as `"2026-07-01T12:00:00.5+02:00"` */
function writeInstant(target: Bytes, start: number, source: Bytes, from: number, to: number, zone: Zone): number {
  const { bytes, words } = target
  const end = endOfInstant(source.bytes, from, to)
  const day = dayAt(source, from, zone)
  const hour = day === undefined ? -1 : twoDigitsAt(source.bytes, from + 11) + day.hours
  if (hour < 0 || hour > 23) return writeMoved(target, start, source, from, end, zone)
  const tens = hour >= 20 ? 2 : hour >= 10 ? 1 : 0
  bytes[start] = quote
  words.setInt32(start + 1, source.words.getInt32(from))
  words.setInt32(start + 5, source.words.getInt32(from + 4))
  words.setInt16(start + 9, source.words.getInt16(from + 8))
  bytes[start + 11] = 0x54
  bytes[start + 12] = 0x30 + tens
  bytes[start + 13] = 0x30 + hour - 10 * tens
  words.setInt32(start + 14, source.words.getInt32(from + 13))
  words.setInt16(start + 18, source.words.getInt16(from + 17))
  const behind = end - from > 19 ? writeBytes(target, start + 20, source, from + 19, end) : start + 20
  const { suffix } = day!
  const at = writeBytes(target, behind, suffix, 0, suffix.bytes.length)
  bytes[at] = quote
  return at + 1
}

/** An instant that is on another day there, or on a day of which the hour alone tells the offset. */
function writeMoved(target: Bytes, start: number, source: Bytes, from: number, end: number, zone: Zone): number {
  const { bytes } = source
  let at = start
  target.bytes[at++] = quote
  const moved = hourAt(bytes, from, zone)
  if (moved) {
    at = writeBytes(target, at, moved.head, 0, moved.head.bytes.length)
    at = writeBytes(target, at, source, from + 13, end)
    at = writeBytes(target, at, moved.suffix, 0, moved.suffix.bytes.length)
  } else {
    const instant = `${bytes.toString('latin1', from, from + 10)}T${bytes.toString('latin1', from + 11, end)}Z`
    at += target.bytes.write(zoned(instant, zone.name), at, 'latin1')
  }
  target.bytes[at++] = quote
  return at
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
