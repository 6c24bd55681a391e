/** What does an error of SQL Server or of its driver mean for a caller, and is it worth another try? */

import { diagnose } from '../../../src/connectors/sql/drivers/mssql-diagnosis.ts'
import { trouble } from '../../../src/connectors/sql/drivers/mssql-messages.ts'

test.each([
  [[596], 'SOURCE_UNAVAILABLE', 'newConnection'],
  [[6005], 'SOURCE_UNAVAILABLE', 'newConnection'],
  [[4060], 'SOURCE_UNAVAILABLE', undefined],
  [[4060, 18_456], 'SOURCE_UNAVAILABLE', undefined],
  [[976], 'SOURCE_UNAVAILABLE', undefined],
  [[1205], 'SOURCE_BUSY', 'sameConnection'],
  [[3960], 'SOURCE_BUSY', 'sameConnection'],
  [[1222], 'SOURCE_BUSY', undefined],
  [[10_928], 'SOURCE_BUSY', undefined],
  [[18_456], 'SOURCE_REFUSED', undefined],
  [[229], 'SOURCE_REFUSED', undefined],
  [[230], 'SOURCE_REFUSED', undefined],
  [[207, 11_529], 'SOURCE_CHANGED', undefined],
  [[11_529, 230], 'SOURCE_REFUSED', undefined],
  [[11_529], 'SOURCE_CHANGED', undefined],
  [[208], 'SOURCE_CHANGED', undefined],
  [[8114], 'BAD_USER_INPUT', undefined],
  [[8115], 'BAD_USER_INPUT', undefined],
  [[245], 'BAD_USER_INPUT', undefined],
  [[8003], 'BAD_USER_INPUT', undefined],
  [[8134], 'SOURCE_ANSWER_INVALID', undefined],
  [[50_000, 1205], 'SOURCE_BUSY', 'sameConnection'],
] as const)('errors %j are %s', (numbers, code, again) => {
  expect(diagnose(trouble(numbers.join(', '), 'words', numbers))).toEqual({ code, ...(again && { again }) })
})

test.each([
  ['ETIMEOUT', 'SOURCE_TIMEOUT', undefined],
  ['ECANCEL', 'SOURCE_TIMEOUT', undefined],
  ['ECONNREFUSED', 'SOURCE_UNAVAILABLE', undefined],
  ['ENOTFOUND', 'SOURCE_UNAVAILABLE', undefined],
  ['ECONNRESET', 'SOURCE_UNAVAILABLE', 'newConnection'],
  ['ESOCKET', 'SOURCE_UNAVAILABLE', 'newConnection'],
  ['ECLOSE', 'SOURCE_UNAVAILABLE', 'newConnection'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'SOURCE_UNAVAILABLE', undefined],
  ['ENCRYPTION_REFUSED', 'SOURCE_REFUSED', undefined],
  ['EENCRYPT', 'SOURCE_REFUSED', undefined],
  ['ELOGIN', 'SOURCE_REFUSED', undefined],
  ['ETYPE', 'SOURCE_CHANGED', 'sameConnection'],
  ['EPROTOCOL', 'SOURCE_ANSWER_INVALID', undefined],
  ['EGARBAGE', 'SOURCE_ANSWER_INVALID', undefined],
  ['DRIVER_MISSING', 'SOURCE_UNAVAILABLE', undefined],
  ['EWHATEVER', 'SOURCE_ANSWER_INVALID', undefined],
] as const)('%s is %s', (word, code, again) => {
  expect(diagnose(trouble(word, 'words'))).toEqual({ code, ...(again && { again }) })
})

test('whatever is thrown is understood', () => {
  for (const thrown of [undefined, null, 'words', 7, new Error('without a code'), { numbers: 'many' }]) {
    expect(diagnose(thrown)).toEqual({ code: 'SOURCE_ANSWER_INVALID' })
  }
})
