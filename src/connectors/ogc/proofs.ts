/** What has a collection shown that it can? Found out by asking, on first need, and forgotten with the collection. */

import { type Column, type ConnectorServices, GatewayError } from '../../model/index.ts'
import type { Filter, ServerType } from '../features/filter.ts'
import type { Pushed } from '../features/pushed.ts'
import { Remembered } from '../features/remember.ts'
import { isGeometry } from '../features/rows.ts'
import type { Errand } from '../features/service.ts'
import { isObject } from '../shared/json.ts'
import { type Items, idColumn, valueIn } from './answer.ts'
import { never, nothing, nowhere } from './canary.ts'
import type { CqlWords } from './cql.ts'
import { type Means, parametersOf, propertiesIn, type Question, wordsFor } from './question.ts'
import { type About, propertyWith } from './service.ts'

/** A collection, as far as proofs need it. */
export interface Proved {
  readonly key: readonly Column[]
  /** The property that `datetime` compares with, as the dataset has it. */
  readonly temporal: string | undefined
  readonly warn: ConnectorServices['warn']
  about(): About | undefined
  typeOf(property: string): ServerType
  conformance(errand: Errand): Promise<readonly string[]>
  /** @param cql words to ask in, instead of those that have been shown */
  ask(question: Question, errand: Errand, cql?: CqlWords): Promise<Items>
}

/** Characters of a filter, as it stands in an address: servers take about 8,000 of the whole. */
const longestFilter = 6_000

/** What a choice of properties leaves of a feature. */
type Choice = 'ignored' | 'properties' | 'properties and geometry'

export class Proofs {
  readonly #of: Proved
  readonly #known = new Remembered()
  /** `IN (…)` has found what it should. */
  #lists = false

  constructor(of: Proved) {
    this.#of = of
  }

  /** CQL2, where the service says that it understands it. Whether it does is shown property by property. */
  async cql(errand: Errand): Promise<CqlWords | undefined> {
    const said = await this.#said(errand)
    return said && { ...said, list: this.#lists }
  }

  /** What of a filter there are words for that have been shown to be understood. */
  async words(filter: Filter, errand: Errand): Promise<Pushed> {
    const said = wordsFor(filter, await this.#means(filter, errand))
    if (typeof said.filter === 'string') return said
    if (hasList(said.filter)) await this.#findList(errand)
    const written = parametersOf({ limit: 1, filter: said.filter }, await this.cql(errand))
    return encodeURIComponent(Object.values(written).join()).length > longestFilter ? { filter: 'all', trust: 'loose' } : said
  }

  /** The properties to ask for, where the service sends only those that are asked for. */
  async projection(columns: readonly Column[], errand: Errand): Promise<readonly string[] | undefined> {
    const beside = [idColumn, this.#idProperty]
    const plain = columns.filter(({ column, type }) => !isGeometry(type) && !beside.includes(column))
    const names = [...new Set(plain.map(({ column }) => column))]
    if (names.length === 0 || names.some(name => /[,.]/.test(name))) return undefined
    const choice = await this.#choice(errand)
    const enough = columns.some(({ type }) => isGeometry(type)) ? choice === 'properties and geometry' : choice !== 'ignored'
    return enough ? names : undefined
  }

  async #means(filter: Filter, errand: Errand): Promise<Means> {
    const cql = await this.cql(errand)
    const [properties, asked] = [new Set<string>(), propertiesIn(filter)]
    for (const [property, type] of asked) if (await this.#compares(property, type, cql, errand)) properties.add(property)
    const temporal = cql ? undefined : await this.#temporal(asked.keys(), errand)
    const boxes = hasBox(filter) && (await this.#boxes(errand))
    return { properties, boxes, ...(cql && { cql }), ...(temporal !== undefined && { temporal }) }
  }

  async #said(errand: Errand): Promise<CqlWords | undefined> {
    const classes = await this.#of.conformance(errand)
    const has = (name: string): boolean => classes.some(uri => uri.endsWith(`/conf/${name}`))
    if (!has('cql2-text') || !has('features-filter')) return undefined
    return { casei: has('case-insensitive-comparison'), list: has('advanced-comparison-operators') }
  }

  /** A canary for each property: what it cannot equal must find nothing. A service that finds something ignores such filters. */
  async #compares(property: string, type: ServerType | undefined, cql: CqlWords | undefined, errand: Errand): Promise<boolean> {
    const known = type ?? this.#of.typeOf(property)
    const { queryables } = this.#of.about() ?? {}
    if (property === idColumn || (queryables && !queryables.some(({ name }) => name === property))) return false
    return this.#known.get(`compares ${property} ${known}`, errand.context.signal, () => {
      const filter = nothing(property, known, cql !== undefined)
      return filter ? this.#findsNothing(filter, property, errand) : Promise.resolve(false)
    })
  }

