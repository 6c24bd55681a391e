/** Rows as the bytes that came from their source: nothing is decoded before somebody looks at it. */

import type { Cell, Row } from './cell.ts'

/**
 * How the bytes of a column's cells stand for cells of their type. All but `text` are ASCII.
 *
 * | form | bytes | cell |
 * |---|---|---|
 * | text | UTF-8 | the same string |
 * | int | digits, with `-` before them | a number |
 * | float | the same with a point, and without an exponent | a number |
 * | digits | digits, with `-` before them | the same string |
 * | decimal | digits with a point | the same string without zeros at its end |
 * | date | `2026-03-29` | the same string |
 * | instant | `2026-03-29 01:30:00.120+00` | `2026-03-29T01:30:00.12Z` |
 * | boolean | `t`, `f` | true, false |
 */
export type PackedForm = 'text' | 'int' | 'float' | 'digits' | 'decimal' | 'date' | 'instant' | 'boolean'

/** Rows of one answer, or some of them. What they hold may leave the house as it is; nobody changes them. */
export class PackedRows {
  /** Each cell is its length in bytes as four bytes, the first one most significant, and its bytes. A length of -1 is null. */
  readonly bytes: Buffer
  /** By row: where its first cell begins. */
  readonly starts: readonly number[]
  /** By column. */
  readonly forms: readonly PackedForm[]

  constructor(bytes: Buffer, starts: readonly number[], forms: readonly PackedForm[]) {
    this.bytes = bytes
    this.starts = starts
    this.forms = forms
  }

  get length(): number {
    return this.starts.length
  }

  /** Memory that the rows take. */
  get byteLength(): number {
    return this.bytes.byteLength + 8 * this.starts.length
  }

