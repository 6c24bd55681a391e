/** What do Oracle's functions do? For SQLite, over cells as the stand-in keeps them. */

import type Database from 'better-sqlite3'
import { GeometryError, readWkb, touchesArea } from '../../../../src/connectors/geo/index.ts'
import { OracleError } from '../errors.ts'
import { decodeNumber, encodeNumber } from '../numbers.ts'
import { decodeClock, encodeClock, printClock, readClock } from '../times.ts'
import { longestText } from '../types.ts'

/** Adds the functions that `translate.ts` writes; each takes null for null, and no text is ever empty. */
export function addOracleFunctions(database: Database.Database): void {
  const define = (name: string, make: (...values: never[]) => unknown): void => {
    database.function(name, { deterministic: true, varargs: true }, (...values: unknown[]) => {
      if (values.includes(null)) return null
      const made = make(...(values as never[]))
      return made === '' ? null : made
    })
  }
  define('ora_count', (count: number) => encodeNumber(String(count)))
  define('ora_rows', (count: Buffer) => Number(decodeNumber(count)))
  define('ora_number', (text: string) => encodeNumber(text.trim()))
  define('ora_double', (text: string) => floatOf(text))
  define('ora_float', (text: string) => Math.fround(floatOf(text)))
  define('ora_number_text', (number: Buffer) => shortestText(decodeNumber(number)))
  define('ora_clob_text', (text: string) => clobText(text))
  define('ora_clock_text', (clock: Buffer, format: string) => printClock(decodeClock(clock), format))
  define('ora_date', (text: string, format: string) => encodeClock(readClock(text, format), 7))
  define('ora_timestamp', (text: string, format: string) => encodeClock(readClock(text, format), 11))
  define('ora_from_utc', (clock: Buffer) => encodeClock(decodeClock(clock), 13))
  define('ora_to_utc', (instant: Buffer) => encodeClock(decodeClock(instant), 11))
  define('ora_trim', (text: string) => text.replace(/^ +| +$/g, ''))
  define('ora_rtrim', (text: string) => text.replace(/ +$/, ''))
  define('ora_pad', (text: string, size: number) => text.padEnd(size, ' '))
  define('ora_lower', (text: string) => text.toLowerCase())
  define('ora_upper', (text: string) => text.toUpperCase())
  define('ora_like', (text: string, pattern: string, marker: string) => Number(likePattern(pattern, marker).test(text)))
  define('ora_geometry', (wkb: Buffer, srid: Buffer) => geometryOf(wkb, Number(decodeNumber(srid))))
  define('ora_wkb', (geometry: Buffer) => wkbOf(geometry))
  define('ora_gtype', (geometry: Buffer) => encodeNumber(String(gtypeOf(geometry))))
  define('ora_flat', (geometry: Buffer) => flattened(geometry))
  define('ora_srid', (geometry: Buffer) => sridOf(geometry))
  define('ora_touches', (left: Buffer, right: Buffer) => touches(left, right))
  addAggregates(database)
}

function addAggregates(database: Database.Database): void {
  const step = (sum: Sum | null, value: unknown): Sum | null => (value === null ? sum : added(sum, decodeNumber(value as Buffer)))
  database.aggregate<Sum | null>('ora_sum', {
    start: null,
    step,
    result: sum => (sum === null ? null : encodeNumber(`${sum.digits}e-${sum.places}`)),
  })
  database.aggregate<Sum | null>('ora_avg', {
    start: null,
    step,
    result: sum => (sum === null ? null : encodeNumber(`${(sum.digits * 10n ** 45n) / BigInt(sum.count)}e-${sum.places + 45}`)),
  })
}

/** digits × 10^-places of so many numbers. */
interface Sum {
  readonly digits: bigint
  readonly places: number
  readonly count: number
}

function added(sum: Sum | null, text: string): Sum {
  const before = sum ?? { digits: 0n, places: 0, count: 0 }
  const [whole = '', fraction = ''] = text.split('.')
  const places = Math.max(before.places, fraction.length)
  const left = before.digits * 10n ** BigInt(places - before.places)
  const right = BigInt(`${whole === '-' ? '-0' : whole}${fraction}` || '0') * 10n ** BigInt(places - fraction.length)
  return { digits: left + right, places, count: before.count + 1 }
}

function floatOf(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || Number.isNaN(number)) throw new OracleError(1722, 'invalid number')
  return number
}

/** Format TM9: plain, or with an exponent when that would take more than 64 characters. */
function shortestText(plain: string): string {
  if (plain.length <= 64) return plain
  const [, sign = '', digits = ''] = /^(-?)[0.]*([\d.]+)$/.exec(plain) ?? []
  const exponent = plain.includes('.') ? -(plain.replace(sign, '').match(/^\.0*/)?.[0].length ?? 0) : digits.length - 1
  const kept = digits.replace('.', '').replace(/0+$/, '')
  const mantissa = kept.length > 1 ? `${kept[0]}.${kept.slice(1)}` : kept
  return `${sign}${mantissa}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function clobText(text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes <= longestText) return text
  throw new OracleError(22835, `Buffer too small for CLOB to CHAR or BLOB to RAW conversion (actual: ${bytes}, maximum: ${longestText})`)
}

const patterns = new Map<string, RegExp>()

function likePattern(pattern: string, marker: string): RegExp {
  const key = `${marker}${pattern}`
  const known = patterns.get(key)
  if (known) return known
  let source = ''
  const characters = [...pattern]
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!
    if (character === marker) {
      const next = characters[++at]
      if (next === undefined || ![marker, '%', '_'].includes(next))
        throw new OracleError(1424, 'missing or illegal character following the escape character')
      source += literal(next)
    } else source += character === '%' ? '.*' : character === '_' ? '.' : literal(character)
  }
  const made = new RegExp(`^${source}$`, 'su')
  patterns.set(key, made)
  return made
}

function geometryOf(wkb: Buffer, srid: number): Buffer {
  try {
    readWkb(wkb)
  } catch (error) {
    if (error instanceof GeometryError) throw new OracleError(13_199, `wkb conversion error: ${error.message}`)
    throw error
  }
  const head = Buffer.alloc(4)
  head.writeInt32BE(srid)
  return Buffer.concat([head, wkb])
}

/** Dimensions, then the kind of shape: 2001 is a point, 3003 a polygon with heights. */
function gtypeOf(geometry: Buffer): number {
  const kind = geometry.readUInt32LE(5)
  return (kind > 1000 ? 3000 : 2000) + (kind % 1000)
}

function wkbOf(geometry: Buffer): Buffer {
  if (gtypeOf(geometry) < 3000) return geometry.subarray(4)
  throw new OracleError(13_199, '3D geometries are not supported by geometry WKB/WKT generation.')
}

/** Only points have heights here. */
function flattened(geometry: Buffer): Buffer {
  if (gtypeOf(geometry) !== 3001) throw new OracleError(3001, 'unimplemented feature')
  const flat = Buffer.from(geometry.subarray(0, 25))
  flat.writeUInt32LE(1, 5)
  return flat
}

function sridOf(geometry: Buffer): Buffer | null {
  const srid = geometry.readInt32BE(0)
  return srid === 0 ? null : encodeNumber(String(srid))
}

function touches(left: Buffer, right: Buffer): string {
  if (left.readInt32BE(0) !== right.readInt32BE(0)) throw new OracleError(13_295, 'geometry objects are in different coordinate systems')
  return touchesArea(readWkb(left.subarray(4)).geometry, readWkb(right.subarray(4)).geometry) ? 'TRUE' : 'FALSE'
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}
