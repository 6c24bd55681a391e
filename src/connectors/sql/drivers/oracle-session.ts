/** How does one connection to Oracle Database describe, run and end statements? */

import type { BindParameter, Connection, ExecuteOptions, ResultSet } from 'oracledb'
import type { Binding, Probe, Statement } from '../compile/index.ts'
import { type ColumnFacts, type Dialect, oracle as dialect, longestRaw } from '../dialects/index.ts'
import type { Meter } from './meter.ts'
import { factsOf, fetchedAs, type OraclePackage } from './oracle-columns.ts'
import type { Line } from './oracle-line.ts'
import type { RawRow, Session } from './session.ts'

/** What every session needs to say the same whatever the server's own configuration is. The language comes first: it sets others anew. */
const settings = [
  `NLS_LANGUAGE = 'AMERICAN'`,
  `NLS_NUMERIC_CHARACTERS = '.,'`,
  `NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS'`,
  `NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9'`,
  `NLS_CALENDAR = 'GREGORIAN'`,
  `NLS_COMP = 'BINARY'`,
  `NLS_SORT = 'BINARY'`,
  `TIME_ZONE = '+00:00'`,
].join(' ')

/** The first release whose sessions can be read-only once and for all; 23 with eight digits behind it, as the driver counts. */
const readOnlySessions = 2_300_000_000

/** Rows that come with the answer itself: more than most pages have, few enough to be no burden when each is large. */
const firstRows = 256
/** Later portions are as large as fits into so many bytes. */
const portionBytes = 4_000_000
const mostRows = 2_000
/** Bytes on the wire for one byte of an answer, and for all that goes on besides. */
const wire = { factor: 2, more: 4_000_000 } as const
const watchMs = 100

export class OracleSession implements Session {
  readonly dialect: Dialect = dialect
  readonly #oracle: OraclePackage
  readonly #connection: Connection
  readonly #line: Line
  readonly #options: ExecuteOptions
  /** The session itself may only read, so no transaction has to say so. */
  #readsOnly = false
  #inTransaction = false
  #ending: Promise<void> | undefined
  #running = 0
  #broken = false

  /** @param statementMs time that one exchange with the server may take */
  constructor(oracle: OraclePackage, connection: Connection, line: Line, statementMs: number) {
    this.#oracle = oracle
    this.#connection = connection
    this.#line = line
    this.#options = {
      resultSet: true,
      outFormat: oracle.OUT_FORMAT_ARRAY,
      prefetchRows: firstRows,
      fetchArraySize: firstRows,
      fetchTypeHandler: column => fetchedAs(column, oracle),
    }
    connection.callTimeout = Math.max(1, Math.round(statementMs))
    // What an administrator sees in V$SESSION.
    connection.module = 'stadttor'
  }

  get broken(): boolean {
    return this.#broken || this.#line.closed
  }

  /** Says once what holds for every statement. */
  async prepare(): Promise<void> {
    await this.#call(() => this.#connection.execute(`alter session set ${settings}`))
    if (this.#connection.oracleServerVersion < readOnlySessions) return
    try {
      await this.#call(() => this.#connection.execute('alter session set READ_ONLY = TRUE'))
      this.#readsOnly = true
    } catch (error) {
      if (this.broken) throw error
    }
  }

  async describe({ text }: Probe): Promise<readonly ColumnFacts[]> {
    const { metaData = [] } = await this.#call(() => this.#connection.getStatementInfo(text))
    return metaData.map(column => factsOf(column, this.#oracle))
  }

  async run({ text, bindings }: Statement, meter: Meter): Promise<readonly RawRow[]> {
    await this.#begin()
    const values = bindings.map(binding => this.#bound(binding))
    return await this.#watched(meter, async () => {
      const { resultSet } = await this.#call(() => this.#connection.execute<unknown[]>(text, values, this.#options))
      return await this.#rows(resultSet!, meter)
    })
  }

  /** Oracle takes a break over the connection itself. What runs fails with ORA-01013, and the connection can be used again. */
  async cancel(): Promise<void> {
    if (this.#running > 0) await this.#connection.break()
  }

  rest(): void {
    if (!this.#inTransaction || this.broken) return
    this.#inTransaction = false
    this.#ending = this.#call(() => this.#connection.rollback()).catch(() => this.destroy())
  }

  destroy(): void {
    this.#broken = true
    this.#line.cut()
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.destroy(), 500)
    await this.#connection.close().catch(() => {})
    clearTimeout(timer)
    // The driver listens to what comes after its goodbye, and is not prepared for it.
    this.destroy()
  }

  async #rows(resultSet: ResultSet<unknown[]>, meter: Meter): Promise<RawRow[]> {
    const rows: RawRow[] = []
    const before = meter.left
    try {
      for (let portion = firstRows; ; portion = portionAfter(rows.length, before - meter.left)) {
        const more = await this.#call(() => resultSet.getRows(portion))
        // Only nothing is the end: a server may send fewer rows than it is asked for. Once it has said so, asking costs nothing.
        if (more.length === 0) return rows
        for (const row of more) meter.add(row)
        rows.push(...more)
      }
    } finally {
      if (!this.broken) await resultSet.close()
    }
  }

  /**
   * A read-only transaction around the statements of a request: what changes anything fails (ORA-01456), and all see the same rows. It
   * costs a round trip before the first statement; the one that ends it is made when nobody waits any more.
   */
  async #begin(): Promise<void> {
    await this.#ending
    if (this.#readsOnly || this.#inTransaction) return
    await this.#call(() => this.#connection.execute('set transaction read only'))
    this.#inTransaction = true
  }

  /**
   * One exchange with the server. Whatever fails that is not the server's own word leaves the driver in a state that nobody knows.
   */
  async #call<T>(work: () => Promise<T>): Promise<T> {
    this.#running++
    try {
      return await work()
    } catch (error) {
      if (!isServersWord(error)) this.destroy()
      throw error
    } finally {
      this.#running--
    }
  }

  /** Ends an answer whose bytes are too many before they have become rows: a single large object can be larger than all memory. */
  async #watched<T>(meter: Meter, work: () => Promise<T>): Promise<T> {
    const most = this.#line.bytes + meter.left * wire.factor + wire.more
    const timer = setInterval(() => {
      if (this.#line.bytes > most) this.destroy()
    }, watchMs)
    try {
      return await work()
    } catch (error) {
      if (this.#line.bytes > most) meter.overflow()
      throw error
    } finally {
      clearInterval(timer)
    }
  }

  #bound({ value, type }: Binding): BindParameter {
    const { DB_TYPE_NUMBER, DB_TYPE_RAW, DB_TYPE_BLOB, DB_TYPE_VARCHAR } = this.#oracle
    if (type === 'count') return { val: value, type: DB_TYPE_NUMBER }
    if (value instanceof Uint8Array) return { val: Buffer.from(value), type: value.byteLength > longestRaw ? DB_TYPE_BLOB : DB_TYPE_RAW }
    // Never as a Date or a number: the statement says what becomes of the text.
    return { val: String(value), type: DB_TYPE_VARCHAR }
  }
}

function portionAfter(rows: number, bytes: number): number {
  return Math.min(Math.max(Math.floor((portionBytes * rows) / Math.max(bytes, 1)), 1), mostRows)
}

/** An error of the server's after which the conversation goes on as if nothing had been; NJS-123 stands for one that we caused. */
function isServersWord(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('ORA-') || code === 'NJS-123'
}
