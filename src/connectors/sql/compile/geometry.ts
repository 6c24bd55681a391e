/** How does SQL find what touches a box, an area or a circle? */

import { sourceFailure } from '../../../model/index.ts'
import { crsOf, GeometryError } from '../../geo/index.ts'
import { type GeoCondition, polygonsIn } from './area.ts'
import type { Context } from './context.ts'
import { bind, type Fragment, join, raw, sql } from './fragment.ts'
import { storedAs } from './kind.ts'
import { refusal } from './values.ts'
import { wkbOf } from './wkb.ts'

/**
 * True where the geometry touches what was asked for, null where there is none.
 *
 * The area is moved into the source's own coordinates, not the source's geometry onto our map: only so does a spatial index serve, and
 * the source needs no knowledge of projections.
 */
export function touches(condition: GeoCondition, context: Context): Fragment {
  const { filter } = context.dialect.geometry
  const { expression } = storedAs(condition.column, context)
  if (filter.by === 'functions') {
    const crs = 'crs' in condition.column ? condition.column.crs : undefined
    return sql`${raw(filter[condition.op])}(${join([expression, bind(crs ?? ''), ...argumentsOf(condition).map(text => bind(text))], ', ')}) = 1`
  }
  const crs = crsOfColumn(condition, context)
  const own = filter.ownSrid ? context.facts(condition.column).srid : undefined
  const srid = bind(own ?? Number(crs.replace(/\D/g, '')), 'count')
  // One by one: parts of an area may overlap, which no engine takes for one valid multipolygon.
  const parts = areasOf(condition, crs).map(area => filter.touches(expression, bind(area, 'bytes'), srid))
  if (parts.length === 0) return raw('1 = 0')
  return parts.length === 1 ? parts[0]! : sql`(${join(parts, ' or ')})`
}

/** The reference system of a geometry column: as declared, else as the source says. */
export function crsOfColumn({ column }: GeoCondition, context: Context): string {
  const srid = context.facts(column).srid ?? 0
  const said = ('crs' in column ? column.crs : undefined) ?? (srid > 0 ? `EPSG:${srid}` : undefined)
  const crs = said === undefined ? undefined : crsOf(said)
  if (crs !== undefined) return crs
  const why =
    said === undefined ? 'the source does not know its reference system; declare it with crs' : `${said} is not a reference system we know`
  throw sourceFailure('SOURCE_CHANGED', `geometry ${column.column}: ${why}`)
}

function areasOf(condition: GeoCondition, crs: string): Uint8Array[] {
  try {
    return polygonsIn(condition, crs).map(wkbOf)
  } catch (error) {
    if (error instanceof GeometryError) throw refusal(`the area cannot be drawn in ${crs}`)
    throw error
  }
}

function argumentsOf(condition: GeoCondition): string[] {
  switch (condition.op) {
    case 'bbox':
      return [JSON.stringify(condition.box)]
    case 'within':
      return [JSON.stringify(condition.area)]
    case 'near':
      return [JSON.stringify([condition.longitude, condition.latitude, condition.metres])]
  }
}
