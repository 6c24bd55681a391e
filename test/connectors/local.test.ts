/** Does the gateway's own reading of a request mean what the model says? */

import { compareText, foldCase } from '../../src/connectors/shared/compare.ts'
import { answerLocally, compareRows, type LocalRow, matches } from '../../src/connectors/shared/local.ts'
import { decimalSum, measure } from '../../src/connectors/shared/measure.ts'
import type { Cell, Condition, FieldType, MeasureFunction, Order, Row, Scalar, SourceRequest } from '../../src/model/index.ts'
import { datasetsOf, town } from '../contract/town.ts'
import { open } from '../support/columns.ts'

const datasets = datasetsOf(town, { kind: 'test', place: () => ({}) })
const trees = datasets.trees!

function row(cells: Record<string, Cell>): LocalRow {
  return column => cells[column.column] ?? null
}

function rowsOf(table: 'trees' | 'readings'): LocalRow[] {
  const { columns, rows } = datasets[table]!.table
  return rows.map(cells => column => cells[columns.findIndex(known => known.column === column.column)] ?? null)
}

describe('a condition', () => {
  const word = open('word', 'text')
  const count = open('count', 'int')

  test.each<[string, Condition]>([
    ['eq', { op: 'eq', column: word, value: 'a' }],
    ['ne', { op: 'ne', column: word, value: 'a' }],
    ['lt', { op: 'lt', column: count, value: 1 }],
    ['gte', { op: 'gte', column: count, value: 1 }],
    ['in', { op: 'in', column: word, values: ['a'] }],
    ['in nothing', { op: 'in', column: word, values: [] }],
    ['notIn', { op: 'notIn', column: word, values: ['a'] }],
    ['notIn nothing', { op: 'notIn', column: word, values: [] }],
    ['contains', { op: 'contains', column: word, value: '' }],
    ['bbox', { op: 'bbox', column: open('place', 'point'), box: [-180, -90, 180, 90] }],
    ['near', { op: 'near', column: open('place', 'point'), longitude: 9, latitude: 47, metres: 1e9 }],
  ])('of %s is neither true nor false for a missing value', (_name, condition) => {
    expect(matches(condition, row({}))).toBe(false)
    expect(matches({ op: 'not', of: condition }, row({}))).toBe(false)
    expect(matches({ op: 'not', of: { op: 'and', of: [condition] } }, row({}))).toBe(false)
  })

  test('knows that unknown or true is true, and unknown and false is false', () => {
    const unknown: Condition = { op: 'eq', column: word, value: 'a' }
    const yes: Condition = { op: 'isNull', column: word, value: true }
    const no: Condition = { op: 'isNull', column: word, value: false }
    expect(matches({ op: 'or', of: [unknown, yes] }, row({}))).toBe(true)
    expect(matches({ op: 'not', of: { op: 'and', of: [unknown, no] } }, row({}))).toBe(true)
    expect(matches({ op: 'or', of: [unknown, no] }, row({}))).toBe(false)
  })

  test('of no parts: and is true, or is false', () => {
    expect(matches({ op: 'and', of: [] }, row({}))).toBe(true)
    expect(matches({ op: 'or', of: [] }, row({}))).toBe(false)
  })

  test.each<[FieldType, Cell, Condition['op'], Scalar, boolean]>([
    ['text', 'Eiche', 'eq', 'eiche', false],
    ['text', 'Eiche ', 'eq', 'Eiche', false],
    ['text', 'ÖLWEIDE', 'contains', 'lwei', true],
    ['text', 'ÖLWEIDE', 'startsWith', 'öl', true],
    ['text', 'Roßkastanie', 'contains', 'ROSS', false],
    ['text', 'abc', 'contains', '%', false],
    ['text', '100 %', 'contains', '%', true],
    ['text', 'a_c', 'contains', '_', true],
    ['text', '🌳 Linde', 'startsWith', '🌳', true],
    ['text', 'Ärger', 'lt', 'Zebra', true],
    ['int', 10, 'gt', 9, true],
    ['bigint', '9007199254740993', 'gt', '9007199254740992', true],
    ['bigint', '9007199254740993', 'eq', '9007199254740992', false],
    ['decimal', '10', 'gt', '9.5', true],
    ['decimal', '0.30', 'eq', '0.3', true],
    ['boolean', false, 'lt', true, true],
    ['date', '2026-03-29', 'gte', '2026-03-29', true],
    ['datetime', '2026-01-01T00:00:00.5Z', 'gt', '2026-01-01T00:00:00Z', true],
    ['datetime', '2026-01-01T00:00:00Z', 'lt', '2026-01-01T00:00:00.001Z', true],
    ['time', '07:30:00', 'lt', '07:30:00.25', true],
  ])('compares by type: %s %j %s %j is %j', (type, cell, op, value, expected) => {
    const condition = { op, column: open('it', type), value } as Condition
    expect(matches(condition, row({ it: cell }))).toBe(expected)
  })

  test('finds whole keys, and does not know about keys with a missing part', () => {
    const columns = [open('a', 'int'), open('b', 'text')]
    const keys: Condition = {
      op: 'keys',
      columns,
      keys: [
        [1, 'x'],
        [2, 'y'],
      ],
    }
    expect(matches(keys, row({ a: 1, b: 'x' }))).toBe(true)
    expect(matches(keys, row({ a: 1, b: 'y' }))).toBe(false)
    expect(matches({ op: 'not', of: keys }, row({ a: 1, b: 'y' }))).toBe(true)
    expect(matches({ op: 'not', of: keys }, row({ a: 1 }))).toBe(false)
    expect(matches({ op: 'not', of: keys }, row({ a: 3 }))).toBe(true)
  })

  test('finds geometry in a box, in an area with a hole, and near a point', () => {
    const place = open('place', 'point')
    const at = (longitude: number, latitude: number) => row({ place: { type: 'Point', coordinates: [longitude, latitude] } })
    const square = (from: number, to: number) => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ]
    const ring: Condition = { op: 'within', column: place, area: { type: 'Polygon', coordinates: [square(0, 10), square(4, 6)] } }
    expect(matches({ op: 'bbox', column: place, box: [9, 47, 10, 48] }, at(9.5, 47.5))).toBe(true)
    expect(matches({ op: 'bbox', column: place, box: [9, 47, 10, 48] }, at(10.5, 47.5))).toBe(false)
    expect(matches(ring, at(2, 2))).toBe(true)
    expect(matches(ring, at(5, 5))).toBe(false)
    expect(matches({ op: 'near', column: place, longitude: 9.17, latitude: 47.66, metres: 120 }, at(9.17, 47.661))).toBe(true)
    expect(matches({ op: 'near', column: place, longitude: 9.17, latitude: 47.66, metres: 100 }, at(9.17, 47.661))).toBe(false)
  })
})

