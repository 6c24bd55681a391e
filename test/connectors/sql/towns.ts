/** How is the town of the contract written into real databases? */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Connection } from 'mysql2/promise'
import { connectorModules } from '../../../src/connectors/index.ts'
import {
  type Cell,
  type Connector,
  canonicalDecimal,
  type Geometry,
  type SourceCall,
  type SourceSetting,
} from '../../../src/model/index.ts'
import type { Faulty, Opened, Wish } from '../../contract/connector.ts'
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
  wkt,
} from '../../contract/town.ts'
import { cutAfter, garbage, nobody, type Station, silence } from './faults.ts'
import { asMariadb, asPostgres, mariadbServer, postgresServer, sridIs } from './servers.ts'
import { toWkb } from './wkb.ts'

const sql = await connectorModules(['postgres', 'mysql', 'sqlite', 'mssql', 'oracle'])

/** The suite looks for column names anywhere in what a caller reads, and "worte" stands in the middle of "geantwortet". */
const column: NonNullable<Fit['column']> = ({ column }) => (column === 'worte' ? 'freitext' : column)

export interface Bench {
  readonly fit: Fit
  /** Writes a town and opens a connector to it. */
  readonly open: (wish: Wish) => Promise<Opened>
  readonly tidyUp: () => Promise<void>
}

/** A connector of a kind, and what it told of its statements. */
export function connect(
  kind: string,
  connection: unknown,
  limits: SourceSetting['limits'],
  folder = '.',
): { connector: Connector; calls: SourceCall[] } {
  const module = sql.find(({ kinds }) => kinds.includes(kind))
  if (!module) throw new Error(`no kind ${kind}`)
  const calls: SourceCall[] = []
  const setting = { id: 'town', kind, title: 'Town', connection: module.connection.parse(connection), limits }
  return { connector: module.open(setting, { call: call => void calls.push(call), warn: () => {}, folder }), calls }
}

let count = 0
function unique(): string {
  return `stadttor_test_sql_${process.pid}_${++count}`
}

// ---- SQLite ----

export function sqliteBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-sql-'))
  const fit: Fit = {
    kind: 'sqlite',
    column,
    place: table => ({ table }),
    crs: townCrs,
    // Numbers with a point are floats here, whatever the column is called.
    keeps: (cell, column) => (column.type === 'decimal' && cell !== null ? (canonicalDecimal(String(Number(cell))) ?? null) : cell),
  }
  return {
    fit,
    open: async ({ town, limits }) => {
      const file = join(folder, `${unique()}.db`)
      const database = new Sqlite(file)
      for (const name of tableNames) writeSqlite(database, tableOf(town, name, fit))
      const { columns } = tableOf(town, 'trees', fit)
      const endless = 'with recursive z(n) as (select 1 union all select n + 1 from z)'
      database.exec(`create view endlos as ${endless} select ${columns.map(({ column }) => `n as "${column}"`).join(', ')} from z`)
      database.close()
      const { connector, calls } = connect('sqlite', { file }, limits)
      const datasets = datasetsOf(town, fit)
      const over = (bad: string): Faulty => ({ connector: connect('sqlite', { file: bad }, limits).connector, close: async () => {} })
      const faults: Opened['faults'] = {
        refuse: async () => over(join(folder, 'gibt-es-nicht.db')),
        garbage: async () => {
          writeFileSync(`${file}.garbage`, 'das ist keine Datenbank, sondern ein Brief. '.repeat(100))
          return over(`${file}.garbage`)
        },
        truncated: async () => {
          const whole = readFileSync(file)
          writeFileSync(`${file}.half`, whole.subarray(0, Math.floor(whole.length / 2)))
          return over(`${file}.half`)
        },
        // A view without an end: the statement runs until it is stopped.
        silent: async () => ({
          ...over(file),
          dataset: { ...datasets.trees!, dataset: { ...datasets.trees!.dataset, place: { table: 'endlos' } } },
        }),
      }
      return { connector, calls, datasets, close: async () => {}, secrets: [folder], held: async () => processesOn(file), faults }
    },
    tidyUp: async () => rmSync(folder, { recursive: true }),
  }
}

