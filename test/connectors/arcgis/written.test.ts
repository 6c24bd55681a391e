/** Does a service that filters by what it stores leave it to the gateway to filter by what it means? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { arcgis } from '../../../src/connectors/arcgis/index.ts'
import type { AggregateRequest, Condition, Connector } from '../../../src/model/index.ts'
import { type Replay, startReplay } from '../../servers/replay.ts'
import { ask, calmLimits, datasetAt } from '../../support/ask.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'

const recorded = resolve(import.meta.dirname, '../../data/parkapi/konstanz_parkleitsystem_mapserver_query.json')
const answer = JSON.parse(readFileSync(recorded, 'utf8'))
const description = {
  fields: answer.fields,
  geometryType: answer.geometryType,
  capabilities: 'Map,Query,Data',
  maxRecordCount: 1000,
  supportsStatistics: true,
  advancedQueryCapabilities: { supportsPagination: true, supportsOrderBy: true, supportsStatistics: true },
}

const id = engine('OBJECTID', 'int')
const hoehe = open('hoehe', 'decimal', { column: 'max_hei', written: { decimal: ',', around: '{} m' } })
const licht = open('licht', 'boolean', { column: 'has_light', written: { true: ['ja'], false: ['nein', ''] } })

let service: Replay
let connector: Connector

beforeAll(async () => {
  service = await startReplay(({ WHERE, RETURNCOUNTONLY }) => {
    const none = /1\s*=\s*0/.test(WHERE ?? '')
    const body =
      WHERE === undefined ? description : RETURNCOUNTONLY ? { count: none ? 0 : 11 } : { ...answer, ...(none && { features: [] }) }
    return { body: JSON.stringify(body), type: 'application/json' }
  })
  const url = service.url.replace('/wfs', '/arcgis/rest/services/Parken/MapServer')
  connector = arcgis.open(
    { id: 'town', kind: 'arcgis', title: 'GIS', connection: arcgis.connection.parse({ url }), limits: calmLimits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
})

afterAll(async () => {
  await connector.close()
  await service.stop()
})

const at = { ...datasetAt('arcgis', arcgis.place.parse({ layer: 0 })), key: [id] }
const asked = () => service.asked.map(({ WHERE = '', ORDERBYFIELDS = '' }) => `${WHERE} ${ORDERBYFIELDS}`).join('\n')

test.each<[string, Condition, number]>([
  ['a height as a number', { op: 'lt', column: hoehe, value: '2' }, 3],
  ['another spelling of the same height', { op: 'eq', column: hoehe, value: '2.050' }, 4],
  ['no height', { op: 'isNull', column: hoehe, value: true }, 2],
  ['yes', { op: 'eq', column: licht, value: true }, 6],
  ['no, where a blank means no', { op: 'ne', column: licht, value: true }, 5],
])('rows are found by %s', async (_what, where, count) => {
  const { rows } = await ask(connector, at, [id, hoehe], { where })
  expect(rows).toHaveLength(count)
  expect(asked()).not.toMatch(/max_hei|has_light/)
})

test('rows are sorted, grouped and measured as numbers', async () => {
  const orderBy = [
    { column: hoehe, direction: 'desc', nulls: 'last' },
    { column: id, direction: 'asc', nulls: 'last' },
  ] as const
  const { rows } = await ask(connector, at, [hoehe], { orderBy })
  expect(rows.flat()).toEqual(['3.5', '2.05', '2.05', '2.05', '2.05', '2', '1.95', '1.9', '1.8', null, null])
  const request: AggregateRequest = {
    kind: 'aggregate',
    dataset: at,
    groupBy: [],
    measures: [{ function: 'max', column: hoehe }],
    limit: 1,
  }
  expect((await connector.read(request, patient())).rows).toEqual([['3.5']])
  expect(asked()).not.toMatch(/max_hei/)
})
