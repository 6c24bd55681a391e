/** Who holds the connections to one database? */

import knex from 'knex'
import { sourceFailure } from '../../model/index.ts'
import type { Driver, Session } from './drivers/session.ts'

/** Connections that are made on demand, lent one by one and given up when they are idle for half a minute. */
export interface Pool {
  /** @throws the driver's own error when no connection can be made */
  acquire(): Promise<Session>
  /** A broken session is thrown away. */
  release(session: Session): void
  /** Connections that were made before now are not lent again: what broke one has probably broken all. */
  retire(): void
  close(): Promise<void>
}

const idleMs = 30_000

/**
 * knex's pool around sessions of our own.
 *
 * @param connections at most
 * @param connectMs   making one may take so long
 */
export function openPool(driver: Driver, connections: number, connectMs: number): Pool {
  const closing = new AbortController()
  const born = new WeakMap<Session, number>()
  let generation = 0

  class Sessions extends knex.Client {
    override async acquireRawConnection(): Promise<Session> {
      const made = generation
      const tooLong = new AbortController()
      const late = (): void => tooLong.abort(sourceFailure('SOURCE_UNAVAILABLE', `no connection within ${connectMs} ms`))
      const timer = setTimeout(late, connectMs)
      const signal = AbortSignal.any([closing.signal, tooLong.signal])
      try {
        const session = await driver.connect(signal)
        born.set(session, made)
        return session
      } catch (error) {
        // The signal's reason says more than the error of a socket that was cut.
        throw signal.aborted ? signal.reason : error
      } finally {
        clearTimeout(timer)
      }
    }

    override destroyRawConnection(session: Session): Promise<void> {
      return session.close()
    }

    override async validateConnection(session: Session): Promise<boolean> {
      return !session.broken && born.get(session) === generation
    }
  }

  const client = new Sessions({
    client: Sessions,
    log: silent,
    pool: {
      min: 0,
      max: connections,
      idleTimeoutMillis: idleMs,
      // Ours are shorter; these only keep the pool from waiting for ever.
      createTimeoutMillis: connectMs + 5_000,
      acquireTimeoutMillis: connectMs + 5_000,
      propagateCreateError: true,
    },
  })
  client.initializePool(client.config)

  return {
    acquire: () =>
      client.acquireConnection().catch((error: unknown) => {
        if (error instanceof knex.KnexTimeoutError)
          throw sourceFailure('SOURCE_UNAVAILABLE', 'no connection came free or could be made', error)
        throw error
      }),
    release: session => {
      session.rest?.()
      void client.releaseConnection(session)
    },
    retire: () => {
      generation++
    },
    close: async () => {
      closing.abort(sourceFailure('SOURCE_UNAVAILABLE', 'the connector is closed'))
      await new Promise(resolve => client.destroy(resolve))
    },
  }
}

/** knex would print its own messages to the console. */
const silent = { warn: ignore, error: ignore, debug: ignore, deprecate: ignore }

function ignore(): void {}
