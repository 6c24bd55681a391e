/** How is an OGC API asked, and what does it say of itself? */

import { type BBox, type ConnectorServices, GatewayError, type SourceSetting, sourceFailure } from '../../model/index.ts'
import { Remembered } from '../features/remember.ts'
import type { Errand } from '../features/service.ts'
import { basicAuth, createFetch, type Fetch, hostOf } from '../shared/fetch.ts'
import { isObject } from '../shared/json.ts'
import { collectionIn, resource } from './address.ts'
import type { OgcConnection } from './options.ts'
import { type Asked, type JsonObject, readAnswer } from './report.ts'
import { type Property, readProperties } from './schema.ts'

export interface Said {
  readonly json: JsonObject
  /** The system of the coordinates, as the header `Content-Crs` spells it. */
  readonly crs?: string
  readonly asked: Asked
  /** The whole address that was asked. */
  readonly url: string
}

/** What a collection says of itself. */
export interface About {
  readonly title?: string
  readonly description?: string
  /** Systems that coordinates can be asked in, as spelled. */
  readonly crs: readonly string[]
  readonly storageCrs?: string
  /** Properties of its features; undefined when it publishes no schema. */
  readonly schema?: readonly Property[]
  /** Properties that filters may name; undefined when it does not say. */
  readonly queryables?: readonly Property[]
}

/** The property that has a part in what the standard calls roles: `id`, `primary-instant`. */
export function propertyWith(role: string, { schema, queryables }: About): Property | undefined {
  return [...(schema ?? []), ...(queryables ?? [])].find(property => property.role === role)
}

const accepted = 'application/geo+json, application/json;q=0.9, application/schema+json;q=0.8, application/problem+json;q=0.7'

export class OgcService {
  readonly extent: BBox | undefined
  readonly warn: ConnectorServices['warn']
  readonly #landing: string
  readonly #fetch: Fetch
  readonly #headers: Readonly<Record<string, string>>
  readonly #known = new Remembered()
  #conformanceAt = 0

  constructor({ id, connection, limits }: SourceSetting<OgcConnection>, { call, received, warn, extent }: ConnectorServices) {
    this.#landing = connection.url
    this.#fetch = createFetch({ source: id, hosts: [hostOf(connection.url)], limits, call, received })
    this.#headers = { accept: accepted, ...credentials(connection) }
    this.extent = extent
    this.warn = warn
  }

  /** Asks for a resource of the service. */
  async get(
    path: readonly string[],
    parameters: Readonly<Record<string, string>>,
    names: readonly string[],
    errand: Errand,
  ): Promise<Said> {
    return this.#ask(resource(this.#landing, path, parameters), names, errand)
  }

  /**
   * The address of a page that an answer names as the next, at this service and no other. Services behind a proxy often name a host or
   * scheme of their own; only what stands behind it counts.
   *
   * @throws GatewayError SOURCE_ANSWER_INVALID when it is not about the items of this collection
   */
  async follow(next: string, collection: string, names: readonly string[], errand: Errand): Promise<Said> {
    const items = resource(this.#landing, ['collections', collection, 'items'])
    const url = URL.parse(next, items)
    if (!url || !/\/items\/?$/.test(url.pathname) || collectionIn(url.pathname) !== collection) {
      throw sourceFailure(
        'SOURCE_ANSWER_INVALID',
        `${errand.dataset}: the next page is said to be somewhere else (${url?.host}${url?.pathname})`,
      )
    }
    const own = new URL(items)
    own.search = url.search
    return this.#ask(own.href, names, errand)
  }

  /** Classes of the standards that the service says it keeps to; empty when it does not say. */
  async conformance(errand: Errand): Promise<readonly string[]> {
    if (Date.now() - this.#conformanceAt > rememberedMs) this.#known.forget('conformance')
    return this.#known.get('conformance', errand.context.signal, async () => {
      const said = await this.#maybe(['conformance'], errand)
      this.#conformanceAt = Date.now()
      return texts(said?.conformsTo)
    })
  }

  /** @throws GatewayError SOURCE_CHANGED when there is no such collection */
  async about(collection: string, errand: Errand): Promise<About> {
    const path = ['collections', collection]
    const { json } = await this.get(path, {}, [collection], errand)
    const { title, description, storageCrs } = json
    const linked = relationsOf(json)
    const part = async (relation: string): Promise<readonly Property[] | undefined> => {
      const said = linked.has(relation) ? await this.#maybe([...path, relation], errand) : undefined
      return said && isObject(said.properties) ? readProperties(said) : undefined
    }
    const [schema, queryables] = [await part('schema'), await part('queryables')]
    // A collection may point to the list that all of them share (OGC 18-058r1, 6.2.3).
    const shared = texts(json.crs).includes('#/crs') ? texts((await this.#maybe(['collections'], errand))?.crs) : []
    return {
      crs: [...texts(json.crs), ...shared],
      ...(typeof title === 'string' && { title }),
      ...(typeof description === 'string' && { description }),
      ...(typeof storageCrs === 'string' && { storageCrs }),
      ...(schema && { schema }),
      ...(queryables && { queryables }),
    }
  }

  close(): void {
    this.#fetch.close()
  }

  async #ask(url: string, names: readonly string[], { dataset, context }: Errand): Promise<Said> {
    const answer = await this.#fetch(url, { dataset, context, headers: this.#headers })
    const { host, pathname } = new URL(url)
    const asked = { shown: `${dataset}: GET ${host}${pathname}`, names }
    const crs = /<([^>]+)>/.exec(answer.header('content-crs') ?? '')?.[1]
    return { json: readAnswer(answer, asked), asked, url, ...(crs && { crs }) }
  }

  /** A resource that a service need not have. */
  async #maybe(path: readonly string[], errand: Errand): Promise<JsonObject | undefined> {
    try {
      return (await this.get(path, {}, [], errand)).json
    } catch (error) {
      if (error instanceof GatewayError && (error.code === 'SOURCE_CHANGED' || error.code === 'SOURCE_ANSWER_INVALID')) return undefined
      throw error
    }
  }
}

const rememberedMs = 600_000

function credentials({ user, password, token, tokenHeader }: OgcConnection): Record<string, string> {
  if (token !== undefined) return tokenHeader ? { [tokenHeader.toLowerCase()]: token } : { authorization: `Bearer ${token}` }
  return user === undefined ? {} : { authorization: basicAuth(user, password ?? '') }
}

/** The last word of each link's relation: the standard writes them as URIs, services also without. */
function relationsOf({ links }: JsonObject): ReadonlySet<string> {
  const all = Array.isArray(links) ? links.filter(isObject) : []
  return new Set(all.flatMap(({ rel }) => (typeof rel === 'string' ? [/(\w+)\]?$/.exec(rel)?.[1] ?? rel] : [])))
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(text => typeof text === 'string') : []
}
