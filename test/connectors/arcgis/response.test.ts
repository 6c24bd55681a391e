/** Are the real answers of ArcGIS services read to the values a person reads in them? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readLayer } from '../../../src/connectors/arcgis/layer.ts'
import { attributeCell, readAnswer, readFeatures, readRows } from '../../../src/connectors/arcgis/response.ts'
import type { Cell, FieldType, OpenField } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'

function text(file: string): string {
  return readFileSync(resolve(import.meta.dirname, '../../data', file), 'utf8')
}

/** Reads columns of a recorded query, with the fields that the answer itself describes. */
function read(file: string, columns: readonly OpenField[]): { rows: Cell[][]; unreadable: number } {
  const answer = readAnswer(text(file), 'http://gis/0')
  const { rows, unreadable } = readRows(readFeatures(answer, 'http://gis/0'), columns, readLayer('http://gis/0', answer))
  return { rows: rows.map(row => columns.map(row)), unreadable }
}

describe('the car parks of Konstanz, as its own MapServer gave them', () => {
  const file = 'parkapi/konstanz_parkleitsystem_mapserver_query.json'

  test('wall-clock time that was written as UTC is read as what the clocks in Konstanz showed', () => {
    const { rows } = read(file, [open('name', 'text'), open('updated', 'datetime', { zone: 'Europe/Berlin' })])
    expect(rows).toHaveLength(11)
    expect(rows[0]).toEqual(['Parkhaus LAGO', '2024-08-17T04:30:05Z'])
  })

  test('a blank stands for nothing, numbers for numbers, and places are where they are', () => {
    const { rows, unreadable } = read(file, [
      open('id', 'code'),
      open('max_cap', 'int'),
      open('real_fcap', 'int'),
      open('max_stay', 'text'),
      open('max_hei', 'text'),
      open('has_fee', 'text'),
      open('lage', 'point', { column: 'SHAPE' }),
    ])
    expect(rows[0]).toEqual(['4', 930, 881, null, '1,90 m', 'ja', { type: 'Point', coordinates: [9.176395, 47.6561569] }])
    expect(rows[1]).toEqual(['3', 161, 132, null, '2,05 m', 'ja', { type: 'Point', coordinates: [9.1764528, 47.6613716] }])
    expect(unreadable).toBe(0)
  })
})

