/** What does a caller get, and what does the operator read, when Oracle Database fails? The fault table of this connector. */

import { Meter } from '../../../src/connectors/sql/drivers/meter.ts'
import { oracleDriver } from '../../../src/connectors/sql/drivers/oracle.ts'
import { diagnose } from '../../../src/connectors/sql/drivers/oracle-diagnosis.ts'
import type { Session } from '../../../src/connectors/sql/drivers/session.ts'
import { type FailureCode, GatewayError } from '../../../src/model/index.ts'
import { Recorder } from '../../contract/shown.ts'
import { type Fault, type GreetingFault, OracleError, type ReleaseName } from '../../servers/tns/index.ts'
import { engine, open } from '../../support/columns.ts'
import { eventually, failure, patient } from '../../support/waiting.ts'
import { rowsOf, tableAs } from './lab.ts'
import { account, type OracleLab, openOracleLab } from './oracle-lab.ts'

const id = engine('ID', 'int')
const dataset = tableAs('DINGE', id)
const request = rowsOf(dataset, [id, open('NAME', 'text')])
const rows = Array.from({ length: 20 }, (_, at) => [`Zeile ${at + 1}`])

let lab: OracleLab
async function start(release?: ReleaseName): Promise<void> {
  lab = await openOracleLab(release ? { release } : {})
  lab.table('DINGE', { NAME: { name: 'VARCHAR2', size: 20 } }, rows)
}
beforeEach(() => start())
afterEach(async () => {
  await lab.tidyUp()
  expect(lab.server.troubles).toEqual([])
})

/** A caller reads no host, account, table, column or statement, and nothing of the driver's or server's words. */
function expectDiscreet(error: unknown): void {
  expect(error).toBeInstanceOf(GatewayError)
  const { text, hint, message } = error as GatewayError
  expect(JSON.stringify([text, hint, message])).not.toMatch(/ORA-|NJS-|DINGE|NAME|LESER|geheim|127\.0|STADT|select/)
}

/** For the fault table of the documentation. */
const recorder = new Recorder('oracle, fault by fault')
let known = 0

describe('when nobody can log in', () => {
  const faults: readonly (readonly [string, GreetingFault, FailureCode, RegExp])[] = [
    ['the listener knows no such service', { refuse: 12_514 }, 'SOURCE_UNAVAILABLE', /NJS-518.*STADT.*lsnrctl services/s],
    ['the listener knows no such SID', { refuse: 12_505 }, 'SOURCE_UNAVAILABLE', /NJS-519.*service name/s],
    ['the listener has nobody free to serve', { refuse: 12_516 }, 'SOURCE_BUSY', /ORA-12516/],
    ['the database is closed for new connections', { refuse: 12_528 }, 'SOURCE_UNAVAILABLE', /ORA-12528/],
    ['the connection ends at once', { drop: true }, 'SOURCE_UNAVAILABLE', /NJS-5\d\d/],
    ['the password is wrong', { login: new OracleError(1017, 'invalid username/password; logon denied') }, 'SOURCE_REFUSED', /ORA-01017/],
    ['the account is locked', { login: new OracleError(28_000, 'the account is locked') }, 'SOURCE_REFUSED', /ORA-28000.*unlocking/s],
    ['the password has expired', { login: new OracleError(28_001, 'the password has expired') }, 'SOURCE_REFUSED', /ORA-28001.*new one/s],
    ['the account may not log in', { login: new OracleError(1045, 'user LESER lacks CREATE SESSION') }, 'SOURCE_REFUSED', /ORA-01045/],
    ['the account has too many sessions', { login: new OracleError(2391, 'exceeded SESSIONS_PER_USER') }, 'SOURCE_BUSY', /ORA-02391/],
    ['the database is starting', { login: new OracleError(1033, 'initialization in progress') }, 'SOURCE_UNAVAILABLE', /ORA-01033/],
    ['the account has an old verifier', { oldVerifier: true }, 'SOURCE_REFUSED', /NJS-116.*Oracle 10g/s],
    ['the login answers nonsense', { garbage: 'login' }, 'SOURCE_ANSWER_INVALID', /NJS-\d+/],
  ]

  known += faults.length
  test.each(faults)('because %s', async (why, fault, code, log) => {
    lab.server.greet = () => fault
    const { connector } = lab.open()
    const error = await failure(connector.read(request, patient()))
    expect(error).toMatchObject({ code, log: expect.stringMatching(log) })
    expectDiscreet(error)
    recorder.fault(why, error)
    // The source can be asked again once it is well.
    lab.server.greet = () => undefined
    expect((await connector.read(request, patient())).rows).toHaveLength(20)
  })

  test.each([1017, 28_000, 28_001])('ORA-%i is not tried again: the server would lock the account', async number => {
    lab.server.greet = () => ({ login: new OracleError(number, 'no') })
    await failure(lab.open().connector.read(request, patient()))
    expect(lab.seen('greeting')).toHaveLength(1)
  })

  test('because the server is older than 12.1, which needs Thick mode', async () => {
    await lab.tidyUp()
    await start('11.2')
    const error = await failure(lab.open().connector.read(request, patient()))
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', log: expect.stringMatching(/NJS-138.*before 12\.1.*Thick mode/s) })
    expectDiscreet(error)
  })

  test.each(['connect', 'login'] as const)('because nothing is answered at %s', async hang => {
    lab.server.greet = () => ({ hang })
    const error = await failure(lab.open().connector.read(request, patient()))
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', log: expect.stringContaining('no connection within 5000 ms') })
    expectDiscreet(error)
    await eventually('the server has no connection any more', async () => lab.server.connections === 0)
  })
})

