/** Can a SQL Server that breaks its protocol end the gateway, or make it answer for ever? */

import { type AddressInfo, createServer } from 'node:net'
import fc from 'fast-check'
import { GatewayError } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { rowsOf } from './lab.ts'
import { account } from './mssql-bench.ts'
import { connectorTo, id, later, misbehave, place, read, things, tidyUp } from './mssql-lab.ts'

const columns = { ID: 'int', NAME: 'nvarchar(100)', ORT: 'nvarchar(max)', BYTES: 'varbinary(max)', WANN: 'datetime2(7)' }
const rows = Array.from({ length: 20 }, (_, at) => [
  BigInt(at),
  at % 3 === 0 ? null : `Name ${at}`,
  'x'.repeat(at * 100),
  Buffer.alloc(at, at),
  '2026-07-01 12:00:00.0000000',
])
const fields = [id, open('NAME', 'text'), open('ORT', 'text'), open('WANN', 'datetime', { zone: 'Europe/Berlin' })]

afterAll(tidyUp)

/** What came of a question: `rows`, or the code of a failure. Anything else fails the test. */
async function outcome(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'rows',
    (error: unknown) => {
      if (error instanceof GatewayError) return error.code
      throw error
    },
  )
}

/** Changes that a broken server, line or cable could make. */
const damage = fc.oneof(
  fc
    .record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }) })
    .map(({ at, bytes }) => (answer: Buffer): Buffer => {
      const changed = Buffer.from(answer)
      changed.set(bytes.slice(0, changed.length - Math.floor(at * changed.length)), Math.floor(at * changed.length))
      return changed
    }),
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    part =>
      (answer: Buffer): Buffer =>
        answer.subarray(0, Math.floor(part * answer.length)),
  ),
  fc.uint8Array({ minLength: 1, maxLength: 400 }).map(bytes => () => Buffer.from(bytes)),
  fc.constant((answer: Buffer): Buffer => Buffer.concat([answer, answer])),
)

test('no damage to an answer does', async () => {
  const { connector, server } = await place(columns, rows, { limits: { statementMs: 1_000 } })
  const whole = await read(connector, fields)
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(damage, async change => {
      misbehave(server, { does: 'mangle', change })
      seen.add(await outcome(read(connector, fields)))
      misbehave(server)
      expect(await read(connector, fields)).toEqual(whole)
    }),
    { numRuns: 40, seed: 20_261_122, endOnFailure: true },
  )
  // It was damage indeed.
  expect([...seen]).toContain('SOURCE_ANSWER_INVALID')
  expect([...seen].filter(code => code === 'INTERNAL')).toEqual([])
}, 120_000)

test('no bytes instead of a login do', async () => {
  const said: Uint8Array[] = []
  const server = createServer(line => {
    line.on('error', () => {})
    line.on('data', () => line.write(said.at(-1)!))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  later(() => server.close())
  const { port } = server.address() as AddressInfo
  const packet = (body: Uint8Array): Buffer => Buffer.concat([Buffer.from([4, 1, 0, 8 + body.length, 0, 0, 1, 0]), body])
  const answers = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map(bytes => Buffer.from(bytes)),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map(packet),
  )
  await fc.assert(
    fc.asyncProperty(answers, async answer => {
      said.push(answer)
      const connector = connectorTo({ host: 'localhost', port, ...account, encrypt: false })
      const code = await outcome(connector.read(rowsOf(things, [id]), patient(1_000)))
      expect(['SOURCE_UNAVAILABLE', 'SOURCE_ANSWER_INVALID', 'SOURCE_REFUSED', 'SOURCE_TIMEOUT']).toContain(code)
      await connector.close()
    }),
    { numRuns: 12, seed: 20_261_122, endOnFailure: true },
  )
}, 120_000)

test('one broken answer does not take the answers of others with it', async () => {
  const { connector, server } = await place(columns, rows)
  await read(connector, fields)
  let turns = 0
  const broken = { does: 'mangle', change: (answer: Buffer) => Buffer.alloc(answer.length, 0xa5) } as const
  server.options = { ...server.options, fault: call => (call.by === 'sp_executesql' && turns++ === 1 ? broken : { does: 'wait', ms: 100 }) }
  const answers = await Promise.all([read(connector, fields), read(connector, fields), read(connector, fields)])
  expect(answers.map(found => found.length)).toEqual([20, 20, 20])
})

test('what was ended by garbage leaves nothing behind that ends what comes after it', async () => {
  const { connector, server } = await place(columns, rows)
  await read(connector, fields)
  misbehave(server, { does: 'mangle', change: answer => Buffer.alloc(answer.length, 0xa5) })
  expect(await outcome(read(connector, fields))).toBe('SOURCE_ANSWER_INVALID')
  misbehave(server)
  expect(await read(connector, fields)).toHaveLength(20)
  const before = server.count('connected')
  // Longer than a thread gets to let go of a connection.
  await new Promise(resolve => setTimeout(resolve, 1_300))
  expect(await read(connector, fields)).toHaveLength(20)
  expect(server.count('connected')).toBe(before)
})
