/** Which comparison can a service be asked, so that no row is lost? Pure. */

import { type BBox, type Column, type Condition, canonicalDecimal, type FieldType, type Scalar, wallClock } from '../../model/index.ts'
import { boxAround, boxIn, boxOfArea, GeometryError } from '../geo/index.ts'
import type { Compared, Corner, Filter, ServerType } from './filter.ts'
import { every, everything, type Known, never, type Pushed, some } from './pushed.ts'

/** A condition on one column. */
export type Leaf = Exclude<Condition, { op: 'and' | 'or' | 'not' | 'keys' }>

/** Values in one `or` at most. */
export const mostValues = 200

/** @param condition undefined: nothing that has words */
export function compared(condition: Leaf | undefined, known: Known): Pushed {
  if (!condition) return everything
  const { column } = condition
  // What the service writes in its own way is compared here, as it is served.
  if (column.written) return everything
  switch (condition.op) {
    case 'isNull':
      return nullness(column, condition.value, known)
    case 'eq':
      return equal(column, condition.value, known)
    case 'in':
      return condition.values.length > mostValues ? everything : some(condition.values.map(value => equal(column, value, known)))
    case 'ne':
      // Most rows: not worth a question that services understand in different ways, except where only two values are possible.
      return column.type === 'boolean' ? equal(column, !condition.value, known) : everything
    case 'notIn':
      return condition.values.length === 0 ? nullness(column, false, known) : everything
    case 'contains':
      return like(column, condition.value, '*', known)
    case 'startsWith':
      return like(column, condition.value, '', known)
    case 'bbox':
      return inBox(column, condition.box, known)
    case 'within':
      return inBox(column, boxOfArea(condition.area), known)
    case 'near':
      return inBox(column, boxAround(condition.longitude, condition.latitude, condition.metres), known)
    default:
      return ranged(column, condition.op, condition.value, known)
  }
}

export function equal(column: Column, value: Scalar, known: Known): Pushed {
  if (column.written) return everything
  const property = column.column
  switch (kindOf(column.type)) {
    case 'text':
      return equalText(column, String(value), known)
    case 'number': {
      const type = known.serverType(column)
      if (!isNumeric(type)) return everything
      const whole = isWhole(String(value))
      // A double holds every whole number up to 53 bits, and nobody asks for 7.5 in a column of whole numbers.
      const fraction = type === 'number' && column.type !== 'int' && column.type !== 'bigint'
      if (fraction || !isSafe(String(value))) return between(column, value, value, known)
      if (!whole) return never
      return known.can(column, 'eq') ? { filter: { op: 'eq', property, literal: String(value), type }, trust: 'exact' } : everything
    }
    case 'boolean': {
      const type = known.serverType(column)
      const literal = type === 'boolean' ? String(value) : type === 'integer' ? String(Number(value)) : undefined
      return literal && known.can(column, 'eq') ? { filter: { op: 'eq', property, literal, type }, trust: 'exact' } : everything
    }
    default:
      return between(column, value, value, known)
  }
}

function equalText(column: Column, value: string, known: Known): Pushed {
  const property = column.column
  const type = known.serverType(column)
  // An empty text is read as no value, and XML has no word for a control character: no row can have them.
  if (value === '' || !isWritable(value)) return never
  if (type === 'integer') {
    if (canonicalDecimal(value) !== value || !isWhole(value)) return never
    return isSafe(value) && known.can(column, 'eq') ? { filter: { op: 'eq', property, literal: value, type }, trust: 'exact' } : everything
  }
  if (type !== 'text') return everything
  if (!plain.test(value)) return like(column, value, '', known)
  if (!known.can(column, 'eq')) return everything
  const exact = !/\p{L}/u.test(value) || known.can(column, 'case')
  return { filter: { op: 'eq', property, literal: value, type }, trust: exact ? 'exact' : 'loose' }
}

/**
 * Texts that every service seen takes as they are: letters of the basic plane, digits and a few signs, no blank at either end.
 * Quotes, backslashes, percent signs and 4-byte characters have been changed on the way to the database.
 */
const plain = /^(?! )[\p{L}\p{N} ._,:()+/-]+(?<! )$/u

/** @param text what is looked for: it must be somewhere in the value. Line ends stop the wildcards of some services. */
function like(column: Column, text: string, before: '' | '*', known: Known): Pushed {
  const pattern = `${before}${wild(text)}*`
  const worthIt = /[A-Za-z0-9]{2}/.test(pattern) && !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text)
  if (!worthIt || known.serverType(column) !== 'text' || !known.can(column, 'like')) return everything
  return { filter: { op: 'like', property: column.column, pattern: pattern.replace(/\*{2,}/g, '*') }, trust: 'loose' }
}

/** Keeps letters and digits of ASCII; everything else may be anything: services fold only those, and escape nothing alike. */
function wild(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '*')
}

function nullness(column: Column, value: boolean, known: Known): Pushed {
  if (isGeometryType(known.serverType(column)) || !known.can(column, 'isNull')) return everything
  // An empty text counts as missing here, and not for the service.
  const trust = known.serverType(column) === 'text' ? 'loose' : 'exact'
  if (value && trust === 'loose') return everything
  return { filter: { op: value ? 'isNull' : 'notNull', property: column.column }, trust }
}

