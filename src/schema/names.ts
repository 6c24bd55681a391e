/** How are the parts of a dataset called in GraphQL? One place, for the schema's text and for whoever answers it. */

import type { Dataset, Field, FieldType, Operator } from '../model/index.ts'

/** Names of the types that are generated for one dataset. */
export function typeNames(dataset: Dataset) {
  const type = dataset.names.type
  return {
    object: type,
    connection: `${type}Connection`,
    edge: `${type}Edge`,
    filter: `${type}Filter`,
    order: `${type}Order`,
    groupField: `${type}GroupField`,
    aggregate: `${type}Aggregate`,
    group: `${type}Group`,
    keys: `${type}GroupKeys`,
  }
}

/** Name of the aggregating field at the root. */
export function aggregateField(dataset: Dataset): string {
  return `${dataset.names.many}Aggregate`
}

/**
 * The form in which enums write a field's name.
 *
 * @example
 *   enumName('geprueftAm')  // → 'GEPRUEFT_AM'
 *   enumName('pm10Wert')    // → 'PM10_WERT'
 */
export function enumName(field: string): string {
  return field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()
}

/** GraphQL's name for the values of a type, as they go out. */
export const outputTypes: Readonly<Record<FieldType, string>> = {
  text: 'String',
  code: 'String',
  int: 'Int',
  bigint: 'BigInt',
  decimal: 'Decimal',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  time: 'Time',
  datetime: 'DateTime',
  point: 'Point',
  line: 'GeoJSON',
  polygon: 'GeoJSON',
  geometry: 'GeoJSON',
}

const operators: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'isNull'],
  code: ['eq', 'ne', 'in', 'notIn', 'isNull'],
  int: ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  bigint: ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  decimal: ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  float: ['lt', 'lte', 'gt', 'gte', 'isNull'],
  boolean: ['eq', 'ne', 'isNull'],
  date: ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  time: ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  datetime: ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  point: ['bbox', 'within', 'near'],
  line: ['bbox', 'within', 'near'],
  polygon: ['bbox', 'within', 'near'],
  geometry: ['bbox', 'within', 'near'],
}

/** The operators a caller is offered for a field: those that suit its type and that its kind of source answers. */
export function offeredOperators(dataset: Dataset, field: Field): readonly Operator[] {
  return operators[field.type].filter(operator => dataset.can.filter[field.type]?.includes(operator))
}

/** GraphQL type of a field's own values; a scaled whole number is served as a decimal. */
export function servedType(field: Field): string {
  return field.shift && (field.type === 'int' || field.type === 'bigint') ? 'Decimal' : outputTypes[field.type]
}

/** Name of the input type that offers these operators: one for all fields alike, so that clients can reuse variables. */
export function filterType(field: Field, offered: readonly Operator[]): string {
  const base = isGeometry(field.type) ? 'Geo' : field.type === 'code' ? 'Code' : field.type === 'text' ? 'Text' : servedType(field)
  const missing = operators[field.type].filter(operator => !offered.includes(operator))
  return `${base}Filter${missing.length === 0 ? '' : `Without${missing.map(capital).join('')}`}`
}

export function isGeometry(type: FieldType): boolean {
  return type === 'point' || type === 'line' || type === 'polygon' || type === 'geometry'
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
