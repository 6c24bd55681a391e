/** What leaves the house in a `where`: nothing that says less than it should, and nothing that could end a literal? */

import fc from 'fast-check'
import { type Layer, readLayer } from '../../../src/connectors/arcgis/layer.ts'
import { textEquals, textIn, textLike } from '../../../src/connectors/arcgis/literal.ts'
import { push, spatialOf } from '../../../src/connectors/arcgis/where.ts'
import type { Condition, FieldType, Scalar } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'

const fields = [
  { name: 'OBJECTID', type: 'esriFieldTypeOID', nullable: false },
  { name: 'Art', type: 'esriFieldTypeString' },
  { name: 'Jahr', type: 'esriFieldTypeSmallInteger' },
  { name: 'Hoehe', type: 'esriFieldTypeDouble' },
  { name: 'Kurz', type: 'esriFieldTypeSingle' },
  { name: 'Zeit', type: 'esriFieldTypeDate' },
  { name: 'Tag', type: 'esriFieldTypeDateOnly' },
  { name: 'Bild', type: 'esriFieldTypeBlob' },
  { name: 'Shape.STArea()', type: 'esriFieldTypeDouble' },
]
const layer: Layer = readLayer('http://gis/0', { fields, geometryType: 'esriGeometryPoint', objectIdField: 'OBJECTID' })
const col = (name: string, type: FieldType, zone?: string) => open(name, type, zone ? { zone } : {})
const one = (op: string, name: string, type: FieldType, value: Scalar, zone?: string): Condition =>
  ({ op, column: col(name, type, zone), value }) as Condition

test.each<[Condition, string | undefined, boolean]>([
  [one('eq', 'Jahr', 'int', 1990), 'Jahr = 1990', true],
  [one('ne', 'jahr', 'int', -5), 'Jahr <> -5', true],
  [one('lte', 'Hoehe', 'decimal', '12.50'), 'Hoehe <= 12.5', true],
  [one('gt', 'Hoehe', 'float', 2.5e-7), 'Hoehe > 0.00000025', true],
  [one('gt', 'Hoehe', 'float', 1e300), 'Hoehe IS NOT NULL', false],
  [one('eq', 'Jahr', 'bigint', '9007199254740993'), 'Jahr IS NOT NULL', false],
  [one('eq', 'Kurz', 'decimal', '1.1'), 'Kurz IS NOT NULL', false],
  [one('eq', 'Jahr', 'boolean', true), 'Jahr = 1', true],
  [one('eq', 'Jahr', 'code', '3'), 'Jahr = 3', true],
  [one('eq', 'Jahr', 'code', '03'), '1=0', true],
  [one('ne', 'Jahr', 'code', '03'), 'Jahr IS NOT NULL', false],
  [one('contains', 'Jahr', 'code', '9'), 'Jahr IS NOT NULL', false],
  [one('eq', 'Art', 'text', 'Roßkastanie'), "Art = 'Roßkastanie'", false],
  [one('eq', 'Art', 'text', "O'Brien"), "Art LIKE 'O%Brien'", false],
  [one('eq', 'Art', 'text', ''), "Art = ''", false],
  [one('ne', 'Art', 'text', 'Linde'), 'Art IS NOT NULL', false],
  [one('contains', 'Art', 'text', 'ölWei%'), "UPPER(Art) LIKE '%LWEI%'", false],
  [one('startsWith', 'Art', 'text', 'li_'), "UPPER(Art) LIKE 'LI%'", false],
  [one('eq', 'Art', 'boolean', true), 'Art IS NOT NULL', false],
  [one('eq', 'Bild', 'text', 'x'), undefined, false],
  [one('lt', 'Shape.STArea()', 'decimal', '5'), undefined, false],
  [{ op: 'in', column: col('Jahr', 'int'), values: [1, 2] }, 'Jahr IN (1, 2)', true],
  [{ op: 'in', column: col('Jahr', 'int'), values: [] }, '1=0', true],
  [{ op: 'notIn', column: col('Jahr', 'int'), values: [1, 2] }, '(Jahr IS NOT NULL AND Jahr NOT IN (1, 2))', true],
  [{ op: 'notIn', column: col('Jahr', 'int'), values: [] }, 'Jahr IS NOT NULL', true],
  [{ op: 'in', column: col('Art', 'text'), values: ['a', "b'c"] }, "(Art = 'a' OR Art LIKE 'b%c')", false],
  [{ op: 'isNull', column: col('Jahr', 'int'), value: true }, 'Jahr IS NULL', true],
  [{ op: 'isNull', column: col('Art', 'text'), value: true }, "(Art IS NULL OR Art = ' ')", false],
  [{ op: 'isNull', column: col('SHAPE', 'point'), value: true }, undefined, false],
])('%j is asked as %s', (condition, where, exact) => {
  expect(push(condition, layer)).toEqual({ ...(where !== undefined && { where }), exact })
})

test.each<[Condition, string, boolean]>([
  [one('gte', 'Zeit', 'datetime', '2026-01-20T00:00:00Z'), "Zeit >= timestamp '2026-01-20 00:00:00'", true],
  [one('gt', 'Zeit', 'datetime', '2026-07-01T10:00:00Z', 'Europe/Berlin'), "Zeit > timestamp '2026-07-01 12:00:00'", true],
  [one('lt', 'Zeit', 'datetime', '2026-01-20T00:00:00.5Z'), "Zeit <= timestamp '2026-01-20 00:00:01'", false],
  // In the hour that comes twice, the order of clocks is not the order of time.
  [one('lt', 'Zeit', 'datetime', '2026-10-25T00:30:00Z', 'Europe/Berlin'), "Zeit <= timestamp '2026-10-25 02:30:00'", false],
  [one('eq', 'Zeit', 'date', '2026-01-20'), "Zeit = timestamp '2026-01-20 00:00:00'", true],
  [
    one('eq', 'Zeit', 'date', '2026-01-20', 'Europe/Berlin'),
    "(Zeit >= timestamp '2026-01-18 22:00:00' AND Zeit <= timestamp '2026-01-21 02:00:00')",
    false,
  ],
  [one('lt', 'Tag', 'date', '2026-01-20'), "Tag < date '2026-01-20'", false],
])('time: %j is asked as %s', (condition, where, exact) => {
  expect(push(condition, layer)).toEqual({ where, exact })
})

