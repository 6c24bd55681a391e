/** How do we speak to MySQL and MariaDB? */

import type { Connection, ConnectionOptions, FieldPacket, RowDataPacket } from 'mysql2'
import type { SourceSetting } from '../../../model/index.ts'
import type { Binding, Probe, Statement } from '../compile/index.ts'
import type { DatabaseConnection } from '../connections.ts'
import { type ColumnFacts, type Dialect, mariadb, mysql } from '../dialects/index.ts'
import { driverPackage } from './load.ts'
import type { Meter } from './meter.ts'
import { diagnose } from './mysql-diagnosis.ts'
import { type CellReader, intoCollation, readerOf, storedAs } from './mysql-facts.ts'
import type { Driver, RawRow, Session } from './session.ts'

type Source = SourceSetting<DatabaseConnection>

export function mysqlDriver(source: Source): Driver {
  return { connect: signal => connect(source, signal), diagnose }
}

async function connect(source: Source, signal: AbortSignal): Promise<Session> {
  const connection = await opened(source, signal)
  try {
    const version = (await ask(connection, 'select version()'))[0]?.[0]
    // The server knows better than the file what it is.
    const dialect = String(version).includes('MariaDB') ? mariadb : mysql
    await ask(connection, settings(dialect, source.limits.statementMs))
    await ask(connection, 'set session transaction read only')
    return new MysqlSession(source, connection, dialect)
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** What every session needs to say the same whatever the server's own configuration is. */
function settings(dialect: Dialect, statementMs: number): string {
  const limit =
    dialect.name === 'mariadb'
      ? `max_statement_time = ${statementMs / 1000}, in_predicate_conversion_threshold = 0`
      : `max_execution_time = ${statementMs}`
  // No mode: PAD_CHAR_TO_FULL_LENGTH would pad texts, HIGH_NOT_PRECEDENCE would change what `not` means.
  return `set session sql_mode = '', time_zone = '+00:00', lock_wait_timeout = ${Math.ceil(statementMs / 1000)}, ${limit}`
}

async function opened({ connection: setting }: Source, signal: AbortSignal): Promise<Connection> {
  const { createConnection } = await driverPackage('mysql2', () => import('mysql2'))
  signal.throwIfAborted()
  const options: ConnectionOptions = {
    host: setting.host,
    port: setting.port ?? 3306,
    database: setting.database,
    user: setting.user,
    password: setting.password ?? '',
    ...(setting.tls && { ssl: setting.tls === true ? {} : { ca: setting.tls.ca } }),
    charset: 'utf8mb4',
    // The driver would make Dates and floats, and objects of JSON.
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
    enableKeepAlive: true,
    maxPreparedStatements: 100,
    flags: ['-LOCAL_FILES'],
    connectAttributes: { program_name: 'stadttor' },
  }
  const connection = createConnection(options)
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      connection.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    connection.on('error', reject)
    connection.connect(error => {
      signal.removeEventListener('abort', stop)
      if (error) reject(error)
      else resolve(connection)
    })
  })
}

function ask(connection: Connection, sql: string): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    connection.query<RowDataPacket[][]>({ sql, rowsAsArray: true }, (error, rows) => {
      if (error) reject(error)
      else resolve(rows as unknown as unknown[][])
    })
  })
}

class MysqlSession implements Session {
  readonly dialect: Dialect
  readonly #source: Source
  readonly #connection: Connection
  #broken = false
  /** The driver tells the connection, and not the statement, when the line is cut. */
  #fail: (error: unknown) => void = () => {}

  constructor(source: Source, connection: Connection, dialect: Dialect) {
    this.#source = source
    this.#connection = connection
    this.dialect = dialect
    connection.on('error', error => this.#end(error))
    connection.on('end', () => this.destroy())
  }

  get broken(): boolean {
    return this.#broken
  }

  async describe(probe: Probe): Promise<readonly ColumnFacts[]> {
    const stored = (await this.#prepared(probe.text)).map(storedAs)
    const collations = stored.includes('text') ? await this.#collations(probe) : new Map<string, string>()
    return stored.map((kind, at) => {
      const collation = kind === 'text' ? collations.get(probe.columns[at]!) : undefined
      return { stored: kind, ...(collation !== undefined && { textCast: intoCollation(collation) }) }
    })
  }

  #prepared(text: string): Promise<readonly FieldPacket[]> {
    return new Promise((resolve, reject) => {
      this.#fail = reject
      this.#connection.prepare(text, (error, statement) => {
        if (error) return reject(error)
        resolve((statement as unknown as { columns: readonly FieldPacket[] }).columns)
        this.#connection.unprepare(text)
      })
    })
  }

  /** Collations of texts that are not kept in the statement's own character set. */
  #collations({ schema, table, columns }: Probe): Promise<ReadonlyMap<string, string>> {
    const places = columns.map(() => '?').join(', ')
    const sql =
      'select column_name, collation_name from information_schema.columns where table_schema = coalesce(?, database()) and table_name = ? ' +
      `and column_name in (${places}) and character_set_name <> 'utf8mb4'`
    return new Promise((resolve, reject) => {
      this.#fail = reject
      const values = [schema ?? null, table, ...columns]
      this.#connection.execute<RowDataPacket[][]>({ sql, values, rowsAsArray: true }, (error, rows) => {
        if (error) reject(error)
        else resolve(new Map((rows as unknown as string[][]).map(([column, collation]) => [column!, collation!])))
      })
    })
  }

  run({ text, bindings }: Statement, meter: Meter): Promise<readonly RawRow[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly RawRow[]>()
    this.#fail = reject
    const rows: RawRow[] = []
    let readers: readonly CellReader[] = []
    const query = this.#connection.execute({ sql: text, values: bindings.map(parameterOf), rowsAsArray: true })
    query.on('fields', (fields: unknown) => {
      readers = (fields as readonly FieldPacket[]).map(readerOf)
    })
    query.on('result', (row: unknown) => {
      try {
        const cells = (row as RawRow).map((cell, at) => readers[at]!(cell))
        meter.add(cells)
        rows.push(cells)
      } catch (error) {
        // The rest of a huge answer is not worth waiting for.
        reject(error)
        this.destroy()
      }
    })
    query.on('error', reject)
    query.on('end', () => resolve(rows))
    return promise
  }

  async cancel(): Promise<void> {
    const connection = await opened(this.#source, AbortSignal.timeout(2_000))
    connection.on('error', () => {})
    try {
      await ask(connection, `kill query ${Number(this.#connection.threadId)}`)
    } finally {
      connection.destroy()
    }
  }

  destroy(): void {
    this.#end(Object.assign(new Error('the connection was ended'), { code: 'PROTOCOL_CONNECTION_LOST' }))
  }

  #end(error: unknown): void {
    this.#broken = true
    this.#connection.destroy()
    this.#fail(error)
  }

  async close(): Promise<void> {
    if (this.#broken) return
    await new Promise<void>(resolve => {
      const done = (): void => {
        clearTimeout(timer)
        this.destroy()
        resolve()
      }
      const timer = setTimeout(done, 500)
      // The server has let go when it closes the line, not when it has been told.
      this.#connection.once('end', done)
      this.#connection.end(() => {})
    })
  }
}

function parameterOf({ value }: Binding): string | Buffer {
  return value instanceof Uint8Array ? Buffer.from(value) : String(value)
}
