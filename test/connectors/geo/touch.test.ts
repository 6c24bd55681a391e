/** What touches what, and how far it is. */

import fc from 'fast-check'
import { metresBetween, touchesArea, touchesBox } from '../../../src/connectors/geo/index.ts'
import type { Geometry, Position } from '../../../src/model/index.ts'

const point = (x: number, y: number): Geometry => ({ type: 'Point', coordinates: [x, y] })
const line = (...coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates })
const square = (x: number, y: number, size: number): Position[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]
const polygon = (...coordinates: Position[][]): Geometry => ({ type: 'Polygon', coordinates })

describe('an area with a hole (0…10, hole 4…6)', () => {
  const area = polygon(square(0, 0, 10), square(4, 4, 2))

  test.each<[string, Geometry, boolean]>([
    ['a point inside', point(1, 1), true],
    ['a point outside', point(11, 1), false],
    ['a point on the edge', point(10, 5), true],
    ['a point on a corner', point(0, 0), true],
    ['a point in the hole', point(5, 5), false],
    ['a point on the edge of the hole', point(4, 5), true],
    ['a line across', line([-1, 3], [11, 3]), true],
    ['a line that passes by', line([-1, 11], [11, 11]), false],
    ['a line along the edge', line([2, 10], [3, 10]), true],
    ['a line along the edge, longer than it', line([-5, 10], [15, 10]), true],
    ['a line that ends on the edge', line([12, 5], [10, 5]), true],
    ['a line inside the hole', line([4.5, 4.5], [5.5, 5.5]), false],
    ['a line from the hole into the area', line([5, 5], [5, 8]), true],
    ['a polygon in the hole', polygon(square(4.5, 4.5, 1)), false],
    ['a polygon that fills the hole', polygon(square(4, 4, 2)), true],
    ['a polygon around everything', polygon(square(-5, -5, 30)), true],
    ['a polygon whose own hole holds everything', polygon(square(-5, -5, 30), square(-1, -1, 12)), false],
    ['a polygon that shares a corner', polygon(square(10, 10, 2)), true],
    ['a polygon beside', polygon(square(10.5, 0, 2)), false],
    [
      'a multipoint with one point inside',
      {
        type: 'MultiPoint',
        coordinates: [
          [20, 20],
          [1, 1],
        ],
      },
      true,
    ],
    ['a multipolygon with one part inside', { type: 'MultiPolygon', coordinates: [[square(20, 20, 1)], [square(1, 1, 1)]] }, true],
    ['a collection', { type: 'GeometryCollection', geometries: [point(20, 20), line([1, 1], [2, 2])] }, true],
    ['an empty point', { type: 'Point', coordinates: [] }, false],
    ['an empty multipolygon', { type: 'MultiPolygon', coordinates: [] }, false],
    ['a collection of nothing', { type: 'GeometryCollection', geometries: [] }, false],
  ])('is touched or not by %s', (_what, geometry, touches) => {
    expect(touchesArea(geometry, area)).toBe(touches)
    expect(touchesArea(geometry, { type: 'MultiPolygon', coordinates: [[square(100, 50, 1)], ...polygons(area)] })).toBe(touches)
  })

  test('points and lines are no area', () => {
    expect(touchesArea(point(1, 1), point(1, 1))).toBe(false)
    expect(touchesArea(point(1, 1), line([0, 0], [2, 2]))).toBe(false)
  })

  test('touching is mutual', () => {
    const coordinate = fc.integer({ min: 0, max: 8 })
    const triangle = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 3 }).map(ring => polygon([...ring, ring[0]!]))
    fc.assert(fc.property(triangle, triangle, (a, b) => touchesArea(a, b) === touchesArea(b, a)))
  })
})

