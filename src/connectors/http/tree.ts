/** How is an answer walked along a path, whatever it is written in? */

import type { Path } from './path.ts'

/** Something in an answer, and where it stands. */
export interface Spot {
  readonly node: unknown
  /** The objects or elements around it, the nearest last. */
  readonly around: readonly unknown[]
  /** Its name, where it was reached by `*` and not by its name. */
  readonly key?: string
}

/** What a format knows of its own nodes. */
export interface Tree {
  /** Where a step leads to from one of many spots; nowhere when there is nothing of that name. */
  readonly under: (spot: Spot, step: string) => readonly Spot[]
  /** Where a number leads to among spots of one name; absent where numbers are steps like others. */
  readonly pick?: (spots: readonly Spot[], step: string) => readonly Spot[] | undefined
  /** Whether a step that led nowhere means that the answer is another one than expected, and not just empty. */
  readonly isLost: (spots: readonly Spot[], step: string, at: number, last: number) => boolean
  /** The rows that stand at the end of the path to them. */
  readonly rowsAt: (spot: Spot) => readonly Spot[]
  /** The value at a spot: text, number, boolean, null, or an object that is no single value. */
  readonly valueAt: (spot: Spot) => unknown
  /** Steps from here to whatever has a single value or is a shape; the nearest first. */
  readonly steps: (spot: Spot) => readonly string[]
}

/** Several things stand where one value should. */
export const several: unique symbol = Symbol('several')

/**
 * The rows of an answer.
 *
 * @param steps from the root of the document
 * @returns     undefined when the path leads nowhere: the answer is not the expected one
 */
export function rowsIn(tree: Tree, root: Spot, steps: readonly string[]): readonly Spot[] | undefined {
  let spots: readonly Spot[] = [root]
  for (const [at, step] of steps.entries()) {
    const next = follow(tree, spots, step)
    if (next.length === 0 && spots.length > 0 && tree.isLost(spots, step, at, steps.length - 1)) return undefined
    spots = next
  }
  return spots.flatMap(tree.rowsAt)
}

/** The value that a path leads to; undefined when it leads nowhere, `several` when it leads to more than one place. */
export function valueIn(tree: Tree, from: Spot, { up, steps }: Path): unknown {
  if (up > from.around.length) return undefined
  const start: Spot = up === 0 ? from : { node: from.around.at(-up), around: from.around.slice(0, -up) }
  const spots = steps.reduce<readonly Spot[]>((found, step) => follow(tree, found, step), [start])
  if (spots.length > 1) return several
  return spots[0] && tree.valueAt(spots[0])
}

function follow(tree: Tree, spots: readonly Spot[], step: string): readonly Spot[] {
  return tree.pick?.(spots, step) ?? spots.flatMap(spot => tree.under(spot, step))
}
