/** What a service says of its collections is told to those who write dataset files. */

import { ogcFeatures } from '../../../src/connectors/ogc/index.ts'
import type { Introspector } from '../../../src/model/index.ts'
import { tableNames, tableOf, town } from '../../contract/town.ts'
import { type MapServer, noMapServer, startMapServer } from '../../servers/mapserver.ts'
import { type OgcServer, startOgcServer } from '../../servers/ogc/index.ts'
import { patient } from '../../support/waiting.ts'

const tables = tableNames.map(name => tableOf(town, name, { kind: 'ogc-features', place: () => ({}) }))

function look(url: string): Introspector {
  const limits = { connections: 2, statementMs: 20_000, queue: 20, bytes: 10_000_000 }
  const connection = ogcFeatures.connection.parse({ url })
  return ogcFeatures.introspect!(
    { id: 'karte', kind: 'ogc-features', title: 'Karte', connection, limits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
}

describe.each([
  ['that publishes schemas', true],
  ['that describes nothing', false],
])('a service %s', (_what, described) => {
  let server: OgcServer
  let introspector: Introspector

  beforeAll(async () => {
    server = await startOgcServer({ tables, described })
    introspector = look(server.url)
  })

  afterAll(async () => {
    await introspector.close()
    await server.stop()
  })

  test('lists its collections with their titles', async () => {
    const items = await introspector.list(patient())
    expect(items.map(({ name }) => name)).toEqual([...tableNames].sort())
    expect(items.find(({ name }) => name === 'trees')).toEqual({
      name: 'trees',
      what: 'collection',
      place: { collection: 'trees' },
      title: 'Ebene trees',
    })
  })

  test('tells types, rows and what tells rows apart', async () => {
    const { columns, key, rows } = await introspector.describe({ collection: 'trees' }, patient())
    expect(rows).toBe(57)
    expect(key).toEqual(['@id'])
    const types = Object.fromEntries(columns.map(({ column, type }) => [column, type]))
    expect(types).toMatchObject({
      '@id': 'text',
      baum_id: 'int',
      baumart: 'text',
      gefaellt: 'boolean',
      kontrolle_am: 'date',
      geaendert_am: 'datetime',
      [described ? 'lage_geom' : 'geometry']: 'point',
    })
    if (described) expect(columns.find(({ column }) => column === 'geaendert_am')).toMatchObject({ stored: 'string (date-time)' })
  })

  test('shows a few rows as they are written', async () => {
    const rows = await introspector.sample({ collection: 'trees' }, ['baum_id', 'baumart', 'gefaellt', 'gibt_es_nicht'], 3, patient())
    expect(rows).toEqual([
      ['1', 'Winterlinde', 'false', null],
      ['2', 'Roßkastanie', 'true', null],
      ['3', 'Ölweide', 'false', null],
    ])
  })

  test('a collection that is not there is said to be gone', async () => {
    await expect(introspector.describe({ collection: 'fort' }, patient())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  })
})

const real = noMapServer && process.env.CI !== 'true' ? describe.skip : describe
real(noMapServer ? `MapServer (${noMapServer})` : 'MapServer', () => {
  let server: MapServer

  beforeAll(async () => {
    server = await startMapServer({ tables })
  })

  afterAll(() => server?.stop())

  test('lists collections, and types are read from features', async () => {
    const introspector = look(server.ogcUrl)
    expect((await introspector.list(patient())).map(({ name }) => name)).toEqual([...tableNames].sort())
    const { columns, key } = await introspector.describe({ collection: 'trees' }, patient())
    expect(key).toEqual(['@id'])
    expect(Object.fromEntries(columns.map(({ column, type }) => [column, type]))).toMatchObject({
      baum_id: 'int',
      baumart: 'text',
      kontrolle_am: 'date',
      geometry: 'point',
    })
    await introspector.close()
  })
})
