/** Is a session with SQL Server ended, cancelled and bounded as it has to be, and never mixed up with another? */

import { createSocket } from 'node:dgram'
import { Meter } from '../../../src/connectors/sql/drivers/meter.ts'
import { sourceFailure } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'
import { eventually, failure, patient } from '../../support/waiting.ts'
import { rowsOf } from './lab.ts'
import { connectionTo } from './mssql-bench.ts'
import { connectorTo, id, misbehave, place, read, sessionOf, things, tidyUp } from './mssql-lab.ts'
import { describeWith } from './servers.ts'

afterEach(tidyUp)

const name = open('NAME', 'text')
const few = [
  [1n, 'eins'],
  [2n, 'zwei'],
] as const
const columns = { ID: 'int', NAME: 'nvarchar(100)' }
const everything = { text: 'select t.[ID] as c0 from [dbo].[DING] t', bindings: [] }
const meter = (): Meter => new Meter(100_000)

test('a session is begun as a reader that gives way, with the same settings on every server', async () => {
  const { connector, server } = await place(columns, few)
  await read(connector, [name])
  expect(server.events.find(event => event.what === 'login')).toMatchObject({
    login: { readOnly: true, app: 'stadttor', database: 'Stadt' },
  })
  for (const setting of [
    'set lock_timeout 2000',
    'set deadlock_priority low',
    'set dateformat ymd',
    'set language us_english',
    'set transaction isolation level read committed',
    'set ansi_nulls on',
    'set ansi_warnings on',
    'set arithabort on',
    'set quoted_identifier on',
    'set implicit_transactions off',
  ]) {
    expect(server.settings).toContain(setting)
  }
})

test('nothing but selects leaves it', async () => {
  const { connector, server } = await place(columns, few)
  await read(connector, [name], { where: { op: 'contains', column: name, value: "'; drop table DING; --" } })
  await connector.read({ kind: 'aggregate', dataset: things, groupBy: [name], measures: [{ function: 'count' }], limit: 5 }, patient())
  expect(server.calls.length).toBeGreaterThan(2)
  expect(server.calls.filter(({ text }) => !/^select (?!.*;)/s.test(text))).toEqual([])
  expect(new Set(server.calls.map(({ by }) => by))).toEqual(new Set(['sp_executesql', 'sp_describe_first_result_set']))
  expect(server.count('transaction')).toBe(0)
})

test('a question costs one exchange, once the columns are known', async () => {
  const { connector, server } = await place(columns, few)
  await read(connector, [name])
  const before = server.events.length
  await read(connector, [name])
  expect(server.events.slice(before).map(event => event.what)).toEqual(['call'])
})

test('a cancelled statement is ended at the server, and the same session answers the next one', async () => {
  const there = await place(columns, few)
  const session = await sessionOf(there)
  for (const fault of [{ does: 'hang' }, { does: 'drip', ms: 50 }] as const) {
    misbehave(there.server, fault)
    const asked = session.run(everything, meter())
    const outcome = expect(asked).rejects.toMatchObject({ code: 'ECANCEL' })
    const before = there.server.count('cancelled')
    await new Promise(resolve => setTimeout(resolve, 60))
    await session.cancel()
    await outcome
    expect(there.server.count('cancelled')).toBe(before + 1)
    misbehave(there.server)
    expect(session.broken).toBe(false)
    expect(await session.run(everything, meter())).toEqual([[1], [2]])
  }
  expect(there.server.count('connected')).toBe(1)
})

test('a caller who leaves is not waited for, and the server hears of it', async () => {
  const { connector, server } = await place(columns, few)
  await read(connector, [name])
  misbehave(server, { does: 'hang' })
  const leaving = new AbortController()
  const reason = sourceFailure('CANCELLED', 'left')
  const asked = failure(connector.read(rowsOf(things, [name]), { signal: leaving.signal, deadline: Date.now() + 20_000 }))
  setTimeout(() => leaving.abort(reason), 50)
  expect(await asked).toBe(reason)
  await eventually('the server was told', async () => server.count('cancelled') === 1)
  misbehave(server)
  expect(await read(connector, [id])).toEqual([[1], [2]])
})

test('an answer that trickles is ended when its time is up, although every packet comes in time', async () => {
  const rows = Array.from({ length: 200 }, (_, at) => [BigInt(at), 'x'] as const)
  const { connector, server } = await place(columns, rows, { limits: { statementMs: 1_000 } })
  expect(await read(connector, [id], { limit: 1 })).toEqual([[0]])
  misbehave(server, { does: 'drip', ms: 20 })
  const error = await failure(read(connector, [id]))
  expect(error.code).toBe('SOURCE_TIMEOUT')
  await eventually('the server was told', async () => server.count('cancelled') === 1)
  misbehave(server)
  expect(await read(connector, [id], { limit: 1 })).toEqual([[0]])
  // The connection was not worth throwing away.
  expect(server.count('connected')).toBe(1)
})

