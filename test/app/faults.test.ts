/** Dead, garbled and changed sources: each a clear error at its own field, while the others go on answering in the same response. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { approveAll, type City, datasetText, startCity, writeFolder } from '../support/city.ts'

/** What the geo services say next. */
let say: { status: number; type: string; body: string } = { status: 200, type: 'text/html', body: '' }
let services: Server
let city: City
/** Milliseconds by which the gateway's clock is ahead. */
let ahead = 0

const dataset = (id: string, type: string, source: string, key: string, fields: string) =>
  datasetText(
    id,
    type,
    source,
    `key: [${key}]
freshFor: 1 s
staleFor: 1 s
fields: ${fields}`,
  )

beforeAll(async () => {
  services = createServer((_request, response) => response.writeHead(say.status, { 'content-type': say.type }).end(say.body))
  await new Promise<void>(done => services.listen(0, '127.0.0.1', done))
  const { port } = services.address() as AddressInfo
  const folder = await writeFolder({
    'gateway.yml':
      'city: { name: teststadt, title: Teststadt, operator: Teststadt }\nsecret: 0123456789abcdef0123456789abcdef\nlimits: { request: 3 s }\n',
    'sources/gruen.yml': 'id: gruen\nkind: sqlite\ntitle: Grün\nconnection: { file: gruen.sqlite }\n',
    'sources/wfs.yml': `id: wfs\nkind: wfs\ntitle: Geodaten\nconnection: { url: "http://127.0.0.1:${port}/wfs" }\nlimits: { statement: 1 s }\n`,
    'sources/arc.yml': `id: arc\nkind: arcgis\ntitle: Stadtplan\nconnection: { url: "http://127.0.0.1:${port}/arcgis/rest/services/Plan/FeatureServer" }\nlimits: { statement: 1 s }\n`,
    'sources/tot.yml':
      'id: tot\nkind: postgres\ntitle: Verkehr\nconnection: { host: 127.0.0.1, port: 1, database: geheimdb, user: gateway }\nlimits: { statement: 1 s }\n',
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'datasets/amt/baeume.yml': dataset(
      'baeume',
      'Baum',
      '{ use: gruen, table: BAUM }',
      '{ column: NR, type: int }',
      '{ art: { column: ART, type: text, title: Art, use: [read, filter] } }',
    ),
    'datasets/amt/lampen.yml': dataset(
      'lampen',
      'Lampe',
      '{ use: gruen, table: LAMPE }',
      'NR',
      '{ watt: { column: WATT_ALT, type: int, title: Watt }, typ: { column: TYP, type: text, title: Typ } }',
    ),
    'datasets/amt/gebiete.yml': dataset(
      'gebiete',
      'Gebiet',
      '{ use: wfs, typeName: stadt:gebiet }',
      'nr',
      '{ name: { column: bezeichnung_intern, type: text, title: Name } }',
    ),
    'datasets/amt/plaetze.yml': dataset(
      'plaetze',
      'Platz',
      '{ use: arc, layer: 0 }',
      'OBJECTID',
      '{ name: { column: BEZ_INTERN, type: text, title: Name } }',
    ),
    'datasets/amt/zaehler.yml': dataset(
      'zaehler',
      'Zaehler',
      '{ use: tot, table: ZAEHLER_INTERN }',
      'NR',
      '{ name: { column: NAME_INTERN, type: text, title: Name } }',
    ),
    'datasets/amt/messwerte.yml': dataset(
      'messwerte',
      'Messwert',
      '{ use: datei, path: werte.csv }',
      'nr',
      '{ wert: { column: wert, type: int, title: Wert } }',
    ),
    'werte.csv': 'nr;wert\n1;12\n2;viele\n3;14\n',
  })
  const gruen = new Database(join(folder, 'gruen.sqlite'))
  gruen.exec(
    "create table BAUM (NR integer primary key, ART text); insert into BAUM values (1, 'Linde'), (2, 'Eiche'); create table LAMPE (NR integer primary key, TYP text); insert into LAMPE values (1, 'LED')",
  )
  gruen.close()
  await approveAll(folder)
  city = await startCity(folder, {}, () => Date.now() + ahead)
})

