/**
 * Does a process survive a server that talks nonsense? Run by oracle-nonsense.test.ts in a process of its own, because one that does
 * not survive would take the tests along.
 *
 * Between the driver and the stand-in sits a line that changes what the server says, and that goes on talking after the goodbye.
 */

import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'
import oracledb from 'oracledb'
import { GatewayError } from '../../../src/model/index.ts'
import { OracleError } from '../../servers/tns/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { rowsOf, tableAs } from './lab.ts'
import { account, type OracleLab, openOracleLab } from './oracle-lab.ts'
import { connect } from './towns.ts'

const limits = { connections: 1, statementMs: 150, queue: 10, bytes: 1_000_000 }

/** Passes on what comes from the server as `change` makes it; says `last` when the client has said goodbye. */
async function line(port: number, change: (chunk: Buffer) => Buffer, last?: Buffer): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, client => {
    const behind = dial(port, '127.0.0.1')
    const ends = (one: Socket, other: Socket): void => {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    ends(behind, client)
    client.on('error', () => behind.destroy())
    client.on('data', chunk => behind.write(chunk))
    behind.on('data', chunk => client.write(change(chunk)))
    client.on('end', () => (last ? client.write(last) : client.destroy()))
  })
  server.unref()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Numbers that look random and are the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** Some bytes changed, some missing, some too many; now and then everything as it was. */
function garbler(random: () => number): (chunk: Buffer) => Buffer {
  return chunk => {
    if (random() < 0.5) return chunk
    const bytes = Buffer.from(chunk)
    for (let turn = 0; turn <= random() * 4; turn++)
      bytes[Math.floor(random() * bytes.length)] = [0, 255, Math.floor(random() * 256)][turn % 3]!
    if (random() < 0.1) return bytes.subarray(0, Math.floor(random() * bytes.length))
    if (random() < 0.1) return Buffer.concat([bytes, Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256)))])
    return bytes
  }
}

async function garbled(lab: OracleLab, seed: number, times: number): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {}
  const dataset = tableAs('DINGE', engine('ID', 'int'))
  const columns = [engine('ID', 'int'), open('NAME', 'text'), open('TEXT', 'text'), open('LAGE', 'point')]
  const port = await line(lab.server.port, garbler(randomFrom(seed)))
  for (let turn = 0; turn < times; turn++) {
    const { connector } = connect('oracle', { ...account, connectString: `127.0.0.1:${port}/STADT` }, limits)
    const outcome = await connector.read(rowsOf(dataset, columns), patient(700)).then(
      () => 'answered',
      (error: unknown) => (error instanceof GatewayError ? error.code : `not ours: ${error}`),
    )
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    await connector.close()
  }
  return outcomes
}

/** A packet of no length, which no protocol has. */
const impossible = Buffer.alloc(16)

/** The driver says goodbye when it is closed, when the login fails, and when the server says that the session is over. */
async function afterGoodbyes(lab: OracleLab): Promise<void> {
  const connectString = `127.0.0.1:${await line(lab.server.port, chunk => chunk, impossible)}/STADT`
  const request = rowsOf(tableAs('DINGE', engine('ID', 'int')), [engine('ID', 'int')])
  for (const password of ['falsch', account.password]) {
    const { connector } = connect('oracle', { ...account, password, connectString }, limits)
    await connector.read(request, patient()).catch(() => {})
    lab.server.disturb = () => ({ error: new OracleError(28, 'your session has been killed') })
    await connector.read(request, patient()).catch(() => {})
    lab.server.disturb = () => undefined
    await connector.read(request, patient()).catch(() => {})
    await connector.close()
  }
}

async function afterGoodbyeOfTheDriverAlone(lab: OracleLab): Promise<void> {
  const connectString = `127.0.0.1:${await line(lab.server.port, chunk => chunk, impossible)}/STADT`
  const connection = await oracledb.getConnection({ ...account, connectString })
  await connection.close()
}

const [task = '', seed = '1', times = '20'] = process.argv.slice(2)
const lab = await openOracleLab()
lab.table('DINGE', { NAME: { name: 'VARCHAR2', size: 20 }, TEXT: { name: 'CLOB' }, LAGE: { name: 'SDO_GEOMETRY' } }, [
  ['Eiche', 'x'.repeat(500), null],
  ['Linde', 'kurz', null],
])
let outcomes: Record<string, number> = {}
if (task === 'garbled') outcomes = await garbled(lab, Number(seed), Number(times))
else await (task === 'goodbye' ? afterGoodbyes(lab) : afterGoodbyeOfTheDriverAlone(lab))
// What was said on the way arrives first.
await new Promise(resolve => setTimeout(resolve, 300))
console.log(JSON.stringify({ survived: true, outcomes }))
process.exit(0)
