/** What can a collection be asked, and what has it shown that it can? */

import { type Column, type Dataset, GatewayError } from '../../model/index.ts'
import { type Srs, srsOf } from '../features/axes.ts'
import type { Filter, ServerType } from '../features/filter.ts'
import type { Pushed } from '../features/pushed.ts'
import { Remembered } from '../features/remember.ts'
import { checkAxes, isGeometry, type Reading, rowOf } from '../features/rows.ts'
import type { Errand, FeatureSchema, FeatureSource, Page, PageWish } from '../features/service.ts'
import { crsOf } from '../geo/index.ts'
import { type Items, idColumn, namesIn, readFeature, readItems, readNext, valueIn } from './answer.ts'
import { never, nothing, nowhere } from './canary.ts'
import type { CqlWords } from './cql.ts'
import type { OgcPlace } from './options.ts'
import { type Means, parametersOf, propertiesIn, type Question, wordsFor } from './question.ts'
import { guessType } from './schema.ts'
import { type About, type OgcService, propertyWith, type Said } from './service.ts'

/** Features that are looked at to learn the names of properties that no schema tells. */
const lookedAt = 100
/** Features in one answer: some services refuse more. */
const mostAtOnce = 10_000
/** Characters of a filter, as it stands in an address: servers take about 8,000 of the whole. */
const longestFilter = 6_000

export class Collection implements FeatureSource {
  readonly title: string
  readonly mightSkip = true
  readonly oneGeometry = true
  readonly #service: OgcService
  readonly #place: OgcPlace
  readonly #key: readonly Column[]
  /** Found out by asking; forgotten with the collection. */
  readonly #known = new Remembered()
  #about: About | undefined
  /** What is known of the properties, declared or seen. */
  #properties: ReadonlyMap<string, ServerType> = new Map()
  /** `IN (…)` has found what it should. */
  #lists = false
  /** What the service calls leaving out features at the beginning; the standard has no word for it. */
  #skip = 'offset'

  constructor(service: OgcService, { place, key }: Pick<Dataset, 'place' | 'key'>) {
    this.#service = service
    this.#place = place as OgcPlace
    this.#key = key
    this.title = this.#place.collection
  }