describe('when a statement fails', () => {
  const faults: readonly (readonly [string, Fault, FailureCode, RegExp])[] = [
    ['the view is gone', { error: new OracleError(942, 'table or view does not exist') }, 'SOURCE_CHANGED', /ORA-00942.*select /s],
    ['a column is gone', { error: new OracleError(904, '"T"."NAME": invalid identifier') }, 'SOURCE_CHANGED', /ORA-00904.*"NAME"/s],
    ['the view is broken', { error: new OracleError(4063, 'view has errors') }, 'SOURCE_CHANGED', /ORA-04063/],
    ['our SQL is not understood', { error: new OracleError(936, 'missing expression') }, 'SOURCE_CHANGED', /ORA-00936/],
    ['the account may not read', { error: new OracleError(1031, 'insufficient privileges') }, 'SOURCE_REFUSED', /ORA-01031/],
    ['the account lacks READ', { error: new OracleError(41_900, 'missing READ privilege') }, 'SOURCE_REFUSED', /ORA-41900/],
    ['a limit of the account ends it', { error: new OracleError(2393, 'exceeded call limit on CPU usage') }, 'SOURCE_TIMEOUT', /ORA-02393/],
    ['an administrator cancels it', { error: new OracleError(1013, 'user requested cancel') }, 'SOURCE_TIMEOUT', /ORA-01013/],
    ['a row is locked', { error: new OracleError(54, 'resource busy') }, 'SOURCE_BUSY', /ORA-00054/],
    ['a value is no number', { error: new OracleError(1722, 'invalid number') }, 'BAD_USER_INPUT', /ORA-01722/],
    ['a value is no day', { error: new OracleError(1839, 'date not valid for month') }, 'BAD_USER_INPUT', /ORA-01839/],
    ['a value has the wrong form', { error: new OracleError(1861, 'literal does not match') }, 'BAD_USER_INPUT', /ORA-01861/],
    ['a value is too large', { error: new OracleError(12_899, 'value too large for column') }, 'BAD_USER_INPUT', /ORA-12899/],
    ['a list is too long', { error: new OracleError(1795, 'maximum number of expressions') }, 'BAD_USER_INPUT', /ORA-01795/],
    ['the server breaks inside', { error: new OracleError(600, 'internal error code') }, 'SOURCE_UNAVAILABLE', /ORA-00600/],
    ['a deadlock comes again and again', { error: new OracleError(60, 'deadlock detected') }, 'SOURCE_BUSY', /ORA-00060/],
    ['undo is gone again and again', { after: { rows: 3, what: new OracleError(1555, 'snapshot too old') } }, 'SOURCE_BUSY', /ORA-01555/],
    ['the session is killed each time', { error: new OracleError(28, 'your session has been killed') }, 'SOURCE_UNAVAILABLE', /ORA-00028/],
    ['the connection breaks each time', { drop: true }, 'SOURCE_UNAVAILABLE', /NJS-500/],
    ['the connection breaks between rows', { after: { rows: 3, what: 'drop' } }, 'SOURCE_UNAVAILABLE', /NJS-500/],
    ['the answer is nonsense', { garbage: true }, 'SOURCE_ANSWER_INVALID', /NJS-\d+/],
    ['nonsense follows some rows', { after: { rows: 3, what: 'garbage' } }, 'SOURCE_ANSWER_INVALID', /NJS-\d+/],
    ['an error has a number that nobody knows', { error: new OracleError(4711, 'neuer Fehler') }, 'SOURCE_ANSWER_INVALID', /ORA-04711/],
  ]

  known += faults.length
  test.each(faults)('because %s', async (why, fault, code, log) => {
    const { connector } = lab.open()
    await connector.read(request, patient())
    lab.server.disturb = () => fault
    const error = await failure(connector.read(request, patient()))
    expect(error).toMatchObject({ code, log: expect.stringMatching(log) })
    expectDiscreet(error)
    recorder.fault(why, error)
    lab.server.disturb = () => undefined
    expect((await connector.read(request, patient())).rows).toHaveLength(20)
  })

  test('it may be the description of its columns already', async () => {
    lab.server.disturb = () => ({ error: new OracleError(942, 'table or view does not exist') })
    const error = await failure(lab.open().connector.read(request, patient()))
    expect(error).toMatchObject({ code: 'SOURCE_CHANGED', log: expect.stringMatching(/ORA-00942.*select t\."ID" as c0/s) })
    expectDiscreet(error)
  })

  const passing: readonly (readonly [string, Fault, number])[] = [
    ['a deadlock', { error: new OracleError(60, 'deadlock detected while waiting for resource') }, 1],
    ['undo that is gone after some rows', { after: { rows: 7, what: new OracleError(1555, 'snapshot too old') } }, 1],
    ['a row that changed under us', { error: new OracleError(8177, 'cannot serialize access') }, 1],
    ['a killed session', { error: new OracleError(28, 'your session has been killed') }, 2],
    ['a session that was idle for too long', { error: new OracleError(2396, 'exceeded maximum idle time') }, 2],
    ['a server that went away', { error: new OracleError(3113, 'end-of-file on communication channel') }, 2],
    ['a broken connection', { drop: true }, 2],
    ['a connection that breaks after some rows', { after: { rows: 7, what: 'drop' } }, 2],
  ]

  test.each(passing)('once, because of %s, it is asked once more', async (_why, fault, connections) => {
    const { connector } = lab.open({ connections: 1 })
    await connector.read(request, patient())
    let times = 0
    lab.server.disturb = () => (times++ === 0 ? fault : undefined)
    const { rows: found } = await connector.read(request, patient())
    expect(found.map(([number]) => number)).toEqual(rows.map((_, at) => at + 1))
    expect(lab.seen('login')).toHaveLength(connections)
  })
})

