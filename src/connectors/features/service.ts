/** What must a service be able to say, so that its features can be served as rows? */

import type { Column, ReadContext } from '../../model/index.ts'
import type { Srs } from './axes.ts'
import type { Filter, ServerType } from './filter.ts'
import type { Pushed } from './pushed.ts'
import type { FeatureRow } from './rows.ts'

/** For whom the service is asked. */
export interface Errand {
  /** Id of the dataset. */
  readonly dataset: string
  readonly context: ReadContext
}

/** One page of features. */
export interface PageWish {
  readonly columns: readonly Column[]
  readonly filter?: Filter
  readonly sortBy?: readonly Sort[]
  /** Features to leave out at the beginning. */
  readonly start?: number
  readonly count: number
  /** The page that an earlier one named as the next; everything but `columns` is in it already. */
  readonly next?: string
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
  /** The service's own address of the page that follows; '' when it says that one does, but not where. */
  readonly next?: string
}

/** What a service says of the properties of its features. */
export interface FeatureSchema {
  /** By name; empty when nothing is known. */
  readonly properties: ReadonlyMap<string, ServerType>
}

/** One kind of feature at one service: a feature type of a WFS, a collection of an OGC API. */
export interface FeatureSource {
  /** As the service calls it, for the log. */
  readonly title: string
  /** false: it has no words for leaving out features at the beginning. */
  readonly mightSkip: boolean
  /** true: features have one geometry, whatever a dataset calls it. */
  readonly oneGeometry: boolean
  page(wish: PageWish, errand: Errand): Promise<Page>
  /** How many features match; undefined when the service says no number. */
  hits(filter: Filter | undefined, errand: Errand): Promise<number | undefined>
  /**
   * Undefined when the service does not say it in words that are understood.
   *
   * @throws GatewayError SOURCE_CHANGED when there are no such features
   */
  schema(errand: Errand): Promise<FeatureSchema | undefined>
  /** The name that schema and answers have for a column. */
  nameOf(column: string): string
  /**
   * How boxes on a geometry are written; undefined when nothing says it.
   *
   * @param answered how answers spell their system, where that is known already
   */
  srs(column: Column, answered: string | undefined): Srs | undefined
  /** What of a filter there are words for; absent: all. The rest is left out, so that more features come. */
  words?(filter: Filter, errand: Errand): Promise<Pushed>
}
