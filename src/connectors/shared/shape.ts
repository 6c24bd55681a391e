/** How does a geometry that a source wrote become a cell? */

import type { FieldType, Geometry } from '../../model/index.ts'
import { GeometryError, tidy, toWgs84 } from '../geo/index.ts'

/**
 * A geometry in its canonical form: WGS 84, tidy, and of the declared kind.
 *
 * @param geometry x before y, in `crs`; a function may read it first and throw GeometryError
 * @param crs      as declared or as the source says; any spelling that `crsOf` knows
 * @returns        null for an empty geometry; `undefined` when it cannot be served or is of another kind: the caller counts it as
 *                 a problem and serves null
 */
export function toShape(geometry: Geometry | (() => Geometry), crs: string, type: FieldType): Geometry | null | undefined {
  try {
    const shape = tidy(toWgs84(typeof geometry === 'function' ? geometry() : geometry, crs))
    return shape === null ? null : ofKind(shape, type)
  } catch (error) {
    if (error instanceof GeometryError) return undefined
    throw error
  }
}

/** A point may come as a list of one; of a list of several nobody knows which one is meant. */
function ofKind(shape: Geometry, type: FieldType): Geometry | undefined {
  if (type === 'point' && shape.type === 'MultiPoint')
    return shape.coordinates.length === 1 ? { type: 'Point', coordinates: shape.coordinates[0]! } : undefined
  return kinds[type]?.includes(shape.type) ? shape : undefined
}

const kinds: Partial<Record<FieldType, readonly Geometry['type'][]>> = {
  point: ['Point'],
  line: ['LineString', 'MultiLineString'],
  polygon: ['Polygon', 'MultiPolygon'],
  geometry: ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon', 'GeometryCollection'],
}
