/** When may a source be asked? */

import { z } from 'zod'
import { type Text, zoneOffsetMs } from '../../model/index.ts'
import { tell } from './rules.ts'

/** A span of the week. */
export interface Opening {
  /** 1 Monday … 7 Sunday. */
  readonly days: readonly number[]
  /** Minutes since midnight, on the clock of the city. */
  readonly from: number
  /** Minutes since midnight; 1440 for the end of the day. */
  readonly to: number
}

const names = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const germanNames = ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So']

export const openingHours = z.string().transform((value, context): readonly Opening[] => {
  const openings = value.split(';').map(opening)
  return openings.every(found => found !== undefined) ? openings : tell(context, 'OPEN_HOURS', {})
})

/**
 * Whether one of the spans is now.
 *
 * @param now  milliseconds since 1970 (UTC)
 * @param zone IANA zone of the city, on whose clock the spans are meant
 * @example
 *   openAt([{ days: [4], from: 360, to: 1200 }], Date.UTC(2026, 10, 26, 5, 30), 'Europe/Berlin')   // → true
 *   openAt([{ days: [4], from: 360, to: 1200 }], Date.UTC(2026, 10, 26, 19, 0), 'Europe/Berlin')   // → false
 */
export function openAt(openings: readonly Opening[], now: number, zone: string): boolean {
  const wall = new Date(now + zoneOffsetMs(now, zone))
  const today = wall.getUTCDay() || 7
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes()
  return openings.some(({ days, from, to }) => days.includes(today) && from <= minute && minute < to)
}

/**
 * Opening hours as people read them.
 *
 * @example
 *   writeOpenings([{ days: [1, 2, 3], from: 360, to: 1200 }]).de   // → 'Mo-Mi 06:00-20:00'
 */
export function writeOpenings(openings: readonly Opening[]): Text {
  const written = (names: readonly string[]): string =>
    openings
      .map(({ days, from, to }) => {
        const [first, last] = [names[days[0]! - 1], names[days.at(-1)! - 1]]
        return `${days.length > 1 ? `${first}-${last}` : first} ${clock(from)}-${clock(to)}`
      })
      .join('; ')
  return { de: written(germanNames), en: written(names) }
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** `Mo-Fr 06:00-20:00`, `Sa 08:00-12:00`, days in German or English. */
function opening(text: string): Opening | undefined {
  const parts = /^([A-Z][a-z])(?:-([A-Z][a-z]))? (\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text.trim())
  if (!parts) return undefined
  const [first, last] = [day(parts[1]!), day(parts[2] ?? parts[1]!)]
  const [from, to] = [minutes(parts[3]!, parts[4]!), minutes(parts[5]!, parts[6]!)]
  if (first === undefined || last === undefined || from === undefined || to === undefined || from >= to) return undefined
  const length = ((last - first + 7) % 7) + 1
  return { days: Array.from({ length }, (_, index) => ((first + index) % 7) + 1), from, to }
}

function day(name: string): number | undefined {
  const found = Math.max(names.indexOf(name), germanNames.indexOf(name))
  return found < 0 ? undefined : found
}

function minutes(hours: string, rest: string): number | undefined {
  const found = Number(hours) * 60 + Number(rest)
  return Number(rest) > 59 || found > 1440 ? undefined : found
}
