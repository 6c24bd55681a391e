/** How can decimals of 38 digits be compared by an engine that has none? As texts whose order is the order of the numbers. */

const digits = 38
const ones = 10n ** BigInt(2 * digits)

/** @param text `-12.50` */
export function keyOf(text: string): string {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const number = BigInt(whole + fraction.padEnd(digits, '0'))
  const [first, rest] = sign === '-' && number > 0n ? ['0', ones - number] : ['1', number]
  return first + String(rest).padStart(2 * digits, '0')
}

/** With so many digits behind the point. */
export function textOf(key: string, scale: number): string {
  const number = key.startsWith('0') ? ones - BigInt(key.slice(1)) : BigInt(key.slice(1))
  const all = String(number).padStart(2 * digits, '0')
  const whole = all.slice(0, digits).replace(/^0+(?=\d)/, '')
  const fraction = all.slice(digits, digits + scale)
  return `${key.startsWith('0') ? '-' : ''}${whole}${scale > 0 ? `.${fraction}` : ''}`
}

/** Rounded, halves away from zero; `undefined` when it has more digits than it may. */
export function fitted(text: string, precision: number, scale: number): string | undefined {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0')) + (Number(fraction[scale] ?? 0) >= 5 ? 1n : 0n)
  if (String(kept).length > precision) return undefined
  const all = String(kept).padStart(scale + 1, '0')
  const number = scale === 0 ? all : `${all.slice(0, -scale)}.${all.slice(-scale)}`
  return kept === 0n ? number : sign + number
}

/** Sum of two keys. */
export function added(a: string, b: string): string {
  const number = (key: string): bigint => (key.startsWith('0') ? BigInt(key.slice(1)) - ones : BigInt(key.slice(1)))
  const sum = number(a) + number(b)
  return sum < 0n ? `0${String(ones + sum).padStart(2 * digits, '0')}` : `1${String(sum).padStart(2 * digits, '0')}`
}
