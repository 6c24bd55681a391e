/** Who answers which field of the schema? Made from a model, so that nothing closed can have a resolver. */

import type { GraphQLResolveInfo } from 'graphql'
import type { Dataset, Model, Relation, Scalar } from '../model/index.ts'
import { aggregateField, typeNames } from '../schema/index.ts'
import { resolveAggregate } from './aggregate.ts'
import type { Asking } from './asking.ts'
import { countsByKey, joiningOf, keyOf, rowsByKey } from './batches.ts'
import { listDatasets } from './catalog.ts'
import type { Resolvers } from './generated.ts'
import { connectionNeeds, prepareList } from './lists.ts'
import { emptyPage, makePage, type Page, type PageArguments, windowOf } from './page.ts'
import { present } from './present.ts'
import { planMany, planSingle, startsFromTheEnd, templateOf } from './relations.ts'
import { scalars } from './scalars.ts'
import { type Selection, selectionAt } from './selection.ts'
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
      id: (view: View, _args: unknown, asking: Asking) => idOf(asking, dataset, view.cells(dataset.key)),
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
      node: ({ page, at }: Edge) => page.nodes()[at],
    },
  }
}

interface Edge {
  readonly page: Page
  readonly at: number
}

const connectionResolvers = {
  nodes: (page: Page) => page.nodes(),
  edges: (page: Page): Edge[] => page.nodes().map((_node, at) => ({ page, at })),
  pageInfo: (page: Page) => ({
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: () => (page.nodes().length > 0 ? page.cursor(0) : null),
    endCursor: () => (page.nodes().length > 0 ? page.cursor(page.nodes().length - 1) : null),
  }),
  totalCount: (page: Page) => page.total(),
}

async function resolveList(dataset: Dataset, args: PageArguments, asking: Asking, info: GraphQLResolveInfo): Promise<Page> {
  return prepareList(dataset, args, asking, connectionNeeds(dataset, info))()
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
  const template = templateOf(dataset, columnsFor(dataset, selection), dataset.key)
  const { columns } = template
  const token = ['id', dataset.id, ...columns.map(column => ('name' in column ? `field ${column.name}` : `column ${column.column}`))].join(
    '\n',
  )
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
  const template = planned(info.fieldNodes, asking.batches, () =>
    planSingle(relation, target, columnsFor(target, selectionAt(info, [target.names.type, 'Node']))),
  )
  const rows = await rowsByKey(asking, template, template, joiningOf(relation, view.dataset)).load(key)
  return rows?.[0] ? new View(target, rows[0], places(template.columns)) : null
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
  const plan = planned(info.fieldNodes, asking.batches, () => {
    const many = planMany(relation, target, args, asking, connectionNeeds(target, info))
    return many && { ...many, counts: {}, tails: new Map<unknown, unknown>() }
  })
  if (!key || !plan) return emptyPage(target)
  const { cut, template, needed, counts } = plan
  const joining = joiningOf(relation, view.dataset)
  const total = async () => (await countsByKey(asking, counts, template, joining).load(key)) ?? 0
  if (!needed) return { ...emptyPage(target), total }
  if (startsFromTheEnd(plan)) {
    // Parents with lists of one length share a request.
    const { orderBy, limit, position } = windowOf(cut, target.can.paging, await total())
    if (limit === 0) return { ...emptyPage(target), total }
    const tail = { ...template, orderBy, perKey: limit, ...(position && { position }) }
    const token = planned(JSON.stringify([limit, position]), plan.tails, () => ({}))
    const rows = await rowsByKey(asking, token, tail, joining).load(key)
    return makePage(asking, tail, rows ?? [], cut, total)
  }
  const rows = await rowsByKey(asking, plan, template, joining).load(key)
  return makePage(asking, template, rows ?? [], cut, total)
}

/** Worked out once for all parents of one selection: graphql-js hands every one of them the same list of field nodes. */
function planned<T>(token: unknown, known: Map<unknown, unknown>, make: () => T): T {
  if (!known.has(token)) known.set(token, make())
  return known.get(token) as T
}