  #boxes(errand: Errand): Promise<boolean> {
    return this.#known.get('boxes', errand.context.signal, () => this.#findsNothing(nowhere, 'bbox', errand))
  }

  /** The property that `datetime` compares with, when it is one of these, somebody says so, and no answer speaks against it. */
  async #temporal(asked: Iterable<string>, errand: Errand): Promise<string | undefined> {
    const about = this.#of.about()
    const temporal = this.#of.temporal ?? (about && propertyWith('primary-instant', about)?.name)
    if (temporal === undefined || ![...asked].includes(temporal)) return undefined
    const honoured = this.#known.get('datetime', errand.context.signal, () => this.#findsNothing(never(temporal), 'datetime', errand))
    return (await honoured) ? temporal : undefined
  }

  async #findsNothing(filter: Filter, what: string, errand: Errand): Promise<boolean> {
    const found = await tried(async () => (await this.#of.ask({ limit: 1, filter }, errand)).features.length)
    if (found !== undefined && found > 0)
      this.#of.warn('the service ignores a filter; it is filtered here', { dataset: errand.dataset, by: what })
    return found === 0
  }

  /** Asks for a feature that is there by a list of two values, one of them nobody's. */
  async #findList(errand: Errand): Promise<void> {
    const said = await this.#said(errand)
    if (!said?.list) return
    this.#lists = await this.#known.get('lists', errand.context.signal, async () => {
      const [key] = this.#of.key
      const [first] = (await this.#of.ask({ limit: 1 }, errand)).features
      const value = key && first && valueIn(first, key.column, this.#idProperty)
      const type = key && this.#of.typeOf(key.column)
      if (!key || value === undefined || value === null || (type !== 'text' && type !== 'integer' && type !== 'number')) return false
      const equal = (literal: string): Filter => ({ op: 'eq', property: key.column, literal, type })
      const filter: Filter = { op: 'or', of: [equal(String(value)), equal(type === 'text' ? 'stadttor-gibt-es-nicht' : '-987654321')] }
      const found = await tried(async () => (await this.#of.ask({ limit: 2, filter }, errand, said)).features)
      return found?.length === 1 && valueIn(found[0]!, key.column, this.#idProperty) === value
    })
  }

  #choice(errand: Errand): Promise<Choice> {
    const [key] = this.#of.key.map(({ column }) => column).filter(column => column !== idColumn)
    if (key === undefined) return Promise.resolve('ignored')
    return this.#known.get('choice', errand.context.signal, async () => {
      const [feature] = (await tried(async () => (await this.#of.ask({ limit: 1, properties: [key] }, errand)).features)) ?? []
      if (!feature || Object.keys(feature.properties ?? {}).join() !== key) return 'ignored'
      // Some services count the geometry among the properties. A first feature that has none shows nothing.
      return isObject(feature.geometry) ? 'properties and geometry' : 'properties'
    })
  }

  get #idProperty(): string | undefined {
    const about = this.#of.about()
    return about && propertyWith('id', about)?.name
  }
}

/** undefined: the service refuses the question. One that is down says so to the next question as well. */
async function tried<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    const refused = error instanceof GatewayError && /^SOURCE_(ANSWER_INVALID|CHANGED|UNAVAILABLE)$/.test(error.code)
    if (!refused) throw error
    return undefined
  }
}

function hasBox(filter: Filter): boolean {
  return filter.op === 'bbox' || ('of' in filter && filter.of.some(hasBox))
}

function hasList(filter: Filter): boolean {
  return filter.op === 'or' || (filter.op === 'and' && filter.of.some(hasList))
}
