/** When may a source be asked? */

import { z } from 'zod'
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
