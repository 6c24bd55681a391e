/** Is the demo's configuration a city's ordinary configuration, and does nothing personal leave through it? */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pino from 'pino'
import { type Running, readCity, startGateway } from '../../src/app.ts'
import type { Gateway } from '../../src/config/index.ts'
import { connectorModules } from '../../src/connectors/index.ts'
import { type DemoCity, showcase, startDemoCity } from '../../src/demo/index.ts'
import { phonePrefix, surnames } from '../../src/demo/people.ts'
import type { Connector, ConnectorServices, Dataset, Row, SourceCall } from '../../src/model/index.ts'

const folder = resolve(import.meta.dirname, '../../config')
const modules = await connectorModules()
let files: string
let city: DemoCity
let gateway: Gateway

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'stadttor-demo-'))
  city = await startDemoCity(files)
  const configuration = await readCity(folder, { env: city.env })
  if (!configuration.ok) throw new Error(configuration.mistakes.map(({ code, file, line }) => `${file}:${line} ${code}`).join('\n'))
  gateway = configuration.gateway
})

afterAll(async () => {
  await city?.stop()
  await rm(files, { recursive: true })
})

test('twelve datasets come from five sources of four kinds', () => {
  const datasets = [...gateway.models.get('public')!.datasets.values()]
  expect(datasets).toHaveLength(12)
  expect(new Set(datasets.map(({ source }) => source.id)).size).toBe(5)
  expect(new Set(datasets.map(({ source }) => source.kind))).toEqual(new Set(['sqlite', 'wfs', 'arcgis', 'file']))
})

test('everything configured is approved (if not: node scripts/approve-demo.ts)', () => {
  expect(gateway.notices).toEqual([])
})

test('some fields are for the staff of the city only', () => {
  const [open, internal] = ['public', 'internal'].map(audience => namesIn(gateway.models.get(audience)!.datasets.values()))
  expect(internal!.filter(name => !open!.includes(name))).toEqual([
    'baeume.geprueftAm',
    'baeume.zustand',
    'baumkontrollen.datum',
    'baumkontrollen.frist',
    'baumkontrollen.massnahme',
    'spielplaetze.kontrolliertAm',
  ])
})

test('every dataset and every field says in German and in English what it is', () => {
  for (const dataset of gateway.models.get('internal')!.datasets.values()) {
    expect(dataset.owner.contact).toMatch(/@konstanz\.example$/)
    expect(dataset.title.de).not.toBe('')
    for (const { name, title } of [...dataset.fields, ...dataset.relations]) expect(title).not.toEqual({ de: name, en: name })
  }
})

test('no open field holds anything personal, whatever the audience', async () => {
  const connectors = openSources()
  try {
    for (const dataset of gateway.models.get('internal')!.datasets.values()) {
      const rows = await read(connectors.get(dataset.source.id)!, dataset)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.filter(row => row.some(isPersonal))).toEqual([])
    }
  } finally {
    for (const connector of connectors.values()) await connector.close()
  }
})

