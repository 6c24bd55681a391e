/** What touches what in the plane? */

import type { Position } from '../../model/index.ts'

export type Rings = readonly (readonly Position[])[]

/** Whether a point lies in a polygon or on the edge of one of its rings; what lies in a hole lies outside. */
export function inPolygon(point: Position, [outer = [], ...holes]: Rings): boolean {
  const side = sideOf(point, outer)
  if (side !== 'inside') return side === 'edge'
  return holes.every(hole => sideOf(point, hole) !== 'inside')
}

/** Where a point lies to a ring, closed or not; even-odd rule. */
function sideOf([x, y]: Position, ring: readonly Position[]): 'inside' | 'edge' | 'outside' {
  let inside = false
  for (const [[x1, y1], [x2, y2]] of edges(ring)) {
    if (onSegment(x!, y!, x1!, y1!, x2!, y2!)) return 'edge'
    if (y1! > y! !== y2! > y! && x! < ((x2! - x1!) * (y! - y1!)) / (y2! - y1!) + x1!) inside = !inside
  }
  return inside ? 'inside' : 'outside'
}

/** Whether two lines have a point in common. A line of one position is a point. */
export function linesTouch(a: readonly Position[], b: readonly Position[]): boolean {
  const boxes = boxOf([b])
  for (const [p, q] of segments(a)) {
    if (!boxesTouch(boxOf([[p, q]]), boxes)) continue
    for (const [r, s] of segments(b)) if (segmentsTouch(p, q, r, s)) return true
  }
  return false
}

/** Least x, least y, greatest x, greatest y; of nothing: a box that touches none. */
export type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

export function boxOf(lines: readonly (readonly Position[])[]): Box {
  let [minX, minY, maxX, maxY] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const line of lines)
    for (const [x, y] of line) {
      if (x! < minX) minX = x!
      if (x! > maxX) maxX = x!
      if (y! < minY) minY = y!
      if (y! > maxY) maxY = y!
    }
  return [minX, minY, maxX, maxY]
}

export function boxesTouch(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/** The segments of a ring, the closing one included. */
export function edges(ring: readonly Position[]): (readonly [Position, Position])[] {
  return ring.map((position, index) => [position, ring[(index + 1) % ring.length]!] as const)
}

/** The segments of a line; of a single position: the segment from it to itself. */
export function segments(line: readonly Position[]): (readonly [Position, Position])[] {
  const [first] = line
  if (line.length === 1) return [[first!, first!]]
  return line.slice(1).map((position, index) => [line[index]!, position] as const)
}

function segmentsTouch([x1, y1]: Position, [x2, y2]: Position, [x3, y3]: Position, [x4, y4]: Position): boolean {
  const a = side(x3!, y3!, x4!, y4!, x1!, y1!)
  const b = side(x3!, y3!, x4!, y4!, x2!, y2!)
  const c = side(x1!, y1!, x2!, y2!, x3!, y3!)
  const d = side(x1!, y1!, x2!, y2!, x4!, y4!)
  if (a * b < 0 && c * d < 0) return true
  return (
    onSegment(x1!, y1!, x3!, y3!, x4!, y4!) ||
    onSegment(x2!, y2!, x3!, y3!, x4!, y4!) ||
    onSegment(x3!, y3!, x1!, y1!, x2!, y2!) ||
    onSegment(x4!, y4!, x1!, y1!, x2!, y2!)
  )
}

function onSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): boolean {
  return (
    x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2) && side(x1, y1, x2, y2, x, y) === 0
  )
}

/** −1, 0 or 1: on which side of the directed line from 1 to 2 the point lies. */
function side(x1: number, y1: number, x2: number, y2: number, x: number, y: number): number {
  return Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1))
}
