/** Which rows does a GeoJSON file hold? */

import { type Cell, type Column, sourceFailure } from '../../model/index.ts'
import { readGeoJson } from '../geo/index.ts'
import { toCell } from '../shared/cells.ts'
import { epochText } from '../shared/epoch.ts'
import { isObject, readJson } from '../shared/json.ts'
import { toShape } from '../shared/shape.ts'
import { geometryColumn, type Table } from '../shared/table.ts'

/**
 * A FeatureCollection as a table: properties are columns, the geometry is the column `geometry`, and a feature's own `id` is the
 * column `id` unless a property has that name.
 *
 * Coordinates are in the reference system that the field declares; else in the one the file names in the `crs` member of the
 * format's first edition; else in WGS 84. They are x before y, always.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID for anything but a whole FeatureCollection
 * @see RFC 7946, and the GeoJSON format specification of 2008, 3
 */
export function readFeatures(text: string): Table {
  const collection = parsed(text)
  const crs = crsNamed(collection) ?? 'EPSG:4326'
  const features = collection.features.filter(isFeature)
  const lost = collection.features.length - features.length
  return {
    size: features.length,
    names:
      features.length === 0
        ? undefined
        : new Set([geometryColumn, 'id', ...features.flatMap(({ properties }) => Object.keys(properties ?? {}))]),
    raw: (name, row) => propertyOf(features[row]!, name),
    convert: (raw, column) => cellOf(raw, column, crs),
    problems: lost > 0 ? { 'unreadable feature': lost } : {},
  }
}

interface Feature {
  readonly id?: unknown
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly geometry: unknown
}

function parsed(text: string): { readonly features: readonly unknown[]; readonly crs?: unknown } {
  let json: unknown
  try {
    json = readJson(text)
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', 'the file is not JSON, or only half of it', cause)
  }
  if (isObject(json) && json.type === 'FeatureCollection' && Array.isArray(json.features)) return { features: json.features, crs: json.crs }
  throw sourceFailure('SOURCE_ANSWER_INVALID', 'the file is JSON, but no GeoJSON FeatureCollection')
}

function crsNamed({ crs }: { readonly crs?: unknown }): string | undefined {
  const properties = isObject(crs) ? crs.properties : undefined
  return isObject(properties) && typeof properties.name === 'string' ? properties.name : undefined
}

function isFeature(value: unknown): value is Feature {
  return isObject(value) && value.type === 'Feature' && (isObject(value.properties) || value.properties === null)
}

function propertyOf(feature: Feature, name: string): unknown {
  if (name === geometryColumn) return feature.geometry
  const { properties, id } = feature
  return properties && Object.hasOwn(properties, name) ? properties[name] : name === 'id' ? id : undefined
}

function cellOf(raw: unknown, column: Column, crs: string): Cell | undefined {
  if (raw === null || raw === undefined) return null
  const declared = 'crs' in column ? column.crs : undefined
  const { type } = column
  if (type === 'point' || type === 'line' || type === 'polygon' || type === 'geometry') {
    return toShape(() => readGeoJson(raw), declared ?? crs, type)
  }
  if (column.written) return toCell(raw, column)
  return toCell((type === 'datetime' ? epochText(raw) : undefined) ?? raw, column)
}
