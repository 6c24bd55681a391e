/** Attacks on the door: keys, headers, bodies of odd shape and size. The source must not hear of any of them. */

import { rm } from 'node:fs/promises'
import { readCity } from '../../src/app.ts'
import { createKey, storeKey } from '../../src/config/index.ts'
import { type Source, sqlite } from './town/benches.ts'
import { configure } from './town/configuration.ts'
import { codeOf, essence, type Reply, type Sent, startWorld, type World } from './town/world.ts'

let source: Source
let a: World

beforeAll(async () => {
  source = await sqlite.start()
  a = await startWorld({ side: 'a', files: source.files.a })
})

afterAll(async () => {
  await a?.stop()
  await source?.tidyUp()
})

const open = '{ hunde(first: 1) { nodes { rasse } } }'
const secret = '{ hunde(first: 1) { nodes { chip } } }'

function post(query: unknown, headers: Sent['headers'] = {}): Promise<Reply> {
  return a.send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(query) })
}

/** The requests, and that no source was asked. */
async function unheard(work: () => Promise<Reply>): Promise<Reply> {
  const before = a.calls.length
  const reply = await work()
  expect(a.calls.slice(before)).toEqual([])
  return reply
}

describe('a key that opens nothing is refused, never answered as the public would be:', () => {
  test.each<[string, () => Sent['headers']]>([
    ['one that nobody made', () => ({ authorization: `Bearer stt_${'A'.repeat(43)}` })],
    ['one that nobody made, in the other header', () => ({ 'x-api-key': `stt_${'A'.repeat(43)}` })],
    ['one that has expired', () => ({ authorization: `Bearer ${a.keys.expired}` })],
    [
      'one with a letter changed',
      () => ({ authorization: `Bearer ${a.keys.internal.slice(0, -1)}${a.keys.internal.endsWith('A') ? 'B' : 'A'}` }),
    ],
    ['one with a letter less', () => ({ authorization: `Bearer ${a.keys.internal.slice(0, -1)}` })],
    ['one with another behind it', () => ({ authorization: `Bearer ${a.keys.internal}, ${a.keys.internal}` })],
    ['one in capitals', () => ({ 'x-api-key': a.keys.internal.toUpperCase() })],
    ['its checksum, as the files keep it', () => ({ 'x-api-key': 'sha256:'.padEnd(71, '0') })],
    ['an empty one', () => ({ 'x-api-key': '' })],
    ['a word without a key', () => ({ authorization: 'Bearer' })],
    ['a name and a password', () => ({ authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` })],
    ['the same header twice', () => ({ 'x-api-key': [a.keys.internal, a.keys.internal] })],
    ['the same header twice, one of them invented', () => ({ 'x-api-key': ['stt_x', a.keys.internal] })],
    ['a bad one in one header and a good one in the other', () => ({ 'x-api-key': 'stt_x', authorization: `Bearer ${a.keys.internal}` })],
    ['the names of things', () => ({ 'x-api-key': '__proto__' })],
  ])('%s', async (_, headers) => {
    for (const query of [open, secret, '{ __schema { types { name } } }']) {
      const reply = await unheard(() => post({ query }, headers()))
      expect([reply.status, codeOf(reply)]).toEqual([401, 'KEY_INVALID'])
      expect(reply.json.data).toBeUndefined()
    }
    expect((await a.send('/schema.graphql', { headers: headers() ?? {} })).status).toBe(401)
  })
})

test('of two headers, x-api-key alone says who asks: a password for what stands before the gateway may be in the other', async () => {
  const [good, basic] = [a.keys.internal, `Basic ${Buffer.from('admin:admin').toString('base64')}`]
  expect((await post({ query: secret }, { 'x-api-key': good, authorization: basic })).json.data).toBeDefined()
  expect((await post({ query: secret }, { 'x-api-key': 'stt_x', authorization: `Bearer ${good}` })).status).toBe(401)
})

test('of a key that is not good one learns only whether it has expired, and that only with the key itself', async () => {
  const invented = await Promise.all(['stt_x', `stt_${'B'.repeat(43)}`, 'internal'].map(key => post({ query: open }, { 'x-api-key': key })))
  expect(new Set(invented.map(reply => essence(reply))).size).toBe(1)
})

test('a key for an audience that no file knows is a mistake of the configuration', async () => {
  const { folder } = await configure({ side: 'a', files: source.files.a })
  await storeKey(folder, createKey('fremd', 'niemand').entry)
  const configuration = await readCity(folder).finally(() => rm(folder, { recursive: true }))
  expect(configuration).toMatchObject({ ok: false, mistakes: [{ code: 'AUDIENCE_UNKNOWN' }] })
})

describe('whoever only says to be somebody is the public:', () => {
  test.each<[string, Sent['headers'], string]>([
    ['by a header of proxies', { 'x-forwarded-user': 'admin', 'x-remote-user': 'admin', forwarded: 'for=127.0.0.1' }, ''],
    ['by a header of other gateways', { 'x-hasura-role': 'internal', 'x-ms-api-role': 'internal', 'x-audience': 'internal' }, ''],
    ['by a cookie', { cookie: 'audience=internal; session=admin' }, ''],
    ['by the address', {}, '?audience=internal&x-api-key=internal&authorization=Bearer'],
  ])('%s', async (_, headers, search) => {
    const reply = await unheard(() =>
      a.send(`/graphql${search}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: secret, extensions: { audience: 'internal' }, audience: 'internal', operationName: null }),
      }),
    )
    expect(codeOf(reply)).toBe('FIELD_UNKNOWN')
  })

  test('by the key itself, in the address', async () => {
    const reply = await unheard(() =>
      a.send(`/graphql?query=${encodeURIComponent(secret)}&key=${a.keys.internal}&x-api-key=${a.keys.internal}`),
    )
    expect(codeOf(reply)).toBe('FIELD_UNKNOWN')
  })
})

