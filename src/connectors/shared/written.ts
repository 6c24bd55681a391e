/** What does a value mean that its source writes in its own way? */

import { canonicalDecimal, type FieldType, markersOf, readFormat, type Written, withoutBlanks } from '../../model/index.ts'
import { epochText } from './epoch.ts'

/**
 * A written value in the usual spelling of its type, as `toCell` reads it.
 *
 * @param text as the source wrote it
 * @returns    null for a missing value; `undefined` when it is not written as declared
 * @example
 *   usualText('ja ', 'boolean', { true: ['ja'], false: ['nein'] })           // → 'true'
 *   usualText('1.234,50 m', 'decimal', { decimal: ',', group: '.', around: '{} m' })  // → '1234.50'
 *   usualText('-9999.0', 'int', { missing: ['-9999'] })                      // → null
 *   usualText('01.07.2026', 'date', { format: 'dd.MM.yyyy' })               // → '2026-07-01'
 *   usualText('2,10', 'decimal', { around: '{} m' })                         // → undefined
 */
export function usualText(text: string, type: FieldType, written: Written): string | null | undefined {
  const trimmed = withoutBlanks(text)
  const kind = kinds[type] ?? 'other'
  if (markersOf(written).some(marker => marker === trimmed || (kind === 'number' && sameNumber(marker, trimmed)))) return null
  // A blank is no number and no day; only where it is declared to mean yes or no it means something.
  if (trimmed === '' && kind !== 'text') return truth('', written) ?? null
  switch (kind) {
    case 'text':
      return written.trim ? trimmed : text
    case 'truth':
      return written.true ? truth(trimmed, written) : trimmed
    case 'number':
      return number(trimmed, written)
    case 'time':
      return written.format ? readFormat(trimmed, written.format) : written.epoch ? epoch(trimmed, written.epoch) : trimmed
    default:
      return text
  }
}

const kinds: Readonly<Partial<Record<FieldType, 'text' | 'truth' | 'number' | 'time'>>> = {
  text: 'text',
  code: 'text',
  boolean: 'truth',
  int: 'number',
  bigint: 'number',
  decimal: 'number',
  float: 'number',
  date: 'time',
  time: 'time',
  datetime: 'time',
}

function truth(text: string, written: Written): string | undefined {
  if (written.true?.some(word => withoutBlanks(word) === text)) return 'true'
  return written.false?.some(word => withoutBlanks(word) === text) ? 'false' : undefined
}

/** The number within what stands around it, with a point and without groups. A group that has not three digits is no group. */
function number(text: string, { around, decimal, group }: Written): string | undefined {
  const inner = around === undefined ? text : within(text, around)
  if (inner === undefined || (decimal === undefined && group === undefined)) return inner
  const [whole = '', fraction, ...more] = inner.split(decimal ?? '.')
  const digits = ungrouped(whole, group)
  if (digits === undefined || more.length > 0) return undefined
  if (fraction === undefined) return digits
  return /^\d+$/.test(fraction) ? `${digits}.${fraction}` : undefined
}

function within(text: string, around: string): string | undefined {
  const [before = '', after = ''] = around.split('{}').map(part => part.trim())
  const fits = text.startsWith(before) && text.endsWith(after) && text.length > before.length + after.length
  return fits ? text.slice(before.length, text.length - after.length).trim() : undefined
}

/** Whole digits, perhaps none: Oracle prints a half as `,5`. */
function ungrouped(whole: string, group: string | undefined): string | undefined {
  if (/^[+-]?\d*$/.test(whole)) return whole
  const [first = '', ...others] = group === undefined ? [] : withPlainBlanks(whole).split(group)
  return /^[+-]?\d{1,3}$/.test(first) && others.every(part => /^\d{3}$/.test(part)) ? [first, ...others].join('') : undefined
}

/** Groups are often parted by a blank that does not break. */
function withPlainBlanks(text: string): string {
  return text.replaceAll(/[\u00a0\u2009\u202f]/g, ' ')
}

function epoch(text: string, unit: 's' | 'ms'): string | undefined {
  const number = canonicalDecimal(text)
  if (number === undefined) return undefined
  return epochText(unit === 's' ? (canonicalDecimal(`${number}e3`) ?? '') : number)
}

function sameNumber(a: string, b: string): boolean {
  const [left, right] = [canonicalDecimal(a), canonicalDecimal(b)]
  return left !== undefined && left === right
}
