/** What must every AnswerCache do, wherever it keeps its answers? */

import { type AnswerCache, type CacheWish, type FailureCode, GatewayError, type Subject } from '../../src/model/index.ts'

export interface Opened {
  readonly cache: AnswerCache
  /** Beside closing the cache: whatever the test opened for it. */
  readonly end?: () => Promise<void>
}

/** A clock that stands still until a test moves it. */
export interface Hands {
  now: number
}

/**
 * @param open makes an empty cache on a clock whose hands the suite moves
 */
export function answerCacheContract(name: string, open: (clock: () => number) => Promise<Opened>): void {
  describe(`the cache contract, ${name}`, () => {
    const hands: Hands = { now: 0 }
    let opened: Opened
    let cache: AnswerCache

    beforeEach(async () => {
      hands.now = Date.UTC(2026, 4, 17, 12)
      opened = await open(() => hands.now)
      cache = opened.cache
    })

    afterEach(async () => {
      await cache.close()
      await opened.end?.()
    })

    test('computes a value once while it is fresh, and says when it was made', async () => {
      const made = maker(() => ({ trees: [1, 2] }))
      const first = await cache.get(wish('a', made.make))
      hands.now += 53_999
      const second = await cache.get(wish('a', made.make))
      expect(first).toEqual({ value: { trees: [1, 2] }, asOf: Date.UTC(2026, 4, 17, 12), stale: false })
      expect(second).toEqual(first)
      expect(made.times()).toBe(1)
    })

    test('computes again when the value has reached its age', async () => {
      const made = maker(n => n)
      await cache.get(wish('a', made.make))
      hands.now += 60_000
      expect(await cache.get(wish('a', made.make))).toEqual({ value: 2, asOf: hands.now, stale: false })
    })

    test('makes a value anew when it is asked for in the last tenth of its freshness, and nobody waits for that', async () => {
      const gate = deferred<string>()
      const made = maker(n => (n === 1 ? 'first' : gate.promise))
      const asOf = hands.now
      await cache.get(wish('a', made.make))
      hands.now += 53_999
      await cache.get(wish('a', made.make))
      hands.now += 1
      const asked = await Promise.all([1, 2, 3].map(() => cache.get(wish('a', made.make))))
      expect(asked).toEqual(Array(3).fill({ value: 'first', asOf, stale: false }))
      await until(() => made.times() === 2)
      gate.resolve('second')
      hands.now += 5_000
      await until(async () => (await cache.get(wish('a', made.make))).value === 'second')
      hands.now += 48_999
      expect(await cache.get(wish('a', made.make))).toEqual({ value: 'second', asOf: asOf + 54_000, stale: false })
      expect(made.times()).toBe(2)
    })

    test('whoever asks when the old value has ended and the new one is on its way waits for that one', async () => {
      const gate = deferred<string>()
      const made = maker(n => (n === 1 ? 'first' : gate.promise))
      await cache.get(wish('a', made.make))
      hands.now += 59_000
      await cache.get(wish('a', made.make))
      await until(() => made.times() === 2)
      hands.now += 1_000
      const late = cache.get(wish('a', made.make))
      gate.resolve('second')
      expect((await late).value).toBe('second')
      expect(made.times()).toBe(2)
    })

    test('a value that could not be made anew ahead of its time stays, and its source is not asked by every caller', async () => {
      await cache.get(wish('a', async () => 'first'))
      hands.now += 55_000
      const made = maker(failing('SOURCE_BUSY'))
      await cache.get(wish('a', made.make))
      await until(() => made.times() === 1)
      for (let n = 0; n < 20; n++) expect((await cache.get(wish('a', made.make))).value).toBe('first')
      hands.now += 4_000
      await cache.get(wish('a', made.make))
      await until(() => made.times() === 2)
    })

    test('counts the age from before the source was asked, so that a slow source makes no answer look younger', async () => {
      const asked = hands.now
      const answer = await cache.get(
        wish('a', async () => {
          hands.now += 5_000
          return 'late'
        }),
      )
      expect(answer.asOf).toBe(asked)
    })

    test.each<[string, unknown]>([
      ['null', null],
      ['false', false],
      ['zero', 0],
      ['an empty text', ''],
      ['an empty list', []],
      ['umlauts and emoji', 'Bäume für Königsbau 🌳\u0000'],
      ['nested rows', [['a', null, 1.5, { type: 'Point', coordinates: [9.17, 47.66] }]]],
    ])('remembers %s as it is', async (_what, value) => {
      const made = maker(() => value)
      await cache.get(wish('a', made.make))
      expect((await cache.get(wish('a', made.make))).value).toEqual(value)
      expect(made.times()).toBe(1)
    })

    test('gives everybody the same value, which nobody can change', async () => {
      const source = { names: ['Linde'] }
      const first = await cache.get(wish('a', async () => source))
      expect(() => first.value.names.push('changed by a caller')).toThrow(TypeError)
      expect(() => source.names.push('changed by the source')).toThrow(TypeError)
      expect((await cache.get(wish('a', async () => source))).value).toEqual({ names: ['Linde'] })
    })

    test('never mixes up two keys', async () => {
      const [a, b] = await Promise.all([cache.get(wish('public', async () => 'open')), cache.get(wish('internal', async () => 'closed'))])
      expect([a.value, b.value]).toEqual(['open', 'closed'])
      expect((await cache.get(wish('public', async () => 'wrong'))).value).toBe('open')
    })

    test('keeps nothing with a freshness of 0, not even to stand in later', async () => {
      const never = { freshForMs: 0, staleForMs: 60_000 }
      expect((await cache.get(wish('a', async () => 1, never))).value).toBe(1)
      expect((await cache.get(wish('a', async () => 2, never))).value).toBe(2)
      await expect(cache.get(wish('a', failing('SOURCE_UNAVAILABLE'), never))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    })

    test.each([60_000, 0])('lets equal wishes in flight share one answer (fresh for %i ms)', async freshForMs => {
      const gate = deferred<string[]>()
      const made = maker(() => gate.promise)
      const waiting = [1, 2, 3].map(() => cache.get(wish('a', made.make, { freshForMs })))
      gate.resolve(['one answer'])
      const answers = await Promise.all(waiting)
      expect(answers.map(answer => answer.value)).toEqual([['one answer'], ['one answer'], ['one answer']])
      expect(made.times()).toBe(1)
    })

    test('lets one waiter leave at once while the others go on', async () => {
      const gate = deferred<string>()
      const seen: AbortSignal[] = []
      const make = (signal: AbortSignal) => {
        seen.push(signal)
        return gate.promise
      }
      const leaver = new AbortController()
      const leaving = cache.get(wish('a', make, { signal: leaver.signal }))
      const staying = cache.get(wish('a', make))
      await until(() => seen.length > 0)
      const reason = cancelled()
      leaver.abort(reason)
      await expect(leaving).rejects.toBe(reason)
      expect(seen[0]?.aborted).toBe(false)
      gate.resolve('still made')
      expect((await staying).value).toBe('still made')
    })

    test('tells the work to stop when the last waiter has left, and starts anew for whoever comes next', async () => {
      const seen: AbortSignal[] = []
      const make = (signal: AbortSignal) => {
        seen.push(signal)
        return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      }
      const [first, second] = [new AbortController(), new AbortController()]
      const waiting = [first, second].map(leaver => cache.get(wish('a', make, { signal: leaver.signal })))
      const outcome = Promise.allSettled(waiting)
      await until(() => seen.length > 0)
      first.abort(cancelled())
      expect(seen[0]?.aborted).toBe(false)
      const last = cancelled()
      second.abort(last)
      expect(seen[0]?.aborted).toBe(true)
      expect(seen[0]?.reason).toBe(last)
      expect((await cache.get(wish('a', async () => 'anew'))).value).toBe('anew')
      expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    })

    test('does nothing for a caller who has left already', async () => {
      const made = maker(() => 1)
      const reason = cancelled()
      await expect(cache.get(wish('a', made.make, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
      expect(made.times()).toBe(0)
    })

    test('gives a failure to everybody who waits for it, and remembers none', async () => {
      const gate = deferred<string>()
      const made = maker(() => gate.promise)
      const outcome = Promise.allSettled([1, 2].map(() => cache.get(wish('a', made.make))))
      gate.reject(new GatewayError('SOURCE_CHANGED', { message: { de: 'anders', en: 'changed' } }))
      expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
      expect(made.times()).toBe(1)
      expect((await cache.get(wish('a', async () => 'well again'))).value).toBe('well again')
    })

    test.each<FailureCode>(['SOURCE_UNAVAILABLE', 'SOURCE_BUSY', 'SOURCE_TIMEOUT'])(
      'after %s an old value stands in and says how old it is',
      async code => {
        const asOf = hands.now
        await cache.get(wish('a', async () => 'old'))
        hands.now += 60_000 + 599_999
        expect(await cache.get(wish('a', failing(code)))).toEqual({ value: 'old', asOf, stale: true })
      },
    )

    test.each<FailureCode>(['SOURCE_CHANGED', 'SOURCE_REFUSED', 'SOURCE_ANSWER_INVALID', 'BAD_USER_INPUT', 'CANCELLED', 'INTERNAL'])(
      '%s is told as it is, whatever is still remembered',
      async code => {
        await cache.get(wish('a', async () => 'old'))
        hands.now += 60_000
        await expect(cache.get(wish('a', failing(code)))).rejects.toMatchObject({ code })
      },
    )

    test('an error that is none of ours is told as it is', async () => {
      await cache.get(wish('a', async () => 'old'))
      hands.now += 60_000
      const bug = new TypeError('a bug')
      await expect(cache.get(wish('a', () => Promise.reject(bug)))).rejects.toBe(bug)
    })

    test('no value stands in beyond its time', async () => {
      await cache.get(wish('a', async () => 'old'))
      hands.now += 60_000 + 600_000
      await expect(cache.get(wish('a', failing('SOURCE_UNAVAILABLE')))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    })

    test('a value that stood in is not taken for a new one', async () => {
      const asOf = hands.now
      await cache.get(wish('a', async () => 'old'))
      hands.now += 60_000
      await cache.get(wish('a', failing('SOURCE_UNAVAILABLE')))
      hands.now += 1_000
      expect(await cache.get(wish('a', async () => 'new'))).toEqual({ value: 'new', asOf: asOf + 61_000, stale: false })
    })

    test.each<FailureCode>(['SOURCE_UNAVAILABLE', 'SOURCE_TIMEOUT'])('%s is told again for a second, and no longer', async code => {
      const made = maker(() => 'well again')
      await expect(cache.get(wish('a', failing(code)))).rejects.toMatchObject({ code })
      hands.now += 999
      await expect(cache.get(wish('a', made.make))).rejects.toMatchObject({ code })
      expect(made.times()).toBe(0)
      expect((await cache.get(wish('another audience', made.make))).value).toBe('well again')
      hands.now += 1
      expect((await cache.get(wish('a', made.make))).value).toBe('well again')
    })

    test('while a failure is told again, an old value stands in without asking', async () => {
      const made = maker(() => 'new')
      await cache.get(wish('a', async () => 'old'))
      hands.now += 60_000
      await cache.get(wish('a', failing('SOURCE_UNAVAILABLE')))
      expect(await cache.get(wish('a', made.make))).toMatchObject({ value: 'old', stale: true })
      expect(made.times()).toBe(0)
    })

    const about = (fields: readonly string[], dataset = 'baeume') => ({ subjects: () => [{ dataset, fields }] })

    test('after a purge of a dataset its values are made anew, and those of others are not', async () => {
      await cache.get(wish('trees', async () => 'old'))
      await cache.get(wish('benches', async () => 'old', about(['art'], 'baenke')))
      await cache.purge({ dataset: 'baeume' })
      expect((await cache.get(wish('trees', async () => 'new'))).value).toBe('new')
      expect((await cache.get(wish('trees', async () => 'newer'))).value).toBe('new')
      expect((await cache.get(wish('benches', async () => 'new', about(['art'], 'baenke')))).value).toBe('old')
    })

    test('after a purge of a field the values that it had a part in are made anew, and no others', async () => {
      await cache.get(wish('both', async () => 'old', about(['art', 'hoehe'])))
      await cache.get(wish('one', async () => 'old', about(['hoehe'])))
      await cache.get(wish('benches', async () => 'old', about(['art'], 'baenke')))
      await cache.purge({ dataset: 'baeume', field: 'art' })
      expect((await cache.get(wish('both', async () => 'new', about(['art', 'hoehe'])))).value).toBe('new')
      expect((await cache.get(wish('one', async () => 'new', about(['hoehe'])))).value).toBe('old')
      expect((await cache.get(wish('benches', async () => 'new', about(['art'], 'baenke')))).value).toBe('old')
    })

    test('nothing from before a purge stands in for a source that is down', async () => {
      await cache.get(wish('a', async () => 'old'))
      await cache.purge({ dataset: 'baeume' })
      await expect(cache.get(wish('a', failing('SOURCE_UNAVAILABLE')))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    })

    test('what is on its way during a purge goes to those who wait for it, and to nobody who comes later', async () => {
      const [before, started] = [deferred<string>(), deferred<void>()]
      const waiting = cache.get(
        wish('a', () => {
          started.resolve()
          return before.promise
        }),
      )
      await started.promise
      await cache.purge({ dataset: 'baeume' })
      const later = cache.get(wish('a', async () => 'after'))
      before.resolve('before')
      expect((await waiting).value).toBe('before')
      expect((await later).value).toBe('after')
      expect((await cache.get(wish('a', async () => 'made again'))).value).toBe('after')
    })

    test('still computes after it was closed', async () => {
      await cache.close()
      expect((await cache.get(wish('a', async () => 'computed'))).value).toBe('computed')
    })
  })
}

/** What the wishes of tests are about. */
export const trees: Subject = { dataset: 'baeume', fields: ['art'] }

/** Fresh for a minute, may stand in for ten more. */
export function wish<T>(key: string, make: CacheWish<T>['make'], more: Partial<CacheWish<T>> = {}): CacheWish<T> {
  return {
    key,
    subjects: () => [trees],
    make,
    makeWithinMs: 5_000,
    freshForMs: 60_000,
    staleForMs: 600_000,
    signal: new AbortController().signal,
    ...more,
  }
}

/** @param value gets how often it was called: 1, 2 … */
export function maker<T>(value: (time: number) => T | Promise<T>) {
  let times = 0
  return { times: () => times, make: async () => value(++times) }
}

export function failing(code: FailureCode): () => Promise<never> {
  return () => Promise.reject(new GatewayError(code, { message: { de: code, en: code } }))
}

/** Looks again every few milliseconds; the test's own time-out is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 5))
}

function cancelled(): GatewayError {
  return new GatewayError('CANCELLED', { message: { de: 'weg', en: 'gone' } })
}

function deferred<T>() {
  return Promise.withResolvers<T>()
}
