/** What do several gateways remember together, and what does it cost when Redis is away? */

import type { Clock } from '../model/index.ts'
import type { CacheEvent, SharedStore } from './answers.ts'
import { RedisConnection } from './connection.ts'
import { nameOf, seal, unseal } from './envelope.ts'

export interface RedisOptions {
  readonly url: string
  readonly prefix: string
  readonly now: Clock
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  readonly count?: (event: CacheEvent) => void
  /** Milliseconds before Redis is tried again after its first failure; doubles with each further one. */
  readonly pauseMs?: number
}

/** Bytes of one envelope. Larger answers stay in memory: they could hardly come back within the deadline. */
const largestBytes = 4 * 1024 * 1024

/** Never waits longer than the connection's deadline, never fails: without Redis there is nothing in it. */
export function redisStore({ url, prefix, now, warn, count = () => {}, pauseMs }: RedisOptions): SharedStore {
  const failed = () => count('redis.failed')
  const connection = new RedisConnection({ url, warn, failed, ...(pauseMs !== undefined && { pauseMs }) })

  return {
    async get(key) {
      // Not GET: whatever lies there, no more than this crosses the wire, and what is cut off is no envelope.
      const envelope = await connection.ask(client => client.getRange(nameOf(prefix, key), 0, largestBytes - 1))
      if (!envelope) return undefined
      const kept = unseal(envelope, now())
      if (!kept) count('redis.ignored')
      return kept
    },
    put(key, kept, forMs) {
      const envelope = seal(kept)
      const leftMs = Math.floor(kept.asOf + forMs - now())
      if (leftMs < 1 || Buffer.byteLength(envelope) > largestBytes) return
      void connection
        .ask(client => client.set(nameOf(prefix, key), envelope, { expiration: { type: 'PX', value: leftMs } }))
        .then(reply => reply === 'OK' && count('redis.kept'))
    },
    close: () => connection.close(),
  }
}
