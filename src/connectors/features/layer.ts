/** What can a kind of feature really do? Found out by asking, on first need, and remembered for a while. */

import type { Column, ConnectorServices, Dataset } from '../../model/index.ts'
import { isScalar } from '../shared/compare.ts'
import type { Filter } from './filter.ts'
import { Filters } from './filters.ts'
import { Listing } from './listing.ts'
import { Orders } from './orders.ts'
import { Properties } from './properties.ts'
import { Remembered } from './remember.ts'
import type { FeatureRow } from './rows.ts'
import type { Errand, FeatureSource } from './service.ts'
import { unlessRefused } from './trials.ts'

export class Layer {
  readonly #source: FeatureSource
  readonly #known = new Remembered()
  /** Columns that every question asks for: they tell rows apart. */
  readonly key: readonly Column[]
  readonly properties: Properties
  readonly listing: Listing
  readonly orders: Orders
  readonly filters: Filters

  constructor(source: FeatureSource, { key }: Pick<Dataset, 'key'>, warn: ConnectorServices['warn']) {
    this.#source = source
    this.key = key
    this.properties = new Properties(source, this.#known)
    this.listing = new Listing(source, key, this.#known)
    this.orders = new Orders(key, this.properties, this.listing, this.#known)
    this.filters = new Filters(source, key, this, this.#known, warn)
  }

  /** false: this version of WFS has no words for leaving out features at the beginning. */
  get mightSkip(): boolean {
    return this.#source.mightSkip
  }

  /** Whether the service really leaves out features at the beginning when it is asked to. */
  async canSkip(errand: Errand): Promise<boolean> {
    if (!this.mightSkip) return false
    return this.#known.get('skip', errand.context.signal, async () => {
      const columns = this.key
      const sortBy = await this.orders.byKey(errand)
      const wish = { columns, ...(sortBy && { sortBy }), count: 1 }
      return unlessRefused(false, async () => {
        const [[one], [two]] = [(await this.listing.page(wish, errand)).rows, (await this.listing.page({ ...wish, start: 1 }, errand)).rows]
        return !one || !two || this.identity(one) !== this.identity(two)
      })
    })
  }

  /** How many features match; undefined when the service cannot be believed. */
  async count(filter: Filter | undefined, errand: Errand): Promise<number | undefined> {
    const hits = (asked: Filter | undefined): Promise<number | undefined> =>
      unlessRefused(undefined, () => this.#source.hits(asked, errand))
    const honest = await this.#known.get('hits', errand.context.signal, async () => {
      const { rows, whole } = await this.listing.sample([], errand)
      const [all, impossible] = [await hits(undefined), await this.filters.impossible(errand)]
      return all !== undefined && (whole ? all === rows : all >= rows) && (!impossible || (await hits(impossible)) === 0)
    })
    return honest ? hits(filter) : undefined
  }

  /** What tells rows apart: the key, else the service's own id. */
  identity(row: FeatureRow): string | undefined {
    const key = this.key.map(row.cell)
    return key.length > 0 && key.every(isScalar) ? JSON.stringify(key) : row.id
  }
}
