/** A document that was answered before is answered by a shorter way: can anybody tell the difference? */

import fc from 'fast-check'
import { memoryCache } from '../../src/cache/index.ts'
import { createKey } from '../../src/config/index.ts'
import { type Doors, makeServer } from '../../src/http/index.ts'
import { GatewayError } from '../../src/model/index.ts'
import { makeGraph } from '../../src/resolvers/index.ts'
import { type Draw, documentByChance } from '../support/documents.ts'
import { greenCity } from '../support/green.ts'
import { silent, testHouse } from '../support/house.ts'

const freshFor: Readonly<Record<string, number>> = { baeume: 60, kontrollen: 0, stadtteile: 3600 }
const town = testHouse(
  greenCity(12).map(({ dataset, rows }) => ({ rows, dataset: { ...dataset, freshForSeconds: freshFor[dataset.id]! } })),
  { pageSize: 40, defaultPageSize: 5 },
)
const graph = makeGraph(town.model, town.house.limits)
const staff = createKey('dashboard', 'internal')
let now = Date.UTC(2026, 10, 26, 11)
let doors: Doors
let url = ''
/** Milliseconds, after which nothing is fresh. */
const aDay = 86_400_000
/** Requests that did not take the shortcut. */
let long = 0

beforeAll(async () => {
  const connectors = [...town.house.connectors].map(([id, connector]) => {
    const read: typeof connector.read = async (...asked) => ({ ...(await connector.read(...asked)), asOf: now - 1500 })
    const readPacked: typeof connector.readPacked = async (...asked) => ({ ...(await connector.readPacked!(...asked)), asOf: now - 1500 })
    return [id, { ...connector, read, readPacked }] as const
  })
  doors = await makeServer({
    models: new Map([
      ['public', town.model],
      ['internal', { ...town.model, audience: 'internal', hash: 'staff' }],
    ]),
    house: { ...town.house, connectors: new Map(connectors), now: () => now, cache: memoryCache({ bytes: 1_000_000, now: () => now }) },
    keys: [staff.entry],
    title: { de: 'Daten', en: 'Data' },
    language: 'de',
    origins: ['https://portal.example'],
    bodyBytes: 10_000,
    headerBytes: 8192,
    answerBytes: 0,
    requestsAtOnce: 1000,
    log: silent,
    ready: () => true,
  })
  doors.server.addHook('onRequest', async () => {
    long += 1
  })
  url = `${await doors.server.listen({ host: '127.0.0.1', port: 0 })}/graphql`
})

afterAll(() => doors.server.close())

type Headers_ = Readonly<Record<string, string>>

/** Spelled so, the type of the body is nothing that the shortcut knows. */
const byApollo = { 'content-type': 'application/json; charset="utf-8"' }

async function send(body: string, headers: Headers_ = {}) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const said = Object.fromEntries(response.headers)
  const { 'x-request-id': requestId = '-', date: _date, ...rest } = said
  const text = (await response.text()).replaceAll(requestId, 'ID')
  return { status: response.status, headers: rest, ...inOrder(text) }
}

/** In which order errors happen is nobody's promise; nor, then, are length and name of the whole. */
function inOrder(text: string) {
  const { errors } = JSON.parse(text) as { errors?: unknown[] }
  if (!errors || errors.length < 2) return { text }
  return { errors: errors.map(error => JSON.stringify(error)).sort(), rest: text.slice(text.lastIndexOf('"data"')) }
}

/** Asks until the document is known, and then by both ways. */
async function both(body: string, headers?: Headers_) {
  await send(body, headers)
  const before = long
  const shortcut = await send(body, headers)
  const took = long === before
  return { took, shortcut, apollo: await send(body, { ...headers, ...byApollo }) }
}

const ids = async () => {
  const { text } = await send('{"query":"{ baeume(first: 3) { nodes { id } } kontrollen(first: 1) { nodes { id } } }"}')
  return [...text!.matchAll(/"id":"(.+?)"/g)].map(([, id]) => id!)
}

