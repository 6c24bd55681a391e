/** What do two values of different types become before they are compared? */

import type { SqlType, TypeName } from '../types.ts'
import { isWhole } from './convert.ts'
import { isDecimal } from './stored.ts'

/** Which of two types the other becomes: the one that stands first (T-SQL, "Data type precedence"). */
export const precedence: readonly TypeName[] = [
  'datetimeoffset',
  'datetime2',
  'datetime',
  'smalldatetime',
  'date',
  'time',
  'float',
  'real',
  'decimal',
  'money',
  'smallmoney',
  'bigint',
  'int',
  'smallint',
  'tinyint',
  'bit',
  'uniqueidentifier',
  'nvarchar',
  'nchar',
  'varchar',
  'char',
  'varbinary',
  'binary',
]

/** Whether values of the two compare as they are kept. */
export function isOneKind(a: SqlType, b: SqlType): boolean {
  return a.name === b.name || (isWhole(a) && isWhole(b)) || (isDecimal(a) && isDecimal(b)) || (isFloat(a) && isFloat(b))
}

/** The type that a value becomes; decimals and times get room for all of its digits. */
export function widest(first: SqlType, from: SqlType): SqlType {
  if (first.name === 'decimal') return { name: 'decimal', precision: 38, scale: Math.max(first.scale!, from.scale ?? 0) }
  if (first.name === 'datetime2' || first.name === 'datetimeoffset' || first.name === 'time') return { ...first, scale: 7 }
  return first
}

export function isFloat({ name }: SqlType): boolean {
  return name === 'float' || name === 'real'
}
