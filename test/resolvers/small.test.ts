/** Small datasets: everything over one snapshot, whatever the source can do. */

import { graphql } from 'graphql'
import { memoryCache } from '../../src/cache/index.ts'
import type { AnswerCache, Capabilities, Dataset, Model } from '../../src/model/index.ts'
import { GatewayError, localCapabilities, sourceFailure } from '../../src/model/index.ts'
import { type House, makeGraph, Provenance } from '../../src/resolvers/index.ts'
import { engine, open } from '../support/columns.ts'
import { testDataset, testHouse } from '../support/house.ts'

/** A source that hands rows out and can do nothing else. */
const incapable: Capabilities = { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' }

const number = engine('NR', 'int')
const district = engine('BEZIRK')
const fields = [
  open('name', 'text'),
  open('plaetze', 'int'),
  open('kennzahl', 'decimal', { column: 'KENN' }),
  open('geprueft', 'date', { use: new Set(['read']), coarsen: { to: 'month' } }),
]
const names = ['Ärztehaus', 'altstadt', 'Zoo', null, 'Öhmdwiesen', 'Oase']
const rows = Array.from({ length: 60 }, (_, at) => ({
  NR: at + 1,
  BEZIRK: at % 5 === 4 ? null : `B${at % 3}`,
  STATUS: at % 10 === 9 ? 'gesperrt' : 'offen',
  GEHEIM: `geheim-${at}`,
  name: names[at % names.length] ?? null,
  plaetze: at % 7 === 0 ? null : at,
  KENN: `${at}.50`,
  geprueft: '2026-05-17',
}))

function town(small: number, more: Partial<Dataset> = {}) {
  const now = { ms: Date.UTC(2026, 5, 1) }
  const carParks = testDataset(
    'parkhaeuser',
    { type: 'Parkhaus', one: 'parkhaus', many: 'parkhaeuser' },
    {
      source: 'leitsystem',
      key: [number],
      fields,
      more: { small: { rows: small }, can: localCapabilities, freshForSeconds: 60, staleForSeconds: 3600, ...more },
    },
    rows,
  )
  const districts = testDataset(
    'bezirke',
    { type: 'Bezirk', one: 'bezirk', many: 'bezirke' },
    {
      source: 'gis',
      key: [engine('ID')],
      fields: [open('titel', 'text')],
      relations: [
        {
          name: 'parkhaeuser',
          title: { de: 'P', en: 'P' },
          to: 'parkhaeuser',
          match: [{ left: engine('ID'), right: district }],
          many: true,
        },
      ],
    },
    [
      { ID: 'B0', titel: 'Null' },
      { ID: 'B1', titel: 'Eins' },
    ],
  )
  const made = testHouse([carParks, districts])
  const warned: string[] = []
  const kept: string[] = []
  const cache = memoryCache({ bytes: 4_000_000, now: () => now.ms })
  const house: House = {
    ...made.house,
    connectors: new Map([...made.house.connectors].map(([id, it]) => [id, id === 'leitsystem' ? { ...it, capabilities: incapable } : it])),
    cache: spying(cache, kept),
    now: () => now.ms,
    warn: (message, details) => void warned.push(`${message} ${JSON.stringify(details)}`),
  }
  const ask = async (source: string, model: Model = made.model) => {
    const provenance = new Provenance()
    const contextValue = {
      house,
      model,
      language: 'de',
      signal: new AbortController().signal,
      requestId: 'r',
      provenance,
      batches: new Map(),
    }
    const result = await graphql({ schema: makeGraph(model, house.limits), source, contextValue })
    const error = result.errors?.[0]?.originalError
    return {
      data: JSON.parse(JSON.stringify(result.data ?? null)),
      error: error instanceof GatewayError ? error : undefined,
      errors: result.errors,
      provenance,
    }
  }
  return { ...made, house, ask, now, warned, kept }
}

function spying(cache: AnswerCache, kept: string[]): AnswerCache {
  return {
    ...cache,
    get: wish =>
      cache.get({
        ...wish,
        make: async signal => {
          const value = await wish.make(signal)
          kept.push(JSON.stringify(wish.pack?.(value) ?? value))
          return value
        },
      }),
  }
}

const everything = `{
  parkhaeuser(first: 3, filter: { or: [{ name: { startsWith: "ö" } }, { plaetze: { gt: 40 } }] }, orderBy: [{ name: ASC }, { plaetze: DESC }]) {
    nodes { id name plaetze kennzahl geprueft } totalCount pageInfo { hasNextPage endCursor }
  }
  parkhaeuserAggregate(groupBy: [NAME]) { groups { keys { name } count sum { plaetze } } }
  bezirke { nodes { titel parkhaeuser(first: 2, orderBy: [{ plaetze: DESC }]) { totalCount nodes { plaetze } } } }
}`

test('one question to the source answers lists, counts, groups, single rows and relations, as long as it is fresh', async () => {
  const { ask, asked, now } = town(100)
  const { data, errors } = await ask(everything)
  expect(errors).toBeUndefined()
  expect(data.parkhaeuser.totalCount).toBe(rows.filter(({ name, plaetze }) => name === 'Öhmdwiesen' || (plaetze ?? 0) > 40).length)
  expect(data.parkhaeuser.nodes.map((node: { name: string }) => node.name)).toEqual(['altstadt', 'altstadt', 'Ärztehaus'])
  expect(data.parkhaeuser.nodes[0].geprueft).toBe('2026-05-01')
  expect(data.parkhaeuserAggregate.groups).toHaveLength(6)
  expect(data.bezirke.nodes[0].parkhaeuser).toMatchObject({ totalCount: 16, nodes: [{ plaetze: 57 }, { plaetze: 51 }] })
  const single = await ask(
    `{ parkhaus(id: "${data.parkhaeuser.nodes[0].id}") { name } node(id: "${data.parkhaeuser.nodes[1].id}") { id } }`,
  )
  expect(single.data).toMatchObject({ parkhaus: { name: 'altstadt' }, node: { id: data.parkhaeuser.nodes[1].id } })
  const there = () => asked.filter(({ dataset }) => dataset.id === 'parkhaeuser')
  expect(there()).toHaveLength(1)
  expect(there()[0]).toMatchObject({ kind: 'rows', orderBy: [], limit: 101 })
  expect(there()[0]).not.toHaveProperty('where')
  now.ms += 61_000
  await ask('{ parkhaeuser { totalCount } }')
  expect(there()).toHaveLength(2)
})

test('equal and different questions at the same time wait for one reading', async () => {
  const { ask, asked } = town(100)
  await Promise.all([ask(everything), ask('{ parkhaeuser { totalCount } }'), ask('{ parkhaeuserAggregate { groups { count } } }')])
  expect(asked.filter(({ dataset }) => dataset.id === 'parkhaeuser')).toHaveLength(1)
})

test('the age of an answer is the age of its snapshot; when the source is down, it may stand in', async () => {
  const { ask, now, fail } = town(100)
  await ask('{ parkhaeuser { totalCount } }')
  const taken = new Date(now.ms).toISOString()
  now.ms += 40_000
  const later = await ask('{ parkhaeuser(filter: { plaetze: { lt: 5 } }) { nodes { name } } }')
  expect(later.provenance.origins(now.ms)).toMatchObject([{ asOf: taken, age: 40, stale: false }])
  fail('leitsystem', sourceFailure('SOURCE_UNAVAILABLE', 'down'))
  now.ms += 40_000
  const stale = await ask('{ parkhaeuser(filter: { plaetze: { lt: 3 } }) { totalCount } }')
  expect(stale.data.parkhaeuser.totalCount).toBe(2)
  expect(stale.provenance.origins(now.ms)).toMatchObject([{ asOf: taken, age: 80, stale: true }])
})

test('an audience reads and keeps its own fields only', async () => {
  const { ask, asked, model, kept } = town(100)
  const whole = model.datasets.get('parkhaeuser')!
  const narrow = { ...whole, fields: whole.fields.filter(({ name }) => name === 'name'), hash: 'fewer fields' }
  const outside: Model = { ...model, audience: 'outside', datasets: new Map([['parkhaeuser', narrow]]) }
  await ask(everything)
  const { data } = await ask('{ parkhaeuser(first: 1, filter: { name: { eq: "Zoo" } }) { nodes { name } totalCount } }', outside)
  expect(data.parkhaeuser).toEqual({ nodes: [{ name: 'Zoo' }], totalCount: 10 })
  const columns = asked.flatMap(request => (request.kind === 'rows' && request.dataset.id === 'parkhaeuser' ? [request.columns] : []))
  expect(columns.map(some => some.map(({ column }) => column))).toEqual([
    ['name', 'plaetze', 'KENN', 'geprueft', 'NR', 'BEZIRK'],
    ['name', 'NR'],
  ])
  // Coarsened before it is kept, and what only the engine may know is under seal.
  expect(kept.join()).not.toMatch(/2026-05-17|"B0"|geheim/)
})

test('a row rule that the source cannot keep is kept here, and its column is not remembered', async () => {
  const rowRule = { op: 'eq', column: engine('STATUS'), value: 'offen' } as const
  const { ask, asked, kept } = town(100, { rowRule })
  const { data } = await ask('{ parkhaeuser { totalCount } parkhaeuserAggregate { groups { count max { plaetze } } } }')
  expect(data.parkhaeuser.totalCount).toBe(54)
  expect(data.parkhaeuserAggregate.groups[0]).toEqual({ count: 54, max: { plaetze: 58 } })
  expect(asked[0]).not.toHaveProperty('where')
  expect(kept.join()).not.toMatch(/offen|gesperrt/)
  expect(JSON.parse(kept[0]!).rows).toHaveLength(54)
})

test('a row rule that the source can keep is left to it', async () => {
  const rowRule = { op: 'lte', column: engine('NR', 'int'), value: 7 } as const
  const capable = { ...incapable, filter: { int: ['lte'] } } as const
  const { ask, asked, house } = town(10, { rowRule })
  ;(house.connectors as Map<string, unknown>).set('leitsystem', { ...house.connectors.get('leitsystem'), capabilities: capable })
  expect((await ask('{ parkhaeuser { totalCount } }')).data.parkhaeuser.totalCount).toBe(7)
  expect(asked[0]).toMatchObject({ where: rowRule, limit: 11 })
})

test('more rows than the file says: no answer, no second reading, and a line that says what to do', async () => {
  const { ask, asked, now } = town(59)
  const { error } = await ask('{ parkhaeuser(first: 1) { nodes { name } } }')
  expect(error).toMatchObject({ code: 'TOO_MANY_ROWS', log: expect.stringMatching(/parkhaeuser.*more than 59 rows.*small: \{ rows/) })
  expect(JSON.stringify([error?.text, error?.hint])).not.toContain('NR')
  expect((await ask('{ parkhaeuserAggregate { groups { count } } }')).error?.code).toBe('TOO_MANY_ROWS')
  expect(asked).toHaveLength(1)
  now.ms += 61_000
  await ask('{ parkhaeuser(first: 1) { nodes { name } } }')
  expect(asked).toHaveLength(2)
})

test('exactly as many rows as the file says are not too many', async () => {
  const { ask } = town(60)
  expect((await ask('{ parkhaeuser { totalCount } }')).data.parkhaeuser.totalCount).toBe(60)
})

test('when a column is gone, the fields over the others go on', async () => {
  const { ask, house, warned, asked } = town(100)
  const source = house.connectors.get('leitsystem')!
  ;(house.connectors as Map<string, unknown>).set('leitsystem', {
    ...source,
    read: async (...[request, context]: Parameters<typeof source.read>) => {
      const answer = await source.read(request, context)
      if ('columns' in request && request.columns.some(({ column }) => column === 'KENN'))
        throw sourceFailure('SOURCE_CHANGED', 'parkhaeuser: no column KENN')
      return answer
    },
  })
  expect((await ask('{ parkhaeuser(filter: { name: { eq: "Zoo" } }) { totalCount nodes { plaetze } } }')).data.parkhaeuser.totalCount).toBe(
    10,
  )
  const { error } = await ask('{ parkhaeuser { nodes { kennzahl } } }')
  expect(error).toMatchObject({ code: 'SOURCE_CHANGED', log: 'parkhaeuser: no column KENN' })
  expect(JSON.stringify([error?.text, error?.hint])).not.toContain('KENN')
  expect((await ask('{ parkhaeuserAggregate { groups { count } } }')).data.parkhaeuserAggregate.groups).toEqual([{ count: 60 }])
  expect(warned).toEqual([expect.stringContaining('no column KENN')])
  // The whole once, then what each question names.
  expect(asked).toHaveLength(5)
})

test('operators hear when no cache keeps a snapshot, since then every question reads it anew', async () => {
  const { ask, house, warned } = town(100)
  const without = { ...house, cache: memoryCache({ bytes: 0, now: house.now }) }
  Object.assign(house, without)
  await ask('{ parkhaeuser { totalCount } }')
  expect(warned).toEqual([])
  await ask('{ parkhaeuser { totalCount } }')
  expect(warned).toEqual([expect.stringContaining('give the cache more memory')])
})
