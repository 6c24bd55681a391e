/** What does a zone's clock show, read from the bytes of an instant? Remembered by day, and by hour where the day is not enough. */

import { type Day, dayOf, zoned } from '../../model/index.ts'

export function twoDigitsAt(bytes: Buffer, at: number): number {
  return (bytes[at]! - 0x30) * 10 + bytes[at + 1]! - 0x30
}

/** A day that the clock is moved on by the same whole hours all along. */
interface KnownDay {
  readonly hours: number
  readonly suffix: Buffer
}

/** An hour in which the clock is moved by whole hours: `2026-07-01T00` for 22 o'clock of the day before. */
interface KnownHour {
  readonly head: Buffer
  readonly suffix: Buffer
}

export interface Zone {
  readonly name: string
  /** By date and hour as a number of ten digits, for those that are not on their own day or on one of two offsets. */
  readonly hours: Map<number, KnownHour | undefined>
  /** By date as a number of eight digits; `undefined`: no day of one offset in whole hours. */
  readonly days: Map<number, KnownDay | undefined>
}

const zones = new Map<string, Zone>()
/** More than a century. */
const daysAtMost = 50_000

export function zoneOf(name: string): Zone {
  const zone = zones.get(name) ?? { name, hours: new Map(), days: new Map() }
  zones.set(name, zone)
  return zone
}

function dateAt(bytes: Buffer, from: number): number {
  const year = twoDigitsAt(bytes, from) * 100 + twoDigitsAt(bytes, from + 2)
  return year * 10_000 + twoDigitsAt(bytes, from + 5) * 100 + twoDigitsAt(bytes, from + 8)
}

/** @param from where a date begins, as `2026-07-01` */
export function dayAt(bytes: Buffer, from: number, { name, days }: Zone): KnownDay | undefined {
  const date = dateAt(bytes, from)
  const known = days.get(date)
  if (known !== undefined || days.has(date)) return known
  if (days.size >= daysAtMost) days.clear()
  const day: Day | undefined = dayOf(bytes.toString('latin1', from, from + 10), name)
  const made = day && { hours: day.hours, suffix: Buffer.from(day.suffix) }
  days.set(date, made)
  return made
}

/** @param from where a date and time begin, as `2026-07-01 22:00` */
export function hourAt(bytes: Buffer, from: number, { name, hours }: Zone): KnownHour | undefined {
  const hour = dateAt(bytes, from) * 100 + twoDigitsAt(bytes, from + 11)
  const known = hours.get(hour)
  if (known !== undefined || hours.has(hour)) return known
  if (hours.size >= daysAtMost) hours.clear()
  const [first, last] = ['00:00', '59:59'].map(rest =>
    zoned(`${bytes.toString('latin1', from, from + 10)}T${bytes.toString('latin1', from + 11, from + 14)}${rest}Z`, name),
  )
  const isWhole = first!.slice(0, 13) === last!.slice(0, 13) && first!.slice(13, 19) === ':00:00' && first!.slice(19) === last!.slice(19)
  const made = isWhole ? { head: Buffer.from(first!.slice(0, 13)), suffix: Buffer.from(first!.slice(19)) } : undefined
  hours.set(hour, made)
  return made
}
