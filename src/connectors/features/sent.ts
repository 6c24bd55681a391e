/** What comes from a service, before anyone says which types it should have? */

import type { Geometry } from '../../model/index.ts'

/** A value that is there and cannot be understood. */
export const unreadableValue: unique symbol = Symbol('unreadable')

/** A geometry as the service wrote it: coordinates in the service's order and reference system. */
export interface SentGeometry {
  readonly geometry: Geometry
  /** As spelled by the service; absent when it does not say. */
  readonly srsName?: string
}

export type Sent = null | string | number | boolean | SentGeometry | typeof unreadableValue

export interface SentFeature {
  /** The service's own; some make new ones for every answer. */
  readonly id?: string
  /** By name, in a WFS without its prefix. A property that is not in here was not sent: it has no value. */
  readonly values: ReadonlyMap<string, Sent>
}

export interface Collection {
  readonly features: readonly SentFeature[]
  /** How many features match, when the service says a number. */
  readonly matched?: number
  /** WFS 1.1: features in this answer; for a question of how many, those that match. */
  readonly numberOfFeatures?: number
}

/** What is to be kept of an answer, by name, in a WFS without its prefix. */
export interface Kept {
  readonly properties: ReadonlySet<string>
  /** Those among them that are geometries: GeoJSON has one, whatever its name. */
  readonly geometries: ReadonlySet<string>
}
