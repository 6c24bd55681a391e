/** How is a SensorThings service asked, and what did it say? */

import { type ConnectorServices, type GatewayError, type ReadContext, type SourceSetting, sourceFailure } from '../../model/index.ts'
import { basicAuth, createFetch, type Fetch, type HttpAnswer, hostOf, statusFailure } from '../shared/fetch.ts'
import { isObject, readJson } from '../shared/json.ts'
import { idProperty } from './entities.ts'
import type { ThingsConnection } from './options.ts'
import type { Entity } from './path.ts'
import type { Options } from './question.ts'

/** For whom a question is asked. */
export interface Errand {
  readonly dataset: string
  readonly context: ReadContext
}

/** One answer to a question for a list. */
export interface Listed {
  readonly entities: readonly Entity[]
  /** Where the service says that it goes on; as received. */
  readonly next: string | undefined
  /** `@iot.count`: what it counted. Some count the entities of this answer. */
  readonly count: number | undefined
}

export class Service {
  readonly root: string
  readonly #fetch: Fetch
  readonly #headers: Readonly<Record<string, string>>

  constructor(
    { id, connection, limits }: SourceSetting<ThingsConnection>,
    { call, received, mayRetry }: Pick<ConnectorServices, 'call' | 'received' | 'mayRetry'>,
  ) {
    const { url, user, password, token } = connection
    this.root = url
    this.#fetch = createFetch({ source: id, hosts: [hostOf(url)], limits, call, received, mayRetry })
    this.#headers = {
      accept: 'application/json',
      ...(user !== undefined && password !== undefined && { authorization: basicAuth(user, password) }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
  }

  /**
   * @param resource below the root: `Things`, `Datastreams(7)/Observations`; '' is the root itself
   * @param read     JSON to values; the usual way keeps every digit, and writes some numbers as texts to do so
   * @throws GatewayError as `Fetch`; SOURCE_CHANGED (no such list), SOURCE_ANSWER_INVALID
   */
  async list(resource: string, options: Options, errand: Errand, read: (text: string) => unknown = readJson): Promise<Listed> {
    const address = this.#address(resource, options)
    return readListed(await this.#ask(address, errand), address, read)
  }

  /** Asks at an address that `continues` has let through. */
  async follow(address: string, errand: Errand): Promise<Listed> {
    return readListed(await this.#ask(address, errand), address)
  }

  /**
   * A question that a service may not understand. Some answer what they cannot read with status 500.
   *
   * @returns `undefined` when it did not
   * @throws GatewayError when the service could not be asked
   */
  async attempt(
    resource: string,
    options: Options,
    errand: Errand,
    read: (text: string) => unknown = readJson,
  ): Promise<Listed | undefined> {
    const address = this.#address(resource, options)
    const answer = await this.#ask(address, errand)
    if (answer.status >= 400 && answer.status !== 403 && ![502, 503, 504].includes(answer.status)) return undefined
    try {
      return readListed(answer, address, read)
    } catch (error) {
      if ((error as GatewayError).code === 'SOURCE_ANSWER_INVALID') return undefined
      throw error
    }
  }

  /**
   * Where the service says that an answer goes on, if it is a list of this very service. Behind a proxy, many give an address that
   * only they know; then we count for ourselves.
   */
  continues(next: string | undefined): string | undefined {
    const url = next === undefined ? null : URL.parse(next, `${this.root}/`)
    const root = new URL(this.root)
    if (!url || url.origin !== root.origin || !url.pathname.startsWith(`${root.pathname}/`)) return undefined
    url.username = ''
    url.password = ''
    return url.href
  }

  close(): void {
    this.#fetch.close()
  }

  #address(resource: string, options: Options): string {
    const parts = Object.entries(options).map(([name, value]) => `$${name}=${encodeURIComponent(value)}`)
    return [resource === '' ? this.root : `${this.root}/${resource}`, parts.join('&')].filter(part => part !== '').join('?')
  }

  #ask(address: string, { dataset, context }: Errand): Promise<HttpAnswer> {
    return this.#fetch(address, { dataset, context, headers: this.#headers, errorBodies: true })
  }
}

function readListed(answer: HttpAnswer, address: string, read: (text: string) => unknown = readJson): Listed {
  const place = address.split('?')[0]!
  const failure = statusFailure(answer.status, place)
  if (failure) throw failure
  const text = answer.text()
  if (answer.status === 404) throw sourceFailure('SOURCE_CHANGED', `${place} is not there`, undefined, text.slice(0, 300))
  if (answer.status >= 400) throw sourceFailure('SOURCE_ANSWER_INVALID', `${place}: status ${answer.status}`, undefined, text.slice(0, 300))
  const said = parsed(text, place, read)
  if (!isObject(said) || !Array.isArray(said.value)) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${place} answered without a list`, undefined, text.slice(0, 300))
  }
  const count = Number(said['@iot.count'] ?? said['@odata.count'] ?? Number.NaN)
  const next = said['@iot.nextLink'] ?? said['@odata.nextLink']
  return {
    entities: said.value.flatMap(unpacked),
    next: typeof next === 'string' && next !== '' ? next : undefined,
    count: Number.isSafeInteger(count) && count >= 0 ? count : undefined,
  }
}

function parsed(text: string, place: string, read: (text: string) => unknown): unknown {
  if (/^\s*</.test(text)) throw sourceFailure('SOURCE_ANSWER_INVALID', `${place} answered with a page`, undefined, text.slice(0, 200))
  try {
    return read(text)
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${place} answered with broken JSON of ${text.length} characters`, cause)
  }
}

/**
 * Entities of a list; observations that came packed in arrays, which nobody asked for, are unpacked.
 *
 * @see OGC 18-088, 12.1: data array
 */
function unpacked(item: unknown): readonly Entity[] {
  if (!isObject(item)) return []
  const { components, dataArray } = item
  if (!Array.isArray(components) || !Array.isArray(dataArray)) return [item]
  const names = components.map(name => (name === 'id' ? idProperty : String(name)))
  return dataArray.flatMap(values => (Array.isArray(values) ? [Object.fromEntries(names.map((name, at) => [name, values[at]]))] : []))
}
