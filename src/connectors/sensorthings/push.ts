/** Which part of a condition can the service be asked, so that no row is lost? Every row is looked at again here. Pure. */

import type { Column, Condition, Geometry, Scalar } from '../../model/index.ts'
import { boxAround } from '../geo/index.ts'
import { literalOf, type Stored, textPart, touching } from './literal.ts'

/** What a service has to prove for a column before it is trusted with it. */
export type Skill = 'eq' | 'range' | 'like' | 'touch'

export interface Proven {
  /** How the question calls the column. */
  readonly name: string
  readonly stored: Stored | 'shape'
  /** Nothing but the column's own value is compared: not any of a list. */
  readonly single: boolean
}

/** What is known of a service. */
export interface Facts {
  /** `undefined`: not proven, or proven wrong. */
  proven(column: Column, skill: Skill): Proven | undefined
  /** A doubled quote in a text is read as one. */
  readonly quotes: boolean
}

/** A filter that is true at least for every row that the condition is true for. */
export interface Pushed {
  /** `undefined`: every row. */
  readonly filter: string | undefined
  /** true for no other rows: what the service counts and skips is right. */
  readonly exact: boolean
}

/** Keys or values in one question; servers cut addresses off, and read long chains of `or` by descending into them. */
export const mostValues = 100
/** Characters of a filter, as they travel. */
const longest = 6000

/** The part of a condition that can be asked. `not` is carried down to the comparisons, which keeps three-valued logic. */
export function push(condition: Condition | undefined, facts: Facts): Pushed {
  if (!condition) return { filter: undefined, exact: true }
  const pushed = weaken(condition, true, facts)
  return pushed.filter !== undefined && encodeURIComponent(pushed.filter).length > longest ? unknown : pushed
}

/** What a condition would need to be asked whole. */
export function needs(condition: Condition | undefined): ReadonlyMap<Column, ReadonlySet<Skill>> {
  const found = new Map<Column, Set<Skill>>()
  push(condition, {
    quotes: true,
    proven: (column, skill) => {
      found.set(column, (found.get(column) ?? new Set()).add(skill))
      return undefined
    },
  })
  return found
}

const unknown: Pushed = { filter: undefined, exact: false }

function weaken(condition: Condition, holds: boolean, facts: Facts): Pushed {
  switch (condition.op) {
    case 'and':
    case 'or': {
      const parts = condition.of.map(part => weaken(part, holds, facts))
      return (condition.op === 'and') === holds ? all(parts) : any(parts)
    }
    case 'not':
      return weaken(condition.of, !holds, facts)
    case 'keys':
      return holds ? keyed(condition.columns, condition.keys, facts) : unknown
    case 'eq':
      return holds ? equal(condition.column, condition.value, facts) : unknown
    case 'in':
      return holds ? oneOf(condition.column, condition.values, facts) : unknown
    case 'ne':
      return holds ? unknown : equal(condition.column, condition.value, facts)
    case 'notIn':
      return holds ? unknown : oneOf(condition.column, condition.values, facts)
    case 'isNull':
      return unknown
    case 'contains':
    case 'startsWith':
      return holds ? like(condition, facts) : unknown
    case 'bbox':
    case 'within':
    case 'near':
      return holds ? near(condition, facts) : unknown
    default:
      return range(condition.column, holds ? condition.op : opposites[condition.op], condition.value, facts)
  }
}

const opposites = { lt: 'gte', gte: 'lt', lte: 'gt', gt: 'lte' } as const
const words = { lt: 'lt', lte: 'le', gt: 'gt', gte: 'ge' } as const

function all(parts: readonly Pushed[]): Pushed {
  const filters = parts.flatMap(({ filter }) => (filter === undefined ? [] : [filter]))
  return { filter: joined(filters, 'and'), exact: parts.every(({ exact }) => exact) }
}

function any(parts: readonly Pushed[]): Pushed {
  const open = parts.filter(({ filter }) => filter === undefined)
  // A part that takes every row makes the whole do so. Of nothing, `or` is false, which no filter says: rows fall away here.
  if (parts.length === 0 || open.length > 0) return { filter: undefined, exact: open.some(({ exact }) => exact) }
  return {
    filter: joined(
      parts.map(({ filter }) => filter!),
      'or',
    ),
    exact: parts.every(({ exact }) => exact),
  }
}

function joined(filters: readonly string[], word: 'and' | 'or'): string | undefined {
  return filters.length > 1 ? `(${[...new Set(filters)].join(` ${word} `)})` : filters[0]
}

function keyed(columns: readonly Column[], keys: readonly (readonly Scalar[])[], facts: Facts): Pushed {
  // Asked in any case, so that `needs` hears of it.
  const parts = (keys.length > 0 ? keys : [])
    .slice(0, mostValues)
    .map(key => all(columns.map((column, at) => equal(column, key[at]!, facts))))
  return keys.length > mostValues ? unknown : any(parts)
}

function oneOf(column: Column, values: readonly Scalar[], facts: Facts): Pushed {
  const parts = values.slice(0, mostValues).map(value => equal(column, value, facts))
  return values.length > mostValues ? unknown : any(parts)
}

function equal(column: Column, value: Scalar, facts: Facts): Pushed {
  // An instant may be written with more digits than a value has: only its place in time is compared.
  if (column.type === 'datetime') return all([range(column, 'gte', value, facts), range(column, 'lte', value, facts)])
  const proven = facts.proven(column, 'eq')
  if (!proven || proven.stored === 'shape') return unknown
  const literal = literalOf(value, proven.stored, facts.quotes)
  // Which texts are equal is a database's own business: upper and lower case, blanks at the end.
  return literal === undefined ? unknown : { filter: `${proven.name} eq ${literal}`, exact: proven.single && proven.stored !== 'text' }
}

function range(column: Column, op: keyof typeof words, value: Scalar, facts: Facts): Pushed {
  const proven = facts.proven(column, 'range')
  if (!proven || proven.stored === 'shape') return unknown
  const literal = literalOf(value, proven.stored, facts.quotes)
  return literal === undefined ? unknown : { filter: `${proven.name} ${words[op]} ${literal}`, exact: proven.single }
}

function like({ op, column, value }: Extract<Condition, { readonly op: 'contains' | 'startsWith' }>, facts: Facts): Pushed {
  const proven = facts.proven(column, 'like')
  return proven ? { filter: textPart(proven.name, value, op === 'startsWith'), exact: false } : unknown
}

function near(condition: Extract<Condition, { readonly op: 'bbox' | 'within' | 'near' }>, facts: Facts): Pushed {
  const proven = facts.proven(condition.column, 'touch')
  return proven ? { filter: touching(proven.name, areaOf(condition)), exact: false } : unknown
}

function areaOf(condition: Extract<Condition, { readonly op: 'bbox' | 'within' | 'near' }>): Geometry {
  if (condition.op === 'within') return condition.area
  const [west, south, east, north] =
    condition.op === 'bbox' ? condition.box : boxAround(condition.longitude, condition.latitude, condition.metres)
  return {
    type: 'MultiPoint',
    coordinates: [
      [west, south],
      [east, north],
    ],
  }
}
