/** How is a filter written in CQL2 text? */

import type { Compared, Filter } from '../features/filter.ts'

/** Words beyond the basic ones, where a service has them. */
export interface CqlWords {
  /** `CASEI(…)`: letters in either case. */
  readonly casei: boolean
  /** `… IN (…)`. */
  readonly list: boolean
}

const signs = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

/**
 * A filter as CQL2 text. Boxes have a parameter of their own and never get here.
 *
 * @see OGC 21-065r2 (CQL2), 7 and Annex B
 * @example
 *   cqlText({ op: 'eq', property: 'art', literal: 'Linde', type: 'text' }, { casei: false, list: false })  // → "\"art\" = 'Linde'"
 *   cqlText({ op: 'like', property: 'art', pattern: 'li*', type: 'text' }, { casei: true, list: false })  // → "CASEI(\"art\") LIKE CASEI('li%')"
 */
export function cqlText(filter: Filter, words: CqlWords): string {
  switch (filter.op) {
    case 'and':
    case 'or':
      return combined(filter.op, filter.of, words)
    case 'like': {
      const [name, pattern] = [quotedName(filter.property), quoted(filter.pattern.replaceAll('*', '%'))]
      return words.casei ? `CASEI(${name}) LIKE CASEI(${pattern})` : `${name} LIKE ${pattern}`
    }
    case 'isNull':
      return `${quotedName(filter.property)} IS NULL`
    case 'notNull':
      return `${quotedName(filter.property)} IS NOT NULL`
    case 'bbox':
      throw new TypeError('a box is a parameter of its own')
    default:
      return `${quotedName(filter.property)} ${signs[filter.op]} ${literal(filter)}`
  }
}

function combined(op: 'and' | 'or', parts: readonly Filter[], words: CqlWords): string {
  const written = op === 'or' && words.list ? withLists(parts, words) : parts.map(part => cqlText(part, words))
  return written.length === 1 ? written[0]! : `(${written.join(op === 'and' ? ' AND ' : ' OR ')})`
}

/** Values that one property may equal become a list. */
function withLists(parts: readonly Filter[], words: CqlWords): string[] {
  const equal = parts.filter((part): part is Compared => part.op === 'eq')
  const lists = [...Map.groupBy(equal, part => part.property)].map(([property, values]) =>
    values.length === 1 ? cqlText(values[0]!, words) : `${quotedName(property)} IN (${values.map(literal).join(',')})`,
  )
  return [...lists, ...parts.filter(part => part.op !== 'eq').map(part => cqlText(part, words))]
}

function literal({ literal: text, type }: Compared): string {
  switch (type) {
    case 'integer':
    case 'number':
      return text
    case 'boolean':
      return text.toUpperCase()
    case 'date':
      return `DATE(${quoted(text)})`
    case 'moment':
      // CQL2 knows instants in UTC only. A wall clock is asked for with a day to spare (see features/comparison.ts).
      return `TIMESTAMP(${quoted(text.endsWith('Z') ? text : `${text}Z`)})`
    default:
      return quoted(text)
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
