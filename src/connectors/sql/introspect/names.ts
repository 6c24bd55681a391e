/** How are a table and its columns written into a statement about them? */

import { identifier } from '../compile/context.ts'
import { type Fragment, join, raw, sql } from '../compile/fragment.ts'
import type { Dialect } from '../dialects/index.ts'
import type { Place } from '../place.ts'

/** A table or view in the dialect's quotes. */
export function tableText({ schema, table }: Place, dialect: Dialect): Fragment {
  const name = identifier(table, dialect)
  return schema === undefined ? name : join([identifier(schema, dialect), name], '.')
}

/** A column of the table with the alias `t`. */
export function columnText(column: string, dialect: Dialect): Fragment {
  return sql`${raw('t.')}${identifier(column, dialect)}`
}

/** As people write it: `GRUEN.BAUM`. */
export function written({ schema, table }: { readonly schema?: string | undefined; readonly table: string }): string {
  return schema === undefined ? table : `${schema}.${table}`
}
