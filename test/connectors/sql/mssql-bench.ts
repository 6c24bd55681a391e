/** How is the town of the contract written into the stand-in for SQL Server? */

import type { SourceSetting } from '../../../src/model/index.ts'
import type { Faulty, Opened } from '../../contract/connector.ts'
import {
  datasetsOf,
  type Fit,
  hiddenColumn,
  inCrs,
  stored,
  type TownColumn,
  type TownTable,
  tableNames,
  tableOf,
  townCrs,
} from '../../contract/town.ts'
import { type Backend, type Certificate, makeCertificate, type Options, TdsServer, type Value } from '../../servers/tds/index.ts'
import { TsqlDatabase } from '../../servers/tds/tsql/index.ts'
import { cutAfter, garbage, nobody, type Station, silence } from './faults.ts'
import { type Bench, connect } from './towns.ts'
import { toWkb } from './wkb.ts'

export const account = { database: 'Stadt', user: 'stadttor_ro', password: 'geheim' } as const

/** Made once for a test file; `undefined` where there is no openssl, and then nothing is encrypted. */
export const certificate: Certificate | undefined = makeCertificate()

/** What a source file says of a server here. */
export function connectionTo(port: number): Record<string, unknown> {
  const encryption = certificate ? { ca: certificate.cert, serverName: 'localhost' } : { encrypt: false }
  return { host: '127.0.0.1', port, ...account, ...encryption }
}

/** A server that takes the account, encrypted where that is possible. */
export async function startServer(backend: Backend, more: Partial<Options> = {}): Promise<{ server: TdsServer; port: number }> {
  const { user, password, database } = account
  const encryption = certificate ? { certificate, encryption: 'required' as const } : {}
  const server = new TdsServer({ backend, user, password, databases: [database], ...encryption, ...more })
  return { server, port: await server.listen() }
}

export const mssqlFit: Fit = {
  kind: 'mssql',
  column: ({ column }) => (column === 'worte' ? 'freitext' : column),
  place: table => ({ table: `dbo.${table}` }),
}

export function mssqlBench(): Bench {
  const fit = mssqlFit
  const servers: TdsServer[] = []
  return {
    fit,
    open: async ({ town, limits }) => {
      const database = new TsqlDatabase(account.database)
      for (const name of tableNames) writeTable(database, tableOf(town, name, fit))
      const { server, port } = await startServer(database)
      servers.push(server)
      const { connector, calls } = connect('mssql', connectionTo(port), limits)
      return {
        connector,
        calls,
        datasets: datasetsOf(town, fit),
        close: async () => {},
        secrets: [account.user, account.database, 'dbo', String(port)],
        held: async () => server.connections,
        faults: faultsOf(port, limits),
      }
    },
    tidyUp: async () => {
      for (const server of servers) await server.close()
    },
  }
}

function faultsOf(port: number, limits: SourceSetting['limits']): NonNullable<Opened['faults']> {
  const at = async (made: Promise<Station>): Promise<Faulty> => {
    const station = await made
    return { connector: connect('mssql', connectionTo(station.port), limits).connector, close: station.close }
  }
  return {
    refuse: () => at(nobody()),
    silent: () => at(silence()),
    garbage: () => at(garbage()),
    drop: () => at(cutAfter(6_000, { host: '127.0.0.1', port })),
    login: async () => ({
      connector: connect('mssql', { ...connectionTo(port), user: 'gibt_es_nicht' }, limits).connector,
      close: async () => {},
    }),
  }
}

/** As what a column is kept. Whole numbers of the table `types` need 64 bits; elsewhere 32 do, as in most databases. */
export function typeOf({ column, type, zone }: TownColumn, table: string): string {
  switch (type) {
    case 'int':
      return table === 'types' ? 'bigint' : 'int'
    case 'bigint':
      return 'bigint'
    case 'decimal':
      return 'decimal(38, 10)'
    case 'float':
      return 'float'
    case 'boolean':
      return 'bit'
    case 'date':
      return 'date'
    case 'time':
      return 'time(7)'
    case 'datetime':
      return zone ? 'datetime2(7)' : 'datetimeoffset(7)'
    case 'code':
      return 'char(5)'
    case 'text':
      return column === 'station_nr' ? 'varchar(20)' : 'nvarchar(200)'
    default:
      return 'geometry'
  }
}

export function writeTable(database: TsqlDatabase, { name, columns, rows }: TownTable): void {
  const types = Object.fromEntries(columns.map(column => [column.column, typeOf(column, name)]))
  const values = rows.map(row => row.map((cell, at) => storedAs(cell, columns[at]!)))
  database.create(name, types, values, { denied: [hiddenColumn] })
}

function storedAs(cell: TownTable['rows'][number][number], column: TownColumn): Value {
  if (cell === null) return null
  if (typeof cell === 'object') return shape(toWkb(inCrs(cell, townCrs)))
  switch (column.type) {
    case 'int':
    case 'bigint':
      return BigInt(cell as string | number)
    case 'boolean':
      return cell === true ? 1n : 0n
    case 'float':
      return Number(cell)
    case 'time':
      return fraction(String(cell))
    case 'datetime': {
      const moment = fraction(stored(cell, column)!.replace('T', ' ').replace('Z', ''))
      return column.zone ? moment : `${moment} +02:00`
    }
    default:
      return String(cell)
  }
}

/** A shape as the server keeps it: behind the number of its reference system. */
function shape(wkb: Buffer): Buffer {
  const srid = Buffer.alloc(4)
  srid.writeUInt32LE(Number(townCrs.replace(/\D/g, '')))
  return Buffer.concat([srid, wkb])
}

/** With seven digits of a second. */
function fraction(text: string): string {
  const [whole = '', digits = ''] = text.split('.')
  return `${whole}.${digits.padEnd(7, '0')}`
}