  async page(wish: PageWish, errand: Errand): Promise<Page> {
    const { columns } = wish
    const crs = await this.#crs(columns, errand)
    const said = await this.#items(wish, crs, errand)
    const { features, matched, next } = readItems(said)
    const names = (some: readonly Column[]): ReadonlySet<string> => new Set(some.map(({ column }) => column))
    const kept = { properties: names(columns), geometries: names(columns.filter(({ type }) => isGeometry(type))) }
    const sent = features.map(feature => readFeature(feature, kept, { crs: said.crs, id: this.#idProperty }))
    const { axes } = this.#place
    const asked = crs === undefined ? undefined : srsOf(crs, axes)
    const form = { xFirst: false, plainDegrees: true, nameOf: (name: string) => name }
    const reading: Reading = { columns, ...form, ...(asked && { srs: asked }), ...(axes && { axes }) }
    if (this.#service.extent) checkAxes(sent, reading, this.#service.extent, said.asked.shown)
    const rows = sent.map(feature => rowOf(feature, reading))
    return { rows, ...(matched !== undefined && { matched }), ...(said.crs && { srsName: said.crs }), ...(next !== undefined && { next }) }
  }

  async hits(filter: Filter | undefined, errand: Errand): Promise<number | undefined> {
    const wish = { columns: this.#key, count: 1, ...(filter && { filter }) }
    return readItems(await this.#items(wish, undefined, errand)).matched
  }

  async schema(errand: Errand): Promise<FeatureSchema | undefined> {
    const about = await this.#service.about(this.title, errand)
    this.#about = about
    const declared = [...(about.queryables ?? []), ...(about.schema ?? [])].map(({ name, type }) => [name, type] as const)
    // A schema names all there is. Queryables need not, so the features themselves are looked at.
    const seen = about.schema ? [] : [...(await this.#look(errand))]
    const properties = new Map<string, ServerType>([...seen, ...declared])
    this.#properties = properties
    return properties.size === 0 ? { properties } : { properties: properties.set(idColumn, 'other') }
  }

  nameOf(column: string): string {
    return column
  }

  /** Boxes are asked in WGS 84, longitude first: what every service has to understand. */
  srs(): Srs | undefined {
    return { name: 'CRS84', crs: 'EPSG:4326', yx: false }
  }

  async words(filter: Filter, errand: Errand): Promise<Pushed> {
    const cql = await this.#cql(errand)
    const [properties, asked] = [new Set<string>(), propertiesIn(filter)]
    for (const [property, type] of asked) if (await this.#compares(property, type, cql, errand)) properties.add(property)
    const temporal = cql ? undefined : await this.#temporal(asked.keys(), errand)
    const means: Means = {
      properties,
      boxes: hasBox(filter) && (await this.#boxes(errand)),
      ...(cql && { cql }),
      ...(temporal && { temporal }),
    }
    const said = wordsFor(filter, means)
    if (typeof said.filter === 'string') return said
    if (cql && hasList(said.filter)) await this.#findList(errand)
    const written = parametersOf({ limit: 1, filter: said.filter }, cql && { ...cql, list: this.#lists })
    return encodeURIComponent(Object.values(written).join()).length > longestFilter ? { filter: 'all', trust: 'loose' } : said
  }

  /** Features as they came, for those who look at a collection. */
  async raw(limit: number, errand: Errand): Promise<Items> {
    return readItems(await this.#get({ limit: Math.min(limit, mostAtOnce) }, [], errand))
  }

  async #look(errand: Errand): Promise<ReadonlyMap<string, ServerType>> {
    const { features } = await this.raw(lookedAt, errand)
    const valuesOf = (name: string): readonly unknown[] =>
      features.map(feature => valueIn(feature, name)).filter(value => value !== undefined && value !== null && value !== '')
    return new Map([...namesIn(features)].map(name => [name, guessType(valuesOf(name))]))
  }

  async #items(wish: PageWish, crs: string | undefined, errand: Errand): Promise<Said> {
    const { columns, filter, sortBy, start, count, next } = wish
    const names = columns.map(({ column }) => column)
    if (next !== undefined) return this.#service.follow(next, this.title, names, errand)
    const properties = await this.#projection(columns, errand)
    const question: Question = {
      limit: Math.min(count, mostAtOnce),
      ...(filter && { filter }),
      ...(sortBy && { sortBy }),
      ...(start && { skip: { parameter: this.#skip, count: start } }),
      ...(properties && { properties }),
      ...(crs && { crs }),
    }
    return this.#get(question, names, errand)
  }

  async #get(question: Question, names: readonly string[], errand: Errand, words?: CqlWords): Promise<Said> {
    const cql = words ?? (await this.#cql(errand))
    const parameters = parametersOf(question, cql && { ...cql, list: words ? words.list : this.#lists })
    const said = await this.#service.get(['collections', this.title, 'items'], parameters, [this.title, ...names], errand)
    this.#skip = skipParameterIn(said) ?? this.#skip
    return said
  }

  /** CQL2, where the service says that it understands it. Whether it does is shown property by property. */
  async #cql(errand: Errand): Promise<CqlWords | undefined> {
    const classes = await this.#service.conformance(errand)
    const has = (name: string): boolean => classes.some(uri => uri.endsWith(`/conf/${name}`))
    if (!has('cql2-text') || !has('features-filter')) return undefined
    return { casei: has('case-insensitive-comparison'), list: has('advanced-comparison-operators') }
  }

  /** Asks for a feature that is there by a list of two values, one of them nobody's. */
  async #findList(errand: Errand): Promise<void> {
    const cql = await this.#cql(errand)
    if (!cql?.list) return
    this.#lists = await this.#known.get('lists', errand.context.signal, async () => {
      const [key] = this.#key
      const [first] = (await this.raw(1, errand)).features
      const value = key && first && valueIn(first, key.column, this.#idProperty)
      const type = key && this.#typeOf(key.column)
      if (!key || value === undefined || value === null || (type !== 'text' && type !== 'integer' && type !== 'number')) return false
      const equal = (literal: string): Filter => ({ op: 'eq', property: key.column, literal, type })
      const filter: Filter = { op: 'or', of: [equal(String(value)), equal(type === 'text' ? 'stadttor-gibt-es-nicht' : '-987654321')] }
      const found = await this.#tried(async () => readItems(await this.#get({ limit: 2, filter }, [], errand, cql)).features)
      return found?.length === 1 && valueIn(found[0]!, key.column, this.#idProperty) === value
    })
  }

  /** A canary for each property: what it cannot equal must find nothing. A service that finds something ignores such filters. */
  async #compares(property: string, type: ServerType | undefined, cql: CqlWords | undefined, errand: Errand): Promise<boolean> {
    const known = type ?? this.#typeOf(property)
    const { queryables } = this.#about ?? {}
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
    const temporal = this.#place.temporal ?? (this.#about && propertyWith('primary-instant', this.#about)?.name)
    if (temporal === undefined || ![...asked].includes(temporal)) return undefined
    const honoured = this.#known.get('datetime', errand.context.signal, () => this.#findsNothing(never(temporal), 'datetime', errand))
    return (await honoured) ? temporal : undefined
  }

  async #findsNothing(filter: Filter, what: string, errand: Errand): Promise<boolean> {
    const nothingFound = await this.#tried(async () => {
      const said = await this.#items({ columns: this.#key, filter, count: 1 }, undefined, errand)
      return readItems(said).features.length === 0
    })
    if (nothingFound === false)
      this.#service.warn('the service ignores a filter; it is filtered here', { dataset: errand.dataset, by: what })
    return nothingFound === true
  }

  /** The properties to ask for, where the service sends only those that are asked for. */
  async #projection(columns: readonly Column[], errand: Errand): Promise<readonly string[] | undefined> {
    const names = [...new Set(columns.filter(({ column, type }) => !isGeometry(type) && column !== idColumn).map(({ column }) => column))]
    if (names.length === 0 || names.some(name => /[,.]/.test(name))) return undefined
    return (await this.#selects(errand)) ? names : undefined
  }

  #selects(errand: Errand): Promise<boolean> {
    const [key] = this.#key.map(({ column }) => column).filter(column => column !== idColumn)
    if (key === undefined) return Promise.resolve(false)
    return this.#known.get('selects', errand.context.signal, async () => {
      const selected = await this.#tried(async () => {
        const { features } = readItems(await this.#get({ limit: 1, properties: [key] }, [], errand))
        return features.length > 0 && features.every(({ properties }) => Object.keys(properties ?? {}).join() === key)
      })
      return selected === true
    })
  }

  /** URI of the system that a geometry among the columns is declared in, where the collection can be asked for it. */
  async #crs(columns: readonly Column[], errand: Errand): Promise<string | undefined> {
    const declared = columns.find(({ type }) => isGeometry(type))
    if (!declared || !('crs' in declared) || declared.crs === undefined) return undefined
    const about = this.#about ?? (await this.#service.about(this.title, errand))
    this.#about = about
    return [...about.crs, about.storageCrs].find(uri => uri !== undefined && crsOf(uri) === crsOf(declared.crs!))
  }

  get #idProperty(): string | undefined {
    return this.#about && propertyWith('id', this.#about)?.name
  }

  #typeOf(property: string): ServerType {
    return this.#properties.get(property) ?? 'text'
  }

  /** undefined: the service refuses the question. One that is down says so to the next question as well. */
  async #tried<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask()
    } catch (error) {
      const refused = error instanceof GatewayError && /^SOURCE_(ANSWER_INVALID|CHANGED|UNAVAILABLE)$/.test(error.code)
      if (!refused) throw error
      return undefined
    }
  }
}

function hasBox(filter: Filter): boolean {
  return filter.op === 'bbox' || ('of' in filter && filter.of.some(hasBox))
}

function hasList(filter: Filter): boolean {
  return filter.op === 'or' || (filter.op === 'and' && filter.of.some(hasList))
}

/** The parameter of a link to the next page that says where it begins. */
function skipParameterIn({ json }: Said): string | undefined {
  const next = readNext(json)
  const url = next === undefined ? null : URL.parse(next, 'http://localhost')
  return [...(url?.searchParams.keys() ?? [])].find(name => /^(offset|startindex)$/i.test(name))
}
