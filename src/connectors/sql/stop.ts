/** How long does somebody wait, and how does a statement end that nobody waits for any more? */

import { type ReadContext, sourceFailure } from '../../model/index.ts'
import type { Session } from './drivers/session.ts'

/**
 * Those who wait at this moment, in any order: each is told when the connector is closed. A list in which the last one takes the place of
 * whoever leaves: a set that lives long keeps those who have left in its old tables, and all that hangs on them.
 */
export type Waiting = Patience[]

/**
 * One caller's patience: until they leave, until their time is up, or until the connector itself is closed. A signal with one timer and
 * one listener, whatever hangs on it: every statement of every caller passes here, and signals of the platform cost ten times as much.
 */
export class Patience {
  readonly #signal: AbortSignal
  readonly #waiting: Waiting
  readonly #timer: NodeJS.Timeout
  readonly #watchers = new Set<(reason: unknown) => void>()
  /** Place among those who wait; -1: none any more. */
  #place: number
  readonly #follow = (): void => this.end(this.#signal.reason)
  #over: { readonly reason: unknown } | undefined

  constructor({ signal, deadline }: ReadContext, waiting: Waiting) {
    this.#signal = signal
    this.#waiting = waiting
    const left = deadline - Date.now()
    // Timers hold 31 bits; no request lives that long.
    this.#timer = setTimeout(late, Math.min(Math.max(left, 0), 2 ** 31 - 1), this)
    this.#place = waiting.push(this) - 1
    if (signal.aborted) this.end(signal.reason)
    else signal.addEventListener('abort', this.#follow)
    if (left <= 0) late(this)
  }

  get isOver(): boolean {
    return this.#over !== undefined
  }

  /** @throws the reason */
  check(): void {
    if (this.#over) throw this.#over.reason
  }

  /** @param reason GatewayError to throw */
  end(reason: unknown): void {
    if (this.#over) return
    this.#over = { reason }
    const watchers = [...this.#watchers]
    this.clear()
    for (const watcher of watchers) watcher(reason)
  }

  /** Calls back once when it is over, at once when it is so already. */
  watch(watcher: (reason: unknown) => void): void {
    if (this.#over) watcher(this.#over.reason)
    else this.#watchers.add(watcher)
  }

  forget(watcher: (reason: unknown) => void): void {
    this.#watchers.delete(watcher)
  }

  /** What the work comes to, or the reason as soon as there is one, whatever becomes of the work. */
  within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.watch(reject)
      work.then(resolve, reject)
    })
  }

  /** Nobody asks any more. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#signal.removeEventListener('abort', this.#follow)
    this.#leave()
    this.#watchers.clear()
  }

  #leave(): void {
    if (this.#place < 0) return
    const last = this.#waiting.pop()!
    if (last !== this) {
      this.#waiting[this.#place] = last
      last.#place = this.#place
    }
    this.#place = -1
  }
}

function late(patience: Patience): void {
  patience.end(sourceFailure('SOURCE_TIMEOUT', 'the time of the request was up'))
}

/** Rejects with the signal's reason when it is aborted, and does nothing else. */
export function settled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** Cancelling is itself a question to a source that may be dead. */
const cancelMs = 2_000

/**
 * Work on a session that is ended at the server when nobody waits any more or the time is up. The session is thrown away then: a
 * cancellation that comes late would hit the next statement.
 *
 * @param limitMs milliseconds; a server should have ended the statement itself before
 */
export function stoppable<T>(session: Session, patience: Patience, limitMs: number, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false
    const isFirst = (): boolean => {
      if (over) return false
      over = true
      clearTimeout(timer)
      patience.forget(stop)
      return true
    }
    const stop = (reason: unknown): void => {
      if (isFirst()) void end(session, running).then(() => reject(reason))
    }
    const timer = setTimeout(() => stop(sourceFailure('SOURCE_TIMEOUT', `no answer within ${limitMs} ms`)), limitMs)
    const running = begun(work)
    running.then(
      result => isFirst() && resolve(result),
      error => isFirst() && reject(error),
    )
    patience.watch(stop)
  })
}

/** What is thrown at once is a failure like any other. */
function begun<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work()
  } catch (error) {
    return Promise.reject(error)
  }
}

/** Ends what is left of a session's work at the server, and the session. */
export async function end(session: Session, running: Promise<unknown> = Promise.resolve()): Promise<void> {
  const over = running.catch(() => {})
  await within(
    cancelMs,
    session.cancel().catch(() => {}),
  )
  await within(cancelMs, over)
  session.destroy()
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, limitMs)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
