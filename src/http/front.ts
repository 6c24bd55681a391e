/** Is exactly this being asked already, or was it a moment ago? Whole answers are shared and kept as bytes, in front of everything that makes them. */

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import { type Clock, renewalMs } from '../model/index.ts'
import { ageOf, type Fresh } from './labels.ts'
import { encodingFor, type Packable, packedAs } from './packing.ts'
import { createKeys } from './posted.ts'

export interface FrontSetting {
  /** Bytes of answers that are kept at most; 0: none is. */
  readonly bytes: number
  /** Larger requests are not looked at here. */
  readonly bodyBytes: number
  readonly now: Clock
  /**
   * What besides path, query and body decides about the answer: who asks, what they may know, in which form and language.
   *
   * @returns `undefined` when the answer must not come from here, for instance because the caller is refused
   */
  readonly scope: (request: IncomingMessage) => string | undefined
  /** Told of every answer from here: one that was kept, or one that was shared while it was made. */
  readonly onAnswer?: (how: How) => void
  /** false: the house is closed to newcomers, and connections end with their answer. */
  readonly stays?: () => boolean
  /** true: nobody is let through who can be answered from here. */
  readonly pressed?: () => boolean
}

/** An answer as it goes out. */
export interface Outgoing extends Fresh {
  /** Called once it is known that somebody wants it. */
  readonly body: () => string | Buffer
  /** Absent when the answer is not to be used again. */
  readonly etag?: string
  /** Names, in lower case, and values in turn; without those that are about one request only. */
  readonly headers: readonly string[]
}

export interface Front {
  /** Puts the front before a server's own listener. */
  guard(listener: RequestListener): RequestListener
  /** The body of a request that was read here already. */
  bodyOf(request: IncomingMessage): Buffer | undefined
  /**
   * An answer is ready: it goes to whoever asked the same meanwhile, and is kept while it is fresh. Without one, each of them is answered
   * for itself. Nothing happens when the request did not come through here.
   */
  settle(request: IncomingMessage, answer: Outgoing | undefined): void
  /** A caller has left: calls back when nobody else waits for the same answer any longer. */
  whenNobodyWaits(request: IncomingMessage, callback: () => void): void
  /** Forgets everything: what is kept, and what is being made for those who already wait for it. */
  clear(): void
  /** Bytes that are kept. */
  bytes(): number
}

interface Entry extends Omit<Outgoing, 'body'>, Packable {
  /** The same of a small one, a character a byte: it goes out in one piece with its head. */
  readonly characters?: string
  /** Milliseconds since 1970 (UTC): from when on somebody is let through to see whether there is a newer one. */
  lookAt: number
  /** Its headers as they were last sent: the same for a second, in which many may ask. */
  labelled?: Labelled
}

interface Labelled {
  readonly how: How
  readonly age: string
  readonly ttl: number
  readonly headers: readonly string[]
}

type How = 'hit' | 'collapsed'

/** A request that nothing was found for. */
interface Missed {
  readonly key: string
  readonly making?: Making
  readonly body?: Buffer
  /** How often everything had been forgotten by then. */
  readonly clearings: number
}

/** One answer in the making, and those who asked the same since. */
interface Making {
  readonly waiting: Set<Waiting>
  /** What to do when the last of them has left. */
  abandon?: () => void
}

interface Waiting {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Has this one answered for itself. */
  readonly alone: () => void
}

/**
 * By request that nothing was found for: where its answer belongs, and what was read of it. On the request itself, because young values of a
 * WeakMap outlive their keys: V8 takes them for alive until it collects everything, and memory grows until then (measured 2026-11-26).
 */
const missed = Symbol('missed')

type Asked = IncomingMessage & { [missed]?: Missed }

/** Callers who are let through before an answer's end, at most. */
const looks = 10
/** Bytes. In one piece with its head, a larger one would be copied twice more: 3 µs at 15 kB, measured in November 2026. */
const smallBelow = 8192

/**
 * @see RFC 9111 (`Age`, `Cache-Control`), RFC 9110, 8.8 and 13 (`ETag`, `If-None-Match`), RFC 9211 (`Cache-Status`)
 */
