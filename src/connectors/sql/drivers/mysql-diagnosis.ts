/** What do the error numbers of MySQL and MariaDB mean? */

import { codeOf, networkDiagnosis } from './network.ts'
import type { Diagnosis } from './session.ts'

const diagnoses: readonly (readonly [numbers: readonly number[], diagnosis: Diagnosis])[] = [
  // Killed, shut down, gone away, idle for too long.
  [[1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 4031], { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }],
  [[1205, 1213], { code: 'SOURCE_BUSY', again: 'sameConnection' }],
  [[1040, 1041, 1203, 1226], { code: 'SOURCE_BUSY' }],
  [[1317, 1969, 3024], { code: 'SOURCE_TIMEOUT' }],
  [[1044, 1045, 1130, 1142, 1227, 1251, 1370, 1524, 1698, 1792, 1820, 1862, 3118], { code: 'SOURCE_REFUSED' }],
  [[1049], { code: 'SOURCE_UNAVAILABLE' }],
  // 1143: to an account that may read some columns only, a column that is gone and a closed one are the same.
  [[1051, 1054, 1064, 1103, 1109, 1143, 1146, 1267, 1305, 1356, 1415], { code: 'SOURCE_CHANGED' }],
  // 3854, 3988: letters that the column's character set does not have. MariaDB finds nothing then; MySQL says so.
  [[1264, 1292, 1366, 1390, 1406, 1411, 1525, 1690, 3854, 3988], { code: 'BAD_USER_INPUT' }],
]

/** @see https://mariadb.com/kb/en/mariadb-error-codes/ */
export function diagnose(error: unknown): Diagnosis {
  const number = typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : 0
  const known = diagnoses.find(([numbers]) => numbers.includes(number))?.[1] ?? networkDiagnosis(error)
  if (known) return known
  const text = error instanceof Error ? error.message : ''
  if (codeOf(error) === '' && /closed state|connection is closed|given up|lost/i.test(text)) {
    return { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }
  }
  return { code: 'SOURCE_ANSWER_INVALID' }
}
