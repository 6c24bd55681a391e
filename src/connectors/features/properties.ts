/** Which properties has a kind of feature, as its service describes them? */

import { type Column, columnsGone } from '../../model/index.ts'
import type { ServerType } from './filter.ts'
import type { Remembered } from './remember.ts'
import { isGeometry } from './rows.ts'
import type { Errand, FeatureSchema, FeatureSource } from './service.ts'
import { assumedType } from './trials.ts'

/** A description so old is asked for again before a column is said to be gone; milliseconds. */
const trustedMs = 5_000

export class Properties {
  readonly #source: FeatureSource
  readonly #known: Remembered
  #schema: FeatureSchema | undefined
  #schemaAt = 0

  constructor(source: FeatureSource, known: Remembered) {
    this.#source = source
    this.#known = known
  }

  /**
   * Makes sure that the service still has the columns.
   *
   * @throws GatewayError SOURCE_CHANGED
   */
  async expect(columns: readonly Column[], errand: Errand): Promise<void> {
    let missing = this.#missing(columns, await this.#describe(errand))
    if (missing.length > 0 && Date.now() - this.#schemaAt > trustedMs) {
      this.#known.forget('schema')
      missing = this.#missing(columns, await this.#describe(errand))
    }
    if (missing.length === 0) return
    const found = [...(this.#schema?.properties.keys() ?? [])].join(', ')
    throw columnsGone(
      missing,
      `${errand.dataset}: ${this.#source.title} has no property ${missing.join(', ')}`,
      undefined,
      `it has ${found}`,
    )
  }

  /** What the service says that a column is, else what the dataset says. */
  typeOf(column: Pick<Column, 'column' | 'type'>): ServerType {
    return this.#schema?.properties.get(this.#source.nameOf(column.column)) ?? assumedType(column.type)
  }

  async #describe(errand: Errand): Promise<FeatureSchema | undefined> {
    return this.#known.get('schema', errand.context.signal, async () => {
      this.#schema = await this.#source.schema(errand)
      this.#schemaAt = Date.now()
      return this.#schema
    })
  }

  #missing(columns: readonly Column[], schema: FeatureSchema | undefined): readonly string[] {
    if (!schema || schema.properties.size === 0) return []
    const asked = columns.filter(({ type }) => !(this.#source.oneGeometry && isGeometry(type)))
    return [...new Set(asked.map(({ column }) => column))].filter(name => !schema.properties.has(this.#source.nameOf(name)))
  }
}
