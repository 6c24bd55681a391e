/** A gateway over one of the two towns, with somebody who writes down everything that leaves it. */

import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import pino from 'pino'
import { readCity, startGateway } from '../../../src/app.ts'
import { writeMistakes } from '../../../src/config/index.ts'
import type { Clock, SourceCall } from '../../../src/model/index.ts'
import { configure, type Wish } from './configuration.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: {
    readonly data?: Readonly<Record<string, unknown>> | null
    readonly errors?: readonly {
      readonly message: string
      readonly path?: readonly (string | number)[]
      readonly extensions: Readonly<Record<string, string>>
    }[]
    readonly extensions?: Readonly<Record<string, unknown>>
  }
}

export type Caller = 'public' | 'internal'

export interface World {
  readonly url: string
  readonly folder: string
  readonly keys: { readonly internal: string; readonly expired: string }
  /** Statements, calls and readings since the start. */
  readonly calls: readonly SourceCall[]
  /** What the public got to read: bodies and headers. */
  readonly toldPublic: readonly string[]
  readonly toldStaff: readonly string[]
  /** Lines at level info and above, since the gateway answers. */
  readonly log: readonly string[]
  /** Lines below. */
  readonly debug: readonly string[]
  ask(query: string, more?: Asked): Promise<Reply>
  /** Any request at all; its answer is written down as the public's. */
  send(path: string, init?: Sent): Promise<Reply>
  /** As `send`; the answer is written down as this caller's. */
  sendAs(caller: Caller, path: string, init?: Sent): Promise<Reply>
  /** Requests so far, without those of `again`. */
  readonly exchanges: readonly Exchange[]
  /** The same request once more. */
  again(exchange: Exchange): Promise<Reply>
  stop(): Promise<void>
}

export interface Sent {
  readonly method?: string
  /** A list sends the header several times. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string
}

export interface Asked {
  readonly variables?: Readonly<Record<string, unknown>>
  readonly as?: Caller
  readonly language?: 'de' | 'en'
  readonly extensions?: unknown
}

/** A request, and what came of it. */
export interface Exchange {
  readonly caller: Caller
  readonly path: string
  readonly sent: Sent
  readonly reply: Reply
}

function fromNoon(): Clock {
  const ahead = noon - Date.now()
  return () => Date.now() + ahead
}

/** Callers come from here, and say that they come from elsewhere: neither may be written down. */
export const addresses = ['127.0.77.77', '203.0.113.77'] as const

/** In the city's zone; its offices close in the evening, whenever these tests run. */
export const noon = Date.UTC(2026, 10, 26, 11)

export async function startWorld(wish: Wish, now: Clock = fromNoon()): Promise<World> {
  const { folder, keys } = await configure(wish)
  const configuration = await readCity(folder)
  if (!configuration.ok) throw new Error(writeMistakes(configuration.mistakes, 'en'))
  const [calls, log, debug]: [SourceCall[], string[], string[]] = [[], [], []]
  const [toldPublic, toldStaff]: [string[], string[]] = [[], []]
  const write = (line: string): void => void ((JSON.parse(line) as { level: number }).level >= 30 ? log : debug).push(line)
  const running = await startGateway(configuration.gateway, {
    folder,
    port: 0,
    host: '127.0.0.1',
    log: pino({ level: 'debug', base: null }, { write }),
    onCall: call => void calls.push(call),
    now,
  })
  // At its start the gateway tells the operators what is closed, by the names that their own files use.
  log.length = 0

  const agent = new Agent({ keepAlive: true, localAddress: addresses[0] })
  const exchanges: Exchange[] = []
  const sendFor = async (caller: Caller, path: string, sent: Sent): Promise<Reply> => {
    const { status, headers, text } = await exchange(`${running.url}${path}`, agent, sent)
    const told = caller === 'public' ? toldPublic : toldStaff
    told.push(`${status} ${JSON.stringify(headers)}\n${text}`)
    return { status, headers, text, json: parsed(text) }
  }
  const sendAs = async (caller: Caller, path: string, sent: Sent = {}): Promise<Reply> => {
    const reply = await sendFor(caller, path, sent)
    exchanges.push({ caller, path, sent, reply })
    return reply
  }
  return {
    url: running.url,
    folder,
    keys,
    calls,
    log,
    debug,
    toldPublic,
    toldStaff,
    exchanges,
    again: ({ caller, path, sent }) => sendFor(caller, path, sent),
    send: (path, sent) => sendAs('public', path, sent),
    sendAs,
    ask(query, { variables, as = 'public', language = 'de', extensions } = {}) {
      const headers = {
        'content-type': 'application/json',
        'accept-language': language,
        ...(as === 'internal' && { authorization: `Bearer ${keys.internal}` }),
      }
      const body = JSON.stringify({ query, variables, extensions })
      return sendAs(as, '/graphql', { method: 'POST', headers, body })
    },
    async stop() {
      agent.destroy()
      await running.stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** Not fetch: it mends what attackers would break, and thousands of requests are made here. */
async function exchange(url: string, agent: Agent, { method = 'GET', headers, body }: Sent) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = request(url, { agent, method, headers: { 'x-forwarded-for': addresses[1], ...headers } }, resolve).on('error', reject)
  outgoing.end(body)
  const incoming = await promise
  const pieces: Buffer[] = []
  for await (const piece of incoming) pieces.push(piece as Buffer)
  const told = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return { status: incoming.statusCode ?? 0, headers: Object.fromEntries(told) as Reply['headers'], text: Buffer.concat(pieces).toString() }
}

function parsed(text: string): Reply['json'] {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/**
 * A reply without what differs from one request to the next although nothing is different: ids of requests, times, ages. Sealed
 * tokens count by their length.
 *
 * @param words words that stand for one another in the two requests
 */
export function essence(reply: Reply, words: readonly string[] = []): string {
  // The etag is made of the text, which is compared below; age and cache tell when it was asked.
  const passing = ['date', 'content-length', 'x-request-id', 'etag', 'age', 'cache-status']
  const headers = Object.fromEntries(Object.entries(reply.headers).filter(([name]) => !passing.includes(name)))
  const whole = `${reply.status}\n${JSON.stringify(headers)}\n${inOrder(reply)}`
  const text = words.reduce((text, word) => text.replaceAll(word, '‹name›'), whole)
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '‹uuid›')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '‹now›')
    .replace(/"age":\d+/g, '"age":‹age›')
    .replace(/"[\w-]{28,}"/g, token => `‹token of ${token.length}›`)
}

/** Sources and errors are told in the order in which they came in. */
function inOrder({ text, json }: Reply): string {
  const { errors, extensions } = json
  const origins = extensions?.provenance as readonly { readonly dataset: string }[] | undefined
  if ((errors?.length ?? 0) < 2 && (origins?.length ?? 0) < 2) return text
  const by = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  const sorted = origins?.toSorted((a, b) => by(a.dataset, b.dataset))
  return JSON.stringify({ ...json, errors: errors?.toSorted(by), extensions: { ...extensions, provenance: sorted } })
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The first error's code. */
export function codeOf(reply: Reply): string | undefined {
  return reply.json.errors?.[0]?.extensions.code
}
