/** How does a database answer a request? */

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
import { Pool } from './pool.ts'
import { readRows } from './response.ts'
import { end, Patience, stoppable, type Waiting } from './stop.ts'

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
    capabilities: { ...capabilities, ...(driver.companions && { companions: true }), ...(driver.totals && { totals: true }) },
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
  readonly #memory = new Memory()
  readonly #gone = new GoneColumns()
  readonly #waiting: Waiting = []
  #closed: Promise<void> | undefined

  constructor(source: SourceSetting, services: ConnectorServices, driver: Driver) {
    const { connections, queue } = source.limits
    this.#source = source
    this.#services = services
    this.#driver = driver
    this.#pool = new Pool({ source: source.id, driver, connections, queue, connectMs })
  }

  /** Waits no longer than the caller does; what runs at the source is ended behind the caller's back. */
  async read(request: SourceRequest, context: ReadContext, packed: boolean): Promise<PackedAnswer> {
    const patience = this.#patienceOf(context)
    try {
      patience.check()
      if (request.kind === 'keyed' && request.keys.length === 0) return { rows: [], asOf: Date.now() }
      return await patience.within(this.#answer(request, patience, packed))
    } catch (error) {
      patience.check()
      throw error
    } finally {
      patience.clear()
    }
  }

  /** Holds one connection from the first batch to the last, or until nobody asks for another. */
  async *stream(request: StreamRequest, context: ReadContext): AsyncGenerator<Answer> {
    const patience = this.#patienceOf(context)
    let opened: Opened | undefined
    let whole = false
    let placed = false
    let held = true
    const giveBack = (): void => {
      if (!held) return
      held = false
      if (opened) this.#pool.release(opened.session)
      if (placed) this.#pool.leave()
    }
    // Nobody fetches while a reader takes his time, who may never come back: then it is up to the patience alone to end what is held.
    const drop = (): void => {
      opened?.session.destroy()
      giveBack()
    }
    try {
      patience.check()
      await this.#pool.enter(patience)
      placed = true
      opened = await this.#cursor(request, context, patience)
      const { session, cursor, statement, readers, asOf } = opened
      for (let first = true; ; first = false) {
        const meter = new Meter(this.#source.limits.bytes)
        const raw = await this.#exchange(session, patience, statement, () => cursor.next(meter)).finally(() =>
          this.#received(request, meter),
        )
        if (raw.length === 0 && !first) break
        const answer = answerOf(readers, raw, asOf)
        patience.watch(drop)
        yield answer
        patience.forget(drop)
      }
      await this.#exchange(session, patience, statement, () => cursor.done())
      whole = true
    } catch (error) {
      patience.check()
      plain(error)
    } finally {
      patience.forget(drop)
      if (opened && !whole && !opened.session.broken) await end(opened.session)
      giveBack()
      patience.clear()
    }
  }

  close(): Promise<void> {
    // Who still waits is told at once; their statements are ended at the source before the connections are given back.
    for (const patience of [...this.#waiting]) patience.end(this.#isClosed())
    this.#closed ??= this.#pool.close().then(() => this.#driver.close?.())
    return this.#closed
  }

  #patienceOf(context: ReadContext): Patience {
    const patience = new Patience(context, this.#waiting)
    if (this.#closed) patience.end(this.#isClosed())
    return patience
  }

  #isClosed(): GatewayError {
    return sourceFailure('SOURCE_UNAVAILABLE', `source ${this.#source.id} is closed`)
  }

  async #answer(request: SourceRequest, patience: Patience, packed: boolean): Promise<PackedAnswer> {
    const waiting = this.#pool.enter(patience)
    if (waiting) await waiting
    try {
      return await this.#over(request, patience, packed)
    } catch (error) {
      return await this.#again(error, patience, () => this.#over(request, patience, packed))
    } finally {
      this.#pool.leave()
    }
  }

  async #over(request: SourceRequest, patience: Patience, packed: boolean): Promise<PackedAnswer> {
    const session = this.#pool.idle() ?? (await this.#connected())
    const meter = new Meter(this.#source.limits.bytes)
    try {
      return await this.#asked(request, session, patience, packed, meter)
    } catch (error) {
      throw await this.#learnt(error, request, session, patience)
    } finally {
      this.#received(request, meter)
      this.#pool.release(session)
    }
  }

  /** The session belongs to whoever gets the cursor. */
  async #cursor(wanted: StreamRequest, context: ReadContext, patience: Patience): Promise<Opened> {
    // The largest number that a double holds exactly: no table has so many rows.
    const request: RowsRequest = { ...wanted, kind: 'rows', orderBy: [], limit: Number.MAX_SAFE_INTEGER }
    const gone = this.#gone.known(request)
    if (gone) throw gone
    const open = async (): Promise<Opened> => {
      const session = this.#pool.idle() ?? (await this.#connected())
      try {
        patience.check()
        const asOf = Date.now()
        const meter = new Meter(this.#source.limits.bytes)
        const contexts = this.#known(request, session) ?? (await this.#learn(request, session, patience, meter))
        const { statements, readers } = compile(request, contexts[0]!)
        const statement = statements[0]!
        this.#tell(request, statement)
        const patienceMs = Math.max(context.deadline - asOf, 1)
        const cursor = await this.#exchange(session, patience, statement, () => session.open!(statement, patienceMs))
        return { session, cursor, statement, readers, asOf }
      } catch (error) {
        const failure = await this.#learnt(error, request, session, patience)
        // Half a transaction may be open on it.
        session.destroy()
        this.#pool.release(session)
        throw failure
      }
    }
    return open().catch((error: unknown) => this.#again(error, patience, open))
  }

  /** Does what has failed once more, where that may help. */
  async #again<T>(error: unknown, patience: Patience, work: () => Promise<T>): Promise<T> {
    if (!(error instanceof Failed)) throw error
    if (error.again === undefined || patience.isOver || this.#services.mayRetry?.() === false) throw error.failure
    if (error.again === 'newConnection') this.#pool.retire()
    return await work().catch(plain)
  }

  /** The failure by the columns that are gone, where it is some of them and not the whole table. */
  async #named(failure: GatewayError, request: SourceRequest, session: Session, patience: Patience): Promise<GatewayError> {
    if (failure.gone.length > 0 || session.broken || patience.isOver) return failure
    const describe = (probe: Probe) => this.#exchange(session, patience, probe, () => session.describe(probe))
    return this.#gone.find(failure, request, session.dialect, describe).catch(() => failure)
  }

  /** What a failure says of the columns is kept in mind, and told by name. */
  async #learnt(error: unknown, request: SourceRequest, session: Session, patience: Patience): Promise<unknown> {
    const failure = error instanceof Failed ? error.failure : error
    if (!(failure instanceof GatewayError) || failure.code !== 'SOURCE_CHANGED') return error
    this.#memory.forget(request.dataset)
    return new Failed(await this.#named(failure, request, session, patience), error instanceof Failed ? error.again : undefined)
  }

  async #connected(): Promise<Session> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw failed(error, this.#driver)
    }
  }

  async #asked(request: SourceRequest, session: Session, patience: Patience, packed: boolean, meter: Meter): Promise<PackedAnswer> {
    patience.check()
    const gone = this.#gone.known(request)
    if (gone) throw gone
    const asOf = Date.now()
    const contexts = this.#known(request, session) ?? (await this.#learn(request, session, patience, meter))
    const { statements, readers, alone } = compile(request, contexts[0]!, contexts.slice(1))
    const more = alone && ({ alone } as const)
    const [only] = statements
    if (packed && statements.length === 1 && session.pack && readers.every(isPackable)) {
      this.#tell(request, only!)
      const found = await this.#exchange(session, patience, only!, () => session.pack!(only!, readers, meter))
      return 'rows' in found ? { ...found, asOf, ...more } : { ...answerOf(readers, found, asOf), ...more }
    }
    const raw: RawRow[] = []
    for (const statement of statements) for (const row of await this.#run(request, statement, session, patience, meter)) raw.push(row)
    return { ...answerOf(readers, raw, asOf), ...more }
  }

  /** What compiling needs to know of the request's table and of each companion's; `undefined`: the source has to be asked. */
  #known(request: SourceRequest, { dialect, lookUp }: Session): readonly Context[] | undefined {
    const contexts: Context[] = []
    for (const one of askedBy(request)) {
      const context = this.#memory.known(one, dialect, lookUp !== undefined)
      if (!context) return undefined
      contexts.push(context)
    }
    return contexts
  }

  async #learn(request: SourceRequest, session: Session, patience: Patience, meter: Meter): Promise<readonly Context[]> {
    const run = (statement: Statement) => this.#run(request, statement, session, patience, meter)
    const describe = (probe: Probe) => this.#exchange(session, patience, probe, () => session.describe(probe))
    const lookUp = (name: string) =>
      this.#exchange(session, patience, { text: `the catalogue's entry of ${name}`, bindings: [] }, () => session.lookUp!(name))
    const contexts: Context[] = []
    for (const one of askedBy(request))
      contexts.push(await this.#memory.learn(one, session.dialect, { describe, run, ...(session.lookUp && { lookUp }) }))
    return contexts
  }

  #run(request: SourceRequest, statement: Statement, session: Session, patience: Patience, meter: Meter): Promise<readonly RawRow[]> {
    this.#tell(request, statement)
    return this.#exchange(session, patience, statement, () => session.run(statement, meter))
  }

  #tell({ dataset }: SourceRequest, { text }: Statement): void {
    this.#services.call({ source: this.#source.id, dataset: dataset.id, means: 'sql', statement: text })
  }

  #received({ dataset }: Pick<SourceRequest, 'dataset'>, { taken }: Meter): void {
    this.#services.received?.(taken, { source: this.#source.id, dataset: dataset.id })
  }

  /** One thing asked of the source, ended at the source when it takes too long or nobody waits any more. */
  async #exchange<T>(session: Session, patience: Patience, statement: Statement, work: () => Promise<T>): Promise<T> {
    patience.check()
    try {
      return await stoppable(session, patience, this.#source.limits.statementMs + graceMs, work)
    } catch (error) {
      throw failed(error, this.#driver, statement.text)
    }
  }
}

function answerOf(readers: readonly Reader[], raw: readonly RawRow[], asOf: number): Answer {
  const { rows, problems } = readRows(readers, raw)
  return { rows, asOf, ...(Object.keys(problems).length > 0 && { problems }) }
}

/** The request and those that its companions would be for themselves. */
function askedBy(request: SourceRequest): readonly SourceRequest[] {
  const companions = (request.kind === 'rows' && request.companions) || []
  return [request, ...companions.map(companion => ({ ...companion, kind: 'keyed', keys: [] }) as const)]
}

function plain(error: unknown): never {
  throw error instanceof Failed ? error.failure : error
}
