/** What does the compiler know while it writes one statement? */

import { type Column, type Dataset, sourceFailure } from '../../../model/index.ts'
import type { ColumnFacts, Dialect, TableFacts } from '../dialects/dialect.ts'
import { placeOf } from '../place.ts'
import { type Fragment, raw, sql } from './fragment.ts'

/** Facts of the columns that a request names, as the source tells them. */
export type Facts = (column: Column) => ColumnFacts

export interface Context {
  readonly dialect: Dialect
  readonly facts: Facts
  /** Absent where nobody asked, or nobody knows. */
  readonly table?: TableFacts
  readonly dataset: Dataset
  /** Columns that have a value in every row that is asked for, whatever the table allows. */
  readonly passed?: readonly string[]
  /** The facts stay as they are, and are those of one dataset and dialect: what was worked out from them once need not be again. */
  readonly lasting?: true
}

/** Works something out once for each key, where the facts are lasting. */
export function once<Key extends object, Value>(make: (key: Key, context: Context) => Value): (key: Key, context: Context) => Value {
  const known = new WeakMap<Facts, WeakMap<Key, Value>>()
  return (key, context) => {
    if (!context.lasting) return make(key, context)
    const mine = known.get(context.facts) ?? new WeakMap<Key, Value>()
    if (!known.has(context.facts)) known.set(context.facts, mine)
    const before = mine.get(key)
    if (before !== undefined) return before
    const made = make(key, context)
    mine.set(key, made)
    return made
  }
}

/** The dataset's table or view, quoted. */
export function tableOf(context: Context): Fragment {
  return quoted(context.dataset, context)
}

const quoted = once((dataset: Dataset, { dialect }): Fragment => {
  const { schema, table } = placeOf(dataset.place)
  const name = identifier(table, dialect)
  return schema === undefined ? name : sql`${identifier(schema, dialect)}.${name}`
})

/** The same as text. */
export function tableName(context: Context): string {
  return tableOf(context).texts.join('')
}

/** A column of the table, always by the table's alias: SQLite would take an unknown quoted name alone for a text. */
export function columnOf(column: Column, { dialect }: Context): Fragment {
  return sql`t.${identifier(column.column, dialect)}`
}

/** A name in the dialect's own quotes, in exactly the given spelling. */
export function identifier(name: string, { quotes: [open, close] }: Dialect): Fragment {
  if (name === '' || /\p{Cc}/u.test(name) || !name.isWellFormed()) {
    throw sourceFailure('SOURCE_CHANGED', `${JSON.stringify(name)} cannot be the name of a column or table`)
  }
  return raw(open + name.replaceAll(close, close + close) + close)
}
