/** Databases to look at, with an account of their own for the gateway, and introspectors for them. */

import { connectorModules } from '../../../src/connectors/index.ts'
import type { Introspector, ItemDescription, SourceCall, StoredColumn } from '../../../src/model/index.ts'
import { asMariadb, asPostgres, mariadbServer, postgresServer } from './servers.ts'

const sql = await connectorModules(['postgres', 'mysql', 'sqlite', 'mssql', 'oracle'])

const ends: (() => unknown)[] = []

/** To be called after each test. */
export async function tidyUp(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}

/** To be ended after the test. */
export function later(end: () => unknown): void {
  ends.push(end)
}

let count = 0

/** A name that no other test has. */
export function unique(): string {
  return `stadttor_test_look_${process.pid}_${++count}`
}

export function look(kind: string, connection: unknown, folder = '.'): { introspector: Introspector; calls: SourceCall[] } {
  const module = sql.find(({ kinds }) => kinds.includes(kind))!
  const calls: SourceCall[] = []
  const limits = { connections: 2, statementMs: 5_000, queue: 10, bytes: 10_000_000 }
  const source = { id: 'amt', kind, title: 'Amt', connection: module.connection.parse(connection), limits }
  const introspector = module.introspect!(source, { call: call => void calls.push(call), warn: () => {}, folder })
  ends.push(() => introspector.close())
  return { introspector, calls }
}

export interface Made {
  readonly database: string
  readonly user: string
  /** As a source file writes it. */
  readonly connection: Readonly<Record<string, unknown>>
  /** Runs statements as the administrator. */
  readonly run: (statements: string) => Promise<void>
}

/** A PostgreSQL database with a role that has been granted nothing yet. */
export async function postgresWith(statements: string): Promise<Made> {
  const database = unique()
  await asPostgres('postgres', client => client.query(`create database ${database}`))
  await asPostgres('postgres', client => client.query(`create role ${database} login password 'geheim'`))
  ends.push(() =>
    asPostgres('postgres', async client => {
      await client.query(`drop database ${database} with (force)`)
      await client.query(`drop role ${database}`)
    }),
  )
  const run = (text: string) => asPostgres(database, async client => void (await client.query(text)))
  await run(statements)
  const { host, port } = postgresServer
  return { database, user: database, run, connection: { host, port, database, user: database, password: 'geheim' } }
}

/** A MariaDB database with a user that has been granted nothing yet. */
export async function mariadbWith(statements: string): Promise<Made> {
  const database = unique()
  await asMariadb(admin => admin.query(`create database ${database} character set utf8mb4; create user ${database} identified by 'geheim'`))
  ends.push(() => asMariadb(admin => admin.query(`drop database ${database}; drop user ${database}`)))
  const run = (text: string) => asMariadb(async admin => void (await admin.query(text)), database)
  await run(statements)
  const { host, port } = mariadbServer
  return { database, user: database, run, connection: { host, port, database, user: database, password: 'geheim' } }
}

export function columnIn({ columns }: ItemDescription, name: string): StoredColumn {
  return columns.find(({ column }) => column === name)!
}
