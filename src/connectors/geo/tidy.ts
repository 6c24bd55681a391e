/** What does a geometry look like on the way out? */

import type { Geometry, Position } from '../../model/index.ts'
import { GeometryError } from './error.ts'
import { filled, isEmpty } from './walk.ts'

/**
 * A geometry as it is served: two dimensions, 7 decimals (about 1 cm), rings closed, outer rings anticlockwise and holes
 * clockwise, empty parts left out.
 *
 * @param geometry WGS 84, longitude before latitude
 * @returns        null when the geometry is empty
 * @throws GeometryError for positions that are not on earth, lines of fewer than two and rings of fewer than four positions, and
 *   rings without an area
 * @see RFC 7946, 3.1.6 and 4
 * @example
 *   tidy({ type: 'Point', coordinates: [9.1731230500150, 47.6552647032469, 403.2] })  // → { type: 'Point', coordinates: [9.1731231, 47.6552647] }
 *   tidy({ type: 'Point', coordinates: [] })                                          // → null
 */
export function tidy(geometry: Geometry): Geometry | null {
  if (isEmpty(geometry)) return null
  switch (geometry.type) {
    case 'Point':
      return { type: geometry.type, coordinates: position(geometry.coordinates) }
    case 'MultiPoint':
      return { type: geometry.type, coordinates: filled(geometry.coordinates).map(position) }
    case 'LineString':
      return { type: geometry.type, coordinates: line(geometry.coordinates) }
    case 'MultiLineString':
      return { type: geometry.type, coordinates: filled(geometry.coordinates).map(line) }
    case 'Polygon':
      return { type: geometry.type, coordinates: polygon(geometry.coordinates) }
    case 'MultiPolygon':
      return { type: geometry.type, coordinates: geometry.coordinates.filter(rings => filled(rings).length > 0).map(polygon) }
    case 'GeometryCollection':
      return { type: geometry.type, geometries: geometry.geometries.map(tidy).filter(part => part !== null) }
  }
}

function polygon(rings: readonly (readonly Position[])[]): Position[][] {
  if (!rings[0]?.length) throw new GeometryError('a polygon has holes but no outer ring')
  const [outer, ...holes] = outerFirst(filled(rings))
  return [ring(outer!, true), ...holes.map(hole => ring(hole, false))]
}

/** Sources have been seen to write a hole before the ring around it; a hole is always the smaller one. */
function outerFirst(rings: readonly (readonly Position[])[]): readonly (readonly Position[])[] {
  if (rings.length < 2) return rings
  const sizes = rings.map(ring => Math.abs(signedArea(ring)))
  const outer = sizes.indexOf(Math.max(...sizes))
  return [rings[outer]!, ...rings.filter((_, at) => at !== outer)]
}

function ring(positions: readonly Position[], anticlockwise: boolean): Position[] {
  const turned = positions.map(position)
  const [first, last] = [turned[0]!, turned.at(-1)!]
  if (first[0] !== last[0] || first[1] !== last[1]) turned.push(first)
  if (turned.length < 4) throw new GeometryError('a ring has fewer than four positions')
  // The sign is taken before rounding: a sliver of centimetres keeps its direction.
  const area = signedArea(positions)
  if (area === 0) throw new GeometryError('a ring has no area')
  return area > 0 === anticlockwise ? turned : turned.reverse()
}

function line(positions: readonly Position[]): Position[] {
  if (positions.length < 2) throw new GeometryError('a line has fewer than two positions')
  return positions.map(position)
}

function position([longitude, latitude]: Position): Position {
  // Written so that NaN is refused as well.
  if (!(Math.abs(longitude!) <= 180 && Math.abs(latitude!) <= 90)) throw new GeometryError('a position is not on earth')
  return [rounded(longitude!), rounded(latitude!)]
}

/** Twice the area, positive when the ring runs anticlockwise. Taken from the first corner, so that no digits cancel out. */
function signedArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] as readonly [number, number]
  let sum = 0
  for (let i = 1; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i] as readonly [number, number]
    const [x2, y2] = ring[i + 1] as readonly [number, number]
    sum += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
  }
  return sum
}

function rounded(degrees: number): number {
  // "+ 0" turns the -0 that JSON and tests would trip over into 0.
  return Math.round(degrees * 1e7) / 1e7 + 0
}
