/** What does a context broker offer, for those who write dataset files? */

import {
  type ConnectorServices,
  type Introspector,
  type ReadContext,
  type RecognisedSource,
  type SourceItem,
  type SourceSetting,
  type StoredColumn,
  sourceFailure,
} from '../../model/index.ts'
import type { Errand } from '../features/service.ts'
import { isObject } from '../shared/json.ts'
import { guess, leaves, textOf } from '../shared/members.ts'
import { attributeTypes } from './entities.ts'
import { connection, type NgsiConnection, type NgsiPlace } from './options.ts'
import { Broker } from './service.ts'
import { type Entity, pathOf, rawOf } from './value.ts'

/** Entities that are looked at to find out what is in them. */
const looked = 100

/** What is said about a value that is worth a field of its own. */
const metadata = ['observedAt', 'unitCode', 'TimeInstant'] as const

export function introspectBroker(source: SourceSetting<NgsiConnection>, services: ConnectorServices): Introspector {
  const broker = new Broker(source, services)
  const errandOf = (context: ReadContext): Errand => ({ dataset: '(introspect)', context })
  return {
    async list(context) {
      const errand = errandOf(context)
      const items: SourceItem[] = []
      for (const name of typesIn(await broker.types(undefined, errand))) items.push(await itemOf(broker, name, errand))
      return items
    },
    async describe(place, context) {
      const { type } = place as NgsiPlace
      const errand = errandOf(context)
      const { entities } = await broker.list({ type, limit: String(looked) }, errand)
      const about = attributeTypes(await broker.types(type, errand))
      if (entities.length === 0 && !about) throw sourceFailure('SOURCE_CHANGED', `the broker has no entity of type ${type}`)
      const names = new Set([...(about?.keys() ?? []), ...entities.flatMap(entity => Object.keys(entity))])
      for (const own of ['id', 'type', '@context']) names.delete(own)
      const id: StoredColumn = { column: 'id', stored: 'JSON text', type: 'text', nullable: false }
      return {
        ...(await itemOf(broker, type, errand)),
        key: ['id'],
        columns: [id, ...[...names].flatMap(name => columnsOf(name, entities))],
      }
    },
    async sample(place, columns, limit, context) {
      const paths = columns.map(pathOf)
      const attrs = [...new Set(paths.map(({ attribute }) => attribute))].filter(name => name !== 'id' && name !== 'type').join(',')
      const asked = { type: (place as NgsiPlace).type, limit: String(Math.min(limit, looked)), ...(attrs !== '' && { attrs }) }
      const { entities } = await broker.list(asked, errandOf(context))
      return entities.slice(0, limit).map(entity => paths.map(path => textOf(rawOf(path, entity, false))))
    },
    async close() {
      broker.close()
    },
  }
}

/** Any address below a broker's API. */
export function recognise(pasted: string): RecognisedSource | undefined {
  const [, path] = /^https?:\/\/[^?#]*\/(ngsi-ld\/v1|v2)\/(?:entities|types)\b/.exec(pasted) ?? []
  const { success, data } = connection.safeParse({ url: pasted, version: path === 'v2' ? 'v2' : 'ld' })
  if (path === undefined || !success || new URL(pasted).username !== '') return undefined
  const type = new URL(pasted).searchParams.get('type')
  return { kind: 'ngsi', connection: { url: data.url, version: data.version }, ...(type && { place: { type } }) }
}

async function itemOf(broker: Broker, type: string, errand: Errand): Promise<SourceItem> {
  const counted = broker.version === 'ld' ? { count: 'true' } : { options: 'count' }
  const { count } = await broker.list({ type, limit: '1', ...counted }, errand)
  return { name: type, what: 'entity', place: { type }, ...(count !== undefined && { rows: count }) }
}

/** @see ETSI GS CIM 009, 5.2.24 and 5.2.25; FIWARE-NGSI v2, "List entity types" */
function typesIn(said: unknown): readonly string[] {
  const list = Array.isArray(said) ? said : isObject(said) && Array.isArray(said.typeList) ? said.typeList : []
  const names = list.map(one => (isObject(one) ? (one.typeName ?? one.type ?? one.id) : one))
  return names.filter(name => typeof name === 'string')
}

function columnsOf(name: string, entities: readonly Entity[]): StoredColumn[] {
  const values = entities.map(entity => rawOf(pathOf(name), entity, false))
  const { stored, type } = guess(values)
  const unit = single(entities.map(entity => rawOf(pathOf(`${name}/@unitCode`), entity, false)))
  const own = { column: name, stored, ...(type && { type }), ...(isShape(type) && { crs: 'EPSG:4326' }), ...(unit && { unit }) }
  const members = leaves(
    name,
    values.filter(value => !(isObject(value) && Array.isArray(value.coordinates))),
  ).map(leaf => ({ column: leaf.column, ...guess(leaf.values) }) as StoredColumn)
  const about = metadata.flatMap(word => {
    const column = `${name}/@${word}`
    const said = entities.map(entity => rawOf(pathOf(column), entity, false))
    return said.some(value => value !== undefined && value !== null) ? [{ column, ...guess(said) }] : []
  })
  return [...(type || members.length === 0 ? [own] : []), ...members, ...about]
}

function isShape(type: StoredColumn['type']): boolean {
  return type === 'point' || type === 'line' || type === 'polygon' || type === 'geometry'
}

function single(values: readonly unknown[]): string | undefined {
  const [only, ...others] = new Set(values.filter(value => value !== undefined && value !== null))
  return typeof only === 'string' && others.length === 0 ? only : undefined
}
