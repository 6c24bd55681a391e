/** How does a statement ask for so many rows, and no more? */

import type { Context } from './context.ts'
import { bind, type Fragment, raw, sql } from './fragment.ts'

export interface Query {
  /** What stands between `select` and `from`. */
  readonly items: Fragment
  /** From `from` up to but without `order by`. */
  readonly from: Fragment
  readonly order: Fragment | undefined
  readonly limit: number
  readonly skip: number
  /** An index leads to the rows, in their order, whatever the values are. */
  readonly byIndex?: boolean
}

/** Both numbers are bound, so that pages of all sizes share one plan; the limit is not where the plan is better for knowing it. */
export function limited({ items, from, order, limit, skip, byIndex }: Query, { dialect }: Pick<Context, 'dialect'>): Fragment {
  const rows = byIndex && dialect.writesCounts ? raw(String(limit)) : bind(limit, 'count')
  const ordered = order ? sql`${from} order by ${order}` : from
  switch (dialect.paging) {
    case 'limit':
      return sql`select ${items} ${ordered} limit ${rows}${skip > 0 ? sql` offset ${bind(skip, 'count')}` : raw('')}`
    case 'fetch':
      return skip > 0
        ? sql`select ${items} ${ordered} offset ${bind(skip, 'count')} rows fetch next ${rows} rows only`
        : sql`select ${items} ${ordered} fetch first ${rows} rows only`
    case 'top':
      if (skip === 0) return sql`select top (${rows}) ${items} ${ordered}`
      // SQL Server takes `offset` only after an order, even one that says nothing.
      return sql`select ${items} ${order ? ordered : sql`${from} order by ${raw(dialect.emptyOrder ?? '1')}`} offset ${bind(skip, 'count')} rows fetch next ${rows} rows only`
  }
}
