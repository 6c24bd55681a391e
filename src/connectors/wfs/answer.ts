/** Which features are in an answer? Only the properties that were asked for are kept, whatever was sent. */

import type { Collection, Kept } from '../features/sent.ts'
import { readGmlFeatures } from './features-gml.ts'
import { readGeoJsonFeatures } from './features-json.ts'
import { type Asked, unreadable } from './report.ts'

/**
 * The features of a whole answer, GML or GeoJSON by what it looks like: services send reports as XML whatever was asked.
 *
 * @throws GatewayError what an ExceptionReport means; SOURCE_ANSWER_INVALID for half an answer or another document
 */
export function readAnswer(text: string, asked: Asked, kept: Kept): Collection {
  const start = text.trimStart()
  if (start.startsWith('{')) return readGeoJsonFeatures(text, asked, kept)
  if (start.startsWith('<') && !/^<(!doctype html|html)/i.test(start)) return readGmlFeatures(text, asked, kept)
  throw unreadable(asked.shown, asked.status, text, 'neither features nor a report')
}
