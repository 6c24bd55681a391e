/** What is a key on its way from one dataset to another? */

import { type Cell, type Normalise, normalised, type Scalar, spelled } from '../model/index.ts'

export type Key = readonly Scalar[]

/** The normalised values of one side; undefined when one is missing: then nothing can match. */
export function keyFrom(cells: readonly Cell[], rules: Normalise | undefined): Key | undefined {
  if (cells.some(cell => cell === null || typeof cell === 'object')) return undefined
  return rules ? cells.map(cell => normalised(cell as Scalar, rules)) : (cells as Key)
}

/** Keys in one request: every source can take so many, and a request of so many parents has paid for it. */
export const keysAtMost = 1000

/** Two systems may write one key as number and as text. */
export function nameOf(key: readonly unknown[], rules?: Normalise): string {
  return key.length === 1 ? textOf(key[0], rules) : JSON.stringify(key.map(value => textOf(value, rules)))
}

function textOf(value: unknown, rules: Normalise | undefined): string {
  return String(rules ? spelled(value as Scalar, rules) : value)
}
