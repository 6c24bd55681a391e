/** How is a WFS asked, once it is clear what? */

import type { BBox, Column, ConnectorServices, SourceSetting } from '../../model/index.ts'
import { type Srs, srsOf } from '../features/axes.ts'
import type { Filter } from '../features/filter.ts'
import { checkAxes, isGeometry, type Reading, rowOf } from '../features/rows.ts'
import type { Collection } from '../features/sent.ts'
import type { Errand, FeatureSchema, FeatureSource, Page, PageWish } from '../features/service.ts'
import { basicAuth, createFetch, type Fetch, type HttpAnswer, hostOf } from '../shared/fetch.ts'
import { readAnswer } from './answer.ts'
import { askedSrs } from './axes.ts'
import type { WfsConnection, WfsPlace } from './options.ts'
import { isReport, reported, unreadable } from './report.ts'
import { describeFeatureType, getCapabilities, getFeature, type HttpQuestion, localName, type Question } from './request.ts'
import { readSchema } from './schema.ts'

export class WfsService {
  readonly connection: WfsConnection
  readonly extent: BBox | undefined
  readonly #fetch: Fetch
  readonly #headers: Readonly<Record<string, string>>

  constructor(source: SourceSetting<WfsConnection>, services: ConnectorServices) {
    this.connection = source.connection
    this.#fetch = createFetch({
      source: source.id,
      hosts: [hostOf(source.connection.url)],
      limits: source.limits,
      call: services.call,
      received: services.received,
      mayRetry: services.mayRetry,
    })
    this.extent = services.extent
    const { user, password } = source.connection
    this.#headers = user === undefined ? {} : { authorization: basicAuth(user, password ?? '') }
  }

  async ask({ url, method, body }: HttpQuestion, { dataset, context }: Errand): Promise<{ answer: HttpAnswer; shown: string }> {
    const headers = { ...this.#headers, ...(body !== undefined && { 'content-type': 'text/xml; charset=UTF-8' }) }
    const answer = await this.#fetch(url, { dataset, context, method, headers, errorBodies: true, ...(body !== undefined && { body }) })
    return { answer, shown: `${dataset}: ${method} ${new URL(url).host}${new URL(url).pathname}` }
  }

  /**
   * What the service says of itself.
   *
   * @throws GatewayError SOURCE_ANSWER_INVALID when it is no capabilities document
   */
  async capabilities(errand: Errand): Promise<string> {
    const { answer, shown } = await this.ask(getCapabilities(this.connection), errand)
    const text = answer.text()
    const root = text.trimStart().startsWith('<') ? rootName(text) : undefined
    if (root !== undefined && isReport(root)) throw reported(text, { shown, status: answer.status, typeName: '', properties: [] })
    if (root !== 'WFS_Capabilities' || answer.status >= 400) throw unreadable(shown, answer.status, text, 'no description of a WFS')
    return text
  }

  close(): void {
    this.#fetch.close()
  }
}

/** One feature type of a service. */
export class FeatureType implements FeatureSource {
  readonly title: string
  readonly mightSkip: boolean
  readonly oneGeometry: boolean
  readonly #service: WfsService
  readonly #place: WfsPlace
  /** Of the type's prefix, as soon as the service has said it. */
  #namespace: string | undefined

  constructor(service: WfsService, place: WfsPlace) {
    this.title = place.typeName
    // WFS 1.1 has no parameter for it.
    this.mightSkip = service.connection.version !== '1.1.0'
    this.oneGeometry = service.connection.format === 'geojson'
    this.#service = service
    this.#place = place
  }

