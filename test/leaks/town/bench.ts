/** What does a kind of source need, so that the leaky town can be attacked in it? */

import type { Cell } from '../../../src/model/index.ts'
import { inCrs, townCrs, wkt } from '../../contract/town.ts'
import type { SourceFiles } from './configuration.ts'
import type { Side } from './tables.ts'

export interface Bench {
  readonly kind: string
  /** Why it cannot be had here. */
  readonly missing: string | undefined
  /** Questions are answered over rows that were fetched before: the source may not be asked again. */
  readonly holds?: true
  readonly start: () => Promise<Source>
}

/** A source that holds both towns. */
export interface Source {
  readonly files: Readonly<Record<Side, SourceFiles>>
  /** Whole questions as they reached the source, values included; absent where the gateway's own account of them is whole. */
  readonly asked?: readonly string[]
  /** Words that say where the data is: no caller may read them. */
  readonly whereabouts: readonly string[]
  /** From now on the source answers nothing. */
  readonly ruin: () => Promise<void>
  readonly tidyUp: () => Promise<void>
}

export const sides: readonly Side[] = ['a', 'b']

export function bySide<T>(make: (side: Side) => T): Record<Side, T> {
  return { a: make('a'), b: make('b') }
}

/** Well-known text in the surveyors' coordinates for a geometry, everything else as it is. */
export function written(cell: Cell): string | number | null {
  return typeof cell === 'object' && cell !== null ? wkt(inCrs(cell, townCrs)) : (cell as string | number | null)
}
