/** What do many values come to: how many, how much, on average, from where to where? */

import type { Cell, FieldType, MeasureFunction, Scalar } from '../../model/index.ts'
import { canonicalDecimal } from '../../model/index.ts'
import { compareScalars, identity } from './compare.ts'

/**
 * One number or value for many, missing values left out.
 *
 * @param values canonical cells of the type, without the missing ones
 * @returns      `count` and `countDistinct`: a number; `avg`: a float; `sum`: a string with every digit, for a float column a
 *               number; `min`, `max`: a value. null for all but the counts when there are no values, and for floats beyond 1.8e308
 * @example
 *   measure('sum', ['0.1', '0.2'], 'decimal')  // → '0.3'
 *   measure('avg', [1, 2], 'int')              // → 1.5
 *   measure('max', [], 'int')                  // → null
 *   measure('count', [], 'int')                // → 0
 */
export function measure(name: MeasureFunction, values: readonly Scalar[], type: FieldType): Cell {
  switch (name) {
    case 'count':
      return values.length
    case 'countDistinct':
      return new Set(values.map(value => identity(value, type))).size
    case 'min':
      return extreme(values, (a, b) => compareScalars(a, b, type))
    case 'max':
      return extreme(values, (a, b) => compareScalars(b, a, type))
    case 'sum':
      return values.length === 0 ? null : type === 'float' ? finite(floatSum(values)) : decimalSum(values)
    case 'avg':
      return values.length === 0 ? null : finite((type === 'float' ? floatSum(values) : Number(decimalSum(values))) / values.length)
  }
}

/**
 * The exact sum of decimals, as canonical text.
 *
 * @example
 *   decimalSum(['12345678901234567890.5', 1, '-0.25'])  // → '12345678901234567891.25'
 *   decimalSum([])                                      // → '0'
 */
export function decimalSum(values: readonly Scalar[]): string {
  const parts = values.map(value => {
    const [whole = '0', fraction = ''] = (canonicalDecimal(String(value)) ?? '0').split('.')
    return { whole, fraction }
  })
  const places = parts.reduce((most, { fraction }) => Math.max(most, fraction.length), 0)
  const total = parts.reduce((sum, { whole, fraction }) => sum + BigInt(whole + fraction.padEnd(places, '0')), 0n)
  return canonicalDecimal(`${total}e-${places}`) ?? '0'
}

function floatSum(values: readonly Scalar[]): number {
  return values.reduce<number>((sum, value) => sum + Number(value), 0)
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null
}

function extreme(values: readonly Scalar[], compare: (a: Scalar, b: Scalar) => number): Scalar | null {
  return values.length === 0 ? null : values.reduce((best, value) => (compare(value, best) < 0 ? value : best))
}
