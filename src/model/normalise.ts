/** How are key texts of two systems made alike before they are compared? */

import type { Scalar } from './cell.ts'

/** Steps of a relation; applied in this order. The first three make both sides alike, `map` translates the left one. */
export interface Normalise {
  readonly trim?: boolean
  readonly upper?: boolean
  /** Pads with `0` on the left to so many characters. */
  readonly padStart?: number
  /** Left value → right value, after the steps above. */
  readonly map?: Readonly<Record<string, string>>
}

/**
 * A key text without what systems write differently: the form in which both sides are compared.
 *
 * @example
 *   spelled(' 7 ', { trim: true, padStart: 3 })        // → '007'
 *   spelled('straße', { upper: true })                 // → 'STRASSE'
 *   spelled('a-1', { map: { 'a-1': 'X' } })            // → 'a-1'
 */
export function spelled(value: Scalar, rules: Normalise | undefined): Scalar {
  if (!rules) return value
  let text = String(value)
  if (rules.trim) text = text.trim()
  if (rules.upper) text = text.toUpperCase()
  return rules.padStart ? text.padStart(rules.padStart, '0') : text
}

/**
 * A key text of the left side as the right side writes it.
 *
 * @example
 *   normalised(' 7 ', { trim: true, padStart: 3 })           // → '007'
 *   normalised('a-1', { upper: true, map: { 'A-1': 'X' } })  // → 'X'
 */
export function normalised(value: Scalar, rules: Normalise | undefined): Scalar {
  const text = spelled(value, rules)
  return rules?.map && Object.hasOwn(rules.map, String(text)) ? rules.map[String(text)]! : text
}
