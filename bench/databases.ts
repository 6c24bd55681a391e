/** Which databases hold the town, how is each filled and emptied, and how do peers reach it? */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { connections } from './city.ts'
import { fillMariadb, fillPostgres, fillSqlite } from './town.ts'

export interface Database {
  /** Fills it, unless it is there from before. */
  prepare(): Promise<void>
  /** Lines of Stadttor's source file. */
  readonly source: string
  /** What the peers that are written by hand find in their environment. */
  readonly env: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** A server's database, also by another door than its own. */
export interface Served extends Database {
  readonly host: string
  readonly port: number
  through(port: number): Pick<Database, 'source' | 'env'>
}

const limits = (connections: number) => `limits: { connections: ${connections}, queue: 1000, statement: 60 s }\n`

/** @param name of the database */
export function postgresDatabase(name: string): Served {
  const server = process.env.BENCH_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const onServer = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(server)
    await client.connect()
    return work(client).finally(() => client.end())
  }
  return {
    ...served('postgres', server, name, 5432),
    prepare: async () => {
      const { rowCount } = await onServer(client => client.query('select from pg_database where datname = $1', [name]))
      if (rowCount) return
      await onServer(client => client.query(`create database ${name}`))
      await fillPostgres(urlOf(server, name).href)
    },
    remove: async () => void (await onServer(client => client.query(`drop database ${name} with (force)`))),
  }
}

/** @param name of the database */
export function mariadbDatabase(name: string): Served {
  const server = process.env.BENCH_MARIADB ?? 'mysql://root@127.0.0.1:3306/'
  const onServer = async <T>(work: (connection: mysql.Connection) => Promise<T>): Promise<T> => {
    const connection = await mysql.createConnection(server)
    return work(connection).finally(() => connection.end())
  }
  return {
    ...served('mariadb', server, name, 3306),
    prepare: async () => {
      const [found] = await onServer(connection => connection.query<mysql.RowDataPacket[]>('show databases like ?', [name]))
      if (found.length > 0) return
      await onServer(connection => connection.query(`create database ${name} character set utf8mb4`))
      await fillMariadb(urlOf(server, name).href)
    },
    remove: async () => void (await onServer(connection => connection.query(`drop database ${name}`))),
  }
}

/** @param name of a draft, which is kept; none: a file that is new */
export function sqliteDatabase(name?: string): Database {
  const folder = name === undefined ? mkdtempSync(join(tmpdir(), 'stadttor-bench-data-')) : tmpdir()
  const file = join(folder, `${name ?? 'town'}.sqlite`)
  return {
    prepare: async () => {
      if (!existsSync(file)) fillSqlite(file)
    },
    source: `kind: sqlite\nconnection: { file: ${file} }\n${limits(2)}`,
    env: { SQLITE_FILE: file },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

function served(kind: 'postgres' | 'mariadb', server: string, name: string, usualPort: number) {
  const { hostname: host, port, username, password } = new URL(server)
  const through = (port: number) => {
    const url = urlOf(server, name)
    url.port = String(port)
    const login = `user: ${username}${password && `, password: ${password}`}`
    return {
      source: `kind: ${kind}\nallowWriteAccount: true\nconnection: { host: ${host}, port: ${port}, database: ${name}, ${login} }\n${limits(connections)}`,
      env: { DATABASE_URL: url.href },
    }
  }
  return { host, port: Number(port || usualPort), through, ...through(Number(port || usualPort)) }
}

function urlOf(server: string, name: string): URL {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url
}
