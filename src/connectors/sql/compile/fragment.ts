/** How are pieces of SQL put together without a value ever becoming text? */

/** What a driver has to know of a bound value beyond the value itself. */
export type BindingType =
  /** Text of any characters (NVARCHAR on SQL Server). */
  | 'text'
  /** Text for a column of a one-byte character set (VARCHAR on SQL Server, where NVARCHAR would make its index useless). */
  | 'narrow'
  /** A whole number: counts of rows. */
  | 'count'
  | 'bytes'
  /** Texts, for one array parameter. */
  | 'list'

/** One value of a statement. Values of callers are always text: the statement casts them by the column's type. */
export interface Binding {
  readonly value: string | number | Uint8Array | readonly string[]
  readonly type: BindingType
}

/** A piece of SQL: text between bindings, always one text more than bindings. */
export interface Fragment {
  readonly texts: readonly string[]
  readonly bindings: readonly Binding[]
}

/** Text before and after an expression. */
export type Wrap = readonly [before: string, after: string]

/**
 * SQL with pieces in it. Only the source code of this house stands between the pieces.
 *
 * @example
 *   sql`a = ${bind('1')} and ${raw('b')} is null`.texts  // → ['a = ', ' and b is null']
 */
export function sql(texts: TemplateStringsArray, ...pieces: readonly Fragment[]): Fragment {
  const whole: string[] = [texts[0]!]
  const bindings: Binding[] = []
  for (let at = 0; at < pieces.length; at++) add(pieces[at]!, whole, bindings, texts[at + 1]!)
  return { texts: whole, bindings }
}

/** Text that is SQL already: keywords, functions and quoted identifiers. Never a value. */
export function raw(text: string): Fragment {
  return { texts: [text], bindings: [] }
}

/** A value; rendered as the dialect's placeholder. */
export function bind(value: Binding['value'], type: BindingType = 'text'): Fragment {
  return { texts: ['', ''], bindings: [{ value, type }] }
}

export function wrap(piece: Fragment, [before, after]: Wrap): Fragment {
  const texts = [...piece.texts]
  texts[0] = before + texts[0]
  texts[texts.length - 1] += after
  return { texts, bindings: piece.bindings }
}

export function join(pieces: readonly Fragment[], separator: string): Fragment {
  const texts: string[] = ['']
  const bindings: Binding[] = []
  for (let at = 0; at < pieces.length; at++) add(pieces[at]!, texts, bindings, at + 1 < pieces.length ? separator : '')
  return { texts, bindings }
}

/** Puts a piece behind the others, and a text behind it. */
function add(piece: Fragment, texts: string[], bindings: Binding[], after: string): void {
  texts[texts.length - 1] += piece.texts[0]!
  for (let at = 1; at < piece.texts.length; at++) texts.push(piece.texts[at]!)
  for (let at = 0; at < piece.bindings.length; at++) bindings.push(piece.bindings[at]!)
  texts[texts.length - 1] += after
}

/** The text with the dialect's placeholders, numbered from 0 in the order in which they stand. */
export function render(piece: Fragment, placeholder: (index: number) => string): string {
  let text = piece.texts[0]!
  for (let at = 1; at < piece.texts.length; at++) text += placeholder(at - 1) + piece.texts[at]!
  return text
}
