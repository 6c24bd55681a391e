/** Who answers which field of the schema? Made from a model, so that nothing closed can have a resolver. */

import type { GraphQLResolveInfo } from 'graphql'
import type { Dataset, Model, Relation, RowsRequest, Scalar } from '../model/index.ts'
import { aggregateField, typeNames } from '../schema/index.ts'
import { resolveAggregate } from './aggregate.ts'
import type { Asking } from './asking.ts'
import { countsByKey, type Joining, keyOf, rowsByKey } from './batches.ts'
import { listDatasets } from './catalog.ts'
import { type FilterInput, readFilter } from './filter.ts'
import type { Resolvers } from './generated.ts'
import { readOrder } from './order.ts'
import { cursorColumns, emptyPage, makePage, type Page, type PageArguments, readCut, windowOf } from './page.ts'
import { present } from './present.ts'
import { read } from './read.ts'
import { scalars } from './scalars.ts'
import { below, type Selection, selectionAt } from './selection.ts'
import { columnsFor, idOf, openId, places, View } from './view.ts'

/** The resolver map for `makeExecutableSchema`, fitting the text that `writeSchema` makes of the same model. */
export function resolversFor(model: Model): Record<string, unknown> {
  const datasets = [...model.datasets.values()]
  return {
    ...scalars,
    Query: Object.assign({ ...fixed.Query }, ...datasets.map(rootResolvers)),
    Node: { __resolveType: (view: View) => view.dataset.names.type },
    Catalog: fixed.Catalog,
    ...Object.assign({}, ...datasets.map(dataset => typeResolvers(dataset, model))),
  }
}

function rootResolvers(dataset: Dataset): Record<string, unknown> {
  const { names } = dataset
  return {
    [names.many]: (_root: unknown, args: PageArguments, asking: Asking, info: GraphQLResolveInfo) =>
      resolveList(dataset, args, asking, info),
    [names.one]: (_root: unknown, { id }: { id: string }, asking: Asking, info: GraphQLResolveInfo) =>
      resolveOne(dataset, id, asking, info),
    [aggregateField(dataset)]: (_root: unknown, args: Parameters<typeof resolveAggregate>[1], asking: Asking, info: GraphQLResolveInfo) =>
      resolveAggregate(dataset, args, asking, info),
  }
}

function typeResolvers(dataset: Dataset, model: Model): Record<string, unknown> {
  const names = typeNames(dataset)
  return {
    [names.object]: {
      id: (view: View, _args: unknown, asking: Asking) => idOf(asking, view),
      ...Object.fromEntries(
        dataset.fields.map(field => [
          field.name,
          (view: View, _args: unknown, asking: Asking) => present(field, view.cell(field), asking.house.zone, asking.language),
        ]),
      ),
      ...Object.fromEntries(dataset.relations.map(relation => [relation.name, relationResolver(relation, model)])),
    },
    [names.connection]: connectionResolvers,
    [names.edge]: {
      cursor: ({ page, at }: Edge) => page.cursor(at),
      node: ({ page, at }: Edge) => page.nodes[at],
    },
  }
}

interface Edge {
  readonly page: Page
  readonly at: number
}

const connectionResolvers = {
  nodes: (page: Page) => page.nodes,
  edges: (page: Page): Edge[] => page.nodes.map((_node, at) => ({ page, at })),
  pageInfo: (page: Page) => ({
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: () => (page.nodes.length > 0 ? page.cursor(0) : null),
    endCursor: () => (page.nodes.length > 0 ? page.cursor(page.nodes.length - 1) : null),
  }),
  totalCount: (page: Page) => page.total(),
}

/** What a connection's selection asks of the rows. */
function connectionNeeds(dataset: Dataset, info: GraphQLResolveInfo): { rows: boolean; node: Selection; cursors: boolean } {
  const types = [dataset.names.type, 'Node']
  const top = selectionAt(info, [typeNames(dataset).connection])
  const edges = below(top.get('edges'), info)
  const pageInfo = below(top.get('pageInfo'), info)
  const node = below([...(top.get('nodes') ?? []), ...(edges.get('node') ?? [])], info, types)
  return {
    rows: top.has('nodes') || top.has('edges') || top.has('pageInfo'),
    node,
    cursors: edges.has('cursor') || pageInfo.has('startCursor') || pageInfo.has('endCursor'),
  }
}

async function resolveList(dataset: Dataset, args: PageArguments, asking: Asking, info: GraphQLResolveInfo): Promise<Page> {
  const where = readFilter(dataset, args.filter as FilterInput, asking.house.limits.filterValues)
  const cut = readCut(asking, dataset, args)
  if (where === 'none') return emptyPage(dataset)
  const condition = where === 'all' ? {} : { where }
  const total = async () =>
    Number(
      (
        await read(asking, { kind: 'aggregate', dataset, ...condition, groupBy: [], measures: [{ function: 'count' }], limit: 1 })
      )[0]?.[0] ?? 0,
    )
  const needs = connectionNeeds(dataset, info)
  if (!needs.rows || cut.size === 0) return { ...emptyPage(dataset), total }
  const { paging } = dataset.can
  const window = windowOf(cut, paging, paging === 'offset' && cut.backwards && !cut.position ? await total() : 0)
  const request: RowsRequest = {
    kind: 'rows',
    dataset,
    columns: columnsFor(dataset, needs.node, cursorColumns(cut, paging, needs.cursors)),
    ...condition,
    ...window,
  }
  return makePage(asking, request, await read(asking, request), cut, total)
}

async function resolveOne(dataset: Dataset, id: string, asking: Asking, info: GraphQLResolveInfo): Promise<View | null> {
  const { key } = openId(asking, id, dataset)
  return byKey(dataset, key, asking, selectionAt(info, [dataset.names.type, 'Node']))
}