describe('a box', () => {
  test.each<[string, Geometry, boolean]>([
    ['a point on its corner', point(9.2, 47.7), true],
    ['a point just outside', point(9.2000001, 47.7), false],
    ['a line through it', line([9, 47.5], [9.3, 47.8]), true],
    ['a line around its corner', line([9.05, 47.69], [9.11, 47.75]), false],
    ['a polygon around it', polygon(square(9, 47, 1)), true],
    ['an empty point', { type: 'Point', coordinates: [] }, false],
  ])('is touched or not by %s', (_what, geometry, touches) => {
    expect(touchesBox(geometry, [9.1, 47.6, 9.2, 47.7])).toBe(touches)
  })

  test('without an area is a line or a point that can be touched', () => {
    expect(touchesBox(point(9.1, 47.6), [9.1, 47.6, 9.1, 47.6])).toBe(true)
    expect(touchesBox(point(9.1, 47.65), [9.1, 47.6, 9.1, 47.7])).toBe(true)
    expect(touchesBox(point(9.1, 47.75), [9.1, 47.6, 9.1, 47.7])).toBe(false)
    expect(touchesBox(polygon(square(9, 47, 1)), [9.1, 47.6, 9.1, 47.6])).toBe(true)
  })

  test('of random places agrees with comparing coordinates', () => {
    const degree = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(degree, degree, degree, degree, degree, degree, (x, y, x1, y1, x2, y2) => {
        const [west, east] = [Math.min(x1, x2), Math.max(x1, x2)]
        const [south, north] = [Math.min(y1, y2), Math.max(y1, y2)]
        expect(touchesBox(point(x, y), [west, south, east, north])).toBe(x >= west && x <= east && y >= south && y <= north)
      }),
    )
  })
})

describe('metres on the ellipsoid', () => {
  /** Geodesics of PostGIS 3.3 (geography), to 0.1 mm, and how far off we may be. */
  test.each([
    [9.175, 47.66, 9.176, 47.661, 134.1785, 0.001],
    [9.175, 47.66, 9.175, 47.7, 4447.3638, 0.001],
    [9.175, 47.66, 9.3, 47.7, 10386.0746, 0.01],
    [9.175, 47.66, 8.7, 48.4, 89583.2408, 2],
    [9.175, 47.66, 13.4, 52.5, 617225.3422, 6000],
    [179.99, 50, -179.99, 50, 1433.9151, 0.01],
  ])('from %d, %d to %d, %d: %d m to %d m', (lon1, lat1, lon2, lat2, metres, precision) => {
    expect(Math.abs(metresBetween(point(lon2, lat2), lon1, lat1) - metres)).toBeLessThan(precision)
  })

  test('are counted to the nearest part, also in the middle of an edge', () => {
    // 0.001° of latitude are 111.2 m here, of longitude 75.1 m.
    expect(metresBetween(line([9, 47.66], [9.5, 47.66]), 9.175, 47.661)).toBeCloseTo(111.18, 1)
    expect(metresBetween(polygon(square(9, 47, 1)), 8.999, 47.5)).toBeCloseTo(75.34, 1)
    expect(metresBetween({ type: 'GeometryCollection', geometries: [point(12, 50), point(9.175, 47.661)] }, 9.175, 47.66)).toBeCloseTo(
      111.18,
      1,
    )
  })

  test('are 0 inside a polygon and on its edge, and not in its hole', () => {
    const ring = polygon(square(9, 47, 1), square(9.4, 47.4, 0.2))
    expect(metresBetween(ring, 9.1, 47.1)).toBe(0)
    expect(metresBetween(ring, 9, 47.5)).toBe(0)
    expect(metresBetween(ring, 9.5, 47.5)).toBeGreaterThan(7_000)
  })

  test('to nothing are infinite, so that nothing is near', () => {
    expect(metresBetween({ type: 'MultiPoint', coordinates: [] }, 9, 47)).toBe(Number.POSITIVE_INFINITY)
  })

  test('from nowhere are refused', () => {
    expect(() => metresBetween(point(9, 47), Number.NaN, 47)).toThrow('not a finite number')
  })

  test('of a line of one position are those of a point', () => {
    expect(metresBetween(line([9, 47]), 9, 47)).toBe(0)
  })
})

function polygons(geometry: Geometry): readonly (readonly (readonly Position[])[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : []
}
