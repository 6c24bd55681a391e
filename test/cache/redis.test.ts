/** Does the cache keep its contract with Redis behind it, and its promise when Redis is away, hangs, dies or holds garbage? */

import { createServer, type Server } from 'node:net'
import { zstdCompressSync } from 'node:zlib'
import { createClient } from 'redis'
import { answerCache } from '../../src/cache/answers.ts'
import { addressOf, nameOf } from '../../src/cache/envelope.ts'
import { openCache } from '../../src/cache/index.ts'
import { memoryStore } from '../../src/cache/memory.ts'
import { markOf, Purges } from '../../src/cache/purges.ts'
import { redisStore } from '../../src/cache/redis.ts'
import { registryOf } from '../../src/cache/registry.ts'
import type { CacheEvent } from '../../src/cache/store.ts'
import type { AnswerCache } from '../../src/model/index.ts'
import { answerCacheContract, failing, maker, trees, until, wish } from '../contract/cache.ts'
import { redisServer, relayToRedis } from '../support/redis.ts'

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const server = await redisServer(url)
const withRedis = server.there ? describe : describe.skip
const reason = server.there ? '' : ` (skipped: ${server.reason})`
const quiet = () => {}

/** Closed after each test, also after one that failed: an open connection would keep Jest from ending. */
const open: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

