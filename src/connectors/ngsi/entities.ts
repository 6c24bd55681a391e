/** How are the entities of one type asked for, as every service of features is? */

import { LRUCache } from 'lru-cache'
import { type Column, GatewayError, sourceFailure } from '../../model/index.ts'
import { type Srs, srsOf } from '../features/axes.ts'
import type { Filter, ServerType } from '../features/filter.ts'
import type { Pushed } from '../features/pushed.ts'
import { Remembered } from '../features/remember.ts'
import { type Reading, rowOf } from '../features/rows.ts'
import type { Sent } from '../features/sent.ts'
import type { Errand, FeatureSchema, FeatureSource, Page, PageWish } from '../features/service.ts'
import { isObject } from '../shared/json.ts'
import type { NgsiPlace } from './options.ts'
import type { Broker, Listed } from './service.ts'
import { pathOf, rawOf, sentOf } from './value.ts'
import { type Listens, type Parameters, parametersFor, wordsFor } from './words.ts'

/** Which entities are wanted. */
interface Wish {
  readonly filter: Parameters
  readonly start: number
  readonly count: number
  /** Values are enough, without what is said about them. */
  readonly plain: boolean
}

const wgs84 = srsOf('EPSG:4326')!

/** Entities in one answer, as much as brokers give; Stellio gives 100 and refuses to be asked for more. */
const pageSizes = [1000, 100] as const

export class EntityType implements FeatureSource {
  readonly title: string
  readonly mightSkip = true
  readonly oneGeometry = false
  readonly #broker: Broker
  readonly #known = new Remembered()
  /** Questions that leave entities out when attributes are named. */
  readonly #whole = new LRUCache<string, true>({ max: 500, ttl: 600_000 })
  #most: number = pageSizes[0]
  #countsAlone = true

  constructor(broker: Broker, { type }: NgsiPlace) {
    this.title = type
    this.#broker = broker
  }

