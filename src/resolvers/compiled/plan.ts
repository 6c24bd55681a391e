/** What is to be done for a document? Worked out once: which rows and columns each place needs, and the text around every value. */

import { type FieldNode, type GraphQLObjectType, getNamedType, isNonNullType, isObjectType, type OperationDefinitionNode } from 'graphql'
import { collectFields } from 'graphql/execution/collectFields.js'
import type { Cell, Column, Dataset, FieldType, Language, Model, OpenField, Relation } from '../../model/index.ts'
import { aggregateField } from '../../schema/index.ts'
import { type Joining, joiningOf } from '../batches.ts'
import { connectionNeeds, type Needs } from '../lists.ts'
import { present } from '../present.ts'
import { type Many, planSingle, type Template, templateOf } from '../relations.ts'
import { servedAsStored } from '../released.ts'
import { type Selected, selectionAt } from '../selection.ts'
import { columnsFor, places } from '../view.ts'
import { bytesOf } from './bytes.ts'
import { type Copy, type PackedCell, type PackedObject, packedObject } from './cells.ts'
import { fieldsBelow, type Setting, writerOf } from './text.ts'

/** A text with values in it: each part is what stands before a value and where the value comes from; `after` closes. */
export interface Shape<Part> {
  readonly parts: readonly (Part & { readonly before: string })[]
  readonly after: string
}

/** One dataset's object. Cells are named by their place in the row. */
export interface ObjectPlan extends Shape<ObjectPart> {
  readonly dataset: Dataset
  readonly relations: readonly (SinglePlan | ManyPlan)[]
  /** How it is written of packed rows, where it has nothing but cells. */
  readonly packed?: PackedObject
}

export type ObjectPart =
  /** @param copy how the bytes of a packed cell become the same text; absent: they are decoded */
  | { readonly is: 'cell'; readonly at: number; readonly write: (cell: Cell) => string; readonly copy?: Copy }
  | { readonly is: 'id'; readonly key: readonly number[] }
  /** @param index in `relations` */
  | { readonly is: 'relation'; readonly index: number }

interface RelationPlan {
  readonly key: string
  readonly nodes: readonly FieldNode[]
  readonly relation: Relation
  readonly joining: Joining
  /** Places of the parent's side in the parent's row. */
  readonly left: readonly number[]
  /** The other side's rows may come along with the parents', if their source can do that. */
  readonly comesAlong: boolean
}

export interface SinglePlan extends RelationPlan {
  readonly is: 'single'
  readonly template: Template
  readonly object: ObjectPlan
}

export interface ManyPlan extends RelationPlan {
  readonly is: 'many'
  readonly owner: GraphQLObjectType
  readonly connection: ConnectionPlan
}

/** By plan: what this request's arguments came to; `undefined` where the filter alone says that nothing can match. */
export type Prepared = ReadonlyMap<ManyPlan, Many | undefined>

export interface ConnectionPlan extends Shape<ConnectionPart> {
  readonly dataset: Dataset
  readonly needs: Needs
  /** Each place at which the rows are written. */
  readonly objects: readonly ObjectPlan[]
  readonly counted: boolean
}

export type ConnectionPart =
  | { readonly is: 'nodes'; readonly key: string; readonly object: number }
  | { readonly is: 'edges'; readonly key: string; readonly edge: Shape<EdgePart> }
  | { readonly is: 'pageInfo'; readonly info: Shape<InfoPart> }
  | { readonly is: 'total'; readonly key: string; readonly nodes: readonly FieldNode[] }

