/** How far is it? */

import type { Geometry, Position } from '../../model/index.ts'
import { GeometryError } from './error.ts'
import { inPolygon, segments } from './plane.ts'
import { partsOf } from './walk.ts'

/** WGS 84: semi-major axis in metres, first eccentricity squared. */
const a = 6_378_137
const e2 = 0.006_694_379_990_14

/**
 * Metres from a point to the nearest part of a geometry on the WGS 84 ellipsoid; 0 inside polygons. Edges are straight in longitude
 * and latitude (RFC 7946, 3.1.1).
 *
 * Gauß' mid-latitude formula: right to 1 cm up to 10 km, to 3 m up to 100 km, to 1 % up to 1,000 km at the latitudes of Europe;
 * within a degree of the poles it is not meant to be used.
 *
 * @param geometry WGS 84
 * @returns        metres; Infinity for an empty geometry
 * @throws GeometryError when a coordinate of the point is not a finite number
 */
export function metresBetween(geometry: Geometry, longitude: number, latitude: number): number {
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) throw new GeometryError('a coordinate is not a finite number')
  const here = [longitude, latitude]
  const { points, lines, polygons } = partsOf(geometry)
  if (polygons.some(polygon => inPolygon(here, polygon))) return 0
  let least = Number.POSITIVE_INFINITY
  for (const point of points) least = Math.min(least, length(offset(here, point)))
  for (const line of [...lines, ...polygons.flat()]) {
    for (const [from, to] of segments(line)) least = Math.min(least, toSegment(here, from, to))
  }
  return least
}

/** The foot of the perpendicular is found in a plane laid through the point, its distance measured on the ellipsoid. */
function toSegment(here: Position, from: Position, to: Position): number {
  const [x1, y1] = offset(here, from)
  const [x2, y2] = offset(here, to)
  const [dx, dy] = [x2 - x1, y2 - y1]
  const square = dx * dx + dy * dy
  const part = square === 0 ? 0 : Math.min(Math.max(-(x1 * dx + y1 * dy) / square, 0), 1)
  return length(offset(here, [from[0]! + (to[0]! - from[0]!) * part, from[1]! + (to[1]! - from[1]!) * part]))
}

/** Metres east and north from one point to another, by the radii of curvature half-way between them. */
function offset([lon1, lat1]: Position, [lon2, lat2]: Position): readonly [east: number, north: number] {
  const middle = radians((lat1! + lat2!) / 2)
  const flat = 1 - e2 * Math.sin(middle) ** 2
  // The shorter way round: 359° to the east is 1° to the west.
  const turn = ((((lon2! - lon1! + 180) % 360) + 360) % 360) - 180
  const east = (radians(turn) * Math.cos(middle) * a) / Math.sqrt(flat)
  const north = (radians(lat2! - lat1!) * a * (1 - e2)) / flat ** 1.5
  return [east, north]
}

function length([east, north]: readonly [number, number]): number {
  return Math.hypot(east, north)
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
