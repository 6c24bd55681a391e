/** A model, written as GraphQL: everything an audience can say, and nothing else. */

import { readFileSync } from 'node:fs'
import type { Dataset, Field, Model, OpenField, Operator, Relation, Text } from '../model/index.ts'
import { aggregateField, enumName, filterType, isGeometry, offeredOperators, servedType, typeNames } from './names.ts'

/** The part of the schema that is the same in every city. */
export const fixedSdl = readFileSync(new URL('./fixed.graphql', import.meta.url), 'utf8')

export interface PageLimits {
  /** Rows of a page when the caller names no size. */
  readonly defaultPageSize: number
  /** Rows of a page at most. */
  readonly pageSize: number
}

/**
 * The schema of one audience as SDL text; pure, and the same text for the same model.
 *
 * @see https://spec.graphql.org/September2025/ and https://relay.dev/graphql/connections.htm
 */
export function writeSchema(model: Model, limits: PageLimits): string {
  const datasets = [...model.datasets.values()]
  const parts = [fixedSdl, ...datasets.flatMap(dataset => writeDataset(dataset, model, limits)), ...writeFilterInputs(datasets)]
  if (datasets.length > 0) parts.push(`extend type Query {\n${datasets.map(dataset => writeRoots(dataset, limits)).join('\n')}\n}`)
  return `${parts.join('\n\n')}\n`
}

/** Functions of an aggregate in the order they are listed, and the types of fields each makes sense for. */
export const measureTypes = {
  sum: ['int', 'bigint', 'decimal', 'float'],
  avg: ['int', 'bigint', 'decimal', 'float'],
  min: ['int', 'bigint', 'decimal', 'float', 'date', 'time', 'datetime'],
  max: ['int', 'bigint', 'decimal', 'float', 'date', 'time', 'datetime'],
  countDistinct: ['int', 'bigint', 'decimal', 'date', 'time', 'datetime'],
} as const satisfies Record<string, readonly Field['type'][]>

export type MeasureName = keyof typeof measureTypes

/** Fields that may stand in a measure of an aggregate. */
export function measurable(dataset: Dataset, measure: MeasureName): readonly OpenField[] {
  if (!dataset.can.aggregate.includes(measure)) return []
  return dataset.fields.filter(field => field.use.has('aggregate') && (measureTypes[measure] as readonly string[]).includes(field.type))
}

/** GraphQL type of a measure over a field. */
export function measureType(measure: MeasureName, field: Field): string {
  if (measure === 'avg') return 'Float'
  if (measure === 'countDistinct') return 'Int'
  if (measure === 'sum') return field.type === 'float' ? 'Float' : field.type === 'decimal' || field.shift ? 'Decimal' : 'BigInt'
  return servedType(field)
}

