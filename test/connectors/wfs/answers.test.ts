/** Recorded answers of real services are read to the values that a person reads in them. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BBox, GatewayError } from '../../../src/model/index.ts'
import { type Replay, type Said, startReplay } from '../../servers/replay.ts'
import { open } from '../../support/columns.ts'
import { openTown, type Town, type TownWish } from '../../support/wfs.ts'

const bavaria: BBox = [8.9, 47.2, 13.9, 50.6]
const hamburg: BBox = [9.7, 53.3, 10.4, 53.8]
const freiburg: BBox = [7.6, 47.9, 8, 48.1]
const constance: BBox = [9.1, 47.6, 9.25, 47.75]

const running: { replay: Replay; town: Town }[] = []

afterEach(async () => {
  for (const { replay, town } of running.splice(0)) {
    await town.connector.close()
    await replay.stop()
  }
})

/** A service that has one answer to everything, and does not describe its types. */
async function service(file: string, wish: Omit<TownWish, 'url'>, more: Partial<Said> = {}): Promise<Town & { asked: Replay['asked'] }> {
  const body = readFileSync(resolve(import.meta.dirname, '../../data', file))
  const type = file.endsWith('json') ? 'application/json' : 'text/xml'
  const replay = await startReplay(({ REQUEST, BODY }) =>
    REQUEST === 'GetFeature' || BODY ? { body, type, ...more } : { body: notSupported, status: 400 },
  )
  const town = openTown({ url: replay.url, ...wish })
  running.push({ replay, town })
  return { ...town, asked: replay.asked }
}

const notSupported = `<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
  <ows:Exception exceptionCode="OperationNotSupported" locator="request"/></ows:ExceptionReport>`

const nr = open('nr', 'int')
const baumId = open('baumId', 'int', { column: 'BAUM_ID' })

describe('Bavaria, WFS 2.0 and GML 3.2 in a system that has latitude first', () => {
  const key = open('objid', 'text')
  const fields = [key, open('gemeinde', 'text', { column: 'bez_gem' }), open('beginn', 'datetime'), open('sch', 'text'), open('adm', 'int')]
  const geom = open('geom', 'polygon', { crs: 'EPSG:4326' })

  test('lies in Ingolstadt, with its leading zero and its time in UTC', async () => {
    const town = await service('gdi-by/bayern_wfs200_gml32_latlon.gml', {
      place: { typeName: 'bvv:gmd_ex' },
      key,
      fields: [...fields, geom],
      extent: bavaria,
    })
    const { rows, problems } = await town.rows({ limit: 1, orderBy: [] })
    expect(problems).toBeUndefined()
    expect(rows).toHaveLength(1)
    expect(rows[0]!.slice(0, 5)).toEqual(['DEBYBDLMjK0001Ia', 'Ingolstadt', '2016-10-24T10:51:51Z', '09161000', 6003])
    const shape = rows[0]![5] as { type: string; coordinates: number[][][][] }
    expect(shape.type).toBe('MultiPolygon')
    expect(shape.coordinates[0]![0]).toHaveLength(15)
    // As in the file, latitude and longitude exchanged.
    expect(shape.coordinates[0]![0]).toContainEqual([11.450136, 48.797766])
  })

  test('says 641 features and sends one, whatever it is asked: half of the truth is not served as the whole', async () => {
    const town = await service('gdi-by/bayern_wfs200_gml32_latlon.gml', { place: { typeName: 'bvv:gmd_ex' }, key, fields })
    await expect(town.rows()).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      log: expect.stringContaining('1 of 641 features'),
    })
  })

  test('read with the wrong axes would lie in the sea off Somalia: refused, with the remedy', async () => {
    const town = await service('gdi-by/bayern_wfs200_gml32_latlon.gml', {
      place: { typeName: 'bvv:gmd_ex', axes: 'xy' },
      key,
      fields: [key, geom],
      extent: bavaria,
    })
    await expect(town.rows()).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      log: expect.stringMatching(/axes look swapped.*set axes: yx/),
    })
  })

  test('an empty collection is no rows', async () => {
    const town = await service('gdi-by/bayern_empty_collection.gml', { place: { typeName: 'bvv:gmd_ex' }, key, fields })
    expect((await town.rows()).rows).toEqual([])
  })
})

