/** Questions to a WFS, word for word. */

import { filterXml } from '../../../src/connectors/wfs/fes.ts'
import { wfs } from '../../../src/connectors/wfs/index.ts'
import { describeFeatureType, getFeature, type Question } from '../../../src/connectors/wfs/request.ts'

const second = wfs.connection.parse({ url: 'https://geo.example/wfs' }) as Parameters<typeof getFeature>[0]
const first = { ...second, version: '1.1.0' as const }
const question: Question = {
  typeName: 'app:baeume',
  namespace: 'http://geo.example/app',
  properties: ['nr', 'art'],
  filter: { op: 'eq', property: 'art', literal: 'Linde & <Ahorn>', type: 'text' },
  sortBy: [
    { property: 'nr', descending: false },
    { property: 'art', descending: true },
  ],
  start: 20,
  count: 10,
  srsName: 'urn:ogc:def:crs:EPSG::25832',
}

const parameters = (url: string) => Object.fromEntries(new URL(url).searchParams)

test('WFS 2.0, as a URL', () => {
  const { method, url, body } = getFeature(second, question)
  expect([method, body]).toEqual(['GET', undefined])
  expect(parameters(url)).toEqual({
    SERVICE: 'WFS',
    VERSION: '2.0.0',
    REQUEST: 'GetFeature',
    TYPENAMES: 'app:baeume',
    PROPERTYNAME: 'nr,art',
    FILTER:
      '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="http://geo.example/app">' +
      '<fes:PropertyIsEqualTo><fes:ValueReference>art</fes:ValueReference><fes:Literal>Linde &amp; &lt;Ahorn&gt;</fes:Literal></fes:PropertyIsEqualTo>' +
      '</fes:Filter>',
    SORTBY: 'nr ASC,art DESC',
    STARTINDEX: '20',
    COUNT: '10',
    SRSNAME: 'urn:ogc:def:crs:EPSG::25832',
  })
})

test('WFS 1.1, as a URL', () => {
  expect(parameters(getFeature(first, question).url)).toMatchObject({
    VERSION: '1.1.0',
    TYPENAME: 'app:baeume',
    SORTBY: 'nr A,art D',
    MAXFEATURES: '10',
    FILTER:
      '<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:app="http://geo.example/app">' +
      '<ogc:PropertyIsEqualTo><ogc:PropertyName>art</ogc:PropertyName><ogc:Literal>Linde &amp; &lt;Ahorn&gt;</ogc:Literal></ogc:PropertyIsEqualTo>' +
      '</ogc:Filter>',
  })
})

describe('a question too long for a URL is posted', () => {
  const long: Question = { ...question, filter: { op: 'eq', property: 'art', literal: 'ä'.repeat(2_000), type: 'text' } }

  test('WFS 2.0', () => {
    const { method, url, body } = getFeature(second, long)
    expect([method, url]).toEqual(['POST', 'https://geo.example/wfs'])
    expect(body?.replace('ä'.repeat(2_000), '…')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="http://geo.example/app" service="WFS" version="2.0.0" startIndex="20" count="10">' +
        '<wfs:Query typeNames="app:baeume" srsName="urn:ogc:def:crs:EPSG::25832">' +
        '<wfs:PropertyName>nr</wfs:PropertyName><wfs:PropertyName>art</wfs:PropertyName>' +
        '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"><fes:PropertyIsEqualTo><fes:ValueReference>art</fes:ValueReference><fes:Literal>…</fes:Literal></fes:PropertyIsEqualTo></fes:Filter>' +
        '<fes:SortBy><fes:SortProperty><fes:ValueReference>nr</fes:ValueReference><fes:SortOrder>ASC</fes:SortOrder></fes:SortProperty><fes:SortProperty><fes:ValueReference>art</fes:ValueReference><fes:SortOrder>DESC</fes:SortOrder></fes:SortProperty></fes:SortBy>' +
        '</wfs:Query></wfs:GetFeature>',
    )
  })

  test('WFS 1.1, and without a prefix that nobody has declared', () => {
    const { namespace: _, ...bare } = long
    const body = getFeature(first, bare).body?.replace('ä'.repeat(2_000), '…')
    expect(body).toContain('service="WFS" version="1.1.0" startIndex="20" maxFeatures="10"><wfs:Query typeName="baeume" srsName=')
    expect(body).toContain('<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>nr</ogc:PropertyName><ogc:SortOrder>ASC</ogc:SortOrder>')
  })
})

test('counts are asked for as GML, whatever the format', () => {
  const geojson = { ...second, format: 'geojson' as const }
  expect(parameters(getFeature(geojson, { typeName: 'baeume', properties: [], hits: true }).url)).toEqual({
    SERVICE: 'WFS',
    VERSION: '2.0.0',
    REQUEST: 'GetFeature',
    TYPENAMES: 'baeume',
    RESULTTYPE: 'hits',
  })
  expect(parameters(getFeature(geojson, question).url).OUTPUTFORMAT).toBe('application/json')
  expect(parameters(getFeature({ ...geojson, outputFormat: 'geojson' }, question).url).OUTPUTFORMAT).toBe('geojson')
})

