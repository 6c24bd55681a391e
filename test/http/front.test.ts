/** The same question again: who gets the kept bytes, for how long, in which form, and who does not? */

import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { memoryCache } from '../../src/cache/index.ts'
import { createKey } from '../../src/config/index.ts'
import { type Doors, makeServer } from '../../src/http/index.ts'
import { sourceFailure } from '../../src/model/index.ts'
import { greenCity } from '../support/green.ts'
import { silent, testHouse } from '../support/house.ts'

const town = testHouse(
  greenCity(400).map(one => ({ ...one, dataset: { ...one.dataset, freshForSeconds: one.dataset.id === 'baeume' ? 60 : 30 } })),
)
const staff = createKey('dashboard', 'internal')
let now = Date.UTC(2026, 10, 26, 11)
let doors: Doors
let url: URL

beforeAll(async () => {
  const house = { ...town.house, now: () => now, cache: memoryCache({ bytes: 1_000_000, now: () => now }) }
  doors = await makeServer({
    models: new Map([
      ['public', town.model],
      ['internal', { ...town.model, audience: 'internal', hash: 'staff' }],
    ]),
    house,
    keys: [staff.entry],
    title: { de: 'Daten', en: 'Data' },
    language: 'de',
    origins: ['*'],
    bodyBytes: 10_000,
    headerBytes: 8192,
    answerBytes: 10_000_000,
    requestsAtOnce: 1000,
    log: silent,
    ready: () => true,
  })
  url = new URL(await doors.server.listen({ host: '127.0.0.1', port: 0 }))
})

afterAll(() => doors.server.close())

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** `fetch` would unpack, and hide that it did. */
function send(method: 'GET' | 'POST', path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const question = request(new URL(path, url), { method, headers }, async response => {
      const pieces: Buffer[] = []
      for await (const piece of response) pieces.push(piece)
      resolve({ status: response.statusCode ?? 0, headers: response.headers as Reply['headers'], body: Buffer.concat(pieces) })
    })
    question.on('error', reject)
    question.end(body)
  })
}

