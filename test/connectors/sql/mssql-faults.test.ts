/** What do caller and operator hear when SQL Server misbehaves, and does the next question get its answer? */

import { Recorder } from '../../contract/shown.ts'
import { errors, type Fault, SqlError } from '../../servers/tds/index.ts'
import { open } from '../../support/columns.ts'
import { failure } from '../../support/waiting.ts'
import { id, misbehave, type Place, place, read, tidyUp } from './mssql-lab.ts'

/** Of the source file: far more than an answer takes here, on a busy machine as well. */
const patienceMs = 1_200

const columns = { ID: 'int', NAME: 'nvarchar(100)' }
const rows = Array.from({ length: 300 }, (_, at) => [BigInt(at + 1), `Name ${at}`] as const)
const name = open('NAME', 'text')

/** `again`: worth another try, which finds the server well when it happened only once. */
const table: readonly {
  readonly what: string
  readonly fault: Fault
  readonly code: string
  readonly log: RegExp
  readonly again?: boolean
}[] = [
  { what: 'a statement takes too long', fault: { does: 'hang' }, code: 'SOURCE_TIMEOUT', log: /^ETIMEOUT: no whole answer within 1200 ms/ },
  { what: 'rows trickle', fault: { does: 'drip', ms: 10 }, code: 'SOURCE_TIMEOUT', log: /^ETIMEOUT: no whole answer within 1200 ms/ },
  { what: 'the line is cut before the answer', fault: { does: 'drop' }, code: 'SOURCE_UNAVAILABLE', log: /^ECONNRESET: /, again: true },
  {
    what: 'the line is cut between two rows',
    fault: { does: 'drop', afterRows: 100 },
    code: 'SOURCE_UNAVAILABLE',
    log: /^ECONNRESET: /,
    again: true,
  },
  {
    what: 'the line is cut within a row',
    fault: { does: 'dropInRow', afterRows: 100 },
    code: 'SOURCE_UNAVAILABLE',
    log: /^ECONNRESET: /,
    again: true,
  },
  {
    what: 'the answer ends without its end',
    fault: { does: 'endEarly', afterRows: 100 },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^EPROTOCOL: the answer stopped after 100 rows/,
  },
  {
    what: 'an error after rows',
    fault: { does: 'error', error: errors.divideByZero(), afterRows: 100 },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^8134: Divide by zero/,
  },
  { what: 'a deadlock', fault: { does: 'error', error: errors.deadlock() }, code: 'SOURCE_BUSY', log: /^1205: Transaction/, again: true },
  {
    what: 'a lock that is not given',
    fault: { does: 'error', error: errors.lockTimeout() },
    code: 'SOURCE_BUSY',
    log: /^1222: Lock request time out/,
  },
  {
    what: 'a killed session',
    fault: { does: 'error', error: errors.killed() },
    code: 'SOURCE_UNAVAILABLE',
    log: /^596: Cannot continue/,
    again: true,
  },
  {
    what: 'rights that are taken away',
    fault: { does: 'error', error: errors.tableDenied('DING') },
    code: 'SOURCE_REFUSED',
    log: /^229: The SELECT permission/,
  },
  {
    what: 'a column that is gone',
    fault: { does: 'error', error: errors.unknownColumn('NAME') },
    code: 'SOURCE_CHANGED',
    log: /^207: Invalid column name 'NAME'/,
  },
  {
    what: 'a table that is gone',
    fault: { does: 'error', error: errors.unknownTable('dbo.DING') },
    code: 'SOURCE_CHANGED',
    log: /^208: Invalid object name/,
  },
  {
    what: 'a value that does not fit',
    fault: { does: 'error', error: errors.overflow('int') },
    code: 'BAD_USER_INPUT',
    log: /8115; asked: select/,
  },
  {
    what: 'a shape that is not valid',
    fault: { does: 'error', error: errors.invalidGeometry() },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^6522: .*24144/,
  },
  {
    what: 'an error that nobody has heard of',
    fault: { does: 'error', error: new SqlError(50_000, 'Wartung') },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^50000: Wartung/,
  },
  {
    what: 'bytes that mean nothing',
    fault: { does: 'mangle', change: answer => Buffer.alloc(answer.length, 0xa5) },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^EGARBAGE: the answer ended the driver: Unknown type: 165/,
  },
  {
    what: 'an answer that has lost its last bytes',
    fault: { does: 'mangle', change: answer => answer.subarray(0, -5) },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^EGARBAGE: the answer ended the driver: unexpected end of data/,
  },
  {
    what: 'an empty answer',
    fault: { does: 'mangle', change: () => Buffer.alloc(0) },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^EPROTOCOL: the answer stopped after 0 rows/,
  },
]

