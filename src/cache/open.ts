/** Which cache does a gateway get: memory alone, or memory in front of Redis? */

import type { AnswerCache, Clock, Purge } from '../model/index.ts'
import { answerCache } from './answers.ts'
import { memoryStore } from './memory.ts'
import type { Purged } from './registry.ts'
import type { CacheEvent } from './store.ts'

export type { CacheEvent, Purged }

export interface CacheOptions {
  /** Bytes of this process, at most; 0: nothing is kept in memory. */
  readonly memoryBytes: number
  /** `redis://` or `rediss://`, with user and password where needed. Absent: memory alone. */
  readonly redis?: string
  /** First part of every key in Redis, so that several gateways may share one. */
  readonly prefix: string
  readonly now: Clock
  /** Told once when Redis goes away and once when it is back. */
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  /** For metrics. */
  readonly count?: (event: CacheEvent) => void
  /** Told after something was forgotten because of a purge, here or elsewhere. */
  readonly onPurge?: () => void
}

/**
 * A cache of this process only.
 *
 * @param options.bytes memory that answers may take; text counts with two bytes a character
 */
export function memoryCache(options: { readonly bytes: number; readonly now: Clock }): AnswerCache {
  return answerCache({ memory: memoryStore(options.bytes, options.now), now: options.now })
}

/**
 * Memory in front of Redis when a URL is given. Does not wait for Redis, which is connected in the background: until it is there,
 * or whenever it is away, the cache works without it.
 *
 * @throws RangeError when `redis` is no URL of Redis; its text holds nothing of the URL, which may carry a password
 */
export async function openCache(options: CacheOptions): Promise<AnswerCache> {
  const { memoryBytes, redis, prefix, now, warn, count, onPurge } = options
  const counted = count && { count }
  // The client of Redis is a quarter of all files that the gateway would load.
  const shared = redis !== undefined && (await import('./redis.ts')).redisStore({ url: redis, prefix, now, warn, ...counted })
  return answerCache({
    memory: memoryStore(memoryBytes, now),
    ...(shared && { shared }),
    now,
    ...counted,
    ...(onPurge && { onPurge }),
  })
}

/**
 * Purges from outside of any gateway: takes out of Redis, and tells all.
 *
 * @throws Error when Redis cannot be reached, refuses, or leaves a question open for seconds
 */
export async function purgeRedis(redis: { readonly url: string; readonly prefix: string }, purge: Purge): Promise<Purged> {
  const registry = await import('./registry.ts')
  return registry.purgeRedis(redis, purge)
}
