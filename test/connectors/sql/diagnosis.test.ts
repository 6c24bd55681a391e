/** What does a driver's error mean for a caller? */

import { mysqlDriver } from '../../../src/connectors/sql/drivers/mysql.ts'
import { postgresDriver } from '../../../src/connectors/sql/drivers/postgres.ts'
import { sqliteDriver } from '../../../src/connectors/sql/drivers/sqlite.ts'
import { failed } from '../../../src/connectors/sql/failures.ts'
import { sourceFailure } from '../../../src/model/index.ts'

const limits = { connections: 1, statementMs: 1_000, queue: 1, bytes: 1_000 }
const server = { id: 'a', kind: 'a', title: 'a', limits, connection: { host: 'db', database: 'd', user: 'u' } }
const postgres = postgresDriver(server)
const mysql = mysqlDriver(server)
const sqlite = sqliteDriver({ ...server, connection: { file: 'a.db' } }, '.')

function coded(code: string, message = 'Verbindung zu geheim.example: spalte "iban"'): Error {
  return Object.assign(new Error(message), { code })
}

function numbered(errno: number): Error {
  return Object.assign(coded('ER_SOMETHING'), { errno })
}

test.each([
  ['57P01', 'SOURCE_UNAVAILABLE', 'newConnection'],
  ['08006', 'SOURCE_UNAVAILABLE', 'newConnection'],
  ['ECONNRESET', 'SOURCE_UNAVAILABLE', 'newConnection'],
  ['ECONNREFUSED', 'SOURCE_UNAVAILABLE', undefined],
  ['57P03', 'SOURCE_UNAVAILABLE', undefined],
  ['3D000', 'SOURCE_UNAVAILABLE', undefined],
  ['53300', 'SOURCE_BUSY', undefined],
  ['55P03', 'SOURCE_BUSY', undefined],
  ['40001', 'SOURCE_BUSY', 'sameConnection'],
  ['40P01', 'SOURCE_BUSY', 'sameConnection'],
  ['57014', 'SOURCE_TIMEOUT', undefined],
  ['28P01', 'SOURCE_REFUSED', undefined],
  ['28000', 'SOURCE_REFUSED', undefined],
  ['42501', 'SOURCE_REFUSED', undefined],
  ['25006', 'SOURCE_REFUSED', undefined],
  ['42P01', 'SOURCE_CHANGED', undefined],
  ['42703', 'SOURCE_CHANGED', undefined],
  ['42883', 'SOURCE_CHANGED', undefined],
  ['3F000', 'SOURCE_CHANGED', undefined],
  ['22P02', 'BAD_USER_INPUT', undefined],
  ['22003', 'BAD_USER_INPUT', undefined],
  ['22021', 'BAD_USER_INPUT', undefined],
  ['XX000', 'SOURCE_ANSWER_INVALID', undefined],
  ['22012', 'SOURCE_ANSWER_INVALID', undefined],
])('PostgreSQL: %s is %s', (state, code, again) => {
  expect(failed(coded(state), postgres)).toMatchObject({ failure: { code }, again })
})

test.each([
  [1927, 'SOURCE_UNAVAILABLE', 'newConnection'],
  [1053, 'SOURCE_UNAVAILABLE', 'newConnection'],
  [1049, 'SOURCE_UNAVAILABLE', undefined],
  [1040, 'SOURCE_BUSY', undefined],
  [1205, 'SOURCE_BUSY', 'sameConnection'],
  [1213, 'SOURCE_BUSY', 'sameConnection'],
  [1317, 'SOURCE_TIMEOUT', undefined],
  [1969, 'SOURCE_TIMEOUT', undefined],
  [3024, 'SOURCE_TIMEOUT', undefined],
  [1045, 'SOURCE_REFUSED', undefined],
  [1142, 'SOURCE_REFUSED', undefined],
  [1054, 'SOURCE_CHANGED', undefined],
  [1143, 'SOURCE_CHANGED', undefined],
  [1146, 'SOURCE_CHANGED', undefined],
  [1292, 'BAD_USER_INPUT', undefined],
  [1105, 'SOURCE_ANSWER_INVALID', undefined],
])('MySQL and MariaDB: %d is %s', (errno, code, again) => {
  expect(failed(numbered(errno), mysql)).toMatchObject({ failure: { code }, again })
})

test('MySQL and MariaDB: a line that is cut is a source that is not there', () => {
  expect(failed(coded('PROTOCOL_CONNECTION_LOST'), mysql)).toMatchObject({
    failure: { code: 'SOURCE_UNAVAILABLE' },
    again: 'newConnection',
  })
})

test.each([
  ['SQLITE_CANTOPEN', 'SOURCE_UNAVAILABLE'],
  ['SQLITE_IOERR_READ', 'SOURCE_UNAVAILABLE'],
  ['SQLITE_BUSY_SNAPSHOT', 'SOURCE_BUSY'],
  ['SQLITE_LOCKED', 'SOURCE_BUSY'],
  ['SQLITE_ERROR', 'SOURCE_CHANGED'],
  ['SQLITE_NOTADB', 'SOURCE_ANSWER_INVALID'],
  ['SQLITE_CORRUPT', 'SOURCE_ANSWER_INVALID'],
  ['SQLITE_READONLY', 'SOURCE_REFUSED'],
  ['ENOENT', 'SOURCE_UNAVAILABLE'],
])('SQLite: %s is %s', (name, code) => {
  expect(failed(coded(name), sqlite).failure.code).toBe(code)
})

test('a caller hears nothing of what the driver said, the operator everything but values', () => {
  const statement = 'select t."iban" as c0 from "konto" t where t."iban" = $1::text'
  for (const code of ['42703', '57P01', '28P01', '22P02', 'XX000']) {
    const { failure } = failed(coded(code, 'invalid input syntax: "DE12 3456"'), postgres, statement)
    expect(JSON.stringify([failure.text, failure.hint, failure.message])).not.toMatch(/iban|konto|DE12|syntax|select/)
    expect(failure.log).toContain(statement)
    expect(failure.log).toContain(code)
  }
  const { failure } = failed(coded('22P02', 'invalid input syntax: "DE12 3456"'), postgres, statement)
  expect(failure.log).not.toContain('DE12')
  expect(failure.cause).toBeUndefined()
})

test('what is a failure already stays what it is', () => {
  const reason = sourceFailure('CANCELLED', 'left')
  expect(failed(reason, postgres).failure).toBe(reason)
})
