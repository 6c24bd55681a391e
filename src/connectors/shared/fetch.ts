/** How does HTTP leave the house? This way and no other: to known hosts, with an end, a size and a queue. */

import type * as Http from 'node:http'
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from 'cockatiel'
import { type ConnectorServices, GatewayError, type ReadContext, type SourceSetting, sourceFailure } from '../../model/index.ts'
import { decodeText } from './charset.ts'
import { exchange, type Question, type RawAnswer } from './exchange.ts'
import { failureOf, patience } from './patience.ts'

// Not imported: that would evaluate all exports of node:http, WebSocket among them, for which Node.js loads its fetch: 12 MB.
const [http, https] = [process.getBuiltinModule('node:http'), process.getBuiltinModule('node:https')]

export interface FetchSettings {
  /** Id of the source, for the log. */
  readonly source: string
  /** Where this source may be asked: `host:port` as `hostOf` gives it. Redirects do not leave the host they came from. */
  readonly hosts: readonly string[]
  readonly limits: SourceSetting['limits']
  readonly call: ConnectorServices['call']
  readonly received?: ConnectorServices['received'] | undefined
  readonly mayRetry?: ConnectorServices['mayRetry'] | undefined
}

export interface Ask {
  /** Id of the dataset that the call is made for. */
  readonly dataset: string
  readonly context: ReadContext
  /** Default: GET. POST only for questions too long for a URL; it must change nothing at the source. */
  readonly method?: 'GET' | 'POST'
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /**
   * true: answers with 403 and 5xx are handed over, because their body may say more (WFS 2.0 refuses a question that it cannot
   * process with 403); `statusFailure` makes the error when it does not.
   */
  readonly errorBodies?: boolean
}

export interface HttpAnswer {
  /** 200 … 299, 400, 404 … 499; with `errorBodies` also 403 and 5xx. */
  readonly status: number
  /** As received; '' when the server does not say. */
  readonly contentType: string
  /** A further header as received, by its name in small letters; several of one name are joined. */
  header(name: string): string | undefined
  /** Decompressed. */
  readonly bytes: Uint8Array
  /** @throws GatewayError SOURCE_ANSWER_INVALID when the bytes are not written in the letters they claim */
  text(): string
}

export interface Fetch {
  /**
   * Asks one question, at most `limits.connections` at once.
   *
   * @param url absolute; credentials in it become a header and are never logged
   * @throws GatewayError SOURCE_UNAVAILABLE (refused, unknown name, reset, 5xx, closed), SOURCE_BUSY (queue full, 429),
   *   SOURCE_TIMEOUT (`limits.statementMs` or the deadline is over, also while the body trickles), SOURCE_REFUSED (401, 403, 407),
   *   SOURCE_ANSWER_INVALID (too large, foreign host, bad redirect, broken packing), or the reason of `context.signal`
   */
  (url: string, ask: Ask): Promise<HttpAnswer>
  /** Ends what runs and gives every connection back. */
  close(): void
}

/**
 * The host and port that a URL speaks to.
 *
 * @throws TypeError when the text is not a URL
 * @example
 *   hostOf('https://geo.konstanz.example/wfs')      // → 'geo.konstanz.example:443'
 *   hostOf('http://localhost:8080/wfs?map=x')       // → 'localhost:8080'
 */
export function hostOf(url: string): string {
  return host(new URL(url))
}

/** The one way HTTP leaves the house. No cookies, no proxy from the environment, no redirect to another host. */
export function createFetch(settings: FetchSettings): Fetch {
  const closed = new AbortController()
  const house: House = {
    settings,
    turns: bulkhead(settings.limits.connections, settings.limits.queue),
    // Agents of our own: they read no proxy from the environment, and closing them closes this source's connections only.
    agents: { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) },
    closed: closed.signal,
  }
  const close = (): void => {
    closed.abort(sourceFailure('SOURCE_UNAVAILABLE', `${settings.source}: the connector is closed`))
    for (const agent of Object.values(house.agents)) agent.destroy()
  }
  return Object.assign((url: string, ask: Ask) => inTurn(house, url, ask), { close })
}

interface House {
  readonly settings: FetchSettings
  readonly turns: BulkheadPolicy
  readonly agents: Readonly<Record<string, Http.Agent>>
  readonly closed: AbortSignal
}

/** Redirects that are followed; a service that needs more has lost its way. */
const mostRedirects = 3

async function inTurn(house: House, url: string, ask: Ask): Promise<HttpAnswer> {
  const { turns, settings } = house
  const waiting = patience(house.closed, settings.source, ask.context, ask.context.deadline - Date.now())
  try {
    return await Promise.race([turns.execute(() => follow(house, url, ask), waiting.signal), waiting.over])
  } catch (error) {
    if (waiting.signal.aborted) throw failureOf(waiting.signal)
    if (error instanceof BulkheadRejectedError) {
      throw sourceFailure('SOURCE_BUSY', `${settings.source}: ${settings.limits.queue} callers wait already`, error)
    }
    throw error
  } finally {
    waiting.end()
  }
}

