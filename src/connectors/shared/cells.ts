/** How does what a source wrote become a cell? One conversion for every connector, by the declared type. */

import { type Cell, calendarDate, canonicalDecimal, type FieldType, instant, type Written } from '../../model/index.ts'
import { usualText } from './written.ts'

/** Largest whole number a float holds exactly. */
const safe = BigInt(Number.MAX_SAFE_INTEGER)

/** What is declared of a column, as far as its values go. */
export interface Declared {
  readonly type: FieldType
  readonly zone?: string
  readonly written?: Written
}

/**
 * One value of a source in its canonical form (see `Cell`). Geometry has its own readers in `geo/`.
 *
 * @param raw     text, number, bigint or boolean as the driver or parser handed it over; null and undefined are missing values
 * @param column  declared type; `zone` for a wall-clock column; `written` where the source writes in its own way. A connector hands
 *                such values over as they came: what it knows of its own kind's habits is not theirs
 * @returns       `undefined` when the value does not have the declared type: the caller counts it as a problem and serves null
 * @example
 *   toCell('007', { type: 'int' })                                             // → 7
 *   toCell('12.50', { type: 'decimal' })                                       // → '12.5'
 *   toCell('t', { type: 'boolean' })                                           // → true
 *   toCell('2026-07-01 12:00', { type: 'datetime', zone: 'Europe/Berlin' })    // → '2026-07-01T10:00:00Z'
 *   toCell('2,10 m', { type: 'decimal', written: { decimal: ',', around: '{} m' } })  // → '2.1'
 *   toCell('N/A', { type: 'int', written: { missing: ['N/A'] } })              // → null
 *   toCell('viele', { type: 'int' })                                           // → undefined
 */
export function toCell(raw: unknown, column: Declared): Cell | undefined {
  if (raw === null || raw === undefined) return null
  const sent =
    typeof raw === 'string' ? raw : typeof raw === 'number' || typeof raw === 'bigint' || typeof raw === 'boolean' ? String(raw) : undefined
  if (sent === undefined) return undefined
  const text = column.written ? usualText(sent, column.type, column.written) : sent
  if (text === null || text === undefined) return text
  switch (column.type) {
    case 'text':
    case 'code':
      return text
    case 'int': {
      const digits = wholeNumber(text)
      return digits === undefined || digits > safe || digits < -safe ? undefined : Number(digits)
    }
    case 'bigint':
      return wholeNumber(text)?.toString()
    case 'decimal':
      return canonicalDecimal(text)
    case 'float': {
      const number = text.trim() === '' ? Number.NaN : Number(text)
      return Number.isFinite(number) ? number : undefined
    }
    case 'boolean':
      return booleans.get(text.trim().toLowerCase())
    case 'date':
      return calendarDate(text)
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/.test(text.trim()) ? withSeconds(text.trim()) : undefined
    case 'datetime':
      return instant(text, column.zone)
    default:
      return undefined
  }
}

const booleans = new Map([
  ['t', true],
  ['true', true],
  ['1', true],
  ['f', false],
  ['false', false],
  ['0', false],
])

function wholeNumber(text: string): bigint | undefined {
  const decimal = canonicalDecimal(text)
  return decimal === undefined || decimal.includes('.') ? undefined : BigInt(decimal)
}

function withSeconds(time: string): string {
  const [whole = '', fraction = ''] = (time.length === 5 ? `${time}:00` : time).split('.')
  const digits = fraction.replace(/0+$/, '')
  return digits ? `${whole}.${digits}` : whole
}
