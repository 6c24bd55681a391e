/** Which filters do services of every kind have words for? */

/** A filter in the few words that services agree on. There is no `not`: services have been seen to get it wrong. */
export type Filter =
  | Compared
  /** `*` stands for any characters; letters in either case. The pattern holds nothing else that needs escaping. */
  | { readonly op: 'like'; readonly property: string; readonly pattern: string }
  | { readonly op: 'isNull' | 'notNull'; readonly property: string }
  | Boxed
  | { readonly op: 'and' | 'or'; readonly of: readonly Filter[] }

export interface Compared {
  readonly op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte'
  readonly property: string
  readonly literal: string
  /** What the service holds the property for: some languages write a number otherwise than a text. */
  readonly type: ServerType
}

export interface Boxed {
  readonly op: 'bbox'
  readonly property: string
  /** Of the corners, as the service spells it. */
  readonly srsName: string
  readonly lower: Corner
  readonly upper: Corner
}

/** Two coordinates in the order that the service wants. */
export type Corner = readonly [number, number]

/** What a property is to the service, as far as asking is concerned. */
export type ServerType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'moment' | 'time' | 'geometry' | 'other'
