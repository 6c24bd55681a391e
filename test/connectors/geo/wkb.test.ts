/** Geometry from the bytes of a database. */

import { GeometryError, readWkb } from '../../../src/connectors/geo/index.ts'
import type { Geometry } from '../../../src/model/index.ts'

/** Written by PostGIS 3.3: ISO WKB little-endian, and EWKB big-endian with SRID 25832. */
const written: readonly (readonly [string, Geometry, string, string])[] = [
  [
    'POINT Z(1 2 3)',
    { type: 'Point', coordinates: [1, 2] },
    '01e9030000000000000000f03f00000000000000400000000000000840',
    '00a0000001000064e83ff000000000000040000000000000004008000000000000',
  ],
  [
    'POINT EMPTY',
    { type: 'Point', coordinates: [] },
    '0101000000000000000000f87f000000000000f87f',
    '0020000001000064e87ff80000000000007ff8000000000000',
  ],
  [
    'LINESTRING M(0 0 1,1 1 2)',
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
    '01d20700000200000000000000000000000000000000000000000000000000f03f000000000000f03f000000000000f03f0000000000000040',
    '0060000002000064e800000002000000000000000000000000000000003ff00000000000003ff00000000000003ff00000000000004000000000000000',
  ],
  [
    'POLYGON with a hole',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
          [0, 0],
        ],
        [
          [1, 1],
          [1, 2],
          [2, 2],
          [2, 1],
          [1, 1],
        ],
      ],
    },
    '01030000000200000005000000000000000000000000000000000000000000000000001040000000000000000000000000000010400000000000001040000000000000000000000000000010400000000000000000000000000000000005000000000000000000f03f000000000000f03f000000000000f03f0000000000000040000000000000004000000000000000400000000000000040000000000000f03f000000000000f03f000000000000f03f',
    '0020000003000064e800000002000000050000000000000000000000000000000040100000000000000000000000000000401000000000000040100000000000000000000000000000401000000000000000000000000000000000000000000000000000053ff00000000000003ff00000000000003ff000000000000040000000000000004000000000000000400000000000000040000000000000003ff00000000000003ff00000000000003ff0000000000000',
  ],
  [
    'MULTIPOINT(0 0,1 1)',
    {
      type: 'MultiPoint',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
    '0104000000020000000101000000000000000000000000000000000000000101000000000000000000f03f000000000000f03f',
    '0020000004000064e80000000200000000010000000000000000000000000000000000000000013ff00000000000003ff0000000000000',
  ],
  [
    'MULTILINESTRING((0 0,1 1),(2 2,3 3))',
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
    '01050000000200000001020000000200000000000000000000000000000000000000000000000000f03f000000000000f03f0102000000020000000000000000000040000000000000004000000000000008400000000000000840',
    '0020000005000064e800000002000000000200000002000000000000000000000000000000003ff00000000000003ff00000000000000000000002000000024000000000000000400000000000000040080000000000004008000000000000',
  ],
  [
    'MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))',
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
        [
          [
            [5, 5],
            [6, 5],
            [6, 6],
            [5, 5],
          ],
        ],
      ],
    },
    '0106000000020000000103000000010000000400000000000000000000000000000000000000000000000000f03f0000000000000000000000000000f03f000000000000f03f000000000000000000000000000000000103000000010000000400000000000000000014400000000000001440000000000000184000000000000014400000000000001840000000000000184000000000000014400000000000001440',
    '0020000006000064e80000000200000000030000000100000004000000000000000000000000000000003ff000000000000000000000000000003ff00000000000003ff0000000000000000000000000000000000000000000000000000003000000010000000440140000000000004014000000000000401800000000000040140000000000004018000000000000401800000000000040140000000000004014000000000000',
  ],
  [
    'GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))',
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
    '0107000000020000000101000000000000000000f03f000000000000004001020000000200000000000000000000000000000000000000000000000000f03f000000000000f03f',
    '0020000007000064e80000000200000000013ff00000000000004000000000000000000000000200000002000000000000000000000000000000003ff00000000000003ff0000000000000',
  ],
]

test.each(written)('%s is read from WKB and from EWKB with its system', (_wkt, geometry, wkb, ewkb) => {
  expect(readWkb(bytes(wkb))).toEqual({ geometry })
  expect(readWkb(bytes(ewkb))).toEqual({ geometry, srid: 25832 })
})

test.each(written)('%s is refused at every length that is too short, and with a byte too many', (_wkt, _geometry, wkb, ewkb) => {
  for (const hex of [wkb, ewkb]) {
    const whole = bytes(hex)
    for (let length = 0; length < whole.length; length++) expect(() => readWkb(whole.subarray(0, length))).toThrow(GeometryError)
    expect(() => readWkb(Buffer.concat([whole, new Uint8Array(1)]))).toThrow(GeometryError)
  }
})

test.each([
  ['an arc of two places', '010800000002000000000000000000000000000000000000000000f03f000000000000f03f'],
  ['a surface of triangles', '010f00000000000000'],
  ['a polygon in a multipoint', '01040000000100000001030000000000000000'],
  ['a byte order that is none', '7f01000000000000000000f03f0000000000000040'],
  ['a code of no kind', '01ff0f0000000000000000f03f0000000000000040'],
  ['NaN beside a number', '0101000000000000000000f87f0000000000000040'],
  ['infinity', '0101000000000000000000f07f0000000000000040'],
  ['four thousand million points in no bytes', '0102000000ffffffff'],
  ['text', Buffer.from('POINT(1 2)').toString('hex')],
])('%s is refused', (_what, hex) => {
  expect(() => readWkb(bytes(hex))).toThrow(GeometryError)
})

test('collections nested without end are refused before the stack is full', () => {
  const bomb = Buffer.concat([...Array.from({ length: 50_000 }, () => bytes('010700000001000000')), bytes('010700000000000000')])
  expect(() => readWkb(bomb)).toThrow(GeometryError)
})

describe('the header of GeoPackage', () => {
  const point = '0101000000000000000000f03f0000000000000040'

  test.each([
    ['without an envelope, little-endian', `47500001e8640000${point}`, 25832],
    ['big-endian', `47500000000064e8${point}`, 25832],
    ['with an envelope of four numbers', `47500003e8640000${'00'.repeat(32)}${point}`, 25832],
    ['with an envelope of eight numbers', `47500009e8640000${'00'.repeat(64)}${point}`, 25832],
    ['of an undefined system', `47500001ffffffff${point}`, undefined],
  ])('%s', (_what, hex, srid) => {
    expect(readWkb(bytes(hex))).toEqual({ geometry: { type: 'Point', coordinates: [1, 2] }, ...(srid && { srid }) })
  })

  test.each([
    ['an extended type', `47500021e8640000${point}`],
    ['an envelope indicator that is none', `4750000be8640000${point}`],
    ['nothing behind it', '47500001e8640000'],
    ['half of it', '475000'],
  ])('is refused with %s', (_what, hex) => {
    expect(() => readWkb(bytes(hex))).toThrow(GeometryError)
  })
})

test('bytes may lie anywhere in their buffer', () => {
  const padded = Buffer.concat([bytes('ffff'), bytes('0101000000000000000000f03f0000000000000040')])
  expect(readWkb(padded.subarray(2)).geometry).toEqual({ type: 'Point', coordinates: [1, 2] })
})

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}
