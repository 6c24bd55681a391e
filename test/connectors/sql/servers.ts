/** Which database servers can these tests use? */

import mysql from 'mysql2/promise'
import pg from 'pg'

export const postgresServer = {
  host: process.env.PGHOST ?? '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  password: process.env.PGPASSWORD ?? '',
}

export const mariadbServer = {
  host: process.env.MARIADB_HOST ?? '127.0.0.1',
  port: Number(process.env.MARIADB_PORT ?? 3306),
  user: process.env.MARIADB_USER ?? 'root',
  password: process.env.MARIADB_PASSWORD ?? '',
}

/** Runs statements as the administrator of the test server. */
export async function asPostgres<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...postgresServer, database })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export async function asMariadb<T>(work: (connection: mysql.Connection) => Promise<T>, database?: string): Promise<T> {
  const connection = await mysql.createConnection({
    ...mariadbServer,
    multipleStatements: true,
    charset: 'utf8mb4',
    ...(database && { database }),
  })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

/** `undefined` when the server answers, else why not. Where tests must run, an absent server is a failure. */
async function absent(name: string, ask: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ask()
    return undefined
  } catch (error) {
    if (process.env.CI === 'true') throw error
    return `no ${name} here`
  }
}

export const noPostgres = await absent('PostgreSQL with PostGIS', () =>
  asPostgres('postgres', async client => {
    const { rowCount } = await client.query(`select 1 from pg_available_extensions where name = 'postgis'`)
    if (rowCount === 0) throw new Error('PostGIS is not installed (Debian: postgresql-15-postgis-3)')
  }),
)
export const noMariadb = await absent('MariaDB', () => asMariadb(connection => connection.query('select 1')))

/** MySQL stands in MariaDB's place, where `MARIADB_PORT` leads to one. */
export const isMysql =
  noMariadb === undefined &&
  (await asMariadb(async connection => {
    const [rows] = await connection.query('select version() as version')
    return !String((rows as { version: string }[])[0]?.version).includes('MariaDB')
  }))

/** How a column of geometries says its reference system. */
export const sridIs = isMysql ? 'srid' : 'ref_system_id ='

/** A table of whole numbers from 1 on, in a column `seq`. */
export function numbersTo(count: number): string {
  if (!isMysql) return `seq_1_to_${count}`
  return `(select row_number() over () as seq from information_schema.collations a, information_schema.collations b, information_schema.engines c limit ${count}) numbers`
}

/** `describe`, skipped with the reason in its name when the server is absent. */
export function describeWith(missing: string | undefined, name: string, body: () => void): void {
  if (missing === undefined) describe(name, body)
  else describe.skip(`${name} (${missing})`, body)
}
