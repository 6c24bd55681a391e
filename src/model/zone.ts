/** How far is the clock of a zone ahead of UTC? Asked of Intl once for each day, and remembered. */

/**
 * How far a zone's clock is ahead of UTC at an instant; milliseconds, negative west of Greenwich.
 *
 * @param at milliseconds since 1970 (UTC)
 * @throws RangeError for a zone that is not in the IANA database
 */
export function zoneOffsetMs(at: number, zone: string): number {
  if (zone === 'UTC') return 0
  const day = Math.floor(at / dayMs)
  const offset = offsetsOf(zone).get(day) ?? learnt(day, zone)
  return offset === 'changes' ? askedOffsetMs(at, zone) : offset
}

const dayMs = 86_400_000
/** Days that are remembered of one zone: more than a century. */
const daysAtMost = 50_000

/** By days since 1970 (UTC): the offset that holds all day, or that it changes on this day. Asking Intl takes 5 µs each time. */
const offsets = new Map<string, Map<number, number | 'changes'>>()

function offsetsOf(zone: string): Map<number, number | 'changes'> {
  let known = offsets.get(zone)
  if (!known) {
    known = new Map()
    offsets.set(zone, known)
  }
  return known
}

/** No zone has ever changed its clock twice within one day and back again. */
function learnt(day: number, zone: string): number | 'changes' {
  const [first, last] = [askedOffsetMs(day * dayMs, zone), askedOffsetMs((day + 1) * dayMs - 1, zone)]
  const known = offsetsOf(zone)
  if (known.size >= daysAtMost) known.clear()
  const offset = first === last ? first : 'changes'
  known.set(day, offset)
  return offset
}

export interface Day {
  readonly hours: number
  readonly suffix: string
}

/** By zone and date: whole hours of the offset that holds all day. */
const days = new Map<string, Map<string, Day | undefined>>()

/** `undefined`: not a day of one offset in whole hours. */
export function dayOf(date: string, zone: string): Day | undefined {
  let known = days.get(zone)
  if (!known || known.size >= daysAtMost) {
    known = new Map()
    days.set(zone, known)
  }
  if (known.has(date)) return known.get(date)
  const at = Date.parse(`${date}T00:00:00Z`)
  const offset = Number.isNaN(at) ? 'changes' : zone === 'UTC' ? 0 : (offsetsOf(zone).get(at / dayMs) ?? learnt(at / dayMs, zone))
  const day = offset === 'changes' || offset % 3_600_000 !== 0 ? undefined : { hours: offset / 3_600_000, suffix: suffixOf(offset) }
  known.set(date, day)
  return day
}

/** `+02:00` */
export function suffixOf(offset: number): string {
  const minutes = Math.abs(offset) / 60_000
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(Math.floor(minutes % 60))}`
}

function askedOffsetMs(at: number, zone: string): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(part => [part.type, Number(part.value)]),
  )
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour! % 24, parts.minute!, parts.second!)
  return wall - Math.floor(at / 1000) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as Intl.DateTimeFormatOptions)
  clocks.set(zone, made)
  return made
}

/** `7` as `07` */
export function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}
