/** GML is read as it is meant, in every way that GML has had since 2000. */

import { srsOf } from '../../../src/connectors/features/axes.ts'
import { GeometryError } from '../../../src/connectors/geo/index.ts'
import { readElement } from '../../../src/connectors/shared/xml.ts'
import { readGml } from '../../../src/connectors/wfs/gml.ts'
import type { Geometry } from '../../../src/model/index.ts'

const read = (gml: string) =>
  readGml(readElement(`<r xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink">${gml}</r>`).children[0]!)
const ring = (positions: string) => `<gml:LinearRing><gml:posList>${positions}</gml:posList></gml:LinearRing>`
const square = '0 0 4 0 4 4 0 4 0 0'
const hole = '1 1 1 2 2 2 2 1 1 1'
const squareRing = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
]
const holeRing = [
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 1],
  [1, 1],
]
const polygon = `<gml:Polygon><gml:exterior>${ring(square)}</gml:exterior><gml:interior>${ring(hole)}</gml:interior></gml:Polygon>`
const patch = polygon.replaceAll('gml:Polygon>', 'gml:PolygonPatch>')
const line = '<gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString>'
const segment = (positions: string) => `<gml:LineStringSegment><gml:posList>${positions}</gml:posList></gml:LineStringSegment>`

test.each<[string, string, Geometry]>([
  ['a point', '<gml:Point><gml:pos>1 2</gml:pos></gml:Point>', { type: 'Point', coordinates: [1, 2] }],
  ['a point with line ends in it', '<gml:Point><gml:pos>\n  1\n  2\n</gml:pos></gml:Point>', { type: 'Point', coordinates: [1, 2] }],
  ['a point of GML 2', '<gml:Point><gml:coordinates>1,2</gml:coordinates></gml:Point>', { type: 'Point', coordinates: [1, 2] }],
  [
    'a point with a decimal comma',
    '<gml:Point><gml:coordinates decimal="," cs=";" ts=" ">1,5;2,5</gml:coordinates></gml:Point>',
    { type: 'Point', coordinates: [1.5, 2.5] },
  ],
  [
    'a point in X and Y',
    '<gml:Point><gml:coord><gml:X>1</gml:X><gml:Y>2</gml:Y></gml:coord></gml:Point>',
    { type: 'Point', coordinates: [1, 2] },
  ],
  ['a point with a height', '<gml:Point srsDimension="3"><gml:pos>1 2 403</gml:pos></gml:Point>', { type: 'Point', coordinates: [1, 2] }],
  [
    'a point in a compound system',
    '<gml:Point srsName="urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837"><gml:pos>1 2 403</gml:pos></gml:Point>',
    { type: 'Point', coordinates: [1, 2] },
  ],
  ['an empty point', '<gml:Point/>', { type: 'Point', coordinates: [] }],
  [
    'points',
    '<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:pointMember><gml:pointMembers><gml:Point><gml:pos>3 4</gml:pos></gml:Point><gml:Point><gml:pos>5 6</gml:pos></gml:Point></gml:pointMembers></gml:MultiPoint>',
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
  ],
  [
    'a line',
    line,
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  [
    'a line with heights',
    '<gml:LineString><gml:posList srsDimension="3">0 0 9 1 1 9</gml:posList></gml:LineString>',
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  [
    'a line of single positions',
    '<gml:LineString><gml:pos>0 0</gml:pos><gml:pos>1 1</gml:pos></gml:LineString>',
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  [
    'a line of GML 2',
    '<gml:LineString><gml:coordinates>0,0 1,1\n 2,0</gml:coordinates></gml:LineString>',
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
        [2, 0],
      ],
    },
  ],
  [
    'a curve of straight segments',
    `<gml:Curve><gml:segments>${segment('0 0 1 1')}${segment('1 1 2 0')}</gml:segments></gml:Curve>`,
    {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
        [2, 0],
      ],
    },
  ],
  [
    'a curve the other way round',
    `<gml:OrientableCurve orientation="-"><gml:baseCurve>${line}</gml:baseCurve></gml:OrientableCurve>`,
    {
      type: 'LineString',
      coordinates: [
        [1, 1],
        [0, 0],
      ],
    },
  ],
  [
    'lines',
    `<gml:MultiCurve><gml:curveMember>${line}</gml:curveMember><gml:curveMembers>${line}</gml:curveMembers></gml:MultiCurve>`,
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [0, 0],
          [1, 1],
        ],
      ],
    },
  ],
  ['a polygon with a hole', polygon, { type: 'Polygon', coordinates: [squareRing, holeRing] }],
  [
    'a polygon of GML 2',
    '<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 4,0 4,4 0,4 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>',
    { type: 'Polygon', coordinates: [squareRing] },
  ],
  [
    'a polygon whose ring is of curves',
    `<gml:Polygon><gml:exterior><gml:Ring><gml:curveMember>${line.replace('0 0 1 1', '0 0 4 0 4 4')}</gml:curveMember><gml:curveMember><gml:Curve><gml:segments>${segment('4 4 0 4 0 0')}</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon>`,
    { type: 'Polygon', coordinates: [squareRing] },
  ],
  ['an empty polygon', '<gml:Polygon/>', { type: 'Polygon', coordinates: [] }],
  [
    'a surface of one patch',
    `<gml:Surface><gml:patches>${patch}</gml:patches></gml:Surface>`,
    { type: 'Polygon', coordinates: [squareRing, holeRing] },
  ],
  [
    'a surface of two patches',
    `<gml:Surface><gml:patches>${patch}${patch}</gml:patches></gml:Surface>`,
    {
      type: 'MultiPolygon',
      coordinates: [
        [squareRing, holeRing],
        [squareRing, holeRing],
      ],
    },
  ],
  [
    'a multisurface of a surface and a polygon',
    `<gml:MultiSurface><gml:surfaceMember><gml:Surface><gml:patches>${patch}</gml:patches></gml:Surface></gml:surfaceMember><gml:surfaceMembers>${polygon}</gml:surfaceMembers></gml:MultiSurface>`,
    {
      type: 'MultiPolygon',
      coordinates: [
        [squareRing, holeRing],
        [squareRing, holeRing],
      ],
    },
  ],
  [
    'a multipolygon of GML 2',
    `<gml:MultiPolygon><gml:polygonMember>${polygon}</gml:polygonMember></gml:MultiPolygon>`,
    { type: 'MultiPolygon', coordinates: [[squareRing, holeRing]] },
  ],
  [
    'a collection',
    `<gml:MultiGeometry><gml:geometryMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:geometryMember><gml:geometryMember>${line}</gml:geometryMember></gml:MultiGeometry>`,
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
])('%s', (_what, gml, geometry) => {
  expect(read(gml).geometry).toEqual(geometry)
})

