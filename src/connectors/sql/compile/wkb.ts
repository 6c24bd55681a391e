/** How is an area written for a database to read? */

import type { Position } from '../../../model/index.ts'

/**
 * A polygon in well-known binary, little-endian, two dimensions, without a reference system.
 *
 * @param rings outer ring first, x before y
 * @see OGC 06-103r4, 8.2
 */
export function wkbOf(rings: readonly (readonly Position[])[]): Uint8Array {
  const bytes = new Uint8Array(9 + rings.reduce((sum, ring) => sum + 4 + ring.length * 16, 0))
  const cursor = { view: new DataView(bytes.buffer), at: 9 }
  cursor.view.setUint8(0, 1)
  cursor.view.setUint32(1, polygon, true)
  cursor.view.setUint32(5, rings.length, true)
  for (const ring of rings) writeRing(cursor, ring)
  return bytes
}

const polygon = 3

interface Cursor {
  readonly view: DataView
  at: number
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
