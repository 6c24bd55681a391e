/** Has Apollo let exactly this document through before? Then its plan answers at once, as it did then. */

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { assertAffordable, type House } from '../resolvers/index.ts'
import { around, frameOf } from './answer.ts'
import { askingOf } from './asking.ts'
import type { Caller, Callers, Welcome } from './callers.ts'
import { charactersOf, endWith, type Front } from './front.ts'
import { tellErrors } from './graphql.ts'
import type { Graph } from './graphs.ts'
import { ageOf, etagOf, lasting, withheld } from './labels.ts'
import type { Gate } from './pressure.ts'
import { type Question, readQuestion } from './question.ts'

export interface ShortcutSetting {
  readonly house: House
  readonly front: Front
  readonly callers: Callers
  readonly gate: Gate
  readonly log: Logger
  /** Told of every answer from here. */
  readonly onAnswer: (
    request: IncomingMessage,
    answer: { readonly requestId: string; readonly status: number; readonly ms: number },
  ) => void
  /** false: connections end with their answer. */
  readonly stays: () => boolean
}

/** An operation that was answered by its plan. */
export interface Planned {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
}

export interface Shortcut {
  /** Puts the shortcut before Apollo's way. Whatever is unusual goes that way, to be answered or refused. */
  guard(listener: RequestListener): RequestListener
  /** Remembers what Apollo has let through, and the headers of its answer. */
  learn(request: IncomingMessage, caller: Caller, planned: Planned, headers: Readonly<Record<string, unknown>>): void
}

/** Names and values in turn. */
type Headers = readonly string[]

interface Known extends Planned {
  readonly headers: Headers
  /** Of an answer that says how old it is. */
  readonly dated: Headers
}

/** Everything that one request needs to be answered from here. */
interface Found {
  readonly caller: Welcome
  readonly question: Question
  readonly name: string
  readonly known: Known
}

/** Characters of all documents of one graph; parsed, they take about forty times as many bytes. */
const charactersAtMost = 500_000

/** @see docs/decisions/0008-shortcut.md */
export function createShortcut({ house, front, callers, gate, log, onAnswer, stays }: ShortcutSetting): Shortcut {
  const documents = new WeakMap<Graph, LRUCache<string, Known>>()

  function documentsOf(graph: Graph): LRUCache<string, Known> {
    const there = documents.get(graph)
    if (there) return there
    const made = new LRUCache<string, Known>({ maxSize: charactersAtMost, sizeCalculation: (_known, name) => name.length })
    documents.set(graph, made)
    return made
  }

  function find(request: IncomingMessage): Found | undefined {
    const body = front.bodyOf(request)
    const question = body && isPlain(request) ? readQuestion(body) : undefined
    if (!question) return undefined
    const caller = callers.welcome(request)
    if (!caller) return undefined
    const name = nameOf(question, caller)
    const known = documentsOf(caller.graph).get(name)
    return known && { caller, question, name, known }
  }

  async function answer(request: IncomingMessage, response: ServerResponse, pass: () => void, found: Found): Promise<void> {
    const begun = performance.now()
    const { caller, question, name, known } = found
    const { graph } = caller
    const requestId = randomUUID()
    const leave = gate.enter(response)
    const setting = { house, front, model: graph.model, language: caller.language, requestId, limitMs: house.limits.requestMs }
    const asking = askingOf(setting, request, response)
    const frame = (errors: readonly GraphQLError[]) => frameOf(around(asking, tellErrors(errors, asking, log)))
    const written = await graph.run(known.document, known.operation, question.variables, asking, frame).catch(() => undefined)
    if (!written) {
      // Apollo knows what to say. The next one need not try in vain.
      documentsOf(graph).delete(name)
      leave()
      return pass()
    }
    const body = written.text
    const fresh = asking.provenance.freshness()
    const now = house.now()
    const etag = fresh && fresh.freshUntil > now ? etagOf(body) : undefined
    front.settle(request, fresh && { ...fresh, headers: known.dated, body: () => body, ...(etag && { etag }) })
    // A list of its own: that of the answer is kept, and sent again with other labels.
    const headers = [...(fresh ? known.dated : known.headers)]
    if (etag) headers.push('etag', etag)
    if (fresh) headers.push('age', ageOf(fresh, now), 'cache-status', 'Stadttor; fwd=miss')
    headers.push('x-request-id', requestId, 'content-length', String(body.byteLength))
    if (!stays()) headers.push('connection', 'close')
    response.writeHead(200, headers)
    endWith(response, body, charactersOf(body))
    onAnswer(request, { requestId, status: 200, ms: performance.now() - begun })
  }

  return {
    guard: listener => (request, response) => {
      const found = find(request)
      const pass = () => listener(request, response)
      if (!found || !isAffordable(found, house)) return pass()
      answer(request, response, pass, found).catch((error: unknown) => {
        log.error({ err: error }, 'unexpected error')
        response.destroy()
      })
    },
    learn(request, caller, { document, operation }, headers) {
      const body = front.bodyOf(request)
      const question = body && isPlain(request) ? readQuestion(body) : undefined
      if (!question || !caller.graph) return
      const isPublic = headers['cache-control'] !== withheld
      const all = lasting({ ...headers, 'cache-control': isPublic ? undefined : withheld })
      const dated = isPublic ? [...all, 'cache-control', 'no-store'] : all
      documentsOf(caller.graph).set(nameOf(question, caller), { document, operation, headers: all, dated })
    },
  }
}

/** Asked as almost everybody asks. */
function isPlain({ url, headers }: IncomingMessage): boolean {
  return url === '/graphql' && plainTypes.has(headers['content-type'] ?? '') && headers['if-none-match'] === undefined
}

const plainTypes = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-8'])

/** Two requests with one name differ in their variables only. */
function nameOf({ query, operationName = '' }: Question, { scope }: Caller): string {
  return `${scope}\n${operationName}\n${query}`
}

function isAffordable({ caller: { graph }, question, known }: Found, { limits }: House): boolean {
  try {
    assertAffordable(graph.schema, known.document, known.operation, question.variables, limits)
    return true
  } catch {
    return false
  }
}
