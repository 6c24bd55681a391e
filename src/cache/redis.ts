/** What do several gateways remember together, and what does it cost when Redis is away? */

import { randomUUID } from 'node:crypto'
import { RESP_TYPES } from 'redis'
import type { Clock } from '../model/index.ts'
import { handshakeMs, type RedisClient, RedisConnection } from './connection.ts'
import { fromBytes, nameOf, seal, toBytes, unseal } from './envelope.ts'
import { failureMs, isPassing } from './failures.ts'
import type { Generations } from './purges.ts'
import { type Ask, announce, generationsIn, longestMs, registryOf, takeOut } from './registry.ts'
import type { CacheEvent, SharedStore } from './store.ts'
import type { Claim } from './turns.ts'

export interface RedisOptions {
  readonly url: string
  readonly prefix: string
  readonly now: Clock
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  readonly count?: (event: CacheEvent) => void
  /** Milliseconds before Redis is tried again after its first failure; doubles with each further one. */
  readonly pauseMs?: number
}

/** Bytes of one envelope, unpacked. Larger answers stay in memory: they could hardly come back within the deadline. */
const largestBytes = 4 * 1024 * 1024
/** A turn ends so long after its owner was last heard of; a living owner is heard of three times as often. */
const turnMs = 2_000
/** Only the owner of a turn may prolong or end it: by then it may be somebody else's. */
/** Purges are looked for so often, in case their announcement was lost. */
const lookMs = 2_000
const ifOwn = (command: string) => `if redis.call('get', KEYS[1]) == ARGV[1] then return ${command} end return 0`
const prolong = ifOwn(`redis.call('pexpire', KEYS[1], ARGV[2])`)
const end = ifOwn(`redis.call('del', KEYS[1])`)
const asBytes = { [RESP_TYPES.BLOB_STRING]: Buffer }

/** Never waits longer than the connection's deadline, never fails: without Redis there is nothing in it. */
export function redisStore({ url, prefix, now, warn, count = () => {}, pauseMs }: RedisOptions): SharedStore {
  const failed = () => count('redis.failed')
  let listener = (_generations: Generations): void => {}
  const tell = (generations: Generations): void => listener(generations)
  const look = async (): Promise<void> => {
    const generations = await connection.ask(client => generationsIn(client, prefix), handshakeMs)
    if (generations) tell(generations)
  }
  /** Before anything is asked: what was purged while the store was away must not be found, here or there. */
  const greet = async (client: RedisClient): Promise<void> => {
    await Promise.all([client.subscribe(registryOf(prefix), look), generationsIn(client, prefix).then(tell)])
  }
  const connection = new RedisConnection({ url, warn, failed, greet, ...(pauseMs !== undefined && { pauseMs }) })
  const looking = setInterval(look, lookMs).unref()

  return {
    async get(address) {
      // Not GET: whatever lies there, no more than this crosses the wire, and what is cut off is no envelope.
      const bytes = await connection.ask(client => client.withTypeMapping(asBytes).getRange(nameOf(prefix, address), 0, largestBytes - 1))
      if (!bytes?.length) return undefined
      const envelope = fromBytes(bytes, largestBytes)
      const kept = envelope === undefined ? undefined : unseal(envelope, now())
      if (!kept) count('redis.ignored')
      return kept
    },
    put(address, kept, forMs) {
      const envelope = seal(kept)
      const leftMs = Math.floor(kept.asOf + Math.min(forMs, longestMs) - now())
      if (leftMs < 1 || Buffer.byteLength(envelope) > largestBytes) return
      // Packed at once and not in the background: a turn that ends after this must not reach Redis before it.
      const bytes = toBytes(envelope)
      void connection
        .ask(client => client.set(nameOf(prefix, address), bytes, { expiration: { type: 'PX', value: leftMs } }))
        .then(reply => reply === 'OK' && count('redis.kept'))
    },
    claim: address => claim(connection, nameOf(prefix, address, 'turn')),
    async failure(address) {
      const [code = '', asOf = ''] = (await connection.ask(client => client.get(nameOf(prefix, address, 'failed'))))?.split(' ') ?? []
      return isPassing(code) && Math.abs(now() - Number(asOf)) < failureMs ? code : undefined
    },
    putFailure(address, code) {
      const name = nameOf(prefix, address, 'failed')
      void connection.ask(client => client.set(name, `${code} ${now()}`, { expiration: { type: 'PX', value: failureMs } }))
    },
    async purge(mark) {
      const ask: Ask = question => connection.ask(question, handshakeMs)
      const heard = await announce(ask, prefix, mark)
      await look()
      return heard !== undefined && (await takeOut(ask, prefix, mark)) !== undefined
    },
    onPurges(told) {
      listener = told
    },
    close() {
      clearInterval(looking)
      connection.close()
    },
  }
}

async function claim(connection: RedisConnection, name: string): Promise<Claim> {
  const owner = randomUUID()
  const expiration = { type: 'PX', value: turnMs } as const
  const reply = await connection.ask(client => client.set(name, owner, { condition: 'NX', expiration }))
  if (reply !== 'OK') return reply === null ? 'held' : 'unknown'
  const alive = setInterval(() => {
    void connection.ask(client => client.eval(prolong, { keys: [name], arguments: [owner, String(turnMs)] }))
  }, turnMs / 3).unref()
  return {
    end() {
      clearInterval(alive)
      void connection.ask(client => client.eval(end, { keys: [name], arguments: [owner] }))
    },
  }
}
