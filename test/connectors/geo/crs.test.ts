/** Reference systems: how they are spelled, and where places lie in them. */

import fc from 'fast-check'
import { boxIn, crsOf, fromWgs84, GeometryError, knownCrs, metresBetween, northFirst, toWgs84 } from '../../../src/connectors/geo/index.ts'
import type { BBox } from '../../../src/model/index.ts'

const constance = [9.175, 47.66] as const
const berlin = [13.4, 52.5] as const
const cologne = [6.96, 50.94] as const

/**
 * Computed with PROJ 9.1.1 and rounded to 0.1 mm. For Gauß-Krüger PROJ used the grid BETA2007 (cm), while the seven parameters
 * of EPSG:1777 are good for about 3 m.
 */
const places = [
  ['EPSG:25832', constance, [513139.7541, 5278526.5933], 0.01],
  ['EPSG:25832', berlin, [798609.5209, 5825756.242], 0.01],
  ['EPSG:25832', cologne, [356675.6853, 5645134.2868], 0.01],
  ['EPSG:25833', berlin, [391390.7313, 5817855.2407], 0.01],
  ['EPSG:4647', constance, [32513139.7541, 5278526.5933], 0.01],
  ['EPSG:3857', constance, [1021356.328, 6050476.1978], 0.01],
  ['EPSG:4258', constance, [9.175, 47.66], 0.01],
  ['EPSG:4326', constance, [9.175, 47.66], 0.01],
  ['EPSG:31466', cologne, [2567519.4872, 5645410.867], 3],
  ['EPSG:31467', constance, [3513220.2708, 5280199.2545], 3],
  ['EPSG:31468', [11.576, 48.137], [4468549.9021, 5333304.8134], 3],
  ['EPSG:31469', berlin, [5391482.3984, 5819737.6802], 3],
] as const

test.each(places)('%s: %j lies at %j, to %d m', (crs, place, [x, y], metres) => {
  const back = toWgs84({ type: 'Point', coordinates: [x, y] }, crs)
  expect(metresBetween(back, place[0], place[1])).toBeLessThan(metres)
})

test.each(knownCrs)('%s: there and back again is the same place to 1 mm', crs => {
  fc.assert(
    fc.property(fc.double({ min: 5, max: 16, noNaN: true }), fc.double({ min: 47, max: 55.5, noNaN: true }), (longitude, latitude) => {
      const there = fromWgs84({ type: 'Point', coordinates: [longitude, latitude] }, crs)
      expect(metresBetween(toWgs84(there, crs), longitude, latitude)).toBeLessThan(0.001)
    }),
  )
})

test.each([
  ['EPSG:25832', 'EPSG:25832'],
  ['epsg:25832', 'EPSG:25832'],
  ['25832', 'EPSG:25832'],
  [' urn:ogc:def:crs:EPSG::25832 ', 'EPSG:25832'],
  ['urn:ogc:def:crs:EPSG:6.9:4326', 'EPSG:4326'],
  ['urn:x-ogc:def:crs:EPSG:25833', undefined],
  ['urn:x-ogc:def:crs:EPSG::25833', 'EPSG:25833'],
  ['http://www.opengis.net/def/crs/EPSG/0/4258', 'EPSG:4258'],
  ['https://www.opengis.net/def/crs/EPSG/9.9.1/3857', 'EPSG:3857'],
  ['http://www.opengis.net/gml/srs/epsg.xml#31468', 'EPSG:31468'],
  ['EPSG:900913', 'EPSG:3857'],
  ['urn:adv:crs:ETRS89_UTM32', 'EPSG:25832'],
  ['urn:adv:crs:DE_DHDN_3GK4', 'EPSG:31468'],
  ['urn:adv:crs:ETRS89_Lat-Lon', undefined],
  ['102100', 'EPSG:3857'],
  ['CRS84', 'EPSG:4326'],
  ['CRS:84', 'EPSG:4326'],
  ['OGC:CRS84', 'EPSG:4326'],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
  ['urn:ogc:def:crs:OGC::CRS84', 'EPSG:4326'],
  ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'EPSG:4326'],
  ['EPSG:2056', undefined],
  ['EPSG:5678', undefined],
  ['', undefined],
  ['EPSG:25832+5783', undefined],
])('the spelling "%s" means %s', (name, crs) => {
  expect(crsOf(name)).toBe(crs)
})

