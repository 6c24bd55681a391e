/** In which form may an answer lie in a cache? Cells that no caller may see only under seal: Redis is not the source. */

import type { Cell, Column, Row } from '../model/index.ts'
import type { Seal } from './seal.ts'

/** Rows as JSON for a cache that others can reach. */
export interface Kept {
  /** Cells of engine-only columns are null in here. */
  readonly rows: readonly Row[]
  /** Those cells, row by row; absent when there are none. */
  readonly sealed?: string
}

/**
 * @param columns what the first cells of each row are; further cells (measures) pass as they are
 * @param key     the answer's key in the cache: the sealed cells open for no other
 */
export function keep(rows: readonly Row[], columns: readonly Column[], key: string, seal: Seal): Kept {
  const closed = closedPlaces(columns)
  if (closed.length === 0) return { rows }
  const hidden = new Set(closed)
  return {
    rows: rows.map(row => row.map((cell, at) => (hidden.has(at) ? null : cell))),
    sealed: seal.close(
      purpose(key),
      rows.map(row => closed.map(at => row[at] ?? null)),
    ),
  }
}

/** @returns the rows as they were kept, or `undefined` when somebody else put them there */
export function unseal({ rows, sealed }: Kept, columns: readonly Column[], key: string, seal: Seal): readonly Row[] | undefined {
  const closed = closedPlaces(columns)
  if (closed.length === 0) return rows
  const cells = sealed === undefined ? undefined : (seal.open(purpose(key), sealed) as readonly (readonly Cell[])[] | undefined)
  if (cells?.length !== rows.length) return undefined
  const placeOf = new Map(closed.map((at, place) => [at, place]))
  return rows.map((row, index) => row.map((cell, at) => (placeOf.has(at) ? (cells[index]![placeOf.get(at)!] ?? null) : cell)))
}

function closedPlaces(columns: readonly Column[]): number[] {
  return columns.flatMap((column, at) => ('name' in column ? [] : [at]))
}

function purpose(key: string): readonly string[] {
  return ['cells', key]
}
