/** In a cache lie only cells that callers may see; the others are under seal, and what others put there is not believed. */

import { graphql } from 'graphql'
import type { AnswerCache, Cached, CacheWish, Model } from '../../src/model/index.ts'
import { type Asking, createSeal, type House, makeGraph, Provenance } from '../../src/resolvers/index.ts'
import { keep, unseal } from '../../src/resolvers/kept.ts'
import { engine, open } from '../support/columns.ts'
import { greenCity } from '../support/green.ts'
import { testHouse } from '../support/house.ts'

const seal = createSeal('0123456789abcdef0123456789abcdef')
const columns = [open('art', 'text'), engine('HALTER_ID'), open('jahr', 'int'), engine('NR', 'int')]
const rows = [
  ['Linde', 'GEHEIM-1', 1990, 7],
  ['Eiche', null, null, 8],
]

test('cells of engine-only columns are sealed, all others lie open', () => {
  const kept = keep(rows, columns, 'key', seal)
  expect(kept.rows).toEqual([
    ['Linde', null, 1990, null],
    ['Eiche', null, null, null],
  ])
  expect(JSON.stringify(kept)).not.toContain('GEHEIM')
  expect(unseal(kept, columns, 'key', seal)).toEqual(rows)
})

test('rows of open fields alone are kept as they are', () => {
  expect(keep([['Linde', 1990]], [columns[0]!, columns[2]!], 'key', seal)).toEqual({ rows: [['Linde', 1990]] })
})

test('measures behind the columns pass', () => {
  const kept = keep([['GEHEIM-1', 3]], [columns[1]!], 'key', seal)
  expect(kept.rows).toEqual([[null, 3]])
  expect(unseal(kept, [columns[1]!], 'key', seal)).toEqual([['GEHEIM-1', 3]])
})

test.each([
  ['of another key', () => unseal(keep(rows, columns, 'other', seal), columns, 'key', seal)],
  ['under another seal', () => unseal(keep(rows, columns, 'key', createSeal('another secret, just as long as it')), columns, 'key', seal)],
  ['with a row too many', () => unseal({ ...keep(rows, columns, 'key', seal), rows: [...rows, rows[0]!] }, columns, 'key', seal)],
  ['without what was sealed', () => unseal({ rows }, columns, 'key', seal)],
])('what was kept %s does not open', (_how, opened) => {
  expect(opened()).toBeUndefined()
})

test('when somebody else wrote into the cache, the source is asked', async () => {
  const town = testHouse(greenCity())
  const lying: AnswerCache = {
    async get<T>(wish: CacheWish<T>): Promise<Cached<T>> {
      const found = wish.unpack?.({ rows: [['Palme', null]], sealed: 'AAAA' })
      return { value: found ?? (await wish.make(wish.signal)), asOf: Date.now(), stale: false }
    },
    purge: async () => true,
    bytes: () => 0,
    async close() {},
  }
  const result = await graphql({
    schema: makeGraph(town.model, town.house.limits),
    source: '{ baeume(first: 1) { nodes { id art } } }',
    contextValue: asking({ ...town.house, cache: lying }, town.model),
  })
  expect(result.errors).toBeUndefined()
  expect(result.data).toMatchObject({ baeume: { nodes: [{ art: 'Linde' }] } })
  expect(town.asked).toHaveLength(1)
})

test('gateways with different secrets share nothing, though they share a cache and call their sources alike', async () => {
  const town = testHouse(greenCity())
  const keys: string[] = []
  const listening: AnswerCache = {
    async get<T>(wish: CacheWish<T>): Promise<Cached<T>> {
      keys.push(wish.key)
      return { value: await wish.make(wish.signal), asOf: Date.now(), stale: false }
    },
    purge: async () => true,
    bytes: () => 0,
    async close() {},
  }
  for (const secret of ['production 0123456789abcdef01234', 'test 0123456789abcdef0123456789ab', 'production 0123456789abcdef01234']) {
    await graphql({
      schema: makeGraph(town.model, town.house.limits),
      source: '{ baeume(first: 1) { nodes { art } } }',
      contextValue: asking({ ...town.house, cache: listening, seal: createSeal(secret) }, town.model),
    })
  }
  expect(keys[0]).not.toBe(keys[1])
  expect(keys[0]).toBe(keys[2])
})

test('what was kept under another rule for places outside the city is asked for anew', async () => {
  const town = testHouse(greenCity())
  const keys: string[] = []
  const listening: AnswerCache = {
    async get<T>(wish: CacheWish<T>): Promise<Cached<T>> {
      keys.push(wish.key)
      return { value: await wish.make(wish.signal), asOf: Date.now(), stale: false }
    },
    purge: async () => true,
    bytes: () => 0,
    async close() {},
  }
  const houses: Partial<House>[] = [
    {},
    { extent: [9, 47, 10, 48] },
    { extent: [9, 47, 10, 48], outside: 'close' },
    { extent: [8, 47, 10, 48] },
  ]
  for (const house of houses) {
    await graphql({
      schema: makeGraph(town.model, town.house.limits),
      source: '{ baeume(first: 1) { nodes { art } } }',
      contextValue: asking({ ...town.house, ...house, cache: listening }, town.model),
    })
  }
  expect(new Set(keys).size).toBe(4)
})

function asking(house: House, model: Model): Asking {
  return {
    house,
    model,
    language: 'de',
    signal: new AbortController().signal,
    requestId: 'r',
    provenance: new Provenance(),
    batches: new Map(),
  }
}
