/** How do entities become rows, in the columns that a request names? */

import { type Cell, type Column, canonicalDecimal, type Geometry } from '../../model/index.ts'
import { GeometryError, readGeoJson } from '../geo/index.ts'
import { toCell } from '../shared/cells.ts'
import { epochText } from '../shared/epoch.ts'
import { isObject } from '../shared/json.ts'
import type { LocalRow } from '../shared/local.ts'
import { toShape } from '../shared/shape.ts'
import type { EntitySet } from './entities.ts'
import { type Entity, isGeometry, pathOf, rawOf } from './path.ts'

export interface ReadRows {
  readonly rows: readonly LocalRow[]
  /** Cells that were there and could not be understood. */
  readonly unreadable: number
}

/** Entities as rows. Whatever else the service sent along is not looked at. */
export function readRows(set: EntitySet, entities: readonly Entity[], columns: readonly Column[]): ReadRows {
  let unreadable = 0
  const read = columns.map(column => {
    const path = pathOf(set, column)
    return (entity: Entity) => cellOf(rawOf(path, entity), column)
  })
  const places = new Map(columns.map((column, at) => [column, at]))
  const rows = entities.map((entity): LocalRow => {
    const cells = read.map(cell => {
      const value = cell(entity)
      if (value === undefined) unreadable++
      return value ?? null
    })
    return column => cells[places.get(column) ?? -1] ?? null
  })
  return { rows, unreadable }
}

/**
 * One value as a cell. A whole object or list is never served: what is in it was not released.
 *
 * @returns `undefined` when the value does not have the declared type
 */
export function cellOf(raw: unknown, column: Column): Cell | undefined {
  if (raw === null || raw === undefined) return null
  if (isGeometry(column)) return toShape(() => shapeOf(raw), ('crs' in column ? column.crs : undefined) ?? 'EPSG:4326', column.type)
  if (typeof raw === 'object') return undefined
  if (column.written) return toCell(raw, column)
  if (column.type === 'code' && typeof raw === 'number') return toCell(canonicalDecimal(String(raw)) ?? raw, column)
  const time = column.type === 'datetime' && typeof raw === 'number' ? epochText(raw) : undefined
  return toCell(time ?? raw, column)
}

/** A geometry, or a Feature around one; other encodings (a text such as "Rathaus") are none. */
function shapeOf(raw: unknown): Geometry {
  if (!isObject(raw)) throw new GeometryError('not GeoJSON')
  if (raw.type !== 'Feature') return readGeoJson(raw)
  return raw.geometry === null ? { type: 'MultiPoint', coordinates: [] } : readGeoJson(raw.geometry)
}
