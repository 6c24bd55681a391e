/** How do many values, or many keys of several columns, reach one statement? */

import type { Column, Scalar } from '../../../model/index.ts'
import type { Dialect, Stored } from '../dialects/dialect.ts'
import type { Context } from './context.ts'
import { bind, type Fragment, join, raw, sql } from './fragment.ts'
import type { Comparable } from './kind.ts'
import { comparable } from './served.ts'
import { exactAlike, exactly, needsBoth } from './text.ts'
import { boundAlike, castOf, placeOf } from './values.ts'

/** The column is (or is not) one of these texts; there is at least one. */
export function asListed(column: Comparable, texts: readonly string[], negated: boolean, context: Context): Fragment {
  const { dialect } = context
  const distinct = [...new Set(texts)]
  switch (dialect.lists) {
    case 'array':
      return sql`${column.expression} ${raw(negated ? '<> all' : '= any')}(${asArray(column, distinct, dialect)})`
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
      return sql`${row} in (select * from unnest(${commas(compared.map((column, at) => asArray(column, columnOfKeys(texts, at), dialect)))}))`
    case 'json': {
      const items = compared.map((_, at) => raw(`json_extract(value, '$[${at}]')`))
      return sql`${row} in (select ${commas(items)} from json_each(${asJson(compared, texts)}))`
    }
    case 'single':
      return dialect.tuples ? asTuples(compared, texts, context) : asAlternatives(compared, texts, context)
  }
}

/** The keys as a table `k` with columns `k0`, `k1`, …, each key once; only for dialects that bind arrays. `undefined` when no key is left. */
export function keyTable(columns: readonly Column[], keys: readonly (readonly Scalar[])[], context: Context): Fragment | undefined {
  const compared = columns.map(column => comparable(column, context))
  const distinct = new Map(keysAsTexts(compared, keys, context.dialect).map(texts => [JSON.stringify(texts), texts]))
  if (distinct.size === 0) return undefined
  const texts = [...distinct.values()]
  const arrays = compared.map((column, at) => asArray(column, columnOfKeys(texts, at), context.dialect))
  return sql`unnest(${commas(arrays)}) k(${raw(columns.map((_, at) => `k${at}`).join(', '))})`
}

/** For each key that a row can have, once, the condition that the row has it. */
export function eachKey(columns: readonly Column[], keys: readonly (readonly Scalar[])[], context: Context): Fragment[] {
  const { dialect } = context
  const compared = columns.map(column => comparable(column, context))
  const all = keysAsTexts(compared, keys, dialect)
  const distinct = all.length > 1 ? [...new Map(all.map(texts => [JSON.stringify(texts), texts])).values()] : all
  return distinct.map(texts => {
    const equals = compared.flatMap((column, at) => {
      const exact = sql`${exactly(column, context)} = ${exactAlike([texts[at]!], column, context)[0]!}`
      return needsBoth([column], context) ? [sql`${column.expression} = ${boundAlike([texts[at]!], column, dialect)[0]!}`, exact] : [exact]
    })
    return join(equals, ' and ')
  })
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

function asArray(column: Comparable, texts: readonly string[], dialect: Dialect): Fragment {
  const [before, after] = castOf(column, texts, dialect) ?? ['', '::text']
  return sql`${raw(before)}${bind(texts, 'list')}${raw(`${after}[]`)}`
}

/** Texts in quotes, numbers bare: what comes out of JSON then has the type that the column is compared as. */
function asJson(columns: readonly Comparable[], rows: readonly (readonly string[])[]): Fragment {
  const item = (text: string, at: number): string => (bare.includes(columns[at]!.kind) ? text : JSON.stringify(text))
  return bind(`[${rows.map(row => (row.length === 1 ? item(row[0]!, 0) : `[${row.map(item).join(',')}]`)).join(',')}]`)
}

const bare: readonly Stored[] = ['int', 'decimal', 'double', 'single']

function asSingles(column: Comparable, texts: readonly string[], negated: boolean, context: Context): Fragment {
  const { dialect } = context
  const list = (expression: Fragment, items: readonly Fragment[], not: boolean): Fragment =>
    anyOf(items, dialect.longestList, portion => sql`${expression} ${isIn(not)} (${commas(portion)})`, not ? ' and ' : ' or ')
  const exact = list(exactly(column, context), exactAlike(texts, column, context), negated)
  // Leaving out needs no index; finding does.
  if (negated || !needsBoth([column], context)) return exact
  return sql`(${list(column.expression, boundAlike(texts, column, dialect), false)} and ${exact})`
}

function asTuples(columns: readonly Comparable[], keys: readonly (readonly string[])[], context: Context): Fragment {
  const tuples = (expressions: readonly Fragment[], values: readonly (readonly Fragment[])[]): Fragment => {
    const rows = keys.map((_, row) => sql`(${commas(values.map(column => column[row]!))})`)
    return anyOf(rows, context.dialect.longestList, portion => sql`(${commas(expressions)}) in (${commas(portion)})`)
  }
  const exact = tuples(
    columns.map(column => exactly(column, context)),
    columns.map((column, at) => exactAlike(columnOfKeys(keys, at), column, context)),
  )
  if (!needsBoth(columns, context)) return exact
  const plain = tuples(
    columns.map(({ expression }) => expression),
    columns.map((column, at) => boundAlike(columnOfKeys(keys, at), column, context.dialect)),
  )
  return sql`(${plain} and ${exact})`
}

/** SQL Server and Oracle compare rows value by value only. */
function asAlternatives(columns: readonly Comparable[], keys: readonly (readonly string[])[], context: Context): Fragment {
  const equals = columns.map((column, at) => {
    const texts = columnOfKeys(keys, at)
    const exact = exactAlike(texts, column, context).map(value => sql`${exactly(column, context)} = ${value}`)
    if (!needsBoth([column], context)) return exact
    const plain = boundAlike(texts, column, context.dialect).map(value => sql`${column.expression} = ${value}`)
    return plain.map((one, row) => sql`${one} and ${exact[row]!}`)
  })
  const alternatives = keys.map(
    (_, row) =>
      sql`(${join(
        equals.map(column => column[row]!),
        ' and ',
      )})`,
  )
  return sql`(${join(padded(alternatives, context.dialect.longestList), ' or ')})`
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
