/** What is a point that stands in two columns? */

/** Two raw values that together are a place: x (east, longitude) before y (north, latitude). */
export class Pair {
  readonly numbers: readonly [number, number]
  readonly isMissing: boolean

  constructor(x: unknown, y: unknown) {
    this.isMissing = isMissing(x) && isMissing(y)
    this.numbers = [numberOf(x), numberOf(y)]
  }
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

function numberOf(value: unknown): number {
  return isMissing(value) || (typeof value !== 'string' && typeof value !== 'number') ? Number.NaN : Number(value)
}
