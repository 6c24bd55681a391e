/** What does a collection of the tests' own OGC API say of itself? */

import type { Column, Table } from './table.ts'
import type { OgcWish } from './wish.ts'

/** Systems that coordinates can be asked in, after WGS 84 with longitude first. */
export const systems = ['25832', '4326', '3857'] as const

export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

export function crsUri(code: string): string {
  return `http://www.opengis.net/def/crs/EPSG/0/${code}`
}

export function listed(table: Table, origin: string, { described = true }: OgcWish): object {
  const href = `${origin}/ogc/collections/${encodeURIComponent(table.name)}`
  const relation = 'http://www.opengis.net/def/rel/ogc/1.0'
  return {
    id: table.name,
    title: `Ebene ${table.name}`,
    itemType: 'feature',
    crs: [crs84, ...systems.map(crsUri)],
    storageCrs: crsUri('25832'),
    links: [
      { rel: 'items', href: `${href}/items`, type: 'application/geo+json' },
      ...(described
        ? ['schema', 'queryables'].map(name => ({ rel: `${relation}/${name}`, href: `${href}/${name}`, type: 'application/schema+json' }))
        : []),
    ],
  }
}

/** @see OGC 23-058r1 (draft of Part 5) */
export function describe(table: Table): object {
  const properties = table.columns.map(column => [column.column, propertyOf(column, table)])
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false }
}

/** @see OGC 19-079r2, 6 */
export function queryablesOf(table: Table): object {
  return describe(table)
}

function propertyOf({ column, type }: Column, { temporal }: Table): object {
  const role = column === temporal ? { 'x-ogc-role': 'primary-instant' } : {}
  switch (type) {
    case 'geometry':
      return { format: 'geometry-any', 'x-ogc-role': 'primary-geometry' }
    case 'moment':
      return { type: 'string', format: 'date-time', ...role }
    case 'date':
    case 'time':
      return { type: 'string', format: type }
    case 'text':
      return { type: 'string' }
    default:
      return { type }
  }
}
