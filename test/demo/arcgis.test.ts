/** Does the demo's FeatureServer answer as ArcGIS does? */

import { startArcgis } from '../../src/demo/arcgis.ts'
import type { Service } from '../../src/demo/http.ts'
import { fahrradabstellanlagen, spielplaetze } from '../../src/demo/layers.ts'

let service: Service

beforeAll(async () => {
  service = await startArcgis([spielplaetze, fahrradabstellanlagen])
})

afterAll(() => service.stop())

const playgrounds: readonly Readonly<Record<string, unknown>>[] = spielplaetze.features.map(({ id, values }) => ({
  OBJECTID: id,
  ...values,
}))

test('the service lists its layers', async () => {
  expect(await ask('')).toMatchObject({
    layers: [
      { id: 0, name: 'Spielplätze' },
      { id: 1, name: 'Fahrradabstellanlagen' },
    ],
  })
})

test('a layer describes its fields, its codes and its pages', async () => {
  const layer = await ask('/0')
  expect(layer).toMatchObject({ geometryType: 'esriGeometryPoint', objectIdField: 'OBJECTID', maxRecordCount: 250, capabilities: 'Query' })
  const fields = layer.fields as { name: string; type: string; domain: unknown }[]
  expect(fields.map(({ name, type }) => `${name} ${type}`)).toContain('KONTROLLE esriFieldTypeDate')
  expect(fields.find(({ name }) => name === 'ART')?.domain).toMatchObject({
    type: 'codedValue',
    codedValues: expect.arrayContaining([{ name: 'Bolzplatz', code: 2 }]),
  })
})

test.each<[string, (row: Readonly<Record<string, unknown>>) => boolean]>([
  ['1=1', () => true],
  ['ART = 2', row => value(row, 'ART') === 2],
  ['art <> 2 AND FLAECHE_QM >= 1000', row => value(row, 'ART') !== 2 && Number(value(row, 'FLAECHE_QM')) >= 1000],
  ["STADTTEIL_NR IN ('010', '020')", row => ['010', '020'].includes(String(value(row, 'STADTTEIL_NR')))],
  ['BAUJAHR IS NULL', row => value(row, 'BAUJAHR') === null],
  ['NOT (BAUJAHR < 2000)', row => value(row, 'BAUJAHR') !== null && Number(value(row, 'BAUJAHR')) >= 2000],
  ["UPPER(NAME) LIKE '%STRASSE%'", row => /straße/i.test(String(value(row, 'NAME')))],
  ["NAME LIKE 'bolzplatz%'", () => false],
  ["KONTROLLE >= TIMESTAMP '2026-10-15 00:00:00'", row => String(value(row, 'KONTROLLE')) >= '2026-10-15'],
  ["KONTROLLE < date '2026-10-15'", row => String(value(row, 'KONTROLLE')) < '2026-10-15'],
  ['BAUJAHR BETWEEN 1990 AND 1999', row => Number(value(row, 'BAUJAHR')) >= 1990 && Number(value(row, 'BAUJAHR')) <= 1999],
  ["NAME = 'O''Brien'", () => false],
])('where %s', async (where, expected) => {
  const wanted = playgrounds.filter(expected).map(({ OBJECTID }) => OBJECTID)
  expect((await query({ where, returnIdsOnly: 'true' })).objectIds).toEqual(wanted)
  expect((await query({ where, returnCountOnly: 'true' })).count).toBe(wanted.length)
})

test('a page ends where the service wants it to, and says so', async () => {
  const first = await query({ where: '1=1', outFields: 'OBJECTID', returnGeometry: 'false' }, 1)
  expect(first.features).toHaveLength(250)
  expect(first.exceededTransferLimit).toBe(true)
  const last = await query({ where: '1=1', outFields: 'OBJECTID', returnGeometry: 'false', resultOffset: '500' }, 1)
  expect(last.features).toHaveLength(120)
  expect(last).not.toHaveProperty('exceededTransferLimit')
})

test('rows come in the order asked for, with the fields asked for', async () => {
  const { features } = await query({
    where: '1=1',
    outFields: 'NAME,FLAECHE_QM',
    orderByFields: 'FLAECHE_QM DESC',
    resultRecordCount: '3',
    returnGeometry: 'false',
  })
  const largest = playgrounds.map(row => Number(value(row, 'FLAECHE_QM'))).sort((a, b) => b - a)
  expect(features.map(({ attributes }) => attributes.FLAECHE_QM)).toEqual(largest.slice(0, 3))
  expect(Object.keys(features[0]!.attributes)).toEqual(['NAME', 'FLAECHE_QM'])
  expect(features[0]).not.toHaveProperty('geometry')
})

test('dates are milliseconds since 1970', async () => {
  const { features } = await query({ objectIds: '1', outFields: 'KONTROLLE' })
  expect(features[0]!.attributes.KONTROLLE).toBe(Date.parse(String(value(playgrounds[0]!, 'KONTROLLE'))))
})

