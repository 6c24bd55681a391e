/** Which features does a WFS send as GeoJSON? */

import { crsNamed, readGeoJsonFeature } from '../features/geojson.ts'
import type { Collection, Kept } from '../features/sent.ts'
import { isObject, readJson } from '../shared/json.ts'
import { type Asked, unreadable } from './report.ts'

/**
 * Reads a FeatureCollection as WFS services write it: in any reference system, named by the `crs` member of the format's first
 * edition.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID
 * @see the GeoJSON format specification of 2008, 3
 */
export function readGeoJsonFeatures(text: string, asked: Asked, kept: Kept): Collection {
  const json = parsed(text, asked)
  if (!isObject(json) || json.type !== 'FeatureCollection' || !Array.isArray(json.features)) {
    throw unreadable(asked.shown, asked.status, text, 'JSON, but no FeatureCollection')
  }
  const srsName = crsNamed(json)
  const features = json.features.map(feature => readGeoJsonFeature(feature, kept, srsName === undefined ? {} : { srsName }))
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