test('the system is found at the whole or at a part', () => {
  expect(read('<gml:Point srsName="EPSG:25832"><gml:pos>1 2</gml:pos></gml:Point>').srsName).toBe('EPSG:25832')
  const part = polygon.replace('<gml:Polygon>', '<gml:Polygon srsName="EPSG:25832">')
  expect(read(`<gml:MultiSurface><gml:surfaceMember>${part}</gml:surfaceMember></gml:MultiSurface>`).srsName).toBe('EPSG:25832')
  expect(read(polygon)).not.toHaveProperty('srsName')
})

test.each([
  [
    'a spline',
    '<gml:Curve><gml:segments><gml:CubicSpline><gml:posList>0 0 1 1 2 0</gml:posList></gml:CubicSpline></gml:segments></gml:Curve>',
  ],
  ['half an arc', '<gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 1 1</gml:posList></gml:Arc></gml:segments></gml:Curve>'],
  [
    'a circle in a ring',
    '<gml:Polygon><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:CircleByCenterPoint/></gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon>',
  ],
  ['a solid', '<gml:Solid/>'],
  ['a curve in two pieces', `<gml:Curve><gml:segments>${segment('0 0 1 1')}${segment('5 5 6 6')}</gml:segments></gml:Curve>`],
  ['a reference', '<gml:MultiSurface><gml:surfaceMember xlink:href="#p1"/></gml:MultiSurface>'],
  ['a word among the numbers', '<gml:Point><gml:pos>1 zwei</gml:pos></gml:Point>'],
  ['NaN', '<gml:Point><gml:pos>NaN NaN</gml:pos></gml:Point>'],
  ['a number too few', '<gml:LineString><gml:posList>0 0 1</gml:posList></gml:LineString>'],
  ['heights that nobody declared', '<gml:LineString><gml:posList>0 0 9 1 1 9 2 2 9</gml:posList></gml:LineString>'],
  ['an envelope', '<gml:Envelope><gml:lowerCorner>0 0</gml:lowerCorner></gml:Envelope>'],
  ['text', '<gml:Text>hier</gml:Text>'],
  [
    'nesting without end',
    `${'<gml:MultiGeometry><gml:geometryMember>'.repeat(30)}<gml:Point/>${'</gml:geometryMember></gml:MultiGeometry>'.repeat(30)}`,
  ],
])('%s is refused', (_what, gml) => {
  expect(() => read(gml)).toThrow(GeometryError)
})

test.each([
  ['urn:ogc:def:crs:EPSG::4326', 'EPSG:4326', true],
  ['urn:x-ogc:def:crs:EPSG::4326', 'EPSG:4326', true],
  ['http://www.opengis.net/def/crs/EPSG/0/4326', 'EPSG:4326', true],
  ['EPSG:4326', 'EPSG:4326', false],
  ['http://www.opengis.net/gml/srs/epsg.xml#4326', 'EPSG:4326', false],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', false],
  ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'EPSG:4326', false],
  ['urn:ogc:def:crs:EPSG::25832', 'EPSG:25832', false],
  ['EPSG:25832', 'EPSG:25832', false],
  ['urn:ogc:def:crs:EPSG::31467', 'EPSG:31467', true],
  ['EPSG:31467', 'EPSG:31467', false],
  ['urn:ogc:def:crs:EPSG::3857', 'EPSG:3857', false],
  ['urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837', 'EPSG:25832', false],
  ['urn:adv:crs:ETRS89_UTM32', 'EPSG:25832', false],
  ['urn:adv:crs:ETRS89_UTM33*DE_DHHN2016_NH', 'EPSG:25833', false],
  ['urn:adv:crs:DE_DHDN_3GK3', 'EPSG:31467', false],
])('%s means %s, north first: %s', (name, crs, yx) => {
  expect(srsOf(name)).toEqual({ name, crs, yx })
  expect(srsOf(name, 'yx')?.yx).toBe(true)
  expect(srsOf(name, 'xy')?.yx).toBe(false)
})

test('a system that is not known means nothing', () => {
  expect(srsOf('EPSG:2056')).toBeUndefined()
})
