/** What does a department wish to publish? Complete and checked, but not yet approved. */

import type { Dataset, Field, FieldType, Normalise, Operator, Scalar, Text } from '../model/index.ts'

/** A column known to the engine only, as configured. */
export interface DraftColumn {
  readonly column: string
  readonly type: FieldType
  readonly zone?: string
}

/** One comparison of a row rule; a row has to meet all of them. */
export interface DraftRule extends DraftColumn {
  readonly op: Extract<Operator, 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'notIn' | 'contains' | 'startsWith' | 'isNull'>
  /** One value, or several for `in` and `notIn`; canonical for the type. */
  readonly value: Scalar | readonly Scalar[]
}

export interface DraftField extends Field {
  /** Audiences as written, dataset's where the field names none. */
  readonly audiences: readonly string[]
}

/** The right side of a pair: a field of the other dataset, or a column of its `key` or `joinable`. */
export type DraftRight = { readonly field: string } | { readonly column: string }

export interface DraftRelation {
  readonly name: string
  readonly title: Text
  readonly about?: Text
  readonly to: string
  readonly match: readonly { readonly left: DraftColumn; readonly right: DraftRight }[]
  readonly normalise?: Normalise
  readonly many: boolean
}

type Said =
  | 'id'
  | 'title'
  | 'about'
  | 'owner'
  | 'licence'
  | 'attribution'
  | 'themes'
  | 'updated'
  | 'names'
  | 'source'
  | 'place'
  | 'can'
  | 'small'
  | 'freshForSeconds'
  | 'staleForSeconds'

/** A dataset as its file wishes it; nothing of it is open until `policy.ts` says so. */
export interface Draft extends Pick<Dataset, Said> {
  /**
   * The place as its file writes it. This is what gets approved: a default that a later version adds to the parsed place must not make
   * every approval void.
   */
  readonly placeAsWritten: Readonly<Record<string, unknown>>
  readonly key: readonly DraftColumn[]
  readonly joinable: readonly DraftColumn[]
  readonly rows: readonly DraftRule[]
  readonly audiences: readonly string[]
  readonly listed: boolean
  readonly fields: readonly DraftField[]
  readonly relations: readonly DraftRelation[]
}