test('a service in an unknown zone is asked for a day more on both sides', () => {
  const elsewhere = readLayer('http://gis/0', { fields, dateFieldsTimeReference: { timeZone: 'W. Europe Standard Time' } })
  expect(push(one('gte', 'Zeit', 'datetime', '2026-01-20T12:00:00Z'), elsewhere)).toEqual({
    where: "Zeit >= timestamp '2026-01-19 10:00:00'",
    exact: false,
  })
})

describe('combinations', () => {
  const year = one('gt', 'Jahr', 'int', 1990)
  const kind = one('eq', 'Art', 'text', 'Linde')
  const blob = one('eq', 'Bild', 'text', 'x')

  test.each<[string, Condition, string | undefined, boolean]>([
    ['and', { op: 'and', of: [year, kind] }, "(Jahr > 1990 AND Art = 'Linde')", false],
    ['and with what cannot be asked', { op: 'and', of: [year, blob] }, 'Jahr > 1990', false],
    ['or', { op: 'or', of: [year, kind] }, "(Jahr > 1990 OR Art = 'Linde')", false],
    ['or with what cannot be asked', { op: 'or', of: [year, blob] }, undefined, false],
    ['and of nothing', { op: 'and', of: [] }, undefined, true],
    ['or of nothing', { op: 'or', of: [] }, '1=0', true],
    ['or with everything', { op: 'or', of: [kind, { op: 'and', of: [] }] }, undefined, true],
    ['not', { op: 'not', of: year }, 'Jahr <= 1990', true],
    ['not of or', { op: 'not', of: { op: 'or', of: [year, kind] } }, '(Jahr <= 1990 AND Art IS NOT NULL)', false],
    ['not of not', { op: 'not', of: { op: 'not', of: year } }, 'Jahr > 1990', true],
    ['not contains', { op: 'not', of: one('contains', 'Jahr', 'code', '9') }, 'Jahr IS NOT NULL', false],
    ['keys', { op: 'keys', columns: [col('Jahr', 'int')], keys: [[1], [2], [1]] }, 'Jahr IN (1, 2)', true],
    [
      'keys of two columns',
      {
        op: 'keys',
        columns: [col('Jahr', 'int'), col('Art', 'text')],
        keys: [
          [1, 'a'],
          [2, 'b'],
        ],
      },
      "(Jahr IN (1, 2) AND Art IN ('a', 'b'))",
      false,
    ],
  ])('%s', (_name, condition, where, exact) => {
    expect(push(condition, layer)).toEqual({ ...(where !== undefined && { where }), exact })
  })
})

test('lists of more than 1,000 values come in pieces that Oracle takes', () => {
  const values = Array.from({ length: 2_101 }, (_, at) => at)
  const { where = '' } = push({ op: 'in', column: col('Jahr', 'int'), values }, layer)
  expect(where.match(/\(([\d, ]+)\)/g)!.map(list => list.split(',').length)).toEqual([1000, 1000, 101])
})

test('one shape is asked of the service, also a circle, as the box around it', () => {
  const place = col('SHAPE', 'point')
  const near: Condition = { op: 'near', column: place, longitude: 9.17, latitude: 47.66, metres: 1105 }
  const found = spatialOf({ op: 'and', of: [one('gt', 'Jahr', 'int', 1), near] })
  const [west, south, east, north] = found && 'box' in found ? found.box : []
  expect([south, north]).toEqual([expect.closeTo(47.65), expect.closeTo(47.67)])
  expect([west, east]).toEqual([expect.closeTo(9.1551, 3), expect.closeTo(9.1849, 3)])
  expect(spatialOf({ op: 'or', of: [near] })).toBeUndefined()
  expect(spatialOf({ op: 'not', of: near })).toBeUndefined()
})

test('a column that the layer does not have is a change of the source', () => {
  expect(() => push(one('eq', 'Pruefer', 'text', 'x'), layer)).toThrow(expect.objectContaining({ code: 'SOURCE_CHANGED' }))
})

test('no text ends its literal: quotes, backslashes and comments never leave the house', () => {
  const wild = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', '%', '_', ';', '-', '\u0000', 'a', 'ö', '\n', '*', '[') }),
  )
  fc.assert(
    fc.property(wild, text => {
      const literals = [textEquals('Art', text), textLike('Art', text, '%'), textIn('Art', [text, 'b'])]
      for (const sql of literals) expect(sql.replace(/'[\p{L}\p{N}%. ,:/()&-]*'/gu, '?')).toMatch(/^[A-Za-z()?, =]+$/)
    }),
    { numRuns: 500 },
  )
})

test('a pattern finds every text that it was made from', () => {
  const like = (sql: string, text: string): boolean => {
    const pattern = /'(.*)'$/s.exec(sql)![1]!
    if (!sql.includes('LIKE')) return pattern === text
    const source = pattern.split('%').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${source.join('.*')}$`, 's').test(text)
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, text) => {
      expect(like(textEquals('Art', text), text)).toBe(true)
      const upper = (before + text).replace(/[a-z]/g, letter => letter.toUpperCase())
      expect(like(textLike('Art', text, '%'), upper)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
