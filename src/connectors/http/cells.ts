/** How does a value of a web service become a cell? */

import type { Cell, Column } from '../../model/index.ts'
import { readGeoJson } from '../geo/index.ts'
import { toCell } from '../shared/cells.ts'
import { epochText } from '../shared/epoch.ts'
import { isObject, readJson } from '../shared/json.ts'
import { toShape } from '../shared/shape.ts'
import { readWkt } from '../shared/wkt.ts'
import { Pair } from './pair.ts'

/**
 * A value in its canonical form. Shapes are GeoJSON, as an object or as text, well-known text, or two columns; in the reference system
 * that the field declares, else in WGS 84. An empty text is a missing value for every type but text.
 *
 * @returns `undefined` for whatever does not have the declared type, an object or a list above all: never passed on whole
 */
export function cellOf(raw: unknown, column: Column): Cell | undefined {
  if (raw === null || raw === undefined) return null
  const { type } = column
  if (type === 'point' || type === 'line' || type === 'polygon' || type === 'geometry') return shapeOf(raw, column)
  if (column.written) return toCell(raw, column)
  if (typeof raw === 'string' && raw.trim() === '' && type !== 'text' && type !== 'code') return null
  return toCell((type === 'datetime' ? epochText(raw) : undefined) ?? raw, column)
}

function shapeOf(raw: unknown, column: Column): Cell | undefined {
  const crs = ('crs' in column ? column.crs : undefined) ?? 'EPSG:4326'
  if (raw instanceof Pair) return raw.isMissing ? null : toShape({ type: 'Point', coordinates: raw.numbers }, crs, column.type)
  if (isObject(raw)) return toShape(() => readGeoJson(numbers(raw)), crs, column.type)
  if (typeof raw !== 'string') return undefined
  if (raw.trim() === '') return null
  return toShape(() => (raw.trimStart().startsWith('{') ? readGeoJson(parsed(raw)) : readWkt(raw)), crs, column.type)
}

/** Coordinates that kept more digits than a float has. */
function numbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => (typeof item === 'string' ? Number(item) : numbers(item)))
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, numbers(part)])) : value
}

function parsed(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}
