/** Are arcs drawn as near as we say, from whatever source, and is nothing else changed on the way? */

import { readEsri } from '../../../src/connectors/arcgis/geometry.ts'
import { arcsThrough, arcTolerance, circleThrough, GeometryError, readWkb, tidy } from '../../../src/connectors/geo/index.ts'
import { readGeometryText } from '../../../src/connectors/shared/geometry-text.ts'
import { toShape } from '../../../src/connectors/shared/shape.ts'
import { readWkt } from '../../../src/connectors/shared/wkt.ts'
import { growTree, readXml } from '../../../src/connectors/shared/xml.ts'
import { readGml } from '../../../src/connectors/wfs/gml.ts'
import type { Geometry, Position } from '../../../src/model/index.ts'

/** Half a circle over a street in Konstanz, in UTM 32. */
const [x, y] = [513_000, 5_278_000]
const half: Position[] = [
  [x, y],
  [x + 50, y + 50],
  [x + 100, y],
]

/** The furthest that a line and its circle are apart, in the middle of pieces as well. */
function stray(line: readonly Position[], [cx, cy]: Position, radius: number): number {
  const middles = line.slice(1).map(([ax, ay], at): Position => [(ax! + line[at]![0]!) / 2, (ay! + line[at]![1]!) / 2])
  return Math.max(...[...line, ...middles].map(([px, py]) => Math.abs(Math.hypot(px! - cx!, py! - cy!) - radius)))
}

test.each([
  ['the bend of a kerb', 0.5],
  ['a roundabout', 15],
  ['a railway', 800],
  ['a motorway', 5000],
])('%s is never further than a centimetre from its arc', (_what, radius) => {
  const line = arcsThrough([
    [x - radius, y],
    [x, y + radius],
    [x + radius, y],
  ])
  expect(stray(line, [x, y], radius)).toBeLessThanOrEqual(arcTolerance.metres * 1.000001)
  expect(line[0]).toEqual([x - radius, y])
  expect(line).toContainEqual([x, y + radius])
  expect(line.at(-1)).toEqual([x + radius, y])
})

test('degrees are drawn as near as they are served', () => {
  const line = arcsThrough([
    [9.17, 47.66],
    [9.171, 47.661],
    [9.172, 47.66],
  ])
  expect(stray(line, [9.171, 47.66], 0.001)).toBeLessThanOrEqual(arcTolerance.degrees * 1.01)
  expect(line.length).toBeLessThan(400)
})

test('an arc goes over its middle place, whichever way that is round', () => {
  const over = (place: Position) => arcsThrough([[x, y], place, [x + 100, y]]).map(([, north]) => north! - y)
  expect(Math.max(...over([x + 50, y + 50]))).toBeCloseTo(50)
  expect(Math.min(...over([x + 50, y - 50]))).toBeCloseTo(-50)
})

test('an arc that ends where it starts is a full circle', () => {
  const line = arcsThrough([
    [x, y],
    [x + 20, y],
    [x, y],
  ])
  expect(stray(line, [x + 10, y], 10)).toBeLessThanOrEqual(0.0100001)
  expect(line.some(([, north]) => north! > y + 9)).toBe(true)
  expect(line.some(([, north]) => north! < y - 9)).toBe(true)
})

test('three places in a row are a straight line', () => {
  expect(
    arcsThrough([
      [x, y],
      [x + 1, y + 1],
      [x + 2, y + 2],
    ]),
  ).toEqual([
    [x, y],
    [x + 1, y + 1],
    [x + 2, y + 2],
  ])
  expect(() =>
    circleThrough([
      [x, y],
      [x + 1, y + 1],
      [x + 2, y + 2],
    ]),
  ).toThrow(GeometryError)
})

test('an arc around the earth is refused before it fills the memory', () => {
  expect(() =>
    arcsThrough(
      [
        [0, 0],
        [1e9, 1e9],
        [2e9, 0],
      ].map(([a, b]) => [a! + 1000, b!]),
    ),
  ).toThrow(GeometryError)
})

const gml = (text: string): Geometry => {
  const tree = growTree()
  readXml(text.replace(/^<gml:\w+/, '$& xmlns:gml="http://www.opengis.net/gml/3.2"'), {
    open: tag => tree.open(tag),
    text: piece => tree.text(piece),
    close: () => tree.close(),
  })
  return readGml(tree.root()).geometry
}
const posList = (places: readonly Position[]) => `<gml:posList>${places.flat().join(' ')}</gml:posList>`
const places = half.map(place => place.join(' ')).join(', ')
const drawn = arcsThrough(half)

test.each<[string, () => Geometry]>([
  ['WKT', () => readWkt(`CIRCULARSTRING (${places})`)],
  ['WKT with heights', () => readWkt(`CIRCULARSTRINGZ (${half.map(place => `${place.join(' ')} 403`).join(', ')})`)],
  ['EWKT', () => readGeometryText(`SRID=25832;COMPOUNDCURVE(CIRCULARSTRING(${places}))`).geometry],
  ['GML', () => gml(`<gml:Curve><gml:segments><gml:Arc>${posList(half)}</gml:Arc></gml:segments></gml:Curve>`)],
  ['Esri JSON', () => readEsri({ curvePaths: [[half[0], { c: [half[2], half[1]] }]] })!],
  ['Esri JSON around a centre', () => readEsri({ curvePaths: [[half[0], { a: [half[2], [x + 50, y], 0, 1] }]] })!],
])('%s draws the same arc', (_name, read) => {
  const geometry = read()
  expect(geometry.type).toBe('LineString')
  const line = geometry.type === 'LineString' ? geometry.coordinates : []
  expect(Math.abs(line.length - drawn.length)).toBeLessThanOrEqual(1)
  expect(stray(line, [x + 50, y], 50)).toBeLessThanOrEqual(0.0100001)
})

