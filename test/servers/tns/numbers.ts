/** How does Oracle write a NUMBER? Digits in base 100 behind an exponent; byte by byte, such texts are in the order of the numbers. */

import { canonicalDecimal } from '../../../src/model/index.ts'
import { OracleError } from './errors.ts'

const mostPairs = 20
const zero = 0x80
/** Ends negative numbers, so that the longer of two that begin alike is the lesser. */
const tail = 102

/** @param text any decimal number; digits beyond the fortieth are rounded */
export function encodeNumber(text: string): Buffer {
  const canonical = canonicalDecimal(text)
  if (canonical === undefined) throw new OracleError(1722, 'invalid number')
  const negative = canonical.startsWith('-')
  const { pairs, exponent } = roundedPairs(canonical.replace('-', ''))
  if (pairs.length === 0) return Buffer.from([zero])
  if (exponent > 62) throw new OracleError(1426, 'numeric overflow')
  if (exponent < -65) return Buffer.from([zero])
  if (!negative) return Buffer.from([193 + exponent, ...pairs.map(pair => pair + 1)])
  const bytes = [62 - exponent, ...pairs.map(pair => 101 - pair)]
  return Buffer.from(pairs.length < mostPairs ? [...bytes, tail] : bytes)
}

/** @returns the number as Oracle prints it: no leading zero before the point */
export function decodeNumber(bytes: Uint8Array): string {
  const [first = zero, ...rest] = bytes
  if (first === zero && rest.length === 0) return '0'
  const negative = first < zero
  const exponent = negative ? 62 - first : first - 193
  const pairs = (negative && rest.at(-1) === tail ? rest.slice(0, -1) : rest).map(byte => (negative ? 101 - byte : byte - 1))
  const digits = pairs.map(pair => String(pair).padStart(2, '0')).join('')
  const text = canonicalDecimal(`${negative ? '-' : ''}${digits}e${(exponent + 1 - pairs.length) * 2}`)!
  return text.replace(/^(-?)0\./, '$1.')
}

/** Pairs of digits without zeros at either end, and the power of 100 of the first. */
function roundedPairs(text: string): { pairs: number[]; exponent: number } {
  const [whole = '', fraction = ''] = text.split('.')
  const left = whole.length % 2 === 0 ? whole : `0${whole}`
  const right = fraction.length % 2 === 0 ? fraction : `${fraction}0`
  let pairs = (left + right).match(/\d\d/g)?.map(Number) ?? []
  let exponent = left.length / 2 - 1
  const leading = pairs.findIndex(pair => pair !== 0)
  if (leading < 0) return { pairs: [], exponent: 0 }
  pairs = pairs.slice(leading)
  exponent -= leading
  if (pairs.length > mostPairs) {
    const up = pairs[mostPairs]! >= 50
    pairs = pairs.slice(0, mostPairs)
    if (up) {
      let at = mostPairs - 1
      while (at >= 0 && pairs[at] === 99) pairs[at--] = 0
      if (at >= 0) pairs[at]!++
      else {
        pairs.unshift(1)
        exponent++
      }
    }
  }
  while (pairs.at(-1) === 0) pairs.pop()
  return { pairs, exponent }
}