afterAll(async () => {
  await city?.stop()
  services.close()
  services.closeAllConnections()
})

const trees = { nodes: [{ art: 'Linde' }, { art: 'Eiche' }] }
const everything = '{ baeume { nodes { art } } gebiete { nodes { name } } plaetze { nodes { name } } zaehler { nodes { name } } }'

test.each([
  ['HTML with status 200', 200, 'text/html', '<html><body>Wartung bis 18 Uhr, Server gis-intern-07</body></html>', 'SOURCE_ANSWER_INVALID'],
  ['half a JSON', 200, 'application/json', '{"objectIdFieldName":"OBJECTID","fields":[{"name":"OBJ', 'SOURCE_ANSWER_INVALID'],
  [
    'half an XML',
    200,
    'text/xml',
    '<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:member>',
    'SOURCE_ANSWER_INVALID',
  ],
  [
    'an error with status 200',
    200,
    'application/json',
    '{"error":{"code":500,"message":"ORA-00942 on gis-intern-07"}}',
    'SOURCE_ANSWER_INVALID',
  ],
  ['status 500', 500, 'text/plain', 'stack trace of gis-intern-07', 'SOURCE_UNAVAILABLE'],
  ['status 403', 403, 'text/plain', 'forbidden for gateway', 'SOURCE_REFUSED'],
  ['nothing at all', 200, 'application/json', '', 'SOURCE_ANSWER_INVALID'],
])('geo services that answer %s', async (_what, status, type, body, code) => {
  // A failure is told again for a second.
  ahead += 2_000
  say = { status, type, body }
  const answer = await city.ask(everything)
  expect(answer.status).toBe(200)
  expect(answer.data).toEqual({ baeume: trees, gebiete: null, plaetze: null, zaehler: null })
  const codes = Object.fromEntries((answer.errors ?? []).map(error => [error.path?.[0], error.extensions.code]))
  expect(codes).toEqual({ gebiete: code, plaetze: code, zaehler: 'SOURCE_UNAVAILABLE' })
  expect(answer.text).not.toMatch(/intern|geheimdb|ECONNREFUSED|ORA-|127\.0\.0\.1/i)
})

test('the operator finds in the log what the caller is not told, under the same request id', async () => {
  city.log.length = 0
  const answer = await city.ask('{ zaehler { nodes { name } } }')
  const line = city.log.find(entry => entry.requestId === answer.errors?.[0]?.extensions.requestId)
  expect(line).toMatchObject({ code: 'SOURCE_UNAVAILABLE', field: 'zaehler' })
  expect(JSON.stringify(line)).toMatch(/tot|ECONNREFUSED/)
})

test('a column that is gone costs its own field, and nothing beside it', async () => {
  const answer = await city.ask('{ a: lampen { nodes { typ } } b: lampen { nodes { watt } } }')
  expect(answer.data).toEqual({ a: { nodes: [{ typ: 'LED' }] }, b: { nodes: [{ watt: null }] } })
  expect(answer.errors).toEqual([
    expect.objectContaining({ path: ['b', 'nodes', 0, 'watt'], extensions: expect.objectContaining({ code: 'SOURCE_CHANGED' }) }),
  ])
  expect(answer.text).not.toContain('WATT_ALT')
})

test('a value of the wrong type is missing and reported; its row and the others are served', async () => {
  const answer = await city.ask('{ messwerte { nodes { wert } } }')
  expect(answer.data).toEqual({ messwerte: { nodes: [{ wert: 12 }, { wert: null }, { wert: 14 }] } })
  expect(answer.extensions?.warnings).toMatchObject([{ code: 'VALUES_UNREADABLE', dataset: 'messwerte' }])
})

test('a tampered cursor is refused while the other list is answered', async () => {
  const answer = await city.ask('{ baeume { nodes { art } } b: baeume(after: "AAAAAAAAAAAAAAAAAAAAAAAAAAAA") { nodes { art } } }')
  expect(answer.data).toEqual({ baeume: trees, b: null })
  expect(answer.errors?.map(error => error.extensions.code)).toEqual(['CURSOR_INVALID'])
})