test('parameters of the service’s own stay, those of a pasted GetCapabilities go', () => {
  const pasted = { ...second, url: 'https://geo.example/cgi?map=stadt&Service=WFS&request=GetCapabilities&VERSION=1.0.0#oben' }
  expect(describeFeatureType(pasted, 'app:baeume').url).toBe(
    'https://geo.example/cgi?map=stadt&SERVICE=WFS&VERSION=2.0.0&REQUEST=DescribeFeatureType&TYPENAMES=app%3Abaeume&TYPENAME=app%3Abaeume',
  )
})

describe('filters', () => {
  const xml = (filter: Parameters<typeof filterXml>[0], version: '2.0.0' | '1.1.0' = '2.0.0') =>
    filterXml(filter, version).replace(/^<\w+:Filter[^>]*>|<\/\w+:Filter>$/g, '')
  const eq = (literal: string) => ({ op: 'eq', property: 'nr', literal, type: 'integer' }) as const

  test.each([
    ['lt', 'PropertyIsLessThan'],
    ['lte', 'PropertyIsLessThanOrEqualTo'],
    ['gt', 'PropertyIsGreaterThan'],
    ['gte', 'PropertyIsGreaterThanOrEqualTo'],
  ] as const)('%s is %s', (op, name) => {
    expect(xml({ op, property: 'nr', literal: '7', type: 'integer' })).toBe(
      `<fes:${name}><fes:ValueReference>nr</fes:ValueReference><fes:Literal>7</fes:Literal></fes:${name}>`,
    )
  })

  test('like ignores case and says which signs are special', () => {
    expect(xml({ op: 'like', property: 'art', pattern: '*linde*' })).toBe(
      '<fes:PropertyIsLike wildCard="*" singleChar="#" escapeChar="!" matchCase="false"><fes:ValueReference>art</fes:ValueReference><fes:Literal>*linde*</fes:Literal></fes:PropertyIsLike>',
    )
  })

  test('a missing value, and a value that is there', () => {
    expect(xml({ op: 'isNull', property: 'art' }, '1.1.0')).toBe(
      '<ogc:PropertyIsNull><ogc:PropertyName>art</ogc:PropertyName></ogc:PropertyIsNull>',
    )
    expect(xml({ op: 'notNull', property: 'art' })).toBe(
      '<fes:Not><fes:PropertyIsNull><fes:ValueReference>art</fes:ValueReference></fes:PropertyIsNull></fes:Not>',
    )
  })

  test('a box', () => {
    expect(xml({ op: 'bbox', property: 'geom', srsName: 'EPSG:25832', lower: [1, 2], upper: [3, 4] })).toBe(
      '<fes:BBOX><fes:ValueReference>geom</fes:ValueReference><gml:Envelope srsName="EPSG:25832"><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4</gml:upperCorner></gml:Envelope></fes:BBOX>',
    )
  })

  test('an And of one is that one: MapServer refuses it otherwise', () => {
    expect(xml({ op: 'and', of: [eq('1')] })).toBe(xml(eq('1')))
  })

  test('many parts are a tree of small groups, none of them lost', () => {
    const many = xml({ op: 'or', of: Array.from({ length: 100 }, (_, nr) => eq(String(nr))) })
    expect(many.match(/<fes:Literal>/g)).toHaveLength(100)
    const groups = many.match(/<fes:Or>(<fes:PropertyIsEqualTo>.*?<\/fes:PropertyIsEqualTo>)+<\/fes:Or>/g) ?? []
    expect(groups.length).toBeGreaterThan(12)
  })

  test('a literal that wants to be markup stays a literal', () => {
    const hostile = '</fes:Literal></fes:PropertyIsEqualTo><fes:Or>\'"&amp;'
    expect(xml(eq(hostile))).toContain('&lt;/fes:Literal&gt;&lt;/fes:PropertyIsEqualTo&gt;&lt;fes:Or&gt;&apos;&quot;&amp;amp;')
  })
})

test('what a source file may say', () => {
  expect(wfs.connection.parse({ url: 'https://geo.example/wfs' })).toEqual({
    url: 'https://geo.example/wfs',
    version: '2.0.0',
    format: 'gml',
    srsName: 'urn',
  })
  for (const wrong of [
    { url: 'geo.example/wfs' },
    { url: 'ftp://geo.example' },
    { url: 'https://x.example', verison: '2.0.0' },
    { url: 'https://x.example', version: '1.0.0' },
  ]) {
    expect(wfs.connection.safeParse(wrong).success).toBe(false)
  }
  expect(wfs.place.safeParse({ typeName: 'app:baeume', axes: 'yx' }).success).toBe(true)
  expect(wfs.place.safeParse({ typeName: '' }).success).toBe(false)
  expect(wfs.place.safeParse({ layer: 'baeume' }).success).toBe(false)
})
