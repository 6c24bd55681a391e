/** Bytes of a source as JSON: the same text as if they had been read, presented and written one by one. */

import fc from 'fast-check'
import { type Cell, canonicalDecimal, type FieldType, type PackedRows } from '../../src/model/index.ts'
import { bytesOf } from '../../src/resolvers/compiled/bytes.ts'
import { type Copy, packedObject } from '../../src/resolvers/compiled/cells.ts'
import { Output } from '../../src/resolvers/compiled/output.ts'
import { present } from '../../src/resolvers/present.ts'
import { engine, open } from '../support/columns.ts'
import { packed } from '../support/packed.ts'

const zone = 'Europe/Berlin'

const instants = fc
  .tuple(fc.date({ min: new Date('1890-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.nat({ max: 999_999 }))
  .map(([date, micro]) => `${date.toISOString().slice(0, 19)}${micro ? `.${String(micro).padStart(6, '0').replace(/0+$/, '')}` : ''}Z`)

/** Around the night in which clocks are put forward. */
const hoursOfSpring = fc.nat({ max: 96 }).map(hours => `${new Date(Date.UTC(2026, 2, 27, hours, 30)).toISOString().slice(0, 19)}Z`)

const kinds: readonly (readonly [FieldType, Copy, fc.Arbitrary<Cell>])[] = [
  [
    'text',
    'text',
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', '\\', '\u0000', '\n', '\u001f', 'ä', '🌳', '\u2028', '\u007f') }),
    ),
  ],
  ['int', 'bare', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  ['float', 'bare', fc.constantFrom(0, 1.5, -0.25, 100, 0.001, 123456.75)],
  ['bigint', 'quoted', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)],
  ['decimal', 'decimal', fc.constantFrom('0', '12', '12.5', '-3.001', '100', '0.5')],
  ['date', 'quoted', fc.constantFrom('2026-03-29', '1899-12-31')],
  ['datetime', 'instant', instants],
  ['datetime', 'instant', hoursOfSpring],
  ['boolean', 'boolean', fc.boolean()],
]

test.each(kinds)('%s', (type, copy, cells) => {
  const column = open('wert', type)
  fc.assert(
    fc.property(fc.array(fc.option(cells), { minLength: 1, maxLength: 40 }), values => {
      const rows = packed(
        [engine('vorher', 'text'), column],
        values.map((cell, at) => [`${at}`, cell]),
      ) as PackedRows
      const out = new Output(zone)
      values.forEach((_, at) => {
        out.cell(rows, at, 1, copy)
        out.text(' ')
      })
      expect(out.end().toString()).toBe(values.map(cell => `${JSON.stringify(present(column, cell, zone, 'de'))} `).join(''))
      expect(rows.toRows().map(row => row[1])).toEqual(values)
    }),
  )
})

test('zeros at the end of a decimal and of a fraction say nothing', () => {
  const rows = packed(
    [engine('a', 'decimal'), engine('b', 'datetime')],
    [
      ['12.500', '2026-07-01T10:00:00.500Z'],
      ['7.000', '2026-07-01T10:00:00.000Z'],
    ],
  ) as PackedRows
  expect(rows.toRows()).toEqual([
    ['12.5', '2026-07-01T10:00:00.5Z'],
    ['7', '2026-07-01T10:00:00Z'],
  ])
  expect(rows.toRows().map(([decimal]) => decimal)).toEqual(['12.500', '7.000'].map(text => canonicalDecimal(text)))
  const out = new Output(zone)
  for (const row of [0, 1]) for (const [column, copy] of (['decimal', 'instant'] as const).entries()) out.cell(rows, row, column, copy)
  expect(out.end().toString()).toBe('"12.5""2026-07-01T12:00:00.5+02:00""7""2026-07-01T12:00:00+02:00"')
})

test('what was written is written again, and a long text is no obstacle', () => {
  const long = 'ä"\n'.repeat(100_000)
  const rows = packed([engine('a', 'text')], [[long], ['b']]) as PackedRows
  const out = new Output(zone)
  out.text('[')
  const from = out.mark()
  out.object(rows, 0, packedObject([{ at: 0, before: bytesOf(Buffer.from('{"a":')), copy: 'text' }], '}'))
  const to = out.mark()
  out.comma()
  out.again(from, to)
  out.text(']')
  expect(JSON.parse(out.end().toString())).toEqual([{ a: long }, { a: long }])
})

test('rows are picked, turned round and taken alone', () => {
  const rows = packed(
    [engine('a', 'text'), engine('b', 'int')],
    [
      ['x', 1],
      [null, 2],
      ['z', null],
    ],
  ) as PackedRows
  expect(rows.pick([2, 0]).toRows()).toEqual([
    ['z', null],
    ['x', 1],
  ])
  expect(rows.toReversed().slice(0, 2).toRows()).toEqual([
    ['z', null],
    [null, 2],
  ])
  expect(rows.alone(1).toRows()).toEqual([[null, 2]])
  expect(rows.alone(1).byteLength).toBeLessThan(rows.byteLength)
})
