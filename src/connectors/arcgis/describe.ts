/** What does a layer say of its fields, in the words of a dataset file? */

import type { FieldType, StoredColumn } from '../../model/index.ts'
import { isObject } from '../shared/json.ts'

type Json = Readonly<Record<string, unknown>>

const types: Readonly<Record<string, FieldType>> = {
  esriFieldTypeOID: 'int',
  esriFieldTypeSmallInteger: 'int',
  esriFieldTypeInteger: 'int',
  esriFieldTypeBigInteger: 'bigint',
  esriFieldTypeSingle: 'float',
  esriFieldTypeDouble: 'float',
  esriFieldTypeString: 'text',
  esriFieldTypeGUID: 'text',
  esriFieldTypeGlobalID: 'text',
  esriFieldTypeDate: 'datetime',
  esriFieldTypeDateOnly: 'date',
  esriFieldTypeTimeOnly: 'time',
  esriFieldTypeTimestampOffset: 'datetime',
}

const shapes: Readonly<Record<string, FieldType>> = {
  esriGeometryPoint: 'point',
  esriGeometryPolyline: 'line',
  esriGeometryPolygon: 'polygon',
  esriGeometryMultipoint: 'geometry',
}

/**
 * Fields of a layer, its geometry last.
 *
 * @param layer JSON that describes a layer or table
 * @see https://developers.arcgis.com/rest/services-reference/enterprise/layer-feature-service/
 */
export function columnsOf(layer: Json): readonly StoredColumn[] {
  const fields = Array.isArray(layer.fields) ? layer.fields.filter(isObject) : []
  const scalar = fields.filter(({ type }) => type !== 'esriFieldTypeGeometry').flatMap(field => columnOf(field, layer))
  const shape = typeof layer.geometryType === 'string' ? shapes[layer.geometryType] : undefined
  if (!shape) return scalar
  const name = fields.find(({ type }) => type === 'esriFieldTypeGeometry')?.name
  // No reference system: the gateway asks every service for WGS 84.
  return [...scalar, { column: typeof name === 'string' ? name : 'geometry', stored: String(layer.geometryType), type: shape }]
}

/** Fields that tell rows apart, as the layer says. */
export function keyOf(layer: Json): readonly string[] {
  const { objectIdField, uniqueIdField, fields } = layer
  if (typeof objectIdField === 'string' && objectIdField !== '') return [objectIdField]
  if (isObject(uniqueIdField) && typeof uniqueIdField.name === 'string' && uniqueIdField.name !== '') return [uniqueIdField.name]
  const number = Array.isArray(fields) ? fields.filter(isObject).find(({ type }) => type === 'esriFieldTypeOID') : undefined
  return typeof number?.name === 'string' ? [number.name] : []
}

function columnOf(field: Json, layer: Json): readonly StoredColumn[] {
  const { name, type, alias, nullable, length, domain } = field
  if (typeof name !== 'string' || typeof type !== 'string') return []
  const codes = codesOf(domain) ?? subtypesOf(field, layer)
  const fitting = codes ? 'code' : types[type]
  const indexed = indexedFields(layer)
  const about = aboutOf(field)
  return [
    {
      column: name,
      stored: typeof length === 'number' && type === 'esriFieldTypeString' ? `${type}(${length})` : type,
      ...(fitting && { type: fitting }),
      ...(typeof nullable === 'boolean' && { nullable }),
      ...(typeof alias === 'string' && alias.trim() !== '' && alias !== name && { title: alias.trim() }),
      ...(about && { about }),
      ...(codes && { codes }),
      ...(indexed && { indexed: indexed.has(name.toLowerCase()) }),
    },
  ]
}

/** ArcGIS Online wraps the description of a field in JSON of its own; other servers write text. */
function aboutOf({ description }: Json): string | undefined {
  if (typeof description !== 'string' || description.trim() === '') return undefined
  if (!description.trimStart().startsWith('{')) return description.trim()
  try {
    const { value } = JSON.parse(description) as Json
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  } catch {
    return undefined
  }
}

function codesOf(domain: unknown): Readonly<Record<string, string>> | undefined {
  if (!isObject(domain) || domain.type !== 'codedValue' || !Array.isArray(domain.codedValues)) return undefined
  return table(domain.codedValues.filter(isObject).map(({ code, name }) => [code, name]))
}

/** A layer of several kinds of things says with one field which kind a row is. */
function subtypesOf({ name }: Json, { typeIdField, types: kinds }: Json): Readonly<Record<string, string>> | undefined {
  const mine = typeof typeIdField === 'string' && String(name).toLowerCase() === typeIdField.toLowerCase()
  return mine && Array.isArray(kinds) ? table(kinds.filter(isObject).map(kind => [kind.id, kind.name])) : undefined
}

function table(pairs: readonly (readonly unknown[])[]): Readonly<Record<string, string>> | undefined {
  const known = pairs.filter(([code]) => typeof code === 'string' || typeof code === 'number')
  return known.length > 0 ? Object.fromEntries(known.map(([code, label]) => [String(code), String(label ?? code)])) : undefined
}

function indexedFields({ indexes }: Json): ReadonlySet<string> | undefined {
  if (!Array.isArray(indexes) || indexes.length === 0) return undefined
  // The first field of an index is the one that it helps to find.
  const first = indexes.filter(isObject).flatMap(({ fields }) => (typeof fields === 'string' ? [fields.split(',')[0]!.trim()] : []))
  return new Set(first.map(name => name.toLowerCase()))
}
