/** What does Oracle answer when it cannot do what it is asked? */

/** An `ORA-` error as the server sends it. */
export class OracleError extends Error {
  readonly number: number
  /** Place in the statement, from 0. */
  readonly at: number

  constructor(number: number, words: string, at = 0) {
    super(`ORA-${String(number).padStart(5, '0')}: ${words}`)
    this.number = number
    this.at = at
  }
}

/** The call is broken off; nothing more is to be said. */
export class Broken extends Error {}
