/** Can a field of one type be read from a column of another? */

import { type FieldType, geometryTypes } from '../../model/index.ts'

const numbers: readonly FieldType[] = ['int', 'bigint', 'decimal', 'float']

/** Types of columns that each type of field can be read from, beside its own. */
const readable: Readonly<Record<FieldType, readonly FieldType[]>> = {
  text: ['code', ...numbers, 'boolean', 'date', 'time', 'datetime'],
  code: ['text', ...numbers, 'boolean'],
  int: numbers,
  bigint: numbers,
  decimal: numbers,
  float: numbers,
  boolean: ['int', 'bigint', 'decimal'],
  date: ['datetime'],
  time: [],
  datetime: ['date'],
  point: ['geometry'],
  line: ['geometry'],
  polygon: ['geometry'],
  geometry: geometryTypes,
}

/**
 * @param loose sources that keep whatever they are given, or write everything as text: then a text may hold any value but a geometry
 * @example
 *   fits('decimal', 'int', false)   // → true
 *   fits('date', 'text', false)     // → false
 *   fits('date', 'text', true)      // → true
 *   fits('point', 'polygon', true)  // → false
 */
export function fits(field: FieldType, column: FieldType, loose: boolean): boolean {
  if (field === column || readable[field].includes(column)) return true
  return (
    loose &&
    (column === 'text' || column === 'code' || numbers.includes(column)) &&
    !(geometryTypes as readonly FieldType[]).includes(field)
  )
}
