/** Does the demo's map service answer what a WFS 2.0 has to, and refuse what it does not offer? */

import type { Service } from '../../src/demo/http.ts'
import { stadtteile, wetterstationen } from '../../src/demo/layers.ts'
import { startWfs } from '../../src/demo/wfs.ts'
import { type Element, parseXml } from '../../src/demo/xml.ts'

let service: Service

beforeAll(async () => {
  service = await startWfs([stadtteile, wetterstationen])
})

afterAll(() => service.stop())

test('the capabilities name the service, its types and what it can do', async () => {
  const { root } = await get({ request: 'GetCapabilities', service: 'WFS' })
  expect(root.name).toBe('WFS_Capabilities')
  expect(all(root, 'FeatureType').map(type => text(type, 'Name'))).toEqual(['kn:stadtteile', 'kn:wetterstationen'])
  expect(text(root, 'DefaultCRS')).toBe('urn:ogc:def:crs:EPSG::25832')
  const paging = all(root, 'Constraint').find(({ attributes }) => attributes.name === 'ImplementsResultPaging')!
  expect(text(paging, 'DefaultValue')).toBe('TRUE')
  expect(all(root, 'Get')[0]!.attributes.href).toBe(`${service.url}?`)
})

test('the schema declares every property with its type', async () => {
  const { root } = await get({ request: 'DescribeFeatureType', typeNames: 'kn:wetterstationen' })
  const declared = all(root, 'element').map(({ attributes }) => [attributes.name, attributes.type])
  expect(declared).toContainEqual(['temperatur', 'xsd:decimal'])
  expect(declared).toContainEqual(['gemessen_am', 'xsd:dateTime'])
  expect(declared).toContainEqual(['geom', 'gml:PointPropertyType'])
  expect(declared).not.toContainEqual(['stand', 'xsd:date'])
})

test('districts come as closed surfaces, easting before northing', async () => {
  const { root } = await features({ typeNames: 'kn:stadtteile', count: '1' })
  expect(root.attributes).toMatchObject({ numberMatched: '15', numberReturned: '1' })
  const [feature] = members(root)
  expect(feature).toMatchObject({ name: 'stadtteile', attributes: { id: 'stadtteile.1' } })
  expect(text(feature!, 'name')).toBe('Altstadt')
  expect(all(feature!, 'MultiSurface')[0]!.attributes.srsName).toBe('urn:ogc:def:crs:EPSG::25832')
  const numbers = text(feature!, 'posList').split(' ').map(Number)
  expect(numbers.slice(0, 2)).toEqual(numbers.slice(-2))
  expect(numbers[0]).toBeGreaterThan(500_000)
  expect(numbers[0]).toBeLessThan(520_000)
  expect(numbers[1]).toBeGreaterThan(5_270_000)
})

test('what is missing has no element', async () => {
  const { root } = await features({
    typeNames: 'kn:wetterstationen',
    filter: fes(`<fes:PropertyIsNull>${ref('temperatur')}</fes:PropertyIsNull>`),
  })
  expect(names(root)).toEqual(['Riedstraße'])
  expect(all(members(root)[0]!, 'temperatur')).toEqual([])
})

test('only the properties asked for come back', async () => {
  const { root } = await features({ typeNames: 'kn:stadtteile', propertyName: 'nr,kn:name' })
  expect(members(root)[0]!.children.map(({ name }) => name)).toEqual(['nr', 'name'])
  const withShape = await features({ typeNames: 'kn:stadtteile', propertyName: 'nr,geom' })
  expect(members(withShape.root)[0]!.children.map(({ name }) => name)).toEqual(['nr', 'geom'])
})

test('pages follow each other in the order asked for', async () => {
  const wanted = { typeNames: 'kn:stadtteile', sortBy: 'name DESC', count: '4' }
  const pages = await Promise.all([0, 4, 8, 12].map(start => features({ ...wanted, startIndex: String(start) })))
  const all = pages.flatMap(({ root }) => names(root))
  expect(all).toHaveLength(15)
  expect(all[0]).toBe('Wollmatingen')
  expect(new Set(all).size).toBe(15)
})

test('hits are counted without a feature', async () => {
  const { root } = await features({ typeNames: 'kn:stadtteile', resultType: 'hits' })
  expect(root.attributes).toMatchObject({ numberMatched: '15', numberReturned: '0' })
  expect(members(root)).toEqual([])
})