describe('when an answer takes too long', () => {
  test('it is broken off at the server, and the connection serves on', async () => {
    const { connector } = lab.open({ statementMs: 200, connections: 1 })
    await connector.read(request, patient())
    lab.server.disturb = () => ({ hang: true })
    const error = await failure(connector.read(request, patient()))
    expect(error).toMatchObject({ code: 'SOURCE_TIMEOUT', log: expect.stringContaining('NJS-123') })
    expectDiscreet(error)
    expect(lab.seen('break')).toHaveLength(1)
    lab.server.disturb = () => undefined
    expect((await connector.read(request, patient())).rows).toHaveLength(20)
    expect(lab.seen('login')).toHaveLength(1)
  })

  test('because its rows come drop by drop, it ends as well', async () => {
    const { connector } = lab.open({ statementMs: 300 })
    await connector.read(request, patient())
    lab.server.disturb = () => ({ dripMs: 50 })
    expect(await failure(connector.read(request, patient()))).toMatchObject({ code: 'SOURCE_TIMEOUT' })
    expect(lab.server.rowsSent).toBeLessThan(40)
  })

  test('because it needs many quick exchanges, it ends as well', async () => {
    await lab.tidyUp()
    lab = await openOracleLab({ rowsAtOnce: 1 })
    lab.table('DINGE', { NAME: { name: 'VARCHAR2', size: 20 } }, rows)
    const { connector } = lab.open({ statementMs: 300 })
    await connector.read(rowsOf(dataset, [id, open('NAME', 'text')], { limit: 1 }), patient())
    lab.server.disturb = () => ({ dripMs: 60 })
    const error = await failure(connector.read(request, patient()))
    expect(error).toMatchObject({ code: 'SOURCE_TIMEOUT', log: expect.stringContaining('no answer within') })
  })

  test('and the server is deaf even to a break, the connection is given up', async () => {
    const { connector } = lab.open({ statementMs: 200, connections: 1 })
    await connector.read(request, patient())
    lab.server.disturb = () => ({ deaf: true })
    expect(await failure(connector.read(request, patient()))).toMatchObject({ code: 'SOURCE_TIMEOUT' })
    lab.server.disturb = () => undefined
    expect((await connector.read(request, patient())).rows).toHaveLength(20)
    expect(lab.seen('login')).toHaveLength(2)
    await eventually('the deaf connection is gone', async () => lab.server.connections === 1)
  })
})

