/**
 * Asks as fast as it is answered, over connections that stay open, in a process of its own. One request at a time on each connection;
 * answers are counted by their length and not parsed, so that the client costs as little as it can.
 */

import { connect } from 'node:net'
import { reader } from './reader.ts'

export interface Load {
  readonly port: number
  /** Bodies to ask with, in turn. */
  readonly bodies: readonly string[]
  readonly path: string
  readonly connections: number
  readonly warmMs: number
  readonly runMs: number
}

export interface Measured {
  /** Per second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly requests: number
  /** Answers that were not 200, or held an error. */
  readonly failed: number
}

/** The parent looks at the clock of the peer's CPU when the time begins and ends. */
export type Said = 'begun' | 'ended' | Measured

/** Answers that are on their way when the time is up are waited for so long. */
const drainMs = 20_000

process.on('message', load => void run(load as Load))

async function run({ port, bodies, path, connections, warmMs, runMs }: Load): Promise<void> {
  const requests = bodies.map(body =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  )
  let next = 0
  let counting = false
  let over = false
  let waiting = connections
  let failed = 0
  const times: number[] = []
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const answers = reader(isGood)
    let asked = 0
    const ask = (): void => {
      if (over) {
        waiting -= 1
        return
      }
      asked = performance.now()
      socket.write(requests[next++ % requests.length]!)
    }
    socket.on('connect', ask)
    socket.on('data', chunk => {
      const ended = answers(chunk)
      if (ended === undefined) return
      if (counting && !over) times.push(performance.now() - asked)
      if (!ended) failed += 1
      ask()
    })
    socket.on('error', () => {
      failed += 1
    })
    return socket
  })
  await new Promise(resolve => setTimeout(resolve, warmMs))
  counting = true
  const begun = performance.now()
  process.send?.('begun')
  await new Promise(resolve => setTimeout(resolve, runMs))
  const seconds = (performance.now() - begun) / 1000
  over = true
  process.send?.('ended')
  // What is still asked must not burden the next question: a peer does not notice that nobody waits any more.
  for (let ms = 0; waiting > 0 && ms < drainMs; ms += 10) await new Promise(resolve => setTimeout(resolve, 10))
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  process.send?.({ rate: times.length / seconds, p50: at(0.5), p99: at(0.99), requests: times.length, failed } satisfies Measured)
  for (const socket of sockets) socket.destroy()
}

function isGood(head: string, body: Buffer): boolean {
  return head.startsWith('HTTP/1.1 200') && !body.includes('"errors":[')
}
