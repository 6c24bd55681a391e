/** What does the cache expect of a store that several processes share, and what happens to a wish? */

import type { PassingFailure } from './failures.ts'
import type { Kept } from './memory.ts'
import type { Generations } from './purges.ts'
import type { Claim } from './turns.ts'

/** What happened to a wish, and to the store shared with other processes. */
export type CacheEvent =
  /** A fresh value was in memory. */
  | 'memory'
  /** A fresh value was in Redis. */
  | 'redis'
  /** The wish joined an equal one in flight. */
  | 'shared'
  | 'made'
  /** A value was made ahead of its time, and nobody waited for it. */
  | 'renewed'
  /** The same failed; the value of before is still there. */
  | 'renewal.failed'
  /** Making failed, and an old value stood in. */
  | 'stale'
  /** Making failed, and there was nothing to stand in. */
  | 'failed'
  /** Making failed a moment ago, so it was not tried again; counted beside `stale` or `failed`. */
  | 'spared'
  /** Redis took a value. */
  | 'redis.kept'
  /** Redis held something that is no value of ours. */
  | 'redis.ignored'
  /** Redis did not do what it was asked, or not in time. */
  | 'redis.failed'
  /** Another process was making the value, and was waited for. */
  | 'redis.waited'
  /** A value was forgotten because of a purge. */
  | 'purged'

/** A store that several processes share, by addresses (see `addressOf`). It may lose anything at any time, and never fails. */
export interface SharedStore {
  get(address: string): Promise<Kept | undefined>
  /** Does not wait for the store. The value is written down as JSON. */
  put(address: string, kept: Kept, forMs: number): void
  /** Asks to be the one process that makes a value. */
  claim(address: string): Promise<Claim>
  /** Whether making the value failed within the last second, in any process. */
  failure(address: string): Promise<PassingFailure | undefined>
  /** Does not wait for the store. */
  putFailure(address: string, failure: PassingFailure): void
  /**
   * Takes out what carries a mark, and lets every process know.
   *
   * @returns false: the store is away, and nobody heard of it
   */
  purge(mark: string): Promise<boolean>
  /** Told what was ever purged: whenever something is, after every time that the store was away, and every few seconds. */
  onPurges(listener: (generations: Generations) => void): void
  close(): void
}
