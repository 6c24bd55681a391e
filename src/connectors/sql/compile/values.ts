/** How does a value of a caller reach the statement: as what it is, beside it, or not at all? */

import { canonicalDecimal, GatewayError, type Scalar, shiftDecimal, wallClock } from '../../../model/index.ts'
import { decimalSum } from '../../shared/measure.ts'
import type { Dialect, Stored } from '../dialects/dialect.ts'
import { bind, type Fragment, type Wrap, wrap } from './fragment.ts'
import type { Comparable } from './kind.ts'
import { clockThatExists } from './repeated-hour.ts'

/**
 * Where a value stands among the values that a column can hold:
 *
 * `at` it can hold it · `before` it cannot, and the text is the next greater one it can · `after` the same with the next smaller one ·
 * `nowhere` it can hold nothing like it, so nothing is equal · `impossible` the source would refuse the value itself
 */
export type Placed =
  | { readonly is: 'at'; readonly text: string }
  | { readonly is: 'before' | 'after'; readonly text: string }
  | { readonly is: 'nowhere'; readonly why: string }
  | { readonly is: 'impossible'; readonly why: string }

/**
 * A value as text for the kind that its column is compared as. Never a driver's guess: MariaDB takes a number for every text
 * (`varchar = 0` is true for almost every row), and SQL Server converts whole columns.
 */
export function placeOf(value: Scalar, { column, kind }: Comparable, dialect: Dialect): Placed {
  switch (column.type) {
    case 'text':
    case 'code':
      return typeof value === 'string' ? placeText(value, kind, dialect) : impossible('not a text')
    case 'int':
    case 'bigint':
    case 'decimal':
      return placeNumber(Number.isSafeInteger(value) ? String(value) : canonicalDecimal(String(value)), kind, dialect)
    case 'float':
      return typeof value === 'number' && Number.isFinite(value) ? placeFloat(value, kind) : impossible('not a finite number')
    case 'boolean':
      return typeof value === 'boolean' ? at(value ? '1' : '0') : impossible('neither true nor false')
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? at(kind === 'date' ? value : `${value} 00:00:00`)
        : impossible('not a date')
    case 'time':
      return typeof value === 'string' && /^\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(value)
        ? placeFraction(value, dialect.fraction)
        : impossible('not a time of day')
    case 'datetime':
      if (column.written?.epoch && typeof value === 'string') return placeEpoch(value, column.zone, column.written.epoch, kind)
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value)
        ? placeInstant(value, column.zone, kind, dialect)
        : impossible('not an instant')
    default:
      return impossible('a geometry has no order')
  }
}

/** The text bound and cast to what the column is compared as. */
export function bound(text: string, column: Comparable, dialect: Dialect): Fragment {
  return boundAlike([text], column, dialect)[0]!
}

/** Texts bound and cast, all by the same cast. */
export function boundAlike(texts: readonly string[], column: Comparable, dialect: Dialect): Fragment[] {
  const cast = castOf(column, texts, dialect)
  return texts.map(text => (cast ? wrap(unchanged(text, column), cast) : unchanged(text, column)))
}

/** The text bound as it is. */
export function unchanged(text: string, { narrow, kind }: Comparable): Fragment {
  return bind(text, narrow || !(kind === 'text' || kind === 'padded' || kind === 'other') ? 'narrow' : 'text')
}

/** The cast that all of these texts fit into. */
export function castOf({ kind, textCast }: Comparable, texts: readonly string[], dialect: Dialect): Wrap | undefined {
  if (kind !== 'decimal' || !dialect.decimals) return textCast ?? dialect.casts[kind]
  const { digits, places } = dialect.decimals
  const [whole, behind] = sizes(texts)
  // The usual size keeps the text of the statement stable; only a number that does not fit gets a cast of its own.
  const scale = whole <= digits - places && behind <= places ? places : behind
  return ['cast(', ` as decimal(${digits}, ${scale}))`]
}

export function refusal(why: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', {
    message: {
      de: 'Ein Wert der Anfrage ist für das Feld nicht möglich.',
      en: 'A value of the request is not possible for its field.',
    },
    hint: {
      de: 'Der Typ des Feldes steht im Schema; Texte dürfen keine Nullzeichen enthalten, Zahlen müssen in 64 Bit passen.',
      en: 'The schema names the type of the field; texts must not hold null characters, numbers must fit into 64 bits.',
    },
    log: `a value was not sent: ${why}`,
  })
}

function placeText(value: string, kind: Stored, dialect: Dialect): Placed {
  if (value.includes('\0')) return impossible('a null character')
  if (!value.isWellFormed()) return impossible('half a character (a lone surrogate)')
  switch (kind) {
    case 'padded':
      // What is served has its trailing blanks cut off, so no served text ends with one.
      return value.endsWith(' ') ? nowhere('ends with a blank, which a padded column cannot tell') : at(value)
    case 'int':
      if (!/^(0|-?[1-9]\d*)$/.test(value)) return nowhere('not a whole number as it is printed')
      return dialect.wholeNumbersOf64Bits && !fits64Bits(value) ? nowhere('a number of more than 64 bits') : at(value)
    case 'decimal':
      return canonicalDecimal(value) === value ? at(value) : nowhere('not a number as it is printed')
    case 'uuid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? at(value) : nowhere('not a UUID as it is printed')
    default:
      return at(value)
  }
}

