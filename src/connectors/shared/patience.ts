/** How long does a call to a source go on? */

import { GatewayError, type ReadContext, sourceFailure } from '../../model/index.ts'

export interface Patience {
  readonly signal: AbortSignal
  /** Rejects as soon as the signal is aborted: waiting in the queue ends at once. */
  readonly over: Promise<never>
  end(): void
}

/**
 * Goes on until the caller leaves, the connector is closed, or so many milliseconds are over.
 *
 * @param closed aborted when the connector is closed
 * @param source id, for the log
 */
export function patience(closed: AbortSignal, source: string, context: ReadContext, ms: number): Patience {
  const clock = new AbortController()
  const late = (): void => clock.abort(sourceFailure('SOURCE_TIMEOUT', `${source}: no whole answer in ${Math.round(Math.max(ms, 0))} ms`))
  const timer = ms > 0 ? setTimeout(late, Math.min(ms, longest)) : undefined
  if (ms <= 0) late()
  const signal = AbortSignal.any([context.signal, closed, clock.signal])
  const { promise: over, reject } = Promise.withResolvers<never>()
  const leave = (): void => reject(failureOf(signal))
  over.catch(() => {})
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  return {
    signal,
    over,
    end: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
    },
  }
}

/** Longer timers fire at once in Node. */
const longest = 2 ** 31 - 1

/** The reason of a signal as a failure of ours. */
export function failureOf({ reason }: AbortSignal): GatewayError {
  return reason instanceof GatewayError ? reason : sourceFailure('CANCELLED', 'the caller left', reason)
}
