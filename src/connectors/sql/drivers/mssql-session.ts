/**
 * How is one connection to SQL Server used? Through tedious, the driver beneath `mssql` and knex: one connection per session, no state
 * that two of them share. (Through knex 3.3 one source was answered with another's rows; `mssql` would bring a second pool, and a
 * question of its own before each of ours.)
 *
 * Runs in a thread of its own, see `mssql-thread.ts`.
 */

import type { Connection, ConnectionConfiguration, Request } from 'tedious'
import type { ColumnFacts } from '../dialects/index.ts'
import { AnswerReader, type CellTold, type ColumnTold } from './mssql-answer.ts'
import { factsOf } from './mssql-facts.ts'
import { type Login, type Trouble, trouble, troubles } from './mssql-messages.ts'
import type { Parameter } from './mssql-parameters.ts'
import { type Line, openLine } from './mssql-socket.ts'
import type { RawRow } from './session.ts'

type Tedious = typeof import('tedious')

/** A server that does not take a cancellation for so long is left. */
const cancelMs = 2_000
const connectMs = 10_000
/** Waiting for somebody else's lock is no use of a caller's time. */
const lockMs = 2_000
const watchMs = 50

type Sends = 'execSql' | 'execSqlBatch' | 'callProcedure'

export class TediousSession {
  readonly #tedious: Tedious
  readonly #login: Login
  readonly #connection: Connection
  /** What the server said before and while we logged in. */
  readonly #refusals: Refusal[] = []
  #line: Line | undefined
  #running: Request | undefined
  #ended = false

  /** @param gone called once, when the connection is no more */
  constructor(tedious: Tedious, login: Login, gone: () => void) {
    this.#tedious = tedious
    this.#login = login
    this.#connection = new tedious.Connection(configuration(login, to => this.#open(to)))
    // Failures reach whoever waits by the callback of the request; without a listener they would end the thread.
    this.#connection.on('error', () => {})
    this.#connection.on('secure', () => this.#line?.secured())
    this.#connection.on('errorMessage', refusal => this.#refusals.push(refusal))
    this.#connection.on('end', gone)
  }

  /** @throws Error & Trouble */
  async connect(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#connection.connect(error => (error ? reject(plain(error, this.#refusals)) : resolve()))
    })
    const lock = Math.min(this.#login.statementMs, lockMs)
    // Read committed, as the driver has set it. Where readers and writers stand in each other's way, the database is better off with
    // READ_COMMITTED_SNAPSHOT on; in a deadlock it is us who give way.
    await this.#ask(`set lock_timeout ${lock}\nset deadlock_priority low`, 'execSqlBatch', [])
  }

  /** @throws Error & Trouble */
  async describe(text: string): Promise<readonly ColumnFacts[]> {
    const statement: NamedParameter = { name: 'tsql', type: 'NVarChar', value: text, length: text.length }
    const { names, rows } = await this.#ask('sp_describe_first_result_set', 'callProcedure', [statement])
    const [hidden, system, user] = ['is_hidden', 'system_type_name', 'user_type_name'].map(name => names.indexOf(name))
    if (system === undefined || system < 0) throw trouble(troubles.protocol, 'a description without types')
    return rows.filter(row => row[hidden!] !== true).map(row => factsOf(textOf(row[system]), textOf(row[user!])))
  }

  /**
   * Up to and including the row that goes beyond the limit.
   *
   * @throws Error & Trouble
   */
  async run(text: string, parameters: readonly Parameter[], limitBytes: number): Promise<readonly RawRow[]> {
    const named = parameters.map((parameter, at) => ({ ...parameter, name: `p${at}` }))
    return (await this.#ask(text, 'execSql', named, limitBytes)).rows
  }

  /** What runs fails when the server has heard of it; the connection can be used again. */
  cancel(): void {
    this.#running?.cancel()
  }

  /** Ends the connection. What runs fails. */
  end(): void {
    this.#ended = true
    // What is cancelled first is ended cleanly; the driver would stumble over an answer whose request is gone.
    this.#running?.cancel()
    this.#connection.close()
    this.#line?.socket.destroy()
  }

  /** @param to where the server sends us on to: a readable copy of an availability group */
  async #open(to: Place): Promise<Line['socket']> {
    this.#line = await openLine(to.host, to.port, this.#login.encrypt === true)
    if (this.#ended) this.#line.socket.destroy()
    return this.#line.socket
  }

  async #ask(
    text: string,
    sends: Sends,
    parameters: readonly NamedParameter[],
    limitBytes = Number.POSITIVE_INFINITY,
  ): Promise<AnswerReader> {
    const answer = new AnswerReader(limitBytes)
    const over = Promise.withResolvers<Error | undefined>()
    const request = new this.#tedious.Request(text, error => over.resolve(error ?? undefined))
    let wrong: unknown
    const stop = (why: unknown): void => {
      wrong ??= why
      request.cancel()
    }
    hear(request, answer, stop)
    this.#bind(request, parameters)
    const { statementMs } = this.#login
    const late = setTimeout(() => stop(trouble(troubles.timeout, `no whole answer within ${statementMs} ms`)), statementMs)
    const watching = this.#watch(limitBytes, () => stop(trouble(troubles.tooLarge, 'more bytes than the answer may have')))
    this.#running = request
    this.#connection[sends](request)
    const error = await over.promise
    this.#running = undefined
    clearTimeout(late)
    clearInterval(watching)
    if (wrong) throw wrong
    // Cancelled because the limit was met: what is there is what was asked for.
    if (answer.full) return answer
    if (error) throw plain(error)
    answer.check()
    return answer
  }

  #bind(request: Request, parameters: readonly NamedParameter[]): void {
    for (const { name, type, value, length } of parameters) {
      const sent = value instanceof Uint8Array ? Buffer.from(value) : value
      request.addParameter(name, this.#tedious.TYPES[type], sent, length === undefined ? {} : { length })
    }
  }

  /** Counts bytes as they arrive: one value may be larger than a whole answer may be, and the driver shows only whole rows. */
  #watch(limitBytes: number, tooLarge: () => void): NodeJS.Timeout | undefined {
    const socket = this.#line?.socket
    if (!socket || limitBytes === Number.POSITIVE_INFINITY) return undefined
    // Letters take two bytes on the way, and small answers come in packets as well.
    const most = socket.bytesRead + 4 * limitBytes + 1_000_000
    return setInterval(() => {
      if (socket.bytesRead > most) tooLarge()
    }, watchMs)
  }
}

