/** How do many values, or many keys of several columns, reach one statement? */

import type { Column, Scalar } from '../../../model/index.ts'
import type { Dialect, Stored } from '../dialects/dialect.ts'
import type { Context } from './context.ts'
import { bind, type Fragment, join, raw, sql, wrap } from './fragment.ts'
import { type Comparable, comparable } from './kind.ts'
import { exactly, exactValue, needsBoth } from './text.ts'
import { bindingType, castOf, placeOf } from './values.ts'

/** The column is (or is not) one of these texts; there is at least one. */
export function asListed(column: Comparable, texts: readonly string[], negated: boolean, context: Context): Fragment {
  const { dialect } = context
  const distinct = [...new Set(texts)]
  switch (dialect.lists) {
    case 'array':
      return sql`${column.expression} ${raw(negated ? '<> all' : '= any')}(${asArray(column.kind, distinct, dialect)})`
    case 'json':
      return sql`${exactly(column, context)} ${isIn(negated)} (select value from json_each(${asJson([column], one(distinct))}))`
    case 'single':
      return asSingles(column, distinct, negated, context)
  }
}

/**
 * The row's values in these columns are one of the keys. A key that no row can have is left out: one that is garbage in the other
 * system must not spoil the batch.
 *
 * @returns `undefined` when no key is left
 */
export function oneOfKeys(columns: readonly Column[], keys: readonly (readonly Scalar[])[], context: Context): Fragment | undefined {
  const { dialect } = context
  const compared = columns.map(column => comparable(column, context))
  const texts = keysAsTexts(compared, keys, dialect)
  if (texts.length === 0) return undefined
  if (compared.length === 1) return asListed(compared[0]!, columnOfKeys(texts, 0), false, context)
  const row = sql`(${commas(compared.map(column => (dialect.lists === 'json' ? exactly(column, context) : column.expression)))})`
  switch (dialect.lists) {
    case 'array':
      return sql`${row} in (select * from unnest(${commas(compared.map(({ kind }, at) => asArray(kind, columnOfKeys(texts, at), dialect)))}))`
    case 'json': {
      const items = compared.map((_, at) => raw(`json_extract(value, '$[${at}]')`))
      return sql`${row} in (select ${commas(items)} from json_each(${asJson(compared, texts)}))`
    }
    case 'single':
      return dialect.tuples ? asTuples(compared, texts, context) : asAlternatives(compared, texts, context)
  }
}

/** How many values one key of these columns binds. */
export function bindingsPerKey(columns: readonly Column[], context: Context): number {
  return columns
    .map(column => comparable(column, context))
    .reduce((sum, column) => sum + (context.dialect.lists === 'single' && needsBoth([column], context) ? 2 : 1), 0)
}

/** Keys as texts, without those that the columns cannot hold. */
function keysAsTexts(columns: readonly Comparable[], keys: readonly (readonly Scalar[])[], dialect: Dialect): string[][] {
  return keys.flatMap(key => {
    const texts = columns.map((column, at) => {
      const placed = placeOf(key[at]!, column, dialect)
      return placed.is === 'at' && !(placed.text === '' && dialect.emptyTextIsNull) ? placed.text : undefined
    })
    return texts.every(text => text !== undefined) ? [texts] : []
  })
}

function columnOfKeys(keys: readonly (readonly string[])[], at: number): string[] {
  return keys.map(key => key[at]!)
}

function asArray(kind: Stored, texts: readonly string[], dialect: Dialect): Fragment {
  const [before, after] = castOf(kind, texts, dialect) ?? ['', '::text']
  return sql`${raw(before)}${bind(texts, 'list')}${raw(`${after}[]`)}`
}

/** Texts in quotes, numbers bare: what comes out of JSON then has the type that the column is compared as. */
function asJson(columns: readonly Comparable[], rows: readonly (readonly string[])[]): Fragment {
  const item = (text: string, at: number): string => (bare.includes(columns[at]!.kind) ? text : JSON.stringify(text))
  return bind(`[${rows.map(row => (row.length === 1 ? item(row[0]!, 0) : `[${row.map(item).join(',')}]`)).join(',')}]`)
}

