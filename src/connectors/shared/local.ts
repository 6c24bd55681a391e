/** How is a request answered over rows that are already here? The model's own meaning, for sources that can do less. */

import {
  type AggregateRequest,
  type Cell,
  type Column,
  type Condition,
  type KeyedRequest,
  type Normalise,
  type Order,
  type PagePosition,
  type Row,
  type RowsRequest,
  type Scalar,
  type SourceRequest,
  spelled,
} from '../../model/index.ts'
import { metresBetween, touchesArea, touchesBox } from '../geo/index.ts'
import { compareScalars, foldCase, identity, isScalar } from './compare.ts'
import { measure } from './measure.ts'

/** A row at hand: gives the canonical cell of any column that a request names. */
export type LocalRow = (column: Column) => Cell

/** true, false, or unknown: SQL's three values. */
type Truth = boolean | null
type Test = (row: LocalRow) => Truth

/**
 * Whether a row passes a condition, with SQL's three-valued logic (see `Condition`).
 *
 * Text: `eq`, `ne`, `in` and `notIn` are exact; `lt` … `gte` follow the German alphabet (see `compareText`), as sorting does;
 * `contains` and `startsWith` ignore case by Unicode's default rules (see `foldCase`). Of nothing, `and` is true and `or` false;
 * `in` an empty list is false and `notIn` true for every value that is there. A geometry near itself is 0 metres away.
 *
 * A condition is prepared once and remembered as long as the object lives, so asking row by row is cheap.
 */
export function matches(condition: Condition, row: LocalRow): boolean {
  return testOf(condition)(row) === true
}

const prepared = new WeakMap<Condition, Test>()

function testOf(condition: Condition): Test {
  const known = prepared.get(condition)
  if (known) return known
  const made = prepare(condition)
  prepared.set(condition, made)
  return made
}

function prepare(condition: Condition): Test {
  switch (condition.op) {
    case 'and':
      return every(condition.of.map(testOf))
    case 'or':
      return some(condition.of.map(testOf))
    case 'not':
      return not(testOf(condition.of))
    case 'keys':
      return oneOfKeys(condition)
    case 'isNull':
      return row => (row(condition.column) === null) === condition.value
    default: {
      const holds = comparison(condition)
      return row => {
        const cell = row(condition.column)
        return cell === null ? null : holds(cell)
      }
    }
  }
}

function every(parts: readonly Test[]): Test {
  return row => {
    let all: Truth = true
    for (const part of parts) {
      const truth = part(row)
      if (truth === false) return false
      if (truth === null) all = null
    }
    return all
  }
}

function some(parts: readonly Test[]): Test {
  const none = every(parts.map(not))
  return not(none)
}

function not(part: Test): Test {
  return row => {
    const truth = part(row)
    return truth === null ? null : !truth
  }
}

type Comparison = Exclude<Condition, { readonly op: 'and' | 'or' | 'not' | 'keys' | 'isNull' }>

/** The test of one value that is there. */
function comparison(condition: Comparison): (cell: Exclude<Cell, null>) => Truth {
  const { type } = condition.column
  const scalar = (test: (value: Scalar) => boolean) => (cell: Cell) => (isScalar(cell) ? test(cell) : null)
  switch (condition.op) {
    case 'eq':
      return scalar(value => identity(value, type) === identity(condition.value, type))
    case 'ne':
      return scalar(value => identity(value, type) !== identity(condition.value, type))
    case 'lt':
      return scalar(value => compareScalars(value, condition.value, type) < 0)
    case 'lte':
      return scalar(value => compareScalars(value, condition.value, type) <= 0)
    case 'gt':
      return scalar(value => compareScalars(value, condition.value, type) > 0)
    case 'gte':
      return scalar(value => compareScalars(value, condition.value, type) >= 0)
    case 'in':
    case 'notIn': {
      const listed = new Set(condition.values.map(value => identity(value, type)))
      return scalar(value => listed.has(identity(value, type)) === (condition.op === 'in'))
    }
    case 'contains': {
      const part = foldCase(condition.value)
      return scalar(value => foldCase(String(value)).includes(part))
    }
    case 'startsWith': {
      const part = foldCase(condition.value)
      return scalar(value => foldCase(String(value)).startsWith(part))
    }
    case 'bbox':
      return cell => (isScalar(cell) ? null : cell && touchesBox(cell, condition.box))
    case 'within':
      return cell => (isScalar(cell) ? null : cell && touchesArea(cell, condition.area))
    case 'near':
      return cell => (isScalar(cell) ? null : cell && metresBetween(cell, condition.longitude, condition.latitude) <= condition.metres)
  }
}

