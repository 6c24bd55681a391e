/** Attacks by requests of odd shape or size. */

import { codeOf, essence, type Reply, type World } from '../town/world.ts'
import { open, post, secret, unheard } from './door.ts'

let a: World

export function shapeAttacks(world: () => World): void {
  beforeAll(() => {
    a = world()
  })

  test('GET is answered by the same schema as POST', async () => {
    for (const query of [secret, '{ bussgelder { totalCount } }', '{ hunde(filter: { telefon: { eq: "x" } }) { totalCount } }']) {
      const [got, posted] = await Promise.all([
        unheard(a, () =>
          a.send(`/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/graphql-response+json' } }),
        ),
        unheard(a, () => post(a, { query }, { accept: 'application/graphql-response+json' })),
      ])
      expect(essence(got)).toBe(essence(posted))
      expect(got.status).toBe(400)
    }
  })

  const nested = (depth: number) => `${'{"not":'.repeat(depth)}{"rasse":{"eq":"x"}}${'}'.repeat(depth)}`
  const filtered = 'query ($f: HundFilter) { hunde(filter: $f) { totalCount } }'

  describe('a request of odd shape or size is refused with a code of ours:', () => {
    test.each<[string, RegExp, () => Promise<Reply>]>([
      ['several at once', /^REQUEST_INVALID$/, () => post(a, [{ query: open }, { query: secret }])],
      ['a list of one', /^REQUEST_INVALID$/, () => post(a, [{ query: open }])],
      ['a text', /^REQUEST_INVALID$/, () => post(a, 'query')],
      ['a number as query', /^REQUEST_INVALID$/, () => post(a, { query: 5 })],
      ['variables in a list', /^REQUEST_INVALID$/, () => post(a, { query: open, variables: [1] })],
      ['extensions in a text', /^REQUEST_INVALID$/, () => post(a, { query: open, extensions: 'x' })],
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
        () => post(a, { query: filtered, variables: { f: { rasse: { eq: 'x'.repeat(1_000_000) } } } }),
      ],
      ['a megabyte of query', /^REQUEST_TOO_LARGE$/, () => post(a, { query: `{ hunde { totalCount } } #${'x'.repeat(1_000_000)}` })],
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
        () => post(a, { query: filtered, variables: { f: { or: Array.from({ length: 3000 }, () => ({ rasse: { eq: 'x' } })) } } }),
      ],
      [
        'ten thousand values',
        /^QUERY_TOO_EXPENSIVE$/,
        () => post(a, { query: filtered, variables: { f: { jahr: { in: Array.from({ length: 10_000 }, (_, at) => at) } } } }),
      ],
      [
        'hundreds of aliases',
        /^TOO_MANY_ALIASES$/,
        () => post(a, { query: `{ ${Array.from({ length: 400 }, (_, at) => `a${at}: hunde { totalCount }`).join(' ')} }` }),
      ],
      [
        'hundreds of aliases of what is free',
        /^TOO_MANY_ALIASES$/,
        () => post(a, { query: `{ ${Array.from({ length: 400 }, (_, at) => `a${at}: __schema { types { name } }`).join(' ')} }` }),
      ],
      [
        'too many levels',
        /^QUERY_TOO_DEEP$/,
        () =>
          post(a, {
            query: `{ halterinnen(first: 1) { nodes ${'{ hunde(first: 1) { nodes { halter '.repeat(5)}{ id }${' } } }'.repeat(5)} } }`,
          }),
      ],
      [
        'pages of pages',
        /^QUERY_TOO_EXPENSIVE$/,
        () => post(a, { query: '{ halterinnen(first: 1000) { nodes { hunde(first: 1000) { nodes { id } } } } }' }),
      ],
      [
        'pages of pages below node(id)',
        /^QUERY_TOO_EXPENSIVE$/,
        () =>
          post(a, {
            query: `{ node(id: "x") { ... on Halter { ${Array.from({ length: 25 }, (_, at) => `a${at}: hunde(first: 1000) { nodes { id } }`).join(' ')} } } }`,
          }),
      ],
      [
        'fragments in a circle',
        /^GRAPHQL_VALIDATION_FAILED$/,
        () => post(a, { query: '{ hunde { nodes { ...a } } } fragment a on Hund { ...b } fragment b on Hund { ...a }' }),
      ],
      [
        'fragments that double',
        /^QUERY_TOO_EXPENSIVE$/,
        () =>
          post(a, {
            query: `{ hunde { nodes { ...f0 } } } ${Array.from({ length: 20 }, (_, at) => `fragment f${at} on Hund { ...f${at + 1} ...f${at + 1} }`).join(' ')} fragment f20 on Hund { rasse }`,
          }),
      ],
      ['thousands of words', /^GRAPHQL_PARSE_FAILED$/, () => post(a, { query: `{ hunde { nodes { ${'rasse '.repeat(6000)} } } }` })],
      [
        'introspection within introspection',
        /^GRAPHQL_VALIDATION_FAILED$/,
        () => post(a, { query: `{ __schema { types ${'{ fields { type '.repeat(8)}{ name }${' } }'.repeat(8)} } }` }),
      ],
      ['a subscription', /^BAD_USER_INPUT$/, () => post(a, { query: 'subscription { hunde { totalCount } }' })],
      ['two operations and no name', /^GRAPHQL_VALIDATION_FAILED$/, () => post(a, { query: `query a ${open} query b ${open}` })],
      [
        'a hash that is none',
        /^(PERSISTED_QUERY_NOT_FOUND|REQUEST_INVALID)$/,
        () => post(a, { extensions: { persistedQuery: { version: 1, sha256Hash: '../../etc/passwd' } } }),
      ],
      ['a hash of another version', /^BAD_USER_INPUT$/, () => post(a, { extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } })],
      [
        'a hash of another query',
        /^BAD_USER_INPUT$/,
        () => post(a, { query: open, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
      ],
    ])('%s', async (_, code, ask) => {
      const reply = await unheard(a, ask)
      expect(codeOf(reply)).toMatch(code)
      expect(reply.text).not.toMatch(/node_modules|\.ts:|at \w+ \(|chip|telefon|GEHEIM|stack/)
    })
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])('%s finds nothing', async method => {
    const reply = await unheard(a, () => a.send('/graphql', { method }))
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
}
