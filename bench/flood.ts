/**
 * Asks so many times a second, whatever becomes of it, in a process of its own: callers who do not wait for one another. A request goes out
 * on a connection that is free; when none is, it is not sent.
 */

import { connect, type Socket } from 'node:net'
import { reader } from './reader.ts'

export interface Flood {
  readonly port: number
  /** Bodies to ask with, in turn. */
  readonly bodies: readonly string[]
  readonly connections: number
  /** Requests per second; 0: each connection asks again as soon as it was answered. */
  readonly rate: number
  readonly warmMs: number
  readonly runMs: number
}

export interface Flooded {
  readonly sent: number
  /** Whole answers with 200 and without an error. */
  readonly good: number
  /** 503 with `Retry-After`. */
  readonly refused: number
  /** Any other answer, by its first line or code. */
  readonly others: Readonly<Record<string, number>>
  /** Connections that ended without an answer. */
  readonly broken: number
  /** Milliseconds, of good answers. */
  readonly p50: number
  readonly p99: number
  readonly seconds: number
}

const drainMs = 20_000
const tickMs = 5

process.on('message', flood => void run(flood as Flood))

async function run({ port, bodies, connections, rate, warmMs, runMs }: Flood): Promise<void> {
  const requests = bodies.map(body =>
    Buffer.from(
      `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  )
  const counts = { sent: 0, good: 0, refused: 0, broken: 0 }
  const others: Record<string, number> = {}
  const times: number[] = []
  const free: Line[] = []
  let [next, counting, over, underWay] = [0, false, false, 0]

  const ask = (line: Line): void => {
    underWay += 1
    if (counting) counts.sent += 1
    line.asked = performance.now()
    line.counts = counting
    line.socket.write(requests[next++ % requests.length]!)
  }
  const answered = (line: Line, what: string): void => {
    underWay -= 1
    if (line.counts && !over) {
      if (what === 'good') times.push(performance.now() - line.asked)
      if (what === 'good' || what === 'refused' || what === 'broken') counts[what] += 1
      else others[what] = (others[what] ?? 0) + 1
    }
    line.asked = 0
    if (what === 'broken') return
    if (rate === 0 && !over) ask(line)
    else free.push(line)
  }
  const open = (): void => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const line: Line = { socket, asked: 0, counts: false }
    const answers = reader(kindOf)
    socket.on('connect', () => (rate === 0 ? ask(line) : free.push(line)))
    socket.on('data', chunk => {
      const what = answers(chunk)
      if (what !== undefined) answered(line, what)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (line.asked > 0) answered(line, 'broken')
      const place = free.indexOf(line)
      if (place >= 0) free.splice(place, 1)
      if (!over) setTimeout(open, 50)
    })
  }
  for (let n = 0; n < connections; n++) open()
  let due = 0
  const timer =
    rate === 0
      ? undefined
      : setInterval(() => {
          due += (rate * tickMs) / 1000
          while (due >= 1) {
            due -= 1
            const line = free.pop()
            if (line) ask(line)
          }
        }, tickMs)
  await new Promise(resolve => setTimeout(resolve, warmMs))
  counting = true
  const begun = performance.now()
  await new Promise(resolve => setTimeout(resolve, runMs))
  const seconds = (performance.now() - begun) / 1000
  over = true
  clearInterval(timer)
  for (let ms = 0; underWay > 0 && ms < drainMs; ms += 10) await new Promise(resolve => setTimeout(resolve, 10))
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  process.send?.({ ...counts, others, p50: at(0.5), p99: at(0.99), seconds } satisfies Flooded)
}

interface Line {
  readonly socket: Socket
  /** 0: nothing is asked on it. */
  asked: number
  counts: boolean
}

function kindOf(head: string, body: Buffer): string {
  if (head.startsWith('HTTP/1.1 503') && /retry-after: *\d/i.test(head)) return 'refused'
  const status = head.slice(9, 12)
  if (status === '200' && !body.includes('"errors":[')) return 'good'
  return `${status} ${/"code":"(\w+)"/.exec(body.toString('latin1', 0, 400))?.[1] ?? ''}`.trim()
}
