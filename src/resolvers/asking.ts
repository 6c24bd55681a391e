/** Who is asking, through which model, and what does answering need? */

import type { AnswerCache, BBox, Clock, Connector, Language, LocalEngine, Model } from '../model/index.ts'
import type { Provenance } from './provenance.ts'
import type { Seal } from './seal.ts'
import type { StreamSlots } from './slots.ts'

/** What the whole gateway shares; handed over by `app.ts` once. */
export interface House {
  /** By source id. */
  readonly connectors: ReadonlyMap<string, Connector>
  readonly cache: AnswerCache
  /** Answers over the rows of small datasets. */
  readonly local: LocalEngine
  readonly seal: Seal
  readonly now: Clock
  /** IANA zone in which instants are written. */
  readonly zone: string
  readonly city: string
  /** Where the city lies; without it no place is looked at. */
  readonly extent?: BBox
  /** What happens to places that lie far outside: counted only, or served as null. */
  readonly outside: 'flag' | 'close'
  readonly limits: Limits
  /** Streams that run at this moment. */
  readonly streams: StreamSlots
  /** Told how many distinct keys of a relation led somewhere, once for each question that follows it without a filter. */
  readonly joined: (join: Joined) => void
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void
}

/** How many keys of one question found rows on the other side of a relation. */
export interface Joined {
  /** Id of the dataset that the relation begins in. */
  readonly dataset: string
  readonly relation: string
  readonly matched: number
  /** Not there, or closed by the row rule. */
  readonly unmatched: number
}

/** Groups of an aggregate when the caller names no number. */
export const defaultGroups = 100

/** What one request may ask for. */
export interface Limits {
  /** Rows of a page at most. */
  readonly pageSize: number
  /** Rows of a page when the caller names no size. */
  readonly defaultPageSize: number
  /** Fields below one another. */
  readonly depth: number
  /** Renamed fields in one request. */
  readonly aliases: number
  /** Rows that one request could return: page sizes multiplied along the path, added over the request. */
  readonly cost: number
  /** Groups of an aggregate at most. */
  readonly groups: number
  /** Values in all filters of one field together. */
  readonly filterValues: number
  /** Milliseconds until a request is given up. */
  readonly requestMs: number
  /** Milliseconds until a stream is given up. */
  readonly exportMs: number
}

/** One request of one caller. */
export interface Asking {
  readonly house: House
  readonly model: Model
  readonly language: Language
  /** Aborted when the caller leaves or the time is up; the reason is a GatewayError. */
  readonly signal: AbortSignal
  readonly requestId: string
  readonly provenance: Provenance
  /** Batches of this request; see `loaders.ts`. */
  readonly batches: Map<unknown, unknown>
}
