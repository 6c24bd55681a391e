/** What do we tell of a driver's error, and to whom? */

import { GatewayError, sourceFailure } from '../../model/index.ts'
import { refusal } from './compile/index.ts'
import type { Diagnosis, Driver } from './drivers/session.ts'

/** A failure of one exchange with the source, and whether it is worth another try. */
export interface Failed {
  readonly failure: GatewayError
  readonly again: Diagnosis['again']
}

/**
 * @param statement what was asked, without its values; absent when no connection could be made
 */
export function failed(error: unknown, driver: Driver, statement?: string): Failed {
  if (error instanceof GatewayError) return { failure: error, again: undefined }
  const { code, again } = driver.diagnose(error)
  const asked = statement === undefined ? 'while connecting' : `asked: ${statement}`
  // The message of the driver may hold the value, which is the caller's and not for a log.
  if (code === 'BAD_USER_INPUT') return { failure: refusal(`${nameOf(error)}; ${asked}`), again }
  return { failure: sourceFailure(code, `${nameOf(error)}: ${wordsOf(error)}; ${asked}`, error), again }
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error without a code'
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
