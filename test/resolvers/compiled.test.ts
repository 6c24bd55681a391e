/** Answers by plan against graphql-js, which executes the same schema: the same text, the same errors, whatever is asked. */

import fc from 'fast-check'
import { execute, type GraphQLError, Kind, parse, validate } from 'graphql'
import { type Condition, type Connector, GatewayError, type SourceRequest } from '../../src/model/index.ts'
import { makeGraph, makeRunner, Provenance } from '../../src/resolvers/index.ts'
import { engine } from '../support/columns.ts'
import { type Draw, documentByChance } from '../support/documents.ts'
import { greenCity } from '../support/green.ts'
import { type TestDataset, testHouse } from '../support/house.ts'

const town = testHouse(greenCity(12).map(withWayBack), { pageSize: 40, defaultPageSize: 5 })
const graph = makeGraph(town.model, town.house.limits)
const run = makeRunner(graph, town.model)

/** From an inspection to its tree, so that documents can go round in circles. */
function withWayBack({ dataset, rows }: TestDataset): TestDataset {
  if (dataset.id !== 'kontrollen') return { dataset, rows }
  const tree = greenCity(1)[0]!.dataset.key[0]!
  const relation = {
    name: 'baum',
    title: { de: 'Baum', en: 'Tree' },
    to: 'baeume',
    match: [{ left: engine('BAUM_ID', 'int'), right: tree }],
    many: false,
  }
  return { dataset: { ...dataset, relations: [relation] }, rows }
}

function asking(language: 'de' | 'en' = 'de') {
  return {
    house: town.house,
    model: town.model,
    language,
    signal: new AbortController().signal,
    requestId: 'r',
    provenance: new Provenance(),
    batches: new Map(),
  }
}

interface Said {
  readonly text: string
  readonly errors: readonly string[]
}

async function byPlan(source: string, variables: Record<string, unknown> = {}): Promise<Said | undefined> {
  const document = parse(source)
  const operation = document.definitions.find(definition => definition.kind === Kind.OPERATION_DEFINITION)!
  const written = await run(document, operation, variables, asking())
  return written && { text: String(written.text), errors: told(written.errors) }
}

async function byGraphql(source: string, variableValues: Record<string, unknown> = {}): Promise<Said> {
  const { data, errors = [] } = await execute({ schema: graph, document: parse(source), contextValue: asking(), variableValues })
  return { text: JSON.stringify(data), errors: told(errors) }
}

/** In which order errors happen is nobody's promise. */
function told(errors: readonly GraphQLError[]): string[] {
  return errors.map(error => JSON.stringify([error.path, error.locations, error.message])).sort()
}

const ids = JSON.parse((await byGraphql('{ baeume(first: 3) { nodes { id } } kontrollen(first: 1) { nodes { id } } }')).text) as Record<
  string,
  { nodes: { id: string }[] }
> satisfies object
const someIds = [...ids.baeume!.nodes, ...ids.kontrollen!.nodes].map(({ id }) => id)

test.each([
  ['a failure at every place that it concerns', '{ baeume { nodes { kontrollen { nodes { baum { stadtteil { name } art } } } } } }'],
  [
    'a failure once where the document names it twice',
    '{ baeume { nodes { stadtteil { name } } edges { node { a: stadtteil { nr } } } } }',
  ],
  ['a total that cannot be counted', '{ stadtteile { totalCount } baeume { totalCount nodes { stadtteil { name } } } }'],
  ['figures that cannot be had', '{ stadtteileAggregate { groups { count } } baeumeAggregate { groups { count } } }'],
])('tells of %s', async (_what, source) => {
  town.fail('gis', new GatewayError('SOURCE_UNAVAILABLE', { message: { de: 'weg', en: 'gone' } }))
  const [said, expected] = [await byPlan(source), await byGraphql(source)]
  town.fail('gis', undefined)
  expect(said).toEqual(expected)
  expect(expected.errors).not.toEqual([])
})

