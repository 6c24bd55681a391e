/**
 * How do tests get a SensorThings service? None can be installed from a registry, so this is one of our own: lists, `$filter`, nested
 * `$expand`, `$select`, `$orderby`, `$top`, `$skip`, `$count` and next links, as OGC 18-088 says, and on demand as real ones do instead.
 */

import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { compareValues, type Entity, Exact, parseFilter, SyntaxFault, valuesAt } from './things-filter.ts'

export { type Entity, Exact } from './things-filter.ts'

/** Entities by list. Links are members that hold an entity or a list of them. */
export type Service = Readonly<Record<string, readonly Entity[]>>

export interface Quirks {
  /** Entities in one answer at most; default 100, as in FROST. */
  readonly most?: number
  /** Options that are read over. */
  readonly ignores?: readonly ('filter' | 'orderby' | 'skip' | 'select' | 'nested orderby')[]
  /** `@iot.count` counts the entities of the answer. */
  readonly countsPage?: boolean
  /** A next link also on the last page. */
  readonly alwaysNext?: boolean
  /** Next links name a host that only the service knows. */
  readonly nextHost?: string
  /** A doubled quote is an error. */
  readonly refusesQuotes?: boolean
  /** `$select=properties/x` is an error. */
  readonly refusesDeep?: boolean
  /** Status of what cannot be parsed; default 400. */
  readonly parseStatus?: number
}

export interface ThingsServer {
  readonly url: string
  /** Whole questions, decoded. */
  readonly asked: readonly string[]
  /** Who asked, by the header. */
  readonly authorizations: ReadonlySet<string>
  connections(): Promise<number>
  stop(): Promise<void>
}

const lists = new Set(['Things', 'Locations', 'HistoricalLocations', 'Datastreams', 'Observations'])
const links = new Set([...lists, 'Thing', 'Datastream', 'Sensor', 'ObservedProperty', 'FeatureOfInterest'])

