/** The doors to the street: which path leads where, with which limits. */

import { randomUUID } from 'node:crypto'
import * as http from 'node:http'
import { Readable } from 'node:stream'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import cors from '@fastify/cors'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteHandlerMethod } from 'fastify'
import type { Logger } from 'pino'
import { failures, GatewayError, type Language, type Model, sourceFailure, type Text } from '../model/index.ts'
import { type Asking, type House, makeGraph, makeRunner, Provenance, refuse } from '../resolvers/index.ts'
import { writeSchema } from '../schema/index.ts'
import { audienceOf, type KeyEntry } from './access.ts'
import { refusal } from './errors.ts'
import { addExports } from './exports.ts'
import { createFront, etagOf, type Front, matches } from './front.ts'
import { startApollo } from './graphql.ts'
import { assets, contentSecurityPolicy, landingPage } from './landing.ts'
import { languageOf } from './language.ts'
import type { Metrics } from './metrics.ts'
import { relievePressure, unpressed } from './pressure.ts'

export interface ServerSetting {
  /** By audience; `public` is always there. */
  readonly models: ReadonlyMap<string, Model>
  readonly house: House
  readonly keys: readonly KeyEntry[]
  readonly title: Text
  /** For callers who name no language of ours. */
  readonly language: Language
  /** Origins that browsers may ask from; `['*']` for all. */
  readonly origins: readonly string[]
  readonly bodyBytes: number
  readonly headerBytes: number
  /** Bytes of whole answers that are kept to be sent again; 0: none. */
  readonly answerBytes: number
  /** Requests that are answered at once; further ones are refused with GATEWAY_BUSY. */
  readonly requestsAtOnce: number
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'request' | 'refused' | 'cache'>
  /** false: the house is closing and asks load balancers to stay away. */
  readonly ready: () => boolean
}

/** An HTTP server, not yet listening. */
export interface Doors {
  readonly server: FastifyInstance
  /** Answers from other models from now on; requests already running end with the ones they began with. */
  replaceModels(models: ReadonlyMap<string, Model>): Promise<void>
}

