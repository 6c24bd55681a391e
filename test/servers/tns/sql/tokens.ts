/** Of which words does a statement consist? */

import { OracleError } from '../errors.ts'

export type Token =
  | { readonly is: 'word'; readonly text: string; readonly at: number }
  | { readonly is: 'name'; readonly text: string; readonly at: number }
  | { readonly is: 'text'; readonly text: string; readonly at: number }
  | { readonly is: 'number'; readonly text: string; readonly at: number }
  | { readonly is: 'bind'; readonly text: string; readonly at: number }
  | { readonly is: 'sign'; readonly text: string; readonly at: number }
  | { readonly is: 'end'; readonly text: ''; readonly at: number }

const pattern = /\s+|"([^"]*)"|'((?:[^']|'')*)'|:(\d+)|(\d+(?:\.\d+)?)|([A-Za-z][\w$#]*)|(<>|!=|<=|>=|\|\||[(),.<>=*])/y

/** Words without quotes come in capitals, as Oracle reads them. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = []
  const found = new RegExp(pattern)
  while (found.lastIndex < sql.length) {
    const at = found.lastIndex
    const match = found.exec(sql)
    if (!match) throw new OracleError(911, 'invalid character', at)
    const [, name, text, bind, number, word, sign] = match
    if (name !== undefined) tokens.push({ is: 'name', text: name, at })
    else if (text !== undefined) tokens.push({ is: 'text', text: text.replaceAll("''", "'"), at })
    else if (bind !== undefined) tokens.push({ is: 'bind', text: bind, at })
    else if (number !== undefined) tokens.push({ is: 'number', text: number, at })
    else if (word !== undefined) tokens.push({ is: 'word', text: word.toUpperCase(), at })
    else if (sign !== undefined) tokens.push({ is: 'sign', text: sign === '!=' ? '<>' : sign, at })
  }
  tokens.push({ is: 'end', text: '', at: sql.length })
  return tokens
}
