/** Who computes a value, who gets which copy of it, and when may an old one stand in? */

import { LRUCache } from 'lru-cache'
import { type AnswerCache, type Cached, type CacheWish, type Clock, failures, GatewayError, renewalMs } from '../model/index.ts'
import { type PassingFailure, passingFailure, recentFailures, toldAgain } from './failures.ts'
import { Flight } from './flight.ts'
import type { Kept, MemoryStore } from './memory.ts'
import { type Claim, inTurn, withTurn } from './turns.ts'
import { frozen } from './value.ts'

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

/** A store that several processes share. It may lose anything at any time, and never fails. */
export interface SharedStore {
  get(key: string): Promise<Kept | undefined>
  /** Does not wait for the store. The value is written down as JSON. */
  put(key: string, kept: Kept, forMs: number): void
  /** Asks to be the one process that makes a value. */
  claim(key: string): Promise<Claim>
  /** Whether making the value failed within the last second, in any process. */
  failure(key: string): Promise<PassingFailure | undefined>
  /** Does not wait for the store. */
  putFailure(key: string, failure: PassingFailure): void
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

/** It may be tried so many times to renew a value before its end: a source in trouble is not asked by every caller. */
const renewalTries = 4
const closed = new GatewayError('CANCELLED', { message: { de: 'Das Gateway schließt.', en: 'The gateway is closing.' } })

/** Values are handed on as they are, frozen. Only for the shared store are they packed, and unpacked when they come from there. */
export function answerCache({ memory, shared, now, count = () => {} }: Parts): AnswerCache {
  const flights = new Map<string, Flight<Made>>()
  /** Values that are being made ahead of their time. */
  const renewals = new Map<string, Promise<unknown>>()
  /** Until when a value is not renewed once more, because it was tried a moment ago. */
  const tried = new LRUCache<string, number>({ max: 1_000 })
  const failed = recentFailures(now)
  const closing = new AbortController()

  return {
    async get<T>(wish: CacheWish<T>): Promise<Cached<T>> {
      wish.signal.throwIfAborted()
      const known = wish.freshForMs > 0 ? memory.get(wish.key) : undefined
      if (known && isFresh(known, wish)) {
        count('memory')
        renewInTime(wish as unknown as CacheWish<unknown>, known)
        return { ...known, stale: false } as Cached<T>
      }
      return (await share(wish as unknown as CacheWish<unknown>, known).join(wish.signal)) as Cached<T>
    },
    async close() {
      closing.abort(closed)
      shared?.close()
      memory.clear()
      failed.clear()
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

  /** Called for every value that is handed out: what nobody asks for is not renewed. */
  function renewInTime(wish: CacheWish<unknown>, known: Kept): void {
    const lastMs = renewalMs(wish.freshForMs)
    if (age(known) < wish.freshForMs - lastMs || now() < (tried.get(wish.key) ?? 0)) return
    if (renewals.has(wish.key) || failed.get(wish.key)) return
    tried.set(wish.key, now() + lastMs / renewalTries)
    const renewal = renew(wish, known)
      .catch(() => count('renewal.failed'))
      .finally(() => renewals.delete(wish.key))
    renewals.set(wish.key, renewal)
  }

  /** Asks nobody when another process is at it: what that one makes is found in the shared store by the next look. */
  async function renew(wish: CacheWish<unknown>, known: Kept): Promise<unknown> {
    const make = async (): Promise<Kept> => {
      const kept = await makeAndKeep(wish, closing.signal)
      count('renewed')
      return kept
    }
    const claim = shared ? await shared.claim(wish.key) : 'unknown'
    if (claim === 'held') return undefined
    if (claim === 'unknown') return make()
    return withTurn<Kept>(claim, {
      signal: closing.signal,
      look: async () => {
        const found = await unpacked(wish)
        return found && found.asOf > known.asOf ? foundInRedis(wish, found) : undefined
      },
      make,
    })
  }

  /** What is made ahead of its time may still be on its way when that time has come. */
  async function underRenewal(wish: CacheWish<unknown>): Promise<Made | undefined> {
    const renewal = renewals.get(wish.key)
    if (!renewal) return undefined
    await renewal
    const kept = memory.get(wish.key)
    if (!kept || !isFresh(kept, wish)) return undefined
    count('shared')
    return { ...kept, stale: false }
  }

  async function produce(wish: CacheWish<unknown>, remembered: Kept | undefined, signal: AbortSignal): Promise<Made> {
    const renewed = await underRenewal(wish)
    signal.throwIfAborted()
    if (renewed) return renewed
    const known = newer(remembered, wish.freshForMs > 0 ? await unpacked(wish) : undefined)
    signal.throwIfAborted()
    if (known && isFresh(known, wish)) return foundInRedis(wish, known)
    const recent = failed.get(wish.key)
    if (recent) return spared(wish, known, recent)
    if (!shared || wish.freshForMs === 0) return make(wish, known, signal)
    return inTurn({
      claim: () => shared.claim(wish.key),
      signal,
      patienceMs: wish.makeWithinMs,
      // Whoever had the turn before has left a value or a failure there.
      look: async () => {
        const [found, failure] = await Promise.all([unpacked(wish), shared.failure(wish.key)])
        if (found && isFresh(found, wish)) return foundInRedis(wish, found)
        return failure && spared(wish, newer(known, found), toldAgain(failure))
      },
      make: () => make(wish, known, signal),
      onWait: () => count('redis.waited'),
    })
  }

  function foundInRedis(wish: CacheWish<unknown>, known: Kept): Made {
    count('redis')
    memory.put(wish.key, known, lifetime(wish))
    renewInTime(wish, known)
    return { ...known, stale: false }
  }

  async function make(wish: CacheWish<unknown>, known: Kept | undefined, signal: AbortSignal): Promise<Made> {
    try {
      const kept = await makeAndKeep(wish, signal)
      count('made')
      return { ...kept, stale: false }
    } catch (error) {
      return standIn(wish, known, error)
    }
  }

  async function makeAndKeep(wish: CacheWish<unknown>, signal: AbortSignal): Promise<Kept> {
    // Taken before the source is asked, so that "at most this old" holds however long the source takes.
    const asOf = now()
    try {
      const kept = { value: frozen(await wish.make(signal)), asOf }
      if (wish.freshForMs > 0) keep(wish, kept)
      return kept
    } catch (error) {
      const passing = wish.freshForMs > 0 ? passingFailure(error) : undefined
      if (passing) {
        failed.put(wish.key, passing)
        shared?.putFailure(wish.key, passing.code)
      }
      throw error
    }
  }

  function spared(wish: CacheWish<unknown>, known: Kept | undefined, error: GatewayError): Made {
    count('spared')
    return standIn(wish, known, error)
  }

  /** @throws the error, when no old value may stand in */
  function standIn(wish: CacheWish<unknown>, known: Kept | undefined, error: unknown): Made {
    const standsIn = known !== undefined && mayPass(error) && age(known) < lifetime(wish)
    count(standsIn ? 'stale' : 'failed')
    if (standsIn) return { ...known, stale: true }
    throw error
  }

  function keep(wish: CacheWish<unknown>, kept: Kept): void {
    memory.put(wish.key, kept, lifetime(wish))
    shared?.put(wish.key, { ...kept, value: wish.pack ? wish.pack(kept.value) : kept.value }, lifetime(wish))
  }

  async function unpacked(wish: CacheWish<unknown>): Promise<Kept | undefined> {
    const kept = await shared?.get(wish.key)
    if (!kept) return undefined
    const value = wish.unpack ? wish.unpack(kept.value) : kept.value
    if (value === undefined) count('redis.ignored')
    return value === undefined ? undefined : { value: frozen(value), asOf: kept.asOf }
  }

  function isFresh(kept: Kept, wish: Pick<CacheWish<unknown>, 'freshForMs'>): boolean {
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
