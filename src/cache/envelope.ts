/** How does a value look in Redis, and which of what is found there do we believe? */

import { createHash } from 'node:crypto'
import type { Kept } from './memory.ts'

/** Changes with the form of the envelope: a gateway of another version finds nothing rather than something it misreads. */
const version = 'v1'
/** Clocks of two gateways may differ by so much; a value from further ahead is not believed. */
const clockSkewMs = 60_000

/**
 * The name of a value in Redis. Hashed, because the wish's key names datasets, columns and what callers asked for.
 *
 * @example
 *   nameOf('stadttor', 'a').slice(0, 20)  // → 'stadttor:v1:ca978112'
 */
export function nameOf(prefix: string, key: string): string {
  return `${prefix}:${version}:${createHash('sha256').update(key).digest('hex')}`
}

/**
 * @example
 *   seal({ value: [1], asOf: 5 })  // → '{"asOf":5,"value":[1]}'
 */
export function seal({ value, asOf }: Kept): string {
  return `{"asOf":${asOf},"value":${JSON.stringify(value)}}`
}

/**
 * @param now milliseconds since 1970 (UTC)
 * @returns   `undefined` for anything `seal` has not written, also when it was cut off
 * @example
 *   unseal('{"asOf":5,"value":[1]}', 6)      // → { value: [1], asOf: 5 }
 *   unseal('{"asOf":5,"value":[1', 6)        // → undefined
 *   unseal('{"asOf":"5","value":[1]}', 6)    // → undefined
 *   unseal('{"asOf":99999999,"value":1}', 6) // → undefined
 */
export function unseal(envelope: string, now: number): Kept | undefined {
  const found = parsed(envelope)
  if (typeof found !== 'object' || found === null || Object.keys(found).join() !== 'asOf,value') return undefined
  const { asOf, value } = found as { asOf: unknown; value: unknown }
  if (typeof asOf !== 'number' || !Number.isSafeInteger(asOf) || asOf < 0 || asOf > now + clockSkewMs) return undefined
  return { value, asOf }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
