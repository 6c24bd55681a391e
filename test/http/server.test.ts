/** The street's side of the house: GraphQL over HTTP, errors, access, pages. */

import type { FastifyInstance } from 'fastify'
import { auditServer } from 'graphql-http'
import { makeServer } from '../../src/http/index.ts'
import { sourceFailure } from '../../src/model/index.ts'
import { greenCity } from '../support/green.ts'
import { silent, testHouse } from '../support/house.ts'

const town = testHouse(greenCity())
let server: FastifyInstance
let url = ''

beforeAll(async () => {
  ;({ server } = await makeServer({
    models: new Map([['public', town.model]]),
    house: town.house,
    keys: [{ name: 'dashboard', audience: 'internal', hash: `sha256:${'0'.repeat(64)}` }],
    title: { de: 'Daten der Stadt', en: 'Data of the city' },
    language: 'de',
    origins: ['*'],
    bodyBytes: 10_000,
    headerBytes: 8192,
    requestsAtOnce: 1000,
    answerBytes: 10_000_000,
    log: silent,
    ready: () => true,
  }))
  url = await server.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(() => server.close())

async function ask(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return {
    status: response.status,
    body: (await response.json()) as {
      data?: Record<string, never>
      errors?: { message: string; extensions: Record<string, string> }[]
      extensions?: Record<string, never>
    },
  }
}

test('keeps every rule of GraphQL over HTTP that the audit knows', async () => {
  const results = await auditServer({ url: `${url}/graphql` })
  expect(results.filter(result => result.status !== 'ok').map(result => `${result.status} ${result.id} ${result.name}`)).toEqual([])
  expect(results).toHaveLength(61)
})

test('answers a nested question across sources and says where the values came from', async () => {
  const { body } = await ask('{ baeume(first: 2, orderBy: [{ pflanzjahr: DESC }]) { totalCount nodes { art hoehe stadtteil { name } } } }')
  expect(body.errors).toBeUndefined()
  expect(body.data).toMatchObject({ baeume: { totalCount: 50, nodes: [{ hoehe: '5.21' }, { hoehe: '5.32' }] } })
  expect(body.extensions).toMatchObject({
    provenance: [{ dataset: 'baeume', licence: 'dl-de/by-2-0', stale: false }, { dataset: 'stadtteile' }],
  })
})

test('an unknown field is refused in the language of the caller, with a code and a request id', async () => {
  const german = await ask('{ baeume { nodes { artt } } }', { 'accept-language': 'de' })
  expect(german.body.errors?.[0]).toMatchObject({
    message: 'Das Feld „artt“ gibt es in „Baum“ nicht. Meinten Sie „art“?',
    extensions: { code: 'FIELD_UNKNOWN', requestId: expect.any(String) },
  })
  const english = await ask('{ baeume { nodes { artt } } }', { 'accept-language': 'en' })
  expect(english.body.errors?.[0]?.message).toBe('There is no field "artt" in "Baum". Did you mean "art"?')
})

test('a source that is down costs its own fields only', async () => {
  town.fail('gis', sourceFailure('SOURCE_UNAVAILABLE', 'connect ECONNREFUSED gis.konstanz.internal:8080'))
  const { status, body } = await ask(
    '{ baeume(first: 2, filter: { art: { eq: "Linde" } }) { nodes { art stadtteil { name } } } stadtteile { nodes { name } } }',
  )
  town.fail('gis', undefined)
  expect(status).toBe(200)
  expect(body.data).toMatchObject({ baeume: { nodes: [{ art: 'Linde', stadtteil: null }, { art: 'Linde' }] }, stadtteile: null })
  expect(body.errors?.map(error => error.extensions.code)).toEqual(expect.arrayContaining(['SOURCE_UNAVAILABLE']))
  expect(JSON.stringify(body)).not.toMatch(/konstanz\.internal|ECONNREFUSED/)
})

test('an API key that nobody issued is refused instead of being answered publicly', async () => {
  const { status, body } = await ask('{ __typename }', { authorization: 'Bearer stt_wrong' })
  expect(status).toBe(401)
  expect(body.errors?.[0]?.extensions.code).toBe('KEY_INVALID')
})

test('a body over the limit is refused with its code', async () => {
  const { status, body } = await ask(`{ __typename } #${'x'.repeat(11_000)}`)
  expect(status).toBe(413)
  expect(body.errors?.[0]?.extensions.code).toBe('REQUEST_TOO_LARGE')
})

test('the page at / names no other host and forbids scripts from elsewhere', async () => {
  const response = await fetch(url, { headers: { accept: 'text/html', 'accept-language': 'de' } })
  const html = await response.text()
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(html).toContain('Daten der Stadt')
  expect(html).not.toMatch(/https?:\/\//)
})

test('browsers of other origins may ask', async () => {
  const response = await fetch(`${url}/graphql?query=%7B__typename%7D`, { headers: { origin: 'https://codepen.example' } })
  expect(response.status).toBe(200)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
})

test('nothing is at other addresses, and the refusal says so', async () => {
  const response = await fetch(`${url}/wp-admin`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
})
