/** Which small values does a configuration consist of: texts, durations, sizes, dates, names? */

import { z } from 'zod'
import { calendarDate, type Text } from '../../model/index.ts'
import { nearest } from '../suggest.ts'
import { says, tell } from './rules.ts'

/** One line of text. */
export const line = z.string().trim().min(1, says('EMPTY_TEXT')).max(500, says('TEXT_TOO_LONG'))

const paragraph = z.string().trim().min(1, says('EMPTY_TEXT')).max(10_000, says('TEXT_TOO_LONG'))

/** Words for people: a text for both languages, or one for each. */
export const text = z
  .union([paragraph, z.strictObject({ de: paragraph.describe('German'), en: paragraph.describe('English') })])
  .transform((value): Text => (typeof value === 'string' ? { de: value, en: value } : value))

export const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/, says('ID_FORM'))
  .max(64, says('TEXT_TOO_LONG'))

/** Name of a column, property or path, exactly as in the source. */
const columnName = /^(?!\s)[^\p{Cc}]{1,256}(?<!\s)$/u

export const column = z.string().regex(columnName, says('COLUMN_FORM'))

/** true: a dataset file can name a column that is called so. */
export function isColumn(name: string): boolean {
  // What asks for a secret is refused in every dataset file.
  return columnName.test(name) && !name.includes('${') && !/[\p{Zl}\p{Zp}\p{Cf}]/u.test(name)
}

export const date = z.string().refine(value => /^\d{4}-\d{2}-\d{2}$/.test(value) && calendarDate(value) !== undefined, says('DATE_FORM'))

const second = 1000
const units: Readonly<Record<string, number>> = { ms: 1, s: second, min: 60 * second, h: 3600 * second, d: 86_400 * second }

/**
 * A duration such as `60 s`, within bounds that are durations as well.
 *
 * @returns a schema whose value is milliseconds
 */
export function duration(least: string, most: string) {
  const [from, to] = [milliseconds(least), milliseconds(most)]
  return z
    .string(says('DURATION'))
    .regex(/^\d{1,9} ?(ms|s|min|h|d)$/, says('DURATION'))
    .transform((value, context) => {
      const found = milliseconds(value)
      return found >= from && found <= to ? found : tell(context, 'DURATION_RANGE', { least, most })
    })
    .meta({ examples: ['60 s', '10 min', '2 h', '2 d'] })
}

/**
 * @example
 *   milliseconds('10 min')  // → 600000
 */
export function milliseconds(text: string): number {
  const [, number = '', unit = ''] = /^(\d+) ?([a-z]+)$/.exec(text) ?? []
  return Number(number) * (units[unit] ?? Number.NaN)
}

const sizes: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }

/**
 * A size such as `64 MB`, within bounds that are sizes as well.
 *
 * @returns a schema whose value is bytes
 */
export function size(least: string, most: string) {
  const [from, to] = [bytes(least), bytes(most)]
  return z
    .string(says('SIZE'))
    .regex(/^\d{1,9} ?(B|kB|MB|GB|KiB|MiB|GiB)$/, says('SIZE'))
    .transform((value, context) => {
      const found = bytes(value)
      return found >= from && found <= to ? found : tell(context, 'SIZE_RANGE', { least, most })
    })
    .meta({ examples: ['100 kB', '64 MB'] })
}

/**
 * @example
 *   bytes('64 MB')  // → 64000000
 */
export function bytes(text: string): number {
  const [, number = '', unit = ''] = /^(\d+) ?([A-Za-z]+)$/.exec(text) ?? []
  return Number(number) * (sizes[unit] ?? Number.NaN)
}

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  return z.int().min(least, says('TOO_SMALL')).max(most, says('TOO_BIG'))
}

/** A name of the IANA time zone database. */
export const zone = z
  .string()
  .transform((value, context) => {
    if (isZone(value)) return value
    const right = nearest(value, Intl.supportedValuesOf('timeZone'))
    const hint = right ? { de: `Gemeint ist wohl ${right}.`, en: `Probably ${right} is meant.` } : ''
    return tell(context, 'ZONE', { hint })
  })
  .meta({ examples: ['Europe/Berlin', 'UTC'] })

/** Offsets such as `+01:00` are no zones: they know no summer time. */
function isZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** One entry or a list of them. */
export function oneOrMore<T extends z.ZodType<string>>(entry: T) {
  return z
    .union([entry, z.array(entry).min(1, says('EMPTY_LIST')).max(100, says('LIST_TOO_LONG'))])
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : (value as readonly string[])))
}
