/** What every attack finds: both towns served from one source, and a Redis behind the cache where there is one. */

import { createClient, RESP_TYPES } from 'redis'
import { fromBytes } from '../../src/cache/envelope.ts'
import type { Clock } from '../../src/model/index.ts'
import { redisServer } from '../support/redis.ts'
import type { Bench, Source } from './town/bench.ts'
import { noon, startWorld, type World } from './town/world.ts'

export interface Stage {
  readonly kind: string
  /** See `Bench`. */
  readonly holds: boolean
  readonly source: Source
  /** With closed fields, rows and datasets. */
  readonly a: World
  /** The same without them: nobody ever heard of them, and the closed columns hold other things. */
  readonly b: World
  /** Everything in Redis under the prefix of `a`; undefined without a Redis. */
  /** The clock of both. */
  readonly now: Clock
  readonly kept: () => Promise<readonly string[] | undefined>
  /** Where `a` keeps its answers. */
  readonly redis: { readonly url: string; readonly prefix: string } | undefined
  /** From now on it is the evening of the same day: nothing is fresh, and the source is not asked. */
  readonly closeSource: () => void
  readonly tidyUp: () => Promise<void>
}

const nineHours = 9 * 60 * 60 * 1000

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const server = await redisServer(url)

/** Why there is no Redis to look into. */
export const noRedis = server.there ? undefined : server.reason

export async function openStage(bench: Bench): Promise<Stage> {
  const prefix = `stadttor-leaks-${bench.kind}-${process.pid}`
  const redis = noRedis === undefined ? { url, prefix } : undefined
  const source = await bench.start()
  let ahead = noon - Date.now()
  const now = () => Date.now() + ahead
  const a = await startWorld({ side: 'a', files: source.files.a, ...(redis && { redis }) }, now)
  const b = await startWorld({ side: 'b', files: source.files.b }, now)
  return {
    kind: bench.kind,
    holds: bench.holds ?? false,
    source,
    a,
    b,
    redis,
    now,
    closeSource() {
      ahead += nineHours
    },
    kept: async () => redis && keptUnder(redis.prefix, false),
    async tidyUp() {
      await a.stop()
      await b.stop()
      await source.tidyUp()
      if (redis) await keptUnder(redis.prefix, true)
    },
  }
}

/** Names and values, unpacked. */
async function keptUnder(prefix: string, forget: boolean): Promise<readonly string[]> {
  const client = createClient({ url })
  await client.connect()
  const found: string[] = []
  for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 1000 })) {
    for (const key of keys) {
      const isText = (await client.type(key)) === 'string'
      const bytes = isText ? await client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }).get(key) : null
      found.push(`${key} ${bytes ? fromBytes(bytes, 100_000_000) : JSON.stringify(await client.hGetAll(key))}`)
    }
    if (forget && keys.length > 0) await client.del(keys)
  }
  client.destroy()
  return found
}