function writeSqlite(database: Sqlite.Database, { name, columns, rows, key }: TownTable): void {
  const types: Partial<Record<TownColumn['type'], string>> = {
    int: 'integer',
    bigint: 'integer',
    decimal: 'decimal(30, 10)',
    float: 'real',
    boolean: 'boolean',
    point: 'blob',
    polygon: 'blob',
  }
  const definitions = columns.map(({ column, type }) => `"${column}" ${types[type] ?? 'text'}`)
  database.exec(`create table "${name}" (${definitions.join(', ')}, primary key (${key.map(column => `"${column}"`).join(', ')}))`)
  const insert = database.prepare(`insert into "${name}" values (${columns.map(() => '?').join(', ')})`)
  database.transaction(() => {
    for (const row of rows) insert.run(...row.map((cell, at) => sqliteValue(cell, columns[at]!)))
  })()
}

function sqliteValue(cell: Cell, column: TownColumn): unknown {
  if (cell === null) return null
  if (typeof cell === 'object') return toWkb(inCrs(cell, townCrs))
  if (column.type === 'bigint') return BigInt(String(cell))
  if (column.type === 'int') return BigInt(Number(cell))
  if (typeof cell === 'boolean') return cell ? 1 : 0
  return typeof cell === 'number' ? cell : stored(cell, column)
}

/** Processes that hold the file, as Linux counts them. */
export function processesOn(file: string): number {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file)
      } catch {
        return false
      }
    }).length
}

// ---- servers ----

interface Server {
  readonly host: string
  readonly port: number
}

/** Connectors over a server that misbehaves: each at a port of its own, with the account of the good one. */
function faultsOf(
  kind: string,
  connection: Record<string, unknown> & Server,
  limits: SourceSetting['limits'],
): NonNullable<Opened['faults']> {
  const at = async (made: Promise<Station>): Promise<Faulty> => {
    const { port, close } = await made
    return { connector: connect(kind, { ...connection, host: '127.0.0.1', port }, limits).connector, close }
  }
  return {
    refuse: () => at(nobody()),
    silent: () => at(silence()),
    garbage: () => at(garbage()),
    drop: () => at(cutAfter(4_000, connection)),
    login: async () => ({ connector: connect(kind, { ...connection, user: 'gibt_es_nicht' }, limits).connector, close: async () => {} }),
  }
}

// ---- PostgreSQL ----

export function postgresBench(): Bench {
  // The source itself says in which reference system its geometries stand.
  const fit: Fit = { kind: 'postgres', column, place: table => ({ table: `kataster.${table}` }) }
  const made: { readonly database: string; readonly role: string }[] = []
  return {
    fit,
    open: async ({ town, limits }) => {
      const database = unique()
      const role = `${database}_reader`
      made.push({ database, role })
      await asPostgres('postgres', async client => {
        await client.query(`create database ${database}`)
        await client.query(`create role ${role} login password 'geheim'`)
      })
      await asPostgres(database, async client => {
        await client.query(`create extension postgis; create schema kataster; grant usage on schema kataster to ${role}`)
        for (const name of tableNames) await writePostgres(client, tableOf(town, name, fit), role)
      })
      const connection = { host: postgresServer.host, port: postgresServer.port, database, user: role, password: 'geheim' }
      const { connector, calls } = connect('postgres', connection, limits)
      const held = () =>
        asPostgres('postgres', async client => {
          const { rows } = await client.query('select count(*)::int as held from pg_stat_activity where usename = $1', [role])
          return Number(rows[0].held)
        })
      return {
        connector,
        calls,
        datasets: datasetsOf(town, fit),
        close: async () => {},
        secrets: [database, role, 'kataster'],
        held,
        faults: faultsOf('postgres', connection, limits),
      }
    },
    tidyUp: () =>
      asPostgres('postgres', async client => {
        for (const { database, role } of made) {
          await client.query(`drop database ${database} with (force)`)
          await client.query(`drop role ${role}`)
        }
      }),
  }
}

