/** In a cache lie only cells that callers may see; the others are under seal, and what others put there is not believed. */

import { graphql } from 'graphql'
import type { AnswerCache, Cached, CacheWish } from '../../src/model/index.ts'
import { createSeal, makeGraph, Provenance } from '../../src/resolvers/index.ts'
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
    async get<T>(_wish: CacheWish<T>): Promise<Cached<T>> {
      return { value: { rows: [['Palme', null]], sealed: 'AAAA' } as T, asOf: Date.now(), stale: false }
    },
    async close() {},
  }
  const result = await graphql({
    schema: makeGraph(town.model, town.house.limits),
    source: '{ baeume(first: 1) { nodes { id art } } }',
    contextValue: {
      house: { ...town.house, cache: lying },
      model: town.model,
      language: 'de',
      signal: new AbortController().signal,
      requestId: 'r',
      provenance: new Provenance(),
      batches: new Map(),
    },
  })
  expect(result.errors).toBeUndefined()
  expect(result.data).toMatchObject({ baeume: { nodes: [{ art: 'Linde' }] } })
  expect(town.asked).toHaveLength(1)
})
