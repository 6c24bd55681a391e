/** How does a database answer a request? */

import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel'
import {
  type Answer,
  type Connector,
  type ConnectorServices,
  GatewayError,
  type PackedAnswer,
  type ReadContext,
  type RowsRequest,
  type SourceRequest,
  type SourceSetting,
  type StreamRequest,
  sourceFailure,
} from '../../model/index.ts'
import { capabilities } from './capabilities.ts'
import { type Compiled, type Context, compile, type Probe, type Reader, type Statement } from './compile/index.ts'
import { Meter } from './drivers/meter.ts'
import { isPackable } from './drivers/packer.ts'
import type { Cursor, Driver, RawRow, Session } from './drivers/session.ts'
import { Memory } from './facts.ts'
import { Failed, failed } from './failures.ts'
import { GoneColumns } from './gone.ts'
import { openPool, type Pool } from './pool.ts'
import { readRows } from './response.ts'
import { deadlineOf, end, settled, stoppable } from './stop.ts'

/** Making a connection may take so long, whatever a statement may take. */
const connectMs = 5_000
/** A statement is ended by the server; when the server has not done it so much later, by us. */
const graceMs = 250

/** A select that is being fetched. */
interface Opened extends Pick<Compiled, 'readers'> {
  readonly session: Session
  readonly cursor: Cursor
  readonly statement: Statement
  readonly asOf: number
}

