/** Which value does a column mean in an entity, in whichever of their forms brokers write it? */

import { type Column, geometryTypes } from '../../model/index.ts'
import { type Sent, unreadableValue } from '../features/sent.ts'
import { GeometryError, readGeoJson } from '../geo/index.ts'
import { isObject } from '../shared/json.ts'

/** An entity as it came. */
export type Entity = Readonly<Record<string, unknown>>

/** A column, taken apart. */
export interface Path {
  readonly attribute: string
  /** Of the attribute's metadata: `observedAt`, `unitCode`. */
  readonly metadata: string | undefined
  /** Further into the value's own JSON. */
  readonly inner: readonly string[]
}

/**
 * @example
 *   pathOf('temperature')             // → { attribute: 'temperature', metadata: undefined, inner: [] }
 *   pathOf('temperature/@observedAt') // → { attribute: 'temperature', metadata: 'observedAt', inner: [] }
 *   pathOf('address/postalCode')      // → { attribute: 'address', metadata: undefined, inner: ['postalCode'] }
 */
export function pathOf(column: string): Path {
  const [attribute = '', second, ...others] = column.split('/')
  const metadata = second?.startsWith('@') ? second.slice(1) : undefined
  return { attribute, metadata, inner: metadata === undefined && second !== undefined ? [second, ...others] : others }
}

/**
 * The value, as it came. Understands `keyValues`, normalized and concise entities, of NGSI-LD and NGSIv2: what was asked for is not
 * always what is sent.
 *
 * @param plain the entity should hold nothing but values, so that an object with `value` in it may be one
 */
export function rawOf({ attribute, metadata, inner }: Path, entity: Entity, plain: boolean): unknown {
  const attributes = Object.hasOwn(entity, attribute) ? entity[attribute] : undefined
  const own = attribute === 'id' || attribute === 'type' ? attributes : instanceOf(attributes)
  const value = metadata === undefined ? unwrapped(own, plain) : metadataOf(own, metadata)
  return inner.reduce<unknown>(member, value)
}

/** An attribute may come several times, told apart by `datasetId`; the one without is meant. */
function instanceOf(attribute: unknown): unknown {
  if (!Array.isArray(attribute) || attribute.length === 0 || !attribute.every(one => isObject(one) && isWrapped(one))) return attribute
  return attribute.find(one => isObject(one) && one.datasetId === undefined) ?? attribute[0]
}

/** By type of attribute, the member that holds its value. @see ETSI GS CIM 009, 4.5 */
const members: Readonly<Record<string, string>> = {
  Property: 'value',
  GeoProperty: 'value',
  Relationship: 'object',
  LanguageProperty: 'languageMap',
  VocabProperty: 'vocab',
  JsonProperty: 'json',
  ListProperty: 'valueList',
}

function isWrapped(object: Readonly<Record<string, unknown>>): boolean {
  if (typeof object.type !== 'string') return false
  return (
    (Object.hasOwn(members, object.type) && Object.hasOwn(object, members[object.type]!)) ||
    ('value' in object && isObject(object.metadata))
  )
}

function unwrapped(attribute: unknown, plain: boolean): unknown {
  if (!isObject(attribute)) return attribute
  if (isWrapped(attribute)) {
    // An NGSIv2 attribute of type Relationship has a value all the same.
    const name = members[String(attribute.type)] ?? 'value'
    return typed(attribute[Object.hasOwn(attribute, name) ? name : 'value'])
  }
  if (!plain && 'value' in attribute) return typed(attribute.value)
  if (!plain && 'object' in attribute) return attribute.object
  return typed(attribute)
}

/** JSON-LD writes a time as an object of its type and its value. */
function typed(value: unknown): unknown {
  return isObject(value) && '@value' in value ? value['@value'] : value
}

function metadataOf(attribute: unknown, name: string): unknown {
  if (!isObject(attribute)) return undefined
  const { metadata } = attribute
  const found = Object.hasOwn(attribute, name)
    ? attribute[name]
    : isObject(metadata) && Object.hasOwn(metadata, name)
      ? metadata[name]
      : undefined
  return isObject(found) && 'value' in found ? typed(found.value) : unwrapped(found, false)
}

function member(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return isObject(value) && Object.hasOwn(value, name) ? typed(value[name]) : undefined
}

/** A value as the features of every service are handed on. A whole object or list is never served: what is in it was not released. */
export function sentOf(raw: unknown, { type }: Pick<Column, 'type'>): Sent {
  if (raw === null || raw === undefined || raw === '') return null
  if (geometryTypes.some(geometry => geometry === type)) return shapeOf(raw)
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? raw : unreadableValue
}

function shapeOf(raw: unknown): Sent {
  // NGSIv2, geo:point: latitude first, as one text.
  const point = typeof raw === 'string' ? /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(raw) : null
  try {
    return { geometry: readGeoJson(point ? { type: 'Point', coordinates: [Number(point[2]), Number(point[1])] } : raw) }
  } catch (error) {
    if (error instanceof GeometryError) return unreadableValue
    throw error
  }
}
