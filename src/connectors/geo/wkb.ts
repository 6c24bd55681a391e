/** Which geometry does a binary column hold? */

import type { Geometry, Position } from '../../model/index.ts'
import { arcsThrough, chained } from './arc.ts'
import { GeometryError } from './error.ts'
import { filled } from './walk.ts'

export interface WkbGeometry {
  /** As stored: in its own reference system, x before y, heights and measures dropped. */
  readonly geometry: Geometry
  /** Number of the reference system, when the bytes say it and it is not 0 or negative. */
  readonly srid?: number
}

/**
 * A geometry in WKB: ISO or EWKB, either byte order, with the header of GeoPackage or without.
 *
 * Arcs become straight pieces, see `arcTolerance`.
 *
 * @returns empty geometries as such (`POINT EMPTY` is a point without coordinates)
 * @throws GeometryError for surfaces beyond polygons, for truncated bytes, for bytes left over, for numbers that are
 *   not finite
 * @see OGC 06-103r4, 8.2 (WKB); OGC 12-128r18, 2.1.3 (GeoPackage header)
 */
export function readWkb(bytes: Uint8Array): WkbGeometry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = isGeoPackage(bytes) ? geoPackageHeader(view) : { at: 0, srid: undefined }
  const cursor: Cursor = { view, at: header.at }
  const geometry = readGeometry(cursor, 0)
  if (cursor.at !== view.byteLength) throw new GeometryError('bytes are left over after the geometry')
  const srid = header.srid ?? cursor.srid
  return srid !== undefined && srid > 0 ? { geometry, srid } : { geometry }
}

interface Cursor {
  readonly view: DataView
  at: number
  srid?: number
}

interface Shape {
  readonly kind: number
  readonly little: boolean
  /** Numbers per position: 2, 3 or 4. */
  readonly size: number
}

const deepest = 8
const kinds = {
  point: 1,
  line: 2,
  polygon: 3,
  multiPoint: 4,
  multiLine: 5,
  multiPolygon: 6,
  collection: 7,
  arcs: 8,
  compoundCurve: 9,
  curvePolygon: 10,
  multiCurve: 11,
  multiSurface: 12,
} as const

function readGeometry(cursor: Cursor, depth: number): Geometry {
  if (depth > deepest) throw new GeometryError('collections are nested too deep')
  const shape = readShape(cursor)
  switch (shape.kind) {
    case kinds.point:
      return { type: 'Point', coordinates: readPoint(cursor, shape) }
    case kinds.line:
      return { type: 'LineString', coordinates: readPositions(cursor, shape) }
    case kinds.polygon:
      return { type: 'Polygon', coordinates: readRings(cursor, shape) }
    case kinds.multiPoint:
      return { type: 'MultiPoint', coordinates: filled(readParts(cursor, shape, kinds.point, readPoint)) }
    case kinds.multiLine:
      return { type: 'MultiLineString', coordinates: readParts(cursor, shape, kinds.line, readPositions) }
    case kinds.multiPolygon:
      return { type: 'MultiPolygon', coordinates: readParts(cursor, shape, kinds.polygon, readRings) }
    case kinds.collection:
      return { type: 'GeometryCollection', geometries: repeat(cursor, shape, 5, () => readGeometry(cursor, depth + 1)) }
    case kinds.arcs:
    case kinds.compoundCurve:
      return { type: 'LineString', coordinates: readCurve(cursor, shape, depth) }
    case kinds.curvePolygon:
      return { type: 'Polygon', coordinates: readSurface(cursor, shape, depth) }
    case kinds.multiCurve:
      return { type: 'MultiLineString', coordinates: repeat(cursor, shape, 5, () => readCurve(cursor, readShape(cursor), depth + 1)) }
    case kinds.multiSurface:
      return { type: 'MultiPolygon', coordinates: repeat(cursor, shape, 5, () => readSurface(cursor, readShape(cursor), depth + 1)) }
    default:
      // 15 … 17 are surfaces of faces and triangles in space, which have no shape on a map.
      throw new GeometryError(`geometry type ${shape.kind} cannot be served`)
  }
}

/** A line, perhaps of arcs: these become straight pieces, see `arcTolerance`. */
function readCurve(cursor: Cursor, shape: Shape, depth: number): Position[] {
  if (depth > deepest) throw new GeometryError('curves are nested too deep')
  switch (shape.kind) {
    case kinds.line:
      return readPositions(cursor, shape)
    case kinds.arcs:
      return arcsThrough(readPositions(cursor, shape))
    case kinds.compoundCurve:
      return chained(repeat(cursor, shape, 5, () => readCurve(cursor, readShape(cursor), depth + 1)))
    default:
      throw new GeometryError('a part is no curve')
  }
}