test('a server that is deaf to a cancellation is left', async () => {
  const { connector, server } = await place(columns, few, { limits: { statementMs: 1_000 } })
  await read(connector, [name])
  misbehave(server, { does: 'hang', deaf: true })
  expect((await failure(read(connector, [name]))).code).toBe('SOURCE_TIMEOUT')
  misbehave(server)
  expect(await read(connector, [name])).toEqual([['eins'], ['zwei']])
  await eventually('the deaf one is gone', async () => server.connections === 1)
})

test('one value that is larger than an answer may be is not read to its end', async () => {
  const huge = 'x'.repeat(4_000_000)
  const { connector, server } = await place({ ID: 'int', NAME: 'nvarchar(max)' }, [[1n, huge]], { limits: { bytes: 20_000 } })
  expect((await failure(read(connector, [name]))).code).toBe('TOO_MANY_ROWS')
  expect(server.count('cancelled')).toBe(1)
  expect(await read(connector, [id])).toEqual([[1]])
})

test('two sources are never mixed up, even when an answer of one is given up early', async () => {
  const many = (who: string) => Array.from({ length: 5_000 }, (_, at) => [BigInt(at), `${who}${at}`] as const)
  const limits = { connections: 1, bytes: 3_000 }
  const a = await place(columns, many('A'), { limits })
  const b = await place(columns, many('B'), { limits })
  const one = async ({ connector }: typeof a): Promise<unknown> => (await read(connector, [name], { limit: 1 }))[0]![0]
  for (let turn = 0; turn < 5; turn++) {
    misbehave(a.server, { does: 'drip', ms: 1 })
    // Too large, so given up after some rows; then both are asked at once.
    const tooLarge = failure(read(a.connector, [name]))
    expect(await one(b)).toBe('B0')
    expect((await tooLarge).code).toBe('TOO_MANY_ROWS')
    misbehave(a.server)
    expect(await Promise.all([one(a), one(b), one(a), one(b)])).toEqual(['A0', 'B0', 'A0', 'B0'])
  }
  expect(a.server.calls.every(({ login }) => login.server === '127.0.0.1')).toBe(true)
})

test('a session that the server has ended is noticed before it is used again', async () => {
  const { connector, server } = await place(columns, few)
  await read(connector, [name])
  server.cut()
  await eventually('it is gone', async () => server.connections === 0)
  expect(await read(connector, [name])).toEqual([['eins'], ['zwei']])
})

test('closing lets go of every connection, also of one that is being made', async () => {
  const { connector, server } = await place(columns, few, { options: { loginFault: () => 'hang' } })
  const asked = failure(read(connector, [name]))
  await eventually('somebody logs in', async () => server.count('login') === 1)
  await connector.close()
  expect((await asked).code).toBe('SOURCE_UNAVAILABLE')
  await eventually('nobody is left', async () => server.connections === 0)
})

test('a server that sends us on to a readable copy is followed, and the copy is asked', async () => {
  const copy = await place(columns, [[7n, 'Kopie']])
  const listener = await place(columns, few, { options: { route: { host: 'localhost', port: copy.port } } })
  expect(await read(listener.connector, [name])).toEqual([['Kopie']])
  expect(listener.server.calls).toEqual([])
})

const browser = await browserService()

describeWith(browser.missing, 'an instance without a port of its own', () => {
  afterAll(browser.close)

  test('is found by its name, as the browser service of the server tells it', async () => {
    const { server, port } = await place(columns, few)
    browser.tell(`ServerName;DB;InstanceName;STADT;IsClustered;No;Version;16.0.1000.6;tcp;${port};;`)
    const connection = { ...connectionTo(port), port: undefined, instance: 'stadt' }
    expect(await read(connectorTo(connection), [name])).toEqual([['eins'], ['zwei']])
    expect(server.count('login')).toBe(1)
    const error = await failure(read(connectorTo({ ...connection, instance: 'fort' }), [name]))
    expect(error.code).toBe('SOURCE_UNAVAILABLE')
    expect(error.log).toMatch(/^EINSTLOOKUP: Port for fort not found/)
  })
})

/** Tells clients which instances there are (MC-SQLR). Its port is the same everywhere, so another one may be in the way. */
async function browserService(): Promise<{ missing: string | undefined; tell: (instances: string) => void; close: () => void }> {
  const socket = createSocket('udp4')
  let told = ''
  socket.on('message', (_question, { port, address }) => {
    const length = Buffer.alloc(2)
    length.writeUInt16LE(told.length)
    socket.send(Buffer.concat([Buffer.from([5]), length, Buffer.from(told)]), port, address)
  })
  const missing = await new Promise<string | undefined>(resolve => {
    socket.once('error', () => resolve('port 1434 is taken here'))
    socket.bind(1434, '127.0.0.1', () => resolve(undefined))
  })
  return {
    missing,
    tell: instances => {
      told = instances
    },
    close: () => socket.close(),
  }
}