withRedis(`with Redis${reason}`, () => {
  const admin = createClient({ url })
  const prefixes = new Set<string>()
  let count = 0

  beforeAll(async () => {
    await admin.connect()
  })

  afterAll(async () => {
    for (const prefix of prefixes)
      for await (const keys of admin.scanIterator({ MATCH: `${prefix}:*` })) if (keys.length) await admin.del(keys)
    admin.destroy()
  })

  /** A prefix that no other test, and no other run, has. */
  function ownPrefix(): string {
    const prefix = `stadttor-test-${process.pid}-${Date.now()}-${++count}`
    prefixes.add(prefix)
    return prefix
  }

  async function connected(options: { now?: () => number; prefix?: string; memoryBytes?: number } = {}) {
    const events: CacheEvent[] = []
    const prefix = options.prefix ?? ownPrefix()
    const cache = await openCache({
      memoryBytes: options.memoryBytes ?? 0,
      redis: url,
      prefix,
      now: options.now ?? Date.now,
      warn: quiet,
      count: event => events.push(event),
    })
    open.push(() => cache.close())
    await ready(cache, events)
    return { cache, events, prefix }
  }

  type Connected = Awaited<ReturnType<typeof connected>>

  answerCacheContract('Redis without memory', async now => connected({ now }))
  answerCacheContract('memory in front of Redis', async now => connected({ now, memoryBytes: 1_000_000 }))

  test('what one gateway computed, another one finds', async () => {
    const one = await connected()
    const other = await connected({ prefix: one.prefix, memoryBytes: 1_000_000 })
    await one.cache.get(wish('a', async () => ['computed once']))
    await until(() => one.events.filter(event => event === 'redis.kept').length > 1)
    const made = maker(() => ['computed twice'])
    expect((await other.cache.get(wish('a', made.make))).value).toEqual(['computed once'])
    expect((await other.cache.get(wish('a', made.make))).value).toEqual(['computed once'])
    expect(other.events.slice(-2)).toEqual(['redis', 'memory'])
    expect(made.times()).toBe(0)
  })

  test('keys in Redis tell nothing of the wish, and every one of them expires', async () => {
    const { cache, prefix } = await connected()
    await cache.get(wish('hunde halterName Seestraße', async () => 'value', { freshForMs: 1_000, staleForMs: 2_000 }))
    const keys = await all(admin.scanIterator({ MATCH: `${prefix}:*` }))
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) {
      expect(key).toMatch(new RegExp(`^${prefix}:v3:[0-9a-f]{8}\\.[0-9a-f]{8}:\\{[0-9a-f]{64}\\}$`))
      expect(await admin.pTTL(key)).toBeGreaterThan(0)
    }
    const ttl = await admin.pTTL(named(prefix, 'hunde halterName Seestraße'))
    expect(ttl).toBeGreaterThan(0)
    expect(ttl).toBeLessThanOrEqual(3_000)
  })

  test.each<[string, string]>([
    ['half an envelope', '{"asOf":1,"value":[1'],
    ['no JSON', 'garbage'],
    ['binary', '\u0000\uffff\u0001'],
    ['a bare value', '[1,2]'],
    ['null', 'null'],
    ['a text where the time should be', '{"asOf":"1790000000000","value":1}'],
    ['a time that no clock has reached', `{"asOf":${Date.now() + 3_600_000},"value":1}`],
    ['an envelope of another version', `{"asOf":${Date.now()},"value":1,"etag":"x"}`],
    ['more than an answer may weigh', `{"asOf":${Date.now()},"value":"${'x'.repeat(5_000_000)}"}`],
  ])('%s in Redis is ignored and replaced', async (_what, garbage) => {
    const { cache, events, prefix } = await connected()
    await admin.set(named(prefix, 'a'), garbage)
    expect((await cache.get(wish('a', async () => 'computed'))).value).toBe('computed')
    expect(events.filter(event => event !== 'redis.kept').slice(-2)).toEqual(['redis.ignored', 'made'])
    // Nobody waits for the store, so the replacement may be on its way for a moment.
    await until(() => events.includes('redis.kept'))
    expect((await cache.get(wish('a', async () => 'again'))).value).toBe('computed')
  })

  test('what is packed but broken, or is far more than it looks, is ignored and replaced', async () => {
    const packed = zstdCompressSync(Buffer.from(`{"asOf":${Date.now()},"value":"${'x'.repeat(50_000)}"}`))
    const bomb = zstdCompressSync(Buffer.from(`{"asOf":${Date.now()},"value":"${'x'.repeat(100_000_000)}"}`))
    const { cache, events, prefix } = await connected()
    for (const garbage of [packed.subarray(0, -10), Buffer.concat([packed.subarray(0, 8), Buffer.alloc(90, 7)]), bomb]) {
      await admin.set(named(prefix, 'a'), garbage)
      expect((await cache.get(wish('a', async () => 'computed'))).value).toBe('computed')
      expect(events.slice(-4)).toContain('redis.ignored')
      await until(async () => (await admin.get(named(prefix, 'a')))?.includes('computed') === true)
    }
  })

  test('a large answer is packed in Redis and comes back as it was', async () => {
    const one = await connected()
    const other = await connected({ prefix: one.prefix })
    const rows = Array.from({ length: 2_000 }, (_, nr) => [nr, 'Winterlinde', 'Bäume für Königsbau 🌳'])
    await one.cache.get(wish('a', async () => rows))
    await until(async () => (await admin.exists(named(one.prefix, 'a'))) === 1)
    expect(await admin.strLen(named(one.prefix, 'a'))).toBeLessThan(JSON.stringify(rows).length / 4)
    expect((await other.cache.get(wish('a', async () => []))).value).toEqual(rows)
  })

  describe('several gateways', () => {
    test('make a value once: the others wait for it', async () => {
      const gateways = await connectedTo(3)
      const made = maker(async () => {
        await timeUp(300)
        return 'made once'
      })
      const asked = gateways.flatMap(({ cache }) => Array.from({ length: 50 }, () => cache.get(wish('cold', made.make))))
      expect(new Set((await Promise.all(asked)).map(({ value }) => value))).toEqual(new Set(['made once']))
      expect(made.times()).toBe(1)
    })

    test('renew a value once before its end, and all of them hand the new one out', async () => {
      let now = Date.now()
      const prefix = ownPrefix()
      const gateways = await Promise.all([1, 2, 3].map(() => connected({ prefix, now: () => now, memoryBytes: 1_000_000 })))
      const made = maker(async n => {
        if (n > 1) await timeUp(200)
        return n
      })
      const askAll = () => Promise.all(gateways.map(({ cache }) => cache.get(wish('popular', made.make))))
      await gateways[0]!.cache.get(wish('popular', made.make))
      await until(async () => (await admin.exists(named(prefix, 'popular'))) === 1)
      now += 55_000
      for (let n = 0; n < 5; n++) expect((await askAll()).map(({ value }) => value)).toEqual([1, 1, 1])
      await until(async () => {
        now += 30
        return (await askAll()).every(({ value }) => value === 2)
      })
      expect(made.times()).toBe(2)
      expect(gateways.flatMap(({ events }) => events).filter(event => event === 'renewed')).toHaveLength(1)
    })

    test('hear of a failure together, and ask once', async () => {
      const gateways = await connectedTo(3)
      let asked = 0
      const make = async () => {
        asked++
        await timeUp(200)
        return failing('SOURCE_TIMEOUT')()
      }
      const outcomes = await Promise.allSettled(gateways.map(({ cache }) => cache.get(wish('cold', make))))
      expect(outcomes.map(outcome => outcome.status === 'rejected' && outcome.reason.code)).toEqual(Array(3).fill('SOURCE_TIMEOUT'))
      expect(asked).toBe(1)
    })

    test('do not wait for one that died while it made the value', async () => {
      const [{ cache, prefix }] = (await connectedTo(1)) as [Awaited<ReturnType<typeof connected>>]
      await admin.set(named(prefix, 'a', 'turn'), 'the dead', { expiration: { type: 'PX', value: 400 } })
      const since = performance.now()
      expect((await cache.get(wish('a', async () => 'made by another'))).value).toBe('made by another')
      expect(performance.now() - since).toBeGreaterThan(300)
    })

    test('wait no longer for another than making it may take', async () => {
      const [{ cache, prefix }] = (await connectedTo(1)) as [Awaited<ReturnType<typeof connected>>]
      await admin.set(named(prefix, 'a', 'turn'), 'the slow', { expiration: { type: 'PX', value: 60_000 } })
      expect((await cache.get(wish('a', async () => 'made alone', { makeWithinMs: 200 }))).value).toBe('made alone')
      expect(await admin.get(named(prefix, 'a', 'turn'))).toBe('the slow')
    })

    test('go on when the maker was left by all its callers', async () => {
      const [one, other] = (await connectedTo(2)) as Awaited<ReturnType<typeof connected>>[]
      const leaver = new AbortController()
      const started = Promise.withResolvers<void>()
      const make = (signal: AbortSignal) => {
        started.resolve()
        return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      }
      const left = one!.cache.get(wish('a', make, { signal: leaver.signal }))
      await started.promise
      const staying = other!.cache.get(wish('a', async () => 'made by the other'))
      leaver.abort(new Error('left'))
      await expect(left).rejects.toThrow('left')
      expect((await staying).value).toBe('made by the other')
    })

    test('keep a turn for as long as making takes, and leave nothing of it behind', async () => {
      const [one, other] = (await connectedTo(2)) as Awaited<ReturnType<typeof connected>>[]
      const made = maker(() => timeUp(2_600))
      await Promise.all([one!, other!].map(({ cache }) => cache.get(wish('a', made.make))))
      expect(made.times()).toBe(1)
      await until(async () => (await admin.exists(named(one!.prefix, 'a', 'turn'))) === 0)
    })

    async function connectedTo(count: number) {
      const prefix = ownPrefix()
      return Promise.all(Array.from({ length: count }, () => connected({ prefix })))
    }
  })

  describe('a purge', () => {
    test('is heard by every gateway, and leaves nothing in Redis', async () => {
      const prefix = ownPrefix()
      const [one, other] = (await Promise.all([1, 2].map(() => connected({ prefix, memoryBytes: 1_000_000 })))) as Connected[]
      await one!.cache.get(wish('a', async () => 'old'))
      await until(async () => (await admin.exists(named(prefix, 'a'))) === 1)
      expect((await other!.cache.get(wish('a', async () => 'old too'))).value).toBe('old')
      expect(await one!.cache.purge({ dataset: 'baeume', field: 'art' })).toBe(true)
      expect(await admin.exists(named(prefix, 'a'))).toBe(0)
      await until(() => other!.events.includes('purged'))
      expect((await other!.cache.get(wish('a', async () => 'new'))).value).toBe('new')
      expect((await one!.cache.get(wish('a', async () => 'newer'))).value).toBe('new')
    })

    test('is heard within seconds also where its announcement is lost', async () => {
      const { cache, events, prefix } = await connected({ memoryBytes: 1_000_000 })
      await cache.get(wish('a', async () => 'old'))
      await admin.hIncrBy(registryOf(prefix), markOf({ dataset: 'baeume' }), 1)
      await until(() => events.includes('purged'))
      expect((await cache.get(wish('a', async () => 'new'))).value).toBe('new')
    })

    test.each(['cut off', 'hung'])('holds for a gateway that was %s meanwhile, as soon as it is back', async how => {
      const relay = await relayed()
      const prefix = ownPrefix()
      const far = misbehaving(relay.url, 20, Date.now, 1_000_000, prefix)
      await ready(far.cache, far.events)
      const near = await connected({ prefix })
      await far.cache.get(wish('a', async () => 'old'))
      if (how === 'hung') await relay.hang()
      else relay.cut()
      await until(async () => {
        await far.cache.get(wish(`lost ${Math.random()}`, async () => 1))
        return far.told.length > 0
      })
      await near.cache.purge({ dataset: 'baeume' })
      relay.heal()
      await until(() => far.events.includes('purged'))
      expect((await far.cache.get(wish('a', async () => 'new'))).value).toBe('new')
    })

    test('that a gateway makes while Redis is away holds for itself, and is told as such', async () => {
      const relay = await relayed()
      const { cache, events } = misbehaving(relay.url, 20, Date.now, 1_000_000)
      await ready(cache, events)
      await cache.get(wish('a', async () => 'old'))
      relay.cut()
      expect(await cache.purge({ dataset: 'baeume' })).toBe(false)
      expect((await cache.get(wish('a', async () => 'new'))).value).toBe('new')
    })

    test('is written down as no name of anything, and not for ever', async () => {
      const { cache, prefix } = await connected()
      await cache.purge({ dataset: 'hunde', field: 'halterName' })
      const written = await admin.hGetAll(registryOf(prefix))
      expect(Object.entries(written)).toEqual([[expect.stringMatching(/^[0-9a-f]{8}$/), '1']])
      expect(await admin.pTTL(registryOf(prefix))).toBeGreaterThan(100 * 24 * 60 * 60 * 1000)
    })
  })

  test('where purges should be written down lies something else: answers are kept all the same', async () => {
    const prefix = ownPrefix()
    await admin.set(registryOf(prefix), 'garbage')
    const { cache } = await connected({ prefix })
    await cache.get(wish('a', async () => 'kept'))
    await until(async () => (await admin.exists(named(prefix, 'a'))) === 1)
    expect((await cache.get(wish('a', async () => 'made again'))).value).toBe('kept')
  })

  test('a key of another type in Redis costs no error and not the connection', async () => {
    const { cache, events, prefix } = await connected()
    await admin.lPush(named(prefix, 'a'), 'no text')
    expect((await cache.get(wish('a', async () => 'computed'))).value).toBe('computed')
    await cache.get(wish('b', async () => 'other'))
    expect((await cache.get(wish('b', async () => 'again'))).value).toBe('other')
    expect(events).toContain('redis.failed')
  })

  test('an answer too large for Redis stays in memory', async () => {
    const { cache, prefix } = await connected({ memoryBytes: 100_000_000 })
    const made = maker(() => 'x'.repeat(5_000_000))
    await cache.get(wish('huge', made.make))
    await cache.get(wish('huge', made.make))
    expect(made.times()).toBe(1)
    expect(await admin.exists(named(prefix, 'huge'))).toBe(0)
  })

  describe('that misbehaves', () => {
    test('when it hangs, costs 100 ms once and is not asked again until it answers', async () => {
      const relay = await relayed()
      const { cache, events, told } = misbehaving(relay.url, 60_000)
      await ready(cache, events)
      await relay.hang()
      const answer = cache.get(wish('a', async () => 'computed'))
      const first = await Promise.race([answer.then(() => 'in time'), noticed(150)])
      expect(first).toBe('in time')
      expect((await answer).value).toBe('computed')
      const failed = () => events.filter(event => event === 'redis.failed').length
      const before = { swallowed: relay.swallowed(), failed: failed() }
      for (let n = 0; n < 20; n++) await cache.get(wish(`next ${n}`, async () => n))
      expect({ swallowed: relay.swallowed(), failed: failed() }).toEqual(before)
      expect(told).toEqual(['Redis does not answer; the cache works without it until it does.'])
    })

    test('when it hangs, wishes at the same time all go on after the same 100 ms', async () => {
      const relay = await relayed()
      const { cache, events } = misbehaving(relay.url, 60_000)
      await ready(cache, events)
      await relay.hang()
      const all = Promise.all(Array.from({ length: 50 }, (_, n) => cache.get(wish(`k${n}`, async () => n))))
      expect(await Promise.race([all.then(() => 'in time'), noticed(150)])).toBe('in time')
    })

    test('when its connection is cut midway, the answer is computed, and Redis is used again when it is back', async () => {
      const relay = await relayed()
      const { cache, events, told } = misbehaving(relay.url, 20)
      await ready(cache, events)
      await relay.hang()
      const answer = cache.get(wish('a', async () => 'computed'))
      relay.cut()
      expect((await answer).value).toBe('computed')
      relay.heal()
      await ready(cache, events)
      await cache.get(wish('b', async () => 'kept'))
      expect((await cache.get(wish('b', async () => 'made again'))).value).toBe('kept')
      expect(told).toEqual(['Redis does not answer; the cache works without it until it does.', 'Redis answers again.'])
    })

    test('an old value in memory stands in although Redis is away', async () => {
      const relay = await relayed()
      let now = Date.now()
      const { cache, events } = misbehaving(relay.url, 60_000, () => now, 1_000_000)
      await ready(cache, events)
      await cache.get(wish('a', async () => 'old'))
      relay.cut()
      now += 60_000
      expect(await cache.get(wish('a', failing('SOURCE_UNAVAILABLE')))).toMatchObject({ value: 'old', stale: true })
    })
  })

  async function relayed() {
    const relay = await relayToRedis(url)
    open.push(() => relay.end())
    return relay
  }

  function misbehaving(through: string, pauseMs: number, now: () => number = Date.now, memoryBytes = 0, prefix = ownPrefix()) {
    const events: CacheEvent[] = []
    const told: string[] = []
    const count = (event: CacheEvent) => events.push(event)
    const shared = redisStore({ url: through, prefix, now, warn: message => told.push(message), count, pauseMs })
    const cache = answerCache({ memory: memoryStore(memoryBytes, now), shared, now, count })
    open.push(() => cache.close())
    return { cache, events, told }
  }
})