test('arcs and straight pieces make one ring', () => {
  const ring = `COMPOUNDCURVE (CIRCULARSTRING (${places}), (${x + 100} ${y}, ${x} ${y}))`
  const geometry = readWkt(`CURVEPOLYGON (${ring}, (${x + 40} ${y + 10}, ${x + 60} ${y + 10}, ${x + 50} ${y + 20}, ${x + 40} ${y + 10}))`)
  expect(geometry).toMatchObject({ type: 'Polygon', coordinates: [expect.anything(), expect.anything()] })
  expect(readWkt(`MULTISURFACE (CURVEPOLYGON (${ring}), ((0 0, 4 0, 4 4, 0 0)))`)).toMatchObject({ type: 'MultiPolygon' })
  expect(readWkt(`MULTICURVE ((0 0, 1 1), CIRCULARSTRING (${places}))`)).toMatchObject({ type: 'MultiLineString' })
  expect(() => readWkt(`COMPOUNDCURVE (CIRCULARSTRING (${places}), (7 7, 8 8))`)).toThrow(GeometryError)
})

test('a circle of three places closes', () => {
  const ring = `<gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Circle>${posList(half)}</gml:Circle></gml:segments></gml:Curve></gml:curveMember></gml:Ring>`
  const geometry = gml(`<gml:Polygon><gml:exterior>${ring}</gml:exterior></gml:Polygon>`)
  const [line = []] = geometry.type === 'Polygon' ? geometry.coordinates : []
  expect(line[0]).toEqual(line.at(-1))
  expect(stray(line, [x + 50, y], 50)).toBeLessThanOrEqual(0.0100001)
})

test.each<[string, string, Geometry]>([
  [
    'a collection',
    'GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))',
    {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: [1, 2] },
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    },
  ],
  [
    'points in brackets and without',
    'MULTIPOINT ((1 2), 3 4)',
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  ['heights and measures', 'POINT ZM (1 2 3 4)', { type: 'Point', coordinates: [1, 2] }],
  ['numbers as Oracle prints them', 'POINT (5.13E5 -.5)', { type: 'Point', coordinates: [513_000, -0.5] }],
  ['nothing', 'POLYGON EMPTY', { type: 'Polygon', coordinates: [] }],
  [
    'small letters',
    'polygon((0 0,4 0,4 4,0 0))',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 0],
        ],
      ],
    },
  ],
])('WKT: %s', (_what, text, geometry) => {
  expect(readWkt(text)).toEqual(geometry)
})

test.each([
  'POINT (1)',
  'POINT (1 2',
  'POINT (1 2) x',
  'POINT (a b)',
  'TIN (((0 0, 1 1, 2 0, 0 0)))',
  'LINESTRING (1 2,, 3 4)',
  '',
  'POINT (1 2 3 4 5)',
])('%p is no WKT', text => {
  expect(() => readWkt(text)).toThrow(GeometryError)
})

test('a text column may hold WKB in digits, or GeoJSON', () => {
  const point: Geometry = { type: 'Point', coordinates: [1, 2] }
  expect(readGeometryText('0101000000000000000000F03F0000000000000040')).toEqual({ geometry: point })
  expect(readGeometryText('0101000020E8640000000000000000F03F0000000000000040')).toEqual({ geometry: point, srid: 25832 })
  expect(readGeometryText('{"type":"Point","coordinates":[1,2,403]}')).toEqual({ geometry: point })
  expect(() => readGeometryText('{"type":')).toThrow(GeometryError)
})

test('WKB of an arc, as PostGIS and SQL Server write it', () => {
  const wkb = '01080000000300000000000000000000000000000000000000000000000000f03f000000000000f03f00000000000000400000000000000000'
  const { geometry } = readWkb(Buffer.from(wkb, 'hex'))
  expect(geometry).toMatchObject({ type: 'LineString' })
  expect(stray(geometry.type === 'LineString' ? geometry.coordinates : [], [1, 0], 1)).toBeLessThan(2e-7)
})

test('a hole that is written before the ring around it is a hole all the same', () => {
  const [hole, outer]: Position[][] = [
    [
      [9.12, 47.62],
      [9.13, 47.62],
      [9.13, 47.63],
      [9.12, 47.62],
    ],
    [
      [9.1, 47.6],
      [9.2, 47.6],
      [9.2, 47.7],
      [9.1, 47.6],
    ],
  ]
  const shape = tidy({ type: 'Polygon', coordinates: [hole!, outer!] })
  expect(shape).toEqual(tidy({ type: 'Polygon', coordinates: [outer!, hole!] }))
  expect(shape).toMatchObject({ coordinates: [outer, expect.anything()] })
})

test('a list of one point is a point; of several nobody knows which', () => {
  const shape = (...coordinates: Position[]) => toShape({ type: 'MultiPoint', coordinates }, 'EPSG:4326', 'point')
  expect(shape([9.1, 47.6])).toEqual({ type: 'Point', coordinates: [9.1, 47.6] })
  expect(shape([9.1, 47.6], [9.2, 47.6])).toBeUndefined()
})
