/** What can a kind of source do by itself? */

import type { Operator } from './condition.ts'
import { type FieldType, fieldTypes, geometryTypes } from './field.ts'

export type MeasureFunction = 'count' | 'countDistinct' | 'sum' | 'avg' | 'min' | 'max'

/** What a kind of source can do. A configuration that wants more is refused by `check`. */
export interface Capabilities {
  /** Operators that this kind answers exactly, by type of column. */
  readonly filter: Readonly<Partial<Record<FieldType, readonly Operator[]>>>
  /** Types that can be sorted by. */
  readonly sort: readonly FieldType[]
  /** Types that can be grouped by. */
  readonly group: readonly FieldType[]
  /** Functions over a column; counting rows is possible everywhere. */
  readonly aggregate: readonly MeasureFunction[]
  /** `keyset`: pages start after a row and survive inserts. `offset`: pages start after a number of rows. */
  readonly paging: 'keyset' | 'offset'
  /**
   * What may be done, beside reading, with fields that the source writes in its own way (`Written`). `here`: everything, since values
   * are compared by the gateway, as they are served. `there`: what the source can be asked in its own words (`askable`). Absent: nothing.
   */
  readonly written?: 'here' | 'there'
  /** Rows of a list may bring rows of other datasets along (`RowsRequest.companions`). */
  readonly companions?: true
  /** Rows of a list may say how many there are in all (`RowsRequest.total`). */
  readonly totals?: true
}

const shapes: readonly FieldType[] = geometryTypes
const scalarTypes = fieldTypes.filter(type => !shapes.includes(type))
const comparisons: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']

function operatorsOf(type: FieldType): readonly Operator[] {
  if (shapes.includes(type)) return ['bbox', 'within', 'near', 'isNull']
  return type === 'text' || type === 'code' ? [...comparisons, 'contains', 'startsWith'] : comparisons
}

/** What the gateway can do itself over rows at hand: everything. */
export const localCapabilities: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalarTypes,
  group: scalarTypes,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'keyset',
  written: 'here',
}
