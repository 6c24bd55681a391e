/** Which rows of the table are meant? */

import type { Condition } from '../../../model/index.ts'
import { conditionSql } from './conditions.ts'
import { type Context, tableOf } from './context.ts'
import { type Fragment, join, sql } from './fragment.ts'
import { besides } from './served.ts'

/** `from` the table, `where` all of the conditions that there are. */
export function fromWhere(conditions: readonly (Fragment | undefined)[], context: Context): Fragment {
  const present = conditions.filter(condition => condition !== undefined)
  const from = sql`from ${tableOf(context)} t`
  return present.length === 0 ? from : sql`${from} where ${join(present, ' and ')}`
}

/** A condition that can stand beside others. */
export function whereOf(where: Condition | undefined, context: Context): Fragment | undefined {
  if (!where) return undefined
  const parts = (where.op === 'and' ? where.of : [where]).flatMap(part => [besides(part, context) ?? [], part].flat())
  return parts.length === 0
    ? undefined
    : join(
        parts.map(part => conditionSql(part, context)),
        ' and ',
      )
}
