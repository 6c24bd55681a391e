/** What geometry does a well-known text mean? */

import type { Geometry } from '../../model/index.ts'
import { GeometryError, readGeoJson } from '../geo/index.ts'

const kinds = new Map([
  ['POINT', 'Point'],
  ['LINESTRING', 'LineString'],
  ['POLYGON', 'Polygon'],
  ['MULTIPOINT', 'MultiPoint'],
  ['MULTILINESTRING', 'MultiLineString'],
  ['MULTIPOLYGON', 'MultiPolygon'],
])

/**
 * The geometry of a well-known text, x before y; heights and measures are dropped, a leading `SRID=…;` is skipped.
 *
 * @throws GeometryError for curves, collections and whatever is no WKT
 * @see OGC 06-103r4, 7
 * @example
 *   readWkt('POINT (9.18 47.66)')            // → { type: 'Point', coordinates: [9.18, 47.66] }
 *   readWkt('LINESTRING Z (0 0 5, 1 1 5)')   // → { type: 'LineString', coordinates: [[0, 0], [1, 1]] }
 */
export function readWkt(text: string): Geometry {
  const parts = /^\s*(?:SRID\s*=\s*\d+\s*;)?\s*([a-z]+?)\s*(?:\s(?:ZM|Z|M))?\s*(EMPTY|\(.*\))\s*$/is.exec(text)
  const type = kinds.get(parts?.[1]?.toUpperCase() ?? '')
  if (!parts || !type) throw new GeometryError('not a well-known text')
  const lists = /^EMPTY$/i.test(parts[2]!) ? [] : nested(type === 'MultiPoint' ? withoutInnerBrackets(parts[2]!) : parts[2]!)
  return readGeoJson({ type, coordinates: type === 'Point' ? onlyOne(lists) : lists })
}

/** Brackets around numbers become JSON once each position is an array. */
function nested(text: string): unknown[] {
  const json = text
    .replace(/[^(),]+/g, part => (part.trim() === '' ? '' : `[${part.trim().replace(/\s+/g, ',')}]`))
    .replaceAll('(', '[')
    .replaceAll(')', ']')
  try {
    return JSON.parse(json) as unknown[]
  } catch (cause) {
    throw new GeometryError('not a well-known text', cause)
  }
}

/** A multipoint may wrap each of its points in brackets, or not. */
function withoutInnerBrackets(text: string): string {
  return `(${text.trim().slice(1, -1).replace(/[()]/g, '')})`
}

function onlyOne(positions: readonly unknown[]): unknown {
  if (positions.length > 1) throw new GeometryError('a point has one position')
  return positions[0] ?? []
}
