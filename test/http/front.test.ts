/** The same question again: who gets the kept bytes, for how long, in which form, and who does not? */

import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { memoryCache } from '../../src/cache/index.ts'
import { createKey } from '../../src/config/index.ts'
import { type Doors, makeServer } from '../../src/http/index.ts'
import { type Connector, type ReadContext, sourceFailure } from '../../src/model/index.ts'
import { greenCity } from '../support/green.ts'
import { silent, testHouse } from '../support/house.ts'

const freshFor: Readonly<Record<string, number>> = { baeume: 60, kontrollen: 0 }
const town = testHouse(
  greenCity(400).map(one => ({ ...one, dataset: { ...one.dataset, freshForSeconds: freshFor[one.dataset.id] ?? 30 } })),
)
const staff = createKey('dashboard', 'internal')
let now = Date.UTC(2026, 10, 26, 11)
/** Sources answer when this is resolved. */
let gate: Promise<void> = Promise.resolve()
let doors: Doors
let url: URL

beforeAll(async () => {
  const connectors = [...town.house.connectors].map(([id, connector]) => {
    const { readPacked } = connector
    const open = async ({ signal }: ReadContext) => {
      const leaving = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      await Promise.race([gate, leaving])
    }
    const gated: Connector = {
      ...connector,
      read: async (asked, context) => open(context).then(() => connector.read(asked, context)),
      ...(readPacked && { readPacked: async (asked, context) => open(context).then(() => readPacked(asked, context)) }),
    }
    return [id, gated] as const
  })
  const house = { ...town.house, connectors: new Map(connectors), now: () => now, cache: memoryCache({ bytes: 1_000_000, now: () => now }) }
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

test('bodies of one length are told apart, and one body by who asks, in which form', async () => {
  const first = 100 + ++fresh
  const bodies = ['a', 'b', 'c'].map(name => `{ baeume(first: ${first}) { nodes { ${name}: art } } }`)
  for (const query of bodies) expect(came(await post(query))).toBe('fwd=miss')
  for (const name of ['a', 'b', 'c', 'c', 'b', 'a']) {
    const reply = await post(bodies['abc'.indexOf(name)]!)
    expect(came(reply)).toBe('hit')
    expect(Object.keys(JSON.parse(reply.body.toString()).data.baeume.nodes[0])).toEqual([name])
  }
  const query = bodies[0]!
  for (const headers of [{ accept: 'application/graphql-response+json' }, { 'accept-language': 'en' }, { 'x-api-key': staff.secret }]) {
    expect(came(await post(query, headers))).toBe('fwd=miss')
    expect(came(await post(query, headers))).toBe('hit')
    expect(came(await post(query))).toBe('hit')
  }
})

test('every sending says its own age and the time that is left', async () => {
  const query = another()
  await get(query)
  const labels: (string | undefined)[][] = []
  for (const ms of [0, 400, 600, 1000]) {
    now += ms
    const { headers } = await get(query)
    labels.push([headers.age, headers['cache-status']])
  }
  expect(labels).toEqual([
    ['0', 'Stadttor; hit; ttl=60'],
    ['0', 'Stadttor; hit; ttl=59'],
    ['1', 'Stadttor; hit; ttl=59'],
    ['2', 'Stadttor; hit; ttl=58'],
  ])
})

test('an answer that was made by plan at once comes again with every header once', async () => {
  const query = another()
  await post(query)
  now += 61_000
  expect(came(await post(query))).toBe('fwd=miss')
  now += 10_000
  // Node's parser refuses an answer that says its length twice.
  const again = await post(query)
  expect([came(again), again.headers.age]).toEqual(['hit', '10'])
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
  now += 53_000
  expect(came(await get(query))).toBe('hit')
  now += 8_000
  const anew = await get(query)
  expect(came(anew)).toBe('fwd=miss')
  expect(anew.headers.age).toBe('0')
})

test('what is asked for again and again is made anew before its end: nobody waits for the source', async () => {
  const query = another()
  const first = await get(query)
  town.asked.length = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  gate = promise
  now += 55_000
  // One is let through, to the rows that are still fresh; the others get the bytes that are kept.
  const replies = await Promise.all([get(query), get(query), get(query)])
  expect(replies.map(came).sort()).toEqual(['fwd=miss', 'hit', 'hit'])
  expect(replies.map(({ headers }) => headers.age)).toEqual(['55', '55', '55'])
  resolve()
  gate = Promise.resolve()
  now += 3_000
  for (let tries = 0; (await get(query)).headers.age !== '3' && tries < 100; tries++) now += 1
  const renewed = await get(query)
  expect([came(renewed), renewed.headers.age]).toEqual(['hit', '3'])
  expect(town.asked).toHaveLength(1)
  expect(JSON.parse(renewed.body.toString()).data).toEqual(JSON.parse(first.body.toString()).data)
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

test('a large answer that nobody keeps comes whole, by either way', async () => {
  const query = '{ kontrollen(first: 1000) { edges { cursor node { id datum ergebnis } } } }'
  const [first, second] = [await post(query), await post(query)]
  const [one, other] = [first, second].map(({ body }) => JSON.parse(body.toString()).data.kontrollen.edges)
  expect(other).toHaveLength(1000)
  expect(other).toEqual(one)
  expect([second.body.length > 100_000, Number(second.headers['content-length'])]).toEqual([true, second.body.length])
  expect([came(second), second.headers.etag]).toEqual(['fwd=miss', undefined])
})

test('an answer with an error is told once only: the next caller is a new question', async () => {
  const query = another()
  now += 120_000
  town.fail('gruen', sourceFailure('SOURCE_UNAVAILABLE', 'down'))
  const failed = await get(query)
  expect([failed.status, came(failed), failed.headers.etag]).toEqual([200, undefined, undefined])
  town.fail('gruen', undefined)
  // A failure is remembered for a second.
  now += 2_000
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

test('whoever asks the same while an answer is being made gets that answer, also when nothing is kept', async () => {
  const query = '{ kontrollen(first: 3) { nodes { ergebnis } } }'
  town.asked.length = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  gate = promise
  const asking = Array.from({ length: 20 }, () => get(query))
  await new Promise(done => setTimeout(done, 300))
  resolve()
  const replies = await Promise.all(asking)
  expect(new Set(replies.map(({ body }) => body.toString())).size).toBe(1)
  expect(replies.map(came).sort()).toEqual(Array.from({ length: 20 }, () => 'fwd=miss'))
  expect(replies.filter(({ headers }) => headers['cache-status']?.includes('collapsed'))).toHaveLength(19)
  expect(town.asked).toHaveLength(1)
  expect(new Set(replies.map(({ headers }) => headers['x-request-id'])).size).toBe(20)
})

test('the answer is made to its end for those who wait, also when the caller who began it has left', async () => {
  const query = '{ kontrollen(first: 4) { nodes { ergebnis } } }'
  const { promise, resolve } = Promise.withResolvers<void>()
  gate = promise
  town.asked.length = 0
  const first = request(new URL(`/graphql?query=${encodeURIComponent(query)}`, url))
  first.on('error', () => {})
  first.end()
  await new Promise(done => setTimeout(done, 100))
  const second = get(query)
  await new Promise(done => setTimeout(done, 100))
  first.destroy()
  await new Promise(done => setTimeout(done, 100))
  resolve()
  const { status, headers, body } = await second
  expect([status, headers['cache-status']]).toEqual([200, expect.stringContaining('collapsed')])
  expect(JSON.parse(body.toString()).data.kontrollen.nodes).toHaveLength(4)
  expect(town.asked).toHaveLength(1)
  gate = Promise.resolve()
})

test('when that answer is an error, each is answered for itself', async () => {
  now += 120_000
  town.fail('gruen', sourceFailure('SOURCE_REFUSED', 'no'))
  const query = another()
  const replies = await Promise.all([get(query), get(query), get(query)])
  town.fail('gruen', undefined)
  now += 2_000
  const ids = replies.map(({ body }) => JSON.parse(body.toString()).errors[0].extensions.requestId)
  expect(ids).toEqual(replies.map(({ headers }) => headers['x-request-id']))
})

test('what is being made while everything is forgotten goes to those who wait, and not to those who come later', async () => {
  const query = another()
  const { promise, resolve } = Promise.withResolvers<void>()
  gate = promise
  const waiting = [get(query), get(query)]
  await new Promise(done => setTimeout(done, 200))
  doors.forgetAnswers()
  gate = Promise.resolve()
  const later = get(query)
  resolve()
  const replies = await Promise.all([...waiting, later])
  expect(replies.map(({ headers }) => headers['cache-status']?.includes('collapsed')).sort()).toEqual([false, false, true])
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('other models begin with no answers of the old ones', async () => {
  const query = another()
  await get(query)
  await doors.replaceModels(new Map([['public', town.model]]))
  expect(came(await get(query))).toBe('fwd=miss')
})