describe('the gateway before the demo city', () => {
  let running: Running
  let calls: SourceCall[]

  beforeAll(async () => {
    calls = []
    const log = pino({ level: 'silent' })
    running = await startGateway(gateway, { folder, env: city.env, port: 0, log, onCall: call => calls.push(call) })
  })

  afterAll(() => running?.stop())

  async function ask(query: string): Promise<{ data?: Record<string, unknown>; errors?: unknown }> {
    calls.length = 0
    const body = JSON.stringify({ query })
    const response = await fetch(`${running.url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    return (await response.json()) as { data?: Record<string, unknown> }
  }

  test('joins a tree of a database with its district of a WFS and the population of a CSV', async () => {
    const { data, errors } = await ask(showcase[0]!.query)
    expect(errors).toBeUndefined()
    const { totalCount, nodes } = data!.baeume as { totalCount: number; nodes: Record<string, unknown>[] }
    expect(totalCount).toBeGreaterThan(100)
    expect(nodes).toHaveLength(3)
    for (const node of nodes) {
      expect(node).toMatchObject({
        art: 'Ginkgo',
        strasse: { name: expect.any(String) },
        stadtteil: { name: expect.any(String), einwohner: { nodes: [{ jahr: 2025, einwohner: expect.any(Number) }] } },
      })
    }
    expect(new Set(calls.map(({ means }) => means))).toEqual(new Set(['sql', 'http', 'file']))
    expect(calls.filter(({ means, dataset }) => means === 'sql' && dataset === 'baeume')).toHaveLength(2)
    expect(calls.filter(({ dataset }) => dataset === 'strassen')).toHaveLength(1)
    expect(calls.filter(({ dataset }) => dataset === 'einwohnerzahlen')).toHaveLength(1)
  })

  test('gives the last 24 readings of each of eleven car parks with two statements', async () => {
    const { data, errors } = await ask(showcase[1]!.query)
    expect(errors).toBeUndefined()
    const { nodes } = data!.parkhaeuser as { nodes: { name: string; belegungen: { nodes: { zeit: string }[] } }[] }
    expect(nodes).toHaveLength(11)
    for (const { belegungen } of nodes) {
      expect(belegungen.nodes).toHaveLength(24)
      expect(belegungen.nodes[0]!.zeit).toBe('2026-10-31T23:00:00+01:00')
    }
    expect(calls).toHaveLength(2)
  })

  test('counts the trees around the minster by species', async () => {
    const { data, errors } = await ask(showcase[2]!.query)
    expect(errors).toBeUndefined()
    const { groups } = data!.baeumeAggregate as { groups: { count: number }[] }
    expect(groups).toHaveLength(10)
    expect(groups.map(({ count }) => count)).toEqual(groups.map(({ count }) => count).toSorted((a, b) => b - a))
    expect(calls).toHaveLength(1)
  })

  test('every relation of every dataset leads to rows', async () => {
    const datasets = gateway.models.get('public')!.datasets
    for (const dataset of datasets.values()) {
      const inner = dataset.relations.map(({ name, to, many }) => {
        const field = datasets.get(to)!.fields[0]!.name
        const leaf = datasets.get(to)!.fields[0]!.type === 'point' ? '__typename' : field
        return many ? `${name}(first: 1) { nodes { ${leaf} } }` : `${name} { ${leaf} }`
      })
      const { data, errors } = await ask(`{ ${dataset.names.many}(first: 20) { nodes { ${inner.join(' ')} } } }`)
      expect(errors).toBeUndefined()
      const { nodes } = data![dataset.names.many] as { nodes: Record<string, { nodes?: unknown[] } | null>[] }
      for (const { name, many } of dataset.relations) {
        const found = nodes.filter(node => (many ? node[name]?.nodes?.length : node[name]))
        expect({ relation: `${dataset.id}.${name}`, found: found.length > 0 }).toEqual({ relation: `${dataset.id}.${name}`, found: true })
      }
    }
  })

  test('a tree belongs to the same district from both ends', async () => {
    const { data } = await ask(`{
      stadtteile { nodes { nummer baeume(first: 1) { totalCount } } }
      baeumeAggregate { groups { count } }
    }`)
    const { nodes } = data!.stadtteile as { nodes: { baeume: { totalCount: number } }[] }
    const sum = nodes.reduce((all, { baeume }) => all + baeume.totalCount, 0)
    expect(sum).toBe(16_000)
    expect(data!.baeumeAggregate).toEqual({ groups: [{ count: 16_000 }] })
  })

  test.each([
    ['owners of trees', '{ baeume(first: 1) { nodes { eigentuemer } } }'],
    ['who inspected a tree', '{ baumkontrollen(filter: { pruefer: { contains: "a" } }) { totalCount } }'],
    ['complaints', '{ meldungen { nodes { melder } } }'],
    ['who looks after a weather station', '{ wetterstationen(filter: { betreuung: { eq: "x" } }) { totalCount } }'],
    ['godparents of playgrounds', '{ spielplaetze(orderBy: [{ pate: ASC }]) { nodes { name } } }'],
    ['the vitality of a tree', '{ baeumeAggregate(groupBy: [ZUSTAND]) { groups { count } } }'],
  ])('%s cannot be asked for, and no source is asked', async (_what, query) => {
    const { data, errors } = await ask(query)
    expect(data).toBeUndefined()
    expect(errors).toBeDefined()
    expect(calls).toEqual([])
  })
})

test('opening the city again takes the databases that are there', async () => {
  const again = await startDemoCity(files)
  expect(again.env.GRUEN_DB).toBe(city.env.GRUEN_DB)
  expect(again.env.GEODATEN_WFS).not.toBe(city.env.GEODATEN_WFS)
  expect(again.env.STADTTOR_SECRET).toBe(city.env.STADTTOR_SECRET)
  await again.stop()
})

test('the showcase fits the demo: three queries with a title in both languages', async () => {
  expect(showcase).toHaveLength(3)
  for (const { title } of showcase) expect(title.de).not.toBe(title.en)
})

test('the population file holds a row for each year and district', async () => {
  const [header, ...lines] = (await readFile(join(folder, 'data/einwohner.csv'), 'utf8')).trim().split('\n')
  expect(header).toBe('jahr;stadtteil_nr;stadtteil;einwohner')
  expect(lines).toHaveLength(31 * 15)
  const of2025 = lines.map(line => line.split(';')).filter(([year]) => year === '2025')
  expect(of2025.reduce((sum, [, , , count]) => sum + Number(count), 0)).toBe(87_178)
})

function openSources(): ReadonlyMap<string, Connector> {
  const services: ConnectorServices = { call() {}, warn() {}, folder }
  return new Map(
    [...gateway.sources.values()].map(source => {
      const module = modules.find(({ kinds }) => kinds.includes(source.kind))!
      return [source.id, module.open(source, services)]
    }),
  )
}

async function read(connector: Connector, dataset: Dataset): Promise<readonly Row[]> {
  const { rows } = await connector.read(
    {
      kind: 'rows',
      dataset,
      columns: dataset.fields,
      orderBy: dataset.key.map(column => ({ column, direction: 'asc', nulls: 'last' })),
      limit: 10_000,
    },
    { signal: new AbortController().signal, deadline: Date.now() + 20_000 },
  )
  return rows
}

function isPersonal(value: unknown): boolean {
  const text = String(value).toLowerCase()
  return text.includes(phonePrefix) || surnames.some(name => text.includes(name.toLowerCase())) || text.includes('@example.org')
}

function namesIn(datasets: Iterable<Dataset>): string[] {
  return [...datasets].flatMap(({ id, fields }) => fields.map(({ name }) => `${id}.${name}`)).sort()
}
