/** What does a service say of its collections, for those who write dataset files? */

import type {
  ConnectorServices,
  Introspector,
  ItemDescription,
  ReadContext,
  SourceItem,
  SourceSetting,
  StoredColumn,
} from '../../model/index.ts'
import type { ServerType } from '../features/filter.ts'
import { isObject } from '../shared/json.ts'
import { type Items, idColumn, namesIn, readItems, valueIn } from './answer.ts'
import type { OgcConnection, OgcPlace } from './options.ts'
import { type JsonObject, unexpected } from './report.ts'
import { fieldTypeOf, guessType, type Property } from './schema.ts'
import { type About, OgcService, propertyWith } from './service.ts'

/** Features that are looked at to learn what no schema tells. */
const lookedAt = 100
/** Collections in one list; more are not read. */
const mostCollections = 5_000

export function introspectService(source: SourceSetting<OgcConnection>, services: ConnectorServices): Introspector {
  const service = new OgcService(source, services)
  const errandOf = (context: ReadContext) => ({ dataset: source.id, context })
  const items = async (collection: string, limit: number, context: ReadContext): Promise<Items> =>
    readItems(await service.get(['collections', collection, 'items'], { limit: String(limit) }, [collection], errandOf(context)))
  return {
    async list(context) {
      const { json, asked } = await service.get(['collections'], {}, [], errandOf(context))
      if (!Array.isArray(json.collections)) throw unexpected(json, 'list of collections', asked)
      return json.collections.slice(0, mostCollections).filter(isObject).flatMap(itemOf).sort(byName)
    },
    async describe(place, context) {
      const { collection } = place as OgcPlace
      const about = await service.about(collection, errandOf(context))
      return descriptionOf(collection, about, await items(collection, lookedAt, context))
    },
    async sample(place, columns, limit, context) {
      const { collection } = place as OgcPlace
      const about = await service.about(collection, errandOf(context))
      const { features } = await items(collection, limit, context)
      const [shape, id] = [shapeIn(about)?.name ?? geometryColumn, propertyWith('id', about)?.name]
      const value = (feature: JsonObject, column: string): unknown => (column === shape ? feature.geometry : valueIn(feature, column, id))
      return features.slice(0, limit).map(feature => columns.map(column => textOf(value(feature, column))))
    },
    async close() {
      service.close()
    },
  }
}

/** What a geometry is called where no schema names it: GeoJSON has one, under this name. */
const geometryColumn = 'geometry'

function itemOf(json: JsonObject): readonly SourceItem[] {
  const { id, title, description, itemCount, itemType } = json
  // Records and tiles are listed beside features.
  if (typeof id !== 'string' || (typeof itemType === 'string' && itemType !== 'feature')) return []
  return [
    {
      name: id,
      what: 'collection',
      place: { collection: id },
      ...(typeof title === 'string' && title !== id && { title }),
      ...(typeof description === 'string' && isText(description) && { about: description }),
      ...(typeof itemCount === 'number' && { rows: itemCount }),
    },
  ]
}

/** MapServer writes a comment of HTML where nothing has been entered. */
function isText(description: string): boolean {
  return description.trim() !== '' && !description.trim().startsWith('<!--')
}

function descriptionOf(name: string, about: About, { features, matched }: Items): ItemDescription {
  const declared = new Map<string, Property>([...(about.queryables ?? []), ...(about.schema ?? [])].map(one => [one.name, one]))
  const seen = about.schema ? [] : [...namesIn(features)].filter(property => !declared.has(property))
  const shape = shapeIn(about)
  const columns = [
    ...[...declared.values()].filter(one => one.name !== shape?.name).map(columnOf),
    ...seen.map(property => seenColumn(property, features)),
    ...(shape || features.some(({ geometry }) => isObject(geometry)) ? [geometryOf(shape, features)] : []),
  ]
  const id = propertyWith('id', about)?.name
  const beside = id === undefined && features.some(feature => feature.id !== undefined && feature.id !== '')
  return {
    name,
    what: 'collection',
    place: { collection: name },
    ...(about.title !== undefined && about.title !== name && { title: about.title }),
    ...(about.description !== undefined && isText(about.description) && { about: about.description }),
    ...(matched !== undefined && { rows: matched }),
    columns: beside ? [idOf(features), ...columns] : columns,
    key: id !== undefined ? [id] : beside ? [idColumn] : [],
  }
}

function shapeIn({ schema, queryables }: About): Property | undefined {
  return [...(schema ?? []), ...(queryables ?? [])].find(({ type }) => type === 'geometry')
}

function columnOf({ name, type, stored, title, about, unit, nullable }: Property): StoredColumn {
  return {
    column: name,
    stored,
    ...typed(type, stored),
    ...(nullable && { nullable }),
    ...(title && { title }),
    ...(about && { about }),
    ...(unit && { unit }),
  }
}

function seenColumn(column: string, features: readonly JsonObject[]): StoredColumn {
  const values = features.map(feature => valueIn(feature, column)).filter(value => value !== null && value !== undefined && value !== '')
  const type = guessType(values)
  const whole = type === 'number' && values.every(Number.isSafeInteger)
  return { column, stored: storedWord(values), ...typed(whole ? 'integer' : type, '') }
}

function storedWord(values: readonly unknown[]): string {
  return [...new Set(values.map(value => (Array.isArray(value) ? 'array' : typeof value)))].join(' | ') || 'any'
}

function idOf(features: readonly JsonObject[]): StoredColumn {
  const numbers = features.every(({ id }) => typeof id === 'number')
  return { column: idColumn, stored: numbers ? 'number' : 'string', type: numbers ? 'int' : 'text', nullable: false }
}

function geometryOf(shape: Property | undefined, features: readonly JsonObject[]): StoredColumn {
  const kinds = new Set(
    features.flatMap(({ geometry }) => (isObject(geometry) && typeof geometry.type === 'string' ? [geometry.type] : [])),
  )
  const stored = kinds.size > 0 ? [...kinds].sort().join(' | ') : (shape?.stored ?? 'geometry')
  return { column: shape?.name ?? geometryColumn, stored, type: shapeType(kinds) }
}

function shapeType(kinds: ReadonlySet<string>): 'point' | 'line' | 'polygon' | 'geometry' {
  const words = new Set([...kinds].map(kind => kind.replace('Multi', '')))
  if (words.size !== 1) return 'geometry'
  const [word] = words
  return word === 'Point' ? 'point' : word === 'LineString' ? 'line' : word === 'Polygon' ? 'polygon' : 'geometry'
}

function typed(type: ServerType, stored: string): Pick<StoredColumn, 'type'> {
  const field = fieldTypeOf(type, stored)
  return field ? { type: field } : {}
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function byName(a: SourceItem, b: SourceItem): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
