/** What does an ArcGIS service say of itself? Against Koop, and recorded descriptions of ArcGIS servers. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf, keyOf } from '../../../src/connectors/arcgis/describe.ts'
import { arcgis } from '../../../src/connectors/arcgis/index.ts'
import type { Introspector } from '../../../src/model/index.ts'
import { tableNames, tableOf, town } from '../../contract/town.ts'
import { type KoopServer, koopMissing, startKoop } from '../../servers/koop.ts'
import { lookAt, minute } from '../../support/introspect.ts'

const missing = await koopMissing()
const inKoop = missing === undefined ? test : test.skip

let koop: KoopServer
let service: Introspector

beforeAll(async () => {
  if (missing !== undefined) return
  koop = await startKoop(tableNames.map(name => tableOf(town, name, { kind: 'arcgis', place: () => ({}), without: {} })))
  service = lookAt(arcgis, 'arcgis', { url: koop.url })
}, 60_000)

afterAll(async () => {
  await service?.close()
  await koop?.close()
})

inKoop('every layer is listed with its rows, by name', async () => {
  const items = await service.list(minute())
  expect(items.map(({ name, what, place }) => ({ name, what, place }))).toEqual(
    tableNames.map(name => ({ name, what: 'layer', place: { layer: name } })),
  )
  expect(items[0]?.rows).toBe(57)
})

inKoop('a layer is described by its number as by its name, with its geometry and its key', async () => {
  const byName = await service.describe({ layer: 'trees' }, minute())
  expect(await service.describe({ layer: 0 }, minute())).toEqual(byName)
  expect(byName.key).toEqual(['OBJECTID'])
  expect(Object.fromEntries(byName.columns.map(({ column, type }) => [column, type]))).toMatchObject({
    OBJECTID: 'int',
    baumart: 'text',
    hoehe_m: 'float',
    kontrolle_am: 'datetime',
    geometry: 'point',
  })
})

inKoop('a sample holds only the columns asked for, in their order, and never a geometry', async () => {
  const rows = await service.sample({ layer: 'trees' }, ['hoehe_m', 'geometry', 'baumart'], 2, minute())
  expect(rows).toEqual([
    ['0', null, 'Winterlinde'],
    ['7.13', null, 'Roßkastanie'],
  ])
})

inKoop('a layer that is not there is a change of the source', async () => {
  await expect(service.describe({ layer: 'brunnen' }, minute())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
})

test('coded values of a layer become codes, and titles its aliases', () => {
  const layer = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/terriajs/water_network_layer2.json'), 'utf8'))
  const columns = new Map(columnsOf(layer).map(column => [column.column, column]))
  expect(columns.get('material')).toMatchObject({ type: 'code', codes: { ABS: 'ABS Plastic', BR: 'Brick' } })
  expect(columns.get('installdate')).toMatchObject({ type: 'datetime', stored: 'esriFieldTypeDate' })
  expect(keyOf(layer)).toEqual(['objectid'])
})

test.each([
  ['https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer', undefined],
  ['https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer/3?f=pjson', { layer: 3 }],
  ['https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer/3/query?where=1%3D1&outFields=*&f=json', { layer: 3 }],
])('the address %s is understood as it stands in a browser', (pasted, place) => {
  expect(arcgis.recognise?.(pasted)).toEqual({
    kind: 'arcgis',
    connection: { url: 'https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer' },
    ...(place && { place }),
  })
})

test.each(['https://gis.stadt.example/wfs', 'MapServer', '/srv/MapServer/x.sqlite'])('"%s" is not taken for one', pasted => {
  expect(arcgis.recognise?.(pasted)).toBeUndefined()
})
