/** How is a filter written so that a WFS understands it? */

import type { Filter } from '../features/filter.ts'

export type WfsVersion = '2.0.0' | '1.1.0'

interface Dialect {
  readonly prefix: string
  /** Element that names a property. */
  readonly property: string
  readonly namespaces: string
}

const dialects: Readonly<Record<WfsVersion, Dialect>> = {
  '2.0.0': {
    prefix: 'fes',
    property: 'fes:ValueReference',
    namespaces: 'xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"',
  },
  '1.1.0': {
    prefix: 'ogc',
    property: 'ogc:PropertyName',
    namespaces: 'xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml"',
  },
}

const comparisons = {
  eq: 'EqualTo',
  lt: 'LessThan',
  lte: 'LessThanOrEqualTo',
  gt: 'GreaterThan',
  gte: 'GreaterThanOrEqualTo',
} as const

/**
 * A filter as an XML element with its namespaces.
 *
 * @param prefixes further namespace declarations, for properties with a prefix
 * @see OGC 09-026r2 (Filter Encoding 2.0), OGC 04-095 (Filter Encoding 1.1)
 */
export function filterXml(filter: Filter, version: WfsVersion, prefixes = ''): string {
  const { prefix, namespaces } = dialects[version]
  return `<${prefix}:Filter ${namespaces}${prefixes && ` ${prefixes}`}>${operator(filter, version)}</${prefix}:Filter>`
}

/** An order as an XML element; its prefix must be declared around it. */
export function sortXml(order: readonly { readonly property: string; readonly descending: boolean }[], version: WfsVersion): string {
  const { prefix, property } = dialects[version]
  const parts = order.map(
    by =>
      `<${prefix}:SortProperty><${property}>${escapeXml(by.property)}</${property}>` +
      `<${prefix}:SortOrder>${by.descending ? 'DESC' : 'ASC'}</${prefix}:SortOrder></${prefix}:SortProperty>`,
  )
  return `<${prefix}:SortBy>${parts.join('')}</${prefix}:SortBy>`
}

/** The namespaces of filters, for the root of a document that holds some. */
export function filterNamespaces(version: WfsVersion): string {
  return dialects[version].namespaces
}

function operator(filter: Filter, version: WfsVersion): string {
  const { prefix, property } = dialects[version]
  const element = (name: string, content: string, attributes = ''): string =>
    `<${prefix}:${name}${attributes}>${content}</${prefix}:${name}>`
  switch (filter.op) {
    case 'and':
    case 'or':
      return combined(filter.op, filter.of, version)
    case 'like': {
      const attributes = ' wildCard="*" singleChar="#" escapeChar="!" matchCase="false"'
      return element('PropertyIsLike', reference(filter.property, property) + literal(filter.pattern, prefix), attributes)
    }
    case 'isNull':
      return element('PropertyIsNull', reference(filter.property, property))
    case 'notNull':
      return element('Not', element('PropertyIsNull', reference(filter.property, property)))
    case 'bbox': {
      const [lower, upper] = [filter.lower.join(' '), filter.upper.join(' ')]
      const corners = `<gml:lowerCorner>${lower}</gml:lowerCorner><gml:upperCorner>${upper}</gml:upperCorner>`
      const envelope = `<gml:Envelope srsName="${escapeXml(filter.srsName)}">${corners}</gml:Envelope>`
      return element('BBOX', reference(filter.property, property) + envelope)
    }
    default:
      return element(`PropertyIs${comparisons[filter.op]}`, reference(filter.property, property) + literal(filter.literal, prefix))
  }
}

/** Parts side by side. */
const mostParts = 8

/** A tree of small groups: MapServer turns a flat list into parentheses in parentheses, and SQLite gives up at about thirty. */
function combined(op: 'and' | 'or', parts: readonly Filter[], version: WfsVersion): string {
  const [first] = parts
  if (first && parts.length === 1) return operator(first, version)
  const name = `${dialects[version].prefix}:${op === 'and' ? 'And' : 'Or'}`
  const half = Math.ceil(parts.length / 2)
  const content =
    parts.length <= mostParts
      ? parts.map(part => operator(part, version)).join('')
      : combined(op, parts.slice(0, half), version) + combined(op, parts.slice(half), version)
  return `<${name}>${content}</${name}>`
}

function reference(name: string, element: string): string {
  return `<${element}>${escapeXml(name)}</${element}>`
}

function literal(text: string, prefix: string): string {
  return `<${prefix}:Literal>${escapeXml(text)}</${prefix}:Literal>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/**
 * Text as it may stand in XML, in an element or an attribute.
 *
 * @example
 *   escapeXml('<a & "b">')  // → '&lt;a &amp; &quot;b&quot;&gt;'
 */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, sign => entities[sign]!)
}
