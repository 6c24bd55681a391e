/** Who computes a value, who gets which copy of it, and when may an old one stand in? */

import { type AnswerCache, type Cached, type CacheWish, type Clock, failures, GatewayError } from '../model/index.ts'
import { Flight } from './flight.ts'
import type { Kept, MemoryStore } from './memory.ts'

/** What happened to a wish, and to the store shared with other processes. */
export type CacheEvent =
  /** A fresh value was in memory. */
  | 'memory'
  /** A fresh value was in Redis. */
  | 'redis'
  /** The wish joined an equal one in flight. */
  | 'shared'
  | 'made'
  /** Making failed, and an old value stood in. */
  | 'stale'
  /** Making failed, and there was nothing to stand in. */
  | 'failed'
  /** Redis took a value. */
  | 'redis.kept'
  /** Redis held something that is no value of ours. */
  | 'redis.ignored'
  /** Redis did not do what it was asked, or not in time. */
  | 'redis.failed'

/** A store that several processes share. It may lose anything at any time, and never fails. */
export interface SharedStore {
  get(key: string): Promise<Kept | undefined>
  /** Does not wait for the store. */
  put(key: string, kept: Kept, forMs: number): void
  close(): void
}

interface Parts {
  readonly memory: MemoryStore
  readonly shared?: SharedStore
  readonly now: Clock
  readonly count?: (event: CacheEvent) => void
}

interface Made extends Kept {
  readonly stale: boolean
}

/** Values are JSON text in here: what one caller does to its copy reaches nobody else, and the size is known. */
export function answerCache({ memory, shared, now, count = () => {} }: Parts): AnswerCache {
  const flights = new Map<string, Flight<Made>>()

  return {
    async get<T>(wish: CacheWish<T>): Promise<Cached<T>> {
      wish.signal.throwIfAborted()
      const known = wish.freshForMs > 0 ? memory.get(wish.key) : undefined
      if (known && isFresh(known, wish)) {
        count('memory')
        return copy<T>({ ...known, stale: false })
      }
      return copy<T>(await share(wish, known).join(wish.signal))
    },
    async close() {
      shared?.close()
      memory.clear()
    },
  }

  function share(wish: CacheWish<unknown>, known: Kept | undefined): Flight<Made> {
    const underWay = flights.get(wish.key)
    if (underWay) {
      count('shared')
      return underWay
    }
    const flight = new Flight(
      signal => produce(wish, known, signal),
      // An abandoned flight is on its way to an abort: whoever comes next starts anew.
      () => flights.get(wish.key) === flight && flights.delete(wish.key),
    )
    flights.set(wish.key, flight)
    return flight
  }

  async function produce(wish: CacheWish<unknown>, remembered: Kept | undefined, signal: AbortSignal): Promise<Made> {
    const known = newer(remembered, wish.freshForMs > 0 ? await shared?.get(wish.key) : undefined)
    signal.throwIfAborted()
    if (known && isFresh(known, wish)) {
      count('redis')
      memory.put(wish.key, known, lifetime(wish))
      return { ...known, stale: false }
    }
    return make(wish, known, signal)
  }

  async function make(wish: CacheWish<unknown>, known: Kept | undefined, signal: AbortSignal): Promise<Made> {
    // Taken before the source is asked, so that "at most this old" holds however long the source takes.
    const asOf = now()
    try {
      const kept = { text: JSON.stringify(await wish.make(signal)), asOf }
      if (wish.freshForMs > 0) keep(wish, kept)
      count('made')
      return { ...kept, stale: false }
    } catch (error) {
      const standsIn = known !== undefined && mayPass(error) && age(known) < lifetime(wish)
      count(standsIn ? 'stale' : 'failed')
      if (standsIn) return { ...known, stale: true }
      throw error
    }
  }

  function keep(wish: CacheWish<unknown>, kept: Kept): void {
    memory.put(wish.key, kept, lifetime(wish))
    shared?.put(wish.key, kept, lifetime(wish))
  }

  function isFresh(kept: Kept, wish: CacheWish<unknown>): boolean {
    return age(kept) < wish.freshForMs
  }

  function age(kept: Kept): number {
    return now() - kept.asOf
  }
}

function lifetime(wish: CacheWish<unknown>): number {
  return wish.freshForMs + wish.staleForMs
}

function newer(a: Kept | undefined, b: Kept | undefined): Kept | undefined {
  return a && b ? (b.asOf > a.asOf ? b : a) : (a ?? b)
}

/** Whether the same wish may succeed later, so that an old value is better than none. Nobody waits for a cancelled one. */
function mayPass(error: unknown): boolean {
  return error instanceof GatewayError && error.code !== 'CANCELLED' && failures[error.code].retry
}

function copy<T>({ text, asOf, stale }: Made): Cached<T> {
  return { value: JSON.parse(text) as T, asOf, stale }
}