const get = (query: string, headers?: Record<string, string>) => send('GET', `/graphql?query=${encodeURIComponent(query)}`, headers)
const post = (query: string, headers: Record<string, string> = {}) => {
  const body = JSON.stringify({ query })
  return send(
    'POST',
    '/graphql',
    { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
    body,
  )
}
const came = ({ headers }: Reply) => headers['cache-status']?.split('; ')[1]
/** Questions that nobody asked before. */
let fresh = 0
const another = () => `{ baeume(first: ${++fresh}) { nodes { art } } }`

test.each([
  ['GET', get],
  ['POST', post],
])('by %s the same bytes come again, and say how old they are', async (_method, ask) => {
  const query = another()
  const first = await ask(query)
  now += 12_000
  const second = await ask(query)
  expect([came(first), came(second)]).toEqual(['fwd=miss', 'hit'])
  expect(second.body.equals(first.body)).toBe(true)
  expect([first.headers.age, second.headers.age]).toEqual(['0', '12'])
  expect(second.headers.etag).toBe(first.headers.etag)
  expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
  expect(second.headers['access-control-allow-origin']).toBe('*')
  expect(second.headers.vary).toContain('accept-encoding')
})

test('what a link opens may be kept on the way for as long as its shortest-lived part is fresh; what is posted may not', async () => {
  const query = '{ baeume(first: 2) { nodes { art stadtteil { name } } } }'
  expect((await get(query)).headers['cache-control']).toBe('public, max-age=30')
  expect((await get(query)).headers['cache-control']).toBe('public, max-age=30')
  expect((await post(query)).headers['cache-control']).toBe('no-store')
})

test('when it is no longer fresh, it is made anew', async () => {
  const query = another()
  await get(query)
  now += 59_000
  expect(came(await get(query))).toBe('hit')
  now += 2_000
  const anew = await get(query)
  expect(came(anew)).toBe('fwd=miss')
  expect(anew.headers.age).toBe('0')
})

test('answers of one audience are no answers of another, and what only a key opens is for nobody to keep', async () => {
  const query = another()
  await get(query)
  const internal = { 'x-api-key': staff.secret }
  const first = await get(query, internal)
  expect(came(first)).toBe('fwd=miss')
  const second = await get(query, internal)
  expect(came(second)).toBe('hit')
  expect([first, second].map(({ headers }) => headers['cache-control'])).toEqual(['private, no-store', 'private, no-store'])
  const wrong = await get(query, { 'x-api-key': 'falsch' })
  expect([wrong.status, came(wrong)]).toEqual([401, undefined])
})

test('another form or language is another answer', async () => {
  const query = another()
  await get(query)
  expect(came(await get(query, { accept: 'application/graphql-response+json' }))).toBe('fwd=miss')
  expect(came(await get(query, { 'accept-language': 'en' }))).toBe('fwd=miss')
  const known = await get(query, { accept: 'application/graphql-response+json' })
  expect(known.headers['content-type']).toContain('application/graphql-response+json')
})

test('who has the bytes already is sent none', async () => {
  const query = another()
  const { headers } = await get(query)
  for (const names of [headers.etag!, `"x", ${headers.etag}`, '*']) {
    const again = await get(query, { 'if-none-match': names })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect(again.headers['cache-control']).toBe(headers['cache-control'])
  }
  expect((await get(query, { 'if-none-match': 'W/"anders"' })).status).toBe(200)
  // Nor when the answer had to be made anew and turned out to be the same but for its time.
  now += 61_000
  expect((await get(query, { 'if-none-match': headers.etag! })).status).toBe(200)
})

test.each([
  ['zstd', zstdDecompressSync],
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
])('answers are packed once as %s, for those who take it', async (encoding, unpack) => {
  const query = `{ baeume(first: ${300 + ++fresh}) { nodes { art pflanzjahr hoehe } } }`
  const plain = await get(query)
  expect(plain.headers['content-encoding']).toBeUndefined()
  let packed = await get(query, { 'accept-encoding': encoding })
  // It is packed behind the back of the first who takes it.
  for (let tries = 0; packed.headers['content-encoding'] === undefined && tries < 100; tries++) {
    await new Promise(done => setTimeout(done, 20))
    packed = await get(query, { 'accept-encoding': encoding })
  }
  expect(packed.headers['content-encoding']).toBe(encoding)
  expect(Number(packed.headers['content-length'])).toBe(packed.body.length)
  expect(packed.body.length).toBeLessThan(plain.body.length / 2)
  expect(unpack(packed.body).equals(plain.body)).toBe(true)
  expect((await get(query, { 'accept-encoding': `${encoding};q=0` })).headers['content-encoding']).toBeUndefined()
})

test('an answer with an error is told once only: the next caller is a new question', async () => {
  const query = another()
  now += 120_000
  town.fail('gruen', sourceFailure('SOURCE_UNAVAILABLE', 'down'))
  const failed = await get(query)
  expect([failed.status, came(failed), failed.headers.etag]).toEqual([200, undefined, undefined])
  town.fail('gruen', undefined)
  // For a second, the source is not asked the same again.
  now += 1_000
  const well = await get(query)
  expect(JSON.parse(well.body.toString()).errors).toBeUndefined()
})

test('a request in pieces, a packed one and a large one are answered as well, or refused as ever', async () => {
  const body = JSON.stringify({ query: another() })
  const inPieces = await send('POST', '/graphql', { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, body)
  expect(JSON.parse(inPieces.body.toString()).data.baeume.nodes).toHaveLength(fresh)
  const large = await post(`{ baeume { nodes { art } } } #${'x'.repeat(11_000)}`)
  expect(large.status).toBe(413)
  const broken = await send('POST', '/graphql', { 'content-type': 'application/json', 'content-length': '5' }, '{"a":')
  expect(broken.status).toBe(400)
})

test('other models begin with no answers of the old ones', async () => {
  const query = another()
  await get(query)
  await doors.replaceModels(new Map([['public', town.model]]))
  expect(came(await get(query))).toBe('fwd=miss')
})
