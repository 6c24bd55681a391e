/** Is there a real Redis for the tests, and how is it made to hang or die? */

import { connect } from 'node:net'
import { relayTo } from './relay.ts'

/** A test that needs Redis is skipped with the reason where there is none; under CI it must be there. */
export async function redisServer(url: string): Promise<{ readonly there: boolean; readonly reason: string }> {
  const { hostname, port } = new URL(url)
  const there = await new Promise<boolean>(resolve => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: 1_000 })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.once('timeout', () => done(false))
  })
  if (!there && process.env.CI === 'true') throw new Error(`no Redis at ${hostname}:${port}`)
  return { there, reason: `no Redis at ${hostname}:${port}` }
}

/** A wire to a real Redis that can fall silent and be cut. */
export async function relayToRedis(url: string) {
  const { hostname, port } = new URL(url)
  const relay = await relayTo(hostname, Number(port || 6379))
  return {
    url: `redis://127.0.0.1:${relay.port}`,
    /** From now on nothing is handed on, and the connections stay open. */
    hang: () => relay.become('hang'),
    cut() {
      relay.kill()
      void relay.become('refuse')
    },
    heal: () => relay.become('pass'),
    /** Bytes that were sent into the silence. */
    swallowed: relay.swallowed,
    end: relay.end,
  }
}
