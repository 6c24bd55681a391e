/** Which requests ask for everything that a dataset of the town lets callers ask for? */

import type { Capabilities, Condition, OpenField, Operator, SourceRequest } from '../../src/model/index.ts'
import type { TownDataset } from '../contract/town.ts'

/** Every operator on every field, every order, groups, keys and counts. */
export function everyKindOfRequest({ dataset, fields }: TownDataset, capabilities: Capabilities): SourceRequest[] {
  const all = Object.values(fields)
  const orderBy = [{ column: fields.id!, direction: 'asc', nulls: 'last' } as const]
  const filtered = all.flatMap(field =>
    (capabilities.filter[field.type] ?? []).map(
      (op): SourceRequest => ({ kind: 'rows', dataset, columns: all, orderBy, limit: 3, where: sample(field, op) }),
    ),
  )
  const sorted = all
    .filter(field => capabilities.sort.includes(field.type))
    .map(
      (column): SourceRequest => ({
        kind: 'rows',
        dataset,
        columns: [column],
        orderBy: [{ column, direction: 'desc', nulls: 'first' }, ...orderBy],
        limit: 2,
      }),
    )
  return [
    ...filtered,
    ...sorted,
    { kind: 'keyed', dataset, columns: all, match: [fields.id!], keys: [[1], [2]], orderBy, perKey: 2 },
    {
      kind: 'aggregate',
      dataset,
      groupBy: [fields.street!],
      measures: [{ function: 'count' }, { function: 'max', column: fields.planted! }],
      limit: 5,
    },
    { kind: 'aggregate', dataset, groupBy: [], measures: [{ function: 'count' }], limit: 1 },
  ]
}

function sample(column: OpenField, op: Operator): Condition {
  const values = {
    text: 'Eiche',
    code: '1',
    int: 1,
    bigint: '1',
    decimal: '1',
    boolean: true,
    date: '2024-01-01',
    datetime: '2024-01-01T00:00:00Z',
  }
  const value = values[column.type as keyof typeof values] ?? ''
  switch (op) {
    case 'in':
    case 'notIn':
      return { op, column, values: [value] }
    case 'contains':
    case 'startsWith':
      return { op, column, value: String(value) }
    case 'isNull':
      return { op, column, value: true }
    case 'bbox':
      return { op, column, box: [9, 47, 10, 48] }
    case 'within':
      return {
        op,
        column,
        area: {
          type: 'Polygon',
          coordinates: [
            [
              [9, 47],
              [10, 47],
              [10, 48],
              [9, 47],
            ],
          ],
        },
      }
    case 'near':
      return { op, column, longitude: 9.17, latitude: 47.66, metres: 500 }
    default:
      return { op, column, value }
  }
}
