/** What does a SensorThings service tell those who write dataset files? */

import { sensorthings } from '../../../src/connectors/sensorthings/index.ts'
import type { Introspector } from '../../../src/model/index.ts'
import { startThings, type ThingsServer } from '../../servers/things.ts'
import { calmLimits } from '../../support/ask.ts'
import { patient } from '../../support/waiting.ts'
import { stadtklima } from './lab.ts'

let server: ThingsServer
let introspector: Introspector

beforeAll(async () => {
  server = await startThings(stadtklima())
  const connection = sensorthings.connection.parse({ url: `${server.url}/Things?$top=5` })
  introspector = sensorthings.introspect!(
    { id: 'sensoren', kind: 'sensorthings', title: 'Sensoren', connection, limits: calmLimits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
})

afterAll(async () => {
  await introspector.close()
  await server.stop()
})

test('lists are named and counted', async () => {
  expect(await introspector.list(patient())).toEqual([
    { name: 'Things', what: 'entity', place: { entity: 'Things' }, rows: 2 },
    { name: 'Locations', what: 'entity', place: { entity: 'Locations' }, rows: 2 },
    { name: 'Datastreams', what: 'entity', place: { entity: 'Datastreams' }, rows: 4 },
    { name: 'Observations', what: 'entity', place: { entity: 'Observations' }, rows: 120 },
  ])
})

test('members of properties, units and neighbours are columns', async () => {
  const things = await introspector.describe({ entity: 'Things' }, patient())
  expect(things.key).toEqual(['@iot.id'])
  expect(things.columns).toEqual([
    { column: '@iot.id', stored: 'JSON number', type: 'int', nullable: false },
    { column: 'name', stored: 'JSON text', type: 'text', nullable: false },
    { column: 'description', stored: 'JSON text', type: 'text' },
    { column: 'properties/hersteller', stored: 'JSON text', type: 'text' },
    { column: 'properties/seriennummer', stored: 'JSON text', type: 'text' },
    { column: 'Locations/0/name', stored: 'JSON text', type: 'text' },
    { column: 'Locations/0/location', stored: 'GeoJSON Point', type: 'point', crs: 'EPSG:4326' },
  ])
  const { columns } = await introspector.describe({ entity: 'Observations' }, patient())
  expect(columns).toContainEqual({ column: 'phenomenonTime', stored: 'instant', type: 'datetime', nullable: false })
  expect(columns).toContainEqual({ column: 'result', stored: 'JSON number', type: 'decimal', unit: '°C' })
  expect(columns).toContainEqual({ column: 'Datastream/@iot.id', stored: 'JSON number', type: 'int' })
})

test('a sample shows values as they are written', async () => {
  const columns = ['properties/hersteller', 'Locations/0/location', 'properties']
  const [row] = await introspector.sample({ entity: 'Things' }, columns, 1, patient())
  expect(row).toEqual([
    'Ötztal & Söhne',
    '{"type":"Feature","geometry":{"type":"Point","coordinates":[9.18,47.66]}}',
    '{"hersteller":"Ötztal & Söhne","seriennummer":"GEHEIM-1"}',
  ])
})

test('a list that is not there is named to the operator', async () => {
  await expect(introspector.describe({ entity: 'Sensors' }, patient())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
})

test.each([
  ['https://iot.hamburg.de/v1.1/Things(227)?$expand=Locations', { url: 'https://iot.hamburg.de/v1.1' }, { entity: 'Things' }],
  ['https://x.example/FROST-Server/v1.0/', { url: 'https://x.example/FROST-Server/v1.0' }, undefined],
])('the address %s is recognised', (pasted, connection, place) => {
  expect(sensorthings.recognise?.(pasted)).toEqual({ kind: 'sensorthings', connection, ...(place && { place }) })
})

test.each(['https://x.example/v1.1', 'https://x.example/api/v1.0/users', 'Things', 'https://u:p@x.example/v1.1/Things'])(
  '%s may be anything',
  pasted => {
    expect(sensorthings.recognise?.(pasted)).toBeUndefined()
  },
)