/** For the fault table of the documentation. */
const recorder = new Recorder('mssql, fault by fault')

describe('a server where', () => {
  let there: Place
  beforeAll(async () => {
    there = await place(columns, rows, { limits: { statementMs: patienceMs } })
  })
  afterAll(tidyUp)

  test.each(table)(
    '$what: the caller hears $code, the operator why, and the next question is answered',
    async ({ what, fault, code, log }) => {
      const { connector, server } = there
      await read(connector, [name], { limit: 1 })
      misbehave(server, fault)
      const error = await failure(read(connector, [name]))
      expect(error.code).toBe(code)
      expect(error.log).toMatch(log)
      expect(error.log).toContain('asked: select top (@p0) t.[NAME]')
      recorder.fault(what, error)
      // Neither words of the server nor names of its own reach a caller.
      expect(JSON.stringify([error.text, error.hint])).not.toMatch(/DING|NAME|dbo|127\.0\.0\.1|localhost|Stadt|select|Wartung/)
      misbehave(server)
      expect(await read(connector, [id], { limit: 2 })).toEqual([[1], [2]])
    },
  )

  const once = table.map(row => ({ ...row, heard: row.again ? 'an answer' : row.code }))

  test.each(once)('$what, but only once: the caller hears $heard', async ({ fault, code, again = false }) => {
    const { connector, server } = there
    await read(connector, [name], { limit: 1 })
    let turns = 0
    server.options = { ...server.options, fault: call => (call.by === 'sp_executesql' && turns++ === 0 ? fault : undefined) }
    const outcome = await read(connector, [name], { limit: 200 }).then(
      found => found.length,
      error => error.code,
    )
    expect(outcome).toBe(again ? 200 : code)
    misbehave(server)
  })
})

const logins = [
  {
    what: 'a wrong password',
    connection: { password: 'falsch' },
    options: {},
    code: 'SOURCE_REFUSED',
    log: /^18456: Login failed/,
    tries: 1,
  },
  {
    what: 'a database that is not there',
    connection: { database: 'Fort' },
    options: {},
    code: 'SOURCE_UNAVAILABLE',
    log: /^4060, 18456: Cannot open database/,
    tries: 1,
  },
  {
    what: 'an account that is locked',
    connection: {},
    options: { loginFault: () => new SqlError(18_486, 'Login failed because the account is locked out.', 14) },
    code: 'SOURCE_REFUSED',
    log: /^18486: /,
    tries: 1,
  },
  {
    what: 'a server that is just starting',
    connection: {},
    options: { loginFault: () => new SqlError(18_401, 'Server is in script upgrade mode.', 14) },
    code: 'SOURCE_UNAVAILABLE',
    log: /^18401: /,
    tries: 2,
  },
  {
    what: 'a line that is cut',
    connection: {},
    options: { loginFault: () => 'drop' as const },
    code: 'SOURCE_UNAVAILABLE',
    log: /^ECONNRESET: /,
    tries: 2,
  },
  {
    what: 'an answer that means nothing',
    connection: {},
    options: { loginFault: () => 'garbage' as const },
    code: 'SOURCE_ANSWER_INVALID',
    log: /^EGARBAGE: /,
    tries: 1,
  },
]

describe('a login', () => {
  afterEach(tidyUp)

  test.each(logins)(
    'that meets $what: the caller hears $code after $tries tries',
    async ({ what, connection, options, code, log, tries }) => {
      const { connector, server } = await place(columns, rows, { connection, options })
      const error = await failure(read(connector, [name]))
      expect(error.code).toBe(code)
      expect(error.log).toMatch(log)
      expect(error.log).not.toMatch(/geheim|falsch/)
      expect(server.count('login')).toBe(tries)
      recorder.fault(`at login, ${what}`, error)
    },
  )

  test('what cannot be described is told by its first reason', async () => {
    const { connector } = await place(columns, rows)
    const error = await failure(read(connector, [open('FORT', 'text')]))
    expect(error.code).toBe('SOURCE_CHANGED')
    expect(error.log).toMatch(/^207, 11529: Invalid column name 'FORT'/)
  })
})

test('what was shown here is what the documentation says', () => {
  recorder.settle(import.meta.filename, table.length + logins.length)
})
