/** Which rows of PostgreSQL can stay the bytes that they came as? */

import { lengthAt, type PackedForm, PackedRows } from '../../../model/index.ts'
import type { Reader } from '../compile/index.ts'
import type { Selected } from './postgres-selection.ts'

/** @see https://www.postgresql.org/docs/current/catalog-pg-type.html; the numbers of built-in types never change */
const number = {
  boolean: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  float4: 700,
  float8: 701,
  date: 1082,
  timestamptz: 1184,
  numeric: 1700,
}
const whole: readonly number[] = [number.int2, number.int4, number.int8]

function formOf({ type: field, zone, written }: Reader, type: number): PackedForm | undefined {
  if (zone !== undefined || written) return undefined
  switch (field) {
    case 'text':
      return type === number.bytea ? undefined : 'text'
    case 'int':
      return whole.includes(type) ? 'int' : undefined
    case 'bigint':
      return whole.includes(type) ? 'digits' : undefined
    case 'decimal':
      return type === number.numeric ? 'decimal' : whole.includes(type) ? 'digits' : undefined
    case 'float':
      return type === number.float4 || type === number.float8 ? 'float' : undefined
    case 'boolean':
      return type === number.boolean ? 'boolean' : undefined
    case 'date':
      return type === number.date ? 'date' : undefined
    case 'datetime':
      return type === number.timestamptz ? 'instant' : undefined
    default:
      return undefined
  }
}

/** How the cells of a statement's columns are copied, and what each has to be for that; `undefined`: always so. */
interface Layout {
  readonly types: readonly number[]
  readonly forms: readonly PackedForm[]
  readonly tests: readonly (Test | undefined)[]
}

/** Of readers that come with one statement after the other. */
const layouts = new WeakMap<readonly Reader[], Layout>()

/** @returns `undefined` when one column at least is not packed */
function layoutOf(readers: readonly Reader[], types: readonly number[]): Layout | undefined {
  const known = layouts.get(readers)
  if (known && types.length === known.types.length && types.every((type, at) => type === known.types[at])) return known
  const forms: PackedForm[] = []
  for (const [at, reader] of readers.entries()) {
    const form = formOf(reader, types[at]!)
    if (!form) return undefined
    forms.push(form)
  }
  const tests = forms.map((form, at) => (types[at] === number.int2 || types[at] === number.int4 ? undefined : soundness[form]))
  const made = { types, forms, tests }
  layouts.set(readers, made)
  return made
}

/**
 * @returns      `undefined` when one cell at least is not what its form says: then all are read one by one
 */
export function packedRows({ bytes, starts, types }: Selected, readers: readonly Reader[]): PackedRows | undefined {
  const layout = layoutOf(readers, types)
  if (!layout) return undefined
  const { forms, tests } = layout
  const tested = tests.findLastIndex(test => test !== undefined) + 1
  for (let row = 0; tested > 0 && row < starts.length; row++) {
    let at = starts[row]!
    for (let column = 0; column < tested; column++) {
      const length = lengthAt(bytes, at)
      at += 4
      if (length < 0) continue
      const test = tests[column]
      if (test !== undefined && !test(bytes, at, at + length)) return undefined
      at += length
    }
  }
  return new PackedRows(bytes, starts, forms)
}

type Test = (bytes: Buffer, from: number, to: number) => boolean

const [minus, dash, blank, nought, nine] = [0x2d, 0x2d, 0x20, 0x30, 0x39]

/** The server writes its types in one way each; what is left are values that JSON, or a calendar of four-digit years, has no word for. */
const soundness: Readonly<Partial<Record<PackedForm, Test>>> = {
  // Of 64 bits: as many digits as 32 bits always hold.
  int: (_bytes, from, to) => to - from <= 9,
  // Not NaN, Infinity, -0, nor with an exponent.
  float: (bytes, from, to) => isPlain(bytes, from, to) && !hasExponent(bytes, from, to),
  decimal: (bytes, from, to) => to - from <= 30 && isPlain(bytes, from, to),
  // Not infinity, before Christ, nor after 9999.
  date: (bytes, from, to) => to - from === 10 && bytes[from + 4] === dash,
  instant: (bytes, from, to) =>
    to - from >= 22 && to - from <= 29 && bytes[from + 10] === blank && bytes[from + 4] === dash && bytes[to - 3] === 0x2b,
}

/** Begins with a digit, and is not -0. */
function isPlain(bytes: Buffer, from: number, to: number): boolean {
  const digit = bytes[from] === minus ? from + 1 : from
  const first = bytes[digit]!
  return to > digit && first >= nought && first <= nine && !(digit > from && first === nought && to - digit === 1)
}

function hasExponent(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === 0x65) return true
  return false
}