async function resolveNode(id: string, asking: Asking, info: GraphQLResolveInfo): Promise<View | null> {
  const { dataset, key } = openId(asking, id)
  return byKey(dataset, key, asking, selectionAt(info, [dataset.names.type, 'Node']))
}

/** Look-ups by id of one request share a statement where they ask for the same columns. */
async function byKey(dataset: Dataset, key: readonly Scalar[], asking: Asking, selection: Selection): Promise<View | null> {
  const columns = columnsFor(dataset, selection, dataset.key)
  const token = ['id', dataset.id, ...columns.map(column => ('name' in column ? `field ${column.name}` : `column ${column.column}`))].join(
    '\n',
  )
  const template = { kind: 'keyed', dataset, columns, match: dataset.key, orderBy: readOrder(dataset, undefined), perKey: 1 } as const
  const rows = await rowsByKey(asking, token, template).load(key)
  return rows?.[0] ? new View(dataset, rows[0], places(columns)) : null
}

/** Answers the part of the schema that is the same in every city. */
const fixed = {
  Query: {
    node: (_root, { id }, asking, info) => resolveNode(id, asking, info),
    catalog: (_root, _args, asking) => ({ city: asking.house.city, audience: asking.model.audience, datasets: [] }),
  },
  Catalog: {
    datasets: (_catalog, args, asking) => listDatasets(asking.model, args),
  },
} satisfies Resolvers

function relationResolver(relation: Relation, model: Model) {
  const target = model.datasets.get(relation.to)
  if (!target) throw new Error(`relation ${relation.name} leads out of the model`)
  return relation.many
    ? (view: View, args: PageArguments, asking: Asking, info: GraphQLResolveInfo) => resolveMany(relation, target, view, args, asking, info)
    : (view: View, _args: unknown, asking: Asking, info: GraphQLResolveInfo) => resolveSingle(relation, target, view, asking, info)
}

async function resolveSingle(
  relation: Relation,
  target: Dataset,
  view: View,
  asking: Asking,
  info: GraphQLResolveInfo,
): Promise<View | null> {
  const key = keyOf(relation, view)
  if (!key) return null
  const match = relation.match.map(pair => pair.right)
  const plan = planned(info.fieldNodes, asking.batches, () => {
    const columns = columnsFor(target, selectionAt(info, [target.names.type, 'Node']), match)
    return {
      columns,
      at: places(columns),
      template: { kind: 'keyed', dataset: target, columns, match, orderBy: readOrder(target, undefined), perKey: 1 } as const,
    }
  })
  const rows = await rowsByKey(asking, plan, plan.template, joining(relation, view)).load(key)
  return rows?.[0] ? new View(target, rows[0], plan.at) : null
}

async function resolveMany(
  relation: Relation,
  target: Dataset,
  view: View,
  args: PageArguments,
  asking: Asking,
  info: GraphQLResolveInfo,
): Promise<Page> {
  const key = keyOf(relation, view)
  const plan = planned(info.fieldNodes, asking.batches, () => planMany(relation, target, args, asking, info))
  if (!key || plan === 'nothing') return emptyPage(target)
  const { cut, paging, match, condition, needed, counts } = plan
  const total = async () => (await countsByKey(asking, counts, target, match, condition.where, joining(relation, view)).load(key)) ?? 0
  if (!needed) return { ...emptyPage(target), total }
  if (paging === 'offset' && cut.backwards && !cut.position) {
    // The end of each parent's list is elsewhere: parents with lists of one length share a request.
    const { orderBy, limit, position } = windowOf(cut, paging, await total())
    if (limit === 0) return { ...emptyPage(target), total }
    const place = position ? { position } : {}
    const template = { ...plan.template, orderBy, perKey: limit, ...place }
    const token = planned(JSON.stringify([limit, position]), plan.tails, () => ({}))
    const rows = await rowsByKey(asking, token, template, joining(relation, view)).load(key)
    return makePage(asking, template, rows ?? [], cut, total)
  }
  const rows = await rowsByKey(asking, plan, plan.template, joining(relation, view)).load(key)
  return makePage(asking, plan.template, rows ?? [], cut, total)
}

function joining({ name, normalise }: Relation, { dataset }: View): Joining {
  return { from: dataset.id, name, ...(normalise && { normalise }) }
}

function planMany(relation: Relation, target: Dataset, args: PageArguments, asking: Asking, info: GraphQLResolveInfo) {
  const where = readFilter(target, args.filter as FilterInput, asking.house.limits.filterValues)
  const cut = readCut(asking, target, args)
  if (where === 'none') return 'nothing'
  const { paging } = target.can
  const match = relation.match.map(pair => pair.right)
  const needs = connectionNeeds(target, info)
  const columns = columnsFor(target, needs.node, [...match, ...cursorColumns(cut, paging, needs.cursors)])
  const condition = where === 'all' ? {} : { where }
  const { orderBy, limit, position } = windowOf(cut, paging)
  const template = {
    kind: 'keyed',
    dataset: target,
    columns,
    match,
    ...condition,
    orderBy,
    perKey: limit,
    ...(position && { position }),
  } as const
  return { cut, paging, match, condition, template, needed: needs.rows && cut.size > 0, counts: {}, tails: new Map<unknown, unknown>() }
}

/** Worked out once for all parents of one selection: graphql-js hands every one of them the same list of field nodes. */
function planned<T>(token: unknown, known: Map<unknown, unknown>, make: () => T): T {
  if (!known.has(token)) known.set(token, make())
  return known.get(token) as T
}
