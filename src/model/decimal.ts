/** How are exact decimal texts moved and rounded, without ever becoming floats? */

const pattern = /^([+-]?)(\d+)(?:\.(\d*))?$/

/**
 * A number text in canonical form: no exponent, no leading or trailing zeros, no `-0`.
 *
 * @returns `undefined` when the text is not a finite decimal number
 * @example
 *   canonicalDecimal('+007.50')  // → '7.5'
 *   canonicalDecimal('-0.0')     // → '0'
 *   canonicalDecimal('1.5e3')    // → '1500'
 *   canonicalDecimal('7,5')      // → undefined
 */
export function canonicalDecimal(text: string): string | undefined {
  const [mantissa = '', exponent, ...rest] = text.trim().split(/e/i)
  if (rest.length > 0 || (exponent !== undefined && !/^[+-]?\d{1,4}$/.test(exponent))) return undefined
  if (!/\d/.test(mantissa)) return undefined
  const parts = pattern.exec(mantissa.startsWith('.') ? `0${mantissa}` : mantissa.replace(/^([+-])\./, '$10.'))
  if (!parts) return undefined
  return assemble(parts[1] === '-', parts[2]!, parts[3] ?? '', Number(exponent ?? 0))
}

/**
 * Moves the decimal point: text × 10^places, exactly.
 *
 * @param text   a canonical decimal
 * @param places whole number; negative makes the number smaller
 * @example
 *   shiftDecimal('1234', -2)  // → '12.34'
 *   shiftDecimal('12.5', 3)   // → '12500'
 */
export function shiftDecimal(text: string, places: number): string {
  const parts = pattern.exec(text)
  if (!parts) throw new RangeError('not a canonical decimal')
  return assemble(parts[1] === '-', parts[2]!, parts[3] ?? '', places)
}

/**
 * Compares two canonical decimals by value: negative, zero or positive, as `Array.prototype.sort` wants it.
 *
 * @example
 *   compareDecimals('9.5', '10')    // → -1
 *   compareDecimals('-3', '-20')    // → 1
 *   compareDecimals('1', '1')       // → 0
 */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)]
  const places = Math.max(left.places, right.places)
  const difference = left.digits * 10n ** BigInt(places - left.places) - right.digits * 10n ** BigInt(places - right.places)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

function parse(text: string): { digits: bigint; places: number } {
  const [whole = '0', fraction = ''] = text.split('.')
  return { digits: BigInt(whole + fraction), places: fraction.length }
}

function assemble(negative: boolean, whole: string, fraction: string, places: number): string {
  const digits = whole + fraction
  const point = whole.length + places
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 0)
  const left = padded.slice(0, at).replace(/^0+/, '') || '0'
  const right = padded.slice(at).replace(/0+$/, '')
  const number = right ? `${left}.${right}` : left
  return negative && number !== '0' ? `-${number}` : number
}
