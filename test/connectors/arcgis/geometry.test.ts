/** Are Esri's shapes the shapes that people see on their maps? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { esriArea, esriBox, readEsri } from '../../../src/connectors/arcgis/geometry.ts'
import { GeometryError } from '../../../src/connectors/geo/index.ts'

/** A square, clockwise: an outer ring. */
const clockwise = (from: number, to: number): number[][] => [
  [from, from],
  [from, to],
  [to, to],
  [to, from],
  [from, from],
]
const anticlockwise = (from: number, to: number): number[][] => clockwise(from, to).reverse()

test.each([
  ['a point', { x: 9.17, y: 47.66, z: 400 }, { type: 'Point', coordinates: [9.17, 47.66] }],
  ['a point with more digits than a float', { x: '413824.91185447818134', y: '0' }, { type: 'Point', coordinates: [413824.9118544782, 0] }],
  ['an empty point', { x: 'NaN', y: 'NaN' }, null],
  ['a point without coordinates', { x: null }, null],
  [
    'many points',
    {
      points: [
        [1, 2, 3],
        [4, 5],
      ],
    },
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [4, 5],
      ],
    },
  ],
  [
    'a line',
    {
      paths: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    },
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  [
    'two lines',
    {
      paths: [
        [
          [0, 0],
          [1, 1],
        ],
        [],
        [
          [2, 2],
          [3, 3],
        ],
      ],
    },
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [2, 2],
          [3, 3],
        ],
      ],
    },
  ],
  ['nothing', { rings: [] }, null],
  ['no shape at all', null, null],
])('reads %s', (_name, esri, geojson) => {
  expect(readEsri(esri)).toEqual(geojson)
})

test('a ring that runs the other way is a hole', () => {
  expect(readEsri({ rings: [clockwise(0, 10), anticlockwise(4, 6)] })).toEqual({
    type: 'Polygon',
    coordinates: [clockwise(0, 10), anticlockwise(4, 6)],
  })
})

test('a hole belongs to the smallest ring around it, in whatever order they come', () => {
  const rings = [
    anticlockwise(4, 5),
    clockwise(0, 100),
    anticlockwise(2, 50),
    clockwise(3, 20),
    clockwise(200, 210),
    anticlockwise(201, 202),
  ]
  expect(readEsri({ rings })).toEqual({
    type: 'MultiPolygon',
    coordinates: [
      [clockwise(0, 100), anticlockwise(2, 50)],
      [clockwise(3, 20), anticlockwise(4, 5)],
      [clockwise(200, 210), anticlockwise(201, 202)],
    ],
  })
})

test('a hole in nothing is an area drawn the wrong way round', () => {
  expect(readEsri({ rings: [anticlockwise(0, 10)] })).toMatchObject({ type: 'Polygon', coordinates: [anticlockwise(0, 10)] })
})

test.each([
  [
    'a Bézier curve',
    {
      curvePaths: [
        [
          [0, 0],
          {
            b: [
              [1, 1],
              [2, 2],
              [3, 3],
            ],
          },
        ],
      ],
    },
  ],
  [
    'a curve that starts nowhere',
    {
      curvePaths: [
        [
          {
            c: [
              [1, 1],
              [2, 2],
            ],
          },
        ],
      ],
    },
  ],
  ['an envelope', { xmin: 0, ymin: 0, xmax: 1, ymax: 1 }],
  ['a text', 'POINT (1 2)'],
  ['half a position', { paths: [[[0]]] }],
  ['a point with words', { x: 'links', y: 1 }],
])('does not take %s for a shape', (_name, esri) => {
  expect(() => readEsri(esri)).toThrow(GeometryError)
})

test('heights and measures of a real answer are left out', () => {
  const answer = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../data/arcgis-rest-js/polygon_zm.json'), 'utf8'))
  const { rings } = answer.features[0].geometry
  expect(rings[0][0]).toHaveLength(4)
  expect(readEsri({ rings })).toEqual({ type: 'Polygon', coordinates: [rings[0].map(([x, y]: number[]) => [x, y])] })
})

test('an area is asked for with its outer rings clockwise and its holes the other way', () => {
  const area = { type: 'MultiPolygon', coordinates: [[anticlockwise(0, 10), clockwise(4, 6)], [clockwise(20, 30)]] } as const
  expect(JSON.parse(esriArea(area).geometry!)).toEqual({
    rings: [clockwise(0, 10), anticlockwise(4, 6), clockwise(20, 30)],
    spatialReference: { wkid: 4326 },
  })
})

test('a box is asked for in degrees', () => {
  expect(esriBox([9.1, 47.6, 9.2, 47.7])).toEqual({
    geometry: '9.1,47.6,9.2,47.7',
    geometryType: 'esriGeometryEnvelope',
    inSR: '4326',
    spatialRel: 'esriSpatialRelIntersects',
  })
})
