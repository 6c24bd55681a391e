/** What is found out once serves everybody, and nobody has to leave because another one left. */

import { Remembered } from '../../../src/connectors/features/remember.ts'
import { sourceFailure } from '../../../src/model/index.ts'

const never = () => new AbortController().signal

test('is found out once for all who ask meanwhile and later', async () => {
  const remembered = new Remembered()
  let times = 0
  const find = async () => ++times
  expect(await Promise.all([remembered.get('a', never(), find), remembered.get('a', never(), find)])).toEqual([1, 1])
  expect(await remembered.get('a', never(), find)).toBe(1)
  remembered.forget('a')
  expect(await remembered.get('a', never(), find)).toBe(2)
  expect(await remembered.get('b', never(), find)).toBe(3)
})

test('a failure is not remembered, and is everybody’s', async () => {
  const remembered = new Remembered()
  let times = 0
  const find = async () => {
    times++
    throw sourceFailure('SOURCE_UNAVAILABLE', 'down')
  }
  const asked = await Promise.allSettled([remembered.get('a', never(), find), remembered.get('a', never(), find)])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(times).toBe(1)
  expect(await remembered.get('a', never(), async () => 'up')).toBe('up')
})

test('when the one who does the work leaves, another one who waits takes it over', async () => {
  const remembered = new Remembered()
  const first = remembered.get('a', never(), async () => {
    await Promise.resolve()
    throw sourceFailure('CANCELLED', 'left')
  })
  const second = remembered.get('a', never(), async () => 'found')
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await second).toBe('found')
})

test('one who waits may leave; the work goes on for the others', async () => {
  const remembered = new Remembered()
  const { promise, resolve } = Promise.withResolvers<string>()
  const leaving = new AbortController()
  const reason = sourceFailure('CANCELLED', 'left')
  const first = remembered.get('a', never(), () => promise)
  const second = remembered.get('a', leaving.signal, () => promise)
  leaving.abort(reason)
  await expect(second).rejects.toBe(reason)
  resolve('found')
  expect(await first).toBe('found')
})