async function writePostgres(
  client: { query: (text: string, values?: unknown[]) => Promise<unknown> },
  table: TownTable,
  role: string,
): Promise<void> {
  const { name, columns, rows, key } = table
  const types: Partial<Record<TownColumn['type'], string>> = {
    int: 'bigint',
    bigint: 'bigint',
    decimal: 'numeric',
    float: 'double precision',
    boolean: 'boolean',
    date: 'date',
    time: 'time',
    point: 'geometry(Point, 25832)',
    polygon: 'geometry(Geometry, 25832)',
  }
  const typeOf = ({ type, zone }: TownColumn): string =>
    type === 'datetime' ? (zone ? 'timestamp' : 'timestamptz') : (types[type] ?? 'text')
  await client.query(
    `create table kataster.${name} (${columns.map(column => `${column.column} ${typeOf(column)}`).join(', ')}, primary key (${key.join(', ')}))`,
  )
  for (const part of portions(rows, 200)) {
    const values: unknown[] = []
    const tuples = part.map(
      row =>
        `(${row
          .map((cell, at) => {
            values.push(
              cell !== null && typeof cell === 'object'
                ? wkt(inCrs(cell as Geometry, townCrs))
                : cell === null
                  ? null
                  : stored(cell, columns[at]!),
            )
            return cell !== null && typeof cell === 'object' ? `ST_GeomFromText($${values.length}, 25832)` : `$${values.length}`
          })
          .join(', ')})`,
    )
    await client.query(`insert into kataster.${name} values ${tuples.join(', ')}`, values)
  }
  const open = columns.filter(({ column }) => column !== hiddenColumn).map(({ column }) => column)
  await client.query(`grant select (${open.join(', ')}) on kataster.${name} to ${role}`)
}

// ---- MariaDB ----

export function mariadbBench(): Bench {
  const fit: Fit = { kind: 'mariadb', column, place: table => ({ table }) }
  const made: string[] = []
  return {
    fit,
    open: async ({ town, limits }) => {
      const database = unique()
      made.push(database)
      await asMariadb(connection =>
        connection.query(`create database ${database} character set utf8mb4; create user ${database} identified by 'geheim'`),
      )
      await asMariadb(async connection => {
        for (const name of tableNames) await writeMariadb(connection, tableOf(town, name, fit), database)
      }, database)
      const connection = { host: mariadbServer.host, port: mariadbServer.port, database, user: database, password: 'geheim' }
      const { connector, calls } = connect('mariadb', connection, limits)
      const held = () =>
        asMariadb(async admin => {
          const [rows] = await admin.query('select count(*) as held from information_schema.processlist where user = ?', [database])
          return Number((rows as { held: number }[])[0]!.held)
        })
      return {
        connector,
        calls,
        datasets: datasetsOf(town, fit),
        close: async () => {},
        secrets: [database],
        held,
        faults: faultsOf('mariadb', connection, limits),
      }
    },
    tidyUp: () =>
      asMariadb(async connection => {
        for (const database of made) await connection.query(`drop database ${database}; drop user ${database}`)
      }),
  }
}

async function writeMariadb(connection: Connection, table: TownTable, user: string): Promise<void> {
  const { name, columns, rows, key } = table
  const types: Partial<Record<TownColumn['type'], string>> = {
    int: 'bigint',
    bigint: 'bigint',
    decimal: 'decimal(50, 10)',
    float: 'double',
    boolean: 'boolean',
    date: 'date',
    time: 'time(6)',
    datetime: 'datetime(6)',
    point: `point ${sridIs} 25832`,
    polygon: `geometry ${sridIs} 25832`,
  }
  const definitions = columns.map(({ column, type }) => `\`${column}\` ${types[type] ?? 'varchar(190)'}`)
  await connection.query(
    `create table \`${name}\` (${definitions.join(', ')}, primary key (${key.map(column => `\`${column}\``).join(', ')}))`,
  )
  for (const part of portions(rows, 200)) {
    const values: unknown[] = []
    const tuples = part.map(
      row =>
        `(${row
          .map((cell, at) => {
            values.push(mariadbValue(cell, columns[at]!))
            return cell !== null && typeof cell === 'object' ? 'ST_GeomFromText(?, 25832)' : '?'
          })
          .join(', ')})`,
    )
    await connection.query(`insert into \`${name}\` values ${tuples.join(', ')}`, values)
  }
  const open = columns.filter(({ column }) => column !== hiddenColumn).map(({ column }) => `\`${column}\``)
  await connection.query(`grant select (${open.join(', ')}) on \`${name}\` to ${user}`)
}

function mariadbValue(cell: Cell, column: TownColumn): unknown {
  if (cell === null) return null
  if (typeof cell === 'object') return wkt(inCrs(cell, townCrs))
  if (typeof cell === 'boolean') return cell ? 1 : 0
  return column.type === 'datetime' ? stored(cell, column)!.replace('T', ' ').replace('Z', '') : stored(cell, column)
}

function portions<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