function placeNumber(text: string | undefined, kind: Stored, dialect: Dialect): Placed {
  if (text === undefined || (kind === 'int' && text.includes('.'))) return impossible('not such a number')
  if (kind === 'int' && dialect.wholeNumbersOf64Bits && !fits64Bits(text)) return impossible('a number of more than 64 bits')
  if (kind === 'decimal' && dialect.decimals) {
    const [whole, behind] = sizes([text])
    if (whole + behind > dialect.decimals.digits) return impossible(`a number of more than ${dialect.decimals.digits} digits`)
  }
  return at(text)
}

function placeFloat(value: number, kind: Stored): Placed {
  const single = Math.fround(value)
  // With all digits of the 32 bits, the number is the same as a double: MySQL 8 compares no others.
  const text = String(kind === 'single' && Number.isFinite(single) ? single : value)
  // Only floats take an exponent in every dialect.
  return at(kind === 'double' || kind === 'single' ? text : (canonicalDecimal(text) ?? text))
}

function placeInstant(instant: string, zone: string | undefined, kind: Stored, dialect: Dialect): Placed {
  const place = (moment: string): Placed =>
    kind === 'ticks' ? placeTick(moment) : placeFraction(moment, kind === 'seconds' ? 0 : dialect.fraction)
  if (kind === 'instant' || zone === undefined) return place(instant.slice(0, -1).replace('T', ' '))
  const { existing, moved } = clockThatExists(instant, zone)
  const clock = wallClock(existing, zone)
  return moved ? { is: 'before', text: clock } : place(clock)
}

/** An instant as the number of seconds or milliseconds that the source keeps for it; a marker is such a number already. */
function placeEpoch(value: string, zone: string | undefined, unit: 's' | 'ms', kind: Stored): Placed {
  const number = canonicalDecimal(value)
  if (number !== undefined) return at(number)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value)) return impossible('not an instant')
  const { existing, moved } = zone === undefined ? { existing: value, moved: false } : clockThatExists(value, zone)
  const shown = zone === undefined ? existing.slice(0, -1) : wallClock(existing, zone).replace(' ', 'T')
  const [whole = '', fraction = '0'] = shown.split('.')
  const seconds = decimalSum([String(Date.parse(`${whole}Z`) / 1000), `0.${fraction}`])
  const text = unit === 's' ? seconds : shiftDecimal(seconds, 3)
  if (moved) return { is: 'before', text: floor(text) }
  return kind === 'int' && text.includes('.') ? { is: 'after', text: floor(text) } : at(text)
}

/** The next whole number that is not greater. */
function floor(text: string): string {
  const [whole = '0', fraction] = text.split('.')
  return fraction !== undefined && text.startsWith('-') ? String(BigInt(whole) - 1n) : whole
}

const firstTick = '1753-01-01 00:00:00'

/** Of every hundredth of a second, three moments are known: .000, .003 and .007. */
function placeTick(moment: string): Placed {
  if (moment < firstTick) return { is: 'before', text: firstTick }
  const [whole = '', fraction = ''] = moment.split('.')
  const digits = fraction.padEnd(3, '0')
  const known = [7, 3, 0].find(tick => tick <= Number(digits[2]))
  const text = `${whole}.${digits.slice(0, 2)}${known}`
  return Number(`0.${fraction || 0}`) === Number(`0.${text.slice(-3)}`) ? at(fraction === '' ? whole : text) : { is: 'after', text }
}

/** Engines round what they cannot hold; rounding up would let a later row pass for an earlier one. */
function placeFraction(text: string, digits: number | undefined): Placed {
  const [whole = '', fraction = ''] = text.split('.')
  if (digits === undefined || fraction.length <= digits) return at(text)
  return { is: 'after', text: digits === 0 ? whole : `${whole}.${fraction.slice(0, digits)}` }
}

function fits64Bits(text: string): boolean {
  if (text.length < 19) return true
  return BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

/** Most digits before and behind the point. */
function sizes(texts: readonly string[]): readonly [whole: number, behind: number] {
  const parts = texts.map(text => text.replace('-', '').split('.'))
  return [Math.max(...parts.map(([whole]) => whole!.length)), Math.max(...parts.map(([, behind]) => behind?.length ?? 0))]
}

function at(text: string): Placed {
  return { is: 'at', text }
}

function nowhere(why: string): Placed {
  return { is: 'nowhere', why }
}

function impossible(why: string): Placed {
  return { is: 'impossible', why }
}
