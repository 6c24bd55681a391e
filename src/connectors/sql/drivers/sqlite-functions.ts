/** What does SQLite not know that a gateway needs? Functions of our own, for statements only; views of the file cannot call them. */

import type Database from 'better-sqlite3'
import { calendarDate, canonicalDecimal, type Geometry, instant } from '../../../model/index.ts'
import { GeometryError, metresBetween, readWkb, tidy, touchesArea, touchesBox, toWgs84 } from '../../geo/index.ts'
import { toCell } from '../../shared/cells.ts'
import { readGeometryText } from '../../shared/geometry-text.ts'
import { cellReader, isClock } from '../../shared/quick.ts'

export function addFunctions(database: Database.Database): void {
  const scalar = (name: string, make: (...values: unknown[]) => unknown): void => {
    database.function(name, { deterministic: true, directOnly: true, varargs: true }, make)
  }
  scalar('gate_lower', text => (typeof text === 'string' ? text.toLowerCase() : text))
  scalar(
    'gate_date',
    ofText(text => calendarDate(text)),
  )
  scalar(
    'gate_time',
    ofText(text => toCell(text, { type: 'time' })),
  )
  scalar(
    'gate_clock',
    ofText(text => (isClock(text) ? blank(text) : sortable(instant(text, 'UTC')))),
  )
  scalar(
    'gate_instant',
    // It filters a row by a time, and puts the same one in order next.
    onceInARow(ofText(text => (isClock(text) ? blank(text) : sortable(readInstant(text) ?? instant(text, 'UTC'))))),
  )
  scalar('gate_bbox', (shape, crs, box) => test(shape, crs, geometry => touchesBox(geometry, parsed(box))))
  scalar('gate_within', (shape, crs, area) => test(shape, crs, geometry => touchesArea(geometry, parsed(area))))
  scalar('gate_near', (shape, crs, circle) => {
    const [longitude, latitude, metres] = parsed<readonly [number, number, number]>(circle)
    return test(shape, crs, geometry => metresBetween(geometry, longitude, latitude) <= metres)
  })
  database.aggregate<Sum>('gate_sum', {
    start: () => ({ digits: 0n, places: 0, empty: true }),
    directOnly: true,
    step: (sum, value) => add(sum, value),
    result: sum => (sum.empty ? null : canonicalDecimal(`${sum.digits}e-${sum.places}`)),
  })
}

/** A missing or unreadable value has no place in an order: it is null, as it is when it is served. */
function ofText(change: (text: string) => unknown): (value: unknown) => unknown {
  return value => (typeof value === 'string' ? (change(value) ?? null) : null)
}

function blank(text: string): string {
  return text[10] === ' ' ? text : `${text.slice(0, 10)} ${text.slice(11)}`
}

function onceInARow(change: (value: unknown) => unknown): (value: unknown) => unknown {
  let last: unknown
  let made: unknown = null
  return value => {
    if (value !== last) {
      made = change(value)
      last = value
    }
    return made
  }
}

const readInstant = cellReader({ type: 'datetime' }) as (text: string) => string | undefined

/** Times in one spelling whose order is the order of time: fractions without trailing zeros, no `Z` behind them. */
function sortable(at: string | undefined): string | undefined {
  return at?.slice(0, -1).replace('T', ' ')
}

let last: { readonly text: unknown; readonly value: unknown } = { text: undefined, value: undefined }

/** An area is the same for every row of a statement. */
function parsed<T>(text: unknown): T {
  if (last.text !== text) last = { text, value: JSON.parse(String(text)) }
  return last.value as T
}

function test(shape: unknown, crs: unknown, holds: (geometry: Geometry) => boolean): number | null {
  if (!(shape instanceof Uint8Array) && typeof shape !== 'string') return null
  try {
    const { geometry, srid } = typeof shape === 'string' ? readGeometryText(shape) : readWkb(shape)
    const there = crs === '' ? (srid === undefined ? undefined : `EPSG:${srid}`) : String(crs)
    const served = there === undefined ? null : tidy(toWgs84(geometry, there))
    return served === null ? null : Number(holds(served))
  } catch (error) {
    // What cannot be read is served as null, and compared as null.
    if (error instanceof GeometryError) return null
    throw error
  }
}

/** digits × 10^-places, exactly. Changed in place: one for each group, not one for each row. */
interface Sum {
  digits: bigint
  places: number
  empty: boolean
}

function add(sum: Sum, value: unknown): void {
  if (typeof value === 'bigint') {
    sum.digits += value * 10n ** BigInt(sum.places)
    sum.empty = false
    return
  }
  const text = value === null ? undefined : canonicalDecimal(String(value))
  if (text === undefined) return
  const [whole = '', fraction = ''] = text.split('.')
  if (fraction.length > sum.places) {
    sum.digits *= 10n ** BigInt(fraction.length - sum.places)
    sum.places = fraction.length
  }
  sum.digits += BigInt(whole + fraction) * 10n ** BigInt(sum.places - fraction.length)
  sum.empty = false
}
