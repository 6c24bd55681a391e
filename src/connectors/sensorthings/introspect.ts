/** What does a SensorThings service offer, for those who write dataset files? */

import {
  type ConnectorServices,
  type FieldType,
  type Introspector,
  type ItemDescription,
  type ReadContext,
  type RecognisedSource,
  type SourceItem,
  type SourceSetting,
  type StoredColumn,
  sourceFailure,
} from '../../model/index.ts'
import { isObject } from '../shared/json.ts'
import { type Guess, guess, leaves, textOf } from '../shared/members.ts'
import { alwaysThere, type EntitySet, entities, entitySets, idProperty, type Kind } from './entities.ts'
import { connection, type ThingsConnection, type ThingsPlace } from './options.ts'
import { type Entity, type Path, rawOf, readPath } from './path.ts'
import { type Options, shown, wantedOf } from './question.ts'
import { type Errand, Service } from './service.ts'

/** Entities that are looked at to find out what is in them. */
const looked = 100

/** What is worth a field of other entities that one hangs together with. */
const neighbours: Readonly<Partial<Record<EntitySet, readonly string[]>>> = {
  Things: ['Locations/0/name', 'Locations/0/location'],
  HistoricalLocations: ['Thing/@iot.id', 'Locations/0/name', 'Locations/0/location'],
  Datastreams: [
    'Observations/0/result',
    'Observations/0/phenomenonTime',
    'ObservedProperty/name',
    'Sensor/name',
    'Thing/@iot.id',
    'Thing/name',
    'Thing/Locations/0/location',
  ],
  Observations: ['Datastream/@iot.id', 'Datastream/name', 'Datastream/unitOfMeasurement/symbol', 'FeatureOfInterest/feature'],
}

/** Values with this unit: symbol of the datastream that they belong to. */
const units: Readonly<Record<string, string>> = {
  result: 'Datastream/unitOfMeasurement/symbol',
  'Observations/0/result': 'unitOfMeasurement/symbol',
}

export function introspectService(source: SourceSetting<ThingsConnection>, services: ConnectorServices): Introspector {
  const service = new Service(source, services)
  const errandOf = (context: ReadContext): Errand => ({ dataset: 'introspect', context })
  return {
    async list(context) {
      const errand = errandOf(context)
      const { entities: lists } = await service.list('', {}, errand)
      const offered = new Set(lists.map(({ name }) => name))
      const items: SourceItem[] = []
      for (const entity of entitySets.filter(set => offered.has(set))) items.push(await itemOf(service, entity, errand))
      return items
    },
    async describe(place, context) {
      return describe(service, (place as ThingsPlace).entity, errandOf(context))
    },
    async sample(place, columns, limit, context) {
      const { entity: set } = place as ThingsPlace
      const paths = columns.map(column => pathIn(set, column))
      const { entities: found } = await service.list(set, { ...shown(wantedOf(paths, false)), top: String(limit) }, errandOf(context))
      return found.slice(0, limit).map(entity => paths.map(path => textOf(rawOf(path, entity))))
    },
    async close() {
      service.close()
    },
  }
}