test.each([
  [
    'fields merged from fragments, in the order of their first mention',
    '{ baeume(first: 2) { nodes { art ...a pflanzjahr ... on Baum { lage { geojson } } } } } fragment a on Baum { lage { latitude __typename } art }',
  ],
  [
    'figures with fragments',
    '{ baeumeAggregate(groupBy: [ZUSTAND]) { groups { count keys { zustand art } ... on BaumGroup { sum { pflanzjahr } } } ... on BaumAggregate { hasMoreGroups groups { avg { hoehe } } } } }',
  ],
  [
    'pages from the back',
    '{ baeume(last: 3, orderBy: [{ art: ASC }]) { edges { cursor node { art id } } pageInfo { startCursor endCursor hasPreviousPage hasNextPage } totalCount } }',
  ],
  [
    'pages of many parents',
    '{ baeume(first: 4) { nodes { kontrollen(first: 2, orderBy: [{ datum: DESC }]) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node { datum baum { id stadtteil { name } } } } } } } }',
  ],
  [
    'lists that stand in the rows of their parents, between other fields',
    '{ baeume(first: 4) { nodes { art kontrollen(first: 2) { nodes { datum ergebnis } __typename } pflanzjahr __typename } } }',
  ],
  [
    'lists in such rows of which some are empty, in edges',
    '{ baeume(first: 9) { edges { cursor node { kontrollen(first: 5, filter: { datum: { lt: "2026-03-02" } }) { nodes { datum } } } } } }',
  ],
  [
    'lists in such rows that are turned round',
    '{ baeume(last: 4) { nodes { art kontrollen(first: 2) { nodes { datum } } } } kontrollen(first: 2) { nodes { datum baum { art kontrollen(last: 2) { nodes { datum } } } } } }',
  ],
  [
    'what nothing can match',
    '{ baeume(filter: { art: { in: [] } }) { totalCount nodes { art } pageInfo { hasNextPage } } stadtteile(first: 0) { totalCount } }',
  ],
])('answers %s', async (_what, source) => {
  expect(validate(graph, parse(source))).toEqual([])
  const said = await byPlan(source)
  expect(said).toBeDefined()
  expect(said).toEqual(await byGraphql(source))
})

test.each([
  ['introspection', '{ __schema { queryType { name } } baeume { totalCount } }'],
  ['the catalogue', '{ catalog { city } }'],
  ['an argument that is wrong', '{ baeume(first: 3, after: "nonsense") { totalCount } }'],
  [
    'a list that is counted from an end which is elsewhere',
    '{ stadtteile { nodes { nr } } baeume(last: 2) { nodes { art } } node(id: "x") { id } }',
  ],
])('leaves %s to graphql-js, and asks no source before', async (_what, source) => {
  town.asked.length = 0
  expect(await byPlan(source)).toBeUndefined()
  expect(town.asked).toEqual([])
})

test('speaks the language of whoever asks, though the document is the same', async () => {
  const document = parse('{ baeume(first: 1) { nodes { zustand } } }')
  const [operation] = document.definitions as [never]
  const texts = await Promise.all((['de', 'en', 'de'] as const).map(language => run(document, operation, {}, asking(language))))
  expect(texts.map(written => /"zustand":"(\w+)"/.exec(String(written?.text))?.[1])).toEqual(['gut', 'good', 'gut'])
})

