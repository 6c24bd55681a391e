/** Who computes a value, who gets which copy of it, and when may an old one stand in? */

import { LRUCache } from 'lru-cache'
import { type AnswerCache, type Cached, type CacheWish, type Clock, failures, GatewayError, renewalMs } from '../model/index.ts'
import { addressOf } from './envelope.ts'
import { passingFailure, recentFailures, toldAgain } from './failures.ts'
import { Flight } from './flight.ts'
import type { Kept, MemoryStore } from './memory.ts'
import { markOf, Purges } from './purges.ts'
import type { CacheEvent, SharedStore } from './store.ts'
import { inTurn, withTurn } from './turns.ts'
import { frozen } from './value.ts'

interface Parts {
  readonly memory: MemoryStore
  readonly shared?: SharedStore
  readonly now: Clock
  readonly count?: (event: CacheEvent) => void
  /** Told after something was forgotten because of a purge, here or elsewhere. */
  readonly onPurge?: () => void
}

/** A wish, and where its value belongs. */
interface Placed extends CacheWish<unknown> {
  readonly address: string
  readonly marks: readonly string[]
  /** Of the purges that were known when the wish came: a value from before a purge is not kept after it. */
  readonly generation: string
}

interface Made extends Kept {
  readonly stale: boolean
}

/**
 * Somebody's wish while it is being made. Emptied as soon as it is: V8 gives a Map another table every few changes, and each old table
 * keeps the next one alive until everything is collected, and with it all that was on its way then (measured 2026-11-26).
 */
interface UnderWay {
  flight: Flight<Made> | undefined
  wish: CacheWish<unknown> | undefined
}

/** It may be tried so many times to renew a value before its end: a source in trouble is not asked by every caller. */
const renewalTries = 4
const closed = new GatewayError('CANCELLED', { message: { de: 'Das Gateway schließt.', en: 'The gateway is closing.' } })

