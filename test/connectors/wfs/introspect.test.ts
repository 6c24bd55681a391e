/** What does a WFS say of itself? Against a real MapServer, in both versions. */

import { wfs } from '../../../src/connectors/wfs/index.ts'
import type { Introspector } from '../../../src/model/index.ts'
import { type TownTable, tableNames, tableOf, town, townCrs } from '../../contract/town.ts'
import { type MapServer, noMapServer, startMapServer } from '../../servers/mapserver.ts'
import { lookAt, minute } from '../../support/introspect.ts'

const inMapServer = noMapServer ? describe.skip : describe

inMapServer.each(['2.0.0', '1.1.0'])('WFS %s', version => {
  let server: MapServer
  let service: Introspector

  beforeAll(async () => {
    const fit = { kind: 'wfs', place: () => ({}), crs: townCrs, without: {} } as const
    server = await startMapServer({ tables: tableNames.map((name): TownTable => tableOf(town, name, fit)) })
    service = lookAt(wfs, 'wfs', { url: server.url, version })
  }, 60_000)

  afterAll(async () => {
    await service.close()
    await server.stop()
  })

  test('every feature type is listed with its features', async () => {
    const items = await service.list(minute())
    expect(items.map(({ place }) => place)).toEqual(tableNames.map(name => ({ typeName: expect.stringMatching(`^(ms:)?${name}$`) })))
    expect(items[0]).toMatchObject({ what: 'layer', title: 'trees', rows: 57 })
  })

  test('a feature type is described with its geometry and reference system', async () => {
    const { columns, rows } = await service.describe({ typeName: 'ms:trees' }, minute())
    expect(rows).toBe(57)
    expect(Object.fromEntries(columns.map(({ column, type }) => [column, type]))).toMatchObject({
      baum_id: 'bigint',
      baumart: 'text',
      hoehe_m: 'float',
      gefaellt: 'int',
      kontrolle_am: expect.stringMatching(/^date/),
    })
    expect(columns.find(({ type }) => type === 'point')).toMatchObject({ column: 'lage_geom', crs: 'EPSG:25832' })
  })

  test('a sample holds only the columns asked for, in their order', async () => {
    expect(await service.sample({ typeName: 'ms:trees' }, ['hoehe_m', 'baumart'], 2, minute())).toEqual([
      ['0', 'Winterlinde'],
      ['7.13', 'Roßkastanie'],
    ])
    expect(server.asked.at(-1)).toContain('PROPERTYNAME=hoehe_m,baumart')
  })

  test('a feature type that is not there is a change of the source', async () => {
    await expect(service.describe({ typeName: 'ms:brunnen' }, minute())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  })
})

test.each([
  ['https://geo.stadt.example/wfs', 'https://geo.stadt.example/wfs', undefined],
  ['https://geo.stadt.example/ows?SERVICE=WFS&REQUEST=GetCapabilities', 'https://geo.stadt.example/ows', undefined],
  [
    'https://geo.stadt.example/mapserv?map=stadt&service=wfs&version=2.0.0&request=GetFeature&typeNames=app:baeume&count=5',
    'https://geo.stadt.example/mapserv?map=stadt',
    { typeName: 'app:baeume' },
  ],
])('the address %s is understood as it stands in a browser', (pasted, url, place) => {
  expect(wfs.recognise?.(pasted)).toEqual({ kind: 'wfs', connection: { url }, ...(place && { place }) })
})

test.each(['https://geo.stadt.example/ows?service=WMS', 'https://geo.stadt.example/', 'baeume.csv'])(
  '"%s" is not taken for one',
  pasted => {
    expect(wfs.recognise?.(pasted)).toBeUndefined()
  },
)
