/** Coarsened values tell the period, the cell or the step, and nothing finer. */

import fc from 'fast-check'
import type { Cell, Coarsen, FieldType } from '../../src/model/index.ts'
import { releasable } from '../../src/resolvers/coarsen.ts'
import { open } from '../support/columns.ts'

function coarsened(cell: Cell, type: FieldType, coarsen: Coarsen, more: { shift?: number; zone?: string } = {}): Cell {
  return releasable(open('x', type, { coarsen, ...more }), 'Europe/Berlin')!(cell)
}

test.each<[string, FieldType, Coarsen, Cell, Cell]>([
  ['a day of the year', 'date', { to: 'month' }, '2026-05-17', '2026-05-01'],
  ['a week over a new year', 'date', { to: 'week' }, '2027-01-01', '2026-12-28'],
  ['an instant, in the city’s calendar', 'datetime', { to: 'day' }, '2026-06-30T22:30:00Z', '2026-06-30T22:00:00Z'],
  ['an instant to the year', 'datetime', { to: 'year' }, '2026-06-30T22:30:00Z', '2025-12-31T23:00:00Z'],
  ['a whole number', 'int', { toMultipleOf: 5 }, 13, 15],
  ['a negative whole number', 'int', { toMultipleOf: 5 }, -13, -15],
  ['zero', 'int', { toMultipleOf: 5 }, 1, 0],
  ['a decimal', 'decimal', { toMultipleOf: 0.5 }, '12.34', '12.5'],
  ['nothing', 'int', { toMultipleOf: 5 }, null, null],
])('%s', (_what, type, coarsen, cell, expected) => {
  expect(coarsened(cell, type, coarsen)).toEqual(expected)
})

test('a scaled number is rounded as it is served', () => {
  expect(coarsened('1234', 'decimal', { toMultipleOf: 5 }, { shift: -2 })).toBe('1000')
})

test('a point moves less than its cell, and points of one cell become one', () => {
  fc.assert(
    fc.property(fc.double({ min: 9.0, max: 9.3, noNaN: true }), fc.double({ min: 47.6, max: 47.8, noNaN: true }), (longitude, latitude) => {
      const cell = coarsened({ type: 'Point', coordinates: [longitude, latitude] }, 'point', { toMetres: 100 }) as unknown as {
        coordinates: number[]
      }
      const [x, y] = [
        (cell.coordinates[0]! - longitude) * 111_320 * Math.cos((latitude * Math.PI) / 180),
        (cell.coordinates[1]! - latitude) * 111_320,
      ]
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(50.5)
      expect(coarsened({ type: 'Point', coordinates: cell.coordinates }, 'point', { toMetres: 100 })).toEqual(cell)
    }),
  )
})

test('anything but a point is not served where a point was to be coarsened', () => {
  expect(
    coarsened(
      {
        type: 'LineString',
        coordinates: [
          [9, 47],
          [9.1, 47],
        ],
      },
      'point',
      { toMetres: 100 },
    ),
  ).toBeNull()
})
