/** As what is a value of a statement sent to SQL Server? */

import type { Binding } from '../compile/index.ts'

export interface Parameter {
  readonly type: 'NVarChar' | 'VarChar' | 'Int' | 'BigInt' | 'VarBinary'
  readonly value: string | number | Uint8Array
  /** Declared length; beyond the greatest one of its type it means `max`. */
  readonly length?: number
}

/** Longest NVARCHAR, VARCHAR and VARBINARY before `max`. */
const widest = 4_000
const narrowest = 8_000

/**
 * Parameters in the order of their placeholders.
 *
 * Lengths are always the same, whatever the values are: the declaration is part of the statement, and each new one would be another plan
 * in the server's cache.
 *
 * A narrow text is sent as VARCHAR, which leaves an index on a VARCHAR column usable. VARCHAR holds only what the code page of the
 * database has, and the rest would silently become question marks. So with anything but ASCII among them, all narrow texts are sent as
 * NVARCHAR: the answer is right, and the index still serves under the collations of Windows, which is what German servers have.
 *
 * @example
 *   parametersOf([{ value: 'A-1', type: 'narrow' }])   // → [{ type: 'VarChar', value: 'A-1', length: 8000 }]
 *   parametersOf([{ value: 'Ä-1', type: 'narrow' }])   // → [{ type: 'NVarChar', value: 'Ä-1', length: 4000 }]
 *   parametersOf([{ value: 51, type: 'count' }])       // → [{ type: 'Int', value: 51 }]
 */
export function parametersOf(bindings: readonly Binding[]): Parameter[] {
  const plain = bindings.every(({ value, type }) => type !== 'narrow' || isAscii(String(value)))
  return bindings.map(binding => parameterOf(binding, plain))
}

function parameterOf({ value, type }: Binding, plain: boolean): Parameter {
  if (value instanceof Uint8Array) return { type: 'VarBinary', value, length: narrowest + 1 }
  if (typeof value === 'number') return { type: isInt(value) ? 'Int' : 'BigInt', value }
  // Lists are not bound as one value here; the dialect says so.
  const text = String(value)
  if (type === 'narrow' && plain) return { type: 'VarChar', value: text, length: Math.max(text.length, narrowest) }
  return { type: 'NVarChar', value: text, length: Math.max(text.length, widest) }
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text)
}

function isInt(value: number): boolean {
  return value === (value | 0)
}