/** Values are handed on as they are, frozen. Only for the shared store are they packed, and unpacked when they come from there. */
export function answerCache({ memory, shared, now, count = () => {}, onPurge }: Parts): AnswerCache {
  const flights = new Map<string, UnderWay>()
  /** Values that are being made ahead of their time. */
  const renewals = new Map<string, Promise<unknown>>()
  /** Until when a value is not renewed once more, because it was tried a moment ago. */
  const tried = new LRUCache<string, number>({ max: 1_000 })
  const failed = recentFailures(now)
  const closing = new AbortController()
  const purges = new Purges()
  shared?.onPurges(generations => forget(purges.learn(generations)))

  return {
    async get<T>(wish: CacheWish<T>): Promise<Cached<T>> {
      wish.signal.throwIfAborted()
      const known = wish.freshForMs > 0 ? memory.get(wish.key) : undefined
      if (known && isFresh(known, wish)) {
        count('memory')
        renewInTime(wish as unknown as CacheWish<unknown>, known)
        return handedOut(known, false) as Cached<T>
      }
      return (await share(wish as unknown as CacheWish<unknown>, known).join(wish.signal)) as Cached<T>
    },
    async purge(purge) {
      const mark = markOf(purge)
      purges.begin(mark)
      forget([mark])
      return (await shared?.purge(mark)) ?? true
    },
    bytes: memory.bytes,
    async close() {
      closing.abort(closed)
      shared?.close()
      memory.clear()
      failed.clear()
    },
  }

  function share(wish: CacheWish<unknown>, known: Kept | undefined): Flight<Made> {
    const { flight } = flights.get(wish.key) ?? {}
    if (flight) {
      count('shared')
      return flight
    }
    const mine: UnderWay = { wish, flight: undefined }
    const begun = new Flight(
      signal => (wish.freshForMs === 0 ? makeOnly(wish, signal) : produce(place(wish), known, signal)),
      () => {
        // An abandoned flight is on its way to an abort: whoever comes next starts anew.
        if (flights.get(wish.key) === mine) flights.delete(wish.key)
        mine.flight = undefined
        mine.wish = undefined
      },
    )
    mine.flight = begun
    flights.set(wish.key, mine)
    return begun
  }

  function place(wish: CacheWish<unknown>): Placed {
    const marks = purges.marksOf(wish.subjects())
    const generation = purges.generationOf(marks)
    return { ...wish, address: shared ? addressOf(wish.key, marks, generation) : '', marks, generation }
  }

  /** Those who wait already get what they wait for; whoever comes from now on does not. */
  function forget(marks: readonly string[]): void {
    if (marks.length === 0) return
    const isMeant = (carried: readonly string[]): boolean => carried.some(mark => marks.includes(mark))
    for (let dropped = memory.drop(isMeant); dropped > 0; dropped--) count('purged')
    for (const [key, { wish }] of flights) if (wish && isMeant(purges.marksOf(wish.subjects()))) flights.delete(key)
    onPurge?.()
  }

  function isCurrent({ marks, generation }: Placed): boolean {
    return purges.generationOf(marks) === generation
  }

  /** Called for every value that is handed out: what nobody asks for is not renewed. */
  function renewInTime(wish: CacheWish<unknown>, known: Kept): void {
    const lastMs = renewalMs(wish.freshForMs)
    if (age(known) < wish.freshForMs - lastMs || now() < (tried.get(wish.key) ?? 0)) return
    if (renewals.has(wish.key) || failed.get(wish.key)) return
    tried.set(wish.key, now() + lastMs / renewalTries)
    const renewal = renew(place(wish), known)
      .catch(() => count('renewal.failed'))
      .finally(() => renewals.delete(wish.key))
    renewals.set(wish.key, renewal)
  }

  /** Asks nobody when another process is at it: what that one makes is found in the shared store by the next look. */
  async function renew(wish: Placed, known: Kept): Promise<unknown> {
    const make = async (): Promise<Kept> => {
      const kept = await makeAndKeep(wish, closing.signal)
      count('renewed')
      return kept
    }
    const claim = shared ? await shared.claim(wish.address) : 'unknown'
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
  async function underRenewal(wish: CacheWish<unknown>, renewal: Promise<unknown>): Promise<Made | undefined> {
    await renewal
    const kept = memory.get(wish.key)
    if (!kept || !isFresh(kept, wish)) return undefined
    count('shared')
    return handedOut(kept, false)
  }

  async function produce(wish: Placed, remembered: Kept | undefined, signal: AbortSignal): Promise<Made> {
    const renewal = renewals.get(wish.key)
    const renewed = renewal && (await underRenewal(wish, renewal))
    signal.throwIfAborted()
    if (renewed) return renewed
    const known = newer(remembered, await unpacked(wish))
    signal.throwIfAborted()
    if (known && isFresh(known, wish)) return foundInRedis(wish, known)
    const recent = failed.get(wish.key)
    if (recent) return spared(wish, known, recent)
    if (!shared) return make(wish, known, signal)
    return inTurn({
      claim: () => shared.claim(wish.address),
      signal,
      patienceMs: wish.makeWithinMs,
      // Whoever had the turn before has left a value or a failure there.
      look: async () => {
        const [found, failure] = await Promise.all([unpacked(wish), shared.failure(wish.address)])
        if (found && isFresh(found, wish)) return foundInRedis(wish, found)
        return failure && spared(wish, newer(known, found), toldAgain(failure))
      },
      make: () => make(wish, known, signal),
      onWait: () => count('redis.waited'),
    })
  }

  /** What is never kept is for those who wait at the same time. */
  async function makeOnly(wish: CacheWish<unknown>, signal: AbortSignal): Promise<Made> {
    const asOf = now()
    try {
      const made = handedOut({ value: frozen(await wish.make(signal)), asOf }, false)
      count('made')
      return made
    } catch (error) {
      count('failed')
      throw error
    }
  }

  function foundInRedis(wish: Placed, known: Kept): Made {
    count('redis')
    if (isCurrent(wish)) memory.put(wish.key, { ...known, marks: wish.marks }, lifetime(wish))
    renewInTime(wish, known)
    return handedOut(known, false)
  }

  async function make(wish: Placed, known: Kept | undefined, signal: AbortSignal): Promise<Made> {
    try {
      const kept = await makeAndKeep(wish, signal)
      count('made')
      return handedOut(kept, false)
    } catch (error) {
      return standIn(wish, known, error)
    }
  }

  async function makeAndKeep(wish: Placed, signal: AbortSignal): Promise<Kept> {
    // Taken before the source is asked, so that "at most this old" holds however long the source takes.
    const asOf = now()
    try {
      const kept = { value: frozen(await wish.make(signal)), asOf }
      keep(wish, kept)
      return kept
    } catch (error) {
      const passing = passingFailure(error)
      if (passing) {
        failed.put(wish.key, passing)
        shared?.putFailure(wish.address, passing.code)
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
    if (standsIn) return handedOut(known, true)
    throw error
  }

  function keep(wish: Placed, kept: Kept): void {
    if (!isCurrent(wish)) return
    memory.put(wish.key, { ...kept, marks: wish.marks }, lifetime(wish))
    shared?.put(wish.address, { ...kept, value: wish.pack ? wish.pack(kept.value) : kept.value }, lifetime(wish))
  }

  async function unpacked(wish: Placed): Promise<Kept | undefined> {
    const kept = await shared?.get(wish.address)
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

function handedOut({ value, asOf }: Kept, stale: boolean): Made {
  return { value, asOf, stale }
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