test('places come in the reference system asked for, and an envelope is meant in its own', async () => {
  const [plain, degrees] = await Promise.all([query({ objectIds: '1' }), query({ objectIds: '1', outSR: '4326' })])
  expect(plain.features[0]!.geometry.x).toBeGreaterThan(500_000)
  const { x, y } = degrees.features[0]!.geometry
  expect([x > 9.07 && x < 9.24, y > 47.64 && y < 47.78]).toEqual([true, true])
  const box = JSON.stringify({ xmin: x - 1e-6, ymin: y - 1e-6, xmax: x + 1e-6, ymax: y + 1e-6 })
  const found = await query({ geometry: box, geometryType: 'esriGeometryEnvelope', inSR: '4326', returnIdsOnly: 'true' })
  expect(found.objectIds).toEqual([1])
})

test('a polygon selects what lies in it', async () => {
  const { geometry } = (await query({ objectIds: '1' })).features[0]!
  const [x, y] = [geometry.x, geometry.y]
  const triangle = {
    rings: [
      [
        [x - 5, y - 5],
        [x - 5, y + 5],
        [x + 9, y],
        [x - 5, y - 5],
      ],
    ],
  }
  const found = await query({
    geometry: JSON.stringify(triangle),
    geometryType: 'esriGeometryPolygon',
    where: '1=1',
    returnIdsOnly: 'true',
  })
  expect(found.objectIds).toEqual([1])
})

test('statistics are counted by group, the largest first', async () => {
  const outStatistics = JSON.stringify([
    { statisticType: 'count', onStatisticField: 'OBJECTID', outStatisticFieldName: 'n' },
    { statisticType: 'max', onStatisticField: 'FLAECHE_QM', outStatisticFieldName: 'most' },
  ])
  const { features } = await query({ where: '1=1', outStatistics, groupByFieldsForStatistics: 'ART', orderByFields: 'n DESC' })
  const own = playgrounds.filter(row => value(row, 'ART') === 1)
  expect(features[0]!.attributes).toEqual({ ART: 1, n: own.length, most: Math.max(...own.map(row => Number(value(row, 'FLAECHE_QM')))) })
})

test('distinct values come once', async () => {
  const { features } = await query({ where: '1=1', outFields: 'ART', orderByFields: 'ART', returnDistinctValues: 'true' })
  expect(features.map(({ attributes }) => attributes.ART)).toEqual([1, 2, 3, 4])
})

test('a question may be posted', async () => {
  const response = await fetch(`${service.url}/0/query`, {
    method: 'POST',
    body: new URLSearchParams({ f: 'json', where: 'ART = 4', returnCountOnly: 'true' }),
  })
  expect(await response.json()).toEqual({ count: playgrounds.filter(row => value(row, 'ART') === 4).length })
})

test.each<[string, string, Record<string, string>]>([
  ['half a clause', '/0/query', { where: 'ART ==== 1' }],
  ['an unknown field', '/0/query', { where: "IBAN = 'x'" }],
  ['an unknown field to order by', '/0/query', { where: '1=1', orderByFields: 'IBAN' }],
  ['an unknown field to read', '/0/query', { where: '1=1', outFields: 'IBAN' }],
  ['a second statement', '/0/query', { where: '1=1; drop table layer' }],
  ['a comment', '/0/query', { where: '1=1 -- x' }],
  ['a subquery', '/0/query', { where: 'OBJECTID in (select 1)' }],
  ['the database itself', '/0/query', { where: "sqlite_version() = 'x'" }],
  ['a quoted name', '/0/query', { where: '"ART" = 1' }],
  ['ids that are no numbers', '/0/query', { objectIds: '1) or (1=1' }],
  ['a time that is none', '/0/query', { where: "KONTROLLE > TIMESTAMP 'soon'" }],
  ['no where', '/0/query', {}],
  ['a distance', '/0/query', { geometry: '1,2', geometryType: 'esriGeometryPoint' }],
  ['another format', '/0/query', { where: '1=1', f: 'pbf' }],
  ['an unknown layer', '/7', {}],
  ['editing', '/0/applyEdits', {}],
])('%s is an error with HTTP 200', async (_what, path, parameters) => {
  const response = await fetch(`${service.url}${path}?${new URLSearchParams({ f: 'json', ...parameters })}`)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ error: { code: 400 } })
})

interface Answered {
  readonly count: number
  readonly objectIds: number[]
  readonly exceededTransferLimit?: boolean
  readonly features: { attributes: Record<string, unknown>; geometry: { x: number; y: number } }[]
}

async function ask(path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`${service.url}${path}?f=json`)).json()) as Record<string, unknown>
}

async function query(parameters: Record<string, string>, layer = 0): Promise<Answered> {
  const response = await fetch(`${service.url}/${layer}/query?${new URLSearchParams({ f: 'json', ...parameters })}`)
  return (await response.json()) as Answered
}

function value(row: Readonly<Record<string, unknown>>, name: string): unknown {
  return row[name]
}
