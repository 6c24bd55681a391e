/** Which instant is meant by a wall clock, and how do we write instants and durations? */

import { dayOf, suffixOf, twoDigits, zoneOffsetMs } from './zone.ts'

/** Injected wherever time matters, so that tests own it. Milliseconds since 1970 (UTC). */
export type Clock = () => number

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/**
 * The instant a source means, in canonical form: UTC, fractional digits as given, trailing zeros dropped.
 *
 * @param text  ISO 8601 date and time, `T` or a blank between; offset optional; a bare date is its midnight
 * @param zone  IANA zone of a wall clock. When given, an offset in the text is ignored: services are known to add a false `Z`
 * @returns     `undefined` when the text is no date and time, or has neither offset nor zone. In the hour that the clock
 *              repeats in autumn the first pass (summer time) is meant; in the hour it skips in spring, one hour later
 * @see         ISO 8601-1:2019; knowledge of a source's zone is part of its dataset file
 * @example
 *   instant('2026-07-01 12:00:00', 'Europe/Berlin')      // → '2026-07-01T10:00:00Z'
 *   instant('2026-10-25T02:30:00', 'Europe/Berlin')      // → '2026-10-25T00:30:00Z'
 *   instant('2026-03-29 02:30:00', 'Europe/Berlin')      // → '2026-03-29T01:30:00Z'
 *   instant('2026-01-01 00:00:00.120+00')                // → '2026-01-01T00:00:00.12Z'
 *   instant('2026-01-01 00:00:00')                       // → undefined
 */
export function instant(text: string, zone?: string): string | undefined {
  const parts = iso.exec(text.trim())
  if (!parts) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] = parts
  const wall = utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second))
  if (wall === undefined) return undefined
  const at = zone ? fromWallClock(wall, zone) : offset === undefined ? undefined : wall - offsetMs(offset)
  return at === undefined ? undefined : writeInstant(at, fraction)
}

/**
 * What the clock on the wall of a zone shows at an instant: the form in which a wall-clock column is asked.
 *
 * @param instantText canonical instant
 * @returns `YYYY-MM-DD HH:MM:SS`, with the fraction where there is one
 * @example
 *   wallClock('2026-07-01T10:00:00Z', 'Europe/Berlin')    // → '2026-07-01 12:00:00'
 *   wallClock('2026-01-01T10:00:00.5Z', 'Europe/Berlin')  // → '2026-01-01 11:00:00.5'
 */
export function wallClock(instantText: string, zone: string): string {
  const { at, fraction } = readInstant(instantText)
  return writeInstant(at + zoneOffsetMs(at, zone), fraction)
    .slice(0, -1)
    .replace('T', ' ')
}

/**
 * An instant as people of a zone read it, with the zone's offset.
 *
 * @example
 *   zoned('2026-07-01T10:00:00Z', 'Europe/Berlin')  // → '2026-07-01T12:00:00+02:00'
 *   zoned('2026-01-01T10:00:00Z', 'UTC')            // → '2026-01-01T10:00:00+00:00'
 */
export function zoned(instantText: string, zone: string): string {
  const day = dayOf(instantText.slice(0, 10), zone)
  const hour = Number(instantText.slice(11, 13)) + (day?.hours ?? Number.NaN)
  // Most instants stay within their day when the clock is moved by whole hours; then only two digits change.
  if (day && hour >= 0 && hour < 24)
    return `${instantText.slice(0, 11)}${twoDigits(hour)}${withoutZeros(instantText.slice(13, -1))}${day.suffix}`
  const { at, fraction } = readInstant(instantText)
  const offset = zoneOffsetMs(at, zone)
  return `${writeInstant(at + offset, fraction).slice(0, -1)}${suffixOf(offset)}`
}

/** `:30:00.120` as `:30:00.12` */
function withoutZeros(rest: string): string {
  return rest.length > 6 ? rest.replace(/\.?0+$/, '') : rest
}

function fromWallClock(wall: number, zone: string): number {
  const before = zoneOffsetMs(wall - 86_400_000, zone)
  const after = zoneOffsetMs(wall + 86_400_000, zone)
  // The earlier of two possible instants has the larger offset; in the gap neither is exact, and the offset before it moves the clock on.
  const candidates = [before, after].filter(offset => zoneOffsetMs(wall - offset, zone) === offset)
  return candidates.length === 0 ? wall - before : wall - Math.max(...candidates)
}

/** undefined for a day or time that no calendar has. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.setUTCHours(hour, minute, Math.min(second, 59))
}

function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const digits = offset.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0)
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000
}

function readInstant(text: string): { at: number; fraction: string } {
  const [whole = '', fraction = ''] = text.slice(0, -1).split('.')
  return { at: Date.parse(`${whole}Z`), fraction }
}

function writeInstant(at: number, fraction: string): string {
  const digits = fraction.replace(/0+$/, '')
  return `${new Date(at).toISOString().slice(0, -5)}${digits ? `.${digits}` : ''}Z`
}

/**
 * A date that exists, in canonical form.
 *
 * @param text `2026-03-29`; a time of day after it is ignored when it is midnight, else the text is no date
 * @example
 *   calendarDate('2026-03-29')           // → '2026-03-29'
 *   calendarDate('2026-03-29T00:00:00')  // → '2026-03-29'
 *   calendarDate('2026-02-30')           // → undefined
 */
export function calendarDate(text: string): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00(?::?00)?)?)?$/.exec(text.trim())
  if (!parts) return undefined
  return utc(Number(parts[1]), Number(parts[2]), Number(parts[3]), 0, 0, 0) === undefined
    ? undefined
    : `${parts[1]}-${parts[2]}-${parts[3]}`
}
