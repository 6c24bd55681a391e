/** What can a database do? */

import { type Capabilities, type FieldType, fieldTypes, geometryTypes, type Operator } from '../../model/index.ts'

const listed: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', 'isNull']
const ordered: readonly Operator[] = [...listed, 'lt', 'lte', 'gt', 'gte']
const shapes: readonly FieldType[] = geometryTypes
const scalars = fieldTypes.filter(type => !shapes.includes(type))

function operatorsOf(type: FieldType): readonly Operator[] {
  switch (type) {
    case 'text':
      return [...ordered, 'contains', 'startsWith']
    case 'code':
    case 'boolean':
      return listed
    default:
      return shapes.includes(type) ? ['bbox', 'within', 'near', 'isNull'] : ordered
  }
}

/** The same for every database that this version opens. */
export const capabilities: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalars,
  group: scalars,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'keyset',
  written: 'there',
}