async function follow(house: House, url: string, ask: Ask): Promise<HttpAnswer> {
  const { limits } = house.settings
  const running = patience(
    house.closed,
    house.settings.source,
    ask.context,
    Math.min(limits.statementMs, ask.context.deadline - Date.now()),
  )
  try {
    let question = questionOf(house, parse(url), ask, running.signal)
    for (let redirects = 0; ; redirects++) {
      const answer = await askedTwice(house, question, ask)
      if (answer.status < 300 || answer.status > 399) return judged(answer, question.shown, ask)
      if (redirects === mostRedirects) throw invalid(question, `more than ${mostRedirects} redirects`)
      question = redirected(question, answer)
    }
  } catch (error) {
    throw running.signal.aborted ? failureOf(running.signal) : error
  } finally {
    running.end()
  }
}

/** A connection that could not be made or broke is tried once more: questions change nothing at the source. */
async function askedTwice({ settings }: House, question: Question, { dataset }: Ask): Promise<RawAnswer> {
  const once = async (): Promise<RawAnswer> => {
    settings.call({ source: settings.source, dataset, means: 'http', statement: question.shown })
    const answer = await exchange(question)
    settings.received?.(answer.bytes.byteLength, { source: settings.source, dataset })
    return answer
  }
  try {
    return await once()
  } catch (error) {
    const broke = error instanceof GatewayError && error.code === 'SOURCE_UNAVAILABLE' && !question.signal.aborted
    if (!broke || settings.mayRetry?.() === false) throw error
    return once()
  }
}

function questionOf({ settings, agents }: House, url: URL, ask: Ask, signal: AbortSignal): Question {
  const method = ask.method ?? 'GET'
  const shown = `${method} ${withoutValues(url)}`
  const agent = agents[url.protocol]
  if (!agent || !settings.hosts.includes(host(url))) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${shown}: not a host of this source (${settings.hosts.join(', ')})`)
  }
  const headers = { 'user-agent': 'Stadttor', 'accept-encoding': 'gzip', ...credentials(url), ...ask.headers }
  const bare = new URL(url.href)
  bare.username = ''
  bare.password = ''
  return {
    url: bare,
    method,
    headers,
    ...(ask.body !== undefined && { body: ask.body }),
    agent,
    signal,
    limitBytes: settings.limits.bytes,
    shown,
  }
}

function redirected(question: Question, { status, headers }: RawAnswer): Question {
  const place = headers.location
  const url = place === undefined ? undefined : URL.parse(place, question.url.href)
  if (!url) throw invalid(question, `status ${status} without a place to go`)
  if (url.protocol !== question.url.protocol || host(url) !== host(question.url)) {
    throw invalid(question, `redirected to ${withoutValues(url)}; if that is right, put it in the source's file`)
  }
  // 301, 302 and 303 turn a POST into a GET without its body: another question than ours.
  if (question.method === 'POST' && status !== 307 && status !== 308) throw invalid(question, `status ${status} would drop the body`)
  if (![301, 302, 303, 307, 308].includes(status)) throw invalid(question, `status ${status}`)
  url.username = ''
  url.password = ''
  return { ...question, url, shown: `${question.method} ${withoutValues(url)}` }
}

function judged({ status, headers, bytes }: RawAnswer, shown: string, ask: Ask): HttpAnswer {
  const readable = ask.errorBodies && (status === 403 || status >= 500)
  const failure = readable ? undefined : statusFailure(status, shown)
  if (failure) throw failure
  const contentType = headers['content-type'] ?? ''
  const header = (name: string): string | undefined => headers[name]?.toString()
  return { status, contentType, header, bytes, text: () => decodeText(bytes, contentType) }
}

/** The failure that a status means by itself; undefined for one that leaves it to the body. */
export function statusFailure(status: number, log: string, detail?: string): GatewayError | undefined {
  const failure = (code: 'SOURCE_REFUSED' | 'SOURCE_BUSY' | 'SOURCE_UNAVAILABLE') =>
    sourceFailure(code, `${log}: status ${status}`, undefined, detail)
  if (status === 401 || status === 403 || status === 407) return failure('SOURCE_REFUSED')
  if (status === 429) return failure('SOURCE_BUSY')
  return status >= 500 ? failure('SOURCE_UNAVAILABLE') : undefined
}

function parse(url: string): URL {
  const parsed = URL.parse(url)
  if (!parsed) throw sourceFailure('SOURCE_ANSWER_INVALID', 'not a URL')
  return parsed
}

function invalid(question: Question, reason: string): GatewayError {
  return sourceFailure('SOURCE_ANSWER_INVALID', `${question.shown}: ${reason}`)
}

function host(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}

function credentials({ username, password }: URL): Record<string, string> {
  if (!username && !password) return {}
  return { authorization: basicAuth(decodeURIComponent(username), decodeURIComponent(password)) }
}

/**
 * The value of an `Authorization` header for a user of the source.
 *
 * @see RFC 7617
 * @example
 *   basicAuth('tor', 'geheim')  // → 'Basic dG9yOmdlaGVpbQ=='
 */
export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** Values of a query may be what callers typed, and credentials are nobody's business: the log sees names only. */
function withoutValues(url: URL): string {
  const names = [...new Set(url.searchParams.keys())].map(encodeURIComponent).join('&')
  return `${url.protocol}//${url.host}${url.pathname}${names && `?${names}`}`
}
