/** Which part of a condition can the source be trusted with? What it answers is checked again here, so it may say too much, never too little. */

import { type BBox, type Column, type Condition, canonicalDecimal, type Geometry, type Scalar } from '../../model/index.ts'
import { boxAround } from '../geo/index.ts'
import { fieldOf, type Layer, type LayerField } from './layer.ts'
import { dayLiterals, either, instantLiterals, listed, never, numberLiteral, textEquals, textIn, textLike } from './literal.ts'

/** A filter for the source: true at least for every row that the condition is true for. */
export interface Pushed {
  /** SQL; absent: every row. */
  readonly where?: string
  /** true for no other rows: what the source counts and sums is right. */
  readonly exact: boolean
}

/** A shape that rows have to touch. */
export type Spatial = { readonly box: BBox } | { readonly area: Geometry }

/**
 * A condition as the source can be asked it, in SQL-92 as ArcGIS takes it. `not` is moved inwards until it vanishes, which keeps
 * three-valued logic; whatever is left over is checked on the rows.
 *
 * @throws GatewayError SOURCE_CHANGED when a column is not in the layer
 */
export function push(condition: Condition, layer: Layer): Pushed {
  return pushed(condition, layer, true)
}

/** @param holds false: asks for the rows for which the condition is false, rather than true */
function pushed(condition: Condition, layer: Layer, holds: boolean): Pushed {
  switch (condition.op) {
    case 'and':
    case 'or': {
      const parts = condition.of.map(part => pushed(part, layer, holds))
      return (condition.op === 'and') === holds ? all(parts) : any(parts)
    }
    case 'not':
      return pushed(condition.of, layer, !holds)
    case 'keys':
      return holds ? keyed(condition.columns, condition.keys, layer) : unknown
    case 'bbox':
    case 'within':
    case 'near':
      fieldOf(layer, condition.column)
      return unknown
    default: {
      const field = fieldOf(layer, condition.column)
      // What the source writes in its own way is compared here, as it is served.
      if (!field || field.kind === 'other' || condition.column.written) return unknown
      const asked = holds ? condition : opposite(condition)
      return asked ? leaf(asked, field, layer) : present(field)
    }
  }
}

/** Every column has one of its values: more rows than the tuples, when there are several columns. */
function keyed(columns: readonly Column[], keys: readonly (readonly Scalar[])[], layer: Layer): Pushed {
  const lists = columns.map((column, at) => push({ op: 'in', column, values: [...new Set(keys.map(key => key[at]!))] }, layer))
  return columns.length === 1 ? lists[0]! : { ...all(lists), exact: false }
}

/**
 * The one shape that a query can carry, when all rows have to touch one: the first that is asked for. A circle is asked as the
 * box around it, since not every service knows distances; the corners fall away when the rows are checked.
 */
export function spatialOf(condition: Condition): Spatial | undefined {
  switch (condition.op) {
    case 'and':
      return condition.of.map(spatialOf).find(found => found !== undefined)
    case 'bbox':
      return { box: condition.box }
    case 'within':
      return { area: condition.area }
    case 'near':
      return { box: boxAround(condition.longitude, condition.latitude, condition.metres) }
    default:
      return undefined
  }
}

const unknown: Pushed = { exact: false }

function all(parts: readonly Pushed[]): Pushed {
  const wheres = parts.flatMap(({ where }) => (where === undefined ? [] : [where]))
  const where = wheres.length > 1 ? `(${wheres.join(' AND ')})` : wheres[0]
  return { ...(where !== undefined && { where }), exact: parts.every(part => part.exact) }
}

function any(parts: readonly Pushed[]): Pushed {
  const open = parts.filter(({ where }) => where === undefined)
  // A part that takes every row makes the whole do so, and exactly so when it is exactly that.
  if (open.length > 0) return { exact: open.some(part => part.exact) }
  return { where: either(parts.map(({ where }) => where!)), exact: parts.every(part => part.exact) }
}

type Leaf = Extract<
  Condition,
  { readonly op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'notIn' | 'contains' | 'startsWith' | 'isNull' }
>

type Comparison = Exclude<Leaf, { readonly op: 'isNull' }>

/** The condition that is true where the given one is false, and unknown where it is unknown; `undefined` when it has no name. */
function opposite(condition: Leaf): Leaf | undefined {
  switch (condition.op) {
    case 'contains':
    case 'startsWith':
      return undefined
    case 'isNull':
      return { ...condition, value: !condition.value }
    case 'in':
      return { ...condition, op: 'notIn' }
    case 'notIn':
      return { ...condition, op: 'in' }
    default:
      return { ...condition, op: opposites[condition.op] }
  }
}

const opposites = { eq: 'ne', ne: 'eq', lt: 'gte', gte: 'lt', lte: 'gt', gt: 'lte' } as const
const signs = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function leaf(condition: Leaf, field: LayerField, layer: Layer): Pushed {
  if (condition.op === 'isNull') return nullTest(field, condition.value, condition.column)
  if (isNumber(condition.column, field)) return numeric(condition, field) ?? present(field)
  if (isText(condition.column) && field.kind === 'text') return textual(condition, field) ?? present(field)
  if (field.kind === 'instant' || field.kind === 'day') return temporal(condition, field, layer) ?? present(field)
  return present(field)
}