export async function makeServer(setting: ServerSetting): Promise<Doors> {
  const { house, log } = setting
  const graphs: { now: Graphs } = { now: new Map() }
  const today = calendarOf(house)
  const audience: AudienceFinder = ({ headers }) => audienceOf(headers, setting.keys, today)
  const languageFor = ({ headers }: Caller) => languageOf(headers['accept-language'], setting.language)
  const front = createFront({
    bytes: setting.answerBytes,
    bodyBytes: setting.bodyBytes,
    now: house.now,
    scope: request => scopeOf(request, audience, setting, graphs.now, languageFor(request)),
    onAnswer: how => {
      setting.metrics?.cache(how === 'hit' ? 'answer' : 'answer.shared')
      setting.metrics?.request(200, 0)
    },
    stays: () => stays(),
    pressed: () => pressed(),
  })
  const server = Fastify({
    logger: false,
    ...withoutSchemas,
    bodyLimit: setting.bodyBytes,
    serverFactory: listener => http.createServer({ maxHeaderSize: setting.headerBytes, ...patience }, front.guard(listener)),
    genReqId: () => randomUUID(),
    // Whoever asks over an open connection while the house closes is answered, and told that the connection ends.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  })
  // Whoever is answered while the house closes hears that the connection ends, and does not hold up the end by keeping it; not before
  // newcomers are refused, or they would come anew into a door that is about to shut.
  const stays = () => setting.ready() || server.server.listening
  await server.register(cors, {
    origin: setting.origins.includes('*') ? '*' : [...setting.origins],
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: ['content-type', 'accept', 'accept-language', 'authorization', 'x-api-key', 'apollo-require-preflight'],
    exposedHeaders: ['x-request-id', 'content-disposition', 'stadttor-provenance'],
    maxAge: 86_400,
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
  })
  server.addHook('onSend', async (_request, reply) => {
    if (!stays()) reply.header('connection', 'close')
  })
  // Path without its query, no address of the caller: neither belongs into a log for no reason.
  server.addHook('onResponse', async (request, reply) => {
    setting.metrics?.request(reply.statusCode, reply.elapsedTime / 1000)
    log.debug(
      {
        requestId: request.id,
        method: request.method,
        path: request.url.split('?')[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const spoken = asRefusal(error)
    if (spoken.code === 'INTERNAL') log.error({ requestId: request.id, err: error }, 'unexpected error')
    else if (spoken.log) log.warn({ requestId: request.id, code: spoken.code }, spoken.log)
    if (spoken.detail) log.debug({ requestId: request.id, code: spoken.code }, spoken.detail)
    return send(reply, spoken, languageFor(request))
  })
  server.setNotFoundHandler((request, reply) => send(reply, notFound(), languageFor(request)))
  const pressed = relievePressure(server, {
    requestsAtOnce: setting.requestsAtOnce,
    warn: (message, details) => log.warn(details, message),
    onRefusal: reason => setting.metrics?.refused(reason),
  })
  graphs.now = await openGraphs(setting.models, setting, languageFor, front)
  addGraphql(server, setting, graphs, front, audience)
  addExports(server, {
    ask: (request, reply) => {
      const asking = audience(request)
      const model = graphs.now.get(asking)?.model
      if (!model) return undefined
      keepApart(reply, asking, ['accept-language'])
      return askingOf(house, front, model, languageFor(request), request, reply, house.limits.exportMs)
    },
    notFound,
    log,
  })
  addPages(server, setting, graphs, languageFor)
  server.get('/healthz', unpressed, async () => ({ status: 'ok' }))
  server.get('/readyz', unpressed, async (_request, reply) =>
    reply.code(setting.ready() ? 200 : 503).send({ status: setting.ready() ? 'ready' : 'closing' }),
  )
  server.addHook('onClose', async () => {
    await stopGraphs(graphs.now)
    await house.cache.close()
  })
  return {
    server,
    async replaceModels(models) {
      const before = graphs.now
      graphs.now = await openGraphs(models, setting, languageFor, front)
      front.clear()
      await stopGraphs(before)
    },
  }
}

/** No route has a JSON schema. Fastify would all the same load what compiles them, which is a hundred files. */
const withoutSchemas = { schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } } }

function noSchema(): never {
  throw new Error('a route has a schema, which nothing here compiles')
}

/** The whole request has to be here in time, looked at every two seconds; answers have their own limit in the house. */
const patience = { requestTimeout: 12_000, headersTimeout: 8_000, connectionsCheckingInterval: 2_000, keepAliveTimeout: 72_000 }

/** What answers one audience. */
interface Graph {
  readonly model: Model
  readonly answer: RouteHandlerMethod
  stop(): Promise<void>
}

type Graphs = ReadonlyMap<string, Graph>

async function openGraphs(
  models: ReadonlyMap<string, Model>,
  { house, log }: ServerSetting,
  languageFor: (request: FastifyRequest) => Language,
  front: Front,
): Promise<Graphs> {
  const opened = [...models].map(async ([audience, model]) => {
    const schema = makeGraph(model, house.limits)
    const apollo = await startApollo(schema, makeRunner(schema, model), house, log)
    const context = async (request: FastifyRequest, reply: FastifyReply) =>
      askingOf(house, front, model, languageFor(request), request, reply, house.limits.requestMs)
    return [audience, { model, answer: fastifyApolloHandler(apollo, { context }), stop: () => apollo.stop() }] as const
  })
  return new Map(await Promise.all(opened))
}

async function stopGraphs(graphs: Graphs): Promise<void> {
  await Promise.all([...graphs.values()].map(graph => graph.stop()))
}

/** Everything besides the request itself that an answer hangs on; `undefined` for callers whom no graph answers. */
function scopeOf(request: Caller, findAudience: AudienceFinder, { origins }: ServerSetting, graphs: Graphs, language: Language) {
  const { accept, origin } = request.headers
  try {
    const audience = findAudience(request)
    const model = graphs.get(audience)?.model
    return model && JSON.stringify([audience, model.hash, accept, language, origins.includes('*') ? '' : origin])
  } catch {
    return undefined
  }
}

interface Caller {
  readonly headers: http.IncomingHttpHeaders
}

/** @throws GatewayError KEY_INVALID */
type AudienceFinder = (request: Caller) => string

function addGraphql(
  server: FastifyInstance,
  setting: ServerSetting,
  graphs: { readonly now: Graphs },
  front: Front,
  audience: AudienceFinder,
): void {
  const { house } = setting
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preParsing: async ({ raw }, _reply, payload) => {
      const body = front.bodyOf(raw)
      return body ? Readable.from([body]) : payload
    },
    onSend: async (request, reply, payload) => keepAnswer(front, house, request, reply, payload),
    handler: async (request, reply) => {
      if (request.method === 'GET' && wantsPage(request)) return reply.redirect('/')
      const asking = audience(request)
      const graph = graphs.now.get(asking)
      if (!graph)
        throw refuse('KEY_INVALID', { de: 'Für diesen Schlüssel gibt es hier keine Daten.', en: 'There is no data here for this key.' })
      keepApart(reply, asking, ['accept', 'accept-encoding', 'accept-language'])
      return graph.answer.call(server, request, reply)
    },
  })
  server.get('/schema.graphql', async (request, reply) => {
    const asking = audience(request)
    const model = graphs.now.get(asking)?.model
    if (!model) throw notFound()
    keepApart(reply, asking, [])
    return reply.type('text/plain; charset=utf-8').send(writeSchema(model, house.limits))
  })
}

/** Headers that belong to one request, or to one sending of an answer. */
const passing = new Set(['x-request-id', 'content-length', 'date', 'connection', 'age', 'etag', 'cache-status'])

/** Says how long an answer may be used, shares and keeps it for as long; only a whole one, of fresh rows. */
function keepAnswer(front: Front, { now }: House, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const fresh = reply.statusCode === 200 ? askings.get(request)?.provenance.freshness() : undefined
  if (!fresh || !(typeof payload === 'string' || payload instanceof Buffer)) {
    front.settle(request.raw, undefined)
    return payload
  }
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload
  const { asOf, freshUntil } = fresh
  const isPublic = reply.getHeader('cache-control') !== withheld
  // POST is for nobody else to keep (RFC 9110, 9.3.3).
  if (isPublic)
    reply.header('cache-control', request.method === 'GET' ? `public, max-age=${Math.floor((freshUntil - asOf) / 1000)}` : 'no-store')
  const headers = Object.entries(reply.getHeaders()).filter(([name, value]) => !passing.has(name) && value !== undefined)
  front.settle(request.raw, { body, asOf, freshUntil, headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])) })
  const etag = etagOf(body)
  reply
    .header('etag', etag)
    .header('age', Math.max(0, Math.floor((now() - asOf) / 1000)))
    .header('cache-status', 'Stadttor; fwd=miss')
  if (!matches(request.headers['if-none-match'], etag)) return body
  reply.code(304)
  return null
}

