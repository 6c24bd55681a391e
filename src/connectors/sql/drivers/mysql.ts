/** How do we speak to MySQL and MariaDB? */

import { connect as connectSocket, type Socket } from 'node:net'
import type { Connection, ConnectionOptions, FieldPacket, RowDataPacket } from 'mysql2'
import type { SourceSetting } from '../../../model/index.ts'
import type { Binding, Probe, Reader, Statement } from '../compile/index.ts'
import type { DatabaseConnection } from '../connections.ts'
import { type ColumnFacts, type Dialect, mariadb, mysql, type TableFacts } from '../dialects/index.ts'
import { driverPackage } from './load.ts'
import type { Meter } from './meter.ts'
import { diagnose } from './mysql-diagnosis.ts'
import { type CellReader, intoCollation, readerOf, storedAs, tableFacts } from './mysql-facts.ts'
import { packsOf, takeRows } from './mysql-packed.ts'
import { MysqlRows } from './mysql-rows.ts'
import { type Packed, Packer, unfold } from './packer.ts'
import type { Cursor, Driver, RawRow, Session } from './session.ts'

type Source = SourceSetting<DatabaseConnection>

export function mysqlDriver(source: Source): Driver {
  return { connect: signal => connect(source, signal), diagnose, cursors: true, totals: true, packs: true }
}

async function connect(source: Source, signal: AbortSignal): Promise<Session> {
  const { connection, socket } = await opened(source, signal)
  try {
    const version = (await ask(connection, 'select version()'))[0]?.[0]
    // The server knows better than the file what it is.
    const dialect = String(version).includes('MariaDB') ? mariadb : mysql
    await ask(connection, settings(dialect, source.limits.statementMs))
    await ask(connection, 'set session transaction read only')
    return new MysqlSession(source, connection, socket, dialect)
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** The server is not to lose patience with a reader who takes his time: sending counts as running there. */
function patient(dialect: Dialect, patienceMs: number): string {
  const writing = `net_write_timeout = ${Math.ceil(patienceMs / 1000)}`
  return dialect.name === 'mariadb'
    ? `set session max_statement_time = ${patienceMs / 1000}, ${writing}`
    : `set session max_execution_time = ${Math.ceil(patienceMs)}, ${writing}`
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

interface Line {
  readonly connection: Connection
  /** Our own: the driver only ever says goodbye, which a server that is busy sending does not hear. */
  readonly socket: Socket
}

async function opened({ connection: setting }: Source, signal: AbortSignal): Promise<Line> {
  const { createConnection } = await driverPackage('mysql2', () => import('mysql2'))
  signal.throwIfAborted()
  const socket = connectSocket({ host: setting.host, port: setting.port ?? 3306, keepAlive: true, noDelay: true })
  const options: ConnectionOptions = {
    stream: () => socket,
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
    maxPreparedStatements: 100,
    flags: ['-LOCAL_FILES'],
    connectAttributes: { program_name: 'stadttor' },
  }
  const connection = createConnection(options)
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      connection.destroy()
      socket.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    connection.on('error', reject)
    connection.connect(error => {
      signal.removeEventListener('abort', stop)
      if (error) reject(error)
      else resolve({ connection, socket })
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
  readonly #socket: Socket
  #broken = false
  /** The driver tells the connection, and not the statement, when the line is cut. */
  #fail: (error: unknown) => void = () => {}

  constructor(source: Source, connection: Connection, socket: Socket, dialect: Dialect) {
    this.#source = source
    this.#connection = connection
    this.#socket = socket
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

  run(statement: Statement, meter: Meter): Promise<readonly RawRow[]> {
    return this.#select(statement, meter) as Promise<readonly RawRow[]>
  }

  pack(statement: Statement, readers: readonly Reader[], meter: Meter): Promise<Packed | readonly RawRow[]> {
    return this.#select(statement, meter, readers)
  }

  #select({ text, bindings }: Statement, meter: Meter, wanted?: readonly Reader[]): Promise<Packed | readonly RawRow[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Packed | readonly RawRow[]>()
    this.#fail = reject
    const wrong = (error: unknown): void => {
      // The rest of a huge answer is not worth waiting for.
      reject(error)
      this.destroy()
    }
    const rows: RawRow[] = []
    let readers: readonly CellReader[] = []
    let packer: Packer | undefined
    const query = this.#connection.execute({ sql: text, values: bindings.map(parameterOf), rowsAsArray: true })
    query.on('fields', (fields: unknown) => {
      const packs = wanted && packsOf(fields as readonly FieldPacket[], wanted)
      if (packs) {
        packer = new Packer()
        takeRows(query, packs, packer, meter, wrong)
      } else readers = (fields as readonly FieldPacket[]).map(readerOf)
    })
    query.on('result', (row: unknown) => {
      if (packer) return
      try {
        const cells = (row as RawRow).map((cell, at) => readers[at]!(cell))
        meter.add(cells)
        rows.push(cells)
      } catch (error) {
        wrong(error)
      }
    })
    query.on('error', reject)
    query.on('end', () => resolve(packer && wanted ? unfold(packer.end(), wanted) : rows))
    return promise
  }

  async lookUp(name: string): Promise<TableFacts> {
    const rows = await this.#ask(`show index from ${name}`).catch(error => {
      // An account may be allowed to read, and not to look around.
      if (diagnose(error).code === 'SOURCE_REFUSED') return []
      throw error
    })
    return tableFacts(rows)
  }

  #ask(sql: string): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      this.#fail = reject
      ask(this.#connection, sql).then(resolve, reject)
    })
  }

  /** The rows as the server sends them; it waits while nobody fetches. */
  async open({ text, bindings }: Statement, patienceMs: number): Promise<Cursor> {
    await this.#set(patient(this.dialect, patienceMs))
    const rows = new MysqlRows(this.#connection, { sql: text, values: bindings.map(parameterOf), rowsAsArray: true })
    this.#fail = error => rows.fail(error)
    return {
      next: meter => rows.next(meter),
      done: () => this.#set(`${settings(this.dialect, this.#source.limits.statementMs)}, net_write_timeout = default`),
    }
  }

  #set(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#fail = reject
      this.#connection.query(sql, error => (error ? reject(error) : resolve()))
    })
  }

  async cancel(): Promise<void> {
    const { connection } = await opened(this.#source, AbortSignal.timeout(2_000))
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
    this.#socket.destroy()
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
