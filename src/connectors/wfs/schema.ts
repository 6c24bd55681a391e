/** What does a service say of the columns of a feature type? */

import type { ServerType } from '../features/filter.ts'
import { type Element, readElement } from '../shared/xml.ts'

export interface TypeSchema {
  readonly namespace?: string
  /** Empty when the schema is written in a way that is not understood (imports, inheritance): then nothing is known. */
  readonly columns: ReadonlyMap<string, ServerType>
}

const serverTypes: Readonly<Record<string, ServerType>> = {
  string: 'text',
  normalizedString: 'text',
  token: 'text',
  anyURI: 'text',
  int: 'integer',
  integer: 'integer',
  long: 'integer',
  short: 'integer',
  byte: 'integer',
  nonNegativeInteger: 'integer',
  positiveInteger: 'integer',
  unsignedInt: 'integer',
  unsignedLong: 'integer',
  unsignedShort: 'integer',
  unsignedByte: 'integer',
  decimal: 'number',
  double: 'number',
  float: 'number',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'moment',
  time: 'time',
}

/**
 * The columns of a feature type by their names without prefix.
 *
 * @param text     answer to DescribeFeatureType: an XML Schema, perhaps of several types
 * @param typeName name without prefix
 * @throws GatewayError SOURCE_ANSWER_INVALID when it is no XML
 */
export function readSchema(text: string, typeName: string): TypeSchema {
  const root = readElement(text)
  const namespace = root.attributes.get('targetNamespace')
  const columns = new Map(columnsOf(root, typeName).map(element => [element.attributes.get('name') ?? '', serverTypeOf(element)]))
  return { columns, ...(namespace && { namespace }) }
}

/** The declaration is an element with a type of its own inside, or one that names a type beside it. */
export function columnsOf(root: Element, typeName: string): readonly Element[] {
  const declaration = root.children.find(child => child.name === 'element' && child.attributes.get('name') === typeName)
  const typed = unprefixed(declaration?.attributes.get('type'))
  const body = typed
    ? root.children.find(child => child.name === 'complexType' && child.attributes.get('name') === typed)
    : declaration?.children.find(child => child.name === 'complexType')
  return body ? elementsIn(body) : []
}

function elementsIn(element: Element): readonly Element[] {
  return element.children.flatMap(child => (child.name === 'element' && child.attributes.has('name') ? [child] : elementsIn(child)))
}

/** The type that an element declares, without prefix: `string`, `PointPropertyType`; '' for one that is built in place. */
export function storedType(element: Element): string {
  const restriction = element.children.find(child => child.name === 'simpleType')?.children.find(child => child.name === 'restriction')
  return unprefixed(element.attributes.get('type') ?? restriction?.attributes.get('base')) ?? ''
}

export function serverTypeOf(element: Element): ServerType {
  const type = storedType(element)
  const known = serverTypes[type]
  if (known) return known
  // GML 3 has two dozen names: PointPropertyType, MultiSurfacePropertyType, TimeInstantType, TimePositionType …
  if (/^Time(Instant|Position|Primitive)/.test(type)) return 'moment'
  return /(Point|Curve|LineString|Surface|Polygon|Geometry|Geometric\w*|Solid)PropertyType$/.test(type) ? 'geometry' : 'other'
}

function unprefixed(name: string | undefined): string | undefined {
  return name?.slice(name.lastIndexOf(':') + 1)
}
