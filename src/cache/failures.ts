/** Which failures of a source are told again for a moment, so that not every caller asks a source that has just failed? */

import { LRUCache } from 'lru-cache'
import { type Clock, type FailureCode, GatewayError, sourceFailure } from '../model/index.ts'

/** Failures of the source itself; what is refused, misread or asked wrongly is none. */
const passing = ['SOURCE_UNAVAILABLE', 'SOURCE_TIMEOUT'] as const satisfies readonly FailureCode[]

export type PassingFailure = (typeof passing)[number]

/** A failure is told again for so long. Long enough for a crowd that asks the same, too short for anybody to notice. */
export const failureMs = 1_000
/** Keys that are remembered at most. */
const most = 1_000

export interface RecentFailures {
  get(key: string): GatewayError | undefined
  put(key: string, error: GatewayError): void
  clear(): void
}

export function recentFailures(now: Clock): RecentFailures {
  // lru-cache keeps an entry until it is older than its lifetime.
  const failures = new LRUCache<string, GatewayError>({ max: most, ttl: failureMs - 1, perf: { now }, ttlResolution: 0 })
  return {
    get: key => failures.get(key),
    put: (key, error) => void failures.set(key, error),
    clear: () => failures.clear(),
  }
}

/** The error, when it is one that is told again. */
export function passingFailure(error: unknown): (GatewayError & { readonly code: PassingFailure }) | undefined {
  return error instanceof GatewayError && isPassing(error.code) ? (error as GatewayError & { readonly code: PassingFailure }) : undefined
}

export function isPassing(code: string): code is PassingFailure {
  return (passing as readonly string[]).includes(code)
}

/** What another process has met, in the standard words. */
export function toldAgain(code: PassingFailure): GatewayError {
  return sourceFailure(code, 'another gateway asked the same a moment ago and failed; its log says how')
}
