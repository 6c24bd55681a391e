/**
 * How do tests get a context broker? None can be installed from a registry, so this is one of our own, for NGSI-LD and NGSIv2: `type`, `id`,
 * `attrs`, `q`, geo queries, `limit`, `offset`, counts, `keyValues`, tenants; and on demand as real ones do instead.
 */

import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseQuery } from './broker-query.ts'
import { type Entity, SyntaxFault } from './things-filter.ts'

/** An attribute: its value, its type in either language, and what is said about it. */
export interface Attribute {
  readonly type: 'Property' | 'GeoProperty' | 'Relationship' | 'DateTime'
  readonly value: unknown
  readonly metadata?: Readonly<Record<string, unknown>>
}

export interface BrokerEntity {
  readonly id: string
  readonly type: string
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface BrokerQuirks {
  /** Entities in one answer at most; to ask for more is refused. Default: 1000. */
  readonly most?: number
  readonly ignores?: readonly ('q' | 'id' | 'georel' | 'offset' | 'attrs' | 'keyValues')[]
  /** Says nothing of how many there are. */
  readonly countsNothing?: boolean
  /** `limit=0` is refused. */
  readonly refusesZero?: boolean
}

export interface TestBroker {
  /** Without `/ngsi-ld/v1` and `/v2`. */
  readonly url: string
  /** Whole questions, decoded. */
  readonly asked: string[]
  /** Headers of the last question. */
  headers(): http.IncomingHttpHeaders
  connections(): Promise<number>
  stop(): Promise<void>
}

export async function startBroker(entities: readonly BrokerEntity[], quirks: BrokerQuirks = {}, asked: string[] = []): Promise<TestBroker> {
  let headers: http.IncomingHttpHeaders = {}
  const server = http.createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''))
    headers = request.headers
    const url = new URL(request.url ?? '/', 'http://broker')
    const version = url.pathname.startsWith('/v2') ? 'v2' : 'ld'
    const path = url.pathname.replace(/^\/(v2|ngsi-ld\/v1)\//, '')
    try {
      const { body, count } = path.startsWith('types')
        ? { body: types(entities, version, decodeURIComponent(path.split('/')[1] ?? '')), count: undefined }
        : list(entities, version, Object.fromEntries(url.searchParams), quirks)
      const counted =
        count === undefined || quirks.countsNothing
          ? {}
          : { [version === 'ld' ? 'ngsild-results-count' : 'fiware-total-count']: String(count) }
      const json = JSON.stringify(body).replace(/"\\u0001([^"\\]*)\\u0001"/g, '$1')
      response.writeHead(200, { 'content-type': 'application/json', ...counted }).end(json)
    } catch (error) {
      const status = error instanceof SyntaxFault ? 400 : error instanceof RangeError ? 404 : 500
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ title: (error as Error).message }))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    headers: () => headers,
    connections: () => new Promise(resolve => server.getConnections((_, count) => resolve(count))),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Version = 'ld' | 'v2'

function list(entities: readonly BrokerEntity[], version: Version, asked: Readonly<Record<string, string>>, quirks: BrokerQuirks) {
  const ignores = (name: NonNullable<BrokerQuirks['ignores']>[number]): boolean => quirks.ignores?.includes(name) ?? false
  const limit = Number(asked.limit ?? 20)
  const least = version === 'ld' && !quirks.refusesZero ? 0 : 1
  if (!Number.isInteger(limit) || limit < least || limit > (quirks.most ?? 1000)) throw new SyntaxFault('Bad pagination limit')
  const attrs = asked.attrs === undefined || ignores('attrs') ? undefined : asked.attrs.split(',')
  const ids = asked.id === undefined || ignores('id') ? undefined : new Set(asked.id.split(','))
  const matches = asked.q === undefined || ignores('q') ? () => true : parseQuery(asked.q, version)
  const near = asked.georel === undefined || ignores('georel') ? () => true : inArea(asked, version)
  const found = entities.filter(
    entity =>
      (asked.type === undefined || entity.type === asked.type) &&
      (!ids || ids.has(entity.id)) &&
      // ETSI GS CIM 009, 5.7.2: who has none of the attributes does not match. NGSIv2 leaves attributes out, not entities.
      (!attrs || version === 'v2' || attrs.some(name => Object.hasOwn(entity.attributes, name))) &&
      matches(plain(entity)) &&
      near(entity),
  )
  const offset = ignores('offset') ? 0 : Number(asked.offset ?? 0)
  const options = (asked.options ?? '').split(',')
  const shown = found.slice(offset, offset + limit).map(entity => {
    const kept = Object.entries(entity.attributes).filter(([name]) => !attrs || attrs.includes(name))
    const inPlain = options.includes('keyValues') && !ignores('keyValues')
    return {
      id: entity.id,
      type: entity.type,
      ...Object.fromEntries(kept.map(([name, attribute]) => [name, inPlain ? attribute.value : written(attribute, version)])),
    }
  })
  return { body: shown, count: asked.count === 'true' || options.includes('count') ? found.length : undefined }
}

