/** How is a collection asked for its features, and how are they read? */

import type { Column, Dataset } from '../../model/index.ts'
import { type Srs, srsOf } from '../features/axes.ts'
import type { Filter, ServerType } from '../features/filter.ts'
import type { Pushed } from '../features/pushed.ts'
import { checkAxes, isGeometry, type Reading, rowOf } from '../features/rows.ts'
import type { Errand, FeatureSchema, FeatureSource, Page, PageWish } from '../features/service.ts'
import { crsOf } from '../geo/index.ts'
import { idColumn, namesIn, readFeature, readItems, readNext, valueIn } from './answer.ts'
import type { CqlWords } from './cql.ts'
import type { OgcPlace } from './options.ts'
import { Proofs } from './proofs.ts'
import { parametersOf, type Question } from './question.ts'
import { guessType } from './schema.ts'
import { type About, type OgcService, propertyWith, type Said } from './service.ts'

/** Features that are looked at to learn the names of properties that no schema tells. */
const lookedAt = 100
/** Features in one answer: some services refuse more. */
const mostAtOnce = 10_000

export class Collection implements FeatureSource {
  readonly title: string
  readonly mightSkip = true
  readonly oneGeometry = true
  readonly #service: OgcService
  readonly #place: OgcPlace
  readonly #key: readonly Column[]
  readonly #proofs: Proofs
  #about: About | undefined
  /** What is known of the properties, declared or seen. */
  #properties: ReadonlyMap<string, ServerType> = new Map()
  /** What the service calls leaving out features at the beginning; the standard has no word for it. */
  #skip = 'offset'

  constructor(service: OgcService, { place, key }: Pick<Dataset, 'place' | 'key'>) {
    this.#service = service
    this.#place = place as OgcPlace
    this.#key = key
    this.title = this.#place.collection
    this.#proofs = new Proofs({
      key,
      temporal: this.#place.temporal,
      warn: service.warn,
      about: () => this.#about,
      typeOf: property => this.#properties.get(property) ?? 'text',
      conformance: errand => service.conformance(errand),
      ask: async (question, errand, cql) => readItems(await this.#get(question, [], errand, cql)),
    })
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

  words(filter: Filter, errand: Errand): Promise<Pushed> {
    return this.#proofs.words(filter, errand)
  }

  async #look(errand: Errand): Promise<ReadonlyMap<string, ServerType>> {
    const { features } = readItems(await this.#get({ limit: lookedAt }, [], errand))
    const valuesOf = (name: string): readonly unknown[] =>
      features.map(feature => valueIn(feature, name)).filter(value => value !== undefined && value !== null && value !== '')
    return new Map([...namesIn(features)].map(name => [name, guessType(valuesOf(name))]))
  }

  async #items(wish: PageWish, crs: string | undefined, errand: Errand): Promise<Said> {
    const { columns, filter, sortBy, start, count, next } = wish
    const names = columns.map(({ column }) => column)
    if (next !== undefined) return this.#service.follow(next, this.title, names, errand)
    const properties = await this.#proofs.projection(columns, errand)
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
    const parameters = parametersOf(question, words ?? (await this.#proofs.cql(errand)))
    const said = await this.#service.get(['collections', this.title, 'items'], parameters, [this.title, ...names], errand)
    this.#skip = skipParameterIn(said) ?? this.#skip
    return said
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
}

/** The parameter of a link to the next page that says where it begins. */
function skipParameterIn({ json }: Said): string | undefined {
  const next = readNext(json)
  const url = next === undefined ? null : URL.parse(next, 'http://localhost')
  return [...(url?.searchParams.keys() ?? [])].find(name => /^(offset|startindex)$/i.test(name))
}
