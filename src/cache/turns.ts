/** Which of several processes makes a value, while the others wait for it? */

import { setTimeout as pause } from 'node:timers/promises'

/** `held`: another process is at it. `unknown`: the store does not say, so that each process goes on by itself. */
export type Claim = Turn | 'held' | 'unknown'

/** The right to make a value. A process that dies with it loses it within seconds. */
export interface Turn {
  /** Gives the turn back. Does not wait for the store. */
  end(): void
}

interface Work<T> {
  /** Asks for the turn. */
  readonly claim: () => Promise<Claim>
  readonly signal: AbortSignal
  /** Milliseconds that others are waited for, at most. */
  readonly patienceMs: number
  /** Looks for what whoever had the turn before has left. */
  readonly look: () => Promise<T | undefined>
  readonly make: () => Promise<T>
  /** Told once when another process is waited for. */
  readonly onWait: () => void
}

/** Waits between two looks: a value that is made quickly is there quickly, and a slow one costs Redis ten looks a second. */
const pauses = { firstMs: 10, growth: 1.5, longestMs: 100 } as const

/**
 * The value, made by this process when it is its turn, or found when another one has made it. Never later than by itself plus `patienceMs`.
 *
 * @throws what `make` and `look` throw; the signal's reason when nobody waits any longer
 */
export async function inTurn<T>(work: Work<T>): Promise<T> {
  const { signal, patienceMs, claim: ask, make, onWait } = work
  // The machine's clock: an injected one tells ages.
  const since = performance.now()
  for (let wait: number = pauses.firstMs; ; wait = Math.min(wait * pauses.growth, pauses.longestMs)) {
    const claim = await ask()
    if (claim !== 'held') return claim === 'unknown' ? make() : withTurn(claim, work)
    if (wait === pauses.firstMs) onWait()
    if (performance.now() - since > patienceMs) return make()
    await pause(wait, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

/**
 * The value, made with a turn that one has, or found when another process made it before.
 *
 * @throws as `inTurn`
 */
export async function withTurn<T>(turn: Turn, { signal, look, make }: Pick<Work<T>, 'signal' | 'look' | 'make'>): Promise<T> {
  try {
    signal.throwIfAborted()
    const found = await look()
    signal.throwIfAborted()
    return found ?? (await make())
  } finally {
    turn.end()
  }
}
