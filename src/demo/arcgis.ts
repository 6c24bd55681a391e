/** What does the city's ArcGIS answer? A small FeatureServer, so that the demo asks such a service over HTTP. */

import Database from 'better-sqlite3'
import proj4 from 'proj4'
import type { Point } from './districts.ts'
import { type Asked, type Reply, type Service, serve } from './http.ts'
import { type Feature, type Layer, type LayerField, layerCrs } from './layers.ts'
import { type Box, boxAround, inBox, inRings } from './shapes.ts'
import { fieldNamed, translateWhere, WhereError } from './where.ts'

const root = '/arcgis/rest/services/Stadtgruen/FeatureServer'
const version = 11.2
/** Small, so that pages follow each other as they do at a large service. */
const largestPage = 250
const objectId = 'OBJECTID'

proj4.defs(`EPSG:${layerCrs}`, '+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs')

/**
 * Point layers under `/arcgis/rest/services/Stadtgruen/FeatureServer/<number>`: description, and `query` with where, objectIds,
 * an envelope, fields, order, pages, counts, distinct values and statistics. Errors come with HTTP 200, as they do from ArcGIS.
 */
export async function startArcgis(layers: readonly Layer[]): Promise<Service> {
  const tables = layers.map(openTable)
  const service = await serve(asked => answer(asked, tables))
  return {
    url: `${service.url}${root}`,
    async stop() {
      await service.stop()
      for (const { database } of tables) database.close()
    },
  }
}

interface LayerTable {
  readonly number: number
  readonly layer: Layer
  readonly features: ReadonlyMap<number, Feature>
  /** Names that a question may hold. */
  readonly fields: ReadonlySet<string>
  readonly database: Database.Database
}

type Parameters = ReadonlyMap<string, string>

function openTable(layer: Layer, number: number): LayerTable {
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

function answer({ method, path, query, body }: Asked, tables: readonly LayerTable[]): Reply {
  const parameters: Parameters = new Map([...query, ...(method === 'POST' ? new URLSearchParams(body) : [])])
  const place = path.startsWith(root) ? path.slice(root.length).split('/').filter(Boolean) : undefined
  if (!place) return { status: 404, type: 'text/plain', body: 'not found' }
  try {
    return json(resource(place, parameters, tables))
  } catch (error) {
    const message = error instanceof WhereError ? `Unable to complete operation: ${error.message}` : 'Unable to complete operation.'
    return json({ error: { code: 400, message, details: [] } })
  }
}

function json(value: unknown): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) }
}