test('Hamburg, WFS 1.1: a hospital in Wandsbek, whole numbers and a long remark', async () => {
  const key = open('nummer', 'int', { column: 'kh_nummer' })
  const town = await service('masterportal/hamburg_krankenhaeuser.xml', {
    connection: { version: '1.1.0' },
    place: { typeName: 'de.hh.up:krankenhaeuser_hh' },
    key,
    fields: [
      key,
      open('name', 'text'),
      open('strasse', 'text'),
      open('betten', 'int', { column: 'anzahl_planbetten' }),
      open('stand', 'date'),
      open('lage', 'point', { column: 'geom' }),
      open('gibtEsNicht', 'text'),
    ],
    extent: hamburg,
  })
  const { rows, problems } = await town.rows()
  expect(rows).toEqual([
    [
      13,
      'Bundeswehrkrankenhaus Hamburg',
      'Lesserstraße 180',
      150,
      // "01.01.2021" is no date that could not be taken for another one: counted, not guessed.
      null,
      { type: 'Point', coordinates: [10.076571, 53.594963] },
      null,
    ],
  ])
  expect(problems).toEqual({ 'unreadable cell': 1 })
})

test('Freiburg, GeoJSON in UTM with the old crs member: numbers as texts, wall-clock time, an empty text', async () => {
  const key = open('id', 'int', { column: 'obs_id' })
  const town = await service('parkapi/freiburg_parken_crs25832.json', {
    connection: { format: 'geojson' },
    place: { typeName: 'ms:pls' },
    key,
    fields: [
      key,
      open('name', 'text', { column: 'park_name' }),
      open('frei', 'int', { column: 'obs_free' }),
      open('stand', 'datetime', { column: 'obs_ts', zone: 'Europe/Berlin' }),
      open('zone', 'text', { column: 'park_zone' }),
      open('lage', 'point', { column: 'geom' }),
    ],
    extent: freiburg,
  })
  const { rows, problems } = await town.rows()
  expect(problems).toBeUndefined()
  expect(rows).toHaveLength(19)
  const tunnel = rows.find(row => row[1] === 'Zur Unterführung')
  expect(tunnel).toEqual([
    16162146,
    'Zur Unterführung',
    56,
    '2024-06-10T08:20:00Z',
    'Bahnhof',
    { type: 'Point', coordinates: [7.8447315, 48.0012862] },
  ])
  expect(rows.find(row => row[1] === 'Zentrum Oberwiehre')?.[4]).toBeNull()
})