describe('when the caller leaves', () => {
  test('the server is told at once', async () => {
    const { connector } = lab.open()
    await connector.read(request, patient())
    lab.server.disturb = () => ({ hang: true })
    const leaving = new AbortController()
    const reason = new Error('gone')
    setTimeout(() => leaving.abort(reason), 50)
    await expect(connector.read(request, { signal: leaving.signal, deadline: Date.now() + 20_000 })).rejects.toBe(reason)
    await eventually('the server saw a break', async () => lab.seen('break').length === 1)
    lab.server.disturb = () => undefined
    expect((await connector.read(request, patient())).rows).toHaveLength(20)
  })
})

describe('a session of its own', () => {
  const limits = { connections: 1, statementMs: 5_000, queue: 1, bytes: 1_000_000 }
  const connected = (): Promise<Session> =>
    oracleDriver({
      id: 'a',
      kind: 'oracle',
      title: 'a',
      limits,
      connection: { ...account, connectString: lab.server.connectString() },
    }).connect(new AbortController().signal)
  const statement = { text: 'select t."ID" as c0 from "DINGE" t', bindings: [] }

  test('can be used again after a break', async () => {
    const session = await connected()
    lab.server.disturb = () => ({ hang: true })
    const running = session.run(statement, new Meter(1_000_000)).catch((error: unknown) => error)
    await eventually('it runs', async () => lab.seen('statement').some(({ sql }) => sql === statement.text))
    await session.cancel()
    expect(await running).toMatchObject({ code: 'ORA-01013' })
    lab.server.disturb = () => undefined
    expect(session.broken).toBe(false)
    expect(await session.run(statement, new Meter(1_000_000))).toHaveLength(20)
    await session.close()
  })

  test('does nothing when nothing runs that could be broken off', async () => {
    const session = await connected()
    await session.cancel()
    expect(await session.run(statement, new Meter(1_000_000))).toHaveLength(20)
    expect(lab.seen('break')).toEqual([])
    await session.close()
  })

  test.each([
    ['19c', 'ORA-01456'],
    ['23ai', 'ORA-28193'],
  ] as const)('refuses every change (%s: %s)', async (release, code) => {
    await lab.tidyUp()
    await start(release)
    const session = await connected()
    await session.run(statement, new Meter(1_000_000))
    const change = { text: 'delete from "DINGE"', bindings: [] }
    await expect(session.run(change, new Meter(1_000_000))).rejects.toMatchObject({ code })
    expect(lab.seen('statement').every(({ sql, readOnly }) => readOnly || !/^(select|delete)/.test(sql))).toBe(true)
    await session.close()
  })

  test('is cut at once, whatever runs', async () => {
    const session = await connected()
    lab.server.disturb = () => ({ deaf: true })
    const running = session.run(statement, new Meter(1_000_000)).catch((error: unknown) => error)
    await eventually('it runs', async () => lab.seen('statement').some(({ sql }) => sql === statement.text))
    session.destroy()
    expect(diagnose(await running)).toEqual({ code: 'SOURCE_UNAVAILABLE', again: 'newConnection' })
    expect(session.broken).toBe(true)
    await session.close()
  })

  test('that is still being made is given up with whoever wanted it', async () => {
    lab.server.greet = () => ({ hang: 'login' })
    const leaving = new AbortController()
    const reason = new Error('too long')
    const connection = { ...account, connectString: lab.server.connectString() }
    const opening = oracleDriver({ id: 'a', kind: 'oracle', title: 'a', limits, connection }).connect(leaving.signal)
    await eventually('the server is asked', async () => lab.server.connections === 1)
    leaving.abort(reason)
    await expect(opening).rejects.toBeDefined()
    await eventually('the socket is gone', async () => lab.server.connections === 0)
  })
})

