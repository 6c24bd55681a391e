/** What does a value become in another type? `cast` and `convert`, with the styles that a gateway asks for. */

import { rounded, toTicks } from '../calendar.ts'
import { errors } from '../errors.ts'
import { decoded, encoded, isBinary, isNarrow, isText, printed, type SqlType, type Value } from '../types.ts'
import { fitted } from './decimal.ts'

const wholes: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = {
  bit: [0n, 1n],
  tinyint: [0n, 255n],
  smallint: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
}

export function isWhole({ name }: SqlType): boolean {
  return name in wholes
}

export function isMoment({ name }: SqlType): boolean {
  return ['date', 'smalldatetime', 'datetime', 'datetime2', 'datetimeoffset'].includes(name)
}

/** @throws SqlError as SQL Server raises it for a value that does not fit, or for types that do not go together */
export function converted(value: Value, from: SqlType, to: SqlType, style: number): Value {
  if (value === null) return null
  if (isText(to)) return cut(textOf(value, from, to, style), to)
  if (isBinary(to)) return toBytes(value, from, to)
  if (isWhole(to)) return toWhole(value, from, to)
  switch (to.name) {
    case 'decimal':
    case 'money':
    case 'smallmoney':
      return toDecimal(value, from, to)
    case 'float':
    case 'real':
      return toFloat(value, from, to)
    case 'uniqueidentifier':
      return toGuid(value, from, to)
    case 'geometry':
    case 'geography':
      throw errors.noConversion(from.name, to.name)
    default:
      return toMoment(value, from, to)
  }
}

// ---- to text ----

function textOf(value: Exclude<Value, null>, from: SqlType, to: SqlType, style: number): string {
  if (isText(from)) return String(value)
  if (isBinary(from)) {
    const bytes = value as Uint8Array
    return isNarrow(to) ? decoded(bytes) : Buffer.from(bytes).toString('utf16le')
  }
  switch (from.name) {
    case 'money':
    case 'smallmoney':
      // Without a style two digits are lost.
      return style === 2 ? String(value) : (fitted(String(value), 21, 2) ?? String(value))
    case 'float':
    case 'real':
      return floatText(Number(value), style)
    case 'datetime':
    case 'smalldatetime':
    case 'datetime2':
    case 'datetimeoffset':
    case 'date':
    case 'time':
      return momentText(String(value), from, style)
    case 'geometry':
    case 'geography':
      throw errors.noConversion(from.name, to.name)
    default:
      return String(value)
  }
}

function floatText(value: number, style: number): string {
  if (style !== 3) return String(Number(value.toPrecision(6)))
  const [mantissa = '', exponent = '0'] = value.toExponential(16).split('e')
  const power = Math.abs(Number(exponent))
  return `${mantissa}e${Number(exponent) < 0 ? '-' : '+'}${String(power).padStart(3, '0')}`
}

function momentText(value: string, { name, scale = 7 }: SqlType, style: number): string {
  const [date = '', time = '', offset = ''] = name === 'time' ? ['', value] : value.split(' ')
  const digits = name === 'datetime' ? 3 : name === 'smalldatetime' ? 0 : scale
  const cut = (name === 'datetime' ? rounded(time, digits) : time).slice(0, digits === 0 ? 8 : 9 + digits)
  if (name === 'time') return cut
  if (name === 'date' || style === 23) return date
  // `datetime` and `smalldatetime` say nothing of a fraction that is zero.
  const clock = name === 'datetime' && cut.endsWith('.000') ? cut.slice(0, 8) : cut
  if (style === 126 && name === 'datetimeoffset') return `${shifted(date, cut, offset)}${offset}`
  if (style === 127) return `${date}T${clock}${name === 'datetimeoffset' ? 'Z' : ''}`
  if (style === 126) return `${date}T${clock}`
  if (style !== 121 && style !== 0) throw errors.conversion(name, 'varchar')
  return name === 'datetimeoffset' ? `${shifted(date, cut, offset).replace('T', ' ')} ${offset}` : `${date} ${cut}`
}

/** What a clock with this offset shows. */
function shifted(date: string, time: string, offset: string): string {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  const shift = (hours * 60 + minutes) * (offset.startsWith('-') ? -60_000 : 60_000)
  const there = new Date(Date.parse(`${date}T${time.slice(0, 8)}Z`) + shift).toISOString()
  return `${there.slice(0, 19)}${time.slice(8)}`
}

function cut(text: string, to: SqlType): string {
  // What the character set has not is lost here, not later.
  const held = isNarrow(to) ? decoded(encoded(text)) : text
  return to.length === undefined || to.length === 'max' ? held : held.slice(0, to.length)
}

// ---- to others ----

function toBytes(value: Exclude<Value, null>, from: SqlType, to: SqlType): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (!isText(from)) throw errors.noConversion(from.name, to.name)
  const bytes = isNarrow(from) ? encoded(String(value)) : Buffer.from(String(value), 'utf16le')
  return to.length === 'max' ? bytes : bytes.subarray(0, to.length)
}

