/**
 * How does SQLite answer a select of Oracle's?
 *
 * Every expression gets the type that Oracle would give it. NUMBERs, DATEs and TIMESTAMPs are kept in Oracle's own bytes, whose order is
 * the order of the values, so that SQLite compares, sorts and groups them rightly with all their digits. Where Oracle would convert one
 * type to another by itself, the stand-in refuses: such a conversion costs the index, and our statements must not rely on it.
 */

import type { ResultColumn } from '../answers.ts'
import { conditionSql, isAggregate, orderSql, typed } from './expressions.ts'
import { inconsistent, quoted, type Scope, type Surroundings } from './scope.ts'
import type { Derived, Expression, Query, Table } from './statement.ts'

export interface Translated {
  readonly sql: string
  readonly columns: readonly ResultColumn[]
}

export function translate(query: Query, surroundings: Surroundings): Translated {
  const source = sourceOf(query.from, surroundings)
  const plain: Scope = { ...surroundings, ...source, groups: undefined }
  const groups = query.groupBy.map(expression => typed(expression, plain).sql)
  const grouped = groups.length > 0 || query.items.some(({ expression }) => isAggregate(expression))
  const scope: Scope = grouped ? { ...plain, groups: new Set(groups) } : plain
  const items = query.items.map(({ expression, name }) => ({ name, ...typed(expression, scope) }))
  const parts = [
    `select ${items.map(({ sql, name }) => `${sql} as ${quoted(name)}`).join(', ')} from ${source.sql}`,
    query.where && `where ${conditionSql(query.where, plain)}`,
    groups.length > 0 && `group by ${groups.join(', ')}`,
    query.orderBy.length > 0 && `order by ${orderSql(query.orderBy, scope)}`,
    (query.limit || query.skip) && `limit ${query.limit ? rowsSql(query.limit, plain) : '-1'}`,
    query.skip && `offset ${rowsSql(query.skip, plain)}`,
  ]
  return { sql: parts.filter(part => typeof part === 'string').join(' '), columns: items.map(({ name, type }) => ({ name, type })) }
}

function sourceOf(from: Table | Derived, surroundings: Surroundings): { sql: string; alias: string; columns: readonly ResultColumn[] } {
  if (from.is === 'derived') {
    const { sql, columns } = translate(from.query, surroundings)
    return { sql: `(${sql}) ${quoted(from.alias)}`, alias: from.alias, columns }
  }
  const { name, columns } = surroundings.table(from)
  return { sql: `${quoted(name)} ${quoted(from.alias)}`, alias: from.alias, columns }
}

function rowsSql(expression: Expression, scope: Scope): string {
  const { sql, type } = typed(expression, scope)
  if (type.name !== 'NUMBER') throw inconsistent('NUMBER', type)
  return `ora_rows(${sql})`
}
