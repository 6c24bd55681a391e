/** What does the geodata office's map service answer? A small WFS 2.0, so that the demo asks a real service over HTTP. */

import { boxTest, checkCrs, fieldNamed, geometryName, readFilter, type Test, WfsException } from './fes.ts'
import { capabilities, exceptionReport, featureCollection, schema } from './gml.ts'
import { type Asked, type Reply, type Service, serve } from './http.ts'
import type { Feature, Layer, LayerField } from './layers.ts'
import { type Element, parseXml } from './xml.ts'

const version = '2.0.0'
const pageSize = 1000

/**
 * Answers GetCapabilities, DescribeFeatureType and GetFeature, by GET or POST, under `/wfs`. What it does not offer it refuses with an
 * exception report; it never ignores a filter.
 *
 * @see OGC 09-025r2 (WFS 2.0), OGC 09-026r2 (Filter Encoding 2.0)
 */
export async function startWfs(layers: readonly Layer[]): Promise<Service> {
  const service = await serve(asked => answer(asked, layers, () => `${service.url}/wfs`))
  return { url: `${service.url}/wfs`, stop: service.stop }
}

/** A request in one form, however it came. */
interface Wanted {
  /** Parameters by name in lower case. */
  readonly parameters: ReadonlyMap<string, string>
  readonly filter?: Element
}

function answer(asked: Asked, layers: readonly Layer[], url: () => string): Reply {
  if (asked.path !== '/wfs') return { status: 404, type: 'text/plain', body: 'not found' }
  try {
    const wanted = asked.method === 'POST' ? fromXml(asked.body) : fromQuery(asked.query)
    return { status: 200, type: 'application/gml+xml; version=3.2', ...operation(wanted, layers, url) }
  } catch (error) {
    const known =
      error instanceof WfsException ? error : new WfsException('OperationParsingFailed', 'request', 'the request cannot be read')
    return { status: 400, type: 'application/xml', body: exceptionReport(known.code, known.locator, known.message) }
  }
}

function operation(wanted: Wanted, layers: readonly Layer[], url: () => string): Partial<Reply> & { readonly body: string } {
  const { parameters } = wanted
  const name = parameters.get('request')
  if (name === undefined) throw new WfsException('MissingParameterValue', 'request', 'the parameter request is missing')
  if ((parameters.get('service') ?? 'WFS') !== 'WFS') throw invalid('service', 'this is a WFS')
  switch (name) {
    case 'GetCapabilities':
      if (!list(parameters.get('acceptversions') ?? version).includes(version))
        throw new WfsException('VersionNegotiationFailed', 'acceptVersions', `only ${version} is offered`)
      return { type: 'application/xml', body: capabilities(layers, url(), pageSize) }
    case 'DescribeFeatureType':
      checkVersion(parameters)
      return { body: schema(typesNamed(parameters, layers) ?? layers) }
    case 'GetFeature':
      checkVersion(parameters)
      return { body: getFeature(wanted, layers) }
    default:
      throw new WfsException('OperationNotSupported', 'request', `${name} is not offered`)
  }
}

function getFeature({ parameters, filter }: Wanted, layers: readonly Layer[]): string {
  const types = typesNamed(parameters, layers)
  if (!types) throw new WfsException('MissingParameterValue', 'typeNames', 'the parameter typeNames is missing')
  const [layer, ...more] = types
  if (!layer || more.length > 0) throw invalid('typeNames', 'one type at a time')
  checkCrs(parameters.get('srsname'))
  checkFormat(parameters.get('outputformat'))
  const tests = testsIn(parameters, filter, layer)
  const matching = sorted(layer, parameters.get('sortby')).filter(feature => tests.every(test => test(feature) === true))
  const start = whole(parameters, 'startindex') ?? 0
  const count = Math.min(whole(parameters, 'count') ?? pageSize, pageSize)
  const hits = (parameters.get('resulttype') ?? 'results') === 'hits'
  const { fields, withGeometry } = selected(parameters.get('propertyname'), layer)
  return featureCollection({
    layer,
    features: hits ? [] : matching.slice(start, start + count),
    fields,
    withGeometry,
    matched: matching.length,
    timeStamp: new Date().toISOString(),
  })
}

function testsIn(parameters: ReadonlyMap<string, string>, filter: Element | undefined, layer: Layer): readonly Test[] {
  const [box, ids] = [parameters.get('bbox'), parameters.get('resourceid')]
  if ([box, ids, filter].filter(part => part !== undefined).length > 1)
    throw invalid('filter', 'bbox, resourceId and filter exclude each other')
  if (filter) return [readFilter(filter, layer)]
  if (ids !== undefined) {
    const wanted = new Set(list(ids))
    return [feature => wanted.has(`${layer.name}.${feature.id}`)]
  }
  if (box === undefined) return []
  const [west, south, east, north, crs] = box.split(',')
  checkCrs(crs)
  return [boxTest([west, south, east, north].map(Number))]
}

