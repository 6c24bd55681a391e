/**
 * Does the connector keep its promises with a real SQL Server? The contract of connectors, with the town written into schemas of the
 * database in MSSQL_URL and read as stadttor_leser (see mssql.sql).
 *
 * Behind `?` of the address stand the encryption settings of a source file: `?encrypt=strict`, `?trustServerCertificate=true`.
 */

import tedious, { type Connection } from 'tedious'
import { cutAfter, garbage, nobody, type Station, silence } from '../connectors/sql/faults.ts'
import { mssqlFit } from '../connectors/sql/mssql-bench.ts'
import { connect } from '../connectors/sql/towns.ts'
import { connectorContract, type Opened, type Wish } from '../contract/connector.ts'
import { datasetsOf, type Fit, type TownTable, tableNames, tableOf } from '../contract/town.ts'
import { execute, removalsOf, writeTown } from './mssql-writer.ts'

/** `mssql://user:password@host:1433/database?encrypt=true` */
const url = new URL(process.env.MSSQL_URL ?? '')
const password = decodeURIComponent(url.password)
const server = { host: url.hostname, port: Number(url.port || 1433) }
const database = url.pathname.slice(1)
const reader = process.env.MSSQL_READER ?? 'stadttor_leser'
const asked = url.searchParams.get('encrypt')
const encryption = {
  encrypt: asked === 'strict' ? ('strict' as const) : asked !== 'false',
  ...(url.searchParams.get('trustServerCertificate') === 'true' && { trustServerCertificate: true }),
}

const made: { readonly schema: string; readonly tables: readonly TownTable[] }[] = []

async function asOwner<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = new tedious.Connection({
    server: server.host,
    authentication: { type: 'default', options: { userName: decodeURIComponent(url.username), password } },
    options: { port: server.port, database, appName: 'stadttor live test', requestTimeout: 60_000, ...encryption },
  })
  await new Promise<void>((resolve, reject) => connection.connect(error => (error ? reject(error) : resolve())))
  try {
    return await work(connection)
  } finally {
    connection.close()
  }
}

async function open({ town, limits }: Wish): Promise<Opened> {
  const schema = `t${Date.now().toString(36)}${made.length}`
  const fit: Fit = { ...mssqlFit, place: table => ({ table: `${schema}.${table}` }) }
  const tables = tableNames.map(name => tableOf(town, name, fit))
  made.push({ schema, tables })
  await asOwner(connection => writeTown(connection, tables, schema, reader))
  // Through a line of our own the server is still known by the name in its certificate.
  const over = (at: { host: string; port: number }, user = reader) =>
    connect('mssql', { ...at, database, user, password, ...encryption, ...(at !== server && { serverName: server.host }) }, limits)
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
    secrets: [server.host, database, reader, password, schema],
    faults: {
      refuse: () => bad(nobody()),
      silent: () => bad(silence()),
      garbage: () => bad(garbage()),
      drop: () => bad(cutAfter(6_000, server)),
      // A wrong name, not a wrong password: accounts are locked after some of those.
      login: async () => ({ connector: over(server, 'gibt_es_nicht').connector, close: async () => {} }),
    },
  }
}

const http = 'a database does not speak HTTP'

describe('SQL Server', () => {
  beforeAll(() =>
    asOwner(async connection => {
      const [row] = await execute(connection, { text: 'select @@version', values: [] })
      console.log(String(row?.[0]))
    }),
  )
  afterAll(() =>
    asOwner(async connection => {
      for (const text of made.flatMap(({ schema, tables }) => removalsOf(tables, schema))) {
        await execute(connection, { text, values: [] }).catch(error => console.warn(`${text}: ${error}`))
      }
    }),
  )

  connectorContract('mssql', open, {
    'fault.html': http,
    'fault.errorWith200': http,
    'fault.redirect': http,
    'fault.truncated': 'messages say how long they are, so half an answer is a broken connection',
  })
})