export type EdgePart = { readonly is: 'cursor' } | { readonly is: 'node'; readonly key: string; readonly object: number }
export type InfoPart = { readonly is: 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor' }

export type RootPlan = { readonly key: string; readonly nodes: readonly FieldNode[] } & (
  | { readonly is: 'list'; readonly connection: ConnectionPlan }
  | { readonly is: 'one'; readonly template: Template; readonly object: ObjectPlan }
  | { readonly is: 'aggregate'; readonly dataset: Dataset; readonly selected: Selected; readonly write: (value: unknown) => string }
)

export type Plan = Shape<{ readonly root: RootPlan }>

/** Whom and where the text is for. */
export interface Reader {
  readonly model: Model
  readonly language: Language
  readonly zone: string
}

/** @returns `undefined` for what is not asked of datasets alone: introspection, the catalogue, `node` */
export function planOf(operation: OperationDefinitionNode, setting: Setting, reader: Reader): Plan | undefined {
  const { schema, fragments, variableValues } = setting
  const query = schema.getQueryType()
  if (operation.operation !== 'query' || !query) return undefined
  const fields = collectFields(schema, fragments, variableValues, query, operation.selectionSet)
  const makers = new Map([...reader.model.datasets.values()].flatMap(dataset => rootsOf(dataset)))
  const known = (nodes: readonly FieldNode[]): boolean => makers.has(nameOf(nodes)) || nameOf(nodes) === '__typename'
  if (![...fields.values()].every(known)) return undefined
  const maker: Maker = { setting, reader }
  return shape(query, fields, (key, nodes) => ({ root: makers.get(nameOf(nodes))!(key, nodes, maker) }))
}

interface Maker {
  readonly setting: Setting
  readonly reader: Reader
}

type MakeRoot = (key: string, nodes: readonly FieldNode[], maker: Maker) => RootPlan

function rootsOf(dataset: Dataset): readonly (readonly [name: string, make: MakeRoot])[] {
  const { one, many } = dataset.names
  return [
    [many, (key, nodes, maker) => ({ key, nodes, is: 'list', connection: connectionPlan(dataset, nodes, maker) })],
    [
      one,
      (key, nodes, maker) => {
        const template = templateOf(dataset, columnsBelow(dataset, nodes, maker), dataset.key)
        return { key, nodes, is: 'one', template, object: objectPlan(dataset, nodes, template.columns, maker) }
      },
    ],
    [
      aggregateField(dataset),
      (key, nodes, { setting }) => {
        const type = setting.schema.getQueryType()!.getFields()[aggregateField(dataset)]!.type
        return { key, nodes, is: 'aggregate', dataset, selected: selected(nodes, setting), write: writerOf(type, nodes, setting) }
      },
    ],
  ]
}

function columnsBelow(dataset: Dataset, nodes: readonly FieldNode[], { setting }: Maker): readonly Column[] {
  return columnsFor(dataset, selectionAt(selected(nodes, setting), [dataset.names.type, 'Node']))
}

function connectionPlan(dataset: Dataset, nodes: readonly FieldNode[], maker: Maker): ConnectionPlan {
  const { setting } = maker
  const needs = connectionNeeds(dataset, selected(nodes, setting))
  const type = objectType(`${dataset.names.type}Connection`, maker)
  const objects: ObjectPlan[] = []
  const object = (below: readonly FieldNode[]): number => objects.push(objectPlan(dataset, below, needs.columns, maker)) - 1
  let counted = false
  const made = shape(type, fieldsBelow(type, nodes, setting), (key, below): ConnectionPart => {
    switch (nameOf(below)) {
      case 'nodes':
        return { is: 'nodes', key, object: object(below) }
      case 'edges':
        return { is: 'edges', key, edge: edgeShape(fieldType(type, below), below, setting, object) }
      case 'pageInfo':
        return { is: 'pageInfo', info: infoShape(fieldType(type, below), below, setting) }
      default:
        counted = true
        return { is: 'total', key, nodes: below }
    }
  })
  return { ...made, dataset, needs, objects, counted }
}

function edgeShape(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  setting: Setting,
  object: (below: readonly FieldNode[]) => number,
) {
  return shape(
    type,
    fieldsBelow(type, nodes, setting),
    (key, below): EdgePart => (nameOf(below) === 'cursor' ? { is: 'cursor' } : { is: 'node', key, object: object(below) }),
  )
}

function infoShape(type: GraphQLObjectType, nodes: readonly FieldNode[], setting: Setting): Shape<InfoPart> {
  return shape(type, fieldsBelow(type, nodes, setting), (_key, below) => ({ is: nameOf(below) as InfoPart['is'] }))
}

function objectPlan(dataset: Dataset, nodes: readonly FieldNode[], columns: readonly Column[], maker: Maker): ObjectPlan {
  const { setting } = maker
  const type = objectType(dataset.names.type, maker)
  const at = places(columns)
  const placesOf = (asked: readonly Column[]) => asked.map(column => at.get(column)!)
  const relations: (SinglePlan | ManyPlan)[] = []
  const made = shape(type, fieldsBelow(type, nodes, setting), (key, below): ObjectPart => {
    const name = nameOf(below)
    if (name === 'id') return { is: 'id', key: placesOf(dataset.key) }
    const field = dataset.fields.find(field => field.name === name)
    if (field) return { is: 'cell', at: at.get(field)!, write: cellWriter(field, type, below, maker), ...copyOf(field, type) }
    const relation = dataset.relations.find(relation => relation.name === name)!
    const left = placesOf(relation.match.map(pair => pair.left))
    return {
      is: 'relation',
      index: relations.push(relationPlan({ key, nodes: below, relation, joining: joiningOf(relation, dataset), left }, dataset, maker)) - 1,
    }
  })
  const packed = packedOf(made)
  return { ...made, dataset, relations, ...(packed && { packed }) }
}

/** By type: how `present` and `writerOf` would have it, from the bytes of a packed cell. */
const copies: Readonly<Partial<Record<FieldType, Copy>>> = {
  text: 'text',
  int: 'bare',
  float: 'bare',
  bigint: 'quoted',
  decimal: 'decimal',
  date: 'quoted',
  datetime: 'instant',
  boolean: 'boolean',
}

function copyOf({ name, type, shift, codes }: OpenField, owner: GraphQLObjectType): { copy?: Copy } {
  const copy = copies[type]
  return copy === undefined || shift || codes || isNonNullType(owner.getFields()[name]!.type) ? {} : { copy }
}

/**
 * How an object is written of one packed row.
 *
 * @param first  place in the row where its cells begin
 * @param inner  by relation: how its object is written of the same row; absent: it is not
 * @returns      `undefined` when something of it is no cell of the row
 */
export function packedOf(
  { parts, after }: Shape<ObjectPart>,
  first = 0,
  inner: readonly (Pick<PackedCell, 'at' | 'object'> | undefined)[] = [],
): PackedObject | undefined {
  const cells: PackedCell[] = []
  for (const part of parts) {
    const before = bytesOf(Buffer.from(part.before))
    const object = part.is === 'relation' ? inner[part.index] : undefined
    if (object) cells.push({ at: object.at, before, copy: 'bare', object: object.object })
    else if (part.is === 'cell' && part.copy !== undefined) cells.push({ at: first + part.at, before, copy: part.copy, object: undefined })
    else return undefined
  }
  return packedObject(cells, after)
}

function relationPlan(common: Omit<RelationPlan, 'comesAlong'>, from: Dataset, maker: Maker): SinglePlan | ManyPlan {
  const { nodes, relation } = common
  const target = maker.reader.model.datasets.get(relation.to)!
  const near = from.source.id === target.source.id && !from.small && !target.small && !relation.normalise
  if (relation.many) {
    const connection = connectionPlan(target, nodes, maker)
    const isByKey =
      relation.match.length === from.key.length && relation.match.every(({ left }) => from.key.some(column => column === left))
    const comesAlong = near && isByKey && connection.needs.columns.every(servedAsStored)
    return { ...common, is: 'many', owner: objectType(from.names.type, maker), connection, comesAlong }
  }
  const template = planSingle(relation, target, columnsBelow(target, nodes, maker))
  const comesAlong = near && template.columns.every(servedAsStored)
  return { ...common, is: 'single', template, object: objectPlan(target, nodes, template.columns, maker), comesAlong }
}

function cellWriter(field: OpenField, owner: GraphQLObjectType, nodes: readonly FieldNode[], { setting, reader }: Maker) {
  const { zone, language } = reader
  const write = writerOf(owner.getFields()[field.name]!.type, nodes, setting)
  return (cell: Cell): string => write(present(field, cell, zone, language))
}

/** Puts the text between the values together; `__typename` is text as well. */
function shape<Part>(
  type: GraphQLObjectType,
  fields: ReadonlyMap<string, readonly FieldNode[]>,
  make: (key: string, nodes: readonly FieldNode[]) => Part,
): Shape<Part> {
  const parts: (Part & { readonly before: string })[] = []
  let text = '{'
  let separator = ''
  for (const [key, nodes] of fields) {
    text += `${separator}${JSON.stringify(key)}:`
    separator = ','
    if (nameOf(nodes) === '__typename') text += JSON.stringify(type.name)
    else {
      parts.push({ ...make(key, nodes), before: text })
      text = ''
    }
  }
  return { parts, after: `${text}}` }
}

function selected(nodes: readonly FieldNode[], setting: Setting): Selected {
  return { ...setting, fieldNodes: nodes }
}

function nameOf(nodes: readonly FieldNode[]): string {
  return nodes[0]!.name.value
}

function objectType(name: string, { setting }: Maker): GraphQLObjectType {
  return setting.schema.getType(name) as GraphQLObjectType
}

function fieldType(owner: GraphQLObjectType, nodes: readonly FieldNode[]): GraphQLObjectType {
  const type = getNamedType(owner.getFields()[nameOf(nodes)]!.type)
  if (!isObjectType(type)) throw new Error(`${nameOf(nodes)} is no object`)
  return type
}
