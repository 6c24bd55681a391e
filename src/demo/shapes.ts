/** Do two shapes of the demo's map touch? */

import type { Point } from './districts.ts'
import type { Shape } from './layers.ts'

/** Smallest easting and northing, greatest easting and northing. */
export type Box = readonly [west: number, south: number, east: number, north: number]

export function touchesBox(shape: Shape, box: Box): boolean {
  if ('point' in shape) return inBox(shape.point, box)
  return shape.rings.some(ring => clip(ring, box).length > 0)
}

export function inBox([x, y]: Point, [west, south, east, north]: Box): boolean {
  return x >= west && x <= east && y >= south && y <= north
}

/** Inside an odd number of rings, so that holes count as outside. */
export function inRings([x, y]: Point, rings: readonly (readonly Point[])[]): boolean {
  const crossings = rings
    .flatMap(ring => ring.slice(1).map((end, at) => [ring[at]!, end] as const))
    .filter(([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax))
  return crossings.length % 2 === 1
}

export function boxAround(shapes: readonly Shape[]): Box {
  const points = shapes.flatMap(shape => ('point' in shape ? [shape.point] : shape.rings.flat()))
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** The part of a ring inside a box: cut along each of its four sides (Sutherland and Hodgman). Empty when they do not touch. */
function clip(ring: readonly Point[], [west, south, east, north]: Box): readonly Point[] {
  const sides: ((point: Point) => number)[] = [([x]) => x - west, ([x]) => east - x, ([, y]) => y - south, ([, y]) => north - y]
  return sides.reduce<readonly Point[]>(
    (left, side) =>
      left.flatMap((here, at) => {
        const there = left[(at + 1) % left.length]!
        const [from, to] = [side(here), side(there)]
        const kept = from >= 0 ? [here] : []
        if (from >= 0 === to >= 0) return kept
        const part = from / (from - to)
        return [...kept, [here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])] as const]
      }),
    ring,
  )
}