const compare = (operator: string, property: string, literal: string, attributes = '') =>
  `<fes:${operator}${attributes}>${ref(property)}<fes:Literal>${literal}</fes:Literal></fes:${operator}>`

test.each<[string, string, readonly string[]]>([
  ['equal', compare('PropertyIsEqualTo', 'nr', '035'), ['Petershausen-Ost']],
  ['equal, with a prefix', compare('PropertyIsEqualTo', 'kn:nr', '035'), ['Petershausen-Ost']],
  ['equal in another case', compare('PropertyIsEqualTo', 'name', 'KÖNIGSBAU', ' matchCase="false"'), ['Königsbau']],
  ['equal tells case apart', compare('PropertyIsEqualTo', 'name', 'KÖNIGSBAU'), []],
  ['less', compare('PropertyIsLessThan', 'nr', '030'), ['Altstadt', 'Paradies']],
  ['at least', compare('PropertyIsGreaterThanOrEqualTo', 'nr', '130'), ['Dettingen', 'Wallhausen']],
  [
    'like',
    compare('PropertyIsLike', 'name', 'Peters*', ' wildCard="*" singleChar="#" escapeChar="!"'),
    ['Petershausen-West', 'Petershausen-Ost'],
  ],
  ['like with one free sign', compare('PropertyIsLike', 'name', '#gg', ' wildCard="*" singleChar="#" escapeChar="!"'), ['Egg']],
  [
    'like takes escaped signs and dots as themselves',
    compare('PropertyIsLike', 'name', '.!**', ' wildCard="*" singleChar="#" escapeChar="!"'),
    [],
  ],
  [
    'between',
    `<fes:PropertyIsBetween>${ref('nr')}<fes:LowerBoundary><fes:Literal>010</fes:Literal></fes:LowerBoundary><fes:UpperBoundary><fes:Literal>030</fes:Literal></fes:UpperBoundary></fes:PropertyIsBetween>`,
    ['Altstadt', 'Paradies', 'Petershausen-West'],
  ],
  [
    'or',
    `<fes:Or>${compare('PropertyIsEqualTo', 'nr', '010')}${compare('PropertyIsEqualTo', 'nr', '140')}</fes:Or>`,
    ['Altstadt', 'Wallhausen'],
  ],
  [
    'and, not',
    `<fes:And>${compare('PropertyIsLessThan', 'nr', '030')}<fes:Not>${compare('PropertyIsEqualTo', 'nr', '010')}</fes:Not></fes:And>`,
    ['Paradies'],
  ],
  ['ids', '<fes:ResourceId rid="stadtteile.3"/><fes:ResourceId rid="stadtteile.1"/>', ['Altstadt', 'Petershausen-West']],
  [
    'box',
    `<fes:BBOX>${ref('geom')}<gml:Envelope srsName="urn:ogc:def:crs:EPSG::25832"><gml:lowerCorner>509600 5289000</gml:lowerCorner><gml:upperCorner>509700 5289100</gml:upperCorner></gml:Envelope></fes:BBOX>`,
    ['Wallhausen'],
  ],
])('filter: %s', async (_what, condition, expected) => {
  const wanted = { typeNames: 'kn:stadtteile', filter: fes(condition) }
  expect(names((await features(wanted)).root)).toEqual(expected)
})

test('a comparison with a missing value is unknown, and so is its opposite', async () => {
  const cold = compare('PropertyIsLessThan', 'temperatur', '100')
  const counts = await Promise.all(
    [cold, `<fes:Not>${cold}</fes:Not>`].map(filter => features({ typeNames: 'kn:wetterstationen', filter: fes(filter) })),
  )
  expect(counts.map(({ root }) => root.attributes.numberMatched)).toEqual(['11', '0'])
})

test('numbers are compared as numbers', async () => {
  const { root } = await features({ typeNames: 'kn:wetterstationen', filter: fes(compare('PropertyIsGreaterThan', 'luftfeuchte', '9')) })
  expect(root.attributes.numberMatched).toBe('12')
})

