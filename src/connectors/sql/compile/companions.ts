/** How do rows of other tables come along with the rows of a list, in one statement? */

import type { Column, Companion } from '../../../model/index.ts'
import type { Stored } from '../dialects/dialect.ts'
import type { Context } from './context.ts'
import { type Fragment, join, raw, sql } from './fragment.ts'
import { isIndexed, isPlain } from './lateral.ts'
import { limited } from './limit.ts'
import { afterSql, orderSql } from './order.ts'
import { placesOf, type Selected, selected } from './select.ts'
import { comparable } from './served.ts'
import type { Reader } from './statement.ts'
import { fromWhere, whereOf } from './where.ts'

/** Kinds whose values are the same exactly when the engine holds them for equal, and are selected as they are stored. */
const exact: readonly Stored[] = ['int', 'text', 'uuid']

interface Together {
  readonly rows: Fragment
  readonly readers: readonly Reader[]
}

/**
 * Each row fetches its companions by an index, the engine row by row: so they come in the order of the rows.
 *
 * @param columns  of the rows
 * @param query    which rows, and how their columns are read
 * @param contexts by companion
 * @returns        `undefined` where no index leads to the companions, or the two sides are not kept alike
 */
export function withCompanions(
  columns: readonly Column[],
  companions: readonly Companion[],
  query: Selected & { readonly rows: Fragment },
  context: Context,
  contexts: readonly Context[],
): Together | undefined {
  if (!companions.every((companion, at) => isAlike(companion, context, contexts[at]!))) return undefined
  const readers = [...query.readers]
  const places = [placesOf('p', query.items)]
  let width = query.items.length
  const laterals = companions.map((companion, at) => {
    const { items, list, readers: own } = selected(companion.columns, contexts[at]!)
    for (const { at: place, sridAt, ...reader } of own)
      readers.push({ ...reader, at: width + place, ...(sridAt !== undefined && { sridAt: width + sridAt }) })
    places.push(placesOf(`a${at}`, items))
    width += items.length
    const outer = companion.left.map(column => raw(`p.c${query.readers[columns.indexOf(column)]!.at}`))
    return sql`left join lateral (${first(companion, list, outer, contexts[at]!)}) ${raw(`a${at}`)} on true`
  })
  const rows = sql`select ${join(places, ', ')} from (${query.rows}) p ${join(laterals, ' ')}`
  return { rows, readers }
}

function first(companion: Companion, items: Fragment, outer: readonly Fragment[], context: Context): Fragment {
  const { match, where, orderBy, perKey, position } = companion
  const equals = match.map((column, at) => sql`${comparable(column, context).expression} = ${outer[at]!}`)
  const from = fromWhere([join(equals, ' and '), whereOf(where, context), afterSql(orderBy, position, context)], context)
  const skip = position && 'skip' in position ? position.skip : 0
  return limited({ items, from, order: orderSql(orderBy, context), limit: perKey, skip, byIndex: true }, context)
}

function isAlike({ match, left }: Companion, here: Context, there: Context): boolean {
  const alike = (column: Column, at: number): boolean => {
    const { stored } = here.facts(left[at]!)
    return stored === there.facts(column).stored && exact.includes(stored) && isPlain(left[at]!, here)
  }
  return isIndexed(match, there) && match.every(alike)
}
