/** Which known word did someone most likely mean? */

/**
 * The known word nearest to a written one.
 *
 * @returns `undefined` when none is near enough to be worth proposing: more than a third of the letters differ, and neither starts like the other
 * @example
 *   nearest('lisence', ['licence', 'title'])  // → 'licence'
 *   nearest('Titel', ['licence', 'title'])    // → 'title'
 *   nearest('integer', ['int', 'text'])       // → 'int'
 *   nearest('xyz', ['licence', 'title'])      // → undefined
 */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const near = known
    .map(word => ({ word, distance: distance(written.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, distance }) => distance <= Math.max(1, Math.ceil(Math.max(word.length, written.length) / 3)))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.word ?? known.find(word => startsAlike(written.toLowerCase(), word.toLowerCase()))
}

/** `integer` for `int`. */
function startsAlike(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a))
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal string alignment). */
function distance(a: string, b: string): number {
  // A key of a megabyte is nobody's slip of the finger.
  if (Math.abs(a.length - b.length) > 8 || Math.max(a.length, b.length) > 80) return Number.POSITIVE_INFINITY
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        replaced,
        swapped ? beforeLast[column - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[b.length]!
}
