/** What answers each audience: its graph, on an Apollo Server of its own. */

import type { FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Model } from '../model/index.ts'
import { type House, makeGraph, makeRunner, type Runner } from '../resolvers/index.ts'
import { fastifyApolloHandler } from './apollo.ts'
import { type Context, startApollo } from './graphql.ts'

/** What answers one audience. */
export interface Graph {
  readonly model: Model
  readonly schema: GraphQLSchema
  readonly run: Runner
  /** Apollo's way. */
  readonly answer: RouteHandlerMethod
  stop(): Promise<void>
}

/** By audience. */
export type Graphs = ReadonlyMap<string, Graph>

export interface GraphsSetting {
  readonly house: House
  readonly log: Logger
  readonly contextOf: (request: FastifyRequest) => Context
}

export async function openGraphs(models: ReadonlyMap<string, Model>, { house, log, contextOf }: GraphsSetting): Promise<Graphs> {
  const opened = [...models].map(async ([audience, model]) => {
    const schema = makeGraph(model, house.limits)
    const run = makeRunner(schema, model)
    const apollo = await startApollo({ graph: schema, run, house, log })
    const answer = fastifyApolloHandler(apollo, { context: async request => contextOf(request) })
    return [audience, { model, schema, run, answer, stop: () => apollo.stop() }] as const
  })
  return new Map(await Promise.all(opened))
}

export async function stopGraphs(graphs: Graphs): Promise<void> {
  await Promise.all([...graphs.values()].map(graph => graph.stop()))
}
