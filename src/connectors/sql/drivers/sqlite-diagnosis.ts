/** What do SQLite's error codes mean? */

import { codeOf, networkDiagnosis } from './network.ts'
import type { Diagnosis } from './session.ts'

const diagnoses: ReadonlyMap<string, Diagnosis> = new Map<string, Diagnosis>([
  ['SQLITE_CANTOPEN', { code: 'SOURCE_UNAVAILABLE' }],
  ['SQLITE_IOERR', { code: 'SOURCE_UNAVAILABLE' }],
  ['SQLITE_BUSY', { code: 'SOURCE_BUSY' }],
  ['SQLITE_LOCKED', { code: 'SOURCE_BUSY' }],
  ['SQLITE_NOMEM', { code: 'SOURCE_BUSY' }],
  ['SQLITE_INTERRUPT', { code: 'SOURCE_TIMEOUT' }],
  ['SQLITE_AUTH', { code: 'SOURCE_REFUSED' }],
  ['SQLITE_PERM', { code: 'SOURCE_REFUSED' }],
  ['SQLITE_READONLY', { code: 'SOURCE_REFUSED' }],
  ['SQLITE_ERROR', { code: 'SOURCE_CHANGED' }],
  ['SQLITE_SCHEMA', { code: 'SOURCE_CHANGED' }],
  ['SQLITE_TOOBIG', { code: 'BAD_USER_INPUT' }],
  ['SQLITE_RANGE', { code: 'BAD_USER_INPUT' }],
  ['DRIVER_MISSING', { code: 'SOURCE_UNAVAILABLE' }],
])

/** @see https://www.sqlite.org/rescode.html */
export function diagnose(error: unknown): Diagnosis {
  const code = codeOf(error)
  // SQLITE_BUSY_SNAPSHOT and the like are kinds of SQLITE_BUSY.
  const known = [...diagnoses].find(([name]) => code === name || code.startsWith(`${name}_`))?.[1]
  return known ?? networkDiagnosis(error) ?? { code: 'SOURCE_ANSWER_INVALID' }
}
