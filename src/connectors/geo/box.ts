/** Which box holds everything that a geo filter can mean? */

import type { BBox, Geometry } from '../../model/index.ts'
import { mapPositions } from './walk.ts'

/** The box around an area; undefined when it is empty. */
export function boxOfArea(area: Geometry): BBox | undefined {
  const [xs, ys]: [number[], number[]] = [[], []]
  mapPositions(area, position => {
    xs.push(position[0]!)
    ys.push(position[1]!)
    return position
  })
  if (xs.length === 0) return undefined
  const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b))
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b))
  return [least(xs), least(ys), most(xs), most(ys)]
}

/** Metres of a degree, a little less than the least on the ellipsoid: along a meridian, and along the equator. */
const alongMeridian = 110_500
const alongEquator = 111_300

/**
 * A box that holds every place within so many metres of a point.
 *
 * @example
 *   boxAround(9.175, 47.66, 0)  // → [9.175, 47.66, 9.175, 47.66]
 */
export function boxAround(longitude: number, latitude: number, metres: number): BBox {
  const up = metres / alongMeridian
  const farthest = Math.min(Math.abs(latitude) + up, 90)
  const narrow = Math.cos((farthest * Math.PI) / 180)
  const aside = narrow < 0.001 ? 360 : metres / (alongEquator * narrow)
  return [Math.max(longitude - aside, -180), Math.max(latitude - up, -90), Math.min(longitude + aside, 180), Math.min(latitude + up, 90)]
}
