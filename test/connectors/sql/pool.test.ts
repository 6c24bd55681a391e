/** Who may ask at once, who waits, and which connection is lent? */

import type { Driver, Session } from '../../../src/connectors/sql/drivers/session.ts'
import { Pool } from '../../../src/connectors/sql/pool.ts'
import { Patience, type Waiting } from '../../../src/connectors/sql/stop.ts'
import { sourceFailure } from '../../../src/model/index.ts'

/** A connection that only knows whether it is still one. */
class Line {
  broken = false
  closed = false
  async close(): Promise<void> {
    this.closed = true
  }
}

function poolOf(connections: number, queue: number, connect: (signal: AbortSignal) => Promise<Line> = async () => new Line()) {
  const made: Line[] = []
  const driver = {
    async connect(signal: AbortSignal) {
      const line = await connect(signal)
      made.push(line)
      return line as unknown as Session
    },
  } as Driver
  const pool = new Pool({ source: 'amt', driver, connections, queue, connectMs: 1_000 })
  const lend = async () => (pool.idle() ?? (await pool.connect())) as unknown as Line
  const giveBack = (line: Line) => pool.release(line as unknown as Session)
  return { pool, made, lend, giveBack }
}

const waiting: Waiting = []
const patienceOf = (signal: AbortSignal = new AbortController().signal, ms = 10_000) =>
  new Patience({ signal, deadline: Date.now() + ms }, waiting)

afterEach(() => {
  for (const patience of [...waiting]) patience.clear()
})

test('as many places as connections; the others wait in turn, and one too many is told at once', async () => {
  const { pool } = poolOf(2, 2)
  expect([pool.enter(patienceOf()), pool.enter(patienceOf())]).toEqual([undefined, undefined])
  const came: string[] = []
  const first = pool.enter(patienceOf())!.then(() => came.push('first'))
  const second = pool.enter(patienceOf())!.then(() => came.push('second'))
  expect(() => pool.enter(patienceOf())).toThrow(
    expect.objectContaining({ code: 'SOURCE_BUSY', log: 'source amt: 2 callers are waiting already' }),
  )
  pool.leave()
  await first
  expect(came).toEqual(['first'])
  pool.leave()
  await second
  expect(came).toEqual(['first', 'second'])
  pool.leave()
  pool.leave()
  expect(pool.enter(patienceOf())).toBeUndefined()
})

test('who loses patience in the queue makes room in it, and takes no place later', async () => {
  const { pool } = poolOf(1, 1)
  pool.enter(patienceOf())
  const leaving = new AbortController()
  const reason = sourceFailure('CANCELLED', 'left')
  const gone = pool.enter(patienceOf(leaving.signal))
  leaving.abort(reason)
  await expect(gone).rejects.toBe(reason)
  const next = pool.enter(patienceOf())
  pool.leave()
  await next
  pool.leave()
  expect(pool.enter(patienceOf())).toBeUndefined()
})

test('lends the connection that came back last, and none that is broken or was made before a breakdown', async () => {
  const { pool, made, lend, giveBack } = poolOf(2, 0)
  const [one, two] = [await lend(), await lend()]
  giveBack(one)
  giveBack(two)
  expect(await lend()).toBe(two)
  two.broken = true
  giveBack(two)
  expect(two.closed).toBe(true)
  expect(await lend()).toBe(one)
  pool.retire()
  giveBack(one)
  expect(one.closed).toBe(true)
  expect(made).toHaveLength(2)
  await lend()
  expect(made).toHaveLength(3)
})

test('closing ends what is idle, waits for what is lent, and gives up what is being made', async () => {
  const { pool, lend, giveBack } = poolOf(3, 0)
  const [idle, lent] = [await lend(), await lend()]
  giveBack(idle)
  let closed = false
  const closing = pool.close().then(() => {
    closed = true
  })
  await new Promise(resolve => setImmediate(resolve))
  expect([idle.closed, closed]).toEqual([true, false])
  giveBack(lent)
  await closing
  expect(lent.closed).toBe(true)

  const slow = poolOf(1, 0, signal => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))))
  const connecting = slow.lend()
  await Promise.all([slow.pool.close(), expect(connecting).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })])
})

test('patience ends with the caller, with the time, and once', async () => {
  const leaving = new AbortController()
  const left = patienceOf(leaving.signal)
  const told: unknown[] = []
  left.watch(reason => told.push(reason))
  const never = () => told.push('never')
  left.watch(never)
  left.forget(never)
  leaving.abort('left')
  left.end('later')
  expect(told).toEqual(['left'])
  expect(() => left.check()).toThrow('left')
  left.watch(reason => told.push(reason))
  expect(told).toEqual(['left', 'left'])

  const late = patienceOf(undefined, 20)
  await expect(late.within(new Promise(() => {}))).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' })
  expect(patienceOf(undefined, -1).isOver).toBe(true)
  expect(await patienceOf().within(Promise.resolve('done'))).toBe('done')
})

test('who has left is among those who wait no more, whoever comes and goes besides', () => {
  const [first, second, third] = [patienceOf(), patienceOf(), patienceOf()]
  first.clear()
  first.clear()
  expect(new Set(waiting)).toEqual(new Set([second, third]))
  third.clear()
  expect(waiting).toEqual([second])
  second.clear()
  expect(waiting).toEqual([])
})
