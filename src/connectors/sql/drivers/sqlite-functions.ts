/** What does SQLite not know that a gateway needs? Functions of our own, for statements only; views of the file cannot call them. */

import type Database from 'better-sqlite3'
import { calendarDate, canonicalDecimal, type Geometry, instant } from '../../../model/index.ts'
import { GeometryError, metresBetween, readWkb, tidy, touchesArea, touchesBox, toWgs84 } from '../../geo/index.ts'
import { toCell } from '../../shared/cells.ts'

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
    ofText(text => sortable(instant(text, 'UTC'))),
  )
  scalar(
    'gate_instant',
    ofText(text => sortable(instant(text) ?? instant(text, 'UTC'))),
  )
  scalar('gate_bbox', (shape, crs, box) => test(shape, crs, geometry => touchesBox(geometry, JSON.parse(String(box)))))
  scalar('gate_within', (shape, crs, area) => test(shape, crs, geometry => touchesArea(geometry, JSON.parse(String(area)))))
  scalar('gate_near', (shape, crs, circle) => {
    const [longitude, latitude, metres] = JSON.parse(String(circle))
    return test(shape, crs, geometry => metresBetween(geometry, longitude, latitude) <= metres)
  })
  database.aggregate<Sum | null>('gate_sum', {
    start: null,
    directOnly: true,
    step: (sum, value) => added(sum, value),
    result: sum => (sum === null ? null : canonicalDecimal(`${sum.digits}e-${sum.places}`)),
  })
}

/** A missing or unreadable value has no place in an order: it is null, as it is when it is served. */
function ofText(change: (text: string) => unknown): (value: unknown) => unknown {
  return value => (typeof value === 'string' ? (change(value) ?? null) : null)
}

/** Times in one spelling whose order is the order of time: fractions without trailing zeros, no `Z` behind them. */
function sortable(at: string | undefined): string | undefined {
  return at?.slice(0, -1).replace('T', ' ')
}

function test(shape: unknown, crs: unknown, holds: (geometry: Geometry) => boolean): number | null {
  if (!(shape instanceof Uint8Array)) return null
  try {
    const { geometry, srid } = readWkb(shape)
    const there = crs === '' ? (srid === undefined ? undefined : `EPSG:${srid}`) : String(crs)
    const served = there === undefined ? null : tidy(toWgs84(geometry, there))
    return served === null ? null : Number(holds(served))
  } catch (error) {
    // What cannot be read is served as null, and compared as null.
    if (error instanceof GeometryError) return null
    throw error
  }
}

/** digits × 10^-places, exactly. */
interface Sum {
  readonly digits: bigint
  readonly places: number
}

function added(sum: Sum | null, value: unknown): Sum | null {
  const text = value === null ? undefined : canonicalDecimal(String(value))
  if (text === undefined) return sum
  const [whole = '', fraction = ''] = text.split('.')
  const before = sum ?? { digits: 0n, places: 0 }
  const places = Math.max(before.places, fraction.length)
  const left = before.digits * 10n ** BigInt(places - before.places)
  const right = BigInt(whole + fraction) * 10n ** BigInt(places - fraction.length)
  return { digits: left + right, places }
}