describe('MapServer', () => {
  const trees = [
    baumId,
    open('art', 'text', { column: 'baumart' }),
    open('strasse', 'text'),
    open('hoehe', 'decimal', { column: 'hoehe_m' }),
    open('gefaellt', 'boolean'),
    open('kontrolle', 'date', { column: 'kontrolle_am' }),
    open('geaendert', 'datetime', { zone: 'Europe/Berlin' }),
    open('lage', 'point', { column: 'msGeometry' }),
  ]
  const first = [
    1,
    'Spitzahorn',
    'Seestraße',
    '17.6',
    false,
    '2025-02-15',
    '2026-01-02T00:30:00Z',
    { type: 'Point', coordinates: [9.185595, 47.677448] },
  ]

  test.each([
    ['GML in latitude and longitude', 'mapserver/gf-gml-urn4326.xml', '2.0.0', 'gml'],
    ['GML of WFS 1.1, with a false Z', 'mapserver/gf-110-max3.xml', '1.1.0', 'gml'],
    ['GeoJSON in UTM', 'mapserver/gf-geojson.json', '2.0.0', 'geojson'],
    ['GeoJSON without a crs member', 'mapserver/gf-geojson-urn4326.json', '2.0.0', 'geojson'],
  ])('the same tree from %s', async (_what, file, version, format) => {
    const town = await service(file, {
      connection: { version, format },
      place: { typeName: 'ms:baeume' },
      key: baumId,
      fields: trees,
      extent: constance,
    })
    const { rows, problems } = await town.rows()
    expect(rows[0]).toEqual(first)
    expect(problems).toBeUndefined()
  })

  test.each([
    ['mapserver/gf-nulls.xml', 'gml', 'Am "Stephansplatz" <1>'],
    ['mapserver/gf-nulls-geojson.json', 'geojson', undefined],
  ])('values that are missing are null in %s', async (file, format, quoted) => {
    const town = await service(file, { connection: { format }, place: { typeName: 'ms:baeume' }, key: baumId, fields: trees.slice(0, 4) })
    const { rows } = await town.rows()
    expect(rows.find(row => row[0] === 4)).toEqual([4, 'Platane', null, '8.7'])
    expect(rows.find(row => row[0] === 9)).toEqual([9, 'Stieleiche', 'Mainaustraße', null])
    expect(rows.find(row => row[0] === 5)?.[2]).toBe(quoted)
  })

  test.each([
    ['mapserver/gf-polygons.xml', 'gml'],
    ['mapserver/gf-polygons-geojson.json', 'geojson'],
  ])('a polygon with a hole and one of two parts in %s', async (file, format) => {
    const town = await service(file, {
      connection: { format },
      place: { typeName: 'ms:flaechen' },
      key: nr,
      fields: [nr, open('name', 'text'), open('umring', 'polygon', { column: 'msGeometry' })],
      extent: constance,
    })
    const { rows } = await town.rows()
    const [garden, beach] = rows.map(row => row[2] as { type: string; coordinates: number[][][] | number[][][][] })
    const rings = (garden!.type === 'Polygon' ? garden!.coordinates : garden!.coordinates[0]) as number[][][]
    expect(rings).toHaveLength(2)
    expect(rings[0]).toContainEqual([9.177, 47.659])
    expect(turn(rings[0]!)).toBeGreaterThan(0)
    expect(turn(rings[1]!)).toBeLessThan(0)
    expect(beach).toMatchObject({ type: 'MultiPolygon', coordinates: { length: 2 } })
    expect(rows.map(row => row[1])).toEqual(['Stadtgarten', 'Hörnle (zwei Teile)'])
  })
})

describe('a refusal is the failure that it means', () => {
  const wish = { place: { typeName: 'ms:gibtsnicht' }, key: nr, fields: [nr, open('pruefer', 'text')] }
  test.each([
    [
      'a property that the service does not give',
      'mapserver/gf-filter-hidden-field.xml',
      400,
      'SOURCE_CHANGED',
      /Property 'pruefer' is unknown/,
    ],
    ['a property that is gone', 'mapserver/gf-propertyname-unknown.xml', 400, 'SOURCE_CHANGED', /Invalid PROPERTYNAME/],
    ['a type that is gone', 'mapserver/gf-unknown-type.xml', 400, 'SOURCE_CHANGED', /TYPENAME 'gibtsnicht'/],
    ['a type that is gone, with status 200', 'mapserver/gf-unknown-type.xml', 200, 'SOURCE_CHANGED', /status 200/],
    ['a report of another kind', 'masterportal/exceptionreport_ows100.xml', 200, 'SOURCE_ANSWER_INVALID', /NotFound.*wfstxxxy/],
    ['the same with the status of a broken server', 'masterportal/exceptionreport_ows100.xml', 500, 'SOURCE_UNAVAILABLE', /wfstxxxy/],
    ['a page for people', 'mapserver/no-params.html', 200, 'SOURCE_ANSWER_INVALID', /neither features nor a report/],
    ['a description where features were asked for', 'mapserver/describe.xml', 200, 'SOURCE_ANSWER_INVALID', /a document of type schema/],
  ])('%s', async (_what, file, status, code, said) => {
    const town = await service(file, wish, { status })
    const failure = await town.rows().then(
      () => undefined,
      (error: GatewayError) => error,
    )
    expect(failure).toMatchObject({ code, log: expect.stringContaining('GET 127.0.0.1') })
    expect(`${failure?.log} ${failure?.detail}`).toMatch(said)
  })
})

/** Twice the area, positive when anticlockwise. */
function turn(ring: number[][]): number {
  return ring.slice(1).reduce((sum, [x, y], at) => sum + ring[at]![0]! * y! - x! * ring[at]![1]!, 0)
}
