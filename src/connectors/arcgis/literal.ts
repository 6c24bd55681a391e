/** How is a value written in the `where` of an ArcGIS query? Nothing that could end a literal is ever written. */

import { canonicalDecimal, instant, type Scalar, wallClock } from '../../model/index.ts'

/**
 * A number, as every database behind the service reads it.
 *
 * @returns `undefined` for numbers that some of them would not take: they are compared here
 * @example
 *   numberLiteral('12.50')             // → '12.5'
 *   numberLiteral(2.5e-7)              // → '0.00000025'
 *   numberLiteral('9007199254740993')  // → undefined
 */
export function numberLiteral(value: Scalar): string | undefined {
  const text = canonicalDecimal(String(value))
  return text !== undefined && Math.abs(Number(text)) < 1e15 && text.length <= 24 ? text : undefined
}

/** Letters, digits and signs that mean themselves in every dialect, within quotes and in LIKE. */
const harmless = /^[\p{L}\p{N} .,:/()&-]*$/u

/**
 * A condition that is true for every row whose text is the value, and perhaps for some more: how a database compares
 * texts is its own business. Quotes, backslashes and wildcards are never written; a wildcard stands for them.
 *
 * @example
 *   textEquals('art', 'Linde')      // → "art = 'Linde'"
 *   textEquals('weg', "O'Brien")    // → "weg LIKE 'O%Brien'"
 */
export function textEquals(name: string, value: string): string {
  return harmless.test(value) ? `${name} = '${value}'` : `${name} LIKE '${pattern(value, /[^\p{L}\p{N} .,:/()&-]+/gu)}'`
}

/** As `textEquals`, for one of many values. */
export function textIn(name: string, values: readonly string[]): string {
  const plain = values.filter(value => harmless.test(value))
  const others = values.filter(value => !harmless.test(value)).map(value => textEquals(name, value))
  return either([
    ...listed(
      name,
      plain.map(value => `'${value}'`),
    ),
    ...others,
  ])
}

/**
 * A condition that is true for every row whose text contains the value, upper or lower case, and perhaps for some more. Only
 * ASCII is compared by the source: not every database knows that Ä is ä.
 *
 * @example
 *   textLike('art', 'lwei%', '%')  // → "UPPER(art) LIKE '%LWEI%'"
 *   textLike('art', 'öl', '')      // → "UPPER(art) LIKE '%L%'"
 */
export function textLike(name: string, value: string, before: '%' | ''): string {
  const inside = pattern(value, /[^a-z0-9 .,:/()&-]+/gi).toUpperCase()
  return `UPPER(${name}) LIKE '${`${before}${inside}%`.replace(/%+/g, '%')}'`
}

function pattern(value: string, strange: RegExp): string {
  return value.replace(strange, '%')
}

/** Values in one list; Oracle takes no more than 1,000. */
const listMost = 1000

/** Lists of literals. */
export function listed(name: string, literals: readonly string[]): string[] {
  const lists = Array.from({ length: Math.ceil(literals.length / listMost) }, (_, at) => literals.slice(at * listMost, (at + 1) * listMost))
  return lists.map(list => (list.length === 1 ? `${name} = ${list[0]}` : `${name} IN (${list.join(', ')})`))
}

/** One of several conditions; of none: never. */
export function either(conditions: readonly string[]): string {
  return conditions.length > 1 ? `(${conditions.join(' OR ')})` : (conditions[0] ?? never)
}

export const never = '1=0'

const hour = 3_600_000

/** What a filter knows of an instant: the seconds it lies between, as the source's clock shows them. */
export interface Instants {
  readonly from: string
  readonly to: string
  /** Both are the same, and no other instant has this text. */
  readonly exact: boolean
}

/**
 * An instant as the literal `timestamp '…'`, in whole seconds.
 *
 * @param value canonical instant
 * @param zone  of a wall clock that was written as if it were UTC. An hour around the days when clocks change is added on both
 *              sides: there the order of wall clocks is not the order of time
 * @param utc   false: the source reads literals in a zone that we do not know; a day is added on both sides
 */
export function instantLiterals(value: string, zone: string | undefined, utc: boolean): Instants {
  const [whole, fraction] = [`${value.slice(0, 19)}Z`, value.length > 20]
  const at = Date.parse(whole)
  const slack = utc ? (steady(at, zone) ? 0 : hour) : 26 * hour
  const literal = (ms: number): string => `timestamp '${shown(ms, zone)}'`
  return { from: literal(at - slack), to: literal(at + slack + (fraction ? 1000 : 0)), exact: slack === 0 && !fraction }
}

/** A day from its first to its last second, as literals. */
export function dayLiterals(day: string, zone: string | undefined, utc: boolean): Instants {
  const at = Date.parse(`${day}T00:00:00Z`)
  // Where a zone is declared, a day may have been written as its midnight there: up to a day earlier or later in UTC.
  const slack = zone === undefined && utc ? 0 : 26 * hour
  const literal = (ms: number): string => `timestamp '${shown(ms, undefined)}'`
  return { from: literal(at - slack), to: literal(at + slack), exact: slack === 0 }
}

/** No clock changes within two hours. */
function steady(at: number, zone: string | undefined): boolean {
  if (zone === undefined) return true
  return [-2 * hour, 0, 2 * hour].every(shift => {
    const text = new Date(at + shift).toISOString().replace('.000', '')
    return instant(wallClock(text, zone), zone) === text && offset(at + shift, zone) === offset(at, zone)
  })
}

function offset(at: number, zone: string): number {
  return Date.parse(`${shown(at, zone).replace(' ', 'T')}Z`) - at
}

function shown(ms: number, zone: string | undefined): string {
  const text = new Date(ms).toISOString().replace('.000', '')
  return zone === undefined ? text.slice(0, 19).replace('T', ' ') : wallClock(text, zone)
}