export function createFront({ bytes, bodyBytes, now, scope, onAnswer, stays, pressed }: FrontSetting): Front {
  const entries = bytes > 0 ? new LRUCache<string, Entry>({ maxSize: bytes, sizeCalculation: sizeOf, maxEntrySize: bytes / 4 }) : undefined
  const makings = new Map<string, Making>()
  let clearings = 0
  const keyFor = createKeys()

  const found = (key: string): Entry | undefined => {
    const entry = entries?.get(key)
    if (!entry || entry.freshUntil > now()) return entry
    entries?.delete(key)
    return undefined
  }

  const answerOrPass = (request: Asked, response: ServerResponse, key: string, pass: RequestListener, body?: Buffer): void => {
    const entry = found(key)
    if (entry && isLookedFor(entry)) {
      request[missed] = { key, clearings, ...(body && { body }) }
      pass(request, response)
      return
    }
    if (entry) {
      send(entry, request, response, 'hit')
      return
    }
    const begin = (making?: Making): void => {
      request[missed] = { key, clearings, ...(making && { making }), ...(body && { body }) }
      pass(request, response)
    }
    const underWay = makings.get(key)
    if (underWay) join(underWay, { request, response, alone: begin })
    else {
      const making: Making = { waiting: new Set() }
      makings.set(key, making)
      // Whatever became of it: nobody waits for an answer that has been sent.
      response.on('close', () => response.writableEnded && settle(request, undefined))
      begin(making)
    }
  }

  /**
   * Shortly before its end one caller after the other is answered from the rows below, which are still fresh: that has them renewed, and
   * brings the new answer here before anybody has to wait for it.
   */
  const isLookedFor = (entry: Entry): boolean => {
    if (now() < entry.lookAt || pressed?.()) return false
    entry.lookAt = now() + renewalMs(entry.freshUntil - entry.asOf) / looks
    return true
  }

  const join = (making: Making, one: Waiting): void => {
    making.waiting.add(one)
    one.response.on('close', () => {
      if (making.waiting.delete(one) && making.waiting.size === 0) making.abandon?.()
    })
  }

  const send = (entry: Entry, request: IncomingMessage, response: ServerResponse, how: How): void => {
    onAnswer?.(how)
    const { etag } = entry
    const headers = [...labelsOf(entry, how, now()), 'x-request-id', randomUUID()]
    if (stays?.() === false) headers.push('connection', 'close')
    const { 'if-none-match': theirs, 'accept-encoding': accepted } = request.headers
    if (etag && matches(theirs, etag)) {
      response.writeHead(304, headers).end()
      return
    }
    const encoding = encodingFor(entry, accepted)
    const body = encoding ? packedAs(entry, encoding) : entry.body
    if (body !== entry.body && encoding) headers.push('content-encoding', encoding)
    headers.push('content-length', String(body.byteLength))
    response.writeHead(200, headers)
    endWith(response, body, body === entry.body ? entry.characters : undefined)
  }

  const settle = (request: Asked, answer: Outgoing | undefined): void => {
    const { key, making, clearings: before } = request[missed] ?? {}
    if (key === undefined) return
    const isAwaited = making !== undefined && making.waiting.size > 0
    // What was begun before everything was forgotten stays out, and what is no newer than the one that is kept: that one may be packed already.
    const newest = before === clearings ? Math.max(now(), entries?.peek(key)?.freshUntil ?? 0) : Number.POSITIVE_INFINITY
    const isKept = answer !== undefined && entries !== undefined && answer.freshUntil > newest
    if (making && makings.get(key) === making) makings.delete(key)
    const entry = answer && (isKept || isAwaited) ? entryOf(answer) : undefined
    if (entry && isKept) entries.set(key, entry)
    if (!making || making.waiting.size === 0) return
    const waiting = [...making.waiting]
    making.waiting.clear()
    for (const { request: other, response, alone } of waiting) {
      if (entry) send(entry, other, response, 'collapsed')
      else alone()
    }
  }

  return {
    guard: listener => (request, response) => {
      const path = request.url ?? ''
      const askable = path === '/graphql' || path.startsWith('/graphql?')
      const within = askable ? scope(request) : undefined
      if (within === undefined) return listener(request, response)
      if (request.method === 'GET') return answerOrPass(request, response, `GET ${path}\n${within}`, listener)
      if (!readable(request, bodyBytes)) return listener(request, response)
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      // It ends once; `once` would only cost more.
      request.on('end', () => {
        const body = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
        answerOrPass(request, response, keyFor(path, within, body), listener, body)
      })
    },
    bodyOf: (request: Asked) => request[missed]?.body,
    settle,
    whenNobodyWaits(request: Asked, callback) {
      const making = request[missed]?.making
      if (making && making.waiting.size > 0) making.abandon = callback
      else callback()
    },
    clear() {
      clearings++
      entries?.clear()
      makings.clear()
    },
    bytes: () => entries?.calculatedSize ?? 0,
  }
}

/** What all sendings of an entry have in common while neither its age nor its time to live says another second. */
function labelsOf(entry: Entry, how: How, now: number): readonly string[] {
  const age = ageOf(entry, now)
  const ttl = Math.max(0, Math.floor((entry.freshUntil - now) / 1000))
  const last = entry.labelled
  if (last && last.age === age && last.ttl === ttl && last.how === how) return last.headers
  const came = how === 'hit' ? how : 'fwd=miss; collapsed'
  const headers = [...entry.headers, ...(entry.etag ? ['etag', entry.etag] : [])]
  headers.push('age', age, 'cache-status', `Stadttor; ${came}; ttl=${ttl}`)
  entry.labelled = { how, age, ttl, headers }
  return headers
}

function entryOf(answer: Outgoing): Entry {
  const { asOf, freshUntil } = answer
  const written = answer.body()
  const body = typeof written === 'string' ? Buffer.from(written) : written
  const lookAt = freshUntil - renewalMs(freshUntil - asOf)
  const characters = charactersOf(body)
  return { ...answer, body, packed: new Map(), lookAt, ...(characters !== undefined && { characters }) }
}

/** A small body, a character a byte. */
export function charactersOf(body: Buffer): string | undefined {
  return body.byteLength < smallBelow ? body.toString('latin1') : undefined
}

/**
 * Ends an answer whose head is ready.
 *
 * @param characters the same as `charactersOf` has it: then both go out in one piece
 */
export function endWith(response: ServerResponse, body: Buffer, characters: string | undefined): void {
  if (characters === undefined) response.end(body)
  else response.end(characters, 'latin1')
}

/** Whether the caller has these bytes already. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some(name => name.trim().replace(/^W\//, '') === etag.slice(2))
}

/** Only what says how long it is and comes as it is: everything else is for the server itself to judge. */
function readable({ method, headers }: IncomingMessage, bodyBytes: number): boolean {
  const length = Number(headers['content-length'] ?? Number.NaN)
  return (
    method === 'POST' &&
    length > 0 &&
    length <= bodyBytes &&
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers.expect === undefined &&
    /^application\/json\b/i.test(headers['content-type'] ?? '')
  )
}

/** What an entry takes: its bytes, about half as much again for what is packed of them, its characters, its key, and some for the rest. */
function sizeOf({ body, characters = '' }: Entry, key: string): number {
  return Math.ceil(body.byteLength * 1.5) + characters.length + key.length + 1500
}
