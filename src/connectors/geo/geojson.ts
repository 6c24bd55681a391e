/** Is this GeoJSON a geometry? */

import type { Geometry, Position } from '../../model/index.ts'
import { GeometryError } from './error.ts'

/** Collections in collections; a source that nests deeper is no source of maps. */
const deepest = 8

/**
 * A GeoJSON geometry, checked in form: every position has at least two finite numbers; heights and measures are dropped.
 * Coordinates may be of any reference system. Empty geometries are let through, empty.
 *
 * @param value parsed JSON: a geometry, not a Feature; other members (`crs`, `bbox`) are left out
 * @throws GeometryError for anything else, null included
 * @see RFC 7946, 3.1
 * @example
 *   readGeoJson({ type: 'Point', coordinates: [9.17, 47.66, 403] })  // → { type: 'Point', coordinates: [9.17, 47.66] }
 */
export function readGeoJson(value: unknown): Geometry {
  return geometry(value, 0)
}

function geometry(value: unknown, depth: number): Geometry {
  if (typeof value !== 'object' || value === null) throw new GeometryError('not a geometry object')
  const { type, coordinates, geometries } = value as Record<string, unknown>
  switch (type) {
    case 'Point':
      return { type, coordinates: point(coordinates) }
    case 'MultiPoint':
    case 'LineString':
      return { type, coordinates: positions(coordinates) }
    case 'MultiLineString':
    case 'Polygon':
      return { type, coordinates: list(coordinates).map(positions) }
    case 'MultiPolygon':
      return { type, coordinates: list(coordinates).map(rings => list(rings).map(positions)) }
    case 'GeometryCollection':
      if (depth >= deepest) throw new GeometryError('collections are nested too deep')
      return { type, geometries: list(geometries).map(part => geometry(part, depth + 1)) }
    default:
      throw new GeometryError('not a type of geometry')
  }
}

function point(value: unknown): Position {
  return Array.isArray(value) && value.length === 0 ? [] : position(value)
}

function positions(value: unknown): Position[] {
  return list(value).map(position)
}

function position(value: unknown): Position {
  const [x, y] = list(value)
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) {
    throw new GeometryError('a position is not two finite numbers')
  }
  return [x, y]
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new GeometryError('coordinates are not nested as their type wants')
  return value
}