describe('without a Redis that answers', () => {
  test('a server that accepts and says nothing blocks neither start nor answers nor close', async () => {
    const silent = await listening(createServer(() => {}))
    const cache = await openCache({ memoryBytes: 1_000_000, redis: silent.url, prefix: 'p', now: () => 1, warn: quiet })
    const made = maker(n => n)
    expect((await cache.get(wish('a', made.make))).value).toBe(1)
    expect((await cache.get(wish('a', made.make))).value).toBe(1)
    await cache.close()
  })

  test('a port where nobody listens costs one warning and no error', async () => {
    const gone = await listening(createServer())
    await gone.end()
    const told: string[] = []
    const warn = (message: string) => told.push(message)
    const now = () => 1
    const shared = redisStore({ url: gone.url, prefix: 'p', now, warn, pauseMs: 5 })
    const cache = answerCache({ memory: memoryStore(1_000_000, now), shared, now })
    open.push(() => cache.close())
    expect((await cache.get(wish('a', async () => 'computed'))).value).toBe('computed')
    await until(() => told.length > 0)
    await timeUp(50)
    expect(told).toEqual(['Redis does not answer; the cache works without it until it does.'])
  })

  test('a server that talks another language is given up', async () => {
    const web = await listening(createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const told: string[] = []
    const cache = await openCache({ memoryBytes: 0, redis: web.url, prefix: 'p', now: () => 1, warn: message => told.push(message) })
    open.push(() => cache.close())
    await until(() => told.length > 0)
    expect((await cache.get(wish('a', async () => 'computed'))).value).toBe('computed')
  })

  test.each(['http://127.0.0.1', 'redis', 'redis://user:s3cret@[bad'])('%s is refused without repeating it', async redis => {
    const refusal = await openCache({ memoryBytes: 0, redis, prefix: 'p', now: () => 1, warn: quiet }).catch(error => error)
    expect(refusal).toBeInstanceOf(RangeError)
    expect(refusal.message).not.toMatch(/s3cret|bad/)
  })
})

/** The name in Redis of what `wish` asks for. */
function named(prefix: string, key: string, about?: 'turn' | 'failed'): string {
  return nameOf(prefix, addressOf(key, new Purges().marksOf([trees]), ''), about)
}

/** Wishes for something new until Redis has taken a value. */
async function ready(cache: AnswerCache, events: CacheEvent[]): Promise<void> {
  const before = events.length
  let n = 0
  await until(async () => {
    await cache.get(wish(`ready ${Date.now()} ${++n}`, async () => n))
    return events.slice(before).includes('redis.kept')
  })
}

async function listening(server: Server) {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', socket => sockets.add(socket.on('error', quiet)))
  const end = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
  open.push(end)
  return { url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, end }
}

function timeUp(milliseconds: number): Promise<string> {
  return new Promise(resolve => setTimeout(resolve, milliseconds, `only after ${milliseconds} ms`))
}

/** So much time as this process can notice: on a busy machine its timers are late, the cache's as well as these. */
async function noticed(milliseconds: number): Promise<string> {
  for (let left = milliseconds; left > 0; left -= 10) await new Promise(resolve => setTimeout(() => setImmediate(resolve), 10))
  return `only after ${milliseconds} ms`
}

async function all(pages: AsyncIterable<string[]>): Promise<string[]> {
  const found: string[] = []
  for await (const page of pages) found.push(...page)
  return found
}
