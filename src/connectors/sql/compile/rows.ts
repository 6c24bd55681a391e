/** How are rows asked for: a page of them, or those of many keys at once? */

import type { KeyedRequest, PagePosition, RowsRequest } from '../../../model/index.ts'
import { withCompanions } from './companions.ts'
import { conditionSql } from './conditions.ts'
import type { Context } from './context.ts'
import { firstRows } from './first.ts'
import { bind, type Fragment, join, raw, sql } from './fragment.ts'
import { isLateral, lateral } from './lateral.ts'
import { bindingsPerKey, eachKey, oneOfKeys } from './lists.ts'
import { afterSql, orderSql } from './order.ts'
import { named, placesOf, type Selected, selected } from './select.ts'
import { asPresent, besides, comparable } from './served.ts'
import { type Compiled, statementOf } from './statement.ts'
import { exactly } from './text.ts'
import { fromWhere, whereOf } from './where.ts'

export function compileRows(request: RowsRequest, context: Context, companions: readonly Context[]): Compiled {
  const selection = request.total ? withTotal(request, context) : selected(request.columns, context)
  const { readers } = selection
  const { where, orderBy, position, limit } = request
  const rows = firstRows({ selection, where, orderBy, position, byIndex: isByKey(request, context) }, context)(undefined, limit)
  if (!request.companions) return { statements: [statementOf(rows, context.dialect)], readers }
  const together = withCompanions(request.columns, request.companions, { rows, ...selection }, context, companions)
  if (!together) return { statements: [statementOf(rows, context.dialect)], readers, alone: true }
  return { statements: [statementOf(together.rows, context.dialect)], readers: together.readers }
}

/** The engine counts once, since nothing in it depends on the row. */
function withTotal({ columns, where }: RowsRequest, context: Context): Selected {
  const { items, readers } = selected(columns, context)
  const all = [...items, sql`(select count(*) ${fromWhere([whereOf(where, context)], context)})`]
  return { items: all, list: named(all), readers: [...readers, { at: items.length, type: 'int' }] }
}

/**
 * Rows of many keys, at most `perKey` of each, as one statement. Where an index is known to lead to them they are fetched key by key
 * (`lateral.ts`). Everywhere else rows are numbered within their key and the first ones taken, which reads every row of the asked keys
 * once: a gateway is a guest in databases that it cannot give an index to. One key alone is a condition like others.
 */
export function compileKeyed(asked: KeyedRequest, context: Context): Compiled {
  // Whatever equals a key is there.
  const request = { ...asked, match: asked.match.map(column => asPresent(column, context)) }
  const selection = selected(request.columns, context)
  const { readers } = selection
  const byIndex = isLateral(request, context)
  if (request.keys.length === 1) {
    const only = ofOneKey(request, selection, context)
    return { statements: only ? [statementOf(only, context.dialect)] : [], readers }
  }
  const statements = portionsOf(request, context).flatMap(keys => {
    const first = byIndex ? lateral(request, selection, keys, context) : undefined
    if (first) return [statementOf(first, context.dialect)]
    const found = oneOfKeys(request.match, keys, context)
    const stored = besides({ op: 'keys', columns: request.match, keys }, context)
    const both = found && stored ? sql`${conditionSql(stored, context)} and ${found}` : found
    return both ? [statementOf(numbered(request, selection, both, context), context.dialect)] : []
  })
  return { statements, readers }
}

/** @returns `undefined` when no row can have the key */
function ofOneKey(request: KeyedRequest, selection: Selected, context: Context): Fragment | undefined {
  const { match, keys, where, orderBy, position, perKey } = request
  const [equals] = eachKey(match, keys, context)
  if (!equals) return undefined
  const stored = besides({ op: 'keys', columns: match, keys }, context)
  const both = stored ? sql`${conditionSql(stored, context)} and ${equals}` : equals
  return firstRows({ selection, where, match, orderBy, position, byIndex: isByKey(request, context) }, context)(both, perKey)
}

function numbered(request: KeyedRequest, { items, list }: Selected, keys: Fragment, context: Context): Fragment {
  const from = fromWhere([keys, whereOf(request.where, context), afterSql(request.orderBy, request.position, context)], context)
  const skip = skipOf(request.position)
  const window = windowOf(request, context)
  const places = placesOf('r', items)
  const first = skip > 0 ? sql`r.n > ${bind(skip, 'count')} and ` : raw('')
  const last = bind(skip + request.perKey, 'count')
  return sql`select ${places} from (select ${list}, row_number() over (${window}) as n ${from}) r where ${first}r.n <= ${last} order by r.n`
}

function windowOf(request: KeyedRequest, context: Context): Fragment {
  const key = join(
    request.match.map(column => exactly(comparable(column, context), context)),
    ', ',
  )
  const { emptyOrder } = context.dialect
  const order = orderSql(request.orderBy, context) ?? (emptyOrder === undefined ? undefined : raw(emptyOrder))
  return order ? sql`partition by ${key} order by ${order}` : sql`partition by ${key}`
}

function portionsOf({ keys, match }: KeyedRequest, context: Context): (typeof keys)[] {
  const twice = besides({ op: 'keys', columns: match, keys }, context) ? 2 : 1
  const size = 2 ** Math.floor(Math.log2(context.dialect.keysAtOnce / (bindingsPerKey(match, context) * twice)))
  return Array.from({ length: Math.ceil(keys.length / size) }, (_, at) => keys.slice(at * size, (at + 1) * size))
}

/** Every table has an index of its key. */
function isByKey({ where, orderBy }: Pick<RowsRequest, 'where' | 'orderBy'>, { dataset }: Context): boolean {
  return !where && orderBy.length > 0 && orderBy.every(({ column }) => dataset.key.some(key => key.column === column.column))
}

function skipOf(position: PagePosition | undefined): number {
  return position && 'skip' in position ? position.skip : 0
}
