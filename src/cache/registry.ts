/** How do processes hear of a purge through Redis, and how is what they wrote there taken out? */

import type { Purge } from '../model/index.ts'
import { handshakeMs, inTime, newClient, type RedisClient } from './connection.ts'
import { version } from './envelope.ts'
import { type Generations, markOf } from './purges.ts'

/** Longer than any value is kept: 30 days of `freshFor` and 90 of `staleFor`. */
export const longestMs = 120 * 24 * 60 * 60 * 1000
/** Keys that are looked at in one step; under a millisecond of Redis' time. */
const page = 500

/** Asks Redis one thing; `undefined` when it is away. */
export type Ask = <T>(question: (client: RedisClient) => Promise<T>) => Promise<T | undefined>

/** Marks and the number of their last purge; also the channel on which a change of it is told. */
export function registryOf(prefix: string): string {
  return `${prefix}:${version}:purged`
}

export async function generationsIn(client: RedisClient, prefix: string): Promise<Generations> {
  return { ...(await client.hGetAll(registryOf(prefix))) }
}

/** @returns how many processes heard of it; `undefined` when Redis is away */
export async function announce(ask: Ask, prefix: string, mark: string): Promise<number | undefined> {
  const registry = registryOf(prefix)
  const written = await ask(client => client.multi().hIncrBy(registry, mark, 1).pExpire(registry, longestMs).execTyped())
  // Not in one transaction with the rest: Redis would write the message into the middle of the reply to whoever listens on the same connection.
  return written && (await ask(client => client.publish(registry, mark)))
}

/**
 * Takes out everything under a mark. Looks at all keys of the Redis, in small steps: for purges only.
 *
 * @returns how many keys there were; `undefined` when Redis went away meanwhile
 */
export async function takeOut(ask: Ask, prefix: string, mark: string): Promise<number | undefined> {
  let [cursor, taken] = ['0', 0]
  do {
    const found = await ask(client => client.scan(cursor, { MATCH: `${prefix}:${version}:*${mark}*:{*`, COUNT: page }))
    if (!found) return undefined
    cursor = found.cursor
    // One by one: a command with several keys would have to keep to one node of a cluster.
    const replies = await Promise.all(found.keys.map(key => ask(client => client.unlink(key))))
    taken += replies.reduce<number>((sum, reply) => sum + (reply ?? 0), 0)
  } while (cursor !== '0')
  return taken
}

/** What became of a purge. */
export interface Purged {
  /** Processes that heard of it at once. */
  readonly heard: number
  /** Keys that were taken out. */
  readonly taken: number
}

/**
 * Purges from outside of any gateway.
 *
 * @throws Error when Redis cannot be reached, refuses, or leaves a question open for seconds
 */
export async function purgeRedis(redis: { readonly url: string; readonly prefix: string }, purge: Purge): Promise<Purged> {
  const client = newClient(redis.url).on('error', () => {})
  const ask: Ask = question => inTime(question(client), handshakeMs)
  try {
    await inTime(client.connect(), handshakeMs)
    const mark = markOf(purge)
    // First all are told: from then on nobody writes what would have to be taken out.
    const heard = (await announce(ask, redis.prefix, mark)) ?? 0
    return { heard, taken: (await takeOut(ask, redis.prefix, mark)) ?? 0 }
  } finally {
    client.destroy()
  }
}
