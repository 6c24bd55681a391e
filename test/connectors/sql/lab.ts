/** A database of a test's own: its tables are written by hand, its columns named by hand. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Column, Connector, Dataset, KeyedRequest, Order, RowsRequest, SourceCall, SourceSetting } from '../../../src/model/index.ts'
import { engine } from '../../support/columns.ts'
import { asMariadb, asPostgres, mariadbServer, noMariadb, noPostgres, postgresServer } from './servers.ts'
import { connect, processesOn } from './towns.ts'

export type Kind = 'postgres' | 'mariadb' | 'sqlite'

export interface Lab {
  readonly kind: Kind
  /** Statements of the administrator, one after the other. */
  readonly run: (...statements: string[]) => Promise<void>
  readonly connection: Readonly<Record<string, unknown>>
  readonly open: (limits?: Partial<SourceSetting['limits']>) => { readonly connector: Connector; readonly calls: SourceCall[] }
  /** Connections of ours at the server: all of them, and those that run something. */
  readonly sessions: () => Promise<{ readonly all: number; readonly busy: number }>
  /** Cuts every connection of ours at the server. */
  readonly cut: () => Promise<void>
  readonly tidyUp: () => Promise<void>
}

export const kinds: readonly (readonly [Kind, string | undefined])[] = [
  ['postgres', noPostgres],
  ['mariadb', noMariadb],
  ['sqlite', undefined],
]

const calm: SourceSetting['limits'] = { connections: 3, statementMs: 5_000, queue: 100, bytes: 50_000_000 }

let count = 0

/** @param more what follows `create database` on PostgreSQL */
export async function openLab(kind: Kind, more = ''): Promise<Lab> {
  const name = `stadttor_test_sqllab_${process.pid}_${++count}`
  const opened: Connector[] = []
  const opener = (connection: Readonly<Record<string, unknown>>): Lab['open'] => {
    return limits => {
      const one = connect(kind, connection, { ...calm, ...limits })
      opened.push(one.connector)
      return one
    }
  }
  const closeAll = async (): Promise<void> => {
    for (const connector of opened) await connector.close()
  }
  if (kind === 'sqlite') return sqliteLab(opener, closeAll)
  return kind === 'postgres' ? postgresLab(name, more, opener, closeAll) : mariadbLab(name, opener, closeAll)
}

type Opener = (connection: Readonly<Record<string, unknown>>) => Lab['open']

async function postgresLab(name: string, more: string, opener: Opener, closeAll: () => Promise<void>): Promise<Lab> {
  await asPostgres('postgres', client => client.query(`create database ${name} ${more}`))
  await asPostgres('postgres', client => client.query(`create role ${name} login password 'geheim' in role pg_read_all_data`))
  const connection = { host: postgresServer.host, port: postgresServer.port, database: name, user: name, password: 'geheim' }
  return {
    kind: 'postgres',
    connection,
    run: (...statements) =>
      asPostgres(name, async client => {
        for (const statement of statements) await client.query(statement)
      }),
    open: opener(connection),
    sessions: () =>
      asPostgres('postgres', async client => {
        const { rows } = await client.query(
          `select count(*)::int as all, count(*) filter (where state = 'active')::int as busy from pg_stat_activity where usename = $1`,
          [name],
        )
        return rows[0]
      }),
    cut: () =>
      asPostgres('postgres', async client => {
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [name])
      }),
    tidyUp: async () => {
      await closeAll()
      await asPostgres('postgres', async client => {
        await client.query(`drop database ${name} with (force)`)
        await client.query(`drop role ${name}`)
      })
    },
  }
}

async function mariadbLab(name: string, opener: Opener, closeAll: () => Promise<void>): Promise<Lab> {
  await asMariadb(admin =>
    admin.query(
      `create database ${name} character set utf8mb4 collate utf8mb4_general_ci; create user ${name} identified by 'geheim'; grant all on ${name}.* to ${name}`,
    ),
  )
  const connection = { host: mariadbServer.host, port: mariadbServer.port, database: name, user: name, password: 'geheim' }
  const processes = (what: string) =>
    asMariadb(async admin => {
      const [rows] = await admin.query(`select ${what} from information_schema.processlist where user = ?`, [name])
      return rows as Record<string, number>[]
    })
  return {
    kind: 'mariadb',
    connection,
    run: (...statements) =>
      asMariadb(async admin => {
        for (const statement of statements) await admin.query(statement)
      }, name),
    open: opener(connection),
    sessions: async () => {
      const [row] = await processes(`count(*) as 'all', coalesce(sum(command <> 'Sleep'), 0) as busy`)
      return { all: Number(row!.all), busy: Number(row!.busy) }
    },
    cut: async () => {
      const ids = await processes('id')
      await asMariadb(async admin => {
        for (const { id } of ids) await admin.query(`kill ${id}`)
      })
    },
    tidyUp: async () => {
      await closeAll()
      await asMariadb(admin => admin.query(`drop database ${name}; drop user ${name}`))
    },
  }
}

function sqliteLab(opener: Opener, closeAll: () => Promise<void>): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-sql-lab-'))
  const file = join(folder, 'lab.db')
  return {
    kind: 'sqlite',
    connection: { file },
    run: async (...statements) => {
      const database = new Sqlite(file)
      for (const statement of statements) database.exec(statement)
      database.close()
    },
    open: opener({ file }),
    sessions: async () => ({ all: processesOn(file), busy: 0 }),
    cut: async () => {},
    tidyUp: async () => {
      await closeAll()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A table as a dataset, with its key. */
export function tableAs(table: string, key = engine('id', 'int')): Dataset {
  return {
    id: table,
    title: { de: table, en: table },
    owner: { department: 'Amt' },
    licence: 'dl-de/by-2-0',
    themes: [],
    names: { type: 'Ding', one: 'ding', many: 'dinge' },
    source: { id: 'lab', kind: 'sql', title: 'Labor' },
    place: { table },
    can: { filter: {}, sort: [], group: [], aggregate: [], paging: 'keyset' },
    key: [key],
    fields: [],
    relations: [],
    freshForSeconds: 0,
    staleForSeconds: 0,
    hash: '1',
  }
}

export function rowsOf(dataset: Dataset, columns: readonly Column[], more: Partial<RowsRequest> = {}): RowsRequest {
  const orderBy: readonly Order[] = dataset.key.map(column => ({ column, direction: 'asc', nulls: 'last' }))
  return { kind: 'rows', dataset, columns, orderBy, limit: 1_000, ...more }
}

export function keysOf(dataset: Dataset, match: Column, keys: readonly string[], more: Partial<KeyedRequest> = {}): KeyedRequest {
  const orderBy: readonly Order[] = dataset.key.map(column => ({ column, direction: 'asc', nulls: 'last' }))
  return { kind: 'keyed', dataset, columns: [match], match: [match], keys: keys.map(key => [key]), orderBy, perKey: 10, ...more }
}
