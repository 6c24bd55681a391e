/** Does the memory of one process keep the contract, and its limit? */

import { memoryCache } from '../../src/cache/index.ts'
import { memoryStore } from '../../src/cache/memory.ts'
import { answerCacheContract, maker, wish } from '../contract/cache.ts'

answerCacheContract('memory', async now => ({ cache: memoryCache({ bytes: 1_000_000, now }) }))

test('with no memory at all everything is computed, and equal wishes in flight still share', async () => {
  const cache = memoryCache({ bytes: 0, now: () => 1 })
  const made = maker(n => n)
  await Promise.all([cache.get(wish('a', made.make)), cache.get(wish('a', made.make))])
  await cache.get(wish('a', made.make))
  expect(made.times()).toBe(2)
})

test('what was not asked for longest is forgotten first when memory is full', async () => {
  const cache = memoryCache({ bytes: 10_000, now: () => 1 })
  const text = 'x'.repeat(1_000)
  for (const key of ['a', 'b', 'c', 'd']) await cache.get(wish(key, async () => text))
  await cache.get(wish('a', async () => 'made again'))
  await cache.get(wish('e', async () => text))
  expect((await cache.get(wish('a', async () => 'made again'))).value).toBe(text)
  expect((await cache.get(wish('b', async () => 'made again'))).value).toBe('made again')
})

test('an answer that would fill more than a quarter of the memory is not kept and pushes nothing out', async () => {
  const cache = memoryCache({ bytes: 10_000, now: () => 1 })
  await cache.get(wish('small', async () => 'small'))
  const huge = maker(() => 'x'.repeat(2_000))
  await cache.get(wish('huge', huge.make))
  await cache.get(wish('huge', huge.make))
  expect(huge.times()).toBe(2)
  expect((await cache.get(wish('small', async () => 'made again'))).value).toBe('small')
})

test('of two answers to one key the one made later stays, whichever arrives later', () => {
  const store = memoryStore(10_000, () => 100)
  store.put('a', { value: 'new', asOf: 90, marks: [] }, 1_000)
  store.put('a', { value: 'old', asOf: 80, marks: [] }, 1_000)
  expect(store.get('a')).toMatchObject({ value: 'new', asOf: 90 })
})

test('nothing is kept beyond the time it is of use', () => {
  let now = 1_000
  const store = memoryStore(10_000, () => now)
  store.put('a', { value: 1, asOf: 1_000, marks: [] }, 500)
  store.put('gone already', { value: 1, asOf: 400, marks: [] }, 500)
  store.put('just gone', { value: 1, asOf: 500, marks: [] }, 500)
  expect(store.get('gone already')).toBeUndefined()
  expect(store.get('just gone')).toBeUndefined()
  now = 1_501
  expect(store.get('a')).toBeUndefined()
})
