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
  for (const [at, piece] of pieces.entries()) {
    whole[whole.length - 1] += piece.texts[0]!
    for (let text = 1; text < piece.texts.length; text++) whole.push(piece.texts[text]!)
    whole[whole.length - 1] += texts[at + 1]!
    for (const binding of piece.bindings) bindings.push(binding)
  }
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
  for (const [at, piece] of pieces.entries()) {
    texts[texts.length - 1] += (at === 0 ? '' : separator) + piece.texts[0]
    texts.push(...piece.texts.slice(1))
    bindings.push(...piece.bindings)
  }
  return { texts, bindings }
}

/** The text with the dialect's placeholders, numbered from 0 in the order in which they stand. */
export function render(piece: Fragment, placeholder: (index: number) => string): string {
  return piece.texts.reduce((text, next, at) => text + placeholder(at - 1) + next)
}
