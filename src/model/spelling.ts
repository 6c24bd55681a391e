/** What can be told of the way in which a source writes? */

import { canonicalDecimal } from './decimal.ts'
import type { FieldType } from './field.ts'
import type { Written } from './written.ts'

/**
 * The markers of missing values, as they are compared: without blanks around.
 *
 * @example
 *   markersOf({ missing: [' N/A', ' '] })  // → ['N/A', '']
 *   markersOf({ trim: true })              // → ['']
 */
export function markersOf({ missing = [], trim }: Pick<Written, 'missing' | 'trim'>): readonly string[] {
  return [...new Set([...missing.map(withoutBlanks), ...(trim ? [''] : [])])]
}

/** Without blanks at both ends; other white space stays, which not every database could drop. */
export function withoutBlanks(text: string): string {
  return text.replace(/^ +| +$/g, '')
}

/**
 * Whether a source that compares what it stores, and not what we serve, still finds, orders and groups exactly the right rows: because
 * each value has one spelling there, or the few that are declared, and their order is that of the values.
 *
 * A number within a text has many spellings (`2,1 m`, `2,10 m`) and the order of letters; a written day has the order of its digits.
 *
 * @example
 *   askable('boolean', { true: ['J'], false: ['N'] })  // → true
 *   askable('decimal', { missing: ['-9999'] })         // → true
 *   askable('decimal', { around: '{} m' })             // → false
 *   askable('date', { format: 'dd.MM.yyyy' })         // → false
 */
export function askable(type: FieldType, written: Written): boolean {
  const only = (...keys: readonly (keyof Written)[]) => Object.keys(written).every(key => keys.some(known => known === key))
  switch (type) {
    case 'text':
    case 'code':
      return only('trim', 'missing')
    case 'boolean':
      return only('true', 'false', 'missing')
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'float':
      // A marker that is no number tells that the column is a text.
      return only('missing') && markersOf(written).every(marker => canonicalDecimal(marker) !== undefined)
    case 'datetime':
      return only('epoch', 'missing') && written.epoch !== undefined
    default:
      return false
  }
}
