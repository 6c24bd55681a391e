/** What do we tell of a driver's error, and to whom? */

import { GatewayError, sourceFailure } from '../../model/index.ts'
import { refusal } from './compile/index.ts'
import type { Diagnosis, Driver } from './drivers/session.ts'

/** A failure of one exchange with the source, and whether it is worth another try. */
export class Failed extends Error {
  readonly failure: GatewayError
  readonly again: Diagnosis['again']

  constructor(failure: GatewayError, again?: Diagnosis['again']) {
    super(failure.message)
    this.failure = failure
    this.again = again
  }
}

/**
 * @param error     whatever the driver threw, or a failure that stays as it is
 * @param statement what was asked, without its values; absent when no connection could be made
 */
export function failed(error: unknown, driver: Driver, statement?: string): Failed {
  if (error instanceof GatewayError) return new Failed(error)
  const { code, again } = driver.diagnose(error)
  const asked = statement === undefined ? 'while connecting' : `asked: ${statement}`
  // The message of the driver may hold the value, which is the caller's and not for a log.
  if (code === 'BAD_USER_INPUT') return new Failed(refusal(`${nameOf(error)}; ${asked}`), again)
  return new Failed(sourceFailure(code, `${nameOf(error)}: ${wordsOf(error)}; ${asked}`, error), again)
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error without a code'
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