  cell(row: number, column: number): Cell {
    return cellOf(this.bytes, this.#place(row, column), this.forms[column]!)
  }

  isNull(row: number, column: number): boolean {
    return lengthAt(this.bytes, this.#place(row, column)) < 0
  }

  /** Where another row begins: one that differs from the one before it in some column, as their source writes it. */
  firsts(columns: readonly number[]): number[] {
    const { bytes, starts } = this
    const firsts: number[] = []
    const before: number[] = columns.map(() => 0)
    for (let row = 0; row < starts.length; row++) {
      let isSame = row > 0
      for (let index = 0; index < columns.length; index++) {
        const one = before[index]!
        const other = this.#place(row, columns[index]!)
        const end = isSame ? 4 + Math.max(0, lengthAt(bytes, other)) : 0
        for (let at = 0; isSame && at < end; at++) isSame = bytes[one + at] === bytes[other + at]
        before[index] = other
      }
      if (!isSame) firsts.push(row)
    }
    return firsts
  }

  #place(row: number, column: number): number {
    const { bytes } = this
    let at = this.starts[row]!
    for (let passed = 0; passed < column; passed++) at += 4 + Math.max(0, lengthAt(bytes, at))
    return at
  }

  row(index: number): Row {
    const { bytes, forms } = this
    let at = this.starts[index]!
    return forms.map(form => {
      const cell = cellOf(bytes, at, form)
      at += 4 + Math.max(0, lengthAt(bytes, at))
      return cell
    })
  }

  /** Every row, decoded. */
  toRows(): Row[] {
    return this.starts.map((_, index) => this.row(index))
  }

  slice(from: number, to: number): PackedRows {
    return new PackedRows(this.bytes, this.starts.slice(from, to), this.forms)
  }

  toReversed(): PackedRows {
    return new PackedRows(this.bytes, this.starts.toReversed(), this.forms)
  }

  /** These rows, in this order; the bytes are shared. */
  pick(rows: readonly number[]): PackedRows {
    const { starts } = this
    return new PackedRows(
      this.bytes,
      rows.map(row => starts[row]!),
      this.forms,
    )
  }

  /** The same rows without their first columns. */
  behind(columns: number): PackedRows {
    const starts = this.starts.map((_, row) => this.#place(row, columns))
    return new PackedRows(this.bytes, starts, this.forms.slice(columns))
  }

  /** One row with bytes of its own, so that keeping it does not keep the others. */
  alone(row: number): PackedRows {
    const { bytes, forms } = this
    return new PackedRows(Buffer.from(bytes.subarray(this.starts[row]!, this.#place(row, forms.length))), [0], forms)
  }
}

/** Rows in either form. */
export type Rows = readonly Row[] | PackedRows

export function cellAt(rows: Rows, row: number, column: number): Cell {
  return rows instanceof PackedRows ? rows.cell(row, column) : (rows[row]![column] ?? null)
}

export function isNullAt(rows: Rows, row: number, column: number): boolean {
  return rows instanceof PackedRows ? rows.isNull(row, column) : (rows[row]![column] ?? null) === null
}

/** Where another row begins: one that differs from the one before it in some column. Two ways to write one value may count as two values. */
export function firstsOf(rows: Rows, columns: readonly number[]): readonly number[] {
  if (rows instanceof PackedRows) return rows.firsts(columns)
  const differs = (row: number) => columns.some(column => rows[row - 1]![column] !== rows[row]![column])
  return [...rows.keys()].filter(row => row === 0 || differs(row))
}

export function unpacked(rows: Rows): readonly Row[] {
  return rows instanceof PackedRows ? rows.toRows() : rows
}

/** These rows, in this order. */
export function pickRows(rows: Rows, places: readonly number[]): Rows {
  return rows instanceof PackedRows ? rows.pick(places) : places.map(place => rows[place]!)
}

/** The same rows without their first columns. */
export function behindColumns(rows: Rows, columns: number): Rows {
  return rows instanceof PackedRows ? rows.behind(columns) : rows.map(row => row.slice(columns))
}

/** All rows, one list after the other; packed only where all are part of one answer. */
export function joinRows(lists: readonly Rows[]): Rows {
  const full = lists.filter(rows => rows.length > 0)
  const [first] = full
  if (full.length === 1) return first!
  if (!(first instanceof PackedRows)) return full.flatMap(unpacked)
  const mine = full.filter((rows): rows is PackedRows => rows instanceof PackedRows && rows.bytes === first.bytes)
  if (mine.length < full.length) return full.flatMap(unpacked)
  const starts = mine.flatMap(rows => rows.starts)
  return new PackedRows(first.bytes, starts, first.forms)
}

/** @param at where the cell's length stands */
function cellOf(bytes: Buffer, at: number, form: PackedForm): Cell {
  const length = lengthAt(bytes, at)
  if (length < 0) return null
  const from = at + 4
  const to = from + length
  switch (form) {
    case 'text':
      return bytes.toString('utf8', from, to)
    case 'int':
      return length < 10 ? digitsAt(bytes, from, to) : Number(bytes.toString('latin1', from, to))
    case 'float':
      return Number(bytes.toString('latin1', from, to))
    case 'decimal':
      return bytes.toString('latin1', from, endOfDecimal(bytes, from, to))
    case 'instant':
      return `${bytes.toString('latin1', from, from + 10)}T${bytes.toString('latin1', from + 11, endOfInstant(bytes, from, to))}Z`
    case 'boolean':
      return bytes[from] === 0x74
    default:
      return bytes.toString('latin1', from, to)
  }
}

/** A whole number of few digits, perhaps with `-` before them. */
function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === 0x2d
  let number = 0
  for (let at = isNegative ? from + 1 : from; at < to; at++) number = number * 10 + bytes[at]! - zero
  return isNegative ? -number : number
}

/** The length of the cell that begins there; -1: null. By hand: every cell passes here. */
export function lengthAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}

const point = 0x2e
const zero = 0x30

/** Where a decimal's last digit ends that says something: `12.500` is `12.5`. */
export function endOfDecimal(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== point) at += 1
  return at === to ? to : endOfFraction(bytes, from, to)
}

/** Where the seconds of an instant end, before `+00` and zeros of a fraction. */
export function endOfInstant(bytes: Uint8Array, from: number, to: number): number {
  return to - 3 - from > 19 ? endOfFraction(bytes, from, to - 3) : to - 3
}

function endOfFraction(bytes: Uint8Array, from: number, to: number): number {
  let end = to
  while (end > from && bytes[end - 1] === zero) end -= 1
  return bytes[end - 1] === point ? end - 1 : end
}
