/** What is asked of a service instead of a condition, and how close it comes? */

import type { Column } from '../../model/index.ts'
import type { Srs } from './axes.ts'
import type { Filter, ServerType } from './filter.ts'

/**
 * What the service is asked instead of a condition. It finds every row that the condition is true for, and perhaps more: all rows
 * are looked at again here.
 */
export interface Pushed {
  /** `all`: nothing is asked. `none`: no row can match. */
  readonly filter: Filter | 'all' | 'none'
  readonly trust: Trust
}

/** The filter as it goes to the service; undefined when nothing is asked. */
export function filterOf({ filter }: Pushed): Filter | undefined {
  return typeof filter === 'string' ? undefined : filter
}

/**
 * How close the filter comes to the condition. `exact`: the same rows. `nearly`: the same but for the last digit of a float.
 * `loose`: more rows, so that numbers of rows and places in an order are not those of the service.
 */
export type Trust = 'exact' | 'nearly' | 'loose'

/** What a service must have shown that it can do with a column, before it is asked to. */
export type Skill =
  | 'eq'
  | 'range'
  | 'like'
  | 'isNull'
  | 'bbox'
  /** Tells upper from lower case when texts are compared. */
  | 'case'

/** What is known of a feature type. */
export interface Known {
  /** What the service says the column is, else what the dataset says. */
  serverType(column: Column): ServerType
  can(column: Column, skill: Skill): boolean
  /** How boxes on this geometry are written. */
  srs(column: Column): Srs | undefined
}

export const everything: Pushed = { filter: 'all', trust: 'loose' }
export const always: Pushed = { filter: 'all', trust: 'exact' }
export const never: Pushed = { filter: 'none', trust: 'exact' }

/** All of it. */
export function every(parts: readonly Pushed[]): Pushed {
  if (parts.some(part => part.filter === 'none')) return never
  const trust = worst(parts)
  const asked = parts.flatMap(({ filter }) => (typeof filter === 'string' ? [] : [filter]))
  return asked.length === 0 ? { filter: 'all', trust } : { filter: joined('and', asked), trust }
}

/** One of it. */
export function some(parts: readonly Pushed[]): Pushed {
  const possible = parts.filter(part => part.filter !== 'none')
  const trust = worst(possible)
  if (possible.length === 0) return never
  if (possible.some(part => part.filter === 'all')) return { filter: 'all', trust }
  const asked = possible.flatMap(({ filter }) => (typeof filter === 'string' ? [] : [filter]))
  return { filter: joined('or', asked), trust }
}

/** One part stands alone, and parts of the same kind become one list: some services refuse an `And` of one. */
function joined(op: 'and' | 'or', parts: readonly Filter[]): Filter {
  const flat = parts.flatMap(part => (part.op === op ? part.of : [part]))
  return flat.length === 1 ? flat[0]! : { op, of: flat }
}

function worst(parts: readonly Pushed[]): Trust {
  if (parts.some(part => part.trust === 'loose')) return 'loose'
  return parts.some(part => part.trust === 'nearly') ? 'nearly' : 'exact'
}
