/** What could the columns of a table be, as far as its first rows show? For those who write dataset files. */

import { type FieldType, instant, type StoredColumn } from '../../model/index.ts'
import { toCell } from './cells.ts'
import { isObject } from './json.ts'
import type { Table } from './table.ts'
import { readWkt } from './wkt.ts'

/** Rows that are looked at. */
const rowsSeen = 1000

/** Every column of a table that can be listed, with the type that fits all values of the first rows. */
export function columnsSeen(table: Table): readonly StoredColumn[] {
  return [...(table.names ?? [])].map(column => {
    const values = Array.from({ length: Math.min(table.size, rowsSeen) }, (_, row) => table.raw(column, row))
    const there = values.filter(value => !isMissing(value))
    const type = typeOf(there)
    return { column, stored: storedAs(there, type), ...(type && { type }), ...(there.length < values.length && { nullable: true }) }
  })
}

/**
 * A few rows as texts. What is no single value is left out.
 *
 * @returns as `Introspector.sample`
 */
export function rowsSeenOf(table: Table, columns: readonly string[], limit: number): readonly (readonly (string | null)[])[] {
  return Array.from({ length: Math.min(table.size, limit) }, (_, row) => columns.map(column => textOf(table.raw(column, row))))
}

/** A column whose values are all there and all different; empty when there is none. */
export function keySeen(table: Table, columns: readonly StoredColumn[]): readonly string[] {
  const fit = columns.filter(({ type, nullable }) => (type === 'int' || type === 'bigint' || type === 'text') && !nullable)
  // A name that says so comes first: years of one row each are different as well.
  const named = fit.filter(({ column }) => /(^|[^a-z])(id|fid|uuid|nr|nummer|key|kennung|schluessel)$|Id$|ID$|Nr$/i.test(column))
  const key = [...named, ...fit].find(({ column }) => isUnique(table, column))
  return key && table.size > 1 ? [key.column] : []
}

function isUnique(table: Table, column: string): boolean {
  const seen = new Set<string>()
  for (let row = 0; row < table.size; row++) {
    const text = textOf(table.raw(column, row))
    if (text === null || seen.has(text)) return false
    seen.add(text)
  }
  return true
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

const candidates: readonly FieldType[] = ['boolean', 'int', 'bigint', 'decimal', 'date', 'time', 'datetime']

function typeOf(values: readonly unknown[]): FieldType | undefined {
  if (values.length === 0) return 'text'
  if (values.every(isShape)) return values.every(isPoint) ? 'point' : 'geometry'
  if (values.some(value => textOf(value) === null)) return undefined
  return candidates.find(type => values.every(value => fits(value, type))) ?? 'text'
}

function fits(value: unknown, type: FieldType): boolean {
  if (value instanceof Date) return type === 'datetime' || (type === 'date' && value.getTime() % 86_400_000 === 0)
  const text = String(value)
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' || /^(true|false)$/i.test(text)
    // A zero in front belongs to an identifier: it would be lost.
    case 'int':
    case 'bigint':
    case 'decimal':
      return typeof value !== 'boolean' && !/^[+-]?0\d|^\+/.test(text) && toCell(text, { type }) !== undefined
    case 'datetime':
      return /\d[T ]\d/.test(text) && instant(text, 'Europe/Berlin') !== undefined
    default:
      return toCell(text, { type }) !== undefined
  }
}

/** How the values are written; a time that says its offset is told apart from one that only hangs on a wall. */
function storedAs(values: readonly unknown[], type: FieldType | undefined): string {
  if (type === 'datetime' && values.every(value => typeof value === 'string' && instant(value) !== undefined)) return 'text dateTime'
  const kinds = [...new Set(values.map(kindOf))]
  if (type === 'datetime' && !kinds.includes('date')) return 'datetime without offset'
  return kinds.length === 0 ? 'empty' : kinds.sort().join(', ')
}

function kindOf(value: unknown): string {
  if (value instanceof Date) return 'date'
  if (Array.isArray(value)) return 'list'
  if (isShape(value)) return 'shape'
  return typeof value === 'string' ? 'text' : typeof value === 'symbol' ? 'several' : typeof value
}

function isShape(value: unknown): boolean {
  if (typeof value === 'string') return /^\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\b/i.test(value) && isWkt(value)
  return isObject(value) && typeof value.type === 'string' && (Array.isArray(value.coordinates) || Array.isArray(value.geometries))
}

function isPoint(value: unknown): boolean {
  return typeof value === 'string' ? /^\s*(SRID=\d+;)?\s*POINT/i.test(value) : isObject(value) && value.type === 'Point'
}

function isWkt(text: string): boolean {
  try {
    readWkt(text)
    return true
  } catch {
    return false
  }
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || typeof value === 'symbol') return null
  if (value instanceof Date) return value.toISOString().replace(/(T00:00:00)?\.000Z$/, '')
  return typeof value === 'object' ? null : String(value)
}
