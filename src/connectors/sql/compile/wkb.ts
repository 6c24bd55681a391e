/** How is an area written for a database to read? */

import type { Geometry, Position } from '../../../model/index.ts'

type Rings = readonly (readonly Position[])[]

/**
 * A multipolygon in well-known binary, little-endian, two dimensions, without a reference system.
 *
 * @see OGC 06-103r4, 8.2
 */
export function wkbOf(area: Geometry): Uint8Array {
  const polygons: readonly Rings[] = area.type === 'MultiPolygon' ? area.coordinates : []
  const size = 9 + polygons.reduce((sum, rings) => sum + polygonSize(rings), 0)
  const bytes = new Uint8Array(size)
  const cursor = { view: new DataView(bytes.buffer), at: 0 }
  header(cursor, 6, polygons.length)
  for (const rings of polygons) {
    header(cursor, 3, rings.length)
    for (const ring of rings) writeRing(cursor, ring)
  }
  return bytes
}

interface Cursor {
  readonly view: DataView
  at: number
}

function polygonSize(rings: Rings): number {
  return 9 + rings.reduce((sum, ring) => sum + 4 + ring.length * 16, 0)
}

function header(cursor: Cursor, type: number, count: number): void {
  cursor.view.setUint8(cursor.at, 1)
  cursor.view.setUint32(cursor.at + 1, type, true)
  cursor.view.setUint32(cursor.at + 5, count, true)
  cursor.at += 9
}

function writeRing(cursor: Cursor, ring: readonly Position[]): void {
  cursor.view.setUint32(cursor.at, ring.length, true)
  cursor.at += 4
  for (const [x = 0, y = 0] of ring) {
    cursor.view.setFloat64(cursor.at, x, true)
    cursor.view.setFloat64(cursor.at + 8, y, true)
    cursor.at += 16
  }
}
