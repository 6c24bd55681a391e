/** How are the first rows in an order asked for, so that an index in that order serves? */

import type { Condition, Order, PagePosition } from '../../../model/index.ts'
import { isNull } from './conditions.ts'
import type { Context } from './context.ts'
import { bind, type Fragment, raw, sql } from './fragment.ts'
import { limited } from './limit.ts'
import { afterSql, nullsOf, orderSql, standsAsStored } from './order.ts'
import { placesOf, type Selected } from './select.ts'
import { isVague, presence } from './served.ts'
import { fromWhere, whereOf } from './where.ts'

export interface First {
  readonly selection: Selected
  readonly where?: Condition | undefined
  /** Columns of which all rows that belong together have the same value. */
  readonly match?: readonly { readonly column: string }[]
  readonly orderBy: readonly Order[]
  readonly position?: PagePosition | undefined
  readonly byIndex?: boolean
}

/** So many rows that meet one more condition: the key that they belong to. */
export type FirstOf = (key: Fragment | undefined, limit: number) => Fragment

export function firstRows(first: First, context: Context): FirstOf {
  const { position } = first
  const skip = position && 'skip' in position ? position.skip : 0
  if (isParted(first, context)) return parted(first, skip, context)
  const part = partOf(first, context)
  return (key, limit) => part([key], limit, skip)
}

type PartOf = (more: readonly (Fragment | undefined)[], limit: number, skip?: number, items?: Fragment) => Fragment

function partOf({ selection, where, orderBy, position, byIndex = false }: First, context: Context): PartOf {
  const conditions = [whereOf(where, context), afterSql(orderBy, position, context)]
  const order = orderSql(orderBy, context)
  return (more, limit, skip = 0, items = selection.list) =>
    limited({ items, from: fromWhere([...more, ...conditions], context), order, limit, skip, byIndex }, context)
}

/**
 * Rows with a day in the order of the index, then those without. Whether there are enough of the first is asked once, before any of the
 * others is looked at (MariaDB 10.11, MySQL 8.0 and 9.7, tried).
 */
function parted(first: First, skip: number, context: Context): FirstOf {
  const [{ column }, ...others] = first.orderBy as readonly [Order, ...Order[]]
  const day = presence(column, context)
  const days = partOf(first, { ...context, passed: [...(context.passed ?? []), column.column] })
  const rest = partOf({ ...first, orderBy: others, position: undefined }, context)
  const places = placesOf('u', first.selection.items)
  return (key, limit) => {
    const most = limit + skip
    const withDay = [key, isNull(day, false)]
    const tooFew = sql`(select count(*) from (${days(withDay, most, 0, raw('1'))}) d) < ${bind(most, 'count')}`
    const both = sql`(${days(withDay, most)}) union all (${rest([key, isNull(day, true), tooFew], most)})`
    const offset = skip > 0 ? sql` offset ${bind(skip, 'count')}` : raw('')
    return sql`select ${places} from (${both}) u limit ${bind(limit, 'count')}${offset}`
  }
}

/** Whether an index keeps the order, but for days that no calendar has, which it keeps among the others. */
function isParted({ where, match = [], orderBy, position }: First, context: Context): boolean {
  const [order] = orderBy
  if (!order || !isVague(order.column, context) || order.column.written) return false
  const { column, direction } = order
  if (direction !== 'desc' || nullsOf(order, context) !== 'last' || standsAsStored(order, context)) return false
  if (position && 'after' in position && (position.after[0] ?? null) === null) return false
  const fixed = [...match.map(one => one.column), ...fixedBy(where)]
  const leads = (index: readonly string[]): boolean =>
    index.at(-1) === column.column && index.slice(0, -1).every(one => fixed.includes(one))
  return context.table?.downwards?.some(leads) === true
}

/** Columns that a condition asks one value of. */
function fixedBy(where: Condition | undefined): readonly string[] {
  if (where?.op === 'and') return where.of.flatMap(fixedBy)
  return where?.op === 'eq' ? [where.column.column] : []
}
