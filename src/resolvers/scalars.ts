/** How do values that GraphQL has no type for come in and go out? */

import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { GraphQLGeoJSON } from 'graphql-scalars'
import { calendarDate, canonicalDecimal, instant } from '../model/index.ts'

/**
 * A scalar that is text in canonical form. Ours, and not those of graphql-scalars, where theirs go through Date or number and
 * lose digits: DateTime keeps milliseconds only, BigInt is no JSON.
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
  GeoJSON: new GraphQLScalarType({ ...GraphQLGeoJSON.toConfig(), serialize: value => value }),
}
