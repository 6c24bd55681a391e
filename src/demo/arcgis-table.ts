/** What does a layer of the demo's ArcGIS keep, and what does it say of itself? */

import Database from 'better-sqlite3'
import { type Feature, type Layer, type LayerField, layerCrs } from './layers.ts'
import { boxAround } from './shapes.ts'

export const version = 11.2
/** Small, so that pages follow each other as they do at a large service. */
export const largestPage = 250
export const objectId = 'OBJECTID'

export interface LayerTable {
  readonly number: number
  readonly layer: Layer
  readonly features: ReadonlyMap<number, Feature>
  /** Names that a question may hold. */
  readonly fields: ReadonlySet<string>
  readonly database: Database.Database
}

export function openTable(layer: Layer, number: number): LayerTable {
  const database = new Database(':memory:')
  const names = [objectId, ...layer.fields.map(({ name }) => name)]
  // Databases behind ArcGIS tell case apart and know umlauts; SQLite by itself does neither.
  database.pragma('case_sensitive_like = on')
  database.function('upper', text => (typeof text === 'string' ? text.toUpperCase() : text))
  database.function('lower', text => (typeof text === 'string' ? text.toLowerCase() : text))
  database.exec(`create table layer (${names.map(name => `"${name}"`).join(', ')})`)
  const insert = database.prepare(`insert into layer values (${names.map(() => '?').join(', ')})`)
  for (const { id, values } of layer.features) insert.run(id, ...layer.fields.map(field => stored(field, values[field.name] ?? null)))
  return { number, layer, features: new Map(layer.features.map(feature => [feature.id, feature])), fields: new Set(names), database }
}

/** ArcGIS keeps times as milliseconds since 1970. */
function stored(field: LayerField, value: string | number | null): string | number | null {
  return value !== null && (field.type === 'date' || field.type === 'instant') ? Date.parse(String(value)) : value
}

const esriTypes: Readonly<Record<LayerField['type'], string>> = {
  text: 'esriFieldTypeString',
  int: 'esriFieldTypeInteger',
  decimal: 'esriFieldTypeDouble',
  date: 'esriFieldTypeDate',
  instant: 'esriFieldTypeDate',
}

function describe({ name, type, codes }: LayerField) {
  const domain = codes && {
    type: 'codedValue',
    name,
    codedValues: Object.entries(codes).map(([code, label]) => ({ name: label, code: Number(code) })),
  }
  return { name, type: esriTypes[type], alias: name, nullable: true, ...(type === 'text' && { length: 255 }), domain: domain ?? null }
}

export function describeTable({ number, layer }: LayerTable) {
  const [xmin, ymin, xmax, ymax] = boxAround(layer.features.map(({ shape }) => shape))
  return {
    currentVersion: version,
    id: number,
    name: layer.name,
    type: 'Feature Layer',
    geometryType: 'esriGeometryPoint',
    objectIdField: objectId,
    displayField: layer.fields[0]?.name,
    fields: [{ name: objectId, type: 'esriFieldTypeOID', alias: objectId, nullable: false, domain: null }, ...layer.fields.map(describe)],
    extent: { xmin, ymin, xmax, ymax, spatialReference: { wkid: layerCrs, latestWkid: layerCrs } },
    dateFieldsTimeReference: { timeZone: 'UTC', respectsDaylightSaving: false },
    hasZ: false,
    hasM: false,
    maxRecordCount: largestPage,
    supportedQueryFormats: 'JSON',
    supportsStatistics: true,
    supportsAdvancedQueries: true,
    useStandardizedQueries: true,
    advancedQueryCapabilities: { supportsPagination: true, supportsStatistics: true, supportsOrderBy: true, supportsDistinct: true },
    capabilities: 'Query',
  }
}