test('a request in XML is the same request', async () => {
  const body = `<wfs:GetFeature service="WFS" version="2.0.0" count="2" startIndex="1" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0">
    <wfs:Query typeNames="kn:stadtteile" xmlns:kn="https://geodaten.konstanz.example/wfs"><wfs:PropertyName>name</wfs:PropertyName>
    ${fes(compare('PropertyIsLike', 'name', '*a*', ' wildCard="*" singleChar="#" escapeChar="!"'))}
    <fes:SortBy><fes:SortProperty>${ref('name')}<fes:SortOrder>ASC</fes:SortOrder></fes:SortProperty></fes:SortBy></wfs:Query></wfs:GetFeature>`
  const response = await fetch(service.url, { method: 'POST', body, headers: { 'content-type': 'application/xml' } })
  const root = parseXml(await response.text())
  expect(root.attributes).toMatchObject({ numberMatched: '9', numberReturned: '2' })
  expect(names(root)).toEqual(['Altstadt', 'Königsbau'])
})

test.each<[string, Record<string, string>, string]>([
  ['no request', {}, 'MissingParameterValue'],
  ['an unknown request', { request: 'Transaction' }, 'OperationNotSupported'],
  ['another version', { request: 'GetFeature', version: '1.1.0', typeNames: 'kn:stadtteile' }, 'InvalidParameterValue'],
  ['a version nobody speaks', { request: 'GetCapabilities', acceptVersions: '9.9.9' }, 'VersionNegotiationFailed'],
  ['an unknown type', { request: 'GetFeature', typeNames: 'kn:personen' }, 'InvalidParameterValue'],
  ['no type', { request: 'GetFeature' }, 'MissingParameterValue'],
  ['an unknown property', { request: 'GetFeature', typeNames: 'kn:stadtteile', propertyName: 'iban' }, 'InvalidParameterValue'],
  ['an unknown property to sort by', { request: 'GetFeature', typeNames: 'kn:stadtteile', sortBy: 'iban' }, 'InvalidParameterValue'],
  [
    'a filter on an unknown property',
    { request: 'GetFeature', typeNames: 'kn:stadtteile', filter: fes(compare('PropertyIsEqualTo', 'iban', 'x')) },
    'InvalidParameterValue',
  ],
  [
    'an operator that is not offered',
    { request: 'GetFeature', typeNames: 'kn:stadtteile', filter: fes(`<fes:Beyond>${ref('geom')}</fes:Beyond>`) },
    'OperationNotSupported',
  ],
  ['a filter that is half XML', { request: 'GetFeature', typeNames: 'kn:stadtteile', filter: '<fes:Filter' }, 'OperationParsingFailed'],
  [
    'a filter with a DTD',
    { request: 'GetFeature', typeNames: 'kn:stadtteile', filter: '<!DOCTYPE a [<!ENTITY b "c">]><Filter/>' },
    'OperationParsingFailed',
  ],
  ['another reference system', { request: 'GetFeature', typeNames: 'kn:stadtteile', srsName: 'EPSG:31467' }, 'InvalidParameterValue'],
  ['another format', { request: 'GetFeature', typeNames: 'kn:stadtteile', outputFormat: 'application/json' }, 'InvalidParameterValue'],
  ['a count that is no number', { request: 'GetFeature', typeNames: 'kn:stadtteile', count: '-1' }, 'InvalidParameterValue'],
])('%s is refused with an exception report', async (_what, parameters, code) => {
  const { status, root } = await get(parameters)
  expect(status).toBe(400)
  expect(root.name).toBe('ExceptionReport')
  expect(all(root, 'Exception')[0]!.attributes.exceptionCode).toBe(code)
})

test('nothing is found beside the service', async () => {
  expect((await fetch(service.url.replace('/wfs', '/etc/passwd'))).status).toBe(404)
})

async function get(parameters: Record<string, string>) {
  const response = await fetch(`${service.url}?${new URLSearchParams(parameters)}`)
  return { status: response.status, root: parseXml(await response.text()) }
}

function features(parameters: Record<string, string>) {
  return get({ service: 'WFS', version: '2.0.0', request: 'GetFeature', ...parameters })
}

function fes(condition: string): string {
  return `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:kn="https://geodaten.konstanz.example/wfs">${condition}</fes:Filter>`
}

function ref(property: string): string {
  return `<fes:ValueReference>${property}</fes:ValueReference>`
}

function members(root: Element): readonly Element[] {
  return all(root, 'member').flatMap(({ children }) => children)
}

function names(root: Element): readonly string[] {
  return members(root).map(member => text(member, 'name'))
}

function all(element: Element, name: string): readonly Element[] {
  return element.children.flatMap(child => [...(child.name === name ? [child] : []), ...all(child, name)])
}

function text(element: Element, name: string): string {
  return all(element, name)[0]!.text
}
