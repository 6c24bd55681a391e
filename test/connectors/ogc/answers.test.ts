/** Recorded answers of real services are read to the values that a person reads in them. */

import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { ogcFeatures } from '../../../src/connectors/ogc/index.ts'
import { readAnswer } from '../../../src/connectors/ogc/report.ts'
import type { GatewayError } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'
import { type OgcTown, type OgcTownWish, openOgcTown } from '../../support/ogc.ts'

const running: { server: Server; town: OgcTown }[] = []

afterEach(async () => {
  for (const { server, town } of running.splice(0)) {
    await town.connector.close()
    server.closeAllConnections()
    server.close()
  }
})

interface Said {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** A service that has one answer to every question for items, and does not describe its collection. */
async function service(
  said: Said | ((url: URL) => Said | undefined),
  wish: Omit<OgcTownWish, 'url'>,
): Promise<OgcTown & { asked: URL[]; headers: string[] }> {
  const [asked, headers]: [URL[], string[]] = [[], []]
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    asked.push(url)
    headers.push(JSON.stringify(request.headers))
    const own = typeof said === 'function' ? said(url) : url.pathname.endsWith('/items') ? said : undefined
    const { status = 200, headers: more, body } = own ?? (/\/collections\/\w+$/.test(url.pathname) ? { body: '{"links":[]}' } : notFound)
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(body)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const town = openOgcTown({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ogc`, ...wish })
  running.push({ server, town })
  return { ...town, asked, headers }
}

const notFound: Said = { status: 404, body: '{"code":"NotFound","description":"Invalid API path."}' }

function recorded(file: string): Said {
  return { body: readFileSync(resolve(import.meta.dirname, '../../data', file), 'utf8') }
}

const nr = open('nr', 'int')

describe('Bavaria, an ldproxy', () => {
  const key = open('node', 'bigint', { column: 'node_id' })
  const name = open('name', 'text')
  const plz = open('plz', 'text')
  const outside = open('outside', 'boolean', { column: 'outdoor_seating' })
  const opens = open('opens', 'time', { column: 'open' })
  const lage = open('lage', 'point', { column: 'geometry' })
  const wish = { place: { collection: 'biergarten' }, key, fields: [key, name, plz, outside, opens, lage] }

  test('names, postcodes, times and places are as they were written', async () => {
    const { body } = recorded('bav4/bayern_items_page1.json')
    // As if the page were the whole: see below for what it really says.
    const whole = body.replace('"numberMatched":10', '"numberMatched":9').replace('"rel":"next"', '"rel":"last"')
    const town = await service({ body: whole }, wish)
    const { rows, problems } = await town.rows({ limit: 2 })
    expect(problems).toBeUndefined()
    expect(rows).toEqual([
      ['454981390', 'Waldheim', '81247', false, '09:00:00', { type: 'Point', coordinates: [13.4601728, 48.7874714] }],
      ['456024788', 'Lutzgarten', '81247', false, '09:30:00', { type: 'Point', coordinates: [13.4832899, 48.6180897] }],
    ])
  })

  test('nine of ten features, and no address for the tenth: that is not served as the whole', async () => {
    const town = await service(recorded('bav4/bayern_items_page1.json'), wish)
    await expect(town.rows({ limit: 20 })).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })
})

describe('MapServer', () => {
  const key = open('id', 'int', { column: 'BAUM_ID' })
  const fields = [
    key,
    open('art', 'text', { column: 'baumart' }),
    open('hoehe', 'decimal', { column: 'hoehe_m' }),
    open('gefaellt', 'boolean'),
    open('kontrolle', 'date', { column: 'kontrolle_am' }),
    open('geaendert', 'datetime', { zone: 'Europe/Berlin' }),
    open('strasse', 'text'),
    open('lage', 'point', { column: 'geometry' }),
  ]
  const wish = { place: { collection: 'baeume' }, key, fields }

  test('a wall clock with a false Z, 0 and 1 for no and yes, an empty text for a missing one', async () => {
    const town = await service(recorded('mapserver/oapif-limit-huge.json'), wish)
    const { rows } = await town.rows({ where: { op: 'in', column: key, values: [3, 11] } })
    expect(rows).toEqual([
      [
        3,
        'Stieleiche',
        '16',
        false,
        '2025-04-15',
        '2026-01-04T02:30:00Z',
        'Schänzlebrücke',
        { type: 'Point', coordinates: [9.174555, 47.651472] },
      ],
      [11, 'Hainbuche', '19.2', false, '2025-12-15', '2026-01-12T00:30:00Z', null, { type: 'Point', coordinates: [9.171679, 47.658071] }],
    ])
  })

  test('a polygon with a hole', async () => {
    const shape = open('shape', 'polygon', { column: 'geometry' })
    const town = await service(recorded('mapserver/oapif-polygons.json'), {
      place: { collection: 'flaechen' },
      key: nr,
      fields: [nr, shape],
    })
    const { rows } = await town.rows({ where: { op: 'eq', column: nr, value: 1 } })
    expect(rows).toHaveLength(1)
    expect(rows[0]![1]).toMatchObject({ type: 'Polygon', coordinates: [{ length: 5 }, { length: 5 }] })
  })

  test.each([
    ['oapif-coll-404.json', 404, 'SOURCE_CHANGED'],
    ['oapif-limit-bad.json', 400, 'SOURCE_ANSWER_INVALID'],
  ])('%s is a refusal', async (file, status, code) => {
    const town = await service({ ...recorded(`mapserver/${file}`), status }, wish)
    await expect(town.rows()).rejects.toMatchObject({ code })
  })
})

describe('what services say when something is wrong', () => {
  const wish = { place: { collection: 'baeume' }, key: nr, fields: [nr] }
  const problem = (status: number, detail: string): Said => ({
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title: 'Problem', status, detail }),
  })
  test.each<[string, Said, string]>([
    ['another complaint', problem(400, 'The limit is too large.'), 'SOURCE_ANSWER_INVALID'],
    ['a missing token', problem(401, 'Please log in.'), 'SOURCE_REFUSED'],
    ['too many questions', problem(429, 'Slow down.'), 'SOURCE_BUSY'],
    ['a broken backend', problem(502, 'jdbc:oracle:thin:@gruen'), 'SOURCE_UNAVAILABLE'],
    ['a page for people', { body: '<!DOCTYPE html><html>Wartung</html>' }, 'SOURCE_ANSWER_INVALID'],
    ['half an answer', { body: '{"type":"FeatureCollection","features":[{"ty' }, 'SOURCE_ANSWER_INVALID'],
    ['something else with status 200', { body: '{"title":"Not today"}' }, 'SOURCE_ANSWER_INVALID'],
  ])('%s', async (_what, said, code) => {
    const town = await service(said, wish)
    const error = await town.rows().catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code })
    const { text, hint } = error as GatewayError
    expect(JSON.stringify([text, hint])).not.toMatch(/jdbc|127\.0\.0\.1|baeume/)
  })
})

test.each([
  [400, "The property 'nr' does not exist.", 'SOURCE_CHANGED'],
  [400, 'Unknown parameter: nr', 'SOURCE_CHANGED'],
  [400, 'Unknown parameter: q', 'SOURCE_ANSWER_INVALID'],
  [404, 'no such collection', 'SOURCE_CHANGED'],
])('a refusal with %i, “%s”, means %s', (status, detail, code) => {
  const answer = { status, text: () => JSON.stringify({ status, detail }) }
  expect(() => readAnswer(answer, { shown: 'karte', names: ['nr'] })).toThrow(expect.objectContaining({ code }) as Error)
})

describe('who asks', () => {
  const wish = { place: { collection: 'baeume' }, key: nr, fields: [nr] }
  const one: Said = {
    body: '{"type":"FeatureCollection","numberMatched":1,"features":[{"type":"Feature","geometry":null,"properties":{"nr":1}}]}',
  }

  test.each([
    [{ user: 'tor', password: 'geheim' }, '"authorization":"Basic dG9yOmdlaGVpbQ=="'],
    [{ token: 'abc' }, '"authorization":"Bearer abc"'],
    [{ token: 'abc', tokenHeader: 'X-API-Key' }, '"x-api-key":"abc"'],
  ])('says so in a header of every question, and in no address: %j', async (connection, header) => {
    const town = await service(one, { ...wish, connection })
    expect((await town.rows()).rows).toEqual([[1]])
    expect(town.headers.every(said => said.includes(header))).toBe(true)
    expect(town.asked.map(String).join()).not.toMatch(/abc|geheim/)
  })
})

describe('coordinates', () => {
  const lage = open('lage', 'point', { column: 'geometry' })
  const feature = (coordinates: readonly number[], crs?: string): Said => ({
    ...(crs !== undefined && { headers: { 'content-crs': `<${crs}>` } }),
    body: JSON.stringify({
      type: 'FeatureCollection',
      numberMatched: 1,
      features: [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { nr: 1 } }],
    }),
  })
  const epsg = 'http://www.opengis.net/def/crs/EPSG/0'
  test.each([
    ['longitude first, where nothing is said', feature([9.175, 47.66])],
    ['longitude first, where CRS84 is said', feature([9.175, 47.66], 'http://www.opengis.net/def/crs/OGC/1.3/CRS84')],
    ['latitude first, where the register has it so', feature([47.66, 9.175], `${epsg}/4326`)],
    ['east first in UTM', feature([513_128.4, 5_278_552.0], `${epsg}/25832`)],
  ])('%s', async (_what, said) => {
    const town = await service(said, { place: { collection: 'baeume' }, key: nr, fields: [nr, lage] })
    const { rows } = await town.rows()
    const { coordinates } = rows[0]![1] as { readonly coordinates: readonly number[] }
    expect(coordinates[0]).toBeCloseTo(9.175, 3)
    expect(coordinates[1]).toBeCloseTo(47.66, 3)
  })

  test('exchanged ones are told by where the city lies', async () => {
    const extent = [9.1, 47.6, 9.25, 47.75] as const
    const town = await service(feature([47.66, 9.175]), { place: { collection: 'baeume' }, key: nr, fields: [nr, lage], extent })
    await expect(town.rows()).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID', log: expect.stringContaining('axes: yx') })
  })
})

test('a property inside another, and the feature’s own id', async () => {
  const id = open('id', 'text', { column: '@id' })
  const plz = open('plz', 'text', { column: 'adresse.plz' })
  const body = JSON.stringify({
    type: 'FeatureCollection',
    numberMatched: 2,
    features: ['b', 'a'].map((name, at) => ({
      type: 'Feature',
      id: name,
      geometry: null,
      properties: { adresse: { plz: `7846${at}`, haus: 1 } },
    })),
  })
  const town = await service({ body }, { place: { collection: 'baeume' }, key: id, fields: [id, plz] })
  expect((await town.rows()).rows).toEqual([
    ['a', '78461'],
    ['b', '78460'],
  ])
  expect((await town.rows({ where: { op: 'eq', column: id, value: 'b' } })).rows).toEqual([['b', '78460']])
})

test('a property that is the id is read beside the properties, where services keep it', async () => {
  const body =
    '{"type":"FeatureCollection","numberMatched":1,"features":[{"type":"Feature","id":"7","geometry":null,"properties":{"art":"Linde"}}]}'
  const schema = '{"properties":{"nr":{"type":"integer","x-ogc-role":"id"},"art":{"type":"string"}}}'
  const links = '{"links":[{"rel":"[ogc-rel:schema]","href":"somewhere"}]}'
  const said = ({ pathname }: URL): Said | undefined =>
    pathname.endsWith('/items')
      ? { body }
      : pathname.endsWith('/schema')
        ? { body: schema }
        : pathname.endsWith('/baeume')
          ? { body: links }
          : undefined
  const art = open('art', 'text')
  const town = await service(said, { place: { collection: 'baeume' }, key: nr, fields: [nr, art] })
  expect((await town.rows()).rows).toEqual([[7, 'Linde']])
})

test.each([
  ['https://geo.stadt.example/ogc/', 'https://geo.stadt.example/ogc', undefined],
  ['https://geo.stadt.example/ogc/collections', 'https://geo.stadt.example/ogc', undefined],
  ['https://geo.stadt.example/ogc/collections/baeume', 'https://geo.stadt.example/ogc', 'baeume'],
  ['https://geo.stadt.example/ogc/collections/baeume/items?f=html&art=Linde', 'https://geo.stadt.example/ogc', 'baeume'],
  ['https://geo.stadt.example/collections/baeume/items/7', 'https://geo.stadt.example', 'baeume'],
  ['https://geo.stadt.example/ogc?mandant=7&f=json', 'https://geo.stadt.example/ogc?mandant=7', undefined],
])('a pasted address is understood: %s', (pasted, url, collection) => {
  expect(ogcFeatures.connection.parse({ url: pasted })).toEqual({ url })
  const known = pasted.includes('/collections')
  expect(ogcFeatures.recognise?.(pasted)).toEqual(
    known ? { kind: 'ogc-features', connection: { url }, ...(collection && { place: { collection } }) } : undefined,
  )
})
