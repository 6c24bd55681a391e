/** What do SQL Server's error numbers mean for us? */

import { troubles } from './mssql-messages.ts'
import { networkDiagnosis } from './network.ts'
import type { Diagnosis } from './session.ts'

/** @see https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const byNumber: readonly (readonly [numbers: readonly number[], diagnosis: Diagnosis])[] = [
  // Killed, shut down, moved.
  [[596, 6005, 17_142, 17_187, 18_401, 40_197], { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }],
  // The database is not there, not open, or not open for reading.
  [[4060, 4064, 911, 922, 924, 927, 942, 945, 952, 976, 978, 979, 983, 40_613], { code: 'SOURCE_UNAVAILABLE' }],
  // Deadlock; a row that was changed under snapshot isolation.
  [[1205, 3960, 3961], { code: 'SOURCE_BUSY', again: 'sameConnection' }],
  // Locked; out of memory or of workers; too many connections.
  [[1222, 701, 802, 8645, 8651, 10_928, 10_929, 17_803, 17_809, 40_501, 49_918, 49_919, 49_920], { code: 'SOURCE_BUSY' }],
  // Login, password, rights. Never tried again: the account would be locked.
  [[18_452, 18_456, 18_461, 18_470, 18_486, 18_487, 18_488, 229, 230, 262, 297, 300, 916], { code: 'SOURCE_REFUSED' }],
  // Table, column, view or type is not what it was.
  [
    [102, 206, 207, 208, 209, 258, 305, 306, 402, 403, 421, 447, 448, 529, 2812, 4104, 4121, 4413, 4502, 6506, 8116, 8117],
    { code: 'SOURCE_CHANGED' },
  ],
  // A value that its column cannot take.
  [[220, 232, 235, 241, 242, 244, 245, 248, 295, 8003, 8114, 8115, 8169, 9807], { code: 'BAD_USER_INPUT' }],
]

const byCode: Readonly<Record<string, Diagnosis>> = {
  [troubles.timeout]: { code: 'SOURCE_TIMEOUT' },
  ECANCEL: { code: 'SOURCE_TIMEOUT' },
  ESOCKET: { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  ECLOSE: { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  EINVALIDSTATE: { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  EINSTLOOKUP: { code: 'SOURCE_UNAVAILABLE' },
  ELOGIN: { code: 'SOURCE_REFUSED' },
  EENCRYPT: { code: 'SOURCE_REFUSED' },
  [troubles.downgrade]: { code: 'SOURCE_REFUSED' },
  [troubles.missing]: { code: 'SOURCE_UNAVAILABLE' },
  // What is known of the columns is forgotten then, and asked for again.
  [troubles.type]: { code: 'SOURCE_CHANGED', again: 'sameConnection' },
  [troubles.protocol]: { code: 'SOURCE_ANSWER_INVALID' },
  [troubles.crash]: { code: 'SOURCE_ANSWER_INVALID' },
}

/**
 * @example
 *   diagnose({ code: '1205', numbers: [1205] })               // → { code: 'SOURCE_BUSY', again: 'sameConnection' }
 *   diagnose({ code: '4060', numbers: [4060, 18456] }).code   // → 'SOURCE_UNAVAILABLE'
 *   diagnose({ code: '50000', numbers: [50000] }).code        // → 'SOURCE_ANSWER_INVALID'
 */
export function diagnose(error: unknown): Diagnosis {
  const { code, numbers } = partsOf(error)
  const known = numbers.map(number => byNumber.find(([those]) => those.includes(number))?.[1]).find(found => found !== undefined)
  if (!known && numbers.some(isDescription)) return { code: 'SOURCE_CHANGED' }
  return known ?? byCode[code] ?? networkDiagnosis(error) ?? { code: 'SOURCE_ANSWER_INVALID' }
}

/** That a statement cannot be described says less than the error beside it. */
function isDescription(number: number): boolean {
  return number >= 11_501 && number <= 11_544
}

function partsOf(error: unknown): { code: string; numbers: readonly number[] } {
  if (typeof error !== 'object' || error === null) return { code: '', numbers: [] }
  const code = 'code' in error ? String(error.code) : ''
  const numbers = 'numbers' in error && Array.isArray(error.numbers) ? error.numbers.filter(number => typeof number === 'number') : []
  return { code, numbers }
}
