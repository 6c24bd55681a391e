/** How does an area of the map look in a source's own coordinates? */

import type { BBox, Condition, Geometry, Position } from '../../../model/index.ts'
import { fromWgs84 } from '../../geo/index.ts'

export type GeoCondition = Extract<Condition, { op: 'bbox' | 'within' | 'near' }>

type Rings = readonly (readonly Position[])[]

/**
 * The polygons of which a geometry has to touch one, in another reference system. Edges are followed in small steps, because a
 * straight line on one map is a curve on the other: less than 2 cm are lost for areas up to the size of a city.
 *
 * @param crs as `fromWgs84` takes it
 * @returns   rings of each polygon, x before y
 * @throws GeometryError for an unknown system
 */
export function polygonsIn(condition: GeoCondition, crs: string): readonly Rings[] {
  const polygons = polygonsOf(condition).map(rings => rings.map(ring => followed(ring.map(onTheMap))))
  const moved = fromWgs84({ type: 'MultiPolygon', coordinates: polygons }, crs)
  return moved.type === 'MultiPolygon' ? moved.coordinates : []
}

function polygonsOf(condition: GeoCondition): readonly Rings[] {
  switch (condition.op) {
    case 'bbox':
      return [[corners(condition.box)]]
    case 'near':
      return [[circle(condition.longitude, condition.latitude, condition.metres)]]
    case 'within':
      return areasOf(condition.area)
  }
}

function areasOf(area: Geometry): readonly Rings[] {
  switch (area.type) {
    case 'Polygon':
      return [area.coordinates]
    case 'MultiPolygon':
      return area.coordinates
    case 'GeometryCollection':
      return area.geometries.flatMap(areasOf)
    default:
      return []
  }
}

function corners([west, south, east, north]: BBox): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

/** Where the projections of Germany can be computed; what lies beyond is pulled to the rim. A city's data is far from it. */
const west = -15
const east = 36
const south = 20
const north = 80

function onTheMap([x = 0, y = 0]: Position): Position {
  return [Math.min(Math.max(x, west), east), Math.min(Math.max(y, south), north)]
}

/** Degrees between two corners; a chord of 0.005° leaves its curve by less than 2 cm at 48° north. */
const step = 0.005
/** Corners that one edge may get; a box around all of Germany then strays by some metres at its rim. */
const most = 200

function followed(ring: readonly Position[]): Position[] {
  return ring.flatMap((from, at): Position[] => {
    const to = ring[at + 1]
    if (to === undefined) return [from]
    const length = Math.max(Math.abs(to[0]! - from[0]!), Math.abs(to[1]! - from[1]!))
    const count = Math.min(Math.max(Math.ceil(length / step), 1), most)
    return Array.from({ length: count }, (_, part) => [
      from[0]! + ((to[0]! - from[0]!) * part) / count,
      from[1]! + ((to[1]! - from[1]!) * part) / count,
    ])
  })
}

/** WGS 84: semi-major axis in metres, first eccentricity squared. */
const axis = 6_378_137
const eccentricity = 0.006_694_379_990_14

/** Corners at the given distance on the ellipsoid, as many as keep edges within a centimetre of the circle (at most 720). */
function circle(longitude: number, latitude: number, metres: number): Position[] {
  const count = Math.min(Math.max(Math.ceil(Math.PI / Math.sqrt((2 * 0.01) / Math.max(metres, 1))), 32), 720)
  const rim = Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count
    return away(longitude, latitude, metres * Math.cos(angle), metres * Math.sin(angle))
  })
  return [...rim, rim[0]!]
}

/** So many metres east and north of a place: Gauß' mid-latitude formula turned round; two rounds settle the middle latitude. */
function away(longitude: number, latitude: number, eastward: number, northward: number): Position {
  let up = 0
  let flat = 1
  let middle = radians(latitude)
  for (let round = 0; round < 3; round++) {
    flat = 1 - eccentricity * Math.sin(middle) ** 2
    up = (northward * flat ** 1.5) / (axis * (1 - eccentricity))
    middle = radians(latitude) + up / 2
  }
  const over = (eastward * Math.sqrt(flat)) / (axis * Math.cos(middle))
  return [longitude + degrees(over), latitude + degrees(up)]
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI
}