/** One address, several answers: caches on the way must keep them apart, and not keep at all what only a key opens. */
function keepApart(reply: FastifyReply, audience: string, more: readonly string[]): void {
  reply.header('vary', ['origin', 'authorization', 'x-api-key', ...more].join(', '))
  if (audience !== 'public') reply.header('cache-control', withheld)
}

function addPages(
  server: FastifyInstance,
  setting: ServerSetting,
  graphs: { readonly now: Graphs },
  languageFor: (request: FastifyRequest) => Language,
): void {
  server.get('/', async (request, reply) => {
    const model = graphs.now.get('public')?.model
    if (!model) throw notFound()
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', contentSecurityPolicy)
      .header('vary', 'accept-language')
      .send(landingPage(setting.title, model, languageFor(request)))
  })
  for (const [path, { type, text }] of assets)
    server.get(path, async (_request, reply) => reply.type(type).header('cache-control', 'public, max-age=3600').send(text))
}

const withheld = 'private, no-store'

/** A person with a browser who opened the endpoint itself. */
function wantsPage(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>
  return Object.keys(query).length === 0 && (request.headers.accept ?? '').includes('text/html')
}

/** @param limitMs the request may take so long; milliseconds */
function askingOf(
  house: House,
  front: Front,
  model: Model,
  language: Language,
  request: FastifyRequest,
  reply: FastifyReply,
  limitMs: number,
): Asking {
  const gone = new AbortController()
  const late = setTimeout(() => gone.abort(sourceFailure('SOURCE_TIMEOUT', `the request took longer than ${limitMs} ms`)), limitMs).unref()
  // Work that others wait for goes on when the caller who began it has left, for as long as any request may.
  reply.raw.once('close', () => {
    if (reply.raw.writableEnded) return clearTimeout(late)
    front.whenNobodyWaits(request.raw, () => {
      clearTimeout(late)
      gone.abort(sourceFailure('CANCELLED', 'the caller left'))
    })
  })
  const asking = { house, model, language, signal: gone.signal, requestId: request.id, provenance: new Provenance(), batches: new Map() }
  askings.set(request, asking)
  return asking
}

/** Who asked what, for as long as it is being answered. */
const askings = new WeakMap<FastifyRequest, Asking>()

function asRefusal(error: Error & { statusCode?: number; code?: string }): GatewayError {
  if (error instanceof GatewayError) return error
  if (error.statusCode === 413) return refuse('REQUEST_TOO_LARGE', { de: 'Diese Anfrage ist zu groß.', en: 'This request is too large.' })
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return refuse(
      'REQUEST_INVALID',
      { de: 'Diese Anfrage ist nicht lesbar.', en: 'This request cannot be read.' },
      {
        de: 'Erwartet wird POST mit content-type application/json und {"query": "…"} oder GET mit ?query=….',
        en: 'Expected: POST with content-type application/json and {"query": "…"}, or GET with ?query=….',
      },
    )
  }
  return new GatewayError('INTERNAL', { message: { de: 'Unerwarteter Fehler.', en: 'Unexpected error.' }, cause: error })
}

function notFound(): GatewayError {
  return refuse(
    'NOT_FOUND',
    { de: 'Hier ist nichts.', en: 'There is nothing here.' },
    { de: 'GraphQL wohnt unter /graphql.', en: 'GraphQL lives at /graphql.' },
  )
}

function send(reply: FastifyReply, error: GatewayError, language: Language) {
  return reply
    .code(failures[error.code].status)
    .type('application/json; charset=utf-8')
    .send(refusal(error, language, String(reply.request.id)))
}

/** Tells the city's date. */
function calendarOf(house: House): () => string {
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: house.zone })
  return () => calendar.format(house.now())
}
