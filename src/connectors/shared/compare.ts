/** Which of two cells comes first, and when are they the same? */

import { type Cell, canonicalDecimal, compareDecimals, type FieldType, type Scalar } from '../../model/index.ts'

/** Made when first needed: most gateways leave orders to their sources. */
let german: Intl.Collator | undefined

/**
 * Orders two texts as a German reader expects: ä beside a, upper and lower case together. Texts that the alphabet holds equal are
 * told apart by their code units, so that the order is total.
 *
 * @example
 *   compareText('Ärger', 'Zebra')  // → -1
 *   compareText('Eiche', 'eiche')  // → 1
 *   compareText('a', 'a')          // → 0
 */
export function compareText(a: string, b: string): number {
  german ??= new Intl.Collator('de')
  return Math.sign(german.compare(a, b)) || compareCodeUnits(a, b)
}

/**
 * The form in which texts are compared by `contains` and `startsWith`: Unicode's default lower case, whatever the machine's locale.
 * `ß` stays `ß`.
 *
 * @example
 *   foldCase('ÖLWEIDE')  // → 'ölweide'
 */
export function foldCase(text: string): string {
  return text.toLowerCase()
}

/**
 * Orders two values of one declared type; false before true, numbers by value with every digit, instants by time.
 *
 * @param type of both; neither is a geometry
 * @returns    negative, zero or positive; zero exactly when `identity` is the same
 * @example
 *   compareScalars('9.5', '10', 'decimal')                                            // → -1
 *   compareScalars('2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00Z', 'datetime')      // → 1
 */
export function compareScalars(a: Scalar, b: Scalar, type: FieldType): number {
  switch (type) {
    case 'decimal':
    case 'bigint':
      return compareDecimals(String(a), String(b))
    case 'text':
    case 'code':
      return compareText(String(a), String(b))
    case 'datetime':
      // Without its Z a shorter fraction is the beginning of a longer one, and the order of texts is the order of time.
      return compareCodeUnits(String(a).slice(0, -1), String(b).slice(0, -1))
    case 'date':
    case 'time':
      return compareCodeUnits(String(a), String(b))
    default:
      return Number(a) - Number(b)
  }
}

/** What is the same for equal values of a type, and only for them: fit for a Set or a Map. */
export function identity(value: Scalar, type: FieldType): Scalar {
  return type === 'decimal' || type === 'bigint' ? (canonicalDecimal(String(value)) ?? value) : value
}

/** Whether a cell can be compared at all: neither missing nor a geometry. */
export function isScalar(cell: Cell): cell is Scalar {
  return cell !== null && typeof cell !== 'object'
}

function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
