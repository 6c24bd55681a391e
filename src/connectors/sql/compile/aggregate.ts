/** How does a database count, sum and group? */

import type { AggregateRequest, FieldType, Measure } from '../../../model/index.ts'
import type { Context } from './context.ts'
import { type Fragment, join, raw, sql, wrap } from './fragment.ts'
import type { Comparable } from './kind.ts'
import { limited } from './limit.ts'
import { orderOf } from './order.ts'
import { asRead, named, servedReaderOf } from './select.ts'
import { comparable, presence } from './served.ts'
import { type Compiled, type Reader, statementOf } from './statement.ts'
import { exactly, readable } from './text.ts'
import { fromWhere, whereOf } from './where.ts'

/** Groups come with most rows first, then by their own values, missing ones last. */
export function compileAggregate(request: AggregateRequest, context: Context): Compiled {
  const groups = request.groupBy.map(column => comparable(column, context))
  const inputs = request.measures.map(measure => inputOf(measure, context))
  const { keys, values, from } = within(
    groups.map(group => exactly(group, context)),
    inputs,
    request,
    context,
  )
  const measures = request.measures.map((measure, at) => measured(measure, values[at], groups.length + at, context))
  const items = [...keys.map((key, at) => readable(key, groups[at]!, context)), ...measures.map(({ item }) => item)]
  const readers = [...groups.map(({ column }, at) => servedReaderOf(column, at, context)), ...measures.map(({ reader }) => reader)]
  if (keys.length === 0) return { statements: [statementOf(sql`select ${named(items)} ${from}`, context.dialect)], readers }
  const order = join([raw('count(*) desc'), ...keys.map(key => orderOf(key, 'asc', 'last', context))], ', ')
  const grouped = sql`${from} group by ${join(keys, ', ')}`
  const query = { items: named(items), from: grouped, order, limit: request.limit, skip: 0 }
  return { statements: [statementOf(limited(query, context), context.dialect)], readers }
}

interface Source {
  readonly keys: readonly Fragment[]
  readonly values: readonly (Fragment | undefined)[]
  readonly from: Fragment
}

/**
 * What is grouped by and measured, and where it is taken from. A group that is made with values of its own (markers of missing ones)
 * has to be made in a query within: said twice, with two placeholders, it would be two things for every engine but SQLite.
 */
function within(keys: readonly Fragment[], values: Source['values'], { where }: AggregateRequest, context: Context): Source {
  const from = fromWhere([whereOf(where, context)], context)
  if (keys.every(({ bindings }) => bindings.length === 0)) return { keys, values, from }
  const inner = [...keys, ...values.map(value => value ?? raw('1'))]
  const place = (at: number): Fragment => raw(`r.c${at}`)
  return {
    keys: keys.map((_, at) => place(at)),
    values: values.map((value, at) => value && place(keys.length + at)),
    from: sql`from (select ${named(inner)} ${from}) r`,
  }
}

/** What a measure is taken of; nothing for a count of rows. */
function inputOf({ function: name, column }: Measure, context: Context): Fragment | undefined {
  if (!column) return undefined
  if (name === 'count') return presence(column, context)
  const compared = comparable(column, context)
  return name === 'countDistinct' ? exactly(compared, context) : compared.expression
}

interface Measured {
  readonly item: Fragment
  readonly reader: Reader
}

function measured({ function: name, column }: Measure, input: Fragment | undefined, at: number, context: Context): Measured {
  const reads = (type: FieldType): Reader => ({ at, type })
  if (!column || !input) return { item: sql`count(*)`, reader: reads('int') }
  if (name === 'count') return { item: sql`count(${input})`, reader: reads('int') }
  if (name === 'countDistinct') return { item: sql`count(distinct ${input})`, reader: reads('int') }
  const compared = { ...comparable(column, context), expression: input }
  switch (name) {
    case 'sum':
      return {
        item: wrapped(input, context.dialect.sums, compared, ['sum(', ')']),
        reader: reads(column.type === 'float' ? 'float' : 'decimal'),
      }
    case 'avg':
      return { item: wrapped(input, context.dialect.averages, compared, ['avg(', ')']), reader: reads('float') }
    case 'min':
    case 'max':
      return { item: extreme(name, compared, context), reader: servedReaderOf(column, at, context) }
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
