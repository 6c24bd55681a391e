/** Is whoever describes a web service told what stands in its rows? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { http } from '../../../src/connectors/http/index.ts'
import { calmLimits } from '../../support/ask.ts'
import { patient } from '../../support/waiting.ts'
import { type Service, serve } from './service.ts'

const recorded = (file: string): string => readFileSync(resolve(import.meta.dirname, '../../data', file), 'utf8')
const wuerzburg = `[${recorded('aiopegelonline/wuerzburg.json')}]`

let service: Service
afterEach(() => service?.stop())

async function describe_(answer: string, place: object) {
  service = await serve(() => answer)
  const introspector = http.introspect!(
    { id: 'dienst', kind: 'http', title: 'Dienst', connection: http.connection.parse({ url: service.url }), limits: calmLimits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
  try {
    const parsed = http.place.parse(place)
    const described = await introspector.describe(parsed, patient())
    const columns = described.columns.map(({ column }) => column)
    return {
      described,
      columns,
      list: await introspector.list(patient()),
      sample: await introspector.sample(parsed, columns, 1, patient()),
    }
  } finally {
    await introspector.close()
  }
}

test('Pegelonline: the time series, and the station above them', async () => {
  const { described, list } = await describe_(wuerzburg, { path: 'stations.json', rows: '*/timeseries' })
  expect(list).toEqual([])
  expect(described).toMatchObject({ name: 'stations.json', what: 'collection', key: [] })
  const columns = new Map(described.columns.map(column => [column.column, column]))
  expect(columns.get('currentMeasurement/value')).toMatchObject({ type: 'decimal', stored: 'number' })
  expect(columns.get('currentMeasurement/timestamp')).toMatchObject({ type: 'datetime', stored: 'text dateTime' })
  expect(columns.get('gaugeZero/validFrom')).toMatchObject({ type: 'date', nullable: true })
  expect(columns.get('../longname')).toMatchObject({ type: 'text' })
  expect(columns.get('../number')).toMatchObject({ stored: 'text' })
})

test('DATEX II of Aachen: every leaf of a parking site, as a path that can be copied', async () => {
  const rows = 'd2LogicalModel/payloadPublication/genericPublicationExtension/parkingTablePublication/parkingTable/parkingRecord'
  const { described, columns, sample } = await describe_(recorded('parkapi/aachen_static.xml'), { path: 'static.xml', format: 'xml', rows })
  expect(columns).toEqual(expect.arrayContaining(['@id', 'parkingName/values/value', 'parkingNumberOfSpaces']))
  expect(described.columns.find(({ column }) => column === 'parkingNumberOfSpaces')).toMatchObject({ type: 'int' })
  expect(sample[0]?.[columns.indexOf('parkingName/values/value')]).toBe('P01-Eurogress')
})

test('a place that leads nowhere is a failure', async () => {
  await expect(describe_(wuerzburg, { path: 'x', rows: 'result/records' })).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
})

test.each<[string, unknown]>([
  [
    'https://www.pegelonline.wsv.de/webservices/rest-api/v2/stations.json?waters=BODENSEE',
    {
      kind: 'http',
      connection: { url: 'https://www.pegelonline.wsv.de/webservices/rest-api/v2' },
      place: { path: 'stations.json', query: { waters: 'BODENSEE' }, format: 'json' },
    },
  ],
  [
    'https://daten.stadt.example/api/3/action/datastore_search?resource_id=5f2b&limit=5&api_key=geheim',
    {
      kind: 'http',
      connection: { url: 'https://daten.stadt.example/api/3/action' },
      place: {
        path: 'datastore_search',
        query: { resource_id: '5f2b' },
        rows: 'result/records',
        format: 'json',
        paging: { by: 'offset', offset: 'offset', limit: 'limit', size: 1000, total: 'result/total' },
      },
    },
  ],
  ['https://a.example/liste.csv', { kind: 'http', connection: { url: 'https://a.example' }, place: { path: 'liste.csv', format: 'csv' } }],
  ['https://user:geheim@a.example/liste.json', undefined],
  ['https://a.example/wfs?service=WFS', undefined],
  ['/srv/liste.json', undefined],
])('%s is recognised or left to others', (pasted, source) => {
  expect(http.recognise!(pasted)).toEqual(source)
})
