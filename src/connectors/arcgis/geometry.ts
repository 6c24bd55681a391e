/** What do Esri's shapes mean as GeoJSON, and ours to a service? */

import type { BBox, Geometry, Position } from '../../model/index.ts'
import { arcAround, arcsThrough, GeometryError, touchesArea } from '../geo/index.ts'
import { isObject } from '../shared/json.ts'

/**
 * A geometry of Esri JSON as GeoJSON, x before y, in the coordinates it has; heights and measures are dropped.
 *
 * Rings come in one list: those that run clockwise are outer rings, the others holes of the smallest outer ring around them. A hole
 * that lies in none is an outer ring drawn the wrong way round.
 *
 * @returns null for a shape without coordinates
 * Circular arcs become straight pieces, see `arcTolerance`.
 *
 * @throws GeometryError for other curves, envelopes and whatever is no shape
 * @see https://developers.arcgis.com/documentation/common-data-types/geometry-objects.htm
 * @example
 *   readEsri({ x: 9.17, y: 47.66 })          // → { type: 'Point', coordinates: [9.17, 47.66] }
 *   readEsri({ paths: [[[0, 0], [1, 1]]] })  // → { type: 'LineString', coordinates: [[0, 0], [1, 1]] }
 *   readEsri({ x: 'NaN', y: 'NaN' })         // → null
 */
export function readEsri(value: unknown): Geometry | null {
  if (value === null || value === undefined) return null
  if (!isObject(value)) throw new GeometryError('not a geometry object')
  if ('x' in value) return pointOf(value.x, value.y)
  if ('points' in value) return filled({ type: 'MultiPoint', coordinates: positions(value.points) })
  if ('paths' in value) return lineOf(list(value.paths).map(positions))
  if ('rings' in value) return polygonOf(list(value.rings).map(positions))
  if ('curvePaths' in value) return lineOf(list(value.curvePaths).map(curve))
  if ('curveRings' in value) return polygonOf(list(value.curveRings).map(curve))
  throw new GeometryError('not a shape that is known')
}

/** The parameters that ask for rows in a box. */
export function esriBox([west, south, east, north]: BBox): Readonly<Record<string, string>> {
  return { ...intersecting, geometry: [west, south, east, north].join(','), geometryType: 'esriGeometryEnvelope' }
}

/** The parameters that ask for rows in an area: a polygon or multipolygon of GeoJSON, in WGS 84. */
export function esriArea(area: Geometry): Readonly<Record<string, string>> {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.type === 'MultiPolygon' ? area.coordinates : []
  const rings = polygons.flatMap(polygon => polygon.map((ring, at) => directed(ring, at === 0)))
  return {
    ...intersecting,
    geometry: JSON.stringify({ rings, spatialReference: { wkid: 4326 } }),
    geometryType: 'esriGeometryPolygon',
  }
}

const intersecting = { inSR: '4326', spatialRel: 'esriSpatialRelIntersects' } as const

type Ring = readonly Position[]

function pointOf(x: unknown, y: unknown): Geometry | null {
  // An empty point has no x, or "NaN".
  if (x === null || x === undefined || x === 'NaN') return null
  return { type: 'Point', coordinates: [coordinate(x), coordinate(y)] }
}

function lineOf(paths: readonly Ring[]): Geometry | null {
  const drawn = paths.filter(path => path.length > 0)
  if (drawn.length === 0) return null
  return drawn.length === 1 ? { type: 'LineString', coordinates: drawn[0]! } : { type: 'MultiLineString', coordinates: drawn }
}

function polygonOf(rings: readonly Ring[]): Geometry | null {
  const drawn = rings.filter(ring => ring.length > 0)
  const outers = new Map(drawn.filter(isClockwise).map(ring => [ring, [ring]]))
  const bySize = [...outers.keys()].sort((a, b) => size(a) - size(b))
  for (const hole of drawn.filter(ring => !isClockwise(ring))) {
    const around = bySize.find(outer => size(outer) > size(hole) && covers(outer, hole))
    if (around) outers.get(around)!.push(hole)
    else outers.set(hole, [hole])
  }
  const polygons = [...outers.values()]
  if (polygons.length === 0) return null
  return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0]! } : { type: 'MultiPolygon', coordinates: polygons }
}

function covers(outer: Ring, hole: Ring): boolean {
  const area: Geometry = { type: 'Polygon', coordinates: [outer] }
  return hole.every(coordinates => touchesArea({ type: 'Point', coordinates }, area))
}

function directed(ring: Ring, clockwise: boolean): Ring {
  return isClockwise(ring) === clockwise ? ring : [...ring].reverse()
}

function isClockwise(ring: Ring): boolean {
  return doubleArea(ring) < 0
}

function size(ring: Ring): number {
  return Math.abs(doubleArea(ring))
}

/** Positive when the ring runs anticlockwise; taken from the first corner, so that no digits cancel out. */
function doubleArea(ring: Ring): number {
  const [x0, y0] = ring[0] as readonly [number, number]
  return ring.slice(1).reduce((sum, [x, y], at) => {
    const [x1, y1] = ring[at] as readonly [number, number]
    return sum + (x1 - x0) * (y! - y0) - (x! - x0) * (y1 - y0)
  }, 0)
}

function filled(geometry: Extract<Geometry, { readonly type: 'MultiPoint' | 'LineString' }>): Geometry | null {
  return geometry.coordinates.length > 0 ? geometry : null
}

function positions(value: unknown): Position[] {
  return list(value).map(position => {
    const [x, y] = list(position)
    return [coordinate(x), coordinate(y)]
  })
}

/**
 * Places, with arcs between them: `{ c: [end, place on it] }`, or `{ a: [end, centre, minor, clockwise] }` of a circle.
 *
 * @see https://developers.arcgis.com/documentation/common-data-types/geometry-objects.htm#CURVE
 */
function curve(value: unknown): Position[] {
  return list(value).reduce<Position[]>((line, part) => {
    const from = line.at(-1)
    if (!isObject(part)) line.push(...positions([part]))
    else if (!from) throw new GeometryError('a curve starts nowhere')
    else line.push(...arcFrom(from, part))
    return line
  }, [])
}

function arcFrom(from: Position, part: Readonly<Record<string, unknown>>): Position[] {
  if ('c' in part) {
    const [end, over] = positions(part.c)
    if (end && over) return arcsThrough([from, over, end]).slice(1)
  }
  if ('a' in part && list(part.a).length === 4) {
    const [to, around, , clockwise] = list(part.a)
    const [end, centre] = positions([to, around])
    return arcAround(from, end!, centre!, clockwise === 1 || clockwise === true)
  }
  throw new GeometryError('a curve that is no arc of a circle cannot be served')
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new GeometryError('coordinates are not nested as their type wants')
  return value
}

/** Numbers that would lose digits as floats come as texts (see `readJson`); for coordinates the float is enough. */
function coordinate(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new GeometryError('a position is not two finite numbers')
  return number
}
