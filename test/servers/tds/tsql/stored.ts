/** How does SQLite keep the values of SQL Server? So that its own comparison is right: decimals as texts in their order. */

import { toTicks } from '../calendar.ts'
import { decoded, encoded, isNarrow, isText, type SqlType, type Value } from '../types.ts'
import { keyOf, textOf } from './decimal.ts'

export type Stored = null | bigint | number | string | Uint8Array

export function isDecimal({ name }: SqlType): boolean {
  return name === 'decimal' || name === 'money' || name === 'smallmoney'
}

export function toStored(value: Value, type: SqlType): Stored {
  if (value === null) return null
  if (isDecimal(type)) return keyOf(String(value))
  if (type.name === 'datetime') return toTicks(String(value))
  if (!isText(type)) return value
  const text = isNarrow(type) ? decoded(encoded(String(value))) : String(value)
  return type.name === 'char' || type.name === 'nchar' ? text.padEnd(Number(type.length)) : text
}

export function fromStored(stored: Stored, type: SqlType): Value {
  if (stored === null) return null
  return isDecimal(type) ? textOf(String(stored), type.name === 'decimal' ? type.scale! : 4) : stored
}
