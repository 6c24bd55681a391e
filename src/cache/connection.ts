/** Is Redis there, and if not, when is it tried again? */

import { createClient, ErrorReply } from 'redis'

interface Options {
  readonly url: string
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  /** Told of every question that got no answer, or an error. */
  readonly failed: () => void
  /** What is to be said on every new connection before anybody may ask; a refusal of it costs nothing but a warning. */
  readonly greet?: (client: RedisClient) => Promise<void>
  readonly pauseMs?: number
}

/** A caller waits so long for Redis, once per outage. */
const answerMs = 100
/** Nobody waits for the handshake, which may need several round trips and TLS. */
export const handshakeMs = 2_000
const longestPauseMs = 30_000
/** So many times is looked for an answer before it is late. */
const looks = 5

export type RedisClient = ReturnType<typeof newClient>

/**
 * A connection that is its own circuit breaker: it is either known to answer, or nobody asks it. The first question that
 * Redis leaves open for 100 ms gives the connection up, and a new one is made in the background after a pause that doubles
 * while Redis stays away. node-redis' own reconnecting is off: it waits for ever for a peer that accepts and says nothing.
 */
export class RedisConnection {
  readonly #options: Options
  /** The one being made or in use. */
  #client: RedisClient | undefined
  /** The same, once the handshake has shown that Redis answers. */
  #ready: RedisClient | undefined
  #failures = 0
  #away = false
  #closed = false
  #pause: NodeJS.Timeout | undefined
  /** Kinds of refusal already told to the operator. */
  readonly #told = new Set<string>()

  constructor(options: Options) {
    if (!/^rediss?:\/\//.test(options.url) || !URL.canParse(options.url))
      throw new RangeError('The address of Redis must begin with redis:// or rediss:// and be a URL, such as redis://127.0.0.1:6379')
    this.#options = options
    this.#connect()
  }

  /**
   * @param patienceMs longer than 100 ms where no caller waits
   * @returns `undefined` when Redis is away, refuses, or does not answer within that time
   */
  async ask<T>(question: (client: RedisClient) => Promise<T>, patienceMs: number = answerMs): Promise<T | undefined> {
    const client = this.#ready
    if (!client) return undefined
    try {
      const answer = await inTime(question(client), patienceMs)
      this.#answered()
      return answer
    } catch (error) {
      this.#options.failed()
      if (error instanceof ErrorReply) this.#refused(error)
      else this.#lost(client, error)
      return undefined
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#pause)
    this.#client?.destroy()
    this.#client = undefined
    this.#ready = undefined
  }

  #connect(): void {
    const client = newClient(this.#options.url)
    this.#client = client
    client.on('error', error => this.#lost(client, error))
    inTime(
      client.connect().then(() => this.#greet(client)),
      handshakeMs,
    ).then(
      () => {
        if (this.#client === client) this.#ready = client
      },
      error => this.#lost(client, error),
    )
  }

  async #greet(client: RedisClient): Promise<void> {
    try {
      await this.#options.greet?.(client)
    } catch (error) {
      if (!(error instanceof ErrorReply)) throw error
      this.#options.failed()
      this.#refused(error)
    }
  }

  #answered(): void {
    this.#failures = 0
    if (!this.#away) return
    this.#away = false
    this.#told.clear()
    this.#options.warn('Redis answers again.')
  }

  /** Redis is there, but full, read-only, still loading or of another mind. Worth a word to the operator, once. */
  #refused(error: Error): void {
    const [kind = ''] = error.message.split(' ')
    if (this.#told.has(kind)) return
    this.#told.add(kind)
    this.#options.warn('Redis refuses what it is asked; the cache works without it meanwhile.', { reason: error.message })
  }

  #lost(client: RedisClient, error: unknown): void {
    // Every question in flight on a lost connection fails, and each may report it.
    if (client !== this.#client || this.#closed) return
    this.#client = undefined
    this.#ready = undefined
    client.destroy()
    const pause = Math.min((this.#options.pauseMs ?? 1_000) * 2 ** this.#failures++, longestPauseMs)
    // A little early or late, so that gateways that lost Redis together do not come back together.
    this.#pause = setTimeout(() => this.#connect(), pause * (0.75 + Math.random() / 2)).unref()
    if (this.#away) return
    this.#away = true
    this.#options.warn('Redis does not answer; the cache works without it until it does.', {
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}

export function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy: false, connectTimeout: handshakeMs },
  })
}

/**
 * The promise's own end, or a failure after so many milliseconds in which this process could have heard it. Counted in short looks, so that
 * time in which the process itself was held up does not count: a crowd of callers must not make it believe that Redis is away.
 */
export async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const look = (left: number): void => {
      if (left === 0) return void reject(new Error(`no answer within ${milliseconds} ms`))
      // Sockets are read after timers and before immediates.
      timer = setTimeout(() => setImmediate(() => timer && look(left - 1)), milliseconds / looks)
    }
    look(looks)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
    timer = undefined
  }
}
