/** Where does a place lie in another reference system? */

import { createRequire } from 'node:module'
import type { BBox, Geometry, Position } from '../../model/index.ts'
import { crsOf, systems } from './crs.ts'
import { GeometryError } from './error.ts'
import { mapPositions } from './walk.ts'

/**
 * A geometry in WGS 84, longitude before latitude, unrounded; heights and measures are dropped.
 *
 * @param crs any spelling that `crsOf` reads; coordinates are x before y
 * @returns   empty geometries stay empty
 * @throws GeometryError for an unknown system and for coordinates that are not finite or lie outside the plane
 * @example
 *   toWgs84({ type: 'Point', coordinates: [9.17, 47.66] }, 'EPSG:4326')  // → { type: 'Point', coordinates: [9.17, 47.66] }
 */
export function toWgs84(geometry: Geometry, crs: string): Geometry {
  const { forward } = transformOf(crs)
  return mapPositions(geometry, position => checked(position, forward))
}

/**
 * A geometry of WGS 84 in another reference system, x before y.
 *
 * @param crs any spelling that `crsOf` reads
 * @throws GeometryError as `toWgs84`; also for poles, which Web Mercator has no place for
 */
export function fromWgs84(geometry: Geometry, crs: string): Geometry {
  const { inverse } = transformOf(crs)
  return mapPositions(geometry, position => checked(position, inverse))
}

/**
 * A box in another reference system that covers all of the given one. Parallels and meridians are curves there, so edges are
 * followed in small steps; the box is up to a ten-thousandth of its longer side larger than needed, never smaller.
 * Where the box leaves the part of the world for which the system can be computed (30° beside its meridian, 85.06° north in Web
 * Mercator), it is cut off.
 *
 * @param box west ≤ east, south ≤ north, degrees
 * @param crs any spelling that `crsOf` reads
 * @returns   in units of the system: least x, least y, greatest x, greatest y
 * @throws GeometryError for an unknown system or a box that is none
 * @example
 *   boxIn([9.1, 47.6, 9.2, 47.7], 'EPSG:4326')  // → [9.1, 47.6, 9.2, 47.7]
 */
export function boxIn(box: BBox, crs: string): readonly [minX: number, minY: number, maxX: number, maxY: number] {
  const [west, south, east, north] = box
  if (!box.every(Number.isFinite) || west > east || south > north) throw new GeometryError('not a box')
  const { inverse, usable, degrees } = transformOf(crs)
  if (degrees) return box
  const corners: BBox = [
    clamp(west, usable[0], usable[2]),
    clamp(south, usable[1], usable[3]),
    clamp(east, usable[0], usable[2]),
    clamp(north, usable[1], usable[3]),
  ]
  const edge = outline(corners).map(position => checked(position, inverse))
  const xs = edge.map(([x]) => x!)
  const ys = edge.map(([, y]) => y!)
  const least = [Math.min(...xs), Math.min(...ys)] as const
  const greatest = [Math.max(...xs), Math.max(...ys)] as const
  const spare = Math.max(greatest[0] - least[0], greatest[1] - least[1]) / 10_000 + 0.001
  return [least[0] - spare, least[1] - spare, greatest[0] + spare, greatest[1] + spare]
}

/** Steps per edge: an arc of 60° then strays from its chord by less than the spare that `boxIn` adds. */
const steps = 64

function outline([west, south, east, north]: BBox): Position[] {
  return Array.from({ length: steps + 1 }, (_, step) => step / steps).flatMap(part => {
    const [x, y] = [west + (east - west) * part, south + (north - south) * part]
    return [
      [x, south],
      [x, north],
      [west, y],
      [east, y],
    ]
  })
}

/** Loaded with the first system that is not in degrees: it is a large file, and many cities need none. */
const loadProj4 = (): typeof import('proj4') => createRequire(import.meta.url)('proj4')

type Move = (x: number, y: number) => readonly number[]

interface Transform {
  readonly forward: Move
  readonly inverse: Move
  readonly usable: BBox
  readonly degrees: boolean
}

const transforms = new Map<string, Transform>()

function transformOf(name: string): Transform {
  const crs = crsOf(name)
  const system = crs === undefined ? undefined : systems.get(crs)
  if (crs === undefined || !system) throw new GeometryError(`unknown reference system ${JSON.stringify(name.slice(0, 80))}`)
  const known = transforms.get(crs)
  if (known) return known
  const degrees = system.proj4.startsWith('+proj=longlat')
  const made: Transform = { ...(degrees ? { forward: same, inverse: same } : movesOf(system.proj4)), usable: system.usable, degrees }
  transforms.set(crs, made)
  return made
}

/** ETRS89 and WGS 84 are the same to well below a metre: both are defined with a shift of zero. */
const same: Move = (x, y) => [x, y]

function movesOf(definition: string): Pick<Transform, 'forward' | 'inverse'> {
  const converter = loadProj4()(definition, systems.get('EPSG:4326')!.proj4)
  return { forward: (x, y) => converter.forward([x, y]), inverse: (x, y) => converter.inverse([x, y]) }
}

function checked([x, y]: Position, move: Move): Position {
  if (!Number.isFinite(x) || !Number.isFinite(y)) throw new GeometryError('a coordinate is not a finite number')
  const [u, v] = attempt(move, x!, y!)
  if (!Number.isFinite(u) || !Number.isFinite(v)) throw new GeometryError('a coordinate lies outside its reference system')
  return [u!, v!]
}

// proj4 throws for some impossible places and answers NaN or Infinity for others.
function attempt(move: Move, x: number, y: number): readonly number[] {
  try {
    return move(x, y)
  } catch (cause) {
    throw new GeometryError('a coordinate lies outside its reference system', cause)
  }
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.min(Math.max(value, least), greatest)
}
