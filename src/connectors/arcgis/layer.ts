/** What does a layer say of itself, and how much of it do we believe? */

import { type Column, columnsGone, geometryTypes, sourceFailure } from '../../model/index.ts'
import { isObject } from '../shared/json.ts'

/** How the values of a field are stored, as far as filters and answers care. */
export type Kind = 'number' | 'single' | 'text' | 'instant' | 'day' | 'other'

export interface LayerField {
  /** As the layer spells it. Only this spelling is ever sent. */
  readonly name: string
  readonly kind: Kind
  /** false only when the layer says so. */
  readonly nullable: boolean
}

export interface Layer {
  /** Address of the layer, without a slash at the end. */
  readonly url: string
  /** By lower-case name: the service does not mind the case. */
  readonly fields: ReadonlyMap<string, LayerField>
  /** Absent: rows have no number, and pages can't be told apart. */
  readonly objectId: string | undefined
  readonly hasGeometry: boolean
  /** Rows in one answer at most. */
  readonly pageSize: number
  /** Understands `resultOffset` and `resultRecordCount` (10.3 and later). */
  readonly canPage: boolean
  readonly canOrder: boolean
  readonly canStatistics: boolean
  /** Takes the instants in a filter as UTC. */
  readonly utc: boolean
  /** Showed that it does not ignore filters. */
  readonly canFilter: boolean
}

/** Thrown when a service turns out to do less than it says: the request is tried once more without believing it. */
export class Distrusted extends Error {
  readonly what: 'canPage' | 'canOrder' | 'canStatistics'

  constructor(what: Distrusted['what'], message: string) {
    super(message)
    this.name = 'Distrusted'
    this.what = what
  }
}

/** Services answer 1,000 or 2,000 rows; older ones do not say how many. */
const pageSizeUnknown = 1000
/** More in one answer than this would be held in memory for nothing. */
const pageSizeMost = 2000

const kinds: Readonly<Record<string, Kind>> = {
  esriFieldTypeOID: 'number',
  esriFieldTypeSmallInteger: 'number',
  esriFieldTypeInteger: 'number',
  esriFieldTypeBigInteger: 'number',
  esriFieldTypeDouble: 'number',
  // Four bytes: what JSON shows is not what the database compares with.
  esriFieldTypeSingle: 'single',
  esriFieldTypeString: 'text',
  esriFieldTypeGUID: 'text',
  esriFieldTypeGlobalID: 'text',
  esriFieldTypeDate: 'instant',
  esriFieldTypeDateOnly: 'day',
}

/**
 * A layer, from the JSON that describes it.
 *
 * @param canFilter whether a filter that no row passes found none
 * @throws GatewayError SOURCE_ANSWER_INVALID when it does not describe a layer or table that can be queried
 * @see https://developers.arcgis.com/rest/services-reference/enterprise/layer-feature-service/
 */
export function readLayer(url: string, description: Readonly<Record<string, unknown>>, canFilter = true): Layer {
  const { fields, capabilities, maxRecordCount, geometryType, dateFieldsTimeReference: time } = description
  if (!Array.isArray(fields)) throw sourceFailure('SOURCE_ANSWER_INVALID', `${url} describes no fields; is it a group of layers?`)
  if (typeof capabilities === 'string' && capabilities !== '' && !/\b(Query|Data)\b/i.test(capabilities)) {
    throw sourceFailure('SOURCE_REFUSED', `${url} cannot be queried; it can: ${capabilities}`)
  }
  const known = fields.filter(isField).map(readField)
  const advanced = isObject(description.advancedQueryCapabilities) ? description.advancedQueryCapabilities : {}
  return {
    url,
    fields: new Map(known.map(field => [field.name.toLowerCase(), field])),
    objectId: objectIdOf(description, fields),
    hasGeometry: typeof geometryType === 'string' && geometryType !== '',
    pageSize: Math.min(typeof maxRecordCount === 'number' && maxRecordCount > 0 ? maxRecordCount : pageSizeUnknown, pageSizeMost),
    canPage: advanced.supportsPagination === true,
    canOrder: advanced.supportsOrderBy === true,
    canStatistics: advanced.supportsStatistics === true || description.supportsStatistics === true,
    canFilter,
    utc: !isObject(time) || time.timeZone === undefined || time.timeZone === null || /^(Etc\/)?UTC$/i.test(String(time.timeZone)),
  }
}

/**
 * The field that a column means. A column of geometry means the layer's geometry, whatever its name.
 *
 * @returns `undefined` for a geometry
 * @throws GatewayError SOURCE_CHANGED when the layer has no such field, or no geometry
 */
export function fieldOf(layer: Layer, column: Column): LayerField | undefined {
  if (isGeometry(column)) {
    if (layer.hasGeometry) return undefined
    throw sourceFailure('SOURCE_CHANGED', `${layer.url} has no geometry (asked for as ${column.column})`)
  }
  const field = layer.fields.get(column.column.toLowerCase())
  if (field) return field
  const names = [...layer.fields.values()].map(({ name }) => name).join(', ')
  throw columnsGone([column.column], `${layer.url} has no field ${column.column}`, undefined, `it has ${names}`)
}

export function isGeometry(column: Column): boolean {
  return geometryTypes.some(type => type === column.type)
}

type FieldJson = Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string }

function isField(value: unknown): value is FieldJson {
  return isObject(value) && typeof value.name === 'string' && typeof value.type === 'string'
}

function readField({ name, type, nullable }: FieldJson): LayerField {
  // A name is pasted into filters, so it must look like one; functions such as Shape.STArea() do not.
  const plain = /^[\p{L}_][\p{L}\p{N}_.$]*$/u.test(name)
  return { name, kind: plain ? (kinds[type] ?? 'other') : 'other', nullable: nullable !== false }
}

function objectIdOf(description: Readonly<Record<string, unknown>>, fields: readonly unknown[]): string | undefined {
  if (typeof description.objectIdField === 'string' && description.objectIdField !== '') return description.objectIdField
  return fields.filter(isField).find(({ type }) => type === 'esriFieldTypeOID')?.name
}