/** The root of a service, or a list or an entity below it; `/v1.1` alone could be the root of anything. */
export function recognise(pasted: string): RecognisedSource | undefined {
  const [, list] = /\/v1\.[01]\/(\w+)(?:[(/?#]|$)/.exec(pasted) ?? []
  const entity = entitySets.find(set => set === list)
  const { success, data } = connection.safeParse({ url: pasted })
  if (!success || (!entity && !/(FROST|SensorThings|\bsta\b)[^?#]*\/v1\.[01]\/?$/i.test(pasted))) return undefined
  const { username, password } = new URL(data.url)
  if (username || password) return undefined
  return { kind: 'sensorthings', connection: { url: data.url }, ...(entity && { place: { entity } }) }
}

async function itemOf(service: Service, entity: EntitySet, errand: Errand): Promise<SourceItem> {
  const answer = await service.attempt(entity, { select: 'id', top: '1', count: 'true' }, errand)
  // Some count the entities of the answer.
  const rows = answer && !(answer.count === 1 && answer.next !== undefined) ? answer.count : undefined
  return { name: entity, what: 'entity', place: { entity }, ...(rows !== undefined && { rows }) }
}

async function describe(service: Service, set: EntitySet, errand: Errand): Promise<ItemDescription> {
  const item = await itemOf(service, set, errand)
  const own = (await service.list(set, { top: String(looked) }, errand, JSON.parse)).entities
  const wanted = neighbours[set] ?? []
  const linked = await neighboursOf(
    service,
    set,
    shown(
      wantedOf(
        [...wanted, ...Object.values(units)].flatMap(name => validPath(set, name)),
        false,
      ),
    ),
    errand,
  )
  const columns = [
    ...Object.entries(entities[set].properties).flatMap(([name, kind]) => columnsOf(name, kind, own)),
    ...wanted.flatMap(name => columnOf(name, validPath(set, name), linked)),
  ]
  return { ...item, key: [idProperty], columns: columns.map(column => withUnit(column, set, linked)) }
}

/** Not every service can bring all of them at once: then there are none. */
async function neighboursOf(service: Service, set: EntitySet, options: Options, errand: Errand): Promise<readonly Entity[]> {
  return (await service.attempt(set, { ...options, top: String(looked) }, errand, JSON.parse))?.entities ?? []
}

function columnsOf(name: string, kind: Kind, found: readonly Entity[]): StoredColumn[] {
  const values = found.map(entity => entity[name])
  if (kind === 'json' || (kind === 'any' && values.some(value => typeof value === 'object' && value !== null))) {
    return leaves(name, values).map(({ column, values }) => described(column, guess(values), false))
  }
  if (values.every(value => value === undefined || value === null) && !alwaysThere.has(name)) return []
  return [described(name, guessed(kind, values), alwaysThere.has(name))]
}

function columnOf(name: string, [path]: readonly Path[], found: readonly Entity[]): StoredColumn[] {
  const values = path ? found.map(entity => rawOf(path, entity)) : []
  return path && values.some(value => value !== undefined && value !== null) ? [described(name, guessed(path.kind, values), false)] : []
}

function guessed(kind: Kind, values: readonly unknown[]): Guess {
  const geometries = values.map(value => (isObject(value) && value.type === 'Feature' ? value.geometry : value))
  if (kind !== 'time') return guess(geometries)
  const intervals = values.some(value => typeof value === 'string' && value.includes('/'))
  return { stored: intervals ? 'time interval' : 'instant', type: 'datetime' }
}

function described(column: string, { stored, type }: Guess, filled: boolean): StoredColumn {
  const shape: readonly (FieldType | undefined)[] = ['point', 'line', 'polygon', 'geometry']
  return { column, stored, ...(type && { type }), ...(filled && { nullable: false }), ...(shape.includes(type) && { crs: 'EPSG:4326' }) }
}

function withUnit(column: StoredColumn, set: EntitySet, found: readonly Entity[]): StoredColumn {
  const [path] = Object.hasOwn(units, column.column) ? validPath(set, units[column.column]!) : []
  const symbols = new Set(path ? found.map(entity => rawOf(path, entity)) : [])
  const [unit] = symbols
  return symbols.size === 1 && typeof unit === 'string' && unit !== '' ? { ...column, unit } : column
}

function validPath(set: EntitySet, column: string): Path[] {
  const path = readPath(set, column)
  return typeof path === 'string' ? [] : [path]
}

function pathIn(set: EntitySet, column: string): Path {
  const path = readPath(set, column)
  if (typeof path !== 'string') return path
  throw sourceFailure('SOURCE_CHANGED', `${set} has no ${column}: ${path}`)
}