function readSurface(cursor: Cursor, shape: Shape, depth: number): Position[][] {
  if (shape.kind === kinds.polygon) return readRings(cursor, shape)
  if (shape.kind !== kinds.curvePolygon) throw new GeometryError('a part is no surface')
  return repeat(cursor, shape, 5, () => readCurve(cursor, readShape(cursor), depth + 1))
}

function readShape(cursor: Cursor): Shape {
  const order = cursor.view.getUint8(take(cursor, 1))
  if (order > 1) throw new GeometryError('not WKB')
  const little = order === 1
  const code = cursor.view.getUint32(take(cursor, 4), little)
  // EWKB marks Z, M and SRID with high bits, ISO adds 1000, 2000 or 3000 for Z, M or both.
  const base = code & 0x1fffffff
  const iso = Math.floor(base / 1000)
  if (iso > 3) throw new GeometryError('not WKB')
  const z = (code & 0x80000000) !== 0 || iso === 1 || iso === 3
  const m = (code & 0x40000000) !== 0 || iso === 2 || iso === 3
  if ((code & 0x20000000) !== 0) cursor.srid = cursor.view.getInt32(take(cursor, 4), little)
  return { kind: base % 1000, little, size: 2 + Number(z) + Number(m) }
}

function readPoint(cursor: Cursor, shape: Shape): Position {
  const [x, y] = readNumbers(cursor, shape)
  // WKB has no room for "no point": NaN in both places says it.
  return Number.isNaN(x) && Number.isNaN(y) ? [] : finite(x, y)
}

function readPositions(cursor: Cursor, shape: Shape): Position[] {
  return repeat(cursor, shape, shape.size * 8, () => finite(...readNumbers(cursor, shape)))
}

function readRings(cursor: Cursor, shape: Shape): Position[][] {
  return repeat(cursor, shape, 4, () => readPositions(cursor, shape))
}

/** The parts of a multi-geometry; each is written with a header of its own and must be of the one kind. */
function readParts<T>(cursor: Cursor, whole: Shape, kind: number, read: (cursor: Cursor, shape: Shape) => T): T[] {
  return repeat(cursor, whole, 5, () => {
    const shape = readShape(cursor)
    if (shape.kind !== kind) throw new GeometryError('a part is not of the type of the whole')
    return read(cursor, shape)
  })
}

function readNumbers(cursor: Cursor, { little, size }: Shape): [number, number] {
  const at = take(cursor, size * 8)
  return [cursor.view.getFloat64(at, little), cursor.view.getFloat64(at + 8, little)]
}

function finite(x: number, y: number): Position {
  if (!Number.isFinite(x) || !Number.isFinite(y)) throw new GeometryError('a coordinate is not a finite number')
  return [x, y]
}

/** Reads a count, and then so many things of at least `least` bytes: a count that the bytes cannot hold is no reason to wait. */
function repeat<T>(cursor: Cursor, { little }: Shape, least: number, read: () => T): T[] {
  const count = cursor.view.getUint32(take(cursor, 4), little)
  if (count * least > cursor.view.byteLength - cursor.at) throw truncated()
  return Array.from({ length: count }, read)
}

function take(cursor: Cursor, bytes: number): number {
  const at = cursor.at
  if (at + bytes > cursor.view.byteLength) throw truncated()
  cursor.at += bytes
  return at
}

function truncated(): GeometryError {
  return new GeometryError('the geometry ends too early')
}

function isGeoPackage(bytes: Uint8Array): boolean {
  return bytes[0] === 0x47 && bytes[1] === 0x50
}

/** Bytes of the envelope by the indicator in the flags. */
const envelopes = [0, 32, 48, 48, 64]

function geoPackageHeader(view: DataView): { readonly at: number; readonly srid: number } {
  if (view.byteLength < 8) throw truncated()
  const flags = view.getUint8(3)
  const envelope = envelopes[(flags >> 1) & 7]
  if (envelope === undefined || (flags & 0x20) !== 0) throw new GeometryError('an extended GeoPackage geometry')
  return { at: 8 + envelope, srid: view.getInt32(4, (flags & 1) === 1) }
}
