/** How is a float of 32 bits written so that it looks like itself? */

/**
 * The shortest number that is the same float of 32 bits.
 *
 * @example
 *   shortestSingle(0.10000000149011612)  // → 0.1
 */
export function shortestSingle(single: number): number {
  for (let digits = 6; digits <= 9; digits++) {
    const short = Number(single.toPrecision(digits))
    if (Math.fround(short) === single) return short
  }
  return single
}
