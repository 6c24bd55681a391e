/** How do dates and times become the numbers that travel? */

const day = 86_400_000
const yearOne = Date.UTC(2000, 0, 1) - 730_119 * day
const ticksPerDay = 25_920_000

/** Days since 0001-01-01. */
export function daysOf(date: string): number {
  return (Date.parse(`${date}T00:00:00Z`) - yearOne) / day
}

/** Of 1900-01-01, where the older types begin. */
export const days1900 = 693_595

export function dateOf(days: number): string {
  return new Date(yearOne + days * day).toISOString().slice(0, 10)
}

/** Tenths of a millionth of a second since midnight. */
export function unitsOf(time: string): bigint {
  const [clock = '', fraction = ''] = time.split('.')
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return BigInt(hours * 3600 + minutes * 60 + seconds) * 10_000_000n + BigInt(fraction.padEnd(7, '0').slice(0, 7))
}

export function timeOf(units: bigint): string {
  const seconds = Number(units / 10_000_000n)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${parts.map(part => String(part).padStart(2, '0')).join(':')}.${String(units % 10_000_000n).padStart(7, '0')}`
}

/** Parts of a second of which `datetime` knows 300; the nearest one. */
export function ticksOf(time: string): number {
  return Number((unitsOf(time) * 300n + 5_000_000n) / 10_000_000n)
}

export function timeOfTicks(ticks: number): string {
  return timeOf((BigInt(ticks) * 10_000_000n + 150n) / 300n)
}

/** A moment as `datetime` keeps it: the nearest 300th of a second. */
export function toTicks(moment: string): string {
  const [date = '', time = '00:00:00'] = moment.split(' ')
  const ticks = ticksOf(time)
  return ticks < ticksPerDay ? `${date} ${timeOfTicks(ticks)}` : `${dateOf(daysOf(date) + 1)} ${timeOfTicks(0)}`
}

/** A time cut and rounded to so many digits of a second; a full day more where it rounds up to midnight. */
export function rounded(moment: string, scale: number): string {
  const [date, time] = moment.includes(' ') ? (moment.split(' ') as [string, string]) : [undefined, moment]
  const unit = 10n ** BigInt(7 - scale)
  const units = ((unitsOf(time) + unit / 2n) / unit) * unit
  const midnight = 864_000_000_000n
  if (date === undefined) return timeOf(units % midnight)
  return units < midnight ? `${date} ${timeOf(units)}` : `${dateOf(daysOf(date) + 1)} ${timeOf(0n)}`
}
