/** Which words and signs is a statement made of? */

import { errors } from '../errors.ts'

export type Token =
  | { readonly is: 'word' | 'quoted' | 'parameter' | 'number' | 'sign'; readonly text: string }
  | { readonly is: 'string'; readonly text: string; readonly wide: boolean }
  | { readonly is: 'end'; readonly text: '' }

const rules: readonly (readonly [pattern: RegExp, make: (match: RegExpExecArray) => Token | undefined])[] = [
  [/\s+/y, () => undefined],
  [/(N?)'((?:[^']|'')*)'/y, ([, wide, text]) => ({ is: 'string', text: text!.replaceAll("''", "'"), wide: wide !== '' })],
  [/\[((?:[^\]]|\]\])+)\]/y, ([, name]) => ({ is: 'quoted', text: name!.replaceAll(']]', ']') })],
  [/@\w+/y, ([name]) => ({ is: 'parameter', text: name })],
  [/\d+(?:\.\d+)?/y, ([text]) => ({ is: 'number', text })],
  [/[A-Za-z_]\w*/y, ([text]) => ({ is: 'word', text })],
  [/::|<=|>=|<>|[(),.=<>*]/y, ([text]) => ({ is: 'sign', text })],
]

/** @throws SqlError 102 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const found = rules.map(([pattern, make]) => {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      return match && { length: match[0].length, token: make(match) }
    })
    const first = found.find(match => match !== null)
    if (!first) throw errors.syntax(text.slice(at, at + 1))
    if (first.token) tokens.push(first.token)
    at += first.length
  }
  return [...tokens, { is: 'end', text: '' }]
}
