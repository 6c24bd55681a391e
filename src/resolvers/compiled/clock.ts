/** What does a zone's clock show, read from the bytes of an instant? Remembered by day, and by hour where the day is not enough. */

import { type Day, dayOf, zoned } from '../../model/index.ts'
import { type Bytes, bytesOf } from './bytes.ts'

export function twoDigitsAt(bytes: Buffer, at: number): number {
  return (bytes[at]! - 0x30) * 10 + bytes[at + 1]! - 0x30
}

/** A day that the clock is moved on by the same whole hours all along. */
interface KnownDay {
  readonly hours: number
  readonly suffix: Bytes
}

/** An hour in which the clock is moved by whole hours: `2026-07-01T00` for 22 o'clock of the day before. */
interface KnownHour {
  readonly head: Bytes
  readonly suffix: Bytes
}

export interface Zone {
  readonly name: string
  /** By date and hour as a number of ten digits, for those that are not on their own day or on one of two offsets. */
  readonly hours: Map<number, KnownHour | undefined>
  /** By day of two centuries, as `dayIndex` counts them: 0 not looked at yet, 1 no day of one offset in whole hours, else its place in `kinds`. */
  readonly days: Uint8Array
  /** The same for days of all other years, by date as a number of eight digits. */
  readonly others: Map<number, number>
  /** Offsets with their suffixes, which are few. */
  readonly kinds: (KnownDay | undefined)[]
  /** The date that was looked at last: many that stand together are of one day. */
  readonly last: LastDay
}

/** A date as the bytes that it is written in: `2026`, `-07-`, `01`. */
interface LastDay {
  year: number
  month: number
  day: number
  known: KnownDay | undefined
}

const zones = new Map<string, Zone>()
const [firstYear, lastYear] = [1900, 2100]
/** Days of a year, counted as if every month had 31. */
const yearDays = 372
const othersAtMost = 50_000
const kindsAtMost = 255

export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  const days = new Uint8Array((lastYear - firstYear) * yearDays)
  const last: LastDay = { year: 0, month: 0, day: 0, known: undefined }
  const zone = { name, hours: new Map(), days, others: new Map(), kinds: [undefined, undefined], last }
  zones.set(name, zone)
  return zone
}

function yearAt(bytes: Buffer, from: number): number {
  return twoDigitsAt(bytes, from) * 100 + twoDigitsAt(bytes, from + 2)
}

function dateAt(bytes: Buffer, from: number): number {
  return yearAt(bytes, from) * 10_000 + twoDigitsAt(bytes, from + 5) * 100 + twoDigitsAt(bytes, from + 8)
}

/** @param from where a date begins, as `2026-07-01` */
export function dayAt({ bytes, words }: Bytes, from: number, zone: Zone): KnownDay | undefined {
  const { last } = zone
  const year = words.getInt32(from)
  const month = words.getInt32(from + 4)
  const day = words.getInt16(from + 8)
  if (last.year === year && last.month === month && last.day === day) return last.known
  last.known = findDay(bytes, from, zone)
  last.year = year
  last.month = month
  last.day = day
  return last.known
}

function findDay(bytes: Buffer, from: number, zone: Zone): KnownDay | undefined {
  const [year, month, day] = [yearAt(bytes, from), twoDigitsAt(bytes, from + 5), twoDigitsAt(bytes, from + 8)]
  // MySQL keeps months and days of 0.
  if (year < firstYear || year >= lastYear || month < 1 || day < 1) return otherDay(bytes, from, zone)
  const index = (year - firstYear) * yearDays + (month - 1) * 31 + day - 1
  const kind = zone.days[index]!
  if (kind !== 0) return zone.kinds[kind]
  const made = kindOf(bytes, from, zone)
  zone.days[index] = made
  return zone.kinds[made]
}

function otherDay(bytes: Buffer, from: number, zone: Zone): KnownDay | undefined {
  const date = dateAt(bytes, from)
  const kind = zone.others.get(date) ?? kindOf(bytes, from, zone)
  if (zone.others.size >= othersAtMost) zone.others.clear()
  zone.others.set(date, kind)
  return zone.kinds[kind]
}

/** @returns a place in `kinds` */
function kindOf(bytes: Buffer, from: number, { name, kinds }: Zone): number {
  const day: Day | undefined = dayOf(bytes.toString('latin1', from, from + 10), name)
  if (!day) return 1
  const known = kinds.findIndex(kind => kind?.hours === day.hours)
  if (known > 0) return known
  if (kinds.length > kindsAtMost) return 1
  return kinds.push({ hours: day.hours, suffix: bytesOf(Buffer.from(day.suffix)) }) - 1
}

/** @param from where a date and time begin, as `2026-07-01 22:00` */
export function hourAt(bytes: Buffer, from: number, { name, hours }: Zone): KnownHour | undefined {
  const hour = dateAt(bytes, from) * 100 + twoDigitsAt(bytes, from + 11)
  const known = hours.get(hour)
  if (known !== undefined || hours.has(hour)) return known
  if (hours.size >= othersAtMost) hours.clear()
  const [first, last] = ['00:00', '59:59'].map(rest =>
    zoned(`${bytes.toString('latin1', from, from + 10)}T${bytes.toString('latin1', from + 11, from + 14)}${rest}Z`, name),
  )
  const isWhole = first!.slice(0, 13) === last!.slice(0, 13) && first!.slice(13, 19) === ':00:00' && first!.slice(19) === last!.slice(19)
  const made = isWhole ? { head: bytesOf(Buffer.from(first!.slice(0, 13))), suffix: bytesOf(Buffer.from(first!.slice(19))) } : undefined
  hours.set(hour, made)
  return made
}