/** Rows with any value: no comparison is true for the others. */
function present({ name }: LayerField): Pushed {
  return { where: `${name} IS NOT NULL`, exact: false }
}

/** A text of one blank stands for a missing value where the format underneath has none (see `toAttribute`). */
function nullTest(field: LayerField, missing: boolean, column: Column): Pushed {
  const { name, kind } = field
  if (kind === 'text') return { where: missing ? `(${name} IS NULL OR ${name} = ' ')` : `${name} IS NOT NULL`, exact: false }
  const readable = isNumber(column, field) || (kind === 'instant' && column.type === 'datetime')
  return { where: `${name} IS ${missing ? '' : 'NOT '}NULL`, exact: readable }
}

function isNumber({ type }: Column, { kind }: LayerField): boolean {
  return kind === 'number' && ['int', 'bigint', 'decimal', 'float', 'boolean', 'code', 'text'].includes(type)
}

function isText({ type }: Column): boolean {
  return type === 'text' || type === 'code'
}

function numeric(condition: Comparison, { name }: LayerField): Pushed | undefined {
  switch (condition.op) {
    case 'contains':
    case 'startsWith':
      return undefined
    case 'in':
    case 'notIn':
      return numberList(name, condition)
    default:
      return numberTest(name, condition)
  }
}

function numberList(name: string, { op, column, values }: Extract<Comparison, { readonly op: 'in' | 'notIn' }>): Pushed | undefined {
  // A text that no number is written as fits no row.
  const literals = values.filter(value => !isText(column) || isWritten(value)).map(literal)
  if (!literals.every(text => text !== undefined)) return undefined
  const lists = listed(name, literals)
  if (op === 'in') return { where: either(lists), exact: true }
  const others = lists.map(list => list.replace(' IN (', ' NOT IN (').replace(' = ', ' <> '))
  return all([`${name} IS NOT NULL`, ...others].map(where => ({ where, exact: true })))
}

function numberTest(name: string, { op, column, value }: Extract<Comparison, { readonly op: keyof typeof signs }>): Pushed | undefined {
  if (isText(column) && !isWritten(value)) return op === 'eq' ? { where: never, exact: true } : undefined
  const ordered = !isText(column) && column.type !== 'boolean'
  const text = literal(value)
  return text === undefined || !(ordered || op === 'eq' || op === 'ne') ? undefined : { where: `${name} ${signs[op]} ${text}`, exact: true }
}

function literal(value: Scalar): string | undefined {
  return typeof value === 'boolean' ? (value ? '1' : '0') : numberLiteral(value)
}

/** Whether a text is how a number is served. */
function isWritten(value: Scalar): boolean {
  return canonicalDecimal(String(value)) === value
}

/** What differs for us may be equal for the source, so `ne` and `notIn` are left to us. */
function textual(condition: Comparison, { name }: LayerField): Pushed | undefined {
  switch (condition.op) {
    case 'eq':
      return { where: textEquals(name, String(condition.value)), exact: false }
    case 'in':
      return { where: textIn(name, condition.values.map(String)), exact: false }
    case 'contains':
      return { where: textLike(name, condition.value, '%'), exact: false }
    case 'startsWith':
      return { where: textLike(name, condition.value, ''), exact: false }
    default:
      return undefined
  }
}

function temporal(condition: Comparison, field: LayerField, layer: Layer): Pushed | undefined {
  switch (condition.op) {
    case 'contains':
    case 'startsWith':
    case 'ne':
    case 'notIn':
      return undefined
    case 'in':
      return any(condition.values.map(value => temporal({ op: 'eq', column: condition.column, value }, field, layer) ?? unknown))
    default:
      return timeTest(condition.op, condition, field, layer)
  }
}

function timeTest(
  op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte',
  { column, value }: { readonly column: Column; readonly value: Scalar },
  { name, kind }: LayerField,
  layer: Layer,
): Pushed | undefined {
  if (kind === 'day') return column.type === 'date' ? { where: `${name} ${signs[op]} date '${value}'`, exact: false } : undefined
  if (column.type !== 'date' && column.type !== 'datetime') return undefined
  const literals = column.type === 'date' ? dayLiterals : instantLiterals
  const { from, to, exact } = literals(String(value), column.zone, layer.utc)
  switch (op) {
    case 'eq':
      return { where: exact ? `${name} = ${from}` : `(${name} >= ${from} AND ${name} <= ${to})`, exact }
    case 'lt':
    case 'lte':
      return { where: `${name} ${exact ? signs[op] : '<='} ${to}`, exact }
    case 'gt':
    case 'gte':
      return { where: `${name} ${exact ? signs[op] : '>='} ${from}`, exact }
  }
}