  async page({ columns, filter, sortBy, start, count }: PageWish, errand: Errand): Promise<Page> {
    const srs = this.#declared(columns)
    const question: Question = {
      ...this.#question(columns.map(column => column.column)),
      count,
      ...(filter && { filter }),
      ...(sortBy && { sortBy }),
      ...(start && { start }),
      ...(srs && { srsName: srs.name }),
    }
    const { answer, shown } = await this.#service.ask(getFeature(this.#service.connection, question), errand)
    const collection = this.#read(answer, shown, columns)
    const { axes } = this.#place
    const geojson = this.#service.connection.format === 'geojson'
    const form = { xFirst: geojson, plainDegrees: geojson, nameOf: localName }
    const reading: Reading = { columns, ...form, ...(srs && { srs }), ...(axes && { axes }) }
    if (this.#service.extent) checkAxes(collection.features, reading, this.#service.extent, shown)
    const rows = collection.features.map(feature => rowOf(feature, reading))
    const srsName = srsNameIn(collection)
    return { rows, ...(collection.matched !== undefined && { matched: collection.matched }), ...(srsName && { srsName }) }
  }

  async hits(filter: Filter | undefined, errand: Errand): Promise<number | undefined> {
    const question: Question = { ...this.#question([]), hits: true, ...(filter && { filter }) }
    const { answer, shown } = await this.#service.ask(getFeature(this.#service.connection, question), errand)
    const { matched, numberOfFeatures } = this.#read(answer, shown, [])
    return matched ?? numberOfFeatures
  }

  async schema(errand: Errand): Promise<FeatureSchema | undefined> {
    const text = await this.described(errand)
    if (text === undefined) return undefined
    const { namespace, columns } = readSchema(text, localName(this.title))
    this.#namespace = namespace
    return { properties: columns }
  }

  /** The XML Schema itself; undefined when the service does not say it in words that are understood. */
  async described(errand: Errand): Promise<string | undefined> {
    const typeName = this.title
    const { answer, shown } = await this.#service.ask(describeFeatureType(this.#service.connection, typeName), errand)
    const text = answer.text()
    if (!text.trimStart().startsWith('<')) return undefined
    const root = rootName(text)
    if (root !== undefined && isReport(root)) {
      const failure = reported(text, { shown, status: answer.status, typeName, properties: [] })
      // A service that does not describe its types can still be asked for features.
      if (failure.code === 'SOURCE_ANSWER_INVALID') return undefined
      throw failure
    }
    if (answer.status >= 400) throw unreadable(shown, answer.status, text, 'no description of the type')
    return root === 'schema' ? text : undefined
  }

  /** A few features as the service writes them, without geometry. Only for looking. */
  async sample(columns: readonly string[], count: number, errand: Errand): Promise<Collection> {
    const question = { ...this.#question(columns), count }
    const { answer, shown } = await this.#service.ask(getFeature(this.#service.connection, question), errand)
    const asked = { shown, status: answer.status, typeName: this.title, properties: columns }
    return readAnswer(answer.text(), asked, { properties: new Set(columns.map(localName)), geometries: new Set() })
  }

  nameOf(column: string): string {
    return localName(column)
  }

  srs(column: Column, answered: string | undefined): Srs | undefined {
    return this.#declared([column]) ?? (answered === undefined ? undefined : srsOf(answered, this.#place.axes))
  }

  /** The system that geometries among the columns are asked in: the one the dataset declares. */
  #declared(columns: readonly Column[]): Srs | undefined {
    const declared = columns.flatMap(column => (isGeometry(column.type) && 'crs' in column && column.crs ? [column.crs] : []))
    return declared[0] === undefined ? undefined : askedSrs(declared[0], this.#service.connection, this.#place.axes)
  }

  #question(properties: readonly string[]): Pick<Question, 'typeName' | 'properties' | 'namespace'> {
    return { typeName: this.title, properties: [...new Set(properties)], ...(this.#namespace && { namespace: this.#namespace }) }
  }

  #read(answer: HttpAnswer, shown: string, columns: readonly Column[]): Collection {
    const asked = { shown, status: answer.status, typeName: this.title, properties: columns.map(({ column }) => column) }
    const names = (some: readonly Column[]): ReadonlySet<string> => new Set(some.map(({ column }) => localName(column)))
    const text = answer.text()
    const collection = readAnswer(text, asked, {
      properties: names(columns),
      geometries: names(columns.filter(({ type }) => isGeometry(type))),
    })
    if (answer.status >= 400) throw unreadable(shown, answer.status, text, 'features with the status of an error')
    return collection
  }
}

/** The name of a document's first element, without reading the rest. */
function rootName(text: string): string | undefined {
  return /^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<(?:[\w.-]+:)?([\w.-]+)/.exec(text)?.[1]
}

function srsNameIn({ features }: Collection): string | undefined {
  for (const { values } of features) {
    for (const value of values.values()) {
      if (typeof value === 'object' && value !== null && value.srsName) return value.srsName
    }
  }
  return undefined
}
