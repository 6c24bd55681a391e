/** How can a server misbehave? */

import type { SqlError } from './errors.ts'
import type { Login } from './login.ts'
import type { Parameter } from './parameters.ts'

/** A statement as it arrived. */
export interface Call {
  readonly text: string
  readonly parameters: readonly Parameter[]
  /** A batch, `sp_executesql`, `sp_describe_first_result_set`, … */
  readonly by: string
  readonly session: number
  readonly login: Login
}

export type Fault =
  /** Nothing happens for so long. */
  | { readonly does: 'wait'; readonly ms: number }
  /** Nothing happens until the client cancels. */
  | { readonly does: 'hang'; readonly deaf?: boolean }
  /** Every row is late by so much. */
  | { readonly does: 'drip'; readonly ms: number }
  /** The line is cut, after so many rows; without a number before the first byte. */
  | { readonly does: 'drop'; readonly afterRows?: number }
  /** The line is cut in the middle of the next row. */
  | { readonly does: 'dropInRow'; readonly afterRows: number }
  | { readonly does: 'error'; readonly error: SqlError; readonly afterRows?: number }
  /** The answer ends as if it were complete, without the word that it is. */
  | { readonly does: 'endEarly'; readonly afterRows: number }
  /** The whole answer is changed before it is sent. */
  | { readonly does: 'mangle'; readonly change: (answer: Buffer) => Buffer }

/** What happens to a login instead of an answer. */
export type LoginFault = 'hang' | 'drop' | 'garbage' | SqlError
