/** How does a statement end that nobody waits for any more? */

import { type ReadContext, sourceFailure } from '../../model/index.ts'
import type { Session } from './drivers/session.ts'

export interface Deadline {
  /** Aborted with the GatewayError to throw. */
  readonly signal: AbortSignal
  clear(): void
}

/** The caller's patience: until they leave, until their time is up, or until the connector itself is closed. */
export function deadlineOf({ signal, deadline }: ReadContext, closing: AbortSignal): Deadline {
  // Linked by hand: AbortSignal.any costs several times as much, and every statement of every caller passes here.
  const stop = new AbortController()
  const follow = ({ target }: Event): void => stop.abort((target as AbortSignal).reason)
  const followed = [signal, closing]
  for (const other of followed) {
    if (other.aborted) stop.abort(other.reason)
    else other.addEventListener('abort', follow)
  }
  const late = (): void => stop.abort(sourceFailure('SOURCE_TIMEOUT', 'the time of the request was up'))
  const left = deadline - Date.now()
  // Timers hold 31 bits; no request lives that long.
  const timer = setTimeout(late, Math.min(Math.max(left, 0), 2 ** 31 - 1))
  if (left <= 0) late()
  const clear = (): void => {
    clearTimeout(timer)
    for (const other of followed) other.removeEventListener('abort', follow)
  }
  return { signal: stop.signal, clear }
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
 * Work on a session that is ended at the server when the signal is aborted or the time is up. The session is thrown away then: a
 * cancellation that comes late would hit the next statement.
 *
 * @param limitMs milliseconds; a server should have ended the statement itself before
 */
export function stoppable<T>(session: Session, signal: AbortSignal, limitMs: number, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false
    const once = (then: () => void): void => {
      if (over) return
      over = true
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      then()
    }
    const stop = (reason: unknown): void => once(() => void end(session, running).then(() => reject(reason)))
    const leave = (): void => stop(signal.reason)
    const timer = setTimeout(() => stop(sourceFailure('SOURCE_TIMEOUT', `no answer within ${limitMs} ms`)), limitMs)
    const running = (async () => work())()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave)
    running.then(
      result => once(() => resolve(result)),
      error => once(() => reject(error)),
    )
  })
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