const plainOnes = new WeakMap<BrokerEntity, Entity>()

/** For queries: attributes by their values. */
function plain(entity: BrokerEntity): Entity {
  const known = plainOnes.get(entity) ?? made(entity)
  plainOnes.set(entity, known)
  return known
}

function made({ id, type, attributes }: BrokerEntity): Entity {
  const values = Object.entries(attributes).map(([name, { type, value }]) => [name, type === 'DateTime' ? timeOf(value) : value])
  return { id, type, ...Object.fromEntries(values) }
}

function timeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '@value' in value ? value['@value'] : value
}

function written({ type, value, metadata = {} }: Attribute, version: Version): unknown {
  if (version === 'v2') {
    const kinds = { GeoProperty: 'geo:json', Relationship: 'Relationship', DateTime: 'DateTime', Property: kindOf(value) }
    const about = Object.entries(metadata).map(([name, value]) => [name, { type: 'Text', value }])
    return { type: kinds[type], value: timeOf(value), metadata: Object.fromEntries(about) }
  }
  if (type === 'Relationship') return { type, object: value, ...metadata }
  return { type: type === 'DateTime' ? 'Property' : type, value, ...metadata }
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'Text'
  if (typeof value === 'boolean') return 'Boolean'
  return typeof value === 'object' && value !== null && !('text' in value) ? 'StructuredValue' : 'Number'
}

function inArea(asked: Readonly<Record<string, string>>, version: Version): (entity: BrokerEntity) => boolean {
  if (asked.georel !== 'intersects') throw new SyntaxFault('Not supported georel')
  const ring =
    version === 'ld'
      ? (JSON.parse(asked.coordinates ?? '') as number[][][])[0]!
      : (asked.coords ?? '').split(';').map(pair => pair.split(',').map(Number).reverse())
  const [xs, ys] = [ring.map(([x]) => x!), ring.map(([, y]) => y!)]
  return ({ attributes }) => {
    const place =
      version === 'ld' ? attributes[asked.geoproperty ?? 'location'] : Object.values(attributes).find(({ type }) => type === 'GeoProperty')
    const positions = positionsOf(place?.value)
    if (positions.length === 0) return false
    const [px, py] = [positions.map(([x]) => x!), positions.map(([, y]) => y!)]
    return (
      Math.min(...px) <= Math.max(...xs) &&
      Math.max(...px) >= Math.min(...xs) &&
      Math.min(...py) <= Math.max(...ys) &&
      Math.max(...py) >= Math.min(...ys)
    )
  }
}

function positionsOf(shape: unknown): number[][] {
  const walk = (value: unknown): number[][] =>
    Array.isArray(value) ? (typeof value[0] === 'number' ? [value as number[]] : value.flatMap(walk)) : []
  return walk((shape as { coordinates?: unknown } | undefined)?.coordinates)
}

function types(entities: readonly BrokerEntity[], version: Version, wanted: string): unknown {
  const known = [...new Set(entities.map(({ type }) => type))]
  if (wanted === '')
    return version === 'ld'
      ? known.map(typeName => ({ id: typeName, type: 'EntityType', typeName }))
      : known.map(type => ({ type, attrs: {} }))
  const found = entities.filter(({ type }) => type === wanted)
  if (found.length === 0) throw new RangeError('Entity type not found')
  const names = [...new Set(found.flatMap(({ attributes }) => Object.keys(attributes)))]
  const typesOf = (name: string) => [
    ...new Set(
      found
        .flatMap(({ attributes }) => (attributes[name] ? [written(attributes[name], version)] : []))
        .map(one => (one as { type: string }).type),
    ),
  ]
  if (version === 'v2') return { attrs: Object.fromEntries(names.map(name => [name, { types: typesOf(name) }])), count: found.length }
  return {
    id: wanted,
    typeName: wanted,
    entityCount: found.length,
    attributeDetails: names.map(name => ({ attributeName: name, attributeTypes: typesOf(name) })),
  }
}