test('GET is answered by the same schema as POST', async () => {
  for (const query of [secret, '{ bussgelder { totalCount } }', '{ hunde(filter: { telefon: { eq: "x" } }) { totalCount } }']) {
    const [got, posted] = await Promise.all([
      unheard(() => a.send(`/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/graphql-response+json' } })),
      unheard(() => post({ query }, { accept: 'application/graphql-response+json' })),
    ])
    expect(essence(got)).toBe(essence(posted))
    expect(got.status).toBe(400)
  }
})

const nested = (depth: number) => `${'{"not":'.repeat(depth)}{"rasse":{"eq":"x"}}${'}'.repeat(depth)}`
const filtered = 'query ($f: HundFilter) { hunde(filter: $f) { totalCount } }'

describe('a request of odd shape or size is refused with a code of ours:', () => {
  test.each<[string, RegExp, () => Promise<Reply>]>([
    ['several at once', /^REQUEST_INVALID$/, () => post([{ query: open }, { query: secret }])],
    ['a list of one', /^REQUEST_INVALID$/, () => post([{ query: open }])],
    ['a text', /^REQUEST_INVALID$/, () => post('query')],
    ['a number as query', /^REQUEST_INVALID$/, () => post({ query: 5 })],
    ['variables in a list', /^REQUEST_INVALID$/, () => post({ query: open, variables: [1] })],
    ['extensions in a text', /^REQUEST_INVALID$/, () => post({ query: open, extensions: 'x' })],
    [
      'a form',
      /^REQUEST_INVALID$/,
      () => a.send('/graphql', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }),
    ],
    [
      'half a body',
      /^REQUEST_INVALID$/,
      () => a.send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ hun' }),
    ],
    [
      'a prototype',
      /^REQUEST_INVALID$/,
      () =>
        a.send('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: `{"query":${JSON.stringify(filtered)},"variables":{"f":{"__proto__":{"x":1}}}}`,
        }),
    ],
    [
      'a megabyte of variables',
      /^REQUEST_TOO_LARGE$/,
      () => post({ query: filtered, variables: { f: { rasse: { eq: 'x'.repeat(1_000_000) } } } }),
    ],
    ['a megabyte of query', /^REQUEST_TOO_LARGE$/, () => post({ query: `{ hunde { totalCount } } #${'x'.repeat(1_000_000)}` })],
    [
      'a filter within a filter, a thousand times',
      /^QUERY_TOO_DEEP$/,
      () =>
        a.send('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: `{"query":${JSON.stringify(filtered)},"variables":{"f":${nested(1000)}}}`,
        }),
    ],
    [
      'a filter within a filter, as often as fits',
      /^QUERY_TOO_DEEP$/,
      () =>
        a.send('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: `{"query":${JSON.stringify(filtered)},"variables":{"f":${nested(12_000)}}}`,
        }),
    ],
    [
      'ten thousand conditions',
      /^QUERY_TOO_EXPENSIVE$/,
      () => post({ query: filtered, variables: { f: { or: Array.from({ length: 3000 }, () => ({ rasse: { eq: 'x' } })) } } }),
    ],
    [
      'ten thousand values',
      /^QUERY_TOO_EXPENSIVE$/,
      () => post({ query: filtered, variables: { f: { jahr: { in: Array.from({ length: 10_000 }, (_, at) => at) } } } }),
    ],
    [
      'hundreds of aliases',
      /^TOO_MANY_ALIASES$/,
      () => post({ query: `{ ${Array.from({ length: 400 }, (_, at) => `a${at}: hunde { totalCount }`).join(' ')} }` }),
    ],
    [
      'hundreds of aliases of what is free',
      /^TOO_MANY_ALIASES$/,
      () => post({ query: `{ ${Array.from({ length: 400 }, (_, at) => `a${at}: __schema { types { name } }`).join(' ')} }` }),
    ],
    [
      'too many levels',
      /^QUERY_TOO_DEEP$/,
      () =>
        post({
          query: `{ halterinnen(first: 1) { nodes ${'{ hunde(first: 1) { nodes { halter '.repeat(5)}{ id }${' } } }'.repeat(5)} } }`,
        }),
    ],
    [
      'pages of pages',
      /^QUERY_TOO_EXPENSIVE$/,
      () => post({ query: '{ halterinnen(first: 1000) { nodes { hunde(first: 1000) { nodes { id } } } } }' }),
    ],
    [
      'pages of pages below node(id)',
      /^QUERY_TOO_EXPENSIVE$/,
      () =>
        post({
          query: `{ node(id: "x") { ... on Halter { ${Array.from({ length: 25 }, (_, at) => `a${at}: hunde(first: 1000) { nodes { id } }`).join(' ')} } } }`,
        }),
    ],
    [
      'fragments in a circle',
      /^GRAPHQL_VALIDATION_FAILED$/,
      () => post({ query: '{ hunde { nodes { ...a } } } fragment a on Hund { ...b } fragment b on Hund { ...a }' }),
    ],
    [
      'fragments that double',
      /^QUERY_TOO_EXPENSIVE$/,
      () =>
        post({
          query: `{ hunde { nodes { ...f0 } } } ${Array.from({ length: 20 }, (_, at) => `fragment f${at} on Hund { ...f${at + 1} ...f${at + 1} }`).join(' ')} fragment f20 on Hund { rasse }`,
        }),
    ],
    ['thousands of words', /^GRAPHQL_PARSE_FAILED$/, () => post({ query: `{ hunde { nodes { ${'rasse '.repeat(6000)} } } }` })],
    [
      'introspection within introspection',
      /^GRAPHQL_VALIDATION_FAILED$/,
      () => post({ query: `{ __schema { types ${'{ fields { type '.repeat(8)}{ name }${' } }'.repeat(8)} } }` }),
    ],
    ['a subscription', /^BAD_USER_INPUT$/, () => post({ query: 'subscription { hunde { totalCount } }' })],
    ['two operations and no name', /^GRAPHQL_VALIDATION_FAILED$/, () => post({ query: `query a ${open} query b ${open}` })],
    [
      'a hash that is none',
      /^(PERSISTED_QUERY_NOT_FOUND|REQUEST_INVALID)$/,
      () => post({ extensions: { persistedQuery: { version: 1, sha256Hash: '../../etc/passwd' } } }),
    ],
    ['a hash of another version', /^BAD_USER_INPUT$/, () => post({ extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } })],
    [
      'a hash of another query',
      /^BAD_USER_INPUT$/,
      () => post({ query: open, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
    ],
  ])('%s', async (_, code, ask) => {
    const reply = await unheard(ask)
    expect(codeOf(reply)).toMatch(code)
    expect(reply.text).not.toMatch(/node_modules|\.ts:|at \w+ \(|chip|telefon|GEHEIM|stack/)
  })
})

test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])('%s finds nothing', async method => {
  const reply = await unheard(() => a.send('/graphql', { method }))
  expect(reply.status).toBeGreaterThanOrEqual(400)
  expect(reply.text).not.toMatch(/node_modules|fastify/i)
})

test.each([
  '/../gateway.yml',
  '/..%2fgateway.yml',
  '/landing.css/../../keys.yml',
  '/datasets/amt/hunde.yml',
  '/graphql/',
  '/%00',
  '/schema.graphql.bak',
  '/.git/config',
])('%s leads nowhere', async path => {
  const reply = await a.send(path)
  expect([reply.status, codeOf(reply)]).toEqual([expect.any(Number), expect.stringMatching(/^(NOT_FOUND|REQUEST_INVALID)$/)])
})

test('headers say nothing of what is behind them, and keep answers for different callers apart', async () => {
  const replies = [
    await post({ query: open }),
    await post({ query: secret }),
    await a.send('/graphql?query=%7B__typename%7D'),
    await a.send('/schema.graphql'),
    await a.send('/'),
    await a.send('/nirgends'),
    await post({ query: open }, { 'x-api-key': 'x' }),
  ]
  const known =
    /^(access-control-allow-origin|access-control-expose-headers|connection|content-length|content-type|content-security-policy|date|keep-alive|referrer-policy|vary|x-content-type-options|x-request-id)$/
  for (const { headers } of replies) expect(Object.keys(headers).filter(name => !known.test(name))).toEqual([])
  for (const { headers } of replies.slice(0, 4)) expect(headers.vary).toMatch(/authorization.*x-api-key/)
  expect(replies.every(({ headers }) => headers['access-control-allow-credentials'] === undefined)).toBe(true)
})

test('answers for a key are kept by no cache on the way', async () => {
  const headers = { authorization: `Bearer ${a.keys.internal}` }
  const replies = [
    await post({ query: secret }, headers),
    await a.send(`/graphql?query=${encodeURIComponent(secret)}`, { headers }),
    await a.send('/schema.graphql', { headers }),
  ]
  for (const reply of replies) {
    expect(reply.text).toContain('chip')
    expect(reply.headers['cache-control']).toBe('private, no-store')
  }
})

test('the id of a request is ours, whatever the caller calls it', async () => {
  const reply = await post({ query: secret }, { 'x-request-id': 'GEHEIM-1', 'request-id': 'GEHEIM-2' })
  expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(reply.text).not.toContain('GEHEIM')
})

test('what callers do wrong is no news for the log', () => {
  expect(a.log.filter(line => !line.includes('"KEY_INVALID"'))).toEqual([])
  expect(a.log.some(line => line.includes('an unknown API key was presented'))).toBe(true)
  expect(a.log.filter(line => line.includes(a.keys.internal) || line.includes(a.keys.expired))).toEqual([])
})
