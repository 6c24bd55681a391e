/** How does a database answer a request? */

import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel'
import {
  type Answer,
  type Connector,
  type ConnectorServices,
  GatewayError,
  type ReadContext,
  type SourceRequest,
  type SourceSetting,
  sourceFailure,
} from '../../model/index.ts'
import { capabilities } from './capabilities.ts'
import { type Compiled, type Context, compile, type Probe, type Statement } from './compile/index.ts'
import { Meter } from './drivers/meter.ts'
import type { Driver, RawRow, Session } from './drivers/session.ts'
import { Memory } from './facts.ts'
import { Failed, failed } from './failures.ts'
import { GoneColumns } from './gone.ts'
import { openPool, type Pool } from './pool.ts'
import { readRows } from './response.ts'
import { deadlineOf, settled, stoppable } from './stop.ts'

/** Making a connection may take so long, whatever a statement may take. */
const connectMs = 5_000
/** A statement is ended by the server; when the server has not done it so much later, by us. */
const graceMs = 250

/** A connector over any driver. Nothing is connected before the first request. */
export function openDatabase(source: SourceSetting, services: ConnectorServices, driver: Driver): Connector {
  const database = new Database(source, services, driver)
  return { capabilities, read: (request, context) => database.read(request, context), close: () => database.close() }
}

class Database {
  readonly #source: SourceSetting
  readonly #services: ConnectorServices
  readonly #driver: Driver
  readonly #pool: Pool
  readonly #gate: BulkheadPolicy
  readonly #memory = new Memory()
  readonly #gone = new GoneColumns()
  readonly #leaving = new AbortController()
  #closed: Promise<void> | undefined

  constructor(source: SourceSetting, services: ConnectorServices, driver: Driver) {
    const { connections, queue } = source.limits
    this.#source = source
    this.#services = services
    this.#driver = driver
    this.#pool = openPool(driver, connections, connectMs)
    this.#gate = bulkhead(connections, queue)
  }

  /** Waits no longer than the caller does; what runs at the source is ended behind the caller's back. */
  async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
    const deadline = deadlineOf(context, this.#leaving.signal)
    try {
      deadline.signal.throwIfAborted()
      if (request.kind === 'keyed' && request.keys.length === 0) return { rows: [], asOf: Date.now() }
      const work = this.#gate.execute(() => this.#answer(request, deadline.signal), deadline.signal)
      return await Promise.race([work, settled(deadline.signal)])
    } catch (error) {
      deadline.signal.throwIfAborted()
      if (error instanceof BulkheadRejectedError) {
        throw sourceFailure('SOURCE_BUSY', `source ${this.#source.id}: ${this.#source.limits.queue} callers are waiting already`)
      }
      throw error
    } finally {
      deadline.clear()
    }
  }

  close(): Promise<void> {
    // Who still waits is told at once; their statements are ended at the source before the connections are given back.
    this.#leaving.abort(sourceFailure('SOURCE_UNAVAILABLE', `source ${this.#source.id} is closed`))
    this.#closed ??= this.#pool.close().then(() => this.#driver.close?.())
    return this.#closed
  }

  async #answer(request: SourceRequest, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.#once(request, signal)
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      if (error.again === undefined || signal.aborted || this.#services.mayRetry?.() === false) throw error.failure
      if (error.again === 'newConnection') this.#pool.retire()
      return await this.#once(request, signal).catch(plain)
    }
  }

  /** The failure by the columns that are gone, where it is some of them and not the whole table. */
  async #named(failure: GatewayError, request: SourceRequest, session: Session, signal: AbortSignal): Promise<GatewayError> {
    if (failure.gone.length > 0 || session.broken || signal.aborted) return failure
    const describe = (probe: Probe) => this.#exchange(session, signal, probe, () => session.describe(probe))
    return this.#gone.find(failure, request, session.dialect, describe).catch(() => failure)
  }

  async #once(request: SourceRequest, signal: AbortSignal): Promise<Answer> {
    const session = await this.#connected(signal)
    try {
      return await this.#ask(request, session, signal)
    } catch (error) {
      const failure = error instanceof Failed ? error.failure : error
      if (!(failure instanceof GatewayError) || failure.code !== 'SOURCE_CHANGED') throw error
      this.#memory.forget(request.dataset)
      throw new Failed(await this.#named(failure, request, session, signal), error instanceof Failed ? error.again : undefined)
    } finally {
      this.#pool.release(session)
    }
  }

  async #connected(signal: AbortSignal): Promise<Session> {
    signal.throwIfAborted()
    const session = await this.#pool.acquire().catch(error => {
      throw failed(error, this.#driver)
    })
    if (!signal.aborted) return session
    this.#pool.release(session)
    throw signal.reason
  }

  async #ask(request: SourceRequest, session: Session, signal: AbortSignal): Promise<Answer> {
    const gone = this.#gone.known(request)
    if (gone) throw gone
    const asOf = Date.now()
    const meter = new Meter(this.#source.limits.bytes)
    const run = (statement: Statement): Promise<readonly RawRow[]> => {
      this.#services.call({ source: this.#source.id, dataset: request.dataset.id, means: 'sql', statement: statement.text })
      return this.#exchange(session, signal, statement, () => session.run(statement, meter))
    }
    const describe = (probe: Probe) => this.#exchange(session, signal, probe, () => session.describe(probe))
    const lookUp = (name: string) =>
      this.#exchange(session, signal, { text: `the catalogue's entry of ${name}`, bindings: [] }, () => session.lookUp!(name))
    const known = await this.#memory.factsFor(request, session.dialect, { describe, run, ...(session.lookUp && { lookUp }) })
    const context: Context = { dialect: session.dialect, dataset: request.dataset, ...known }
    const { statements, readers }: Compiled = compile(request, context)
    const raw: RawRow[] = []
    for (const statement of statements) for (const row of await run(statement)) raw.push(row)
    const { rows, problems } = readRows(readers, raw)
    return { rows, asOf, ...(Object.keys(problems).length > 0 && { problems }) }
  }

  /** One thing asked of the source, ended at the source when it takes too long or nobody waits any more. */
  async #exchange<T>(session: Session, signal: AbortSignal, statement: Statement, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    try {
      return await stoppable(session, signal, this.#source.limits.statementMs + graceMs, work)
    } catch (error) {
      throw failed(error, this.#driver, statement.text)
    }
  }
}

function plain(error: unknown): never {
  throw error instanceof Failed ? error.failure : error
}