describe('requests of citizens, with names and telephone numbers beside them', () => {
  const file = 'arcgis-rest-js/cvd_query_response.json'

  test('only what is asked for comes through', () => {
    const { rows } = read(file, [
      open('objectid', 'int'),
      open('requesttype', 'code'),
      open('status', 'code'),
      open('requestdate', 'datetime'),
    ])
    expect(rows).toEqual([
      [1234941, '0', 'Closed', null],
      [1234942, '1', 'Closed', null],
      [1235479, '4', 'Unassigned', '2011-01-17T08:17:27Z'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/Lindsay|999/)
  })

  test('Web Mercator is moved to WGS 84 when the service did not do it', () => {
    const { rows } = read(file, [open('place', 'point')])
    expect(rows[0]).toEqual([{ type: 'Point', coordinates: [-86.2663668, 41.6883433] }])
  })

  test('a code that is written as a number is the text of that number', () => {
    const fields = JSON.parse(text('arcgis-rest-js/cvd_fields.json'))
    const layer = readLayer('http://gis/0', { fields })
    expect(layer.fields.get('requesttype')).toMatchObject({ kind: 'text' })
    expect(layer.objectId).toBe('objectid')
  })
})

describe('what layers say of themselves', () => {
  const layerIn = (file: string) => readLayer('http://gis/2', readAnswer(text(file), 'http://gis/2'))

  test('a FeatureServer of our days', () => {
    const layer = layerIn('terriajs/water_network_layer2.json')
    expect(layer).toMatchObject({
      objectId: 'objectid',
      pageSize: 1000,
      canPage: true,
      canOrder: true,
      canStatistics: true,
      hasGeometry: true,
      utc: true,
    })
    expect(Object.fromEntries([...layer.fields.values()].map(({ name, kind }) => [name, kind]))).toEqual({
      objectid: 'number',
      pointtype: 'text',
      installdate: 'instant',
      abandate: 'instant',
      material: 'text',
      diameter: 'number',
      facilityid: 'text',
      lastupdate: 'instant',
      lasteditor: 'text',
      enabled: 'number',
    })
    expect(layer.fields.get('objectid')!.nullable).toBe(false)
  })

  test('a MapServer of 2011, which knows no pages and does not say what its rows are numbered by', () => {
    const layer = layerIn('terriajs/hydrography_layer31.json')
    expect(layer).toMatchObject({ objectId: 'OBJECTID', pageSize: 1000, canPage: false, canOrder: false, canStatistics: false })
  })

  test.each([
    ['a group of layers', { type: 'Group Layer', fields: null }, 'SOURCE_ANSWER_INVALID'],
    ['a layer that may only be drawn', { fields: [], capabilities: 'Map' }, 'SOURCE_REFUSED'],
  ])('%s cannot be read', (_name, description, code) => {
    expect(() => readLayer('http://gis/2', description)).toThrow(expect.objectContaining({ code }))
  })
})

describe('answers that are none', () => {
  test.each([
    ['a token is missing', text('arcgis-rest-js/ArcGISServerTokenRequired.json'), 'SOURCE_REFUSED'],
    ['something is wrong with the question', text('arcgis-rest-js/ArcGISOnlineError.json'), 'SOURCE_ANSWER_INVALID'],
    ['the token is too old', '{"error":{"code":498,"message":"Invalid token.","details":[]}}', 'SOURCE_REFUSED'],
    [
      'a field is gone',
      `{"error":{"code":400,"message":"Cannot perform query. Invalid query parameters.","details":["'Invalid field: ART' parameter is invalid"]}}`,
      'SOURCE_CHANGED',
    ],
    ['the layer is gone', '{"error":{"code":404,"message":"Layer not found","details":[]}}', 'SOURCE_CHANGED'],
    ['the service is gone', '{"error":{"code":400,"message":"Invalid URL","details":["Invalid URL"]}}', 'SOURCE_CHANGED'],
    ['the server is restarting', '{"error":{"code":503,"message":"Service not started"}}', 'SOURCE_UNAVAILABLE'],
    ['the server fell over', '{"error":{"code":500,"message":"alasql.fn.esriQuatsch is not a function"}}', 'SOURCE_ANSWER_INVALID'],
    ['an error has no code', '{"error":{"message":"?"}}', 'SOURCE_ANSWER_INVALID'],
    ['a page came', '\n<!DOCTYPE html><html>Anmeldung</html>', 'SOURCE_ANSWER_INVALID'],
    ['half of it came', '{"features":[{"attributes":{"OBJECTID":1', 'SOURCE_ANSWER_INVALID'],
    ['something follows', '{"features":[]}{"features":[]}', 'SOURCE_ANSWER_INVALID'],
    ['a list came', '[]', 'SOURCE_ANSWER_INVALID'],
    ['nothing came', '', 'SOURCE_ANSWER_INVALID'],
  ])('%s', (_name, body, code) => {
    expect(() => readAnswer(body, 'http://gis/0')).toThrow(expect.objectContaining({ code }))
  })

  test('an answer without features is no answer to a query', () => {
    expect(() => readFeatures({ count: 3 }, 'http://gis/0')).toThrow(expect.objectContaining({ code: 'SOURCE_ANSWER_INVALID' }))
    expect(() => readFeatures({ features: [{ properties: {} }] }, 'http://gis/0')).toThrow(
      expect.objectContaining({ code: 'SOURCE_ANSWER_INVALID' }),
    )
  })

  test('a field that was asked for and is missing in the rows is a change of the source', () => {
    const layer = readLayer('http://gis/0', { fields: [{ name: 'ART', type: 'esriFieldTypeString' }] })
    const features = readFeatures({ features: [{ attributes: { OBJECTID: 1 } }] }, 'http://gis/0')
    expect(() => readRows(features, [open('art', 'text', { column: 'art' })], layer)).toThrow(
      expect.objectContaining({ code: 'SOURCE_CHANGED' }),
    )
  })
})

test.each<[unknown, FieldType, string | undefined, string, Cell | undefined]>([
  [1760486400000, 'datetime', undefined, 'instant', '2025-10-15T00:00:00Z'],
  [1760486400123, 'datetime', undefined, 'instant', '2025-10-15T00:00:00.123Z'],
  [-62135596800000, 'date', undefined, 'instant', '0001-01-01'],
  [1760486400000, 'date', undefined, 'instant', '2025-10-15'],
  // The midnight of Konstanz, in summer: 22:00 of the day before in UTC.
  [1760479200000, 'date', 'Europe/Berlin', 'instant', '2025-10-15'],
  [1760479200000, 'date', undefined, 'instant', undefined],
  ['2025-10-15', 'date', undefined, 'day', '2025-10-15'],
  ['2025-10-15T10:00:00.5+02:00', 'datetime', undefined, 'other', '2025-10-15T08:00:00.5Z'],
  [1, 'boolean', undefined, 'number', true],
  ['true', 'boolean', undefined, 'text', true],
  ['9007199254740993', 'bigint', undefined, 'number', '9007199254740993'],
  ['4.0', 'text', undefined, 'number', '4'],
  ['4.0', 'text', undefined, 'text', '4.0'],
  [' ', 'int', undefined, 'text', null],
  ['  ', 'text', undefined, 'text', '  '],
  ['', 'text', undefined, 'text', ''],
  [undefined, 'text', undefined, 'text', null],
  ['viele', 'int', undefined, 'text', undefined],
])('%j as %s (%s) in a field of %s is %j', (raw, type, zone, kind, cell) => {
  expect(attributeCell(raw, { type, ...(zone && { zone }) }, { kind: kind as 'text' })).toEqual(cell)
})