/** A connector over any driver. Nothing is connected before the first request. */
export function openDatabase(source: SourceSetting, services: ConnectorServices, driver: Driver): Connector {
  const database = new Database(source, services, driver)
  // A stream holds its connection for as long as its reader takes: never the only one.
  const streams = driver.cursors && source.limits.connections > 1
  return {
    capabilities: driver.companions ? { ...capabilities, companions: true } : capabilities,
    read: async (request, context) => (await database.read(request, context, false)) as Answer,
    ...(driver.packs && { readPacked: (request: SourceRequest, context: ReadContext) => database.read(request, context, true) }),
    ...(streams && { stream: (request: StreamRequest, context: ReadContext) => database.stream(request, context) }),
    close: () => database.close(),
  }
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
  async read(request: SourceRequest, context: ReadContext, packed: boolean): Promise<PackedAnswer> {
    const deadline = deadlineOf(context, this.#leaving.signal)
    try {
      deadline.signal.throwIfAborted()
      if (request.kind === 'keyed' && request.keys.length === 0) return { rows: [], asOf: Date.now() }
      const work = this.#gate.execute(() => this.#answer(request, deadline.signal, packed), deadline.signal)
      return await Promise.race([work, settled(deadline.signal)])
    } catch (error) {
      deadline.signal.throwIfAborted()
      throw this.#crowded(error)
    } finally {
      deadline.clear()
    }
  }

  /** Holds one connection from the first batch to the last, or until nobody asks for another. */
  async *stream(request: StreamRequest, context: ReadContext): AsyncGenerator<Answer> {
    const deadline = deadlineOf(context, this.#leaving.signal)
    const { signal } = deadline
    const over = Promise.withResolvers<void>()
    let opened: Opened | undefined
    let whole = false
    let held = true
    const giveBack = (): void => {
      if (opened && held) this.#pool.release(opened.session)
      held = false
      over.resolve()
    }
    // Nobody fetches while a reader takes his time, who may never come back: then it is up to the signal alone to end what is held.
    const drop = (): void => {
      opened?.session.destroy()
      giveBack()
    }
    try {
      signal.throwIfAborted()
      await this.#place(over.promise, signal)
      opened = await this.#cursor(request, context, signal)
      const { session, cursor, statement, readers, asOf } = opened
      for (let first = true; ; first = false) {
        const meter = new Meter(this.#source.limits.bytes)
        const raw = await this.#exchange(session, signal, statement, () => cursor.next(meter)).finally(() => this.#received(request, meter))
        if (raw.length === 0 && !first) break
        const answer = answerOf(readers, raw, asOf)
        signal.addEventListener('abort', drop)
        yield answer
        signal.removeEventListener('abort', drop)
      }
      await this.#exchange(session, signal, statement, () => cursor.done())
      whole = true
    } catch (error) {
      signal.throwIfAborted()
      plain(this.#crowded(error))
    } finally {
      signal.removeEventListener('abort', drop)
      if (opened && !whole && !opened.session.broken) await end(opened.session)
      giveBack()
      deadline.clear()
    }
  }

  /** A place among those who may ask at once, kept until `over`. */
  async #place(over: Promise<void>, signal: AbortSignal): Promise<void> {
    const entered = Promise.withResolvers<void>()
    const held = this.#gate.execute(() => {
      entered.resolve()
      return over
    }, signal)
    held.catch(entered.reject)
    await Promise.race([entered.promise, settled(signal)])
  }

  #crowded(error: unknown): unknown {
    if (!(error instanceof BulkheadRejectedError)) return error
    return sourceFailure('SOURCE_BUSY', `source ${this.#source.id}: ${this.#source.limits.queue} callers are waiting already`)
  }

  close(): Promise<void> {
    // Who still waits is told at once; their statements are ended at the source before the connections are given back.
    this.#leaving.abort(sourceFailure('SOURCE_UNAVAILABLE', `source ${this.#source.id} is closed`))
    this.#closed ??= this.#pool.close().then(() => this.#driver.close?.())
    return this.#closed
  }

  #answer(request: SourceRequest, signal: AbortSignal, packed: boolean): Promise<PackedAnswer> {
    return this.#twice(signal, async () => {
      const session = await this.#connected(signal)
      try {
        return await this.#ask(request, session, signal, packed)
      } catch (error) {
        throw await this.#learnt(error, request, session, signal)
      } finally {
        this.#pool.release(session)
      }
    })
  }

  /** The session belongs to whoever gets the cursor. */
  async #cursor(wanted: StreamRequest, context: ReadContext, signal: AbortSignal): Promise<Opened> {
    // The largest number that a double holds exactly: no table has so many rows.
    const request: RowsRequest = { ...wanted, kind: 'rows', orderBy: [], limit: Number.MAX_SAFE_INTEGER }
    const gone = this.#gone.known(request)
    if (gone) throw gone
    return this.#twice(signal, async () => {
      const session = await this.#connected(signal)
      try {
        const asOf = Date.now()
        const { statements, readers } = await this.#compiled(request, session, signal, new Meter(this.#source.limits.bytes))
        const statement = statements[0]!
        this.#tell(request, statement)
        const patienceMs = Math.max(context.deadline - asOf, 1)
        const cursor = await this.#exchange(session, signal, statement, () => session.open!(statement, patienceMs))
        return { session, cursor, statement, readers, asOf }
      } catch (error) {
        const failure = await this.#learnt(error, request, session, signal)
        // Half a transaction may be open on it.
        session.destroy()
        this.#pool.release(session)
        throw failure
      }
    })
  }

  /** Does it once more where that may help. */
  async #twice<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      if (error.again === undefined || signal.aborted || this.#services.mayRetry?.() === false) throw error.failure
      if (error.again === 'newConnection') this.#pool.retire()
      return await work().catch(plain)
    }
  }

  /** The failure by the columns that are gone, where it is some of them and not the whole table. */
  async #named(failure: GatewayError, request: SourceRequest, session: Session, signal: AbortSignal): Promise<GatewayError> {
    if (failure.gone.length > 0 || session.broken || signal.aborted) return failure
    const describe = (probe: Probe) => this.#exchange(session, signal, probe, () => session.describe(probe))
    return this.#gone.find(failure, request, session.dialect, describe).catch(() => failure)
  }

  /** What a failure says of the columns is kept in mind, and told by name. */
  async #learnt(error: unknown, request: SourceRequest, session: Session, signal: AbortSignal): Promise<unknown> {
    const failure = error instanceof Failed ? error.failure : error
    if (!(failure instanceof GatewayError) || failure.code !== 'SOURCE_CHANGED') return error
    this.#memory.forget(request.dataset)
    return new Failed(await this.#named(failure, request, session, signal), error instanceof Failed ? error.again : undefined)
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

  async #ask(request: SourceRequest, session: Session, signal: AbortSignal, packed: boolean): Promise<PackedAnswer> {
    const gone = this.#gone.known(request)
    if (gone) throw gone
    const asOf = Date.now()
    const meter = new Meter(this.#source.limits.bytes)
    return this.#asked(request, session, signal, packed, meter, asOf).finally(() => this.#received(request, meter))
  }

  async #asked(
    request: SourceRequest,
    session: Session,
    signal: AbortSignal,
    packed: boolean,
    meter: Meter,
    asOf: number,
  ): Promise<PackedAnswer> {
    const { statements, readers, alone } = await this.#compiled(request, session, signal, meter)
    const more = alone && ({ alone } as const)
    const [only] = statements
    if (packed && statements.length === 1 && session.pack && readers.every(isPackable)) {
      this.#tell(request, only!)
      const found = await this.#exchange(session, signal, only!, () => session.pack!(only!, readers, meter))
      return 'rows' in found ? { ...found, asOf, ...more } : { ...answerOf(readers, found, asOf), ...more }
    }
    const raw: RawRow[] = []
    for (const statement of statements) for (const row of await this.#run(request, statement, session, signal, meter)) raw.push(row)
    return { ...answerOf(readers, raw, asOf), ...more }
  }

  async #compiled(request: SourceRequest, session: Session, signal: AbortSignal, meter: Meter): Promise<Compiled> {
    const run = (statement: Statement) => this.#run(request, statement, session, signal, meter)
    const describe = (probe: Probe) => this.#exchange(session, signal, probe, () => session.describe(probe))
    const lookUp = (name: string) =>
      this.#exchange(session, signal, { text: `the catalogue's entry of ${name}`, bindings: [] }, () => session.lookUp!(name))
    const contextOf = async (asked: SourceRequest): Promise<Context> => {
      const known = await this.#memory.factsFor(asked, session.dialect, { describe, run, ...(session.lookUp && { lookUp }) })
      return { dialect: session.dialect, dataset: asked.dataset, ...known }
    }
    const context = await contextOf(request)
    const companions = request.kind === 'rows' ? (request.companions ?? []) : []
    const contexts: Context[] = []
    for (const companion of companions) contexts.push(await contextOf({ ...companion, kind: 'keyed', keys: [] }))
    return compile(request, context, contexts)
  }

  #run(request: SourceRequest, statement: Statement, session: Session, signal: AbortSignal, meter: Meter): Promise<readonly RawRow[]> {
    this.#tell(request, statement)
    return this.#exchange(session, signal, statement, () => session.run(statement, meter))
  }

  #tell({ dataset }: SourceRequest, { text }: Statement): void {
    this.#services.call({ source: this.#source.id, dataset: dataset.id, means: 'sql', statement: text })
  }

  #received({ dataset }: Pick<SourceRequest, 'dataset'>, { taken }: Meter): void {
    this.#services.received?.(taken, { source: this.#source.id, dataset: dataset.id })
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

function answerOf(readers: readonly Reader[], raw: readonly RawRow[], asOf: number): Answer {
  const { rows, problems } = readRows(readers, raw)
  return { rows, asOf, ...(Object.keys(problems).length > 0 && { problems }) }
}

function plain(error: unknown): never {
  throw error instanceof Failed ? error.failure : error
}
