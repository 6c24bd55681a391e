/** What is in objects that nobody has described: which members, and of which type? */

import { calendarDate, canonicalDecimal, type FieldType, instant } from '../../model/index.ts'
import { isObject } from './json.ts'

/** A member, as a path, with its values in the objects looked at. */
export interface Leaf {
  readonly column: string
  readonly values: readonly unknown[]
}

/** Deeper members, and more of them, are left for people to find. */
const deepest = 4
const mostLeaves = 200

/**
 * The members of objects that hold a value of their own, by path. Objects are walked into, lists are not: how long they are differs.
 *
 * @param name first part of the paths
 * @example
 *   leaves('properties', [{ hersteller: 'A', ort: { plz: 1 } }]).map(leaf => leaf.column)  // → ['properties/hersteller', 'properties/ort/plz']
 */
export function leaves(name: string, objects: readonly unknown[], depth = 0): Leaf[] {
  const members = [...new Set(objects.filter(isObject).flatMap(object => Object.keys(object)))]
  const found = members.flatMap(member => {
    const values = objects.map(object => (isObject(object) && Object.hasOwn(object, member) ? object[member] : undefined))
    const path = `${name}/${member}`
    const nested = values.some(isObject) && depth < deepest && !values.some(isGeometry) ? leaves(path, values, depth + 1) : []
    const own = values.filter(
      value => value !== undefined && value !== null && (!isObject(value) || isGeometry(value)) && !Array.isArray(value),
    )
    return own.length > 0 ? [{ column: path, values: own }, ...nested] : nested
  })
  return found.slice(0, mostLeaves)
}

function isGeometry(value: unknown): boolean {
  return isObject(value) && typeof value.type === 'string' && Array.isArray(value.coordinates)
}

export interface Guess {
  /** In words, as `StoredColumn.stored`. */
  readonly stored: string
  readonly type?: FieldType
}

/**
 * The type that fits all values. A whole number may turn out to have a fraction one day: it is proposed, not promised.
 *
 * @param values as JSON has them; missing ones are left out
 * @example
 *   guess([1, 2, null])                  // → { stored: 'JSON number', type: 'int' }
 *   guess(['2026-01-01T00:00:00Z'])      // → { stored: 'JSON text', type: 'datetime' }
 *   guess([1, 'viele'])                  // → { stored: 'JSON number or text', type: 'text' }
 */
export function guess(values: readonly unknown[]): Guess {
  const there = values.filter(value => value !== undefined && value !== null)
  const kinds = [...new Set(there.map(kindOf))].sort()
  if (kinds.length === 0) return { stored: 'nothing seen' }
  if (kinds.length > 1) {
    const stored = `JSON ${kinds.join(' or ')}`
    return kinds.includes('list') || kinds.includes('object')
      ? { stored }
      : { stored, type: kinds.includes('geometry') ? 'geometry' : 'text' }
  }
  const [kind] = kinds
  switch (kind) {
    case 'number':
      return { stored: 'JSON number', type: there.every(isWhole) ? 'int' : 'decimal' }
    case 'boolean':
      return { stored: 'JSON boolean', type: 'boolean' }
    case 'text':
      return { stored: 'JSON text', type: textType(there.map(String)) }
    case 'geometry':
      return shapeOf(there)
    default:
      return { stored: `JSON ${kind}` }
  }
}

/** A value as text, as the source writes it; null for one that is missing. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (isGeometry(value)) return 'geometry'
  return typeof value === 'string' ? 'text' : typeof value
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

function textType(texts: readonly string[]): FieldType {
  if (texts.every(text => /^\d{4}-\d\d-\d\d$/.test(text) && calendarDate(text) !== undefined)) return 'date'
  if (texts.every(text => text.length > 10 && instant(text) !== undefined)) return 'datetime'
  // Numbers that a float could not hold come as texts; others have a leading zero and are no numbers.
  return texts.every(text => canonicalDecimal(text) === text && text.length > 15) ? 'decimal' : 'text'
}

function shapeOf(values: readonly unknown[]): Guess {
  const types = [...new Set(values.map(value => (isObject(value) ? String(value.type) : '')))].sort()
  const plain = new Set(types.map(type => type.replace('Multi', '')))
  const [only] = plain
  const type =
    plain.size > 1 ? 'geometry' : only === 'Point' ? 'point' : only === 'LineString' ? 'line' : only === 'Polygon' ? 'polygon' : 'geometry'
  return { stored: `GeoJSON ${types.join(' or ')}`, type }
}
