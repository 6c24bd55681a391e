/** What did the service say? Its errors come with status 200, and so do its login pages. */

import { type Cell, type Column, canonicalDecimal, columnsGone, type GatewayError, sourceFailure, wallClock } from '../../model/index.ts'
import { type Declared, toCell } from '../shared/cells.ts'
import { epochText } from '../shared/epoch.ts'
import { isObject, readJson } from '../shared/json.ts'
import type { LocalRow } from '../shared/local.ts'
import { toShape } from '../shared/shape.ts'
import { readEsri } from './geometry.ts'
import { fieldOf, isGeometry, type Layer, type LayerField } from './layer.ts'

/** One row as it came: raw values by field, and a shape. */
export interface Feature {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly geometry?: unknown
}

export interface Features {
  readonly features: readonly Feature[]
  /** Says that there is more. Older services do not say anything. */
  readonly exceeded: boolean
  /** Reference system of the shapes. */
  readonly crs: string
}

/**
 * The object that an answer holds.
 *
 * @param text as received
 * @param url  for the log
 * @throws GatewayError SOURCE_REFUSED (token missing, expired or without the right), SOURCE_CHANGED (a field or the layer is gone),
 *   SOURCE_BUSY, SOURCE_UNAVAILABLE, SOURCE_ANSWER_INVALID (any other error, HTML, half an answer)
 */
export function readAnswer(text: string, url: string): Readonly<Record<string, unknown>> {
  if (/^\s*</.test(text)) throw sourceFailure('SOURCE_ANSWER_INVALID', `${url} answered with a page`, undefined, text.slice(0, 200))
  let answer: unknown
  try {
    answer = readJson(text)
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${url} answered with broken JSON of ${text.length} characters`, cause)
  }
  if (!isObject(answer)) throw sourceFailure('SOURCE_ANSWER_INVALID', `${url} answered with no object`)
  if (isObject(answer.error)) throw errorOf(answer.error, url)
  return answer
}

function errorOf(error: Readonly<Record<string, unknown>>, url: string): GatewayError {
  const code = Number(error.code)
  const details = Array.isArray(error.details) ? error.details.map(String) : []
  const said = [String(error.message ?? ''), ...details].join(' ').slice(0, 500)
  const failure = (meant: Parameters<typeof sourceFailure>[0]) =>
    sourceFailure(meant, `${url} answered with error ${Number.isNaN(code) ? 'without a code' : code}`, undefined, said)
  if ([401, 403, 498, 499].includes(code)) return failure('SOURCE_REFUSED')
  if (code === 404 || (code === 400 && /field|invalid url|layer not found/i.test(said))) return failure('SOURCE_CHANGED')
  if (code === 429) return failure('SOURCE_BUSY')
  return failure(code === 502 || code === 503 || code === 504 ? 'SOURCE_UNAVAILABLE' : 'SOURCE_ANSWER_INVALID')
}

/**
 * The rows of an answer to a query.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID when there is no list of features
 */
export function readFeatures(answer: Readonly<Record<string, unknown>>, url: string): Features {
  const { features, exceededTransferLimit, spatialReference } = answer
  if (!Array.isArray(features) || !features.every(isFeature)) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${url} answered without a list of features`)
  }
  return { features, exceeded: exceededTransferLimit === true, crs: crsOf(spatialReference) }
}

function isFeature(value: unknown): value is Feature {
  return isObject(value) && isObject(value.attributes)
}

/** We ask for WGS 84; a service that does not convert says what it gives instead. 102100 is Esri's own number for Web Mercator. */
function crsOf(reference: unknown): string {
  const wkid = isObject(reference) ? Number(reference.latestWkid ?? reference.wkid ?? 4326) : 4326
  return `EPSG:${wkid === 102_100 ? 3857 : wkid}`
}

/** Rows whose cells can be asked for, and how many cells could not be read. */
export interface ReadRows {
  readonly rows: readonly LocalRow[]
  readonly unreadable: number
}

/**
 * Features as rows, in the columns that the request names; whatever else the service sent along is not looked at.
 *
 * @throws GatewayError SOURCE_CHANGED when the service left a field out that it was asked for
 */
export function readRows({ features, crs }: Features, columns: readonly Column[], layer: Layer): ReadRows {
  let unreadable = 0
  const readers = new Map(columns.map(column => [keyOf(column), reader(column, layer, crs)]))
  const keys = new Map(columns.map(column => [column, keyOf(column)]))
  const rows = features.map(feature => {
    const cells = new Map<string, Cell>()
    for (const [key, read] of readers) {
      const cell = read(feature)
      if (cell === undefined) unreadable++
      cells.set(key, cell ?? null)
    }
    return (column: Column) => cells.get(keys.get(column) ?? '') ?? null
  })
  return { rows, unreadable }
}

/** A field and an engine-only column may mean the same. */
function keyOf({ column, type, zone, written }: Column): string {
  return JSON.stringify([column, type, zone, written])
}

function reader(column: Column, layer: Layer, crs: string): (feature: Feature) => Cell | undefined {
  if (isGeometry(column)) {
    return ({ geometry }) => {
      if (geometry === null || geometry === undefined) return null
      return shapeOf(geometry, crs, column)
    }
  }
  const field = fieldOf(layer, column)!
  return ({ attributes }) => {
    if (!Object.hasOwn(attributes, field.name)) {
      const sent = Object.keys(attributes).join(', ')
      throw columnsGone([column.column], `${layer.url} leaves ${field.name} out`, undefined, `it sent ${sent}`)
    }
    return attributeCell(attributes[field.name], column, field)
  }
}

function shapeOf(raw: unknown, crs: string, column: Column): Cell | undefined {
  return toShape(() => readEsri(raw) ?? { type: 'Point', coordinates: [] }, crs, column.type)
}

/**
 * One attribute as a cell.
 *
 * A text of one blank is a missing value: shapefiles and some tables have no other way to say so. Instants are milliseconds; a
 * column with a zone holds a wall clock that was written as if it were UTC. A code or text that stands in a number field is the
 * number's canonical text.
 *
 * @returns `undefined` when the value does not have the declared type
 * @example
 *   attributeCell(1723876205000, { type: 'datetime', zone: 'Europe/Berlin' }, { kind: 'instant' })  // → '2024-08-17T04:30:05Z'
 *   attributeCell(' ', { type: 'text' }, { kind: 'text' })                                          // → null
 *   attributeCell('4.0', { type: 'code' }, { kind: 'number' })                                      // → '4'
 */
export function attributeCell(raw: unknown, column: Declared, { kind }: Pick<LayerField, 'kind'>): Cell | undefined {
  if (column.written) return toCell(raw, column)
  if (raw === ' ' || raw === null || raw === undefined) return null
  const { type } = column
  if (type === 'text' || type === 'code') {
    const text = toCell(raw, column)
    return kind === 'number' && typeof text === 'string' ? (canonicalDecimal(text) ?? text) : text
  }
  if (type === 'datetime') return toCell(epochText(raw) ?? raw, column)
  if (type === 'date') return dayOf(raw, column)
  return toCell(raw, column)
}

/** A day is written as its midnight: in UTC, or in the declared zone. */
function dayOf(raw: unknown, column: { readonly type: 'date' | string; readonly zone?: string }): Cell | undefined {
  const text = epochText(raw)
  const day = toCell(text ?? raw, { type: 'date' })
  if (day !== undefined || text === undefined || column.zone === undefined) return day
  return toCell(wallClock(text.replace(/\.000Z$/, 'Z'), column.zone), { type: 'date' })
}