/** Everything that the driver tells of an answer. Of a cancelled one it tells nothing more. */
function hear(request: Request, answer: AnswerReader, stop: (why: unknown) => void): void {
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch (why) {
      stop(why)
    }
  }
  // The driver's own limit ends with the first bytes of an answer; the rest could trickle for ever.
  request.setTimeout(0)
  request.on('columnMetadata', (columns: unknown) => attempt(() => answer.columns(columns as readonly ColumnTold[])))
  request.on('row', (cells: unknown) =>
    attempt(() => {
      answer.row(cells as readonly CellTold[])
      if (answer.full) request.cancel()
    }),
  )
  request.on('doneInProc', rows => answer.counts(rows))
  for (const last of ['done', 'doneProc'] as const) request.on(last as 'done', (_rows, more) => void (more || answer.ends()))
}

interface NamedParameter extends Parameter {
  readonly name: string
}

interface Place {
  readonly host: string
  readonly port: number
}

function configuration(login: Login, open: (to: Place) => Promise<Line['socket']>): ConnectionConfiguration {
  return {
    server: login.host,
    authentication: { type: 'default', options: { userName: login.user, password: login.password } },
    options: {
      // The driver names the place, although its types do not say so.
      connector: open as unknown as () => Promise<Line['socket']>,
      ...(login.instance === undefined ? { port: login.port ?? 1433 } : { instanceName: login.instance }),
      database: login.database,
      encrypt: login.encrypt,
      trustServerCertificate: login.trustServerCertificate,
      ...(login.serverName !== undefined && { serverName: login.serverName }),
      ...(login.ca !== undefined && { cryptoCredentialsDetails: { ca: login.ca } }),
      appName: 'stadttor',
      // Lets an availability group choose a readable copy. It is routing, no lock: only the account's rights keep us from writing.
      readOnlyIntent: true,
      connectTimeout: connectMs,
      requestTimeout: 0,
      cancelTimeout: cancelMs,
      maxRetriesOnTransientErrors: 0,
      dateFormat: 'ymd',
      useColumnNames: false,
    },
  }
}

interface Refusal {
  readonly number: number
  readonly message: string
}

/**
 * The driver's error, by the server's numbers where it has some.
 *
 * @param refusals of a login, which the driver reduces to the last one and takes the number from
 */
function plain(error: Error, refusals: readonly Refusal[] = []): Error & Trouble {
  const all: readonly unknown[] = error instanceof AggregateError ? error.errors : [error]
  const raised = refusals.length > 0 ? refusals : all.filter(isRefusal)
  if (raised.length === 0) return deepest(error)
  const numbers = raised.map(({ number }) => number)
  return trouble(numbers.join(', '), raised.map(({ message }) => message).join(' '), numbers)
}

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'number' in error && typeof error.number === 'number'
}

/** What lies deepest says most: the driver wraps a refused connection, and ours that will not carry a login. */
function deepest(error: Error): Error & Trouble {
  const { cause } = error
  if (cause instanceof Error && 'code' in cause) return deepest(cause)
  return trouble('code' in error ? String(error.code) : 'ESOCKET', error.message)
}

function textOf(cell: unknown): string | null {
  return typeof cell === 'string' ? cell : null
}
