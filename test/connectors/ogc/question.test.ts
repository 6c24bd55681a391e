/** What is asked of a collection finds every row that it should, in the words that the collection has. */

import type { Filter } from '../../../src/connectors/features/filter.ts'
import { cqlText } from '../../../src/connectors/ogc/cql.ts'
import { parametersOf, wordsFor } from '../../../src/connectors/ogc/question.ts'
import { guessType, readProperties } from '../../../src/connectors/ogc/schema.ts'

const art: Filter = { op: 'eq', property: 'art', literal: 'Linde', type: 'text' }
const nr = (literal: string): Filter => ({ op: 'eq', property: 'nr', literal, type: 'integer' })
const box: Filter = { op: 'bbox', property: 'lage', srsName: 'CRS84', lower: [9.1, 47.6], upper: [9.2, 47.7] }
const since: Filter = { op: 'gte', property: 'am', literal: '2026-01-01T00:00:00', type: 'moment' }
const words = { casei: true, list: true }
const all = { properties: new Set(['art', 'nr', 'am', 'limit']), boxes: true }

describe('CQL2 text', () => {
  test.each<[string, Filter, string]>([
    ['a text', art, `"art" = 'Linde'`],
    ['a quote ends nothing', { op: 'eq', property: 'a"rt', literal: "O'Brien", type: 'text' }, `"a""rt" = 'O''Brien'`],
    ['a number', nr('7'), '"nr" = 7'],
    ['yes', { op: 'eq', property: 'da', literal: 'true', type: 'boolean' }, '"da" = TRUE'],
    ['a day', { op: 'lt', property: 'am', literal: '2026-03-29', type: 'date' }, `"am" < DATE('2026-03-29')`],
    ['a wall clock', since, `"am" >= TIMESTAMP('2026-01-01T00:00:00Z')`],
    ['letters in either case', { op: 'like', property: 'art', pattern: '*lind*' }, `CASEI("art") LIKE CASEI('%lind%')`],
    ['nothing', { op: 'isNull', property: 'art' }, '"art" IS NULL'],
    ['one of many', { op: 'or', of: [nr('1'), nr('2'), art] }, `("nr" IN (1,2) OR "art" = 'Linde')`],
  ])('%s', (_what, filter, text) => {
    expect(cqlText(filter, words)).toBe(text)
  })

  test('without lists and without CASEI there are plainer words', () => {
    const plain = { casei: false, list: false }
    expect(cqlText({ op: 'or', of: [nr('1'), nr('2')] }, plain)).toBe('("nr" = 1 OR "nr" = 2)')
    expect(cqlText({ op: 'like', property: 'art', pattern: 'lind*' }, plain)).toBe(`"art" LIKE 'lind%'`)
  })
})

describe('the words of a collection', () => {
  test('a box is a parameter, the rest is CQL2', () => {
    const { filter, trust } = wordsFor({ op: 'and', of: [box, art, nr('1')] }, { ...all, cql: words })
    expect(trust).toBe('exact')
    expect(parametersOf({ limit: 10, filter: filter as Filter }, words)).toEqual({
      limit: '10',
      bbox: '9.1,47.6,9.2,47.7',
      filter: `("art" = 'Linde' AND "nr" = 1)`,
      'filter-lang': 'cql2-text',
    })
  })

  test('without CQL2, values and times are parameters', () => {
    const means = { ...all, temporal: 'am' }
    const { filter } = wordsFor({ op: 'and', of: [art, nr('1'), since] }, means)
    expect(parametersOf({ limit: 10, filter: filter as Filter }, undefined)).toEqual({
      limit: '10',
      art: 'Linde',
      nr: '1',
      datetime: '2026-01-01T00:00:00Z/..',
    })
  })

  test.each<[string, Filter]>([
    ['one of two values', { op: 'or', of: [nr('1'), nr('2')] }],
    ['a bound on something else than the time', { op: 'gte', property: 'nr', literal: '7', type: 'integer' }],
    ['a pattern', { op: 'like', property: 'art', pattern: 'a*' }],
    ['a sign that services read as a wildcard', { op: 'eq', property: 'art', literal: 'Lin*', type: 'text' }],
    ['a list in one value', { op: 'eq', property: 'art', literal: 'a,b', type: 'text' }],
    ['a property called like a parameter', { op: 'eq', property: 'limit', literal: '1', type: 'integer' }],
    ['a property that has not been shown', { op: 'eq', property: 'neu', literal: '1', type: 'text' }],
  ])('without CQL2 there are none for %s', (_what, filter) => {
    expect(wordsFor(filter, all)).toEqual({ filter: 'all', trust: 'loose' })
  })

  test('a box inside an “or” has none, so that nothing is asked instead of too little', () => {
    expect(wordsFor({ op: 'or', of: [box, art] }, { ...all, cql: words })).toEqual({ filter: 'all', trust: 'loose' })
    expect(wordsFor({ op: 'and', of: [nr('1'), { op: 'or', of: [box, art] }] }, { ...all, cql: words })).toEqual({
      filter: nr('1'),
      trust: 'loose',
    })
  })

  test('of two values for one parameter, one is asked', () => {
    expect(wordsFor({ op: 'and', of: [nr('1'), nr('2')] }, all)).toEqual({ filter: nr('1'), trust: 'loose' })
  })
})

test('a schema is read through choices, roles and nested objects', () => {
  const properties = readProperties({
    properties: {
      nr: { type: 'integer', 'x-ogc-role': 'id', title: 'Nummer' },
      hoehe: { oneOf: [{ type: 'number' }, { type: 'null' }], 'x-ogc-unit': 'm' },
      art: { type: ['string', 'null'], description: 'Baumart' },
      am: { type: 'string', format: 'date-time', 'x-ogc-role': 'primary-instant' },
      adresse: { type: 'object', properties: { plz: { type: 'string' } } },
      lage: { $ref: 'https://geojson.org/schema/Point.json' },
      bild: { type: 'array' },
    },
  })
  expect(properties).toEqual([
    { name: 'nr', type: 'integer', stored: 'integer', role: 'id', title: 'Nummer' },
    { name: 'hoehe', type: 'number', stored: 'number', unit: 'm' },
    { name: 'art', type: 'text', stored: 'string', about: 'Baumart', nullable: true },
    { name: 'am', type: 'moment', stored: 'string (date-time)', role: 'primary-instant' },
    { name: 'adresse.plz', type: 'text', stored: 'string' },
    { name: 'lage', type: 'geometry', stored: 'Point.json' },
    { name: 'bild', type: 'other', stored: 'array' },
  ])
})

test.each([
  [[1, 2.5], 'number'],
  [[1, 2], 'number'],
  [['a', '2026-01-01'], 'text'],
  [['2026-01-01', '2025-12-31'], 'date'],
  [['2026-01-01T12:00:00'], 'moment'],
  [[true], 'boolean'],
  [[1, 'a'], 'other'],
  [[], 'other'],
])('what is not declared is guessed with care: %j', (values, type) => {
  expect(guessType(values)).toBe(type)
})
