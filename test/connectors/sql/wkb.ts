/** Well-known binary for tests: points, polygons and multipolygons. */

import type { Geometry, Position } from '../../../src/model/index.ts'

/** @param srid written into the bytes (EWKB) when it is given */
export function toWkb(geometry: Geometry, srid?: number): Buffer {
  const flag = srid === undefined ? 0 : 0x20000000
  const id = srid === undefined ? Buffer.alloc(0) : uint32(srid)
  switch (geometry.type) {
    case 'Point':
      return Buffer.concat([head(1 + flag), id, position(geometry.coordinates)])
    case 'Polygon':
      return Buffer.concat([head(3 + flag), id, list(geometry.coordinates, ring)])
    case 'MultiPolygon':
      return Buffer.concat([head(6 + flag), id, list(geometry.coordinates, coordinates => toWkb({ type: 'Polygon', coordinates }))])
    default:
      throw new TypeError(`no test has a ${geometry.type}`)
  }
}

/** The header of GeoPackage before WKB (OGC 12-128r18, 2.1.3), without an envelope. */
export function toGeoPackage(geometry: Geometry, srid: number): Buffer {
  return Buffer.concat([Buffer.from([0x47, 0x50, 0, 1]), uint32(srid), toWkb(geometry)])
}

function head(type: number): Buffer {
  return Buffer.concat([Buffer.from([1]), uint32(type)])
}

function ring(positions: readonly Position[]): Buffer {
  return list(positions, position)
}

function list<T>(items: readonly T[], write: (item: T) => Buffer): Buffer {
  return Buffer.concat([uint32(items.length), ...items.map(write)])
}

function position([x = 0, y = 0]: Position): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeDoubleLE(x, 0)
  bytes.writeDoubleLE(y, 8)
  return bytes
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number >>> 0)
  return bytes
}
