/** Lists, relations, figures and look-ups, asked as callers ask them. */

import { graphql } from 'graphql'
import { type Condition, type Connector, GatewayError } from '../../src/model/index.ts'
import { makeGraph, Provenance } from '../../src/resolvers/index.ts'
import { greenCity } from '../support/green.ts'
import { testHouse } from '../support/house.ts'

const town = testHouse(greenCity())
const graph = makeGraph(town.model, town.house.limits)

function asking() {
  return {
    house: town.house,
    model: town.model,
    language: 'de',
    signal: new AbortController().signal,
    requestId: 'r',
    provenance: new Provenance(),
    batches: new Map(),
  }
}

async function ask(source: string, variableValues: Record<string, unknown> = {}) {
  town.asked.length = 0
  const result = await graphql({ schema: graph, source, contextValue: asking(), variableValues })
  return { errors: result.errors, data: JSON.parse(JSON.stringify(result.data ?? null)) }
}

async function data(source: string, variables?: Record<string, unknown>) {
  const { errors, data } = await ask(source, variables)
  if (errors) throw errors[0]
  return data
}

async function refusal(source: string): Promise<unknown> {
  const { errors } = await ask(source)
  return (errors?.[0]?.originalError as { code?: string } | undefined)?.code ?? errors?.[0]?.message
}

