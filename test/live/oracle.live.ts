/**
 * Does the connector keep its promises with a real Oracle Database? The contract of connectors, with the town written into the schema of
 * the account in ORACLE_URL and read as STADTTOR_LESER (see oracle.sql).
 */

import oracledb from 'oracledb'
import { cutAfter, garbage, nobody, type Station, silence } from '../connectors/sql/faults.ts'
import { oracleFit } from '../connectors/sql/oracle-town.ts'
import { connect } from '../connectors/sql/towns.ts'
import { connectorContract, type Opened, type Wish } from '../contract/connector.ts'
import { datasetsOf, type Fit, type TownTable, tableNames, tableOf } from '../contract/town.ts'
import { removalsOf, writeTown } from './oracle-writer.ts'

/** `oracle://user:password@host:1521/service` */
const url = new URL(process.env.ORACLE_URL ?? '')
const password = decodeURIComponent(url.password)
const server = { host: url.hostname, port: Number(url.port || 1521) }
const service = url.pathname.slice(1)
const owner = { user: decodeURIComponent(url.username), password, connectString: `${server.host}:${server.port}/${service}` }
const reader = process.env.ORACLE_READER ?? 'STADTTOR_LESER'
const schema = owner.user.toUpperCase()

const made: { readonly prefix: string; readonly tables: readonly TownTable[] }[] = []

async function asOwner<T>(work: (connection: oracledb.Connection) => Promise<T>): Promise<T> {
  const connection = await oracledb.getConnection(owner)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

async function open({ town, limits }: Wish): Promise<Opened> {
  const prefix = `T${Date.now().toString(36).toUpperCase()}${made.length}`
  const fit: Fit = { ...oracleFit, place: table => ({ table: `${schema}.${prefix}_${table.toUpperCase()}` }) }
  const tables = tableNames.map(name => tableOf(town, name, fit))
  made.push({ prefix, tables })
  await asOwner(connection => writeTown(connection, tables, prefix, reader))
  const over = (at: { host: string; port: number }, user = reader) =>
    connect('oracle', { user, password, connectString: `${at.host}:${at.port}/${service}` }, limits)
  const { connector, calls } = over(server)
  const bad = async (station: Promise<Station>) => {
    const { port, close } = await station
    return { connector: over({ host: '127.0.0.1', port }).connector, close }
  }
  return {
    connector,
    calls,
    datasets: datasetsOf(town, fit),
    close: async () => {},
    secrets: [server.host, service, reader, password, schema, prefix],
    faults: {
      refuse: () => bad(nobody()),
      silent: () => bad(silence()),
      garbage: () => bad(garbage()),
      drop: () => bad(cutAfter(4_000, server)),
      // A wrong name, not a wrong password: accounts are locked after some of those.
      login: async () => ({ connector: over(server, 'GIBT_ES_NICHT').connector, close: async () => {} }),
    },
  }
}

const http = 'a database does not speak HTTP'

describe('Oracle Database', () => {
  beforeAll(() =>
    asOwner(async connection => console.log(`Oracle Database ${connection.oracleServerVersionString}, driver ${oracledb.versionString}`)),
  )
  afterAll(() =>
    asOwner(async connection => {
      const removals = made.flatMap(({ prefix, tables }) => tables.flatMap(table => removalsOf(table, prefix)))
      for (const statement of removals) await connection.execute(statement).catch(error => console.warn(`${statement}: ${error}`))
      await connection.commit()
    }),
  )

  connectorContract('oracle', open, {
    'fault.html': http,
    'fault.errorWith200': http,
    'fault.redirect': http,
    'fault.truncated': 'messages say how long they are, so half an answer is a broken connection',
  })
})
