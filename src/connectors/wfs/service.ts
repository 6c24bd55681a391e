/** How is a WFS asked, once it is clear what? */

import type { BBox, Column, ConnectorServices, ReadContext, SourceSetting } from '../../model/index.ts'
import { basicAuth, createFetch, type Fetch, type HttpAnswer, hostOf } from '../shared/fetch.ts'
import { readAnswer } from './answer.ts'
import { askedSrs, type Srs } from './axes.ts'
import type { Fes } from './fes.ts'
import type { WfsConnection, WfsPlace } from './options.ts'
import { isReport, reported, unreadable } from './report.ts'
import { describeFeatureType, getFeature, type HttpQuestion, localName, type Question } from './request.ts'
import { checkAxes, type FeatureRow, isGeometry, type Reading, rowOf } from './rows.ts'
import { readSchema, type TypeSchema } from './schema.ts'
import type { Collection } from './sent.ts'

/** For whom the service is asked. */
export interface Errand {
  /** Id of the dataset. */
  readonly dataset: string
  readonly place: WfsPlace
  readonly context: ReadContext
}

/** One page of features. */
export interface PageWish {
  readonly columns: readonly Column[]
  readonly filter?: Fes
  readonly sortBy?: readonly Sort[]
  readonly start?: number
  readonly count: number
}

export interface Sort {
  readonly property: string
  readonly descending: boolean
}

export interface Page {
  readonly rows: readonly FeatureRow[]
  /** How many features match, when the service says a number. */
  readonly matched?: number
  /** How the service spells the system it answers in. */
  readonly srsName?: string
}

export class WfsService {
  readonly connection: WfsConnection
  readonly #fetch: Fetch
  readonly #extent: BBox | undefined
  readonly #headers: Readonly<Record<string, string>>

  constructor(source: SourceSetting<WfsConnection>, services: ConnectorServices) {
    this.connection = source.connection
    this.#fetch = createFetch({
      source: source.id,
      hosts: [hostOf(source.connection.url)],
      limits: source.limits,
      call: services.call,
    })
    this.#extent = services.extent
    const { user, password } = source.connection
    this.#headers = user === undefined ? {} : { authorization: basicAuth(user, password ?? '') }
  }

  /** Some features, as rows of the columns asked for. */
  async page(wish: PageWish, errand: Errand, namespace?: string): Promise<Page> {
    const { columns, ...rest } = wish
    const srs = this.srs(columns, errand.place)
    const properties = [...new Set(columns.map(column => column.column))]
    const question: Question = {
      ...rest,
      typeName: errand.place.typeName,
      properties,
      ...(namespace && { namespace }),
      ...(srs && { srsName: srs.name }),
    }
    const { answer, shown } = await this.#ask(getFeature(this.connection, question), errand)
    const collection = this.#read(answer, shown, errand, columns)
    const axes = errand.place.axes
    const reading: Reading = { columns, format: this.connection.format, ...(srs && { srs }), ...(axes && { axes }) }
    if (this.#extent) checkAxes(collection.features, reading, this.#extent, shown)
    const rows = collection.features.map(feature => rowOf(feature, reading))
    const srsName = srsNameIn(collection)
    return { rows, ...(collection.matched !== undefined && { matched: collection.matched }), ...(srsName && { srsName }) }
  }

  /** How many features match; undefined when the service says no number. */
  async hits(filter: Fes | undefined, errand: Errand, namespace?: string): Promise<number | undefined> {
    const question: Question = {
      typeName: errand.place.typeName,
      properties: [],
      hits: true,
      ...(filter && { filter }),
      ...(namespace && { namespace }),
    }
    const { answer, shown } = await this.#ask(getFeature(this.connection, question), errand)
    const { matched, numberOfFeatures } = this.#read(answer, shown, errand, [])
    return matched ?? numberOfFeatures
  }

  /**
   * What the service says of a feature type; undefined when it does not say it in words that are understood.
   *
   * @throws GatewayError SOURCE_CHANGED when there is no such type
   */
  async schema(errand: Errand): Promise<TypeSchema | undefined> {
    const { typeName } = errand.place
    const { answer, shown } = await this.#ask(describeFeatureType(this.connection, typeName), errand)
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
    return root === 'schema' ? readSchema(text, localName(typeName)) : undefined
  }

  /** The system that geometries among the columns are asked in: the one the dataset declares. */
  srs(columns: readonly Column[], place: WfsPlace): Srs | undefined {
    const declared = columns.flatMap(column => (isGeometry(column.type) && 'crs' in column && column.crs ? [column.crs] : []))
    return declared[0] === undefined ? undefined : askedSrs(declared[0], this.connection, place.axes)
  }

  close(): void {
    this.#fetch.close()
  }

  async #ask({ url, method, body }: HttpQuestion, { dataset, context }: Errand): Promise<{ answer: HttpAnswer; shown: string }> {
    const headers = { ...this.#headers, ...(body !== undefined && { 'content-type': 'text/xml; charset=UTF-8' }) }
    const answer = await this.#fetch(url, { dataset, context, method, headers, errorBodies: true, ...(body !== undefined && { body }) })
    return { answer, shown: `${dataset}: ${method} ${new URL(url).host}${new URL(url).pathname}` }
  }

  #read(answer: HttpAnswer, shown: string, { place: { typeName } }: Errand, columns: readonly Column[]): Collection {
    const asked = { shown, status: answer.status, typeName, properties: columns.map(({ column }) => column) }
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
