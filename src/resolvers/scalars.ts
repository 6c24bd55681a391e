/** How do values that GraphQL has no type for come in and go out? */

import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql'
import { calendarDate, canonicalDecimal, type Geometry, instant } from '../model/index.ts'

/**
 * A scalar that is text in canonical form. Not those of graphql-scalars, which go through Date or number and lose digits: DateTime
 * keeps milliseconds only, BigInt is no JSON.
 */
function textScalar(name: string, expected: string, canonical: (text: string) => string | undefined, numbers = false): GraphQLScalarType {
  const read = (value: unknown): string => {
    const text =
      typeof value === 'string' || (numbers && (typeof value === 'number' || typeof value === 'bigint'))
        ? canonical(String(value))
        : undefined
    if (text === undefined) throw new GraphQLError(`${name} expects ${expected}.`)
    return text
  }
  return new GraphQLScalarType({
    name,
    serialize: value => value,
    parseValue: read,
    parseLiteral: node =>
      read(node.kind === Kind.STRING || (numbers && (node.kind === Kind.INT || node.kind === Kind.FLOAT)) ? node.value : undefined),
  })
}

const wholeNumber = (text: string) => (/^[+-]?\d{1,100}$/.test(text.trim()) ? canonicalDecimal(text) : undefined)
const decimalNumber = (text: string) => (text.length <= 100 ? canonicalDecimal(text) : undefined)
const exactInstant = (text: string) => (/[T ].*(z|[+-]\d{2}(:?\d{2})?)$/i.test(text.trim()) ? instant(text) : undefined)

const timeOfDay = (text: string) =>
  /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/.test(text) ? (text.length === 5 ? `${text}:00` : text) : undefined

export const scalars = {
  DateTime: textScalar('DateTime', 'date, time and offset, such as 2026-07-01T12:00:00+02:00', exactInstant),
  Decimal: textScalar('Decimal', 'a decimal number such as "12.5"', decimalNumber, true),
  BigInt: textScalar('BigInt', 'a whole number such as "9007199254740993"', wholeNumber, true),
  Date: textScalar('Date', 'a date such as 2026-03-29', text => (text.length === 10 ? calendarDate(text) : undefined)),
  Time: textScalar('Time', 'a time of day such as 07:30:00', timeOfDay),
  GeoJSON: new GraphQLScalarType({
    name: 'GeoJSON',
    serialize: value => value,
    parseValue: readGeometry,
    parseLiteral: (node, variables) => readGeometry(valueFromASTUntyped(node, variables)),
  }),
}

/** By type of geometry, how deep its positions lie. */
const depths: Readonly<Record<string, number>> = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }

/** A geometry as an object, or as the text of one. Its form only: what it means is for whoever asks for it. */
function readGeometry(value: unknown): Geometry {
  const { type, coordinates } = ((typeof value === 'string' ? parsed(value) : value) ?? {}) as {
    readonly type?: unknown
    readonly coordinates?: unknown
  }
  const depth = typeof type === 'string' && Object.hasOwn(depths, type) ? depths[type] : undefined
  if (depth === undefined || !arePositions(coordinates, depth))
    throw new GraphQLError('GeoJSON expects a geometry such as {"type":"Polygon","coordinates":[[[9.1,47.6],…]]}.')
  return { type, coordinates } as Geometry
}

function arePositions(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false
  return depth > 0 ? value.every(inner => arePositions(inner, depth - 1)) : value.length >= 2 && value.every(Number.isFinite)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