describe.each([
  ['after a row', 'baeume', 'nr: id'],
  ['after a number of rows', 'stadtteile', 'nr'],
])('pages that start %s', (_how, list) => {
  const order = list === 'baeume' ? 'orderBy: [{ pflanzjahr: DESC }, { art: ASC }]' : 'orderBy: [{ name: DESC }]'

  test('from the front, every row comes once and in order', async () => {
    const whole = (await data(`{ ${list}(first: 1000, ${order}) { nodes { id } } }`))[list].nodes
    const seen: unknown[] = []
    let after: string | null = null
    do {
      const page: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
        await data(
          `query ($after: String) { ${list}(first: 2, after: $after, ${order}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { after },
        )
      )[list]
      seen.push(...page.nodes)
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after)
    expect(seen).toEqual(whole)
  })

  test('from the back, every row comes once and in the same order', async () => {
    const whole = (await data(`{ ${list}(first: 1000, ${order}) { nodes { id } } }`))[list].nodes
    const seen: unknown[] = []
    let before: string | null = null
    do {
      const page: { nodes: unknown[]; pageInfo: { hasPreviousPage: boolean; startCursor: string } } = (
        await data(
          `query ($before: String) { ${list}(last: 2, before: $before, ${order}) { nodes { id } pageInfo { hasPreviousPage startCursor } } }`,
          { before },
        )
      )[list]
      seen.unshift(...page.nodes)
      before = page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null
    } while (before)
    expect(seen).toEqual(whole)
  })

  test('edges and nodes are the same rows', async () => {
    const page = (
      await data(`{ ${list}(first: 3, ${order}) { nodes { id } edges { cursor node { id } } pageInfo { startCursor endCursor } } }`)
    )[list]
    expect(page.edges.map((edge: { node: unknown }) => edge.node)).toEqual(page.nodes)
    expect([page.edges[0].cursor, page.edges.at(-1).cursor]).toEqual([page.pageInfo.startCursor, page.pageInfo.endCursor])
  })
})

test('a tampered or foreign cursor is refused', async () => {
  const { endCursor } = (await data('{ baeume(first: 2) { pageInfo { endCursor } } }')).baeume.pageInfo
  const flipped = `${endCursor.slice(0, -1)}${endCursor.endsWith('A') ? 'B' : 'A'}`
  expect(await refusal(`{ baeume(after: "${flipped}") { nodes { id } } }`)).toBe('CURSOR_INVALID')
  expect(await refusal(`{ stadtteile(after: "${endCursor}") { nodes { id } } }`)).toBe('CURSOR_INVALID')
  expect(await refusal(`{ baeume(after: "${endCursor}", orderBy: [{ art: ASC }]) { nodes { id } } }`)).toBe('CURSOR_INVALID')
  expect(await refusal('{ baeume(after: "") { nodes { id } } }')).toBe('CURSOR_INVALID')
})

test('cursors and ids show nothing of keys or values', async () => {
  const page = (await data('{ baeume(first: 1, orderBy: [{ art: ASC }]) { nodes { id art } pageInfo { endCursor } } }')).baeume
  const readable = [page.nodes[0].id, page.pageInfo.endCursor].map(token => Buffer.from(token, 'base64url').toString('latin1')).join(' ')
  expect(readable).not.toMatch(/baeume|Ahorn|after/)
})

test('only what is selected is asked of the source', async () => {
  await data('{ baeume(first: 3) { nodes { art } } }')
  expect(town.asked.map(request => (request.kind === 'rows' ? request.columns.map(column => column.column) : request.kind))).toEqual([
    ['art'],
  ])
})

test('one request per dataset and level, however many parents', async () => {
  await data(
    '{ baeume(first: 40) { nodes { art stadtteil { name } kontrollen(first: 2, orderBy: [{ datum: DESC }]) { totalCount nodes { datum } } } } }',
  )
  expect(town.asked.map(request => `${request.kind} ${request.dataset.id}`).sort()).toEqual([
    'aggregate kontrollen',
    'keyed kontrollen',
    'keyed stadtteile',
    'rows baeume',
  ])
})

test('keys of two systems meet after normalising', async () => {
  const page = (await data('{ baeume(first: 3) { nodes { stadtteil { name nr } } } }')).baeume
  expect(page.nodes.map((node: { stadtteil: unknown }) => node.stadtteil)).toEqual([
    null,
    { name: 'Paradies', nr: '020' },
    { name: 'Staad', nr: '030' },
  ])
})

test('the latest of each parent are its own', async () => {
  const page = (
    await data(
      '{ baeume(first: 5) { nodes { kontrollen(first: 2, orderBy: [{ datum: DESC }]) { totalCount nodes { datum } pageInfo { hasNextPage } } } } }',
    )
  ).baeume
  for (const node of page.nodes) {
    expect(node.kontrollen.totalCount).toBe(3)
    expect(node.kontrollen.pageInfo.hasNextPage).toBe(true)
    const dates = node.kontrollen.nodes.map((inspection: { datum: string }) => inspection.datum)
    expect(dates).toEqual([...dates].sort().reverse())
  }
})

test('an id finds its object again, alone and among any', async () => {
  const { id } = (await data('{ baeume(first: 1) { nodes { id } } }')).baeume.nodes[0]
  expect(await data('query ($id: ID!) { baum(id: $id) { id art } node(id: $id) { id ... on Baum { art } } }', { id })).toEqual({
    baum: { id, art: 'Linde' },
    node: { id, art: 'Linde' },
  })
})

test('an id of another dataset, or an invented one, is refused', async () => {
  const { id } = (await data('{ stadtteile(first: 1) { nodes { id } } }')).stadtteile.nodes[0]
  expect(await refusal(`{ baum(id: "${id}") { id } }`)).toBe('ID_INVALID')
  expect(await refusal('{ node(id: "YmFldW1lOjE") { id } }')).toBe('ID_INVALID')
})

test('several look-ups by id share a request', async () => {
  const nodes = (await data('{ baeume(first: 3) { nodes { id } } }')).baeume.nodes
  await data(`{ ${nodes.map((node: { id: string }, at: number) => `a${at}: baum(id: "${node.id}") { art }`).join(' ')} }`)
  expect(town.asked).toHaveLength(1)
})

test('groups are counted and figured in the unit that is served', async () => {
  const { groups } = (
    await data('{ baeumeAggregate(groupBy: [ART]) { groups { keys { art } count min { hoehe pflanzjahr } avg { hoehe } sum { hoehe } } } }')
  ).baeumeAggregate
  expect(groups.map((group: { count: number }) => group.count)).toEqual([13, 13, 12, 12])
  const linden = groups.find((group: { keys: { art: string } }) => group.keys.art === 'Linde')
  expect(linden).toMatchObject({ min: { hoehe: '5', pflanzjahr: 1950 }, sum: { hoehe: '68.12' } })
  expect(linden.avg.hoehe).toBeCloseTo(5.24)
})

test('more groups than wanted are said to be there', async () => {
  expect((await data('{ baeumeAggregate(groupBy: [ART], first: 2) { hasMoreGroups groups { count } } }')).baeumeAggregate).toEqual({
    hasMoreGroups: true,
    groups: [{ count: 13 }, { count: 13 }],
  })
})

test('codes are read as labels, filtered as labels, and a code without a label is not served', async () => {
  const page = (await data(
    '{ baeume(first: 3) { nodes { zustand } } gute: baeume(filter: { zustand: { eq: "gut" } }) { totalCount } }',
  )) as Record<string, { nodes: unknown; totalCount: number }>
  expect(page.baeume?.nodes).toEqual([{ zustand: 'gut' }, { zustand: 'krank' }, { zustand: null }])
  expect(page.gute?.totalCount).toBe(17)
  expect(await refusal('{ baeume(filter: { zustand: { eq: "9" } }) { totalCount } }')).toBe('BAD_USER_INPUT')
})

test('coarsened values leave the house coarsened, in the city’s time', async () => {
  const page = (await data('{ baeume(first: 1) { nodes { geprueftAm } } }')).baeume
  expect(page.nodes[0].geprueftAm).toBe('2026-05-01T00:00:00+02:00')
})

test.each([
  [
    'a filter that cannot match asks nothing',
    '{ baeume(filter: { art: { in: [] } }) { totalCount nodes { art } } }',
    { totalCount: 0, nodes: [] },
    0,
  ],
  [
    'an area is written into the query',
    '{ baeume(filter: { lage: { within: { type: "Polygon", coordinates: [[[-10, -10], [-9, -10], [-9, -9], [-10, -10]]] } } }) { totalCount } }',
    { totalCount: 0 },
    1,
  ],
  [
    'rows and how many there are in all are one question',
    '{ baeume(first: 2, filter: { art: { eq: "Linde" } }) { totalCount nodes { art } } }',
    { totalCount: 13, nodes: [{ art: 'Linde' }, { art: 'Linde' }] },
    1,
  ],
  [
    'where nothing matches, no row has to say how many there are',
    '{ baeume(filter: { hoehe: { gt: "1000" } }) { totalCount nodes { art } } }',
    { totalCount: 0, nodes: [] },
    1,
  ],
  ['an empty filter means everything', '{ baeume(filter: {}) { totalCount } }', { totalCount: 50 }, 1],
  ['not of nothing means everything', '{ baeume(filter: { not: { or: [] } }) { totalCount } }', { totalCount: 50 }, 1],
  ['scaled values are filtered as served', '{ baeume(filter: { hoehe: { gte: "5.40" } }) { totalCount } }', { totalCount: 10 }, 1],
])('%s', async (_what, query, expected, requests) => {
  expect((await data(query)).baeume).toEqual(expected)
  expect(town.asked).toHaveLength(requests)
})

test('after the last row, how many there are in all is a question of its own', async () => {
  const { endCursor } = (await data('{ baeume(last: 1) { pageInfo { endCursor } } }')).baeume.pageInfo
  const query = 'query ($after: String) { baeume(after: $after) { totalCount nodes { art } } }'
  expect((await data(query, { after: endCursor })).baeume).toEqual({ totalCount: 50, nodes: [] })
  expect(town.asked.map(({ kind }) => kind)).toEqual(['rows', 'aggregate'])
})

test('rows that the row rule keeps back are not counted', async () => {
  const ruled = testHouse(
    greenCity().map(({ dataset, rows }) => {
      const rowRule: Condition = { op: 'lte', column: dataset.key[0]!, value: 10 }
      return { dataset: dataset.id === 'baeume' ? { ...dataset, rowRule } : dataset, rows }
    }),
  )
  const schema = makeGraph(ruled.model, ruled.house.limits)
  const source = '{ baeume(first: 2) { totalCount nodes { art } } }'
  const { data } = await graphql({ schema, source, contextValue: { ...asking(), ...ruled } })
  expect(data).toMatchObject({ baeume: { totalCount: 10 } })
  expect(ruled.asked).toHaveLength(1)
})

test('what may be kept is counted once for all pages of a list', async () => {
  const kept = testHouse(greenCity().map(({ dataset, rows }) => ({ dataset: { ...dataset, freshForSeconds: 60 }, rows })))
  const page = 'query ($after: String) { baeume(first: 2, after: $after) { totalCount pageInfo { endCursor } } }'
  const schema = makeGraph(kept.model, kept.house.limits)
  let after: string | undefined
  for (let pages = 0; pages < 3; pages++) {
    const { data } = await graphql({ schema, source: page, variableValues: { after }, contextValue: { ...asking(), ...kept } })
    const { totalCount, pageInfo } = (data as { baeume: { totalCount: number; pageInfo: { endCursor: string } } }).baeume
    expect(totalCount).toBe(50)
    after = pageInfo.endCursor
  }
  expect(kept.asked.map(({ kind }) => kind)).toEqual(['rows', 'aggregate', 'rows', 'rows'])
})

test('rows and their number that take too long together are asked for one by one, for a while', async () => {
  const slow = testHouse(greenCity())
  const connectors = slow.house.connectors as Map<string, Connector>
  const connector = connectors.get('gruen')!
  const tooLong = new GatewayError('SOURCE_TIMEOUT', { message: { de: 'zu lang', en: 'too long' } })
  connectors.set('gruen', {
    ...connector,
    read: async (request, context) => {
      const answer = await connector.read(request, context)
      if (request.kind === 'rows' && request.total) throw tooLong
      return answer
    },
  })
  const schema = makeGraph(slow.model, slow.house.limits)
  let now = 1_000_000
  const house = { ...slow.house, now: () => now }
  for (const kinds of [
    ['rows', 'rows', 'aggregate'],
    ['rows', 'aggregate'],
    ['rows', 'rows', 'aggregate'],
  ]) {
    slow.asked.length = 0
    now += 6 * 60_000
    const source = '{ baeume(first: 1) { totalCount nodes { geprueftAm } } }'
    const { data, errors } = await graphql({ schema, source, contextValue: { ...asking(), ...slow, house } })
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({ baeume: { totalCount: 50 } })
    expect(slow.asked.map(({ kind }) => kind)).toEqual(kinds)
  }
})

test('a value that the source refuses changes nothing for those who ask next', async () => {
  const picky = testHouse(greenCity())
  picky.fail('gruen', new GatewayError('BAD_USER_INPUT', { message: { de: 'geht nicht', en: 'not possible' } }))
  const schema = makeGraph(picky.model, picky.house.limits)
  const source = '{ baeume(first: 1) { totalCount nodes { art } } }'
  await graphql({ schema, source, contextValue: { ...asking(), ...picky } })
  picky.fail('gruen', undefined)
  picky.asked.length = 0
  const { data } = await graphql({ schema, source, contextValue: { ...asking(), ...picky } })
  expect(data).toMatchObject({ baeume: { totalCount: 50 } })
  expect(picky.asked).toHaveLength(1)
})

test.each([
  ['a null instead of a value', '{ baeume(filter: { art: { eq: null } }) { totalCount } }', 'BAD_USER_INPUT'],
  [
    'a box beyond the Earth',
    '{ baeume(filter: { lage: { bbox: { west: 10, south: 0, east: 9, north: 1 } } }) { totalCount } }',
    'BAD_USER_INPUT',
  ],
  ['a page over the limit', '{ baeume(first: 1001) { nodes { art } } }', 'PAGE_TOO_LARGE'],
  ['a negative page', '{ baeume(first: -1) { nodes { art } } }', 'BAD_USER_INPUT'],
  ['first together with last', '{ baeume(first: 1, last: 1) { nodes { art } } }', 'BAD_USER_INPUT'],
  ['one field twice in an order', '{ baeume(orderBy: [{ art: ASC }, { art: DESC }]) { nodes { art } } }', 'BAD_USER_INPUT'],
])('refuses %s and asks nothing', async (_what, query, code) => {
  expect(await refusal(query)).toBe(code)
  expect(town.asked).toEqual([])
})

test.each([
  '{ type: "Polygon", coordinates: [[9, 47], [10, 47]] }',
  '{ type: "Polygon", coordinates: "9 47" }',
  '{ type: "Polygon" }',
  '{ type: "toString", coordinates: [9, 47] }',
  '"{"',
  '7',
])('the area %s is no GeoJSON', async area => {
  expect(await refusal(`{ baeume(filter: { lage: { within: ${area} } }) { totalCount } }`)).toMatch(/^GeoJSON expects a geometry/)
  expect(town.asked).toEqual([])
})

test('the catalogue names what there is', async () => {
  const { catalog } = await data('{ catalog { city audience datasets(search: "BAEU") { id access query fields { name uses } } } }')
  expect(catalog).toMatchObject({ city: 'Konstanz', audience: 'public', datasets: [{ id: 'baeume', access: 'OPEN', query: 'baeume' }] })
})

test('skipped and included selections are asked for as they are answered', async () => {
  await data(
    'query ($yes: Boolean!) { baeume(first: 1) { nodes { art @skip(if: $yes) pflanzjahr @include(if: $yes) ...more } } } fragment more on Baum { stadtteil { name } }',
    { yes: true },
  )
  expect(town.asked[0]?.kind === 'rows' && town.asked[0].columns.map(column => column.column)).toEqual(['pflanzjahr', 'STADTTEIL_NR'])
})