test('degrees and Gauß-Krüger name north first in the register, UTM and Web Mercator do not', () => {
  expect(knownCrs.filter(northFirst)).toEqual(['EPSG:4326', 'EPSG:4258', 'EPSG:31466', 'EPSG:31467', 'EPSG:31468', 'EPSG:31469'])
})

describe('what cannot be moved is refused', () => {
  test.each([
    ['an unknown system', [9, 47], 'EPSG:2056'],
    ['NaN', [Number.NaN, 47], 'EPSG:25832'],
    ['Infinity', [9, Number.POSITIVE_INFINITY], 'EPSG:4326'],
    ['a place outside the plane', [1e12, 1e12], 'EPSG:25832'],
    ['a position of one number', [9], 'EPSG:3857'],
  ])('%s', (_what, coordinates, crs) => {
    expect(() => toWgs84({ type: 'Point', coordinates }, crs)).toThrow(GeometryError)
  })

  test('the pole in Web Mercator', () => {
    expect(() => fromWgs84({ type: 'Point', coordinates: [9, 90] }, 'EPSG:3857')).toThrow(GeometryError)
  })

  test('but an empty geometry stays empty', () => {
    expect(toWgs84({ type: 'Point', coordinates: [] }, 'EPSG:25832')).toEqual({ type: 'Point', coordinates: [] })
    expect(toWgs84({ type: 'MultiPolygon', coordinates: [] }, 'EPSG:31467')).toEqual({ type: 'MultiPolygon', coordinates: [] })
  })
})

describe('a box in another system', () => {
  const side = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))

  test.each(knownCrs)('%s: covers every place of the box', crs => {
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: -15, max: 20, noNaN: true }), fc.double({ min: 0, max: 70, noNaN: true })),
        fc.tuple(fc.double({ min: 0, max: 15, noNaN: true }), fc.double({ min: 0, max: 13, noNaN: true })),
        side,
        ([west, south], [width, height], [right, up]) => {
          const [minX, minY, maxX, maxY] = boxIn([west, south, west + width, south + height], crs)
          const place = fromWgs84({ type: 'Point', coordinates: [west + width * right, south + height * up] }, crs)
          const [x, y] = place.type === 'Point' ? place.coordinates : []
          expect(x).toBeGreaterThanOrEqual(minX)
          expect(x).toBeLessThanOrEqual(maxX)
          expect(y).toBeGreaterThanOrEqual(minY)
          expect(y).toBeLessThanOrEqual(maxY)
        },
      ),
    )
  })

  test('follows the bend of parallels: the middle of the north edge lies further south than its corners', () => {
    const [, minY, , maxY] = boxIn([6, 47, 12, 47], 'EPSG:25832')
    expect(maxY - minY).toBeGreaterThan(4_000)
  })

  test('is hardly larger than needed for a city', () => {
    const [minX, minY, maxX, maxY] = boxIn([9.1, 47.6, 9.2, 47.7], 'EPSG:25832')
    expect(maxX - minX).toBeLessThan(7_600)
    expect(maxY - minY).toBeLessThan(11_200)
  })

  test.each(knownCrs)('%s: of the whole world is finite and holds Germany', crs => {
    const box = boxIn([-180, -90, 180, 90], crs)
    expect(box.every(Number.isFinite)).toBe(true)
    const germany = boxIn([6, 47.2, 15, 55], crs)
    expect(box[0] <= germany[0] && box[1] <= germany[1] && box[2] >= germany[2] && box[3] >= germany[3]).toBe(true)
  })

  test.each<[string, BBox]>([
    ['west beyond east', [9.2, 47.6, 9.1, 47.7]],
    ['NaN', [Number.NaN, 47.6, 9.1, 47.7]],
    ['Infinity', [9.2, 47.6, Number.POSITIVE_INFINITY, 47.7]],
  ])('is refused: %s', (_what, box) => {
    expect(() => boxIn(box, 'EPSG:25832')).toThrow(GeometryError)
  })
})
