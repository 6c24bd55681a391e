/** Does an area in a source's coordinates cover what it covers on the map? */

import { metresBetween, readWkb, touchesArea, toWgs84 } from '../../../src/connectors/geo/index.ts'
import { type GeoCondition, polygonsIn } from '../../../src/connectors/sql/compile/area.ts'
import { wkbOf } from '../../../src/connectors/sql/compile/wkb.ts'
import type { Geometry } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'

const column = open('lage', 'point')
const systems = ['EPSG:25832', 'EPSG:25833', 'EPSG:31467', 'EPSG:3857', 'EPSG:4326', 'EPSG:4647'] as const

function areaOf(condition: GeoCondition, crs: string): Geometry {
  return { type: 'MultiPolygon', coordinates: polygonsIn(condition, crs) }
}

function at(longitude: number, latitude: number): Geometry {
  return { type: 'Point', coordinates: [longitude, latitude] }
}

/** About a centimetre in degrees. */
const little = 3e-7

describe.each(systems)('%s', crs => {
  test('a box as large as a city keeps its edges to a centimetre or two', () => {
    const [west, south, east, north] = [9.05, 47.63, 9.25, 47.73]
    const back = toWgs84(areaOf({ op: 'bbox', column, box: [west, south, east, north] }, crs), crs)
    for (let part = 0; part <= 1; part += 0.0137) {
      const [x, y] = [west + (east - west) * part, south + (north - south) * part]
      for (const [inside, outside] of [
        [at(x, south + little), at(x, south - little)],
        [at(x, north - little), at(x, north + little)],
        [at(west + little, y), at(west - little, y)],
        [at(east - little, y), at(east + little, y)],
      ] as const) {
        if (part > 0.01 && part < 0.99) expect(touchesArea(inside, back)).toBe(true)
        expect(touchesArea(outside, back)).toBe(false)
      }
    }
  })

  test.each([1, 50, 1_000, 20_000])('a circle of %d m is round to a centimetre or two', metres => {
    const back = toWgs84(areaOf({ op: 'near', column, longitude: 9.17, latitude: 47.66, metres }, crs), crs)
    const corners = (back as Extract<Geometry, { type: 'MultiPolygon' }>).coordinates[0]![0]!
    for (const [index, corner] of corners.slice(1).entries()) {
      const before = corners[index]!
      const middle = at((corner[0]! + before[0]!) / 2, (corner[1]! + before[1]!) / 2)
      expect(metresBetween(at(corner[0]!, corner[1]!), 9.17, 47.66)).toBeCloseTo(metres, metres > 5_000 ? 0 : 2)
      expect(metres - metresBetween(middle, 9.17, 47.66)).toBeLessThan(metres > 5_000 ? 0.25 : 0.02)
    }
  })
})

test('an area far beyond any map of Germany still covers Germany', () => {
  const world: GeoCondition = { op: 'bbox', column, box: [-180, -90, 180, 90] }
  for (const crs of systems) {
    const back = toWgs84(areaOf(world, crs), crs)
    for (const [longitude, latitude] of [
      [5.9, 47.3],
      [15, 54.9],
      [9.17, 47.66],
    ] as const) {
      expect(touchesArea(at(longitude, latitude), back)).toBe(true)
    }
  }
})

test('a polygon is written so that it can be read again, holes included', () => {
  const rings = [
    [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 0],
    ],
    [
      [4, 1],
      [6, 1],
      [6, 3],
      [4, 1],
    ],
  ]
  expect(readWkb(wkbOf(rings))).toEqual({ geometry: { type: 'Polygon', coordinates: rings } })
})
