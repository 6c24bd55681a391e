/** How does a database count, sum and group? */

import type { AggregateRequest, FieldType, Measure } from '../../../model/index.ts'
import { type Context, columnOf } from './context.ts'
import { type Fragment, join, raw, sql, wrap } from './fragment.ts'
import { type Comparable, comparable } from './kind.ts'
import { limited } from './limit.ts'
import { orderOf } from './order.ts'
import { fromWhere, whereOf } from './rows.ts'
import { asRead, isGeometry, named, readerOf } from './select.ts'
import { type Compiled, type Reader, statementOf } from './statement.ts'
import { exactly, readable } from './text.ts'

/** Groups come with most rows first, then by their own values, missing ones last. */
export function compileAggregate(request: AggregateRequest, context: Context): Compiled {
  const groups = request.groupBy.map(column => comparable(column, context))
  const keys = groups.map(group => exactly(group, context))
  const measures = request.measures.map((measure, at) => measured(measure, groups.length + at, context))
  const items = [...keys.map((key, at) => readable(key, groups[at]!, context)), ...measures.map(({ item }) => item)]
  const readers = [...groups.map(({ column }, at) => readerOf(column, at, context)), ...measures.map(({ reader }) => reader)]
  const from = fromWhere([whereOf(request.where, context)], context)
  if (keys.length === 0) return { statements: [statementOf(sql`select ${named(items)} ${from}`, context.dialect)], readers }
  const order = join([raw('count(*) desc'), ...keys.map(key => orderOf(key, 'asc', 'last', context))], ', ')
  const grouped = sql`${from} group by ${join(keys, ', ')}`
  const query = { items: named(items), from: grouped, order, limit: request.limit, skip: 0 }
  return { statements: [statementOf(limited(query, context), context.dialect)], readers }
}

interface Measured {
  readonly item: Fragment
  readonly reader: Reader
}

function measured({ function: name, column }: Measure, at: number, context: Context): Measured {
  const reads = (type: FieldType): Reader => ({ at, type })
  if (!column) return { item: sql`count(*)`, reader: reads('int') }
  // Only counting makes sense of a geometry, and asks nothing of its kind.
  if (name === 'count' && isGeometry(column.type)) return { item: sql`count(${columnOf(column, context)})`, reader: reads('int') }
  const compared = comparable(column, context)
  const { expression } = compared
  switch (name) {
    case 'count':
      return { item: sql`count(${columnOf(column, context)})`, reader: reads('int') }
    case 'countDistinct':
      return { item: sql`count(distinct ${exactly(compared, context)})`, reader: reads('int') }
    case 'sum':
      return {
        item: wrapped(expression, context.dialect.sums, compared, ['sum(', ')']),
        reader: reads(column.type === 'float' ? 'float' : 'decimal'),
      }
    case 'avg':
      return { item: wrapped(expression, context.dialect.averages, compared, ['avg(', ')']), reader: reads('float') }
    case 'min':
    case 'max':
      return { item: extreme(name, compared, context), reader: readerOf(column, at, context) }
  }
}

function wrapped(
  expression: Fragment,
  facts: Context['dialect']['sums'],
  { kind }: Comparable,
  usual: readonly [string, string],
): Fragment {
  return wrap(expression, facts[kind] ?? usual)
}

function extreme(name: 'min' | 'max', compared: Comparable, context: Context): Fragment {
  const change = context.dialect.extremes[compared.kind]
  const expression = change ? wrap(compared.expression, change) : compared.expression
  return asRead(sql`${raw(name)}(${expression})`, compared.kind, context)
}