/** Unknown for a row with a missing value whose other values fit some key. */
function oneOfKeys({ columns, keys, normalise }: Extract<Condition, { op: 'keys' }>): Test {
  const whole = new Set(keys.map(key => keyText(columns, key, normalise)))
  return row => {
    const cells = columns.map(row)
    if (cells.every(isScalar)) return whole.has(keyText(columns, cells, normalise))
    const fits = keys.some(key =>
      columns.every(({ type }, at) => {
        const cell = cells[at] ?? null
        return !isScalar(cell) || identity(spelled(cell, normalise), type) === identity(spelled(key[at]!, normalise), type)
      }),
    )
    return fits ? null : false
  }
}

function keyText(columns: readonly Column[], key: readonly Scalar[], normalise: Normalise | undefined): string {
  return JSON.stringify(key.map((value, at) => identity(spelled(value, normalise), columns[at]!.type)))
}

/**
 * Which of two rows comes first. Texts follow the German alphabet, false comes before true; geometries keep their place.
 *
 * @returns a comparer for `sort`; zero only for rows that are equal in every column of the order
 */
export function compareRows(orderBy: readonly Order[]): (a: LocalRow, b: LocalRow) => number {
  const compare = compareInOrder(orderBy)
  return (a, b) => compare(cellsOf(orderBy, a), cellsOf(orderBy, b))
}

function compareInOrder(orderBy: readonly Order[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const [at, { column, direction, nulls }] of orderBy.entries()) {
      const [left, right] = [a[at] ?? null, b[at] ?? null]
      if (left === null && right === null) continue
      if (left === null || right === null) return (left === null) === (nulls === 'first') ? -1 : 1
      if (!isScalar(left) || !isScalar(right)) continue
      const order = compareScalars(left, right, column.type)
      if (order !== 0) return direction === 'asc' ? order : -order
    }
    return 0
  }
}

function cellsOf(orderBy: readonly Order[], row: LocalRow): Row {
  return orderBy.map(order => row(order.column))
}

/**
 * Answers a request over rows, all of it: filter, order, page, keys, groups and measures.
 *
 * @param rows every row that the source holds, or at least every row that the condition is true for
 * @returns    as `Answer.rows`
 */
export function answerLocally(request: SourceRequest, rows: readonly LocalRow[]): readonly Row[] {
  const { where } = request
  const found = where ? rows.filter(row => matches(where, row)) : rows
  switch (request.kind) {
    case 'rows':
      return pick(request, page(found, request.orderBy, request.limit, request.position))
    case 'keyed':
      return keyed(request, found)
    case 'aggregate':
      return aggregate(request, found)
  }
}

function keyed(request: KeyedRequest, rows: readonly LocalRow[]): Row[] {
  const { match, keys, normalise, orderBy, perKey, position } = request
  const wanted = new Map<string, LocalRow[]>(keys.map(key => [keyText(match, key, normalise), []]))
  for (const row of rows) {
    const key = match.map(row)
    if (key.every(isScalar)) wanted.get(keyText(match, key, normalise))?.push(row)
  }
  return [...wanted.values()].flatMap(group => pick(request, page(group, orderBy, perKey, position)))
}

function pick({ columns }: RowsRequest | KeyedRequest, rows: readonly LocalRow[]): Row[] {
  return rows.map(row => columns.map(row))
}

function page(rows: readonly LocalRow[], orderBy: readonly Order[], limit: number, position?: PagePosition): LocalRow[] {
  const compare = compareInOrder(orderBy)
  const placed = rows.map(row => ({ row, cells: cellsOf(orderBy, row) }))
  const later = position && 'after' in position ? placed.filter(({ cells }) => compare(cells, position.after) > 0) : placed
  const skip = position && 'skip' in position ? position.skip : 0
  return later
    .sort((a, b) => compare(a.cells, b.cells))
    .slice(skip, skip + limit)
    .map(({ row }) => row)
}

function aggregate({ groupBy, measures, limit }: AggregateRequest, rows: readonly LocalRow[]): Row[] {
  const groups = new Map<string, { cells: Row; rows: LocalRow[] }>()
  if (groupBy.length === 0) groups.set('[]', { cells: [], rows: [] })
  for (const row of rows) {
    const cells = groupBy.map(row)
    const key = JSON.stringify(cells.map((cell, at) => (isScalar(cell) ? identity(cell, groupBy[at]!.type) : cell)))
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { cells, rows: [row] })
  }
  const byValues = compareInOrder(groupBy.map(column => ({ column, direction: 'asc', nulls: 'last' })))
  return [...groups.values()]
    .sort((a, b) => b.rows.length - a.rows.length || byValues(a.cells, b.cells))
    .slice(0, limit)
    .map(group => [...group.cells, ...measures.map(asked => measureOf(asked, group.rows))])
}

function measureOf({ function: name, column }: AggregateRequest['measures'][number], rows: readonly LocalRow[]): Cell {
  if (!column) return rows.length
  const values = rows.map(row => row(column))
  // A geometry can be counted, and nothing else.
  return name === 'count' ? values.filter(value => value !== null).length : measure(name, values.filter(isScalar), column.type)
}