/** `nr,name DESC`; what is missing comes first. */
function sorted(layer: Layer, sortBy: string | undefined): readonly Feature[] {
  const orders = list(sortBy ?? '').map(part => {
    const [name = '', direction = 'ASC'] = part.split(/\s+/)
    if (!/^(A|ASC|D|DESC)$/i.test(direction)) throw invalid('sortBy', 'the direction is ASC or DESC')
    return { field: fieldNamed(name, layer).name, sign: /^D/i.test(direction) ? -1 : 1 }
  })
  return layer.features.toSorted((one, other) => {
    for (const { field, sign } of orders) {
      const order = compare(one.values[field] ?? null, other.values[field] ?? null)
      if (order !== 0) return sign * order
    }
    return one.id - other.id
  })
}

function compare(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? -1 : 1
  return one < other ? -1 : 1
}

function selected(names: string | undefined, layer: Layer): { readonly fields: readonly LayerField[]; readonly withGeometry: boolean } {
  if (names === undefined) return { fields: layer.fields, withGeometry: true }
  const wanted = list(names.replace(/[()]/g, '')).map(name => name.replace(/^.*[:/]/, ''))
  const fields = wanted.filter(name => name !== geometryName).map(name => fieldNamed(name, layer))
  return { fields, withGeometry: wanted.includes(geometryName) }
}

/** undefined: none was named. */
function typesNamed(parameters: ReadonlyMap<string, string>, layers: readonly Layer[]): readonly Layer[] | undefined {
  const names = parameters.get('typenames') ?? parameters.get('typename')
  if (names === undefined) return undefined
  return list(names).map(name => {
    const layer = layers.find(layer => layer.name === name.replace(/^.*:/, ''))
    if (!layer) throw invalid('typeNames', `there is no type ${name}`)
    return layer
  })
}

function checkVersion(parameters: ReadonlyMap<string, string>): void {
  if ((parameters.get('version') ?? version) !== version) throw invalid('version', `only ${version} is offered`)
}

function checkFormat(format: string | undefined): void {
  if (format === undefined || (/gml/i.test(format) && /3[.]2/.test(format))) return
  throw invalid('outputFormat', 'only GML 3.2 is offered')
}

function whole(parameters: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = parameters.get(name)
  if (text !== undefined && !/^\d{1,9}$/.test(text)) throw invalid(name, 'a whole number is expected')
  return text === undefined ? undefined : Number(text)
}

function fromQuery(query: URLSearchParams): Wanted {
  const parameters = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]))
  const filter = parameters.get('filter')
  return { parameters, ...(filter !== undefined && { filter: rootNamed('Filter', parseXml(filter)) }) }
}

/** The same in XML (OGC 09-025r2, 11.2): attributes of the operation and of its one query become parameters. */
function fromXml(body: string): Wanted {
  const root = parseXml(body)
  const queries = root.children.filter(({ name }) => name === 'Query')
  if (queries.length > 1) throw invalid('Query', 'one query at a time')
  const query = queries[0]
  const texts = (name: string, element: Element | undefined) =>
    element?.children.filter(child => child.name === name).map(({ text }) => text.trim()) ?? []
  const joined = (name: string, values: readonly string[]) => (values.length > 0 ? [[name, values.join(',')] as const] : [])
  const order = query?.children
    .find(({ name }) => name === 'SortBy')
    ?.children.map(property => [...texts('ValueReference', property), ...texts('SortOrder', property)].join(' '))
  const filter = query?.children.find(({ name }) => name === 'Filter')
  return {
    parameters: new Map([
      ['request', root.name],
      ...Object.entries({ ...root.attributes, ...query?.attributes }).map(
        ([name, value]) => [name.toLowerCase(), value.replace(/\s+/g, ',')] as const,
      ),
      ...joined('typenames', texts('TypeName', root)),
      ...joined('propertyname', texts('PropertyName', query)),
      ...joined('sortby', order ?? []),
    ]),
    ...(filter && { filter }),
  }
}

function rootNamed(name: string, element: Element): Element {
  if (element.name !== name) throw invalid('filter', `${name} is expected`)
  return element
}

/** `a,b` or `(a),(b)`. */
function list(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

function invalid(locator: string, message: string): WfsException {
  return new WfsException('InvalidParameterValue', locator, message)
}