function toWhole(value: Exclude<Value, null>, from: SqlType, to: SqlType): bigint {
  const number = wholeOf(value, from, to)
  if (to.name === 'bit') return number === 0n ? 0n : 1n
  const [least, most] = wholes[to.name]!
  if (number < least || number > most) throw errors.overflow(to.name)
  return number
}

function wholeOf(value: Exclude<Value, null>, from: SqlType, to: SqlType): bigint {
  if (isWhole(from)) return BigInt(value as bigint)
  if (isText(from)) {
    const text = String(value).trim()
    if (to.name === 'bit' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true' ? 1n : 0n
    if (/^[+-]?\d+$/.test(text)) return BigInt(text)
    if (text === '') return 0n
    throw to.name === 'bigint' ? errors.conversion(from.name, to.name) : errors.badNumber(text, from.name, to.name)
  }
  if (from.name === 'float' || from.name === 'real') return BigInt(Math.trunc(Number(value)))
  if (from.name === 'decimal' || from.name === 'money' || from.name === 'smallmoney') return BigInt(String(value).split('.')[0]!)
  throw errors.noConversion(from.name, to.name)
}

function toDecimal(value: Exclude<Value, null>, from: SqlType, to: SqlType): string {
  const { precision, scale } = to.name === 'decimal' ? { precision: to.precision!, scale: to.scale! } : { precision: 19, scale: 4 }
  const text = decimalText(value, from, to)
  const number = fitted(text, precision, scale)
  if (number === undefined) throw errors.overflow(to.name === 'decimal' ? 'numeric' : to.name)
  return number
}

function decimalText(value: Exclude<Value, null>, from: SqlType, to: SqlType): string {
  if (isText(from)) {
    const text = String(value).trim()
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw errors.conversion(from.name, to.name === 'decimal' ? 'numeric' : to.name)
    const [, sign, whole, fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text)!
    return `${sign === '-' ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}`
  }
  if (from.name === 'float' || from.name === 'real') return Number(value).toFixed(20)
  if (isWhole(from) || from.name === 'decimal' || from.name === 'money' || from.name === 'smallmoney') return String(value)
  throw errors.noConversion(from.name, to.name)
}

function toFloat(value: Exclude<Value, null>, from: SqlType, to: SqlType): number {
  const known = isText(from) || isWhole(from) || ['decimal', 'money', 'smallmoney', 'float', 'real'].includes(from.name)
  if (!known) throw errors.noConversion(from.name, to.name)
  const number = Number(value)
  if (Number.isNaN(number)) throw errors.conversion(from.name, to.name)
  return to.name === 'real' ? Math.fround(number) : number
}

function toGuid(value: Exclude<Value, null>, from: SqlType, to: SqlType): string {
  if (from.name === 'uniqueidentifier') return String(value)
  if (!isText(from)) throw errors.noConversion(from.name, to.name)
  const [text] = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(String(value)) ?? []
  if (text === undefined) throw errors.badGuid()
  return text.toUpperCase()
}

function toMoment(value: Exclude<Value, null>, from: SqlType, to: SqlType): string {
  const text = isText(from) ? parsed(String(value), to) : momentOf(String(value), from, to)
  switch (to.name) {
    case 'date':
      return text.slice(0, 10)
    case 'time':
      return rounded(text.includes(' ') ? text.split(' ')[1]! : text, to.scale!)
    case 'datetime':
      if (text < '1753') throw errors.dateOutOfRange()
      return toTicks(text)
    case 'smalldatetime': {
      if (text < '1900' || text >= '2079-06-07') throw errors.dateOutOfRange()
      const minutes = Math.round(Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) / 60_000)
      return `${new Date(minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')}.0000000`
    }
    case 'datetimeoffset':
      return `${rounded(text.slice(0, 27), to.scale!)} ${text.split(' ')[2] ?? '+00:00'}`
    default:
      return rounded(text.slice(0, 27), to.scale!)
  }
}

function momentOf(value: string, from: SqlType, to: SqlType): string {
  if (from.name === 'time') {
    if (to.name === 'time') return value
    throw errors.noConversion(from.name, to.name)
  }
  if (!isMoment(from)) throw errors.noConversion(from.name, printed(to))
  return from.name === 'date' ? `${value} 00:00:00.0000000` : value
}

/** Text as ISO 8601 has it, with a blank or a `T`. */
function parsed(text: string, to: SqlType): string {
  const [, date = '1900-01-01', time, fraction = ''] =
    /^(?:(\d{4}-\d{2}-\d{2}))?(?:(?:^|[ T])(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,7}))?)?$/.exec(text.trim()) ?? []
  const clock = time === undefined ? '00:00:00' : time.length === 5 ? `${time}:00` : time
  const exists = !Number.isNaN(Date.parse(`${date}T${clock}Z`)) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
  if (!/^\d/.test(text.trim()) || !exists || (to.name !== 'time' && !/^\d{4}-/.test(text.trim()))) throw errors.badDate()
  return `${date} ${clock}.${fraction.padEnd(7, '0')}`
}
