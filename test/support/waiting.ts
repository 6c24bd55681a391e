/** How do tests of sources wait: for an answer, for a failure, for what happens a moment later? */

import { GatewayError, type ReadContext } from '../../src/model/index.ts'

/** A caller who waits. */
export function patient(ms = 30_000): ReadContext {
  return { signal: new AbortController().signal, deadline: Date.now() + ms }
}

/** @throws Error for an answer, and for any failure that is none of the gateway's own */
export async function failure(asked: Promise<unknown>): Promise<GatewayError> {
  const outcome = await asked.then(
    () => 'an answer',
    (error: unknown) => error,
  )
  if (outcome instanceof GatewayError) return outcome
  throw new Error(`expected a GatewayError, got ${outcome instanceof Error ? outcome.stack : JSON.stringify(outcome)}`)
}

/** Asks until it is so; fails after five seconds. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    if (await holds()) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`never happened: ${what}`)
}
