/** What does a collection say of its properties? */

import type { FieldType } from '../../model/index.ts'
import type { ServerType } from '../features/filter.ts'
import { isObject } from '../shared/json.ts'
import type { JsonObject } from './report.ts'

/** One property as a JSON Schema declares it. */
export interface Property {
  /** Path with points where objects are nested. */
  readonly name: string
  readonly type: ServerType
  /** In the schema's own words: `string (date-time)`. */
  readonly stored: string
  /** What the standard calls its part: `id`, `primary-geometry`, `primary-instant`, … */
  readonly role?: string
  readonly title?: string
  readonly about?: string
  readonly unit?: string
  readonly nullable?: boolean
}

/** Objects in objects; a schema that goes deeper is not followed. */
const deepest = 5

/**
 * The properties that a schema declares, in its order.
 *
 * @param schema answer of `/schema` or `/queryables`
 * @see OGC 23-058r1 (Features, Part 5: Schemas), OGC 19-079r2, 6.2 (queryables)
 */
export function readProperties(schema: JsonObject, before = '', depth = 0): readonly Property[] {
  if (!isObject(schema.properties) || depth > deepest) return []
  return Object.entries(schema.properties).flatMap(([key, declared]) => {
    if (!isObject(declared)) return []
    const name = `${before}${key}`
    const own = plain(declared)
    if (isObject(own.properties) && own['x-ogc-role'] === undefined && typeOf(own) !== 'geometry') {
      return readProperties(own, `${name}.`, depth + 1)
    }
    return [propertyOf(name, own)]
  })
}

function propertyOf(name: string, declared: JsonObject): Property {
  const { title, description: about, 'x-ogc-unit': unit, 'x-ogc-role': role } = declared
  return {
    name,
    type: typeOf(declared),
    stored: storedOf(declared),
    ...(typeof role === 'string' && { role }),
    ...(typeof title === 'string' && title !== name && { title }),
    ...(typeof about === 'string' && about !== '' && { about }),
    ...(typeof unit === 'string' && { unit }),
    ...(typesOf(declared).includes('null') && { nullable: true }),
  }
}

/** A choice between a type and null is that type. */
function plain(declared: JsonObject): JsonObject {
  const choice = [declared.oneOf, declared.anyOf].find(Array.isArray)
  const real = choice?.filter(isObject).filter(option => option.type !== 'null') ?? []
  return real.length === 1 && declared.type === undefined ? { ...declared, ...real[0] } : declared
}

function typesOf({ type }: JsonObject): readonly string[] {
  return (Array.isArray(type) ? type : [type]).filter(name => typeof name === 'string')
}

function storedOf(declared: JsonObject): string {
  const { format, $ref } = declared
  const type = typesOf(declared)
    .filter(name => name !== 'null')
    .join(' | ')
  if (type === '' && typeof $ref === 'string') return $ref.split('/').at(-1) ?? $ref
  if (typeof format !== 'string') return type || 'any'
  return type ? `${type} (${format})` : format
}

function typeOf(declared: JsonObject): ServerType {
  const { format, $ref } = declared
  const role = String(declared['x-ogc-role'] ?? '')
  if (/geometry/.test(`${role} ${format}`) || (typeof $ref === 'string' && /geojson\.org\/schema/i.test($ref))) return 'geometry'
  const [type] = typesOf(declared).filter(name => name !== 'null')
  return (type === 'string' ? formats[String(format)] : undefined) ?? names[type ?? ''] ?? 'other'
}

const formats: Readonly<Record<string, ServerType>> = { date: 'date', 'date-time': 'moment', time: 'time' }
/** pygeoapi has written `date` and `datetime` as if they were types of JSON. */
const names: Readonly<Record<string, ServerType>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'moment',
  'date-time': 'moment',
  time: 'time',
}

/**
 * What values look like, where nothing is declared. Numbers are never taken for integers: the next one may have a fraction.
 *
 * @param values of one property, as they came; missing ones are left out
 */
export function guessType(values: readonly unknown[]): ServerType {
  const every = (test: (value: unknown) => boolean): boolean => values.length > 0 && values.every(test)
  if (every(value => typeof value === 'boolean')) return 'boolean'
  if (every(value => typeof value === 'number')) return 'number'
  if (!every(value => typeof value === 'string')) return 'other'
  if (every(value => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(String(value)))) return 'moment'
  return every(value => /^\d{4}-\d\d-\d\d$/.test(String(value))) ? 'date' : 'text'
}

/** The field type that fits; undefined for what none does. */
export function fieldTypeOf(type: ServerType, stored: string): FieldType | undefined {
  switch (type) {
    case 'text':
    case 'boolean':
    case 'date':
    case 'time':
      return type
    case 'integer':
      return /int64/.test(stored) ? 'bigint' : 'int'
    case 'number':
      return 'decimal'
    case 'moment':
      return 'datetime'
    case 'geometry':
      return /point/i.test(stored)
        ? 'point'
        : /line|curve/i.test(stored)
          ? 'line'
          : /polygon|surface/i.test(stored)
            ? 'polygon'
            : 'geometry'
    case 'other':
      return undefined
  }
}