function resource([number, operation, ...more]: readonly string[], parameters: Parameters, tables: readonly LayerTable[]): unknown {
  if (number === undefined)
    return { currentVersion: version, capabilities: 'Query', layers: tables.map(({ layer }, id) => ({ id, name: layer.name })) }
  const table = tables.find(table => String(table.number) === number)
  if (!table || more.length > 0) throw new WhereError('there is no such layer')
  if (operation === undefined) return description(table)
  if (operation !== 'query') throw new WhereError(`${operation} is not offered`)
  if ((parameters.get('f') ?? 'json') !== 'json') throw new WhereError('only f=json is offered')
  return askTable(table, parameters)
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

function description({ number, layer }: LayerTable) {
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

type Values = Readonly<Record<string, string | number | null>>

function askTable(table: LayerTable, parameters: Parameters): unknown {
  const where = conditionOf(table, parameters)
  const statistics = parameters.get('outStatistics')
  if (statistics) return askStatistics(table, parameters, where, statistics)
  // Ties by number, so that pages never overlap.
  const order = [...ordersIn(table.fields, parameters), `"${objectId}"`].join(', ')
  const rows = table.database.prepare(`select * from layer where ${where} order by ${order}`).all() as Values[]
  const area = areaIn(parameters)
  const found = area ? rows.filter(row => area.holds(pointOf(table, row, area.crs))) : rows
  if (parameters.get('returnCountOnly') === 'true') return { count: found.length }
  if (parameters.get('returnIdsOnly') === 'true') return { objectIdFieldName: objectId, objectIds: found.map(row => row[objectId]) }
  return features(table, parameters, found)
}

function features(table: LayerTable, parameters: Parameters, found: readonly Values[]) {
  const names = outFields(table, parameters)
  const picked = found.map(row => Object.fromEntries(names.map(name => [name, row[name] ?? null])))
  const distinct = parameters.get('returnDistinctValues') === 'true'
  const rows = distinct ? [...new Map(picked.map(row => [JSON.stringify(row), row])).values()] : picked
  const start = whole(parameters, 'resultOffset') ?? 0
  const count = Math.min(whole(parameters, 'resultRecordCount') ?? largestPage, largestPage)
  const crs = whole(parameters, 'outSR') ?? layerCrs
  const withGeometry = !distinct && parameters.get('returnGeometry') !== 'false'
  return {
    objectIdFieldName: objectId,
    geometryType: 'esriGeometryPoint',
    spatialReference: { wkid: crs, latestWkid: crs },
    fields: description(table).fields.filter(({ name }) => names.includes(name)),
    features: rows.slice(start, start + count).map((attributes, at) => {
      if (!withGeometry) return { attributes }
      const [x, y] = pointOf(table, found[start + at]!, crs)
      return { attributes, geometry: { x, y } }
    }),
    ...(rows.length > start + count && { exceededTransferLimit: true }),
  }
}

function conditionOf({ fields }: LayerTable, parameters: Parameters): string {
  const ids = parameters.get('objectIds')
  if (ids !== undefined && !/^[\d,\s]*$/.test(ids)) throw new WhereError('objectIds are numbers')
  const where = parameters.get('where')
  if (where === undefined && ids === undefined && !parameters.has('geometry')) throw new WhereError('where is missing')
  const parts = [where && translateWhere(where, fields), ids && `"${objectId}" in (${ids})`]
  return (
    parts
      .filter(Boolean)
      .map(part => `(${part})`)
      .join(' and ') || '1 = 1'
  )
}

/** `NAME DESC, BAUJAHR` */
function ordersIn(fields: ReadonlySet<string>, parameters: Parameters): readonly string[] {
  return list(parameters.get('orderByFields')).map(part => {
    const [name = '', direction = 'ASC', ...more] = part.split(/\s+/)
    if (more.length > 0 || !/^(asc|desc)$/i.test(direction)) throw new WhereError('the direction is ASC or DESC')
    return `"${fieldNamed(name, fields)}" ${direction}`
  })
}

function outFields({ fields }: LayerTable, parameters: Parameters): readonly string[] {
  const wanted = parameters.get('outFields')
  if (wanted === '*') return [...fields]
  return wanted ? list(wanted).map(name => fieldNamed(name, fields)) : [objectId]
}

const functions: Readonly<Record<string, (column: string) => string>> = {
  count: column => `count(${column})`,
  sum: column => `sum(${column})`,
  min: column => `min(${column})`,
  max: column => `max(${column})`,
  avg: column => `avg(${column})`,
}

interface Statistic {
  readonly statisticType?: unknown
  readonly onStatisticField?: unknown
  readonly outStatisticFieldName?: unknown
}

function askStatistics({ database, fields }: LayerTable, parameters: Parameters, where: string, text: string): unknown {
  const columns = (JSON.parse(text) as Statistic[]).map(({ statisticType, onStatisticField, outStatisticFieldName }, at) => {
    const write = functions[String(statisticType).toLowerCase()]
    if (!write) throw new WhereError(`the statistic ${statisticType} is not offered`)
    const name = String(outStatisticFieldName ?? `${statisticType}_${at}`)
    if (!/^\w{1,60}$/.test(name)) throw new WhereError(`${name} is no name`)
    return `${write(`"${fieldNamed(String(onStatisticField), fields)}"`)} as "${name}"`
  })
  const groups = list(parameters.get('groupByFieldsForStatistics')).map(name => `"${fieldNamed(name, fields)}"`)
  const grouped = groups.length > 0 ? ` group by ${groups.join(', ')}` : ''
  const known = new Set([...fields, ...columns.map(column => /"(\w+)"$/.exec(column)![1]!)])
  const orders = ordersIn(known, parameters)
  const ordered = orders.length > 0 ? ` order by ${orders.join(', ')}` : ''
  const rows = database
    .prepare(`select ${[...groups, ...columns].join(', ')} from layer where ${where}${grouped}${ordered}`)
    .all() as Values[]
  return { fields: Object.keys(rows[0] ?? {}).map(name => ({ name, alias: name })), features: rows.map(attributes => ({ attributes })) }
}

interface Area {
  /** Reference system that points have to be in. */
  readonly crs: number
  readonly holds: (point: Point) => boolean
}

/** An envelope or a polygon in the reference system of `inSR`. */
function areaIn(parameters: Parameters): Area | undefined {
  const text = parameters.get('geometry')
  if (!text) return undefined
  const type = parameters.get('geometryType') ?? 'esriGeometryEnvelope'
  if ((parameters.get('spatialRel') ?? 'esriSpatialRelIntersects') !== 'esriSpatialRelIntersects')
    throw new WhereError('only intersecting is offered')
  const shape = text.startsWith('{') ? (JSON.parse(text) as EsriShape) : {}
  const crs = whole(parameters, 'inSR') ?? shape.spatialReference?.wkid ?? layerCrs
  if (type === 'esriGeometryPolygon' && Array.isArray(shape.rings)) return { crs, holds: point => inRings(point, shape.rings!) }
  const corners = text.startsWith('{') ? [shape.xmin, shape.ymin, shape.xmax, shape.ymax] : text.split(',').map(Number)
  if (type !== 'esriGeometryEnvelope' || corners.length !== 4 || !corners.every(Number.isFinite))
    throw new WhereError('an envelope or a polygon is expected')
  return { crs, holds: point => inBox(point, corners as unknown as Box) }
}

interface EsriShape {
  readonly xmin?: number
  readonly ymin?: number
  readonly xmax?: number
  readonly ymax?: number
  readonly rings?: readonly (readonly Point[])[]
  readonly spatialReference?: { readonly wkid?: number }
}

function pointOf({ features }: LayerTable, row: Values, crs: number): Point {
  const { shape } = features.get(Number(row[objectId]))!
  if (!('point' in shape)) throw new WhereError('the layer has no points')
  return crs === layerCrs ? shape.point : projected(shape.point, crs)
}

const servedCrs = [4326, 3857, 102100, layerCrs]

function projected([x, y]: Point, crs: number): Point {
  if (!servedCrs.includes(crs)) throw new WhereError(`the reference system ${crs} is not offered`)
  return proj4(`EPSG:${layerCrs}`, crs === 4326 ? 'EPSG:4326' : 'EPSG:3857', [x, y]) as [number, number]
}

/** A number, or the JSON of a spatial reference. */
function whole(parameters: Parameters, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === undefined || text === '') return undefined
  const number = /^\{.*"wkid"\s*:\s*(\d+).*\}$/s.exec(text)?.[1] ?? text
  if (!/^\d{1,9}$/.test(number)) throw new WhereError(`${name} is a number`)
  return Number(number)
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}
