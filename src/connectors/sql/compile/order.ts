/** In which order do rows come, and what comes after a row? */

import { type Cell, type Dataset, keyOrder, type Order, type PagePosition, type Scalar } from '../../../model/index.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { compared, conditionSql, isNull, nothing } from './conditions.ts'
import { type Context, once } from './context.ts'
import { type Fragment, join, raw, sql } from './fragment.ts'
import type { Comparable } from './kind.ts'
import { asPresent, besides, comparable, isVague } from './served.ts'
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
      const nulls = nullsOf(order, context)
      const column = placed(order, standsAsStored(order, context) ? undefined : nulls, context)
      const inOrder = orderOf(column.expression, order.direction, nulls, context)
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
  if (nulls === undefined || nulls === natural(direction, dialect)) return plain
  if (dialect.nullsKeyword) return sql`${plain} nulls ${raw(nulls)}`
  return sql`case when ${expression} is null then ${raw(nulls === 'first' ? '0 else 1' : '1 else 0')} end, ${plain}`
}

/** Where missing values stand when nothing is said. */
function natural(direction: 'asc' | 'desc', { nulls }: Dialect): 'first' | 'last' {
  return (nulls === 'first') === (direction === 'asc') ? 'first' : 'last'
}

/** The column as it is compared: as it is stored where there are no missing values. */
function placed({ column }: Order, nulls: 'first' | 'last' | undefined, context: Context): Comparable {
  return comparable(nulls === undefined ? asPresent(column, context) : column, context)
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
  const nulls = nullsOf(order, context)
  if (cell === null || (cell === '' && context.dialect.emptyTextIsNull)) {
    const { expression } = comparable(order.column, context)
    // A key has no missing values, but for a zero, which comes before every day.
    const first = (nulls ?? (isVague(order.column, context) && natural(order.direction, context.dialect))) === 'first'
    return [{ same: isNull(expression, true), later: first ? isNull(expression, false) : undefined }]
  }
  const column = placed(order, nulls, context)
  if (typeof cell === 'object') throw refusal('a geometry has no order')
  const step = stepOf(column, cell, order.direction, nulls, context)
  return settles(column, context) ? [step, settlingStep(column, cell, order.direction, context)] : [step]
}

/** Equal and later in the order, which is the engine's: texts that it holds for the same stand together, however they are spelled. */
function stepOf(column: Comparable, cell: Scalar, direction: 'asc' | 'desc', nulls: 'first' | 'last' | undefined, context: Context): Step {
  const same = sql`${column.expression} = ${bound(textOf(column, cell, context), column, context.dialect)}`
  const beyond = compared(direction === 'asc' ? 'gt' : 'lt', column, cell, context)
  const later = nulls === 'last' ? sql`(${beyond} or ${isNull(column.expression, true)})` : beyond
  if (nulls === 'last' && !standsAsStored({ ...column, direction, nulls }, context)) return { same, later }
  const within = { op: direction === 'asc' ? 'gte' : 'lte', column: column.column, value: cell } as const
  return { same, later, bounds: conditionSql(besides(within, context) ?? within, context) }
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

/**
 * The key tells rows apart, so it has no missing values, nor has what a condition asks for or the table declares so: an index over it
 * serves as it is.
 */
export function nullsOf({ column, nulls }: Order, context: Context): 'first' | 'last' | undefined {
  const isPresent =
    isKey(column, context) || context.passed?.includes(column.column) || (isFull(column, context) && !isVague(column, context))
  return isPresent && !('written' in column && column.written) ? undefined : nulls
}

/** `not null` */
function isFull({ column }: Order['column'], { table }: Context): boolean {
  return table?.present.includes(column) === true
}

/**
 * Whether missing values stand where they are asked for by themselves: of an instant that is `not null`, all are zero, and less than
 * every other. A date or a clock may also be the 30th of February.
 */
export function standsAsStored({ column, direction, nulls }: Order, context: Context): boolean {
  const isZero = context.facts(column).stored === 'instant' && isVague(column, context) && isFull(column, context)
  return isZero && !('written' in column && column.written) && nulls === natural(direction, context.dialect)
}

function isKey({ column }: Order['column'], { dataset }: Context): boolean {
  return dataset.key.some(key => key.column === column)
}
