/** Relations whose two sides write their keys in different ways, and what operators hear of keys that lead nowhere. */

import { graphql } from 'graphql'
import { localCapabilities, type Normalise } from '../../src/model/index.ts'
import { type House, type Joined, joinReport, makeGraph, Provenance } from '../../src/resolvers/index.ts'
import { engine, open } from '../support/columns.ts'
import { testDataset, testHouse } from '../support/house.ts'

function town(left: readonly string[], right: readonly string[], normalise: Normalise, small: boolean) {
  const [from, to] = [engine('VON'), engine('NACH')]
  const made = testHouse([
    testDataset(
      'linke',
      { type: 'Links', one: 'links', many: 'linke' },
      {
        source: 'a',
        key: [from],
        fields: [open('text', 'text', { column: 'VON' })],
        relations: [
          { name: 'rechts', title: { de: 'R', en: 'R' }, to: 'rechte', match: [{ left: from, right: to }], normalise, many: false },
          { name: 'alle', title: { de: 'A', en: 'A' }, to: 'rechte', match: [{ left: from, right: to }], normalise, many: true },
        ],
      },
      left.map(key => ({ VON: key })),
    ),
    testDataset(
      'rechte',
      { type: 'Rechts', one: 'rechte', many: 'rechteAlle' },
      {
        source: 'b',
        key: [to],
        fields: [open('name', 'text')],
        ...(small && { more: { small: { rows: 100 }, can: localCapabilities } }),
      },
      right.map(key => ({ NACH: key, name: `zu ${key}` })),
    ),
  ])
  const joins: Joined[] = []
  const house: House = { ...made.house, joined: join => void joins.push(join) }
  const ask = async (source: string) => {
    const signal = new AbortController().signal
    const contextValue = {
      house,
      model: made.model,
      language: 'de',
      signal,
      requestId: 'r',
      provenance: new Provenance(),
      batches: new Map(),
    }
    const { data, errors } = await graphql({ schema: makeGraph(made.model, house.limits), source, contextValue })
    if (errors) throw errors[0]
    return JSON.parse(JSON.stringify(data))
  }
  return { ask, joins }
}

const query =
  '{ linke(orderBy: [{ text: ASC }]) { nodes { text rechts { name } alle(orderBy: [{ name: ASC }]) { totalCount nodes { name } } } } }'

describe.each([false, true])('the other side is small: %s', small => {
  test('a value that another one is translated to is not translated again', async () => {
    const { ask } = town(['1', '2'], ['2', '3'], { map: { 1: '2', 2: '3' } }, small)
    const { linke } = await ask(query)
    expect(linke.nodes).toEqual([
      { text: '1', rechts: { name: 'zu 2' }, alle: { totalCount: 1, nodes: [{ name: 'zu 2' }] } },
      { text: '2', rechts: { name: 'zu 3' }, alle: { totalCount: 1, nodes: [{ name: 'zu 3' }] } },
    ])
  })

  test('what a value is translated to is found as the other side writes it', async () => {
    const { ask } = town(['alt'], ['neu'], { upper: true, map: { ALT: 'neu' } }, small)
    expect((await ask(query)).linke.nodes[0]).toMatchObject({ rechts: { name: 'zu neu' }, alle: { totalCount: 1 } })
  })
})

test('over rows at hand a key finds all its spellings, each row once, and counts them', async () => {
  const { ask, joins } = town(['7', '007', ' 7', '8'], ['7', ' 007 ', '07', '9'], { trim: true, padStart: 3 }, true)
  const { linke } = await ask(query)
  const spellings = { totalCount: 3, nodes: [{ name: 'zu  007 ' }, { name: 'zu 07' }, { name: 'zu 7' }] }
  expect(linke.nodes.map(({ alle }: { alle: unknown }) => alle)).toEqual([spellings, spellings, spellings, { totalCount: 0, nodes: [] }])
  expect(joins).toEqual([
    { dataset: 'linke', relation: 'rechts', matched: 1, unmatched: 1 },
    { dataset: 'linke', relation: 'alle', matched: 1, unmatched: 1 },
  ])
})

test('operators hear of keys that lead nowhere at once, and then of all since, at most once an hour for each relation', () => {
  const clock = { now: 0 }
  const told: unknown[] = []
  const joined = joinReport(
    (_message, details) => void told.push(details),
    () => clock.now,
  )
  const join = (relation: string, matched: number, unmatched: number) => joined({ dataset: 'd', relation, matched, unmatched })
  join('a', 5, 0)
  expect(told).toEqual([])
  join('a', 5, 2)
  join('b', 0, 1)
  join('a', 9, 3)
  expect(told).toEqual([
    { dataset: 'd', relation: 'a', matched: 10, unmatched: 2 },
    { dataset: 'd', relation: 'b', matched: 0, unmatched: 1 },
  ])
  clock.now += 61 * 60 * 1000
  join('a', 1, 0)
  expect(told.at(-1)).toEqual({ dataset: 'd', relation: 'a', matched: 10, unmatched: 3 })
  join('a', 1, 1)
  expect(told).toHaveLength(3)
})
