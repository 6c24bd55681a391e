/** What labels hide stays hidden: codes that share a label, and codes that have none. */

import { graphql } from 'graphql'
import { makeGraph, Provenance } from '../../src/resolvers/index.ts'
import { engine, open } from '../support/columns.ts'
import { testDataset, testHouse } from '../support/house.ts'

const labels = (de: string, en = de) => ({ de, en })
const stored = ['1', '2', '3', '2', '8', '9', '8', null] as const

const town = testHouse([
  testDataset(
    'hunde',
    { type: 'Hund', one: 'hund', many: 'hunde' },
    {
      key: [engine('NR', 'int')],
      fields: [
        open('groesse', 'code', { codes: { '1': labels('klein', 'small'), '2': labels('groß', 'big'), '3': labels('groß', 'big') } }),
        open('farbe', 'code', { codes: { s: labels('schwarz', 'black'), b: labels('braun', 'brown') } }),
        open('jahr', 'int'),
      ],
    },
    Array.from({ length: 24 }, (_, at) => ({
      NR: at + 1,
      groesse: stored[at % stored.length] ?? null,
      farbe: at % 3 === 0 ? 's' : 'b',
      jahr: at % 4 === 3 ? null : 2000 + at,
    })),
  ),
])
const graph = makeGraph(town.model, town.house.limits)

async function ask(source: string, language: 'de' | 'en' = 'de') {
  town.asked.length = 0
  const result = await graphql({
    schema: graph,
    source,
    contextValue: {
      house: town.house,
      model: town.model,
      language,
      signal: new AbortController().signal,
      requestId: 'r',
      provenance: new Provenance(),
      batches: new Map(),
    },
  })
  if (result.errors) throw result.errors[0]
  return JSON.parse(JSON.stringify(result.data))
}

/** Whatever is asked, the answer must be what the served values say. */
const shown: Readonly<Record<string, string>> = { '1': 'klein', '2': 'groß', '3': 'groß' }
const served = Array.from({ length: 24 }, (_, at) => shown[stored[at % stored.length] ?? ''] ?? null)

test.each<[string, (label: string | null) => boolean]>([
  ['{ isNull: true }', label => label === null],
  ['{ isNull: false }', label => label !== null],
  ['{ eq: "groß" }', label => label === 'groß'],
  ['{ ne: "klein" }', label => label === 'groß'],
  ['{ ne: "groß" }', label => label === 'klein'],
  ['{ in: ["klein", "groß"] }', label => label !== null],
  ['{ in: [] }', () => false],
  ['{ notIn: ["klein"] }', label => label === 'groß'],
  ['{ notIn: ["klein", "groß"] }', () => false],
  ['{ notIn: [] }', () => true],
])('a filter %s and its opposite take a code without a label for a missing value', async (filter, passes) => {
  const count = async (where: string) => (await ask(`{ hunde(filter: ${where}) { totalCount } }`)).hunde.totalCount
  expect(await count(`{ groesse: ${filter} }`)).toBe(served.filter(passes).length)
  // SQL's third value: unless the filter asks for missing values or lists nothing, its opposite leaves them out as well.
  const decides = /isNull: |in: \[\]|notIn: \[\]/i.test(filter)
  const opposite = served.filter(label => !passes(label) && (decides || label !== null)).length
  expect(await count(`{ not: { groesse: ${filter} } }`)).toBe(opposite)
  expect(await count(`{ not: { not: { groesse: ${filter} } } }`)).toBe(served.filter(passes).length)
})

test('a group is what is served, and every figure of it is exact', async () => {
  const { hundeAggregate } = await ask(
    '{ hundeAggregate(groupBy: [GROESSE]) { groups { count keys { groesse } min { jahr } max { jahr } sum { jahr } avg { jahr } countDistinct { jahr } } hasMoreGroups } }',
  )
  const years = (label: string | null) => served.flatMap((value, at) => (value === label && at % 4 !== 3 ? [2000 + at] : []))
  const group = (label: string | null) => {
    const jahr = years(label)
    const sum = jahr.reduce((a, b) => a + b, 0)
    return {
      count: served.filter(value => value === label).length,
      keys: { groesse: label },
      min: { jahr: Math.min(...jahr) },
      max: { jahr: Math.max(...jahr) },
      sum: { jahr: String(sum) },
      avg: { jahr: sum / jahr.length },
      countDistinct: { jahr: new Set(jahr).size },
    }
  }
  expect(hundeAggregate).toEqual({ groups: [group(null), group('groß'), group('klein')], hasMoreGroups: false })
})

test('also among the first groups, of several fields, and in the other language', async () => {
  const query = (first: number) =>
    `{ hundeAggregate(groupBy: [FARBE, GROESSE], first: ${first}) { groups { count keys { farbe groesse } } hasMoreGroups } }`
  const all = (await ask(query(10), 'en')).hundeAggregate
  expect(all.groups.map(({ count, keys }: { count: number; keys: object }) => [count, ...Object.values(keys)])).toEqual([
    [8, 'brown', null],
    [6, 'brown', 'big'],
    [4, 'black', null],
    [3, 'black', 'big'],
    [2, 'brown', 'small'],
    [1, 'black', 'small'],
  ])
  expect((await ask(query(2), 'en')).hundeAggregate).toEqual({ groups: all.groups.slice(0, 2), hasMoreGroups: true })
})

test('where every code has a label of its own, one question is enough', async () => {
  await ask('{ hundeAggregate(groupBy: [FARBE]) { groups { count } } }')
  expect(town.asked).toHaveLength(1)
})

test('conditions within one another have an end', async () => {
  const nested = (depth: number): string => (depth === 0 ? '{ jahr: { gt: 1 } }' : `{ not: ${nested(depth - 1)} }`)
  await expect(ask(`{ hunde(filter: ${nested(20)}) { totalCount } }`)).resolves.toBeDefined()
  await expect(ask(`{ hunde(filter: ${nested(21)}) { totalCount } }`)).rejects.toMatchObject({
    originalError: { code: 'QUERY_TOO_EXPENSIVE' },
  })
})
