/** Which districts has the demo city, and where do they lie? */

/** Easting and northing in metres, ETRS89 / UTM 32N (EPSG:25832). */
export type Point = readonly [easting: number, northing: number]

export interface District {
  /** Three digits, as the city's statistics and its WFS write it. The tree register drops leading zeros. */
  readonly nr: string
  readonly name: string
  /** Population with main residence at the end of 2025 (Stadt Konstanz, Konstanz in Zahlen, CC0). */
  readonly population: number
  /** Closed, anticlockwise, convex. */
  readonly ring: readonly Point[]
}

/** Names, numbers and populations are the city's; the last two columns say roughly where a district's middle is. */
const table: readonly (readonly [nr: string, name: string, population: number, easting: number, northing: number])[] = [
  ['010', 'Altstadt', 12_318, 513_100, 5_278_689],
  ['020', 'Paradies', 6_002, 512_256, 5_279_016],
  ['030', 'Petershausen-West', 16_391, 513_031, 5_280_180],
  ['035', 'Petershausen-Ost', 7_340, 514_615, 5_279_660],
  ['040', 'Königsbau', 6_495, 513_779, 5_281_035],
  ['050', 'Allmannsdorf', 5_346, 515_008, 5_280_605],
  ['060', 'Staad', 1_818, 515_850, 5_280_484],
  ['070', 'Fürstenberg', 12_470, 512_022, 5_281_164],
  ['080', 'Wollmatingen', 6_861, 511_008, 5_283_188],
  ['090', 'Industriegebiet', 1_097, 510_454, 5_280_366],
  ['100', 'Egg', 788, 513_895, 5_282_180],
  ['110', 'Litzelstetten', 3_739, 512_928, 5_284_367],
  ['120', 'Dingelsdorf', 2_026, 511_193, 5_286_626],
  ['130', 'Dettingen', 3_389, 508_408, 5_287_600],
  ['140', 'Wallhausen', 1_098, 509_590, 5_288_284],
]

/** The city's extent with its corners cut: convex, anticlockwise. The real boundary follows the shore. */
export const outline: readonly Point[] = [
  [506_413, 5_285_600],
  [511_200, 5_277_848],
  [513_700, 5_277_848],
  [516_336, 5_279_200],
  [516_336, 5_281_800],
  [514_600, 5_285_600],
  [511_000, 5_289_949],
  [507_000, 5_289_949],
]

const middles = table.map(([, , , easting, northing]): Point => [easting, northing])

/**
 * The city's fifteen districts. Their boundaries are invented: each district is what lies nearer to its middle than to any other.
 */
export const districts: readonly District[] = table.map(([nr, name, population], at) => ({
  nr,
  name,
  population,
  ring: close(cellOf(at).map(([x, y]): Point => [Math.round(x * 100) / 100, Math.round(y * 100) / 100])),
}))

/** Some place well inside a convex ring. */
export function middleOf(ring: readonly Point[]): Point {
  const corners = ring.slice(1)
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length
  return [mean(0), mean(1)]
}

export function districtAt(point: Point): District {
  return districts[nearest(point)]!
}

/** @param ring closed */
export function areaOf(ring: readonly Point[]): number {
  return Math.abs(ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at]![0] * y - x * ring[at]![1]) / 2, 0))
}

function nearest([x, y]: Point): number {
  const squares = middles.map(([mx, my]) => (mx - x) ** 2 + (my - y) ** 2)
  return squares.indexOf(Math.min(...squares))
}

function cellOf(own: number): readonly Point[] {
  const middle = middles[own]!
  return middles.reduce<readonly Point[]>((ring, other, at) => (at === own ? ring : nearerHalf(ring, middle, other)), outline)
}

/** The part of a convex ring that is nearer to `a` than to `b` (Sutherland and Hodgman's clipping, along one line). */
function nearerHalf(ring: readonly Point[], a: Point, b: Point): Point[] {
  const side = ([x, y]: Point) => (b[0] - a[0]) * (x - (a[0] + b[0]) / 2) + (b[1] - a[1]) * (y - (a[1] + b[1]) / 2)
  return ring.flatMap((here, at) => {
    const there = ring[(at + 1) % ring.length]!
    const [from, to] = [side(here), side(there)]
    const kept = from <= 0 ? [here] : []
    if (from < 0 === to < 0) return kept
    const part = from / (from - to)
    return [...kept, [here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])]]
  })
}

function close(ring: readonly Point[]): Point[] {
  return [...ring, ring[0]!]
}