type RangeOp = 'lt' | 'lte' | 'gt' | 'gte'

function ranged(column: Column, op: RangeOp, value: Scalar, known: Known): Pushed {
  if (op === 'lt' || op === 'lte') return bounded(column, undefined, { value, op }, known)
  return bounded(column, { value, op }, undefined, known)
}

function between(column: Column, low: Scalar, high: Scalar, known: Known): Pushed {
  return bounded(column, { value: low, op: 'gte' }, { value: high, op: 'lte' }, known)
}

interface Bound {
  readonly value: Scalar
  readonly op: RangeOp
}

/** Bounds are moved outwards where the service's own value may differ from the one it writes. */
function bounded(column: Column, low: Bound | undefined, high: Bound | undefined, known: Known): Pushed {
  const write = boundWriter(column, known)
  if (!write || !known.can(column, 'range')) return everything
  const parts = [low && write(low, -1), high && write(high, 1)].filter(part => part !== undefined)
  return every(parts)
}

type BoundWriter = (bound: Bound, outwards: 1 | -1) => Pushed

function boundWriter(column: Column, known: Known): BoundWriter | undefined {
  const property = column.column
  const type = known.serverType(column)
  switch (kindOf(column.type)) {
    case 'number':
      if (!isNumeric(type)) return undefined
      return ({ value, op }, outwards) => {
        if (type === 'integer' && isSafe(String(value))) return { filter: { op, property, literal: String(value), type }, trust: 'exact' }
        return { filter: { op: inclusive(op), property, literal: nudged(Number(value), outwards), type }, trust: 'nearly' }
      }
    case 'day':
      if (type === 'date') return ({ value, op }) => ({ filter: { op, property, literal: String(value), type }, trust: 'exact' })
      return type === 'moment' ? ({ value, op }, outwards) => aDayOff({ property, type }, op, String(value), outwards, '') : undefined
    case 'moment':
      if (type !== 'moment' && type !== 'date') return undefined
      return ({ value, op }, outwards) => {
        const zone = column.zone
        const clock = zone ? wallClock(String(value), zone) : String(value)
        return aDayOff({ property, type }, op, clock.slice(0, 10), outwards, zone ? '' : 'Z')
      }
    default:
      return undefined
  }
}

/** Services read times in one zone and compare them in another: a day to spare on either side holds every reading. */
function aDayOff(of: Pick<Compared, 'property' | 'type'>, op: RangeOp, day: string, outwards: 1 | -1, zone: string): Pushed {
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + (outwards > 0 ? 2 : -1))
  const year = moved.getUTCFullYear()
  if (!Number.isFinite(year) || year < 1 || year > 9999) return everything
  const date = moved.toISOString().slice(0, 10)
  return { filter: { ...of, op: inclusive(op), literal: of.type === 'date' ? date : `${date}T00:00:00${zone}` }, trust: 'loose' }
}

/** One part in 10¹² outwards, written without an exponent: more than a printed double loses, less than anyone measures. */
function nudged(value: number, outwards: 1 | -1): string {
  const moved = value + outwards * Math.max(Math.abs(value) * 1e-12, 1e-12)
  return canonicalDecimal(String(moved)) ?? String(moved)
}

function inclusive(op: RangeOp): RangeOp {
  return op === 'lt' || op === 'lte' ? 'lte' : 'gte'
}

function inBox(column: Column, box: BBox | undefined, known: Known): Pushed {
  const srs = known.srs(column)
  if (!box || !srs || !known.can(column, 'bbox')) return everything
  try {
    const [minX, minY, maxX, maxY] = boxIn(box, srs.crs)
    const corner = (x: number, y: number): Corner => (srs.yx ? [y, x] : [x, y])
    const { column: property } = column
    const filter: Filter = { op: 'bbox', property, srsName: srs.name, lower: corner(minX, minY), upper: corner(maxX, maxY) }
    return { filter, trust: 'loose' }
  } catch (error) {
    if (error instanceof GeometryError) return everything
    throw error
  }
}

function kindOf(type: FieldType): 'text' | 'number' | 'boolean' | 'day' | 'moment' | 'other' {
  switch (type) {
    case 'text':
    case 'code':
      return 'text'
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'float':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'date':
      return 'day'
    case 'datetime':
      return 'moment'
    default:
      return 'other'
  }
}

function isNumeric(type: ServerType): boolean {
  return type === 'integer' || type === 'number'
}

function isGeometryType(type: ServerType): boolean {
  return type === 'geometry'
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(canonicalDecimal(text) ?? '')
}

/** XML 1.0, 2.2: neither control characters nor halves of characters. */
function isWritable(text: string): boolean {
  return text.isWellFormed() && ![...text].some(sign => sign < ' ' && !'\t\n\r'.includes(sign))
}

/** Services compare with doubles: beyond 53 bits neighbours are the same to them. */
function isSafe(text: string): boolean {
  return Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER
}