describe('an order', () => {
  const word = open('word', 'text')

  test('puts umlauts beside their vowels, and is total', () => {
    expect(['Zebra', 'Ärger', 'arg', 'Arg', '', 'azur'].sort(compareText)).toEqual(['', 'arg', 'Arg', 'Ärger', 'azur', 'Zebra'])
    expect(compareText('a', 'a\u0000')).not.toBe(0)
    expect(foldCase('ÄÖÜ')).toBe('äöü')
  })

  test.each<[Order['direction'], Order['nulls'], Cell[]]>([
    ['asc', 'first', [null, 'a', 'b']],
    ['asc', 'last', ['a', 'b', null]],
    ['desc', 'first', [null, 'b', 'a']],
    ['desc', 'last', ['b', 'a', null]],
  ])('%s puts missing values %s', (direction, nulls, expected) => {
    const rows = ['b', null, 'a'].map(cell => row({ word: cell }))
    expect(rows.sort(compareRows([{ column: word, direction, nulls }])).map(one => one(word))).toEqual(expected)
  })
})

describe('measures', () => {
  test.each<[MeasureFunction, Scalar[], FieldType, Cell]>([
    ['sum', ['0.1', '0.2'], 'decimal', '0.3'],
    ['sum', [1, 2, -5], 'int', '-2'],
    ['sum', ['9007199254740993', '9007199254740993'], 'bigint', '18014398509481986'],
    ['sum', [0.5, 0.25], 'float', 0.75],
    ['sum', [1e308, 1e308], 'float', null],
    ['sum', [], 'int', null],
    ['avg', ['1', '2'], 'decimal', 1.5],
    ['avg', [], 'int', null],
    ['min', ['10', '9'], 'bigint', '9'],
    ['max', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5Z'], 'datetime', '2026-01-01T00:00:00.5Z'],
    ['max', [], 'text', null],
    ['count', [], 'text', 0],
    ['countDistinct', ['a', 'A', 'a'], 'text', 2],
  ])('%s of %j as %s is %j', (name, values, type, expected) => {
    expect(measure(name, values, type)).toBe(expected)
  })

  test('a sum keeps 38 digits', () => {
    expect(decimalSum(['1234567890123456789012345678.0123456789', '-0.0000000001'])).toBe('1234567890123456789012345678.0123456788')
  })
})

describe('a request over rows at hand', () => {
  const { id, planted, felled, height } = trees.fields
  const byYear: Order[] = [
    { column: planted!, direction: 'desc', nulls: 'last' },
    { column: id!, direction: 'asc', nulls: 'last' },
  ]

  test('pages by rows to skip as by the row before', () => {
    const ask = (more: object): readonly Row[] =>
      answerLocally(
        { kind: 'rows', dataset: trees.dataset, columns: [planted!, id!], orderBy: byYear, limit: 10, ...more },
        rowsOf('trees'),
      )
    const whole = ask({ limit: 57 })
    expect(whole).toHaveLength(57)
    expect(ask({ position: { skip: 45 }, limit: 20 })).toEqual(whole.slice(45))
    for (const at of [0, 30, 47, 50, 55]) expect(ask({ position: { after: whole[at] } })).toEqual(whole.slice(at + 1, at + 11))
    expect(ask({ position: { after: whole[56] } })).toEqual([])
  })

  test('gives each key its newest rows, and nothing for a key that is not there', () => {
    const { station, at, id: number } = datasets.readings!.fields
    const rows = answerLocally(
      {
        kind: 'keyed',
        dataset: datasets.readings!.dataset,
        columns: [station!, number!],
        match: [station!],
        keys: [['MS-02'], ['MS-06'], ['MS-01']],
        orderBy: [
          { column: at!, direction: 'desc', nulls: 'last' },
          { column: number!, direction: 'asc', nulls: 'last' },
        ],
        perKey: 2,
      },
      rowsOf('readings'),
    )
    expect(rows).toEqual([
      ['MS-02', 12],
      ['MS-02', 13],
      ['MS-01', 3],
      ['MS-01', 4],
    ])
  })

  test('groups with the largest first, then by the values, missing ones last', () => {
    const request: SourceRequest = {
      kind: 'aggregate',
      dataset: trees.dataset,
      groupBy: [felled!],
      measures: [{ function: 'count' }, { function: 'count', column: height! }, { function: 'max', column: planted! }],
      limit: 10,
    }
    expect(answerLocally(request, rowsOf('trees')).map(cells => cells.slice(0, 2))).toEqual([
      [false, 37],
      [true, 12],
      [null, 8],
    ])
    expect(answerLocally({ ...request, limit: 1 }, rowsOf('trees'))).toHaveLength(1)
  })

  test('counts nothing as one row of nothing', () => {
    const where: Condition = { op: 'eq', column: id!, value: -1 }
    const measures = [{ function: 'count' }, { function: 'sum', column: height! }] as const
    const request: SourceRequest = { kind: 'aggregate', dataset: trees.dataset, where, groupBy: [], measures, limit: 1 }
    expect(answerLocally(request, rowsOf('trees'))).toEqual([[0, null]])
    expect(answerLocally({ ...request, groupBy: [felled!] }, rowsOf('trees'))).toEqual([])
  })
})
