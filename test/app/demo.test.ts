/** The demo city, as a newcomer meets it: approved, answering, joining three kinds of sources, and silent about people. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type Running, readCity, startGateway } from '../../src/app.ts'
import { demoConfig } from '../../src/cli/demo.ts'
import { type DemoCity, showcase, startDemoCity } from '../../src/demo/index.ts'
import type { SourceCall } from '../../src/model/index.ts'

let folder = ''
let city: DemoCity
let running: Running
const calls: SourceCall[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stadttor-demo-'))
  city = await startDemoCity(folder)
  const configuration = await readCity(demoConfig, { env: city.env })
  if (!configuration.ok) throw new Error(JSON.stringify(configuration.mistakes))
  running = await startGateway(configuration.gateway, {
    folder: demoConfig,
    port: 0,
    log: pino({ level: 'silent' }),
    onCall: call => void calls.push(call),
  })
})

afterAll(async () => {
  await running?.stop()
  await city?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function ask(query: string) {
  calls.length = 0
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as {
    data: Record<string, unknown>
    errors?: unknown
    extensions: { provenance: { dataset: string; source: string }[] }
  }
}

test('everything in the demo is approved, over at least eight datasets and four kinds of sources', () => {
  expect(running.gateway.notices).toEqual([])
  const open = [...running.gateway.models.get('public')!.datasets.values()]
  expect(open.length).toBeGreaterThanOrEqual(8)
  expect(new Set(open.map(dataset => dataset.source.kind)).size).toBeGreaterThanOrEqual(4)
})

test.each(showcase.map(({ title, query }) => [title.en, query]))('answers: %s', async (_title, query) => {
  const { data, errors } = await ask(query)
  expect(errors).toBeUndefined()
  expect(Object.values(data).every(Boolean)).toBe(true)
})

test('a join of three kinds of sources asks each once per level, whatever the number of trees', async () => {
  const query = (trees: number) =>
    `{ baeume(first: ${trees}, orderBy: [{ pflanzjahr: DESC }]) { nodes { art stadtteil { name einwohner(first: 1, orderBy: [{ jahr: DESC }]) { nodes { jahr einwohner } } } } } }`
  await ask(query(1))
  const { data, errors, extensions } = await ask(query(500))
  expect(errors).toBeUndefined()
  expect((data.baeume as { nodes: unknown[] }).nodes).toHaveLength(500)
  expect(extensions.provenance.map(({ dataset }) => dataset)).toEqual(['baeume', 'stadtteile', 'einwohnerzahlen'])
  const asked = calls.map(({ source, means, dataset }) => `${source} ${means} ${dataset}`)
  expect(asked).toEqual(['gruen sql baeume', 'geodaten http stadtteile', 'statistik file einwohnerzahlen'])
})

test('the latest 24 of every car park are one statement', async () => {
  const { data } = await ask('{ parkhaeuser { nodes { name belegungen(first: 24, orderBy: [{ zeit: DESC }]) { nodes { zeit frei } } } } }')
  const parks = (data.parkhaeuser as { nodes: { belegungen: { nodes: unknown[] } }[] }).nodes
  expect(parks.length).toBeGreaterThan(8)
  expect(parks.every(park => park.belegungen.nodes.length === 24)).toBe(true)
  expect(calls.map(call => call.dataset).sort()).toEqual(['parkhausbelegungen', 'parkhaeuser'].sort())
})

test('what is only for staff is not there for the public', async () => {
  const { errors } = await ask('{ baeume(first: 1) { nodes { zustand } } }')
  expect(errors).toMatchObject([{ extensions: { code: 'FIELD_UNKNOWN' } }])
  expect(calls).toEqual([])
})
