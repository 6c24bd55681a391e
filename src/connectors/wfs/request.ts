/** How does a question to a feature type become an HTTP request? Pure: nothing is sent here. */

import type { Filter } from '../features/filter.ts'
import { escapeXml, filterNamespaces, filterXml, sortXml, type WfsVersion } from './fes.ts'
import type { WfsConnection } from './options.ts'

/** Features of one type: the only thing a WFS is ever asked for. There is no transaction in here. */
export interface Question {
  readonly typeName: string
  /** Namespace of the type's prefix, where the service has said it. */
  readonly namespace?: string
  /** Never empty, except for `hits`: without names a service sends everything it has. */
  readonly properties: readonly string[]
  readonly filter?: Filter
  readonly sortBy?: readonly { readonly property: string; readonly descending: boolean }[]
  /** Features to leave out at the beginning; WFS 1.1 can't. */
  readonly start?: number
  readonly count?: number
  /** How many there are, and none of them. */
  readonly hits?: boolean
  readonly srsName?: string
}

export interface HttpQuestion {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly body?: string
}

/** Characters of a URL that every server and proxy on the way takes; longer questions are posted. */
const longestUrl = 2_000

/**
 * GetFeature, as a URL where it is short enough, else as XML in a POST.
 *
 * @see OGC 09-025r2, 11 (WFS 2.0), OGC 04-094, 9 (WFS 1.1)
 */
export function getFeature(connection: WfsConnection, question: Question): HttpQuestion {
  const url = withParameters(connection, 'GetFeature', parametersOf(connection, question))
  return url.length <= longestUrl
    ? { method: 'GET', url }
    : { method: 'POST', url: address(connection).href, body: documentOf(connection, question) }
}

/** DescribeFeatureType: which properties a feature type has, and of which type. */
export function describeFeatureType(connection: WfsConnection, typeName: string): HttpQuestion {
  // WFS 2.0.0 calls the parameter TYPENAME in one table and TYPENAMES in another; services follow either.
  const names = connection.version === '2.0.0' ? { TYPENAMES: typeName, TYPENAME: typeName } : { TYPENAME: typeName }
  return { method: 'GET', url: withParameters(connection, 'DescribeFeatureType', names) }
}

/** GetCapabilities: which feature types there are. */
export function getCapabilities(connection: WfsConnection): HttpQuestion {
  return { method: 'GET', url: withParameters(connection, 'GetCapabilities', {}) }
}

function parametersOf({ version, ...connection }: WfsConnection, question: Question): Record<string, string> {
  const second = version === '2.0.0'
  const { properties, filter, sortBy, start, count, hits, srsName } = question
  const prefixes = prefixDeclaration(question)
  return {
    [second ? 'TYPENAMES' : 'TYPENAME']: question.typeName,
    ...(properties.length > 0 && { PROPERTYNAME: properties.join(',') }),
    ...(filter && { FILTER: filterXml(filter, version, prefixes) }),
    ...(sortBy && { SORTBY: sortBy.map(by => `${by.property} ${sortWord(by.descending, version)}`).join(',') }),
    ...(start && { STARTINDEX: String(start) }),
    ...(count !== undefined && { [second ? 'COUNT' : 'MAXFEATURES']: String(count) }),
    // Counts are asked for as GML: MapServer's GeoJSON of a count is an empty collection without the count.
    ...(hits ? { RESULTTYPE: 'hits' } : formatOf(connection)),
    ...(srsName && { SRSNAME: srsName }),
  }
}

function sortWord(descending: boolean, version: WfsVersion): string {
  // OGC 04-094, 14.7.3 writes A and D; OGC 09-025r2, 7.9.2.5 writes ASC and DESC.
  if (version === '1.1.0') return descending ? 'D' : 'A'
  return descending ? 'DESC' : 'ASC'
}

function formatOf({ format, outputFormat }: Pick<WfsConnection, 'format' | 'outputFormat'>): Record<string, string> {
  return format === 'geojson' ? { OUTPUTFORMAT: outputFormat ?? 'application/json' } : {}
}

function documentOf({ version, ...connection }: WfsConnection, question: Question): string {
  const second = version === '2.0.0'
  const { properties, filter, sortBy, start, count, hits, srsName } = question
  const { OUTPUTFORMAT: outputFormat } = hits ? {} : formatOf(connection)
  const root = [
    `xmlns:wfs="http://www.opengis.net/wfs${second ? '/2.0' : ''}"`,
    filterNamespaces(version),
    prefixDeclaration(question),
    `service="WFS" version="${version}"`,
    hits ? 'resultType="hits"' : '',
    outputFormat ? `outputFormat="${escapeXml(outputFormat)}"` : '',
    start ? `startIndex="${start}"` : '',
    count === undefined ? '' : `${second ? 'count' : 'maxFeatures'}="${count}"`,
  ]
  // An undeclared prefix is no XML at all; services find the type by its bare name as well.
  const typeName = question.namespace ? question.typeName : localName(question.typeName)
  const query = [`${second ? 'typeNames' : 'typeName'}="${escapeXml(typeName)}"`, srsName ? `srsName="${escapeXml(srsName)}"` : '']
  const parts = [
    ...properties.map(name => `<wfs:PropertyName>${escapeXml(name)}</wfs:PropertyName>`),
    filter ? filterXml(filter, version) : '',
    sortBy ? sortXml(sortBy, version) : '',
  ]
  return `<?xml version="1.0" encoding="UTF-8"?><wfs:GetFeature ${joined(root)}><wfs:Query ${joined(query)}>${parts.join('')}</wfs:Query></wfs:GetFeature>`
}

function joined(attributes: readonly string[]): string {
  return attributes.filter(attribute => attribute !== '').join(' ')
}

function prefixDeclaration({ typeName, namespace }: Question): string {
  const [prefix, name] = typeName.split(':')
  return namespace && prefix && name ? `xmlns:${prefix}="${escapeXml(namespace)}"` : ''
}

/**
 * A name without its prefix: what answers call a property whatever prefix they choose.
 *
 * @example
 *   localName('app:baeume')  // → 'baeume'
 */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

function withParameters(connection: WfsConnection, request: string, parameters: Record<string, string>): string {
  const url = address(connection)
  for (const [name, value] of Object.entries({ SERVICE: 'WFS', VERSION: connection.version, REQUEST: request, ...parameters })) {
    url.searchParams.append(name, value)
  }
  return url.href
}

/** The service's address with parameters of its own only: people paste the address of GetCapabilities. */
function address({ url }: WfsConnection): URL {
  const found = new URL(url)
  for (const name of [...found.searchParams.keys()]) {
    if (['service', 'request', 'version'].includes(name.toLowerCase())) found.searchParams.delete(name)
  }
  found.hash = ''
  return found
}
