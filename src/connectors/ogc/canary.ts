/** Which questions find nothing in any collection, so that a service that finds something shows that it does not listen? Pure. */

import type { Filter, ServerType } from '../features/filter.ts'

/**
 * A comparison that no feature passes.
 *
 * @param cql whether there are more words than `name=value`
 * @returns   undefined where there is none in these words
 */
export function nothing(property: string, type: ServerType, cql: boolean): Filter | undefined {
  switch (type) {
    case 'text':
      return { op: 'eq', property, literal: 'stadttor-gibt-es-nicht', type }
    case 'integer':
    case 'number':
      return { op: 'eq', property, literal: '-987654321', type }
    case 'boolean':
      return cql ? { op: 'and', of: ['true', 'false'].map(literal => ({ op: 'eq', property, literal, type })) } : undefined
    case 'date':
      return cql ? { op: 'gt', property, literal: '9999-12-31', type } : undefined
    case 'moment':
      return cql ? { op: 'gt', property, literal: '9999-12-31T23:59:59Z', type } : undefined
    default:
      return undefined
  }
}

/** A box on the ice of the South Pole. */
export const nowhere: Filter = { op: 'bbox', property: '', srsName: 'CRS84', lower: [-123.46, -89.99], upper: [-123.45, -89.98] }

/** Before anything that a city keeps. */
export function never(property: string): Filter {
  const at = { property, type: 'moment' } as const
  return {
    op: 'and',
    of: [
      { ...at, op: 'gte', literal: '0001-01-01T00:00:00Z' },
      { ...at, op: 'lte', literal: '0001-01-01T00:00:01Z' },
    ],
  }
}
