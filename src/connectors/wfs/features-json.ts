/** Which features does a GeoJSON answer hold? */

import { GeometryError, readGeoJson } from '../geo/index.ts'
import { isObject, readJson } from '../shared/json.ts'
import { type Asked, unreadable } from './report.ts'
import { type Collection, type Kept, type Sent, type SentFeature, unreadableValue } from './sent.ts'

/**
 * Reads a FeatureCollection as WFS services write it: in any reference system, named by the `crs` member of the format's first
 * edition. A missing member, null and an empty text are no value.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID
 * @see the GeoJSON format specification of 2008, 3
 */
export function readGeoJsonFeatures(text: string, asked: Asked, kept: Kept): Collection {
  const json = parsed(text, asked)
  if (!isObject(json) || json.type !== 'FeatureCollection' || !Array.isArray(json.features)) {
    throw unreadable(asked.shown, asked.status, text, 'JSON, but no FeatureCollection')
  }
  const srsName = crsNamed(json.crs)
  const features = json.features.map(feature => readFeature(feature, kept, srsName))
  const matched = [json.numberMatched, json.totalFeatures].find(count => typeof count === 'number')
  return { features, ...(matched !== undefined && { matched }) }
}

function parsed(text: string, asked: Asked): unknown {
  try {
    return readJson(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 80) : ''
    throw unreadable(asked.shown, asked.status, text, `not whole JSON (${reason})`)
  }
}

function readFeature(feature: unknown, { properties, geometries }: Kept, srsName: string | undefined): SentFeature {
  if (!isObject(feature)) return { values: new Map([...properties].map(name => [name, unreadableValue])) }
  const values = new Map<string, Sent>()
  const sent = isObject(feature.properties) ? feature.properties : {}
  for (const name of properties) {
    values.set(name, geometries.has(name) ? shapeOf(feature.geometry, srsName) : plainValue(Object.hasOwn(sent, name) ? sent[name] : null))
  }
  const { id } = feature
  return { values, ...((typeof id === 'string' || typeof id === 'number') && id !== '' && { id: String(id) }) }
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

function crsNamed(crs: unknown): string | undefined {
  const properties = isObject(crs) ? crs.properties : undefined
  return isObject(properties) && typeof properties.name === 'string' ? properties.name : undefined
}
