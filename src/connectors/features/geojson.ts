/** Which features does a GeoJSON answer hold? */

import { GeometryError, readGeoJson } from '../geo/index.ts'
import { isObject } from '../shared/json.ts'
import { type Kept, type Sent, type SentFeature, unreadableValue } from './sent.ts'

export interface GeoJsonReading {
  /** How the answer spells the system of its coordinates; absent when it does not say. */
  readonly srsName?: string
  /** The value that a feature has under a name. Default: its property of this name. */
  readonly value?: (feature: Readonly<Record<string, unknown>>, name: string) => unknown
}

/**
 * A feature of a collection, in any reference system. A missing member, null and an empty text are no value.
 *
 * @see RFC 7946, 3.2; the GeoJSON format specification of 2008, 3
 */
export function readGeoJsonFeature(feature: unknown, { properties, geometries }: Kept, reading: GeoJsonReading = {}): SentFeature {
  if (!isObject(feature)) return { values: new Map([...properties].map(name => [name, unreadableValue])) }
  const { srsName, value = propertyOf } = reading
  const values = new Map<string, Sent>()
  for (const name of properties) {
    values.set(name, geometries.has(name) ? shapeOf(feature.geometry, srsName) : plainValue(value(feature, name)))
  }
  const { id } = feature
  return { values, ...((typeof id === 'string' || typeof id === 'number') && id !== '' && { id: String(id) }) }
}

/** The system that the `crs` member of the format's first edition names. */
export function crsNamed({ crs }: Readonly<Record<string, unknown>>): string | undefined {
  const properties = isObject(crs) ? crs.properties : undefined
  return isObject(properties) && typeof properties.name === 'string' ? properties.name : undefined
}

/** A property of a feature by its name; undefined when it has none. */
export function propertyOf({ properties }: Readonly<Record<string, unknown>>, name: string): unknown {
  return isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
}

function shapeOf(geometry: unknown, srsName: string | undefined): Sent {
  if (geometry === null || geometry === undefined) return null
  try {
    return { geometry: readGeoJson(geometry), ...(srsName && { srsName }) }
  } catch (error) {
    if (error instanceof GeometryError) return unreadableValue
    throw error
  }
}

function plainValue(value: unknown): Sent {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : unreadableValue
}