test('answers every document as graphql-js does, with sources that fail as well', async () => {
  let planned = 0
  await fc.assert(
    fc.asyncProperty(
      fc.gen(),
      fc.boolean(),
      fc.constantFrom(undefined, 0, 2, 7, 'many'),
      fc.constantFrom('gis', 'gruen', 'none', 'none'),
      async (gen, on, size, failing) => {
        const draw: Draw = (...choices) => gen(() => fc.constantFrom(...choices))
        const source = documentByChance(graph, draw)
        if (validate(graph, parse(source)).length > 0) return
        const variables = { on, id: draw('nonsense', ...someIds), ...(size !== undefined && { size }) }
        town.fail(failing, new GatewayError('SOURCE_UNAVAILABLE', { message: { de: 'weg', en: 'gone' } }))
        try {
          const said = await byPlan(source, variables)
          if (!said) return
          planned += 1
          expect(said).toEqual(await byGraphql(source, variables))
        } finally {
          town.fail(failing, undefined)
        }
      },
    ),
    { numRuns: 600, endOnFailure: true },
  )
  expect(planned).toBeGreaterThan(150)
})

describe('relations within one source', () => {
  const nested = '{ kontrollen(first: 4) { nodes { datum baum { art } } } }'
  const many = '{ baeume(first: 4) { nodes { art kontrollen(first: 2) { nodes { datum } } } } }'

  test.each([nested, many])('are answered by one request: %s', async source => {
    town.asked.length = 0
    const said = await byPlan(source)
    expect(town.asked).toHaveLength(1)
    expect(said).toEqual(await byGraphql(source))
  })

  test.each(['SOURCE_CHANGED', 'SOURCE_TIMEOUT'] as const)('are asked for by themselves where together they end in %s', async code => {
    const connectors = town.house.connectors as Map<string, Connector>
    const id = town.asked[0]!.dataset.source.id
    const connector = connectors.get(id)!
    const refuse = (request: SourceRequest): void => {
      if (request.kind === 'rows' && request.companions) throw new GatewayError(code, { message: { de: 'anders', en: 'changed' } })
    }
    connectors.set(id, {
      ...connector,
      readPacked: async (request, context) => {
        refuse(request)
        return connector.readPacked!(request, context)
      },
    })
    try {
      const source = nested.replace('first: 4', code === 'SOURCE_CHANGED' ? 'first: 3' : 'first: 2')
      town.asked.length = 0
      const said = await byPlan(source)
      expect(town.asked.map(({ kind }) => kind)).toEqual(['rows', 'keyed'])
      expect(said).toEqual(await byGraphql(source))
    } finally {
      connectors.set(id, connector)
    }
  })

  test('let no row out that the rule of the other dataset keeps back', async () => {
    const hidden = testHouse(
      greenCity(12).map(({ dataset, rows }) => {
        const tree = withWayBack({ dataset, rows })
        const rowRule: Condition = { op: 'lt', column: dataset.key[0]!, value: 0 }
        return dataset.id === 'baeume' ? { ...tree, dataset: { ...tree.dataset, rowRule } } : tree
      }),
    )
    const schema = makeGraph(hidden.model, hidden.house.limits)
    const document = parse(nested)
    const [operation] = document.definitions as [never]
    const written = await makeRunner(schema, hidden.model)(
      document,
      operation,
      {},
      { ...asking(), house: hidden.house, model: hidden.model },
    )
    expect(hidden.asked).toHaveLength(1)
    expect(JSON.parse(String(written?.text)).kontrollen.nodes.map(({ baum }: { baum: unknown }) => baum)).toEqual([null, null, null, null])
  })
})

test('values that a source could not read are told, also where its rows come packed', async () => {
  const connectors = town.house.connectors as Map<string, Connector>
  const connector = connectors.get('gruen')!
  connectors.set('gruen', {
    ...connector,
    readPacked: async (request, context) => ({ ...(await connector.readPacked!(request, context)), problems: { 'unreadable date': 2 } }),
  })
  try {
    const document = parse('{ kontrollen(first: 7) { nodes { datum } } }')
    const [operation] = document.definitions as [never]
    const who = asking()
    await run(document, operation, {}, who)
    expect(who.provenance.warnings()).toMatchObject([{ code: 'VALUES_UNREADABLE', dataset: 'kontrollen' }])
  } finally {
    connectors.set('gruen', connector)
  }
})
