/** In which order do rows come, and what comes after a row? */

import { type Cell, type Dataset, keyOrder, type Order, type PagePosition, type Scalar } from '../../../model/index.ts'
import { compared, isNull, nothing } from './conditions.ts'
import { type Context, once } from './context.ts'
import { type Fragment, join, raw, sql } from './fragment.ts'
import type { Comparable } from './kind.ts'
import { comparable } from './served.ts'
import { exactBound, exactly, needsBoth } from './text.ts'
import { bound, placeOf, refusal } from './values.ts'

/** What `order by` is followed by; `undefined` for no order. */
export function orderSql(orderBy: readonly Order[], context: Context): Fragment | undefined {
  if (orderBy.length === 0) return undefined
  return orderBy === keyOrder(context.dataset) ? orderOfKey(context.dataset, context) : listed(orderBy, context)
}

/** Of the key's own order nothing but the dataset decides. */
const orderOfKey = once((dataset: Dataset, context) => listed(keyOrder(dataset), context))

function listed(orderBy: readonly Order[], context: Context): Fragment {
  // SQL Server refuses an order that names a column twice.
  const firsts = orderBy.filter((order, at) => orderBy.findIndex(({ column }) => column.column === order.column.column) === at)
  return join(
    firsts.flatMap(order => {
      const column = comparable(order.column, context)
      const inOrder = orderOf(column.expression, order.direction, nullsOf(order, context), context)
      return settles(column, context) ? [inOrder, sql`${exactly(column, context)} ${raw(order.direction)}`] : [inOrder]
    }),
    ', ',
  )
}

/**
 * One expression in order, with missing values where they are asked for. Where the engine puts them there anyway nothing is said, so
 * that its indexes serve; engines without the words get a leading 0 or 1.
 *
 * @param nulls `undefined`: there are none
 */
export function orderOf(
  expression: Fragment,
  direction: 'asc' | 'desc',
  nulls: 'first' | 'last' | undefined,
  { dialect }: Context,
): Fragment {
  const plain = sql`${expression} ${raw(direction)}`
  const natural = (dialect.nulls === 'first') === (direction === 'asc') ? 'first' : 'last'
  if (nulls === undefined || nulls === natural) return plain
  if (dialect.nullsKeyword) return sql`${plain} nulls ${raw(nulls)}`
  return sql`case when ${expression} is null then ${raw(nulls === 'first' ? '0 else 1' : '1 else 0')} end, ${plain}`
}

/** Only the rows after a place in the order; `undefined` when the page starts at the first row. */
export function afterSql(orderBy: readonly Order[], position: PagePosition | undefined, context: Context): Fragment | undefined {
  if (!position || !('after' in position)) return undefined
  const steps = orderBy.flatMap((order, at) => stepsOf(order, position.after[at] ?? null, context))
  // After the place: equal in some leading steps, later in the next one.
  const alternatives = steps.flatMap(({ later }, at) =>
    later ? [sql`(${join([...steps.slice(0, at).map(({ same }) => same), later], ' and ')})`] : [],
  )
  if (alternatives.length === 0) return nothing
  const after = alternatives.length === 1 ? alternatives[0]! : sql`(${join(alternatives, ' or ')})`
  const bounds = steps[0]?.bounds
  // The same said once more for the first column alone: engines find the place in an index by it, but not by the alternatives.
  return bounds && alternatives.length > 1 ? sql`(${bounds} and ${after})` : after
}

interface Step {
  readonly same: Fragment
  /** `undefined`: nothing comes later in this column. */
  readonly later: Fragment | undefined
  /** A condition on this column that every later row meets. */
  readonly bounds?: Fragment
}

function stepsOf(order: Order, cell: Cell, context: Context): readonly Step[] {
  const column = comparable(order.column, context)
  const nulls = nullsOf(order, context)
  if (cell === null || (cell === '' && context.dialect.emptyTextIsNull)) {
    return [{ same: isNull(column.expression, true), later: nulls === 'first' ? isNull(column.expression, false) : undefined }]
  }
  if (typeof cell === 'object') throw refusal('a geometry has no order')
  const step = stepOf(column, cell, order.direction, nulls, context)
  return settles(column, context) ? [step, settlingStep(column, cell, order.direction, context)] : [step]
}

/** Equal and later in the order, which is the engine's: texts that it holds for the same stand together, however they are spelled. */
function stepOf(column: Comparable, cell: Scalar, direction: 'asc' | 'desc', nulls: 'first' | 'last' | undefined, context: Context): Step {
  const same = sql`${column.expression} = ${bound(textOf(column, cell, context), column, context.dialect)}`
  const beyond = compared(direction === 'asc' ? 'gt' : 'lt', column, cell, context)
  if (nulls === 'last') return { same, later: sql`(${beyond} or ${isNull(column.expression, true)})` }
  return { same, later: beyond, bounds: compared(direction === 'asc' ? 'gte' : 'lte', column, cell, context) }
}

function settlingStep(column: Comparable, cell: Scalar, direction: 'asc' | 'desc', context: Context): Step {
  const value = exactBound(textOf(column, cell, context), column, context)
  const expression = exactly(column, context)
  return { same: sql`${expression} = ${value}`, later: sql`${expression} ${raw(direction === 'asc' ? '>' : '<')} ${value}` }
}

function textOf(column: Comparable, cell: Scalar, { dialect }: Context): string {
  const placed = placeOf(cell, column, dialect)
  if ('why' in placed) throw refusal(placed.why)
  return placed.text
}

/**
 * Whether texts that the engine holds for the same, such as `Eiche` and `eiche`, need a second, exact order among themselves: then
 * equal texts stand together. A key needs none, its own unique index has settled it.
 */
function settles(column: Comparable, context: Context): boolean {
  return needsBoth([column], context) && !isKey(column.column, context)
}

/** The key tells rows apart, so it has no missing values, nor has what the table declares so: an index over it serves as it is. */
function nullsOf({ column, nulls }: Order, context: Context): 'first' | 'last' | undefined {
  const isPresent = isKey(column, context) || context.table?.present.includes(column.column)
  return isPresent && !('written' in column && column.written) ? undefined : nulls
}

function isKey({ column }: Order['column'], { dataset }: Context): boolean {
  return dataset.key.some(key => key.column === column)
}
