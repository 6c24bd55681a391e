/** Do places lie where the city lies, and if not, what has probably happened to them? */

import type { Geometry, Position } from './cell.ts'
import type { BBox } from './condition.ts'
import type { Text } from './text.ts'

/**
 * How a place lies that is not in the city: `swapped` it would lie there with its coordinates exchanged · `zero` on the equator, where
 * 0/0 leads in degrees and in UTM · `elsewhere` anywhere else.
 */
export type Misplaced = 'swapped' | 'zero' | 'elsewhere'

export interface ExtentJudgement {
  /** Geometries that were looked at. */
  readonly places: number
  readonly swapped: number
  readonly zero: number
  readonly elsewhere: number
}

/**
 * What is wrong with where a geometry lies. It lies right when any part of it lies in the extent or near it: no further away than the
 * extent itself is wide and high, since a bus line and a nature reserve end in the next town.
 *
 * @param geometry WGS 84, longitude first
 * @param extent   where the city lies
 * @returns        `undefined`: nothing
 * @example
 *   misplaced({ type: 'Point', coordinates: [9.17, 47.66] }, [9.07, 47.64, 9.24, 47.78])  // → undefined
 *   misplaced({ type: 'Point', coordinates: [47.66, 9.17] }, [9.07, 47.64, 9.24, 47.78])  // → 'swapped'
 *   misplaced({ type: 'Point', coordinates: [0, 0] }, [9.07, 47.64, 9.24, 47.78])         // → 'zero'
 */
export function misplaced(geometry: Geometry, extent: BBox): Misplaced | undefined {
  const [west, south, east, north] = extent
  const [wide, high] = [east - west, north - south]
  const near = (x: number, y: number) => x >= west - wide && x <= east + wide && y >= south - high && y <= north + high
  if (anyPosition(geometry, near)) return undefined
  if (!anyPosition(geometry, (_x, y) => Math.abs(y) > 0.01)) return 'zero'
  return anyPosition(geometry, (x, y) => near(y, x)) ? 'swapped' : 'elsewhere'
}

/** Looks at many places; see `misplaced`. */
export function judgeExtent(geometries: Iterable<Geometry>, extent: BBox): ExtentJudgement {
  const found = { places: 0, swapped: 0, zero: 0, elsewhere: 0 }
  for (const geometry of geometries) {
    found.places += 1
    const why = misplaced(geometry, extent)
    if (why) found[why] += 1
  }
  return found
}

/**
 * What a judgement means, for those who run the gateway.
 *
 * @returns `undefined` when every place lies right
 */
export function extentWords({ places, swapped, zero, elsewhere }: ExtentJudgement): Text | undefined {
  const outside = swapped + zero + elsewhere
  if (outside === 0) return undefined
  if (swapped > 0 && swapped + zero === outside)
    return {
      de: `${outside} von ${places} Orten liegen weit außerhalb der Stadt, mit vertauschten Koordinaten lägen sie darin: die Achsen scheinen vertauscht.`,
      en: `${outside} of ${places} places lie far outside the city, with their coordinates exchanged they would lie in it: axes look swapped.`,
    }
  if (zero === outside)
    return {
      de: `${outside} von ${places} Orten liegen bei 0/0: dort fehlt vermutlich der Wert.`,
      en: `${outside} of ${places} places lie at 0/0: their values are probably missing.`,
    }
  return {
    de: `${outside} von ${places} Orten liegen weit außerhalb der Stadt: „crs“ prüfen${outside === places ? '' : ', oder diese Zeilen in der Quelle'}.`,
    en: `${outside} of ${places} places lie far outside the city: check crs${outside === places ? '' : ', or these rows in the source'}.`,
  }
}

/** Whether a test holds for some position of a geometry. */
function anyPosition(geometry: Geometry, holds: (x: number, y: number) => boolean): boolean {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.some(part => anyPosition(part, holds))
  return anyOf(geometry.coordinates, holds)
}

type Nested = Position | readonly Nested[]

function anyOf(coordinates: Nested, holds: (x: number, y: number) => boolean): boolean {
  const [x, y] = coordinates
  if (typeof x === 'number') return typeof y === 'number' && holds(x, y)
  return (coordinates as readonly Nested[]).some(part => anyOf(part, holds))
}
