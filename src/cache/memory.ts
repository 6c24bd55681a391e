/** Which answers does this process remember, and how much memory may they take? */

import { LRUCache } from 'lru-cache'
import type { Clock } from '../model/index.ts'
import { bytesOf, placeBytes } from './value.ts'

/** A value, frozen, and when it was made: milliseconds since 1970 (UTC). */
export interface Kept {
  readonly value: unknown
  readonly asOf: number
}

/** With the marks of what it is about; see `purges.ts`. */
export interface Marked extends Kept {
  readonly marks: readonly string[]
}

export interface MemoryStore {
  get(key: string): Marked | undefined
  /** @param forMs milliseconds from `asOf` after which the value is of no use to anybody */
  put(key: string, kept: Marked, forMs: number): void
  /**
   * Looks at everything: for purges.
   *
   * @returns how many values are gone
   */
  drop(isMeant: (marks: readonly string[]) => boolean): number
  clear(): void
  /** Bytes that are kept, by `bytesOf`. */
  bytes(): number
}

/** One answer may take this part of the whole, so that a single huge one does not push out all others. */
const largestPart = 1 / 4
/** What a Map entry and its list nodes cost beside key and value; estimated, generously. */
const overheadBytes = 200
const sweepEveryMs = 60_000

/**
 * The least recently used answers go first; expired ones are swept once a minute while new ones come in.
 *
 * @param bytes upper limit, by `bytesOf`. 0: keeps nothing
 */
export function memoryStore(bytes: number, now: Clock): MemoryStore {
  if (bytes <= 0) return { get: () => undefined, put() {}, drop: () => 0, clear() {}, bytes: () => 0 }
  const answers = new LRUCache<string, Marked>({
    maxSize: bytes,
    maxEntrySize: Math.max(1, Math.floor(bytes * largestPart)),
    sizeCalculation: (kept, key) => bytesOf(kept.value) + 2 * key.length + placeBytes * kept.marks.length + overheadBytes,
    perf: { now },
    ttlResolution: 0,
  })
  let swept = now()

  return {
    get: key => answers.get(key),
    put(key, kept, forMs) {
      const left = Math.floor(kept.asOf + forMs - now())
      // Of two answers the one made later stays, whichever arrives later. (And for lru-cache, a lifetime of 0 is for ever.)
      if (left < 1 || (answers.peek(key)?.asOf ?? 0) > kept.asOf) return
      answers.set(key, kept, { ttl: left })
      if (now() - swept < sweepEveryMs) return
      swept = now()
      answers.purgeStale()
    },
    drop(isMeant) {
      answers.purgeStale()
      const meant = [...answers.entries()].filter(([, { marks }]) => isMeant(marks))
      for (const [key] of meant) answers.delete(key)
      return meant.length
    },
    clear: () => answers.clear(),
    bytes: () => answers.calculatedSize,
  }
}