export async function startThings(service: Service, quirks: Quirks = {}, asked: string[] = []): Promise<ThingsServer> {
  const authorizations = new Set<string>()
  const server = http.createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''))
    if (request.headers.authorization !== undefined) authorizations.add(request.headers.authorization)
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    try {
      const json = JSON.stringify(answer(url, service, quirks)).replace(/"\\u0001([^"\\]*)\\u0001"/g, '$1')
      response.writeHead(200, { 'content-type': 'application/json' }).end(json)
    } catch (error) {
      const status = error instanceof SyntaxFault ? (quirks.parseStatus ?? 400) : error instanceof RangeError ? 404 : 500
      const message = (error as Error).message
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code: status, type: 'error', message }))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.1`,
    asked,
    authorizations,
    connections: () => new Promise(resolve => server.getConnections((_, count) => resolve(count))),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(url: URL, service: Service, quirks: Quirks): unknown {
  const path = decodeURIComponent(url.pathname.replace(/^\/v1\.1\/?/, ''))
  if (path === '') return { value: Object.keys(service).map(name => ({ name, url: `${url.origin}/v1.1/${name}` })) }
  const options = Object.fromEntries([...url.searchParams].map(([name, value]) => [name.replace(/^\$/, ''), value]))
  const next = (skip: number): string => {
    const link = new URL(url.href)
    link.searchParams.set('$skip', String(skip))
    return quirks.nextHost ? link.href.replace(link.host, quirks.nextHost) : link.href
  }
  return page(listAt(path, service), options, quirks, next, '@iot')
}

function listAt(path: string, service: Service): readonly Entity[] {
  const [first = '', link] = path.split('/')
  const [, name = '', id] = /^(\w+)(?:\((.*)\))?$/.exec(first) ?? []
  const list = Object.hasOwn(service, name) ? service[name] : undefined
  if (!list) throw new RangeError('Nothing found.')
  if (id === undefined) return list
  const entity = list.find(entity => String(entity['@iot.id']) === id.replace(/^'|'$/g, ''))
  if (!entity || link === undefined || !Array.isArray(entity[link])) throw new RangeError('Nothing found.')
  return entity[link] as readonly Entity[]
}

type Options = Readonly<Record<string, string>>

function page(
  list: readonly Entity[],
  options: Options,
  quirks: Quirks,
  next: (skip: number) => string,
  prefix: string,
): Record<string, unknown> {
  const ignores = (name: NonNullable<Quirks['ignores']>[number]): boolean => quirks.ignores?.includes(name) ?? false
  const inside = prefix !== '@iot'
  const { filter, orderby } = options
  const test = filter === undefined || ignores('filter') ? () => true : parseFilter(filter, quirks.refusesQuotes)
  const found = list.filter(entity => test(entity) === true)
  const ordered = orderby === undefined || ignores(inside ? 'nested orderby' : 'orderby') ? found : found.toSorted(sorter(orderby))
  const skip = ignores('skip') ? 0 : whole(options.skip, 0)
  const most = Math.min(whole(options.top, quirks.most ?? 100), quirks.most ?? 100)
  const shown = ordered.slice(skip, skip + most)
  const more = quirks.alwaysNext || skip + shown.length < ordered.length
  return {
    ...(options.count === 'true' && { [`${prefix}.count`]: quirks.countsPage ? shown.length : found.length }),
    ...(more && { [`${prefix}.nextLink`]: next(skip + shown.length) }),
    [inside ? prefix.slice(0, -4) : 'value']: shown.map(entity => written(entity, options, quirks)),
  }
}

function whole(text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  if (!/^\d+$/.test(text)) throw new SyntaxFault('not a whole number')
  return Number(text)
}

function sorter(orderby: string): (a: Entity, b: Entity) => number {
  const parts = orderby.split(',').map(part => /^\s*(\S+)(?:\s+(asc|desc))?\s*$/.exec(part))
  return (a, b) => {
    for (const part of parts) {
      if (!part) throw new SyntaxFault('not an order')
      const [left, right] = [a, b].map(entity => valuesAt(entity, part[1]!.split('/'))[0] ?? null)
      const order = left === null || right === null ? Number(left === null) - Number(right === null) : (compareValues(left, right) ?? 0)
      if (order !== 0) return part[2] === 'desc' ? -order : order
    }
    return 0
  }
}

/** One entity: what is selected of it, and what is expanded. */
function written(entity: Entity, { select, expand }: Options, quirks: Quirks): Entity {
  const wanted = select === undefined || quirks.ignores?.includes('select') ? undefined : select.split(',')
  const own = Object.entries(entity).filter(([name]) => !links.has(name))
  const plain = wanted === undefined ? own : wanted.flatMap(name => selected(entity, name, quirks))
  const expanded = (expand === undefined ? [] : split(expand, ',')).map(part => expandedAs(entity, part, quirks))
  return Object.assign({}, merged(plain), ...expanded)
}

function selected(entity: Entity, name: string, quirks: Quirks): [string, unknown][] {
  if (name === 'id') return [['@iot.id', entity['@iot.id']]]
  const [first = '', ...rest] = name.split('/')
  if (rest.length > 0 && quirks.refusesDeep) throw new SyntaxFault("Unexpected '/'")
  if (!Object.hasOwn(entity, first)) return []
  const value = valuesAt(entity[first], rest)[0]
  return [[first, rest.length === 0 ? entity[first] : Object.fromEntries([[rest[0], value]])]]
}

/** Selected members of one object come together again. */
function merged(entries: readonly [string, unknown][]): Entity {
  const found: Record<string, unknown> = {}
  for (const [name, value] of entries) {
    const known = found[name]
    found[name] = typeof known === 'object' && known !== null && !(known instanceof Exact) ? { ...known, ...(value as object) } : value
  }
  return found
}

function expandedAs(entity: Entity, text: string, quirks: Quirks): Entity {
  const [, name = '', inner] = /^(\w+)(?:\((.*)\))?$/s.exec(text.trim()) ?? []
  if (!links.has(name)) throw new SyntaxFault(`${name} is no navigation property`)
  const options = Object.fromEntries(
    (inner === undefined ? [] : split(inner, ';')).map(option => {
      const [, key = '', value = ''] = /^\s*\$(\w+)=(.*)$/s.exec(option) ?? []
      return [key, value]
    }),
  )
  const linked = entity[name]
  if (Array.isArray(linked))
    return page(linked as Entity[], options, quirks, skip => `http://elsewhere.example/?$skip=${skip}`, `${name}@iot`)
  return linked === undefined || linked === null ? {} : { [name]: written(linked as Entity, options, quirks) }
}

/** Parts at a separator that stands outside of brackets and quotes. */
function split(text: string, separator: string): string[] {
  const parts = ['']
  let [depth, quoted] = [0, false]
  for (const sign of text) {
    if (sign === "'") quoted = !quoted
    if (!quoted && sign === '(') depth++
    if (!quoted && sign === ')') depth--
    if (!quoted && depth === 0 && sign === separator) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts
}