function writeDataset(dataset: Dataset, model: Model, limits: PageLimits): string[] {
  const names = typeNames(dataset)
  const sortable = dataset.fields.filter(field => field.use.has('sort'))
  const groupable = dataset.fields.filter(field => field.use.has('group'))
  const measures = (Object.keys(measureTypes) as MeasureName[])
    .map(measure => ({ measure, fields: measurable(dataset, measure) }))
    .filter(({ fields }) => fields.length > 0)
  const parts = [
    `${describe(aboutDataset(dataset))}\ntype ${names.object} implements Node {\n${lines([
      '  "Opaque, stable, and valid for callers with your permission only."\n  id: ID!',
      ...dataset.fields.filter(field => field.use.has('read')).map(writeField),
      ...dataset.relations.map(relation => writeRelation(relation, model, limits)),
    ])}\n}`,
    `"A page of ${quoteless(dataset.title.en)}."\ntype ${names.connection} {\n  nodes: [${names.object}!]!\n  edges: [${names.edge}!]!\n  pageInfo: PageInfo!\n  "All that match, not only this page. Asked of the source only when selected."\n  totalCount: Int\n}`,
    `type ${names.edge} {\n  cursor: String!\n  node: ${names.object}!\n}`,
  ]
  const filterable = filterFields(dataset)
  if (filterable.length > 0) {
    const fields = filterable.map(
      field => `${describe(titleOf(field), '  ')}\n  ${field.name}: ${filterType(field, offeredOperators(dataset, field))}`,
    )
    const combine = ['and', 'or'].map(word => `  ${word}: [${names.filter}!]`)
    parts.push(
      `"Conditions side by side must all hold. A missing value fulfils no condition but isNull."\ninput ${names.filter} {\n${lines([...fields, ...combine, `  not: ${names.filter}`])}\n}`,
    )
  }
  if (sortable.length > 0)
    parts.push(
      `"Name one field and its direction. Missing values come last."\ninput ${names.order} @oneOf {\n${lines(sortable.map(field => `${describe(titleOf(field), '  ')}\n  ${field.name}: Direction`))}\n}`,
    )
  if (groupable.length > 0) {
    parts.push(
      `enum ${names.groupField} {\n${lines(groupable.map(field => `${describe(titleOf(field), '  ')}\n  ${enumName(field.name)}`))}\n}`,
    )
    parts.push(
      `"What the rows of a group have in common; fields that were not grouped by are null."\ntype ${names.keys} {\n${lines(groupable.map(field => writeField(field)))}\n}`,
    )
  }
  parts.push(
    `type ${names.aggregate} {\n  "One group over everything when nothing is grouped by; the largest groups first."\n  groups: [${names.group}!]!\n  "There are further groups than the caller wanted to see."\n  hasMoreGroups: Boolean!\n}`,
  )
  parts.push(
    `type ${names.group} {\n${lines([
      ...(groupable.length > 0 ? [`  keys: ${names.keys}!`] : []),
      '  "Rows in this group."\n  count: Int!',
      ...measures.map(({ measure }) => `  ${measure}: ${names.object}${measureSuffix(measure)}`),
    ])}\n}`,
  )
  for (const { measure, fields } of measures) {
    parts.push(
      `type ${names.object}${measureSuffix(measure)} {\n${lines(fields.map(field => `${describe(titleOf(field), '  ')}\n  ${field.name}: ${measureType(measure, field)}`))}\n}`,
    )
  }
  return parts
}

/** Ends the name of the type that holds one measure for all fields. */
export function measureSuffix(measure: MeasureName): string {
  return `Group${measure.charAt(0).toUpperCase()}${measure.slice(1)}`
}

/** Fields a filter can name. */
export function filterFields(dataset: Dataset): readonly OpenField[] {
  return dataset.fields.filter(field => field.use.has('filter') && offeredOperators(dataset, field).length > 0)
}

function writeField(field: Field): string {
  const deprecated = field.deprecated ? ` @deprecated(reason: ${JSON.stringify(inBoth(field.deprecated))})` : ''
  return `${describe(titleOf(field), '  ')}\n  ${field.name}: ${servedType(field)}${deprecated}`
}

function writeRelation(relation: Relation, model: Model, limits: PageLimits): string {
  const target = model.datasets.get(relation.to)
  if (!target) throw new Error(`relation ${relation.name} leads to ${relation.to}, which is not in the model`)
  const words = describe([inBoth(relation.title), relation.about && inBoth(relation.about)], '  ')
  return relation.many
    ? `${words}\n  ${relation.name}${listArguments(target, limits)}: ${typeNames(target).connection}`
    : `${words}\n  ${relation.name}: ${typeNames(target).object}`
}

function writeRoots(dataset: Dataset, limits: PageLimits): string {
  const names = typeNames(dataset)
  const words = describe(aboutDataset(dataset), '  ')
  const groupable = dataset.fields.some(field => field.use.has('group'))
  const aggregateArguments = [
    ...(filterFields(dataset).length > 0 ? [`filter: ${names.filter}`] : []),
    ...(groupable ? [`groupBy: [${names.groupField}!]`, '"Groups at most, the largest first; 100 unless told."\n    first: Int'] : []),
  ]
  return [
    `${words}\n  ${dataset.names.many}${listArguments(dataset, limits)}: ${names.connection}`,
    `${words}\n  ${dataset.names.one}(id: ID!): ${names.object}`,
    `"Counts and figures: ${quoteless(inBoth(dataset.title))}."\n  ${aggregateField(dataset)}${aggregateArguments.length > 0 ? `(\n    ${aggregateArguments.join('\n    ')}\n  )` : ''}: ${names.aggregate}`,
  ]
    .map(text => `  ${text.trimStart()}`)
    .join('\n')
}

