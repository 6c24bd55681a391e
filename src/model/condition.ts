/** Which rows are meant? */

import type { Geometry, Scalar } from './cell.ts'
import type { Column } from './field.ts'
import type { Normalise } from './normalise.ts'

/** Longitude and latitude in degrees, WGS 84: west, south, east, north. */
export type BBox = readonly [west: number, south: number, east: number, north: number]

/**
 * A condition on rows, with SQL's three-valued logic: a comparison with null is unknown, `not` of unknown is unknown, and a
 * row passes only when the whole is true. So `ne` and `notIn` never match a missing value; `isNull` does.
 *
 * Values have the canonical form of the column's type (see `Cell`), before scale and codes are applied.
 * Text: `eq`, `ne`, `in`, `notIn` compare exactly, character by character; `contains` and `startsWith` ignore case
 * (also of umlauts) and take `%`, `_`, `*` and `?` as themselves.
 */
export type Condition =
  | { readonly op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'; readonly column: Column; readonly value: Scalar }
  | { readonly op: 'in' | 'notIn'; readonly column: Column; readonly values: readonly Scalar[] }
  | { readonly op: 'contains' | 'startsWith'; readonly column: Column; readonly value: string }
  | { readonly op: 'isNull'; readonly column: Column; readonly value: boolean }
  /** The geometry touches the box. */
  | { readonly op: 'bbox'; readonly column: Column; readonly box: BBox }
  /** The geometry touches the polygon or multipolygon (WGS 84). */
  | { readonly op: 'within'; readonly column: Column; readonly area: Geometry }
  /** The geometry comes nearer than so many metres to the point. */
  | { readonly op: 'near'; readonly column: Column; readonly longitude: number; readonly latitude: number; readonly metres: number }
  /** The row's values in these columns are one of these tuples: a batch of keys. */
  | {
      readonly op: 'keys'
      readonly columns: readonly Column[]
      readonly keys: readonly (readonly Scalar[])[]
      /** Makes both sides alike first (see `spelled`). Only over rows at hand: no source is asked so. */
      readonly normalise?: Normalise
    }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }

export type Operator = Exclude<Condition['op'], 'and' | 'or' | 'not' | 'keys'>