test('both ways say the same, to the byte, whatever is asked, by whom, and which sources fail', async () => {
  const someIds = await ids()
  let [took, failed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.gen(),
      fc.boolean(),
      fc.constantFrom(undefined, 0, 2, 7, 'many', 1000),
      fc.constantFrom('gis', 'gruen', 'none'),
      fc.constantFrom('application/json', 'application/graphql-response+json', '*/*', 'text/plain, application/json;q=0.1'),
      async (gen, on, size, failing, accept) => {
        const draw: Draw = (...choices) => gen(() => fc.constantFrom(...choices))
        const query = documentByChance(graph, draw)
        const variables = { on, id: draw('nonsense', ...someIds), ...(size !== undefined && { size }) }
        const headers = {
          accept,
          'accept-language': draw('de', 'en'),
          origin: draw('https://portal.example', 'https://elsewhere.example'),
          ...(draw(true, false, false) && { 'x-api-key': staff.secret }),
        }
        now += aDay
        const body = JSON.stringify({ query, variables })
        await send(body, headers)
        town.fail(failing, new GatewayError('SOURCE_UNAVAILABLE', { message: { de: 'weg', en: 'gone' }, log: 'gone' }))
        try {
          now += aDay
          const { took: direct, shortcut, apollo } = await both(body, headers)
          expect(shortcut).toEqual(apollo)
          if (direct) took += 1
          if (direct && (shortcut.errors || shortcut.text!.startsWith('{"errors"'))) failed += 1
        } finally {
          town.fail(failing, undefined)
        }
      },
    ),
    { numRuns: 100, endOnFailure: true },
  )
  expect(took).toBeGreaterThan(25)
  expect(failed).toBeGreaterThan(3)
})

const query =
  'query trees($n: Int, $filter: BaumFilter) { baeume(first: $n, filter: $filter) { nodes { art } } } query other { baeume { totalCount } }'
const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) })

test.each<[string, unknown, boolean]>([
  ['a page of another size', { variables: { n: 3 } }, true],
  ['no variables', { variables: null }, true],
  ['who asks with what', { variables: {}, extensions: { clientLibrary: { name: 'x', version: '1' } } }, true],
  ['a page that is too large', { variables: { n: 41 } }, false],
  ['a variable of another type', { variables: { n: 'three' } }, false],
  ['variables that are too deep', { variables: { filter: deep(100) } }, false],
  ['a filter that is too deep', { variables: { filter: deep(30) } }, false],
  ['variables that are a text', { variables: '{"n":3}' }, false],
  ['variables that are a list', { variables: [3] }, false],
  ['an operation that is not there', { operationName: 'others' }, false],
  ['an operation without a name', { operationName: '' }, false],
  ['no operation', { operationName: null }, false],
  ['a number for an operation', { operationName: 3 }, false],
  [
    'a document known by its hash only',
    { query: undefined, extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } },
    false,
  ],
  ['a hash that is another one', { extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } }, false],
  ['extensions that are a list', { extensions: [1] }, false],
  ['something more', { more: true }, false],
  ['no text', { query: 3 }, false],
])('asked with %s, the answer or refusal is the same', async (_what, more, direct) => {
  await send(JSON.stringify({ query, operationName: 'trees', variables: { n: 2 } }))
  const body = JSON.stringify({ query, operationName: 'trees', ...(more as object) })
  const { took, shortcut, apollo } = await both(body)
  expect(shortcut).toEqual(apollo)
  expect(took).toBe(direct)
})

test.each([
  ['no JSON', `{"query":"{ baeume { nodes { art } } }"`],
  ['a list', '[{"query":"{ baeume { nodes { art } } }"}]'],
  ['a name that changes objects', '{"query":"{ baeume { nodes { art } } }","variables":{"a":{"__proto__":{"b":1}}}}'],
  ['the same in other letters', '{"query":"{ baeume { nodes { art } } }","variables":{"\\u005f_proto__":{"b":1}}}'],
  ['another of them', '{"query":"{ baeume { nodes { art } } }","variables":{"constructor":{"prototype":{"b":1}}}}'],
])('a body with %s is refused as ever', async (_what, body) => {
  await send('{"query":"{ baeume { nodes { art } } }"}')
  const { took, shortcut, apollo } = await both(body)
  expect(shortcut.status).toBe(400)
  expect(shortcut).toEqual(apollo)
  expect(took).toBe(false)
})

test('under other models a document is looked at anew', async () => {
  const body = '{"query":"{ baeume(first: 1) { nodes { art } } }"}'
  expect((await both(body)).took).toBe(true)
  const trees = town.model.datasets.get('baeume')!
  const fewer = { ...trees, fields: trees.fields.filter(({ name }) => name !== 'art') }
  await doors.replaceModels(
    new Map([['public', { ...town.model, datasets: new Map([...town.model.datasets, ['baeume', fewer]]), hash: 'fewer' }]]),
  )
  const { took, shortcut } = await both(body)
  expect([took, shortcut.status]).toEqual([false, 200])
  expect(shortcut.text).toContain('FIELD_UNKNOWN')
})
