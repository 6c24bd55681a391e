/** What can one source be asked? There is no `select *`: a closed field has no name here. */

import type { MeasureFunction } from './capabilities.ts'
import type { Row, Scalar } from './cell.ts'
import type { Condition } from './condition.ts'
import type { Dataset } from './dataset.ts'
import type { Column, OpenField } from './field.ts'
import type { Normalise } from './normalise.ts'
import type { Rows } from './packed.ts'

export interface Order {
  readonly column: Column
  readonly direction: 'asc' | 'desc'
  readonly nulls: 'first' | 'last'
}

const keyOrders = new WeakMap<Dataset, readonly Order[]>()

/** By the key and nothing else: the same list each time, by which much is remembered. */
export function keyOrder(dataset: Dataset): readonly Order[] {
  const known = keyOrders.get(dataset) ?? dataset.key.map(column => ({ column, direction: 'asc', nulls: 'last' }) as const)
  keyOrders.set(dataset, known)
  return known
}

/** Where a page starts. Which of the two a source can do is said by `Capabilities.paging`. */
export type PagePosition =
  /** After the row that has these cells in the columns of `orderBy`. */
  | { readonly after: Row }
  /** After so many rows; ≥ 0. */
  | { readonly skip: number }

interface Asked {
  readonly dataset: Dataset
  /** Already holds the row rule: `resolvers/read.ts` puts it in. */
  readonly where?: Condition
}

/** Rows in an order, at most `limit`. */
export interface RowsRequest extends Asked {
  readonly kind: 'rows'
  /** Never empty. The cells of each row come back in this order. */
  readonly columns: readonly Column[]
  /** Total order: ends with the key. Empty only when `limit` covers every row that can match. */
  readonly orderBy: readonly Order[]
  /** 1 … 10 001 (a page and one row more, to know whether another follows). */
  readonly limit: number
  readonly position?: PagePosition
  /** Only where the connector's capabilities say so. */
  readonly companions?: readonly Companion[]
  /**
   * Every row says, in a cell behind its own, how many match in all, wherever the page starts and ends. Only where the connector's
   * capabilities say so, and not together with companions.
   */
  readonly total?: true
}

/**
 * Rows of another dataset of the same source that come along with each row, in its own statement. Their cells stand behind those of
 * `columns`, companion after companion; all of them are null where there is no such row.
 */
export interface Companion extends Omit<KeyedRequest, 'keys' | 'kind'> {
  /** Columns of the rows that they come along with, in the order of `match`; all are among the `columns` there. */
  readonly left: readonly Column[]
  /**
   * 1: the first row that matches. More: every row comes as often as it has companions, once at least, one after the other, and the
   * companions in their order; at most one of a request's companions is of this kind.
   */
  readonly perKey: number
}

/** Rows of many parents at once, at most `perKey` each: the answer to N+1. */
export interface KeyedRequest extends Asked {
  readonly kind: 'keyed'
  /** Holds every column of `match`, so that the caller can tell whose row it is. */
  readonly columns: readonly Column[]
  readonly match: readonly Column[]
  /** Distinct tuples in the order of `match`; any number: the connector splits what its source cannot take at once. */
  readonly keys: readonly (readonly Scalar[])[]
  /** Makes rows and keys alike before they are compared (see `spelled`). Only over rows at hand: no source is asked so. */
  readonly normalise?: Normalise
  /** Order within each key; total. Rows of one key come back in this order; keys come in any order. */
  readonly orderBy: readonly Order[]
  /** 1 … 10 001. */
  readonly perKey: number
  /** The same place in the order for every key. */
  readonly position?: PagePosition
}

export interface Measure {
  readonly function: MeasureFunction
  /** Absent only for `count`, which then counts rows. */
  readonly column?: OpenField
}

/** Counts and sums, over all rows or by group. */
export interface AggregateRequest extends Asked {
  readonly kind: 'aggregate'
  /** Empty: one row over everything that matches. */
  readonly groupBy: readonly Column[]
  readonly measures: readonly Measure[]
  /** Groups at most. Groups come ordered by count of rows, most first, then by the group's own values. */
  readonly limit: number
}

/** Every row that matches, in whatever order the source gives them. */
export interface StreamRequest extends Asked {
  /** Never empty. The cells of each row come back in this order. */
  readonly columns: readonly Column[]
}

export type SourceRequest = RowsRequest | KeyedRequest | AggregateRequest

/** What a source said. */
export interface Answer {
  /**
   * rows, keyed: cells in the order of `columns`.
   * aggregate: the cells of `groupBy`, then one per measure; `count` and `countDistinct` are numbers, `avg` is a float (number),
   * `sum` is a string of digits for int, bigint and decimal and a number for float, `min` and `max` have the column's own form.
   */
  readonly rows: readonly Row[]
  /** When the source was asked: milliseconds since 1970 (UTC). */
  readonly asOf: number
  /** Cells or rows that could not be read and were left out, counted by reason; never a value. */
  readonly problems?: Readonly<Record<string, number>>
  /** The companions have been left out: the source would have taken long for them, or compares in another way. */
  readonly alone?: true
}

/** The same where nobody needs every row decoded. */
export interface PackedAnswer extends Omit<Answer, 'rows'> {
  /** As in `Answer`; packed, where the source's own bytes say it all. */
  readonly rows: Rows
}
