/** How can the stand-in misbehave? */

import type { OracleError } from './errors.ts'

/** Before anybody is logged in. */
export interface GreetingFault {
  /** The listener knows no such service (12514) or SID (12505), or nobody is free to serve (12516). */
  readonly refuse?: number
  /** The connection ends without a word. */
  readonly drop?: boolean
  /** The client waits for ever: before it is accepted, or in the middle of the login. */
  readonly hang?: 'connect' | 'login'
  /** Bytes that mean nothing: in place of the acceptance, or in the login. */
  readonly garbage?: 'connect' | 'login'
  /** The login ends with this error, however right the password is. */
  readonly login?: OracleError
  /** The account has only a verifier of Oracle 10g. */
  readonly oldVerifier?: boolean
}

/** In the answer to one statement. */
export interface Fault {
  /** Milliseconds before the answer begins; a break ends the wait. */
  readonly delayMs?: number
  /** Never answers; a break ends it. */
  readonly hang?: boolean
  /** Never answers, and takes no notice of a break. */
  readonly deaf?: boolean
  /** Milliseconds before each row. */
  readonly dripMs?: number
  readonly error?: OracleError
  /** The connection breaks before the answer. */
  readonly drop?: boolean
  /** Bytes that mean nothing in place of the answer. */
  readonly garbage?: boolean
  /** After so many rows of the answer. */
  readonly after?: { readonly rows: number; readonly what: 'drop' | 'hang' | 'garbage' | OracleError }
}
