/** The door for questions in GraphQL. */

import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayError } from '../model/index.ts'
import { type Asking, type House, refuse } from '../resolvers/index.ts'
import { writeSchema } from '../schema/index.ts'
import { askingOf } from './asking.ts'
import type { Caller, Callers } from './callers.ts'
import { type Front, matches } from './front.ts'
import type { Context } from './graphql.ts'
import { ageOf, cacheControl, etagOf, lasting, withheld } from './labels.ts'
import type { Planned, Shortcut } from './shortcut.ts'

export interface EndpointSetting {
  readonly house: House
  readonly callers: Callers
  readonly front: Front
  readonly shortcut: Shortcut
  /** The refusal of an address that is none. */
  readonly notFound: () => GatewayError
}

/** A request while Apollo answers it. */
interface Exchange {
  readonly caller: Caller
  readonly asking: Asking
  planned?: Planned
}

const exchanges = new WeakMap<IncomingMessage, Exchange>()

/** What Apollo's hooks are handed. */
export function contextOf({ raw }: FastifyRequest): Context {
  const exchange = exchanges.get(raw)!
  return {
    ...exchange.asking,
    planned: (document, operation) => {
      exchange.planned = { document, operation }
    },
  }
}

/** `/graphql`, and the schema as a file. */
export function addEndpoint(server: FastifyInstance, setting: EndpointSetting): void {
  const { house, callers, front, notFound } = setting
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preParsing: async ({ raw }, _reply, payload) => {
      const body = front.bodyOf(raw)
      return body ? Readable.from([body]) : payload
    },
    onSend: async (request, reply, payload) => {
      learn(setting, request, reply)
      return keepAnswer(setting, request, reply, payload)
    },
    handler: async (request, reply) => {
      if (request.method === 'GET' && wantsPage(request)) return reply.redirect('/')
      const caller = callers.callerOf(request)
      const { audience, graph, language } = caller
      if (!graph)
        throw refuse('KEY_INVALID', { de: 'Für diesen Schlüssel gibt es hier keine Daten.', en: 'There is no data here for this key.' })
      keepApart(reply, audience, ['accept', 'accept-encoding', 'accept-language'])
      const asked = { house, front, model: graph.model, language, requestId: request.id, limitMs: house.limits.requestMs }
      exchanges.set(request.raw, { caller, asking: askingOf(asked, request.raw, reply.raw) })
      return graph.answer.call(server, request, reply)
    },
  })
  server.get('/schema.graphql', async (request, reply) => {
    const { audience, graph } = callers.callerOf(request)
    if (!graph) throw notFound()
    keepApart(reply, audience, [])
    return reply.type('text/plain; charset=utf-8').send(writeSchema(graph.model, house.limits))
  })
}

function learn({ shortcut }: EndpointSetting, { raw }: FastifyRequest, reply: FastifyReply): void {
  const { caller, planned } = exchanges.get(raw) ?? {}
  if (caller && planned && reply.statusCode === 200) shortcut.learn(raw, caller, planned, reply.getHeaders())
}

/** Says how long an answer may be used, shares and keeps it for as long; only a whole one, of fresh rows. */
function keepAnswer({ front, house }: EndpointSetting, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const fresh = reply.statusCode === 200 ? exchanges.get(request.raw)?.asking.provenance.freshness() : undefined
  if (!fresh || !(typeof payload === 'string' || payload instanceof Buffer)) {
    front.settle(request.raw, undefined)
    return payload
  }
  const now = house.now()
  if (reply.getHeader('cache-control') !== withheld) reply.header('cache-control', cacheControl(fresh, request.method))
  const etag = fresh.freshUntil > now ? etagOf(payload) : undefined
  front.settle(request.raw, { ...fresh, headers: lasting(reply.getHeaders()), body: () => payload, ...(etag && { etag }) })
  reply.header('age', ageOf(fresh, now)).header('cache-status', 'Stadttor; fwd=miss')
  if (!etag) return payload
  reply.header('etag', etag)
  if (!matches(request.headers['if-none-match'], etag)) return payload
  reply.code(304)
  return null
}

/** One address, several answers: caches on the way must keep them apart, and not keep at all what only a key opens. */
export function keepApart(reply: FastifyReply, audience: string, more: readonly string[]): void {
  reply.header('vary', ['origin', 'authorization', 'x-api-key', ...more].join(', '))
  if (audience !== 'public') reply.header('cache-control', withheld)
}

/** A person with a browser who opened the endpoint itself. */
function wantsPage(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>
  return Object.keys(query).length === 0 && (request.headers.accept ?? '').includes('text/html')
}
