/** What do PostgreSQL's error codes mean? */

import { codeOf, networkDiagnosis } from './network.ts'
import type { Diagnosis } from './session.ts'

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function diagnose(error: unknown): Diagnosis {
  const network = networkDiagnosis(error)
  if (network) return network
  const state = codeOf(error)
  if (/^(08|57P0[12])/.test(state)) return { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }
  if (/^(40001|40P01)$/.test(state)) return { code: 'SOURCE_BUSY', again: 'sameConnection' }
  if (/^(53|55P03)/.test(state)) return { code: 'SOURCE_BUSY' }
  // A prepared statement whose columns have changed, or that somebody between us and the server has lost.
  if (state === '26000' || (state === '0A000' && routineOf(error) === 'RevalidateCachedQuery'))
    return { code: 'SOURCE_CHANGED', again: 'sameConnection' }
  if (/^(57P03|3D000)$/.test(state)) return { code: 'SOURCE_UNAVAILABLE' }
  if (state === '57014') return { code: 'SOURCE_TIMEOUT' }
  if (/^(28|42501|25006)/.test(state)) return { code: 'SOURCE_REFUSED' }
  if (/^(22P02|22P05|22003|22007|22008|22021|54)/.test(state)) return { code: 'BAD_USER_INPUT' }
  if (/^(42|3F)/.test(state)) return { code: 'SOURCE_CHANGED' }
  if (state !== '') return { code: 'SOURCE_ANSWER_INVALID' }
  // The driver has no code for a connection that ends, and none for bytes that mean nothing.
  const text = error instanceof Error ? error.message : ''
  if (/terminated|ended|given up|closed|not queryable|socket/i.test(text)) return { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }
  return { code: 'SOURCE_ANSWER_INVALID' }
}

function routineOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'routine' in error ? error.routine : undefined
}