function listArguments(dataset: Dataset, limits: PageLimits): string {
  const names = typeNames(dataset)
  const args = [
    `"Rows of the page, from the front: ${limits.defaultPageSize} unless told, at most ${limits.pageSize}."\n    first: Int`,
    '"Start after this cursor."\n    after: String',
    '"Rows of the page, from the back."\n    last: Int',
    '"End before this cursor."\n    before: String',
    ...(filterFields(dataset).length > 0 ? [`filter: ${names.filter}`] : []),
    ...(dataset.fields.some(field => field.use.has('sort')) ? [`orderBy: [${names.order}!]`] : []),
  ]
  return `(\n    ${args.join('\n    ')}\n  )`
}

const operatorWords: Partial<Record<Operator, string>> = {
  eq: 'Exactly this.',
  ne: 'Anything but this.',
  in: 'One of these.',
  notIn: 'None of these.',
  lt: 'Less than.',
  lte: 'At most.',
  gt: 'More than.',
  gte: 'At least.',
  contains: 'Contains this text, whatever the case.',
  startsWith: 'Starts with this text, whatever the case.',
  isNull: 'true: the value is missing. false: it is there.',
  bbox: 'Touches the box.',
  within: 'Touches the polygon or multipolygon.',
  near: 'Comes so near to a place.',
}

function writeFilterInputs(datasets: readonly Dataset[]): string[] {
  const inputs = new Map<string, string>()
  for (const dataset of datasets) {
    for (const field of filterFields(dataset)) {
      const offered = offeredOperators(dataset, field)
      const geo = isGeometry(field.type)
      const value = servedType(field)
      const types: Partial<Record<Operator, string>> = {
        in: `[${value}!]`,
        notIn: `[${value}!]`,
        isNull: 'Boolean',
        bbox: 'BBox',
        within: 'GeoJSON',
        near: 'Near',
      }
      const body = offered.map(operator => `  "${operatorWords[operator]}"\n  ${operator}: ${types[operator] ?? value}`)
      const name = filterType(field, offered)
      inputs.set(name, `input ${name}${geo ? ' @oneOf' : ''} {\n${lines(body)}\n}`)
    }
  }
  return [...inputs.values()]
}

function aboutDataset(dataset: Dataset): (string | undefined)[] {
  return [
    inBoth(dataset.title),
    dataset.about && inBoth(dataset.about),
    `${dataset.owner.department} · ${dataset.source.title} · ${dataset.licence}`,
  ]
}

function titleOf(field: Field): (string | undefined)[] {
  return [
    inBoth(field.title) + (field.unit ? ` [${field.unit}]` : ''),
    field.about && inBoth(field.about),
    field.codes && Object.values(field.codes).map(inBoth).join(' · '),
    field.coarsen && coarsened(field),
  ]
}

function coarsened(field: Field): string {
  const { coarsen } = field
  if (!coarsen) return ''
  if ('to' in coarsen) return `Vergröbert / coarsened: ${coarsen.to}`
  return 'toMetres' in coarsen ? `Vergröbert / coarsened: ${coarsen.toMetres} m` : `Vergröbert / coarsened: ${coarsen.toMultipleOf}`
}

function inBoth(text: Text): string {
  return text.de === text.en ? text.de : `${text.de} / ${text.en}`
}

function describe(parts: readonly (string | undefined)[], indent = ''): string {
  const text = parts.filter(part => part).join('\n')
  return `${indent}"""\n${text
    .split('\n')
    .map(line => `${indent}${line.replaceAll('"""', '\\"""')}`)
    .join('\n')}\n${indent}"""`
}

/** For a description between single quotation marks. */
function quoteless(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ')
}

function lines(parts: readonly string[]): string {
  return parts.join('\n')
}
