/** What does the road of a request expect of a cache? */

export interface Cached<T> {
  readonly value: T
  /** When the value was made: milliseconds since 1970 (UTC). */
  readonly asOf: number
  /** true: older than `freshForMs`, served because making a new one failed. */
  readonly stale: boolean
}

/** What a value is about: a dataset, and the fields that are in it or had a part in it. */
export interface Subject {
  readonly dataset: string
  readonly fields: readonly string[]
}

/** What is to be forgotten: everything of a dataset, or everything that one field had a part in. */
export interface Purge {
  readonly dataset: string
  readonly field?: string
}

export interface CacheWish<T> {
  /** Everything the value depends on; two wishes with one key are one wish. */
  readonly key: string
  /** Asked for only when the value is not in memory. */
  readonly subjects: () => readonly Subject[]
  /** Milliseconds; 0: not kept, but equal wishes in flight still share one answer. */
  readonly freshForMs: number
  /** Milliseconds beyond `freshForMs` during which the value may stand in when `make` fails with a failure that allows a retry. */
  readonly staleForMs: number
  /** The caller's own: leaving early. `make` gets a signal that aborts only when the last waiter has left. */
  readonly signal: AbortSignal
  readonly make: (signal: AbortSignal) => Promise<T>
  /** Milliseconds after which `make` has ended at the latest; so long at most is waited for another process that makes the value. */
  readonly makeWithinMs: number
  /** The value in the form in which it may lie where other processes can read it; absent: as it is. */
  readonly pack?: (value: T) => unknown
  /** The value again; `undefined` when it was not packed by one of us. */
  readonly unpack?: (packed: unknown) => T | undefined
}

/** A source that takes longer than this to answer makes its callers wait, however early it is asked. */
const earliestRenewalMs = 60_000

/**
 * How long before the end of its freshness a value is made anew when somebody asks for it, so that nobody has to wait for the next one:
 * the last tenth, a minute at most.
 *
 * @param freshForMs milliseconds
 * @example
 *   renewalMs(10_000)     // → 1000
 *   renewalMs(3_600_000)  // → 60000
 */
export function renewalMs(freshForMs: number): number {
  return Math.min(freshForMs / 10, earliestRenewalMs)
}

/**
 * Computes each value once, remembers it for a while, and makes what is asked for often anew before its time (see `renewalMs`). Values are what JSON can say, and packed rows; they are frozen, because everybody who asks gets the
 * same one. Never fails by itself.
 */
export interface AnswerCache {
  get<T>(wish: CacheWish<T>): Promise<Cached<T>>
  /**
   * Forgets: here at once, and in every process that shares the cache as soon as it hears of it. What is being made at this moment goes to
   * those who wait for it, and is not kept.
   *
   * @returns false: other processes could not be told
   */
  purge(purge: Purge): Promise<boolean>
  /** Bytes that values take in the memory of this process, estimated. */
  bytes(): number
  close(): Promise<void>
}
