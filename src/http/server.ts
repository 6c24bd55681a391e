/** The doors to the street: which path leads where, with which limits. */

import { randomUUID } from 'node:crypto'
import { Server as Listener } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import cors from '@fastify/cors'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { Logger } from 'pino'
import { failures, GatewayError, type Language, type Model, type Text } from '../model/index.ts'
import { type House, refuse } from '../resolvers/index.ts'
import type { KeyEntry } from './access.ts'
import { askingOf } from './asking.ts'
import { type Callers, createCallers } from './callers.ts'
import { addEndpoint, contextOf, keepApart } from './endpoint.ts'
import { refusal } from './errors.ts'
import { addExports } from './exports.ts'
import { createFront } from './front.ts'
import { type Graphs, openGraphs, stopGraphs } from './graphs.ts'
import { assets, contentSecurityPolicy, landingPage } from './landing.ts'
import type { Metrics } from './metrics.ts'
import { createGate, type PressureSetting, relievePressure } from './pressure.ts'
import { createShortcut, type ShortcutSetting } from './shortcut.ts'

// Not imported: that would evaluate all its exports, WebSocket among them, for which Node.js loads its fetch: 12 MB and 60 ms of a start.
const { createServer } = process.getBuiltinModule('node:http')

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
  readonly metrics?: Pick<Metrics, 'request' | 'refused' | 'cache' | 'keeps'>
  /** false: the house is closing and asks load balancers to stay away. */
  readonly ready: () => boolean
}

/** An HTTP server, not yet listening. */
export interface Doors {
  readonly server: FastifyInstance
  /** Answers from other models from now on; requests already running end with the ones they began with. */
  replaceModels(models: ReadonlyMap<string, Model>): Promise<void>
  /** Whole answers are made anew, of the rows that are kept. */
  forgetAnswers(): void
}

export async function makeServer(setting: ServerSetting): Promise<Doors> {
  const { house, log } = setting
  const graphs: { now: Graphs } = { now: new Map() }
  const callers = createCallers({ ...setting, today: calendarOf(house) }, graphs)
  const gate = createGate(setting.requestsAtOnce)
  const front = createFront({
    bytes: setting.answerBytes,
    bodyBytes: setting.bodyBytes,
    now: house.now,
    scope: request => callers.welcome(request)?.scope,
    onAnswer: how => {
      setting.metrics?.cache(how === 'hit' ? 'answer' : 'answer.shared')
      setting.metrics?.request(200, 0)
    },
    stays: () => stays(),
    pressed: () => gate.pressure() !== undefined,
  })
  setting.metrics?.keeps('answers', front.bytes)
  // Path without its query, no address of the caller: neither belongs into a log for no reason.
  const tell: ShortcutSetting['onAnswer'] = ({ method, url = '' }, { requestId, status, ms }) => {
    setting.metrics?.request(status, ms / 1000)
    if (log.isLevelEnabled('debug')) log.debug({ requestId, method, path: url.split('?')[0], status, ms: Math.round(ms) }, 'request')
  }
  const shortcut = createShortcut({ house, front, callers, gate, log, onAnswer: tell, stays: () => stays() })
  const pressure: PressureSetting = {
    gate,
    origins: setting.origins,
    languageOf: callers.languageOf,
    warn: (message, details) => log.warn(details, message),
    onRefusal(reason, request, requestId) {
      setting.metrics?.refused(reason)
      tell(request, { requestId, status: failures.GATEWAY_BUSY.status, ms: 0 })
    },
  }
  const server = Fastify({
    logger: false,
    ...withoutSchemas,
    bodyLimit: setting.bodyBytes,
    serverFactory: listener =>
      createServer({ maxHeaderSize: setting.headerBytes, ...patience }, front.guard(relievePressure(pressure, shortcut.guard(listener)))),
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
  server.addHook('onResponse', async (request, reply) =>
    tell(request.raw, { requestId: request.id, status: reply.statusCode, ms: reply.elapsedTime }),
  )
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const spoken = asRefusal(error)
    if (spoken.code === 'INTERNAL') log.error({ requestId: request.id, err: error }, 'unexpected error')
    else if (spoken.log) log.warn({ requestId: request.id, code: spoken.code }, spoken.log)
    if (spoken.detail) log.debug({ requestId: request.id, code: spoken.code }, spoken.detail)
    return send(reply, spoken, callers.languageOf(request))
  })
  server.setNotFoundHandler((request, reply) => send(reply, notFound(), callers.languageOf(request)))
  server.addHook('onRequest', async (_request, reply) => void gate.enter(reply.raw))
  server.addHook('onClose', async () => gate.close())
  graphs.now = await openGraphs(setting.models, { house, log, contextOf })
  addEndpoint(server, { house, callers, front, shortcut, notFound })
  addExports(server, {
    ask: (request, reply) => {
      const { audience, graph, language } = callers.callerOf(request)
      if (!graph) return undefined
      keepApart(reply, audience, ['accept-language'])
      const asked = { house, front, model: graph.model, language, requestId: request.id, limitMs: house.limits.exportMs }
      return askingOf(asked, request.raw, reply.raw)
    },
    notFound,
    log,
  })
  addPages(server, setting, graphs, callers)
  server.get('/healthz', async () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) =>
    reply.code(setting.ready() ? 200 : 503).send({ status: setting.ready() ? 'ready' : 'closing' }),
  )
  // Before connections without a request are closed: whoever has just sent one over a connection that was kept is still answered, and whoever
  // comes anew finds the door shut, not a connection that nobody takes any more.
  server.addHook('preClose', async () => {
    Listener.prototype.close.call(server.server)
    await sleep(lingerMs)
  })
  server.addHook('onClose', async () => {
    await stopGraphs(graphs.now)
    await house.cache.close()
  })
  return {
    server,
    async replaceModels(models) {
      const before = graphs.now
      graphs.now = await openGraphs(models, { house, log, contextOf })
      front.clear()
      await stopGraphs(before)
    },
    forgetAnswers: front.clear,
  }
}

/** No route has a JSON schema. Fastify would all the same load what compiles them, which is a hundred files. */
const withoutSchemas = { schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } } }

function noSchema(): never {
  throw new Error('a route has a schema, which nothing here compiles')
}

/** So long is waited for requests that are on their way while the house closes. */
const lingerMs = 100

/** The whole request has to be here in time, looked at every two seconds; answers have their own limit in the house. */
const patience = { requestTimeout: 12_000, headersTimeout: 8_000, connectionsCheckingInterval: 2_000, keepAliveTimeout: 72_000 }

function addPages(server: FastifyInstance, setting: ServerSetting, graphs: { readonly now: Graphs }, { languageOf }: Callers): void {
  server.get('/', async (request, reply) => {
    const model = graphs.now.get('public')?.model
    if (!model) throw notFound()
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', contentSecurityPolicy)
      .header('vary', 'accept-language')
      .send(landingPage(setting.title, model, languageOf(request)))
  })
  for (const [path, { type, text }] of assets)
    server.get(path, async (_request, reply) => reply.type(type).header('cache-control', 'public, max-age=3600').send(text))
}

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
