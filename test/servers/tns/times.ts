/** How does Oracle keep a DATE or TIMESTAMP, and how is one printed and read by a format? */

import { OracleError } from './errors.ts'

/** A clock on a wall, fields from the greatest. */
export interface Clock {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
}

/** DATE 7 bytes, TIMESTAMP 11, TIMESTAMP WITH TIME ZONE 13; the last is always in UTC here. In the order of time, byte by byte. */
export type ClockSize = 7 | 11 | 13

export function encodeClock(clock: Clock, size: ClockSize): Buffer {
  const bytes = Buffer.alloc(size)
  const century = Math.floor(clock.year / 100)
  bytes.set([century + 100, clock.year - century * 100 + 100, clock.month, clock.day, clock.hour + 1, clock.minute + 1, clock.second + 1])
  if (size > 7) bytes.writeUInt32BE(clock.nanosecond, 7)
  // Twenty hours and sixty minutes stand for an offset of nothing.
  if (size === 13) bytes.set([20, 60], 11)
  return bytes
}

export function decodeClock(bytes: Uint8Array): Clock {
  const [century = 0, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = bytes
  return {
    year: (century - 100) * 100 + year - 100,
    month,
    day,
    hour: hour - 1,
    minute: minute - 1,
    second: second - 1,
    nanosecond: bytes.length >= 11 ? Buffer.from(bytes).readUInt32BE(7) : 0,
  }
}

/** `2026-03-29 02:30:00.5`, as the tests write it. */
export function clockOf(text: string): Clock {
  const [day = '', time = '00:00:00'] = text.replace('T', ' ').replace('Z', '').split(' ')
  const [whole = '', fraction = ''] = time.split('.')
  return readClock(`${day} ${whole}.${fraction.padEnd(9, '0').slice(0, 9)}`, 'YYYY-MM-DD HH24:MI:SS.FF9')
}

type Part = 'YYYY' | 'MM' | 'DD' | 'HH24' | 'MI' | 'SS' | `FF${number}`

/** The parts of a format that the stand-in knows; anything else is refused, not guessed. */
function partsOf(format: string): readonly (Part | { readonly mark: string })[] {
  const parts: (Part | { readonly mark: string })[] = []
  const known = /YYYY|MM|DD|HH24|MI|SS|FF[1-9]|[-/., :;]/gy
  while (known.lastIndex < format.length) {
    const [found] = known.exec(format) ?? []
    if (found === undefined) throw new OracleError(1821, 'date format not recognized')
    parts.push(/\w/.test(found) ? (found as Part) : { mark: found })
  }
  return parts
}

export function printClock(clock: Clock, format: string): string {
  return partsOf(format)
    .map(part => (typeof part === 'object' ? part.mark : printedPart(clock, part)))
    .join('')
}

function printedPart(clock: Clock, part: Part): string {
  const digits = (value: number, count: number): string => String(value).padStart(count, '0')
  switch (part) {
    case 'YYYY':
      return digits(clock.year, 4)
    case 'MM':
      return digits(clock.month, 2)
    case 'DD':
      return digits(clock.day, 2)
    case 'HH24':
      return digits(clock.hour, 2)
    case 'MI':
      return digits(clock.minute, 2)
    case 'SS':
      return digits(clock.second, 2)
    default:
      return digits(clock.nanosecond, 9).slice(0, Number(part.slice(2)))
  }
}

/** @throws OracleError as the server words it */
export function readClock(text: string, format: string): Clock {
  const found: Record<string, number> = { YYYY: 0, MM: 1, DD: 1, HH24: 0, MI: 0, SS: 0, FF: 0 }
  let rest = text
  for (const part of partsOf(format)) {
    if (rest === '') break
    if (typeof part === 'object') {
      if (!rest.startsWith(part.mark)) throw new OracleError(1861, 'literal does not match format string')
      rest = rest.slice(part.mark.length)
      continue
    }
    const width = part === 'YYYY' ? 4 : part.startsWith('FF') ? Number(part.slice(2)) : 2
    const digits = new RegExp(`^\\d{1,${width}}`).exec(rest)?.[0]
    if (digits === undefined) throw new OracleError(1858, 'a non-numeric character was found where a numeric was expected')
    found[part.startsWith('FF') ? 'FF' : part] = Number(part.startsWith('FF') ? digits.padEnd(9, '0') : digits)
    rest = rest.slice(digits.length)
  }
  if (rest !== '') throw new OracleError(1830, 'date format picture ends before converting entire input string')
  const { YYYY: year = 0, MM: month = 1, DD: day = 1, HH24: hour = 0, MI: minute = 0, SS: second = 0, FF: nanosecond = 0 } = found
  return checked({ year, month, day, hour, minute, second, nanosecond })
}

function checked(clock: Clock): Clock {
  const { year, month, day, hour, minute, second } = clock
  if (year === 0) throw new OracleError(1841, '(full) year must be between -4713 and +9999, and not be 0')
  if (month < 1 || month > 12) throw new OracleError(1843, 'not a valid month')
  if (day < 1 || day > 31) throw new OracleError(1847, 'day of month must be between 1 and last day of month')
  const last = new Date(0)
  last.setUTCFullYear(year, month, 0)
  if (day > last.getUTCDate()) throw new OracleError(1839, 'date not valid for month specified')
  if (hour > 23) throw new OracleError(1850, 'hour must be between 0 and 23')
  if (minute > 59) throw new OracleError(1851, 'minutes must be between 0 and 59')
  if (second > 59) throw new OracleError(1852, 'seconds must be between 0 and 59')
  return clock
}
