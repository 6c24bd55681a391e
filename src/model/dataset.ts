/** What is a dataset, and what may one audience know of it? */

import type { Capabilities } from './capabilities.ts'
import type { Condition } from './condition.ts'
import type { Column, EngineColumn, OpenField } from './field.ts'
import type { Normalise } from './normalise.ts'
import type { Text } from './text.ts'

/** A declared link to another dataset; part of the exposure and approved like a field. */
export interface Relation {
  readonly name: string
  readonly title: Text
  readonly about?: Text
  /** Id of the other dataset. */
  readonly to: string
  /** Pairs of columns: `left` of this dataset, `right` of the other. */
  readonly match: readonly { readonly left: Column; readonly right: Column }[]
  readonly normalise?: Normalise
  /** true: a connection of all that match; false: the first that matches, or null. */
  readonly many: boolean
}

export interface Owner {
  readonly department: string
  readonly contact?: string
}

/** Of how many rows a small dataset may consist. */
export interface Small {
  /** 1 … 10 000; with more, the dataset answers nothing. */
  readonly rows: number
}

/** A dataset as one audience may know it: whatever is closed to that audience is not in here. */
export interface Dataset {
  readonly id: string
  readonly title: Text
  readonly about?: Text
  readonly owner: Owner
  /** Short name of the licence, such as `dl-de/by-2-0`. */
  readonly licence: string
  readonly attribution?: string
  /** Codes of the EU data-theme authority table, such as `ENVI`. */
  readonly themes: readonly string[]
  readonly updated?: string
  readonly names: { readonly type: string; readonly one: string; readonly many: string }
  readonly source: { readonly id: string; readonly kind: string; readonly title: string }
  /** Table, layer, collection …: parsed by the connector's own `place` schema; opaque to every other room. */
  readonly place: Readonly<Record<string, unknown>>
  /** What this kind of source can do, or the gateway for a small dataset; filters and orders are offered only as far as this goes. */
  readonly can: Capabilities
  /** Set for a dataset that the gateway answers over all its rows at once, whatever the source can do; see `resolvers/snapshot.ts`. */
  readonly small?: Small
  /** Columns that tell rows apart; the last resort of every order. */
  readonly key: readonly EngineColumn[]
  /** Applies to every request, whatever was asked. Added by `resolvers/read.ts` only. */
  readonly rowRule?: Condition
  readonly fields: readonly OpenField[]
  readonly relations: readonly Relation[]
  readonly freshForSeconds: number
  readonly staleForSeconds: number
  /** Changes whenever anything about what this audience may see of this dataset changes; part of every cache key. */
  readonly hash: string
}

/** What the catalogue may say of a dataset that is not open to this audience: no field, no value. */
export interface ClosedDataset {
  readonly id: string
  readonly title: Text
  readonly about?: Text
  readonly owner: Owner
  readonly themes: readonly string[]
  /** `otherAudience`: an API key of that audience opens it. `notApproved`: waits for the data-protection officer. */
  readonly reason: 'otherAudience' | 'notApproved'
}

/** Everything one audience may know: frozen, and the only thing faces are generated from. */
export interface Model {
  readonly audience: string
  readonly datasets: ReadonlyMap<string, Dataset>
  readonly closed: readonly ClosedDataset[]
  /** Changes whenever the model changes. */
  readonly hash: string
}
