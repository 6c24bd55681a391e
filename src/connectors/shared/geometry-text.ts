/** Which geometry does a text column hold? */

import { GeometryError, readGeoJson, readWkb, type WkbGeometry } from '../geo/index.ts'
import { readWkt } from './wkt.ts'

/**
 * A geometry that a table keeps as text: WKT (also with `SRID=…;` before it), WKB or EWKB in hexadecimal digits, or GeoJSON. Which one it
 * is shows at its first letter.
 *
 * @throws GeometryError for anything else
 * @example
 *   readGeometryText('SRID=25832;POINT (513000 5278000)')  // → { geometry: { type: 'Point', coordinates: [513000, 5278000] }, srid: 25832 }
 *   readGeometryText('{"type":"Point","coordinates":[9.1,47.6]}')  // → { geometry: { type: 'Point', coordinates: [9.1, 47.6] } }
 */
export function readGeometryText(text: string): WkbGeometry {
  const trimmed = text.trim()
  if (/^0[01]([0-9a-f]{2})+$/i.test(trimmed)) return readWkb(Buffer.from(trimmed, 'hex'))
  if (trimmed.startsWith('{')) return { geometry: readGeoJson(parsed(trimmed)) }
  const srid = Number(/^SRID\s*=\s*(\d+)\s*;/i.exec(trimmed)?.[1] ?? 0)
  return { geometry: readWkt(trimmed), ...(srid > 0 && { srid }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GeometryError('neither well-known text nor JSON', cause)
  }
}
