/** How do layers and features look in the XML of a WFS 2.0? */

import type { Point } from './districts.ts'
import { comparisonOperators, geometryName } from './fes.ts'
import { type Feature, type Layer, type LayerField, layerCrs } from './layers.ts'
import { escapeXml } from './xml.ts'

export const namespace = { prefix: 'kn', uri: 'https://geodaten.konstanz.example/wfs' } as const

const crs = `urn:ogc:def:crs:EPSG::${layerCrs}`
const declarations = [
  `xmlns:${namespace.prefix}="${namespace.uri}"`,
  'xmlns:wfs="http://www.opengis.net/wfs/2.0"',
  'xmlns:gml="http://www.opengis.net/gml/3.2"',
  'xmlns:ows="http://www.opengis.net/ows/1.1"',
  'xmlns:fes="http://www.opengis.net/fes/2.0"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(' ')

export function exceptionReport(code: string, locator: string, message: string): string {
  const text = `<ows:ExceptionText>${escapeXml(message)}</ows:ExceptionText>`
  return `<ows:ExceptionReport ${declarations} version="2.0.0"><ows:Exception exceptionCode="${code}" locator="${escapeXml(locator)}">${text}</ows:Exception></ows:ExceptionReport>`
}

interface Collected {
  readonly layer: Layer
  readonly features: readonly Feature[]
  readonly fields: readonly LayerField[]
  readonly withGeometry: boolean
  readonly matched: number
  readonly timeStamp: string
}

/** A page of features; with none of them it answers how many there are. */
export function featureCollection({ layer, features, fields, withGeometry, matched, timeStamp }: Collected): string {
  const members = features.map(feature => `<wfs:member>${member(layer, feature, fields, withGeometry)}</wfs:member>`)
  return `<wfs:FeatureCollection ${declarations} timeStamp="${timeStamp}" numberMatched="${matched}" numberReturned="${features.length}">${members.join('\n')}</wfs:FeatureCollection>`
}

function member(layer: Layer, feature: Feature, fields: readonly LayerField[], withGeometry: boolean): string {
  const id = `${layer.name}.${feature.id}`
  const properties = fields.map(({ name }) => {
    const value = feature.values[name]
    // What is missing has no element: the schema says minOccurs="0".
    return value === null || value === undefined ? '' : element(name, escapeXml(String(value)))
  })
  const geometry = withGeometry ? element(geometryName, shape(feature, id)) : ''
  return `<${namespace.prefix}:${layer.name} gml:id="${id}">${properties.join('')}${geometry}</${namespace.prefix}:${layer.name}>`
}

function shape(feature: Feature, id: string): string {
  if ('point' in feature.shape) {
    return `<gml:Point gml:id="${id}.g" srsName="${crs}"><gml:pos>${positions([feature.shape.point])}</gml:pos></gml:Point>`
  }
  const rings = feature.shape.rings.map(ring => `<gml:LinearRing><gml:posList>${positions(ring)}</gml:posList></gml:LinearRing>`)
  const [exterior, ...interiors] = rings
  const polygon = `<gml:Polygon gml:id="${id}.g.1" srsName="${crs}"><gml:exterior>${exterior}</gml:exterior>${interiors.map(ring => `<gml:interior>${ring}</gml:interior>`).join('')}</gml:Polygon>`
  return `<gml:MultiSurface gml:id="${id}.g" srsName="${crs}"><gml:surfaceMember>${polygon}</gml:surfaceMember></gml:MultiSurface>`
}

/** Easting before northing, as the EPSG register has it for this system. */
function positions(points: readonly Point[]): string {
  return points.flat().join(' ')
}

function element(name: string, content: string): string {
  return `<${namespace.prefix}:${name}>${content}</${namespace.prefix}:${name}>`
}

const schemaTypes: Readonly<Record<LayerField['type'], string>> = {
  text: 'xsd:string',
  int: 'xsd:int',
  decimal: 'xsd:decimal',
  date: 'xsd:date',
  instant: 'xsd:dateTime',
}

/** Answer to DescribeFeatureType. */
export function schema(layers: readonly Layer[]): string {
  const types = layers.map(({ name, fields, geometry }) => {
    const geometryType = geometry === 'point' ? 'gml:PointPropertyType' : 'gml:MultiSurfacePropertyType'
    const properties = [...fields.map(field => [field.name, schemaTypes[field.type]]), [geometryName, geometryType]]
    const elements = properties.map(([property, type]) => `<xsd:element name="${property}" type="${type}" minOccurs="0"/>`)
    return `<xsd:complexType name="${name}Type"><xsd:complexContent><xsd:extension base="gml:AbstractFeatureType"><xsd:sequence>${elements.join('')}</xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType><xsd:element name="${name}" type="${namespace.prefix}:${name}Type" substitutionGroup="gml:AbstractFeature"/>`
  })
  return `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:${namespace.prefix}="${namespace.uri}" targetNamespace="${namespace.uri}" elementFormDefault="qualified"><xsd:import namespace="http://www.opengis.net/gml/3.2" schemaLocation="http://schemas.opengis.net/gml/3.2.1/gml.xsd"/>${types.join('')}</xsd:schema>`
}

/** Answer to GetCapabilities: what is offered, and nothing that is not. */
export function capabilities(layers: readonly Layer[], url: string, pageSize: number): string {
  const address = `<ows:DCP><ows:HTTP><ows:Get xlink:href="${url}?"/><ows:Post xlink:href="${url}"/></ows:HTTP></ows:DCP>`
  const operations = ['GetCapabilities', 'DescribeFeatureType', 'GetFeature'].map(
    name => `<ows:Operation name="${name}">${address}</ows:Operation>`,
  )
  const offered = (name: string, yes: boolean) =>
    `<ows:Constraint name="${name}"><ows:NoValues/><ows:DefaultValue>${yes ? 'TRUE' : 'FALSE'}</ows:DefaultValue></ows:Constraint>`
  const constraints = [
    ...['KVPEncoding', 'XMLEncoding', 'ImplementsResultPaging', 'ImplementsMinStandardFilter', 'ImplementsSorting'].map(name =>
      offered(name, true),
    ),
    ...['SOAPEncoding', 'ImplementsTransactionalWFS', 'ImplementsLockingWFS', 'ImplementsStandardJoins'].map(name => offered(name, false)),
    `<ows:Constraint name="CountDefault"><ows:NoValues/><ows:DefaultValue>${pageSize}</ows:DefaultValue></ows:Constraint>`,
  ]
  const types = layers.map(
    ({ name, title }) =>
      `<wfs:FeatureType><wfs:Name>${namespace.prefix}:${name}</wfs:Name><wfs:Title>${escapeXml(title)}</wfs:Title><wfs:DefaultCRS>${crs}</wfs:DefaultCRS></wfs:FeatureType>`,
  )
  const comparisons = comparisonOperators.map(name => `<fes:ComparisonOperator name="${name}"/>`)
  return `<wfs:WFS_Capabilities ${declarations} version="2.0.0"><ows:ServiceIdentification><ows:Title>Geodaten Konstanz (Demo)</ows:Title><ows:ServiceType>WFS</ows:ServiceType><ows:ServiceTypeVersion>2.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification><ows:OperationsMetadata>${operations.join('')}${constraints.join('')}</ows:OperationsMetadata><wfs:FeatureTypeList>${types.join('')}</wfs:FeatureTypeList><fes:Filter_Capabilities><fes:Scalar_Capabilities><fes:LogicalOperators/><fes:ComparisonOperators>${comparisons.join('')}</fes:ComparisonOperators></fes:Scalar_Capabilities><fes:Spatial_Capabilities><fes:GeometryOperands><fes:GeometryOperand name="gml:Envelope"/></fes:GeometryOperands><fes:SpatialOperators><fes:SpatialOperator name="BBOX"/></fes:SpatialOperators></fes:Spatial_Capabilities></fes:Filter_Capabilities></wfs:WFS_Capabilities>`
}
