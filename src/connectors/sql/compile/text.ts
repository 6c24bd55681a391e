/** What is a text, character by character, where an engine's own comparison forgives case, accents or trailing blanks? */

import { type Context, columnOf } from './context.ts'
import { type Fragment, wrap } from './fragment.ts'
import type { Comparable } from './kind.ts'
import { boundAlike, unchanged } from './values.ts'

export function isText({ kind }: Comparable): boolean {
  return kind === 'text' || kind === 'padded' || kind === 'other'
}

/** The column as the text that is served. */
export function printed(column: Comparable, context: Context): Fragment {
  if (column.kind === 'text' || column.kind === 'other') return column.expression
  const { selects, asText } = context.dialect
  return wrap(columnOf(column.column, context), column.kind === 'padded' ? (selects.padded ?? ['', '']) : asText)
}

/** The column in the form in which equal means equal; columns that are no texts are so already. */
export function exactly(column: Comparable, context: Context): Fragment {
  const { exact } = context.dialect
  return exact && isText(column) ? wrap(printed(column, context), exact.column) : column.expression
}

/** What `exactly(column)` gives, as the text that is served. */
export function readable(exact: Fragment, column: Comparable, context: Context): Fragment {
  const back = context.dialect.exact?.back
  if (back && isText(column)) return wrap(exact, back)
  const selects = context.dialect.selects[column.kind]
  return selects ? wrap(exact, selects) : exact
}

/** Texts to compare with `exactly(column)`. */
export function exactAlike(texts: readonly string[], column: Comparable, { dialect }: Context): Fragment[] {
  const { exact } = dialect
  return exact && isText(column) ? texts.map(text => wrap(unchanged(text, column), exact.value)) : boundAlike(texts, column, dialect)
}

export function exactBound(text: string, column: Comparable, context: Context): Fragment {
  return exactAlike([text], column, context)[0]!
}

/** Whether the exact comparison needs the engine's own beside it, without which no index serves. */
export function needsBoth(columns: readonly Comparable[], { dialect: { exact } }: Context): boolean {
  return exact?.besides === true && columns.some(isText)
}
