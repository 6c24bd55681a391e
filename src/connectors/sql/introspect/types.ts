/** Which field type fits a column? */

import type { FieldType } from '../../../model/index.ts'
import type { Stored } from '../dialects/index.ts'

/** Types whose values go beyond 32 bits. */
const wide = /^(bigint|int8|bigserial|int unsigned|int\(\d+\) unsigned|decimal|numeric|number)\b/i

/**
 * @param stored how the column compares, as the driver described it
 * @param words  the type in the database's own words
 * @returns      `undefined`: no field type fits
 * @example
 *   fieldTypeOf('int', 'integer')                   // → 'int'
 *   fieldTypeOf('int', 'NUMBER(10,0)')              // → 'bigint'
 *   fieldTypeOf('int', 'NUMBER(4,0)')               // → 'int'
 *   fieldTypeOf('geometry', 'geometry(Point,4326)') // → 'point'
 *   fieldTypeOf('bytes', 'bytea')                   // → undefined
 */
export function fieldTypeOf(stored: Stored, words: string): FieldType | undefined {
  switch (stored) {
    case 'text':
    case 'padded':
    case 'uuid':
      return 'text'
    case 'int':
      return wholeOf(words)
    case 'double':
    case 'single':
      return 'float'
    case 'clock':
    case 'seconds':
    case 'ticks':
    case 'instant':
      return 'datetime'
    case 'geometry':
      return shapeOf(words)
    case 'decimal':
    case 'boolean':
    case 'date':
    case 'time':
      return stored
    case 'bytes':
    case 'other':
      // Labels and texts that ignore case are texts to whoever reads them.
      return /^geometry\(/i.test(words) ? shapeOf(words) : /^(citext|enum|USER-DEFINED)\b/i.test(words) ? 'text' : undefined
  }
}

function wholeOf(words: string): FieldType {
  // MySQL's way to say yes and no.
  if (/^tinyint\(1\)$/i.test(words)) return 'boolean'
  const digits = Number(/^(?:decimal|numeric|number)\((\d+)/i.exec(words)?.[1] ?? Number.POSITIVE_INFINITY)
  return wide.test(words) && digits > 9 ? 'bigint' : 'int'
}

function shapeOf(words: string): FieldType {
  if (/multipoint/i.test(words)) return 'geometry'
  if (/point/i.test(words)) return 'point'
  if (/line|curve/i.test(words)) return 'line'
  return /polygon|surface/i.test(words) ? 'polygon' : 'geometry'
}
