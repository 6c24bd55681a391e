/** How are the first rows of many keys fetched where an index leads to each of them? */

import type { Column, KeyedRequest } from '../../../model/index.ts'
import type { Context } from './context.ts'
import { firstRows } from './first.ts'
import { type Fragment, join, raw, sql } from './fragment.ts'
import { eachKey, keyTable } from './lists.ts'
import { placesOf, type Selected } from './select.ts'
import { comparable } from './served.ts'

/**
 * Whether each key has its rows together in an index: without one the whole table would be read once for every key. The columns have to
 * be compared as what they are, or the index is of no use.
 */
export function isLateral(request: KeyedRequest, context: Context): boolean {
  // One row for each key comes over the numbered form just as well.
  return context.dialect.laterals !== undefined && request.perKey > 1 && isIndexed(request.match, context)
}

/** Whether an index leads to the rows that have certain values in these columns, compared as what they are. */
export function isIndexed(match: readonly Column[], context: Context): boolean {
  const names = match.map(({ column }) => column)
  const leads = (index: readonly string[]): boolean => names.every(name => index.slice(0, names.length).includes(name))
  return Boolean(context.table?.indexes.some(leads)) && match.every(column => isPlain(column, context))
}

/** Compared as what it is. */
export function isPlain(column: Column, context: Context): boolean {
  return !column.written && comparable(column, context).kind === context.facts(column).stored
}

/**
 * Rows of one key come in order, because the engine fetches them key by key.
 *
 * @returns `undefined` when no key is left, or a statement of so many keys would be too long
 */
export function lateral(request: KeyedRequest, selection: Selected, keys: KeyedRequest['keys'], context: Context): Fragment | undefined {
  const { match, where, orderBy, position } = request
  const places = placesOf('r', selection.items)
  const firstOf = firstRows({ selection, match, where, orderBy, position }, context)
  if (context.dialect.laterals === 'join') {
    const table = keyTable(match, keys, context)
    const equals = match.map((column, at) => sql`${comparable(column, context).expression} = ${raw(`k.k${at}`)}`)
    return table && sql`select ${places} from ${table} cross join lateral (${firstOf(join(equals, ' and '), request.perKey)}) r`
  }
  const each = eachKey(match, keys, context)
  if (each.length === 0 || each.length > selectsAtMost) return undefined
  const size = 2 ** Math.ceil(Math.log2(each.length))
  // Filled up with selects of no row, so that few different statements are prepared.
  const selects = Array.from({ length: size }, (_, at) => firstOf(each[at] ?? each[0]!, at < each.length ? request.perKey : 0))
  const union = join(
    selects.map(select => sql`(${select})`),
    ' union all ',
  )
  return union.bindings.length > context.dialect.bindings ? undefined : sql`select ${places} from (${union}) r`
}

/** Each is planned by the server: for more keys than that, reading all of their rows once is no worse. */
const selectsAtMost = 64