const bare: readonly Stored[] = ['int', 'decimal', 'double', 'single']

function asSingles(column: Comparable, texts: readonly string[], negated: boolean, context: Context): Fragment {
  const { longestList } = context.dialect
  const values = valuesOf(column, texts, context.dialect)
  const list = (expression: Fragment, items: readonly Fragment[], not: boolean): Fragment =>
    anyOf(items, longestList, portion => sql`${expression} ${isIn(not)} (${commas(portion)})`, not ? ' and ' : ' or ')
  const exact = list(
    exactly(column, context),
    values.map(value => exactValue(value, column, context)),
    negated,
  )
  // Leaving out needs no index; finding does.
  return !negated && needsBoth([column], context) ? sql`(${list(column.expression, values, false)} and ${exact})` : exact
}

function asTuples(columns: readonly Comparable[], keys: readonly (readonly string[])[], context: Context): Fragment {
  const { longestList } = context.dialect
  const values = columns.map((column, at) => valuesOf(column, columnOfKeys(keys, at), context.dialect))
  const tuples = (expressions: readonly Fragment[], value: (at: number, row: number) => Fragment): Fragment => {
    const rows = keys.map((_, row) => sql`(${commas(columns.map((_, at) => value(at, row)))})`)
    return anyOf(rows, longestList, portion => sql`(${commas(expressions)}) in (${commas(portion)})`)
  }
  const exact = tuples(
    columns.map(column => exactly(column, context)),
    (at, row) => exactValue(values[at]![row]!, columns[at]!, context),
  )
  if (!needsBoth(columns, context)) return exact
  const plain = tuples(
    columns.map(({ expression }) => expression),
    (at, row) => values[at]![row]!,
  )
  return sql`(${plain} and ${exact})`
}

/** SQL Server and Oracle compare rows value by value only. */
function asAlternatives(columns: readonly Comparable[], keys: readonly (readonly string[])[], context: Context): Fragment {
  const values = columns.map((column, at) => valuesOf(column, columnOfKeys(keys, at), context.dialect))
  const alternatives = keys.map((_, row) => {
    const parts = columns.flatMap((column, at) => {
      const value = values[at]![row]!
      const exact = sql`${exactly(column, context)} = ${exactValue(value, column, context)}`
      return needsBoth([column], context) ? [sql`${column.expression} = ${value}`, exact] : [exact]
    })
    return sql`(${join(parts, ' and ')})`
  })
  return sql`(${join(padded(alternatives, context.dialect.longestList), ' or ')})`
}

/** Each text bound and cast, all by the same cast. */
function valuesOf(column: Comparable, texts: readonly string[], dialect: Dialect): Fragment[] {
  const cast = castOf(column.kind, texts, dialect)
  return texts.map(text => {
    const value = bind(text, bindingType(column))
    return cast ? wrap(value, cast) : value
  })
}

function one(texts: readonly string[]): string[][] {
  return texts.map(text => [text])
}

function commas(pieces: readonly Fragment[]): Fragment {
  return join(pieces, ', ')
}

function isIn(negated: boolean): Fragment {
  return raw(negated ? 'not in' : 'in')
}

/** Lists no longer than the engine takes. */
function anyOf(items: readonly Fragment[], longest: number, list: (portion: readonly Fragment[]) => Fragment, between = ' or '): Fragment {
  const count = Math.ceil(items.length / longest)
  const parts = Array.from({ length: count }, (_, at) => list(padded(items.slice(at * longest, (at + 1) * longest), longest)))
  return parts.length === 1 ? parts[0]! : sql`(${join(parts, between)})`
}

/** Filled up to a power of two with the last item, so that lists of all lengths make few different statements for plan caches. */
function padded<T>(items: readonly T[], longest: number): T[] {
  const length = Math.min(2 ** Math.ceil(Math.log2(items.length)), Math.max(longest, items.length))
  return [...items, ...Array.from({ length: length - items.length }, () => items.at(-1)!)]
}
