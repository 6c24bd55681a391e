/** How is a context broker asked, and what did it say? */

import { type ConnectorServices, type SourceSetting, sourceFailure } from '../../model/index.ts'
import type { Errand } from '../features/service.ts'
import { basicAuth, createFetch, type Fetch, type HttpAnswer, hostOf, statusFailure } from '../shared/fetch.ts'
import { isObject, readJson } from '../shared/json.ts'
import type { NgsiConnection } from './options.ts'
import type { Entity } from './value.ts'

export interface Listed {
  readonly entities: readonly Entity[]
  /** How many match, when the broker says so. */
  readonly count: number | undefined
}

export class Broker {
  readonly version: 'ld' | 'v2'
  readonly #root: string
  readonly #fetch: Fetch
  readonly #headers: Readonly<Record<string, string>>

  constructor(
    { id, connection, limits }: SourceSetting<NgsiConnection>,
    { call, received, mayRetry }: Pick<ConnectorServices, 'call' | 'received' | 'mayRetry'>,
  ) {
    this.version = connection.version
    this.#root = `${connection.url}${connection.version === 'ld' ? '/ngsi-ld/v1' : '/v2'}`
    this.#fetch = createFetch({ source: id, hosts: [hostOf(connection.url)], limits, call, received, mayRetry })
    this.#headers = headersOf(connection)
  }

  /**
   * @throws GatewayError as `Fetch`; SOURCE_ANSWER_INVALID; SOURCE_CHANGED when the broker does not know what is asked for
   */
  async list(parameters: Readonly<Record<string, string>>, errand: Errand): Promise<Listed> {
    const { answer, place } = await this.#ask('entities', parameters, errand)
    const said = readAnswer(answer, place)
    if (!Array.isArray(said) || !said.every(isObject)) throw invalid(`${place} answered without a list of entities`, answer)
    const count = Number(answer.header('ngsild-results-count') ?? answer.header('fiware-total-count') ?? Number.NaN)
    return { entities: said, count: Number.isSafeInteger(count) && count >= 0 ? count : undefined }
  }

  /** What the broker says of its types, or of one; `undefined` when it does not, or has no entity of it. */
  async types(type: string | undefined, errand: Errand): Promise<unknown> {
    const path = type === undefined ? 'types' : `types/${encodeURIComponent(type)}`
    const details = type === undefined && this.version === 'ld' ? { details: 'true' } : {}
    const { answer, place } = await this.#ask(path, details, errand)
    return answer.status >= 400 ? undefined : readAnswer(answer, place)
  }

  close(): void {
    this.#fetch.close()
  }

  async #ask(
    path: string,
    parameters: Readonly<Record<string, string>>,
    { dataset, context }: Errand,
  ): Promise<{ answer: HttpAnswer; place: string }> {
    const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    const place = `${this.#root}/${path}`
    const answer = await this.#fetch([place, ...(query.length > 0 ? [query.join('&')] : [])].join('?'), {
      dataset,
      context,
      headers: this.#headers,
    })
    return { answer, place }
  }
}

function headersOf({ version, tenant, servicePath, context, user, password, token, tokenHeader }: NgsiConnection): Record<string, string> {
  return {
    accept: 'application/json',
    ...(tenant !== undefined && { [version === 'ld' ? 'ngsild-tenant' : 'fiware-service']: tenant }),
    ...(servicePath !== undefined && { 'fiware-servicepath': servicePath }),
    // ETSI GS CIM 009, 6.3.5: how a GET says which @context its names are of.
    ...(context !== undefined && { link: `<${context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"` }),
    ...(user !== undefined && password !== undefined && { authorization: basicAuth(user, password) }),
    ...(token !== undefined && (tokenHeader ? { [tokenHeader.toLowerCase()]: token } : { authorization: `Bearer ${token}` })),
  }
}

function readAnswer(answer: HttpAnswer, place: string): unknown {
  const text = answer.text()
  if (answer.status === 404) throw sourceFailure('SOURCE_CHANGED', `${place} is not there`, undefined, text.slice(0, 300))
  const failure =
    answer.status >= 400 ? (statusFailure(answer.status, place) ?? invalid(`${place}: status ${answer.status}`, answer)) : undefined
  if (failure) throw failure
  if (/^\s*</.test(text)) throw invalid(`${place} answered with a page`, answer)
  try {
    return readJson(text)
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${place} answered with broken JSON of ${text.length} characters`, cause)
  }
}

function invalid(log: string, answer: HttpAnswer): Error {
  return sourceFailure('SOURCE_ANSWER_INVALID', log, undefined, answer.text().slice(0, 300))
}