  async page({ columns, filter, sortBy, start, count }: PageWish, errand: Errand): Promise<Page> {
    // NGSI-LD has no word for an order, and NGSIv2 none for one that ends with the id.
    if (sortBy && sortBy.length > 0) throw sourceFailure('SOURCE_ANSWER_INVALID', `${errand.dataset}: brokers do not sort`)
    const paths = columns.map(column => pathOf(column.column))
    const plain = paths.every(({ metadata }) => metadata === undefined)
    const attributes = [...new Set(paths.map(({ attribute }) => attribute))].filter(name => name !== 'id' && name !== 'type')
    const wish = { filter: filter ? parametersFor(filter, this.#broker.version) : {}, start: start ?? 0, count, plain }
    const { entities, count: matched } = await this.#entities(attributes, wish, errand)
    const reading: Reading = { columns, srs: wgs84, xFirst: true, plainDegrees: true, nameOf: name => name }
    const rows = entities.map(entity => {
      const values = new Map<string, Sent>(columns.map((column, at) => [column.column, sentOf(rawOf(paths[at]!, entity, plain), column)]))
      return rowOf({ ...(typeof entity.id === 'string' && { id: entity.id }), values }, reading)
    })
    return { rows, ...(matched !== undefined && { matched }) }
  }

  hits(filter: Filter | undefined, errand: Errand): Promise<number | undefined> {
    return this.#count(filter ? parametersFor(filter, this.#broker.version) : {}, errand)
  }

  async schema(errand: Errand): Promise<FeatureSchema | undefined> {
    const attributes = attributesIn(await this.#broker.types(this.title, errand))
    return attributes && { properties: attributes }
  }

  /** An attribute is known by its own name, whichever part of it a column means. */
  nameOf(column: string): string {
    return pathOf(column).attribute
  }

  srs(_column: Column): Srs {
    return wgs84
  }

  async words(filter: Filter, errand: Errand): Promise<Pushed> {
    const said = wordsFor(filter, this.#broker.version, await this.#listens(errand))
    return said ? { filter: said.filter, trust: said.whole ? 'exact' : 'loose' } : { filter: 'all', trust: 'loose' }
  }

  /** Asks, in each of the ways, for what no entity can be: a broker that finds some ignores the question. */
  #listens(errand: Errand): Promise<Listens> {
    return this.#known.get('listens', errand.context.signal, async () => {
      const finds = async (parameters: Parameters): Promise<boolean> => {
        try {
          return (await this.#list(parameters, 1, true, errand)).entities.length > 0
        } catch (error) {
          if (error instanceof GatewayError && /^SOURCE_(ANSWER_INVALID|CHANGED)$/.test(error.code)) return true
          throw error
        }
      }
      const nowhere: Filter = { op: 'bbox', property: 'location', srsName: wgs84.name, lower: [-140.001, -50.001], upper: [-140, -50] }
      return {
        q: !(await finds({ q: `${nothing}==1` })),
        id: !(await finds({ id: `urn:ngsi-ld:${this.title}:${nothing}` })),
        geo: !(await finds(parametersFor(nowhere, this.#broker.version))),
      }
    })
  }

  /**
   * Entities with these attributes. By the standard (ETSI GS CIM 009, 5.7.2), naming attributes also leaves out the entities that have none
   * of them, which are rows all the same: when fewer come than there are, whole entities are asked for, and the rest of them is dropped.
   */
  async #entities(attributes: readonly string[], wish: Wish, errand: Errand): Promise<Listed> {
    const { filter, start, count, plain } = wish
    const place = start > 0 ? { offset: String(start) } : {}
    const whole = () => this.#list({ ...filter, ...place }, count, plain, errand)
    const key = JSON.stringify([attributes, filter])
    if (attributes.length === 0 || (start > 0 && this.#whole.has(key))) return whole()
    const listed = await this.#list({ ...filter, attrs: attributes.join(','), ...place }, count, plain, errand)
    if (start > 0) return listed
    const all = await this.#count(filter, errand)
    this.#whole.delete(key)
    if (all !== undefined && listed.count === all) return listed
    this.#whole.set(key, true)
    return whole()
  }

  /** How many entities match; NGSI-LD can be asked for the number alone. */
  async #count(filter: Parameters, errand: Errand): Promise<number | undefined> {
    const few = this.#broker.version === 'ld' && this.#countsAlone ? 0 : 1
    try {
      return (await this.#list(filter, few, true, errand)).count
    } catch (error) {
      if (few > 0 || !(error instanceof GatewayError) || error.code !== 'SOURCE_ANSWER_INVALID') throw error
      this.#countsAlone = false
      return this.#count(filter, errand)
    }
  }

  /** @param plain values are enough, without what is said about them */
  async #list(parameters: Parameters, count: number, plain: boolean, errand: Errand): Promise<Listed> {
    const ld = this.#broker.version === 'ld'
    const options = [...(plain ? ['keyValues'] : []), ...(ld ? [] : ['count'])]
    const asked = {
      type: this.title,
      ...parameters,
      ...(options.length > 0 && { options: options.join(',') }),
      ...(ld && { count: 'true' }),
    }
    const size = Math.min(count, this.#most)
    try {
      return await this.#broker.list({ ...asked, limit: String(size) }, errand)
    } catch (error) {
      const refused = error instanceof GatewayError && (error.code === 'SOURCE_ANSWER_INVALID' || error.code === 'SOURCE_REFUSED')
      if (!refused || size <= pageSizes[1]) throw error
      const listed = await this.#broker.list({ ...asked, limit: String(pageSizes[1]) }, errand)
      this.#most = pageSizes[1]
      return listed
    }
  }
}

/** An attribute that no entity has. */
const nothing = 'stadttorGibtEsNicht'

/** What columns of an entity there are. Types that a broker does not tell are those that the dataset declares. */
class Attributes extends Map<string, ServerType> {
  readonly #untold: ReadonlySet<string>

  constructor(told: Iterable<readonly [string, ServerType]>, untold: Iterable<string>) {
    super(told)
    this.#untold = new Set([...untold, 'id', 'type'])
  }

  override get size(): number {
    return super.size + this.#untold.size
  }

  override has(name: string): boolean {
    return super.has(name) || this.#untold.has(name)
  }

  override *keys(): MapIterator<string> {
    yield* super.keys()
    yield* this.#untold
  }
}

/** Types of NGSIv2 attributes; LD tells only Property, GeoProperty and Relationship. */
const types: Readonly<Record<string, ServerType>> = {
  Text: 'text',
  Relationship: 'text',
  Boolean: 'boolean',
  DateTime: 'moment',
  'geo:json': 'geometry',
  'geo:point': 'geometry',
  GeoProperty: 'geometry',
  StructuredValue: 'other',
}

/**
 * @param about the answer to a question for one type
 * @see ETSI GS CIM 009, 5.2.26; FIWARE-NGSI v2, "Retrieve entity type"
 */
export function attributesIn(about: unknown): ReadonlyMap<string, ServerType> | undefined {
  const said = attributeTypes(about)
  if (!said || said.size === 0) return undefined
  const told = [...said].flatMap(([name, [only, ...others]]) => {
    const type = only !== undefined && others.length === 0 && Object.hasOwn(types, only) ? types[only] : undefined
    return type === undefined ? [] : [[name, type] as const]
  })
  return new Attributes(told, said.keys())
}

/** Names of attributes, and the types that they have. */
export function attributeTypes(about: unknown): ReadonlyMap<string, readonly string[]> | undefined {
  if (!isObject(about)) return undefined
  const { attributeDetails, attrs } = about
  if (Array.isArray(attributeDetails)) {
    return new Map(
      attributeDetails
        .filter(isObject)
        .flatMap(({ attributeName, id, attributeTypes }) =>
          typeof (attributeName ?? id) === 'string' ? [[String(attributeName ?? id), texts(attributeTypes)] as const] : [],
        ),
    )
  }
  if (!isObject(attrs)) return undefined
  return new Map(Object.entries(attrs).map(([name, about]) => [name, isObject(about) ? texts(about.types) : []]))
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(text => typeof text === 'string') : []
}
