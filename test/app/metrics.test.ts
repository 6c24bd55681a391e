/** What do the operators' metrics count, and what do they never name? */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { approveAll, type City, datasetText, startCity, writeFolder } from '../support/city.ts'

const dataset = (id: string, type: string, source: string, more = '') =>
  datasetText(
    id,
    type,
    source,
    `key: [{ column: NR, type: int }]
freshFor: 1 min
fields: { art: { column: ART, type: text, title: Art, use: [read, filter] } }
${more}`,
  )

let broken: Server
let city: City

beforeAll(async () => {
  broken = createServer((_request, response) => response.writeHead(500).end())
  await new Promise<void>(done => broken.listen(0, '127.0.0.1', done))
  const { port } = broken.address() as AddressInfo
  const folder = await writeFolder({
    'gateway.yml':
      'city: { name: t, title: T, operator: T }\nsecret: 0123456789abcdef0123456789abcdef\nmetrics: { port: 0 }\nlimits: { request: 3 s }\n',
    'sources/gruen.yml': 'id: gruen\nkind: sqlite\ntitle: Grün\nconnection: { file: gruen.sqlite }\n',
    'sources/karten.yml': `id: karten\nkind: wfs\ntitle: Karten\nconnection: { url: "http://127.0.0.1:${port}/wfs" }\n`,
    'datasets/amt/baeume.yml': dataset(
      'baeume',
      'Baum',
      '{ use: gruen, table: BAUM_INTERN }',
      'relations: { strasse: { to: strassen, match: { STRASSE_NR: NR } } }\n',
    ),
    'datasets/amt/strassen.yml': dataset('strassen', 'Strasse', '{ use: gruen, table: STRASSE }'),
    'datasets/amt/wege.yml': dataset('wege', 'Weg', '{ use: karten, typeName: "stadt:weg" }'),
  })
  const database = new Database(join(folder, 'gruen.sqlite'))
  database.exec(`create table BAUM_INTERN (NR integer primary key, ART text, STRASSE_NR integer, TELEFON text);
    insert into BAUM_INTERN values (1, 'Linde', 7, 'Tel. 0170'), (2, 'Ahorn', 8, 'Tel. 0171'), (3, 'Eiche', 99, 'Tel. 0172');
    create table STRASSE (NR integer primary key, ART text);
    insert into STRASSE values (7, 'Allee'), (8, 'Gasse');`)
  database.close()
  await approveAll(folder)
  city = await startCity(folder)
})

afterAll(async () => {
  await city?.stop()
  broken?.close()
})

async function metrics(): Promise<string> {
  const response = await fetch(city.running.metricsUrl!)
  expect(response.headers.get('content-type')).toContain('text/plain')
  return response.text()
}

/** Value of a line; labels in any order. */
function value(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const line = text
    .split('\n')
    .find(line => line.startsWith(name) && Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')))
}

test('statements, rows, cache, relations, failures and requests are counted by source and dataset', async () => {
  await city.ask('{ baeume { nodes { art strasse { art } } } }')
  await city.ask('query Again { baeume { nodes { art strasse { art } } } }')
  // The same once more: nothing is asked, the answer itself was kept.
  await city.ask('{ baeume { nodes { art strasse { art } } } }')
  await city.ask('{ wege { nodes { art } } }')
  const text = await metrics()
  const of = (dataset: string) => ({ source: 'gruen', dataset })
  expect(value(text, 'stadttor_source_calls_total', { ...of('baeume'), means: 'sql' })).toBe(1)
  expect(value(text, 'stadttor_source_answers_total', { ...of('strassen'), kind: 'keyed', outcome: 'answer' })).toBe(1)
  expect(value(text, 'stadttor_source_rows_total', of('baeume'))).toBe(3)
  expect(value(text, 'stadttor_source_bytes_total', of('baeume'))).toBeGreaterThan('LindeAhornEiche'.length)
  expect(value(text, 'stadttor_cache_bytes', { depth: 'rows' })).toBeGreaterThan(100)
  expect(value(text, 'stadttor_cache_bytes', { depth: 'answers' })).toBeGreaterThan(100)
  expect(value(text, 'stadttor_source_answers_total', { source: 'karten', dataset: 'wege', outcome: 'SOURCE_UNAVAILABLE' })).toBe(1)
  expect(value(text, 'stadttor_cache_total', { event: 'memory' })).toBe(2)
  expect(value(text, 'stadttor_cache_total', { event: 'answer' })).toBe(1)
  expect(value(text, 'stadttor_relation_keys_total', { dataset: 'baeume', relation: 'strasse', found: 'no' })).toBeGreaterThanOrEqual(1)
  expect(value(text, 'stadttor_http_requests_total', { status: '200' })).toBe(4)
  expect(value(text, 'stadttor_source_running', { source: 'gruen' })).toBe(0)
  expect(value(text, 'stadttor_source_breaker', { source: 'karten' })).toBe(0)
  expect(value(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
})

test('no table, column, value, caller or query is in them', async () => {
  await city.ask('{ baeume(filter: { art: { eq: "Geheimer Filter" } }) { nodes { art } } }')
  await city.ask('{ baeume { nodes { telefon } } }')
  expect(await metrics()).not.toMatch(/BAUM_INTERN|TELEFON|STRASSE_NR|Linde|Geheimer|Tel\. 017|\bart\b|127\.0\.0\.1/i)
})

test('the public door does not show them, and theirs shows nothing else', async () => {
  expect((await fetch(`${city.url}/metrics`)).status).toBe(404)
  const { origin } = new URL(city.running.metricsUrl!)
  expect((await fetch(`${origin}/graphql`)).status).toBe(404)
  expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404)
})
