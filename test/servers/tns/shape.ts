/**
 * What is an SDO_GEOMETRY made of? The driver asks this once per connection, in a PL/SQL block of its own, when a column of the type is
 * described. The stand-in tells of the two numbers that the type begins with and keeps silent about its nested types.
 */

import { describedColumns, type ResultColumn } from './answers.ts'
import { Writer } from './bytes.ts'
import { encodeNumber } from './numbers.ts'
import type { Cell } from './types.ts'

export function asksForShape(sql: string): boolean {
  return /^\s*declare\b/i.test(sql) && sql.includes('dbms_pickler.get_type_shape')
}

const text = { name: 'VARCHAR2', size: 128 } as const

/** Columns of the cursor with the attributes, as the driver reads them: by place. */
export const attributeColumns: readonly ResultColumn[] = [
  { name: 'TYPE_NAME', type: text },
  { name: 'ATTR_NAME', type: text },
  { name: 'ATTR_NO', type: { name: 'NUMBER' } },
  { name: 'ATTR_TYPE_NAME', type: text },
  { name: 'ATTR_TYPE_OWNER', type: text },
  { name: 'ATTR_TYPE_PACKAGE', type: text },
  { name: 'ATTR_TYPE_OID', type: { name: 'RAW', size: 16 } },
]

export const attributeRows: readonly (readonly Cell[])[] = ['SDO_GTYPE', 'SDO_SRID'].map((name, at) => [
  'SDO_GEOMETRY',
  name,
  encodeNumber(String(at + 1)),
  'NUMBER',
  null,
  null,
  null,
])

const direction = { out: 16, inOut: 48 } as const
/** Opcode of a number in the description of a type, with as many digits as it has. */
const plainNumber = [6, 0, 0x81]

/**
 * Values of the block's variables in their order: return value, full name, id, version, description, attributes, package, schema, name.
 *
 * @param cursor number of the cursor that holds the attributes
 */
export function shapeAnswer(cursor: number, fields: number): Buffer {
  const description = new Writer()
    .zeros(8)
    .byte(0, 2)
    .zeros(8)
    .byte(...plainNumber, ...plainNumber)
    .done()
  const value = (bytes: Uint8Array): Buffer => new Writer().block(bytes).number(0).done()
  const attributes = new Writer().byte(1).raw(describedColumns(attributeColumns, fields)).number(cursor).number(0).done()
  return new Writer()
    .byte(11, 0)
    .numbers(9, 0, 0, 0, 0, 0)
    .byte(direction.out, direction.inOut, ...Array<number>(7).fill(direction.out))
    .byte(7)
    .raw(value(encodeNumber('0')))
    .raw(value(Buffer.from('"MDSYS"."SDO_GEOMETRY"')))
    .raw(value(Buffer.alloc(16, 0x5d)))
    .raw(value(encodeNumber('1')))
    .raw(value(description))
    .raw(attributes)
    .raw(value(Buffer.alloc(0)))
    .raw(value(Buffer.from('MDSYS')))
    .raw(value(Buffer.from('SDO_GEOMETRY')))
    .done()
}
