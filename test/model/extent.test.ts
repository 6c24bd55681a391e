/** Is it told rightly what has happened to places that lie far outside the city? */

import { type BBox, extentWords, type Geometry, judgeExtent, misplaced } from '../../src/model/index.ts'

const konstanz: BBox = [9.07, 47.64, 9.24, 47.78]
const point = (...coordinates: number[]): Geometry => ({ type: 'Point', coordinates })
const area = (x: number, y: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + 0.1, y],
      [x, y + 0.1],
      [x, y],
    ],
  ],
})

test.each<[string, Geometry, ReturnType<typeof misplaced>]>([
  ['in the city', point(9.17, 47.66), undefined],
  ['in the next town', point(9.39, 47.65), undefined],
  ['two towns on', point(9.48, 47.65), 'elsewhere'],
  ['with its coordinates exchanged', point(47.66, 9.17), 'swapped'],
  ['at 0/0', point(0, 0), 'zero'],
  ['at 0/0 of UTM 32', point(4.5112561, 0), 'zero'],
  ['in Berlin', point(13.4, 52.5), 'elsewhere'],
  [
    'that begins in the city and leads to Berlin',
    {
      type: 'LineString',
      coordinates: [
        [9.17, 47.66],
        [13.4, 52.5],
      ],
    },
    undefined,
  ],
  ['with an area over the border', area(8.95, 47.7), undefined],
  ['with an area in the wrong axes', area(47.7, 9.1), 'swapped'],
  ['with one part in the city', { type: 'GeometryCollection', geometries: [point(0, 0), area(9.1, 47.7)] }, undefined],
])('a place %s', (_where, geometry, expected) => {
  expect(misplaced(geometry, konstanz)).toBe(expected)
})

test.each<[string, Geometry[], RegExp | undefined]>([
  ['nothing to say', [point(9.17, 47.66)], undefined],
  ['nothing to look at', [], undefined],
  ['swapped axes, though some are empty', [point(47.66, 9.17), point(47.7, 9.1), point(0, 0)], /3 of 3 places .* axes look swapped/],
  ['missing values', [point(0, 0), point(9.17, 47.66)], /1 of 2 places lie at 0\/0/],
  ['a wrong system', [point(13.4, 52.5), point(13.5, 52.5)], /2 of 2 places .*: check crs\.$/],
  ['some wrong rows', [point(13.4, 52.5), point(9.17, 47.66)], /1 of 2 places .* or these rows in the source/],
])('the operator is told of %s', (_what, geometries, words) => {
  const said = extentWords(judgeExtent(geometries, konstanz))
  if (words) expect(said?.en).toMatch(words)
  else expect(said).toBeUndefined()
})
