/** Who may ask a database at this moment, and over which of its connections? */

import { sourceFailure } from '../../model/index.ts'
import type { Driver, Session } from './drivers/session.ts'
import type { Patience } from './stop.ts'

export interface PoolSetting {
  /** Id of the source, for the log. */
  readonly source: string
  readonly driver: Driver
  /** At most. */
  readonly connections: number
  /** Callers who wait for a place at most. */
  readonly queue: number
  /** Making a connection may take so long; milliseconds. */
  readonly connectMs: number
}

/** An idle connection is given up after so long. */
const idleMs = 30_000

/**
 * As many places as connections; whoever has one may lend a connection, one at a time. Connections are made when they are wanted, lent
 * again in the order in which they came back last (a busy one has its statements prepared), and given up when they are idle.
 *
 * By hand: a caller who has a place never waits for a connection that others have, which is most of what pools are for.
 */
export class Pool {
  readonly #setting: PoolSetting
  readonly #closing = new AbortController()
  /** Callers without a place, longest wait first; `undefined` for whoever has lost patience. */
  #queue: ((() => void) | undefined)[] = []
  #queued = 0
  #taken = 0
  /** Least recently used first. */
  #idle: { readonly session: Session; readonly since: number }[] = []
  readonly #born = new WeakMap<Session, number>()
  #generation = 0
  /** Connections that are being made, are lent, or are being ended. */
  #busy = 0
  readonly #drained = Promise.withResolvers<void>()
  #sweep: NodeJS.Timeout | undefined

  constructor(setting: PoolSetting) {
    this.#setting = setting
  }

  /**
   * Takes a place, which is kept until `leave`.
   *
   * @returns   `undefined` when there is one at once
   * @throws    GatewayError SOURCE_BUSY when too many wait already; the patience's reason
   */
  enter(patience: Patience): Promise<void> | undefined {
    const { source, connections, queue } = this.#setting
    if (this.#taken < connections) {
      this.#taken++
      return undefined
    }
    if (this.#queued >= queue) throw sourceFailure('SOURCE_BUSY', `source ${source}: ${queue} callers are waiting already`)
    return new Promise((resolve, reject) => {
      const gone = (reason: unknown): void => {
        this.#queue[this.#queue.indexOf(come)] = undefined
        this.#queued--
        reject(reason)
      }
      const come = (): void => {
        patience.forget(gone)
        this.#queued--
        resolve()
      }
      this.#queue.push(come)
      this.#queued++
      patience.watch(gone)
    })
  }

  leave(): void {
    let next = this.#queue.shift()
    while (!next && this.#queue.length > 0) next = this.#queue.shift()
    if (next) next()
    else this.#taken--
  }

  /**
   * Only for who has a place.
   *
   * @returns `undefined` when a connection has to be made
   */
  idle(): Session | undefined {
    for (let kept = this.#idle.pop(); kept; kept = this.#idle.pop()) {
      if (this.#isGood(kept.session)) {
        this.#busy++
        return kept.session
      }
      void this.#end(kept.session)
    }
    return undefined
  }

  /**
   * Makes one more. Only for who has a place.
   *
   * @throws the driver's own error when no connection can be made, or GatewayError SOURCE_UNAVAILABLE
   */
  async connect(): Promise<Session> {
    this.#busy++
    try {
      return await this.#connect()
    } catch (error) {
      this.#rested()
      throw error
    }
  }

  /** A broken connection is thrown away. */
  release(session: Session): void {
    session.rest?.()
    if (this.#isGood(session)) {
      this.#idle.push({ session, since: Date.now() })
      this.#sweep ??= setTimeout(() => this.#sweepIdle(), idleMs).unref()
    } else void this.#end(session)
    this.#rested()
  }

  /** Connections that were made before now are not lent again: what broke one has probably broken all. */
  retire(): void {
    this.#generation++
  }

  /** What is being made is given up, and what is lent is waited for. */
  async close(): Promise<void> {
    this.#closing.abort(sourceFailure('SOURCE_UNAVAILABLE', 'the connector is closed'))
    clearTimeout(this.#sweep)
    for (const { session } of this.#idle.splice(0)) void this.#end(session)
    if (this.#busy > 0) await this.#drained.promise
  }

  async #connect(): Promise<Session> {
    const { driver, connectMs } = this.#setting
    const made = this.#generation
    const tooLong = new AbortController()
    const late = (): void => tooLong.abort(sourceFailure('SOURCE_UNAVAILABLE', `no connection within ${connectMs} ms`))
    const timer = setTimeout(late, connectMs)
    const signal = AbortSignal.any([this.#closing.signal, tooLong.signal])
    try {
      const session = await driver.connect(signal)
      this.#born.set(session, made)
      return session
    } catch (error) {
      // The signal's reason says more than the error of a socket that was cut.
      throw signal.aborted ? signal.reason : error
    } finally {
      clearTimeout(timer)
    }
  }

  #isGood(session: Session): boolean {
    return !session.broken && this.#born.get(session) === this.#generation && !this.#closing.signal.aborted
  }

  async #end(session: Session): Promise<void> {
    this.#busy++
    await session.close().catch(() => {})
    this.#rested()
  }

  #rested(): void {
    this.#busy--
    if (this.#busy === 0 && this.#closing.signal.aborted) this.#drained.resolve()
  }

  #sweepIdle(): void {
    const before = Date.now() - idleMs
    const old = this.#idle.filter(({ since }) => since <= before)
    this.#idle = this.#idle.filter(({ since }) => since > before)
    for (const { session } of old) void this.#end(session)
    const [next] = this.#idle
    this.#sweep = next && setTimeout(() => this.#sweepIdle(), next.since - before).unref()
  }
}
