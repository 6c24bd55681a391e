/** Which straight pieces stand for an arc? */

import type { Position } from '../../model/index.ts'
import { GeometryError } from './error.ts'

/**
 * How far a straight piece may be from its arc at most: 1 cm, and 0.0000001° where coordinates are degrees, which is about as much and
 * the last digit that is served. Surveyors' own software lets 1 to 5 cm pass.
 */
export const arcTolerance = { metres: 0.01, degrees: 1e-7 } as const

/** Pieces of one arc; whoever needs more means a line. */
const piecesMost = 10_000

/**
 * A string of arcs as a line: each is given by its start, a place on it, and its end, which is the start of the next one. An arc that ends
 * where it starts is a full circle, and its second place lies opposite.
 *
 * @param places an odd number from three on, in the plane of their own reference system
 * @returns      begins and ends with the same places; the ones in between are kept as well
 * @throws GeometryError for another number of places, and for circles too large to be drawn
 * @see ISO/IEC 13249-3 (SQL/MM Spatial), 7.3: ST_CircularString
 * @example
 *   arcsThrough([[0, 0], [1, 0], [2, 0]])                   // → [[0, 0], [1, 0], [2, 0]]
 *   arcsThrough([[1000, 0], [1010, 10], [1020, 0]]).length  // → 37
 */
export function arcsThrough(places: readonly Position[]): Position[] {
  if (places.length === 0) return []
  if (places.length < 3 || places.length % 2 === 0) throw new GeometryError('an arc has not three places')
  return places.reduce<Position[]>(
    (line, place, at) => {
      if (at === 0 || at % 2 === 1) return line
      line.push(...arcAfter(places[at - 2]!, places[at - 1]!, place))
      return line
    },
    [places[0]!],
  )
}

/**
 * A full circle through three places, from the first one round.
 *
 * @throws GeometryError when they lie in a row
 */
export function circleThrough([first, second, third, ...more]: readonly Position[]): Position[] {
  if (!first || !second || !third || more.length > 0) throw new GeometryError('a circle has not three places')
  const centre = centreOf(first, second, third)
  if (!centre) throw new GeometryError('a circle has its places in a row')
  return [first, ...arcAround(first, first, centre, false)]
}

/**
 * An arc around a centre, from one place to another, without its start.
 *
 * @param clockwise as seen with x to the right and y up
 */
export function arcAround(from: Position, to: Position, centre: Position, clockwise: boolean): Position[] {
  const [start, end] = [angleOf(from, centre), angleOf(to, centre)]
  const turn = (((clockwise ? start - end : end - start) % full) + full) % full || full
  return pieces(from, to, centre, clockwise ? -turn : turn)
}

const full = 2 * Math.PI

function arcAfter(from: Position, over: Position, to: Position): Position[] {
  const closed = from[0] === to[0] && from[1] === to[1]
  const centre = closed ? middle(from, over) : centreOf(from, over, to)
  // Three places in a row have no circle.
  if (!centre) return [over, to]
  const clockwise = !closed && turnOf(from, over, to) < 0
  return [...arcAround(from, over, centre, clockwise), ...arcAround(over, to, centre, clockwise)]
}

function pieces(from: Position, to: Position, centre: Position, turn: number): Position[] {
  const [x, y] = centre as readonly [number, number]
  const radius = Math.hypot(from[0]! - x, from[1]! - y)
  const count = Math.max(Math.ceil(Math.abs(turn) / stepOf(radius, centre)), 1)
  if (count > piecesMost) throw new GeometryError('an arc is too long to be drawn')
  const start = angleOf(from, centre)
  const between = Array.from({ length: count - 1 }, (_, at): Position => {
    const angle = start + (turn * (at + 1)) / count
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
  return [...between, to]
}

/** The angle whose chord leaves the circle by the tolerance. None of the planes we know has places that could be degrees. */
function stepOf(radius: number, [x, y]: Position): number {
  const tolerance = Math.abs(x!) <= 360 && Math.abs(y!) <= 360 ? arcTolerance.degrees : arcTolerance.metres
  return radius <= tolerance ? full : 2 * Math.acos(1 - tolerance / radius)
}

function angleOf([x, y]: Position, [centreX, centreY]: Position): number {
  return Math.atan2(y! - centreY!, x! - centreX!)
}

/** Twice the area of the triangle, positive when it runs anticlockwise. */
function turnOf(a: Position, b: Position, c: Position): number {
  return (b[0]! - a[0]!) * (c[1]! - a[1]!) - (c[0]! - a[0]!) * (b[1]! - a[1]!)
}

/** Computed from the first place, so that coordinates of millions lose no digits. */
function centreOf(a: Position, b: Position, c: Position): Position | undefined {
  const [bx, by, cx, cy] = [b[0]! - a[0]!, b[1]! - a[1]!, c[0]! - a[0]!, c[1]! - a[1]!]
  const turn = 2 * (bx * cy - by * cx)
  const [first, second] = [bx * bx + by * by, cx * cx + cy * cy]
  // Nearly straight: the arc leaves its chord by less than a float can tell.
  if (Math.abs(turn) < 1e-12 * (first + second)) return undefined
  return [a[0]! + (cy * first - by * second) / turn, a[1]! + (bx * second - cx * first) / turn]
}

function middle(a: Position, b: Position): Position {
  return [(a[0]! + b[0]!) / 2, (a[1]! + b[1]!) / 2]
}

/**
 * Pieces of a line as a whole; the place where two meet is one position.
 *
 * @throws GeometryError when they do not meet
 */
export function chained(parts: readonly (readonly Position[])[]): Position[] {
  const whole: Position[] = []
  for (const next of parts) {
    const [last, first] = [whole.at(-1), next[0]]
    const meets = last && first && last[0] === first[0] && last[1] === first[1]
    if (last && !meets) throw new GeometryError('pieces of a line do not meet')
    for (const position of meets ? next.slice(1) : next) whole.push(position)
  }
  return whole
}
