/** How does a question to a collection become parameters of its items? Pure: nothing is sent here. */

import type { Compared, Filter } from '../features/filter.ts'
import type { Pushed } from '../features/pushed.ts'
import type { Sort } from '../features/service.ts'
import { type CqlWords, cqlText } from './cql.ts'

/** With which words a collection can be asked, as far as it has shown that it takes them. */
export interface Means {
  /** Absent: there is no CQL2, only `name=value` and `datetime`. */
  readonly cql?: CqlWords
  /** Properties that may be compared. */
  readonly properties: ReadonlySet<string>
  readonly boxes: boolean
  /** The property that `datetime` compares with. */
  readonly temporal?: string
}

export interface Question {
  readonly limit: number
  readonly filter?: Filter
  readonly sortBy?: readonly Sort[]
  /** Features to leave out at the beginning, and what the service calls that. */
  readonly skip?: { readonly parameter: string; readonly count: number }
  /** Properties to send; absent: all. */
  readonly properties?: readonly string[]
  /** URI of the system for coordinates; absent: WGS 84, longitude first. */
  readonly crs?: string
}

/**
 * The parameters of a question.
 *
 * @see OGC 17-069r4, 7.15 (limit, bbox, datetime, properties as parameters); 18-058r1, 6.3 (crs); 19-079r2, 7 (filter)
 */
export function parametersOf(question: Question, cql: CqlWords | undefined): Readonly<Record<string, string>> {
  const { limit, filter, sortBy, skip, properties, crs } = question
  return {
    limit: String(limit),
    ...(skip && { [skip.parameter]: String(skip.count) }),
    ...(filter && filterParameters(filter, cql)),
    ...(sortBy && { sortby: sortBy.map(by => `${by.descending ? '-' : ''}${by.property}`).join(',') }),
    ...(properties && { properties: properties.join(',') }),
    ...(crs && { crs }),
  }
}

function filterParameters(filter: Filter, cql: CqlWords | undefined): Record<string, string> {
  const parts = conjuncts(filter)
  const box = parts.find(part => part.op === 'bbox')
  const others = parts.filter(part => part.op !== 'bbox')
  const compared = cql ? cqlParameters(others, cql) : plainParameters(others)
  return { ...(box && { bbox: [...box.lower, ...box.upper].join(',') }), ...compared }
}

function cqlParameters(parts: readonly Filter[], cql: CqlWords): Record<string, string> {
  if (parts.length === 0) return {}
  const text = cqlText(parts.length === 1 ? parts[0]! : { op: 'and', of: parts }, cql)
  return { filter: text, 'filter-lang': 'cql2-text' }
}

function plainParameters(parts: readonly Filter[]): Record<string, string> {
  const equal = parts.filter((part): part is Compared => part.op === 'eq')
  const bound = (op: 'gte' | 'lte'): string | undefined => parts.find((part): part is Compared => part.op === op)?.literal
  const [from, to] = [bound('gte'), bound('lte')]
  return {
    ...Object.fromEntries(equal.map(({ property, literal }) => [property, literal])),
    ...((from ?? to) !== undefined && {
      datetime: `${from === undefined ? '..' : instant(from)}/${to === undefined ? '..' : instant(to)}`,
    }),
  }
}

function instant(text: string): string {
  return text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text
}

/** Parameters with a meaning of their own: a property of such a name cannot be asked for by its name. */
const reserved =
  /^(limit|offset|startindex|bbox.*|datetime|filter.*|sortby|properties|crs|f|q|ids|profile|token|lang|skipgeometry|resulttype|.*[^\w.:äöüÄÖÜß-].*)$/i

/**
 * What of a filter a collection has words for. The rest is left out, so that more features come.
 *
 * @example
 *   wordsFor({ op: 'isNull', property: 'art' }, { properties: new Set(['art']), boxes: true })  // → { filter: 'all', trust: 'loose' }
 */
export function wordsFor(filter: Filter, means: Means): Pushed {
  const parts = conjuncts(filter)
  const kept = once(
    parts.flatMap(part => sayable(part, means) ?? []),
    means,
  )
  const trust = kept.length === parts.length && kept.every((part, at) => part === parts[at]) ? 'exact' : 'loose'
  if (kept.length === 0) return { filter: 'all', trust }
  return { filter: kept.length === 1 ? kept[0]! : { op: 'and', of: kept }, trust }
}

function sayable(part: Filter, means: Means): Filter | undefined {
  if (part.op === 'bbox') return means.boxes ? part : undefined
  return means.cql ? inCql(part, means.properties) : asParameter(part, means)
}

function inCql(part: Filter, properties: ReadonlySet<string>): Filter | undefined {
  switch (part.op) {
    case 'bbox':
      return undefined
    case 'or': {
      const of = part.of.map(inner => inCql(inner, properties))
      return of.some(inner => inner === undefined) ? undefined : same(part, of as readonly Filter[])
    }
    case 'and': {
      const of = part.of.flatMap(inner => inCql(inner, properties) ?? [])
      return of.length === 0 ? undefined : same(part, of)
    }
    default:
      return properties.has(part.property) ? part : undefined
  }
}

/** The very part, when nothing has been left out of it. */
function same(part: Extract<Filter, { readonly of: readonly Filter[] }>, of: readonly Filter[]): Filter {
  return of.length === part.of.length && of.every((inner, at) => inner === part.of[at]) ? part : { op: part.op, of }
}

/** Signs that some services read as wildcards or lists. */
const special = /[*,]/

function asParameter(part: Filter, { properties, temporal }: Means): Filter | undefined {
  if (part.op === 'gte' || part.op === 'lte') return part.property === temporal ? part : undefined
  if (part.op !== 'eq' || !properties.has(part.property) || reserved.test(part.property) || special.test(part.literal)) return undefined
  return part
}

/** Parameters come once: of two boxes or two values for one property, the first is asked for. */
function once(parts: readonly Filter[], { cql }: Means): Filter[] {
  const seen = new Set<string>()
  return parts.filter(part => {
    const parameter = part.op === 'bbox' ? 'bbox' : cql ? undefined : part.op === 'eq' ? part.property : part.op
    return parameter === undefined || (!seen.has(parameter) && seen.add(parameter))
  })
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.op === 'and' ? filter.of.flatMap(conjuncts) : [filter]
}

/** Names of the properties that a filter compares, with what the service holds them for where the filter says so. */
export function propertiesIn(filter: Filter): ReadonlyMap<string, Compared['type'] | undefined> {
  const found = new Map<string, Compared['type'] | undefined>()
  const look = (part: Filter): void => {
    if ('of' in part) part.of.forEach(look)
    else if (part.op !== 'bbox') found.set(part.property, 'type' in part ? part.type : found.get(part.property))
  }
  look(filter)
  return found
}