describe('the numbers of Oracle', () => {
  const coded = (number: number): unknown => ({ code: `ORA-${String(number).padStart(5, '0')}`, errorNum: number, message: 'Wort' })

  test.each([
    [12, 'SOURCE_ANSWER_INVALID'],
    [18, 'SOURCE_BUSY'],
    [900, 'SOURCE_CHANGED'],
    [933, 'SOURCE_CHANGED'],
    [999, 'SOURCE_CHANGED'],
    [1000, 'SOURCE_ANSWER_INVALID'],
    [1090, 'SOURCE_UNAVAILABLE'],
    [4031, 'SOURCE_BUSY'],
    [12_520, 'SOURCE_BUSY'],
    [13_226, 'SOURCE_CHANGED'],
    [28_040, 'SOURCE_REFUSED'],
    [30_006, 'SOURCE_BUSY'],
    [56_720, 'SOURCE_TIMEOUT'],
  ])('%i is %s', (number, code) => {
    expect(diagnose(coded(number)).code).toBe(code)
  })

  test.each([
    ['NJS-003', 'SOURCE_UNAVAILABLE'],
    ['NJS-115', 'BAD_USER_INPUT'],
    ['NJS-173', 'SOURCE_REFUSED'],
    ['NJS-503', 'SOURCE_UNAVAILABLE'],
    ['NJS-506', 'SOURCE_UNAVAILABLE'],
    ['NJS-510', 'SOURCE_UNAVAILABLE'],
    ['NJS-515', 'SOURCE_UNAVAILABLE'],
    ['NJS-530', 'SOURCE_UNAVAILABLE'],
    ['NJS-533', 'SOURCE_UNAVAILABLE'],
    ['NJS-509', 'SOURCE_ANSWER_INVALID'],
    ['NJS-531', 'SOURCE_ANSWER_INVALID'],
    ['ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH', 'SOURCE_ANSWER_INVALID'],
  ])('%s of the driver is %s', (code, expected) => {
    expect(diagnose(Object.assign(new Error('Wort'), { code })).code).toBe(expected)
  })
})

test('what was shown here is what the documentation says', () => {
  recorder.settle(import.meta.filename, known)
})
