/** How is a service asked: one question, one object of JSON? */

import { type ConnectorServices, type ReadContext, type SourceSetting, sourceFailure } from '../../model/index.ts'
import { createFetch, hostOf } from '../shared/fetch.ts'
import type { ArcgisConnection } from './options.ts'
import type { Parameters } from './request.ts'
import { readAnswer } from './response.ts'

/** Longer questions are posted: servers and what stands before them cut addresses off. */
const longestAddress = 1800

export interface Ask {
  /**
   * Asks once. A token travels in the body, so that it is in no address and no log.
   *
   * @param url     of the service, a layer, or a layer's query; without parameters
   * @param dataset for whom, for the log
   */
  (url: string, parameters: Parameters, dataset: string, context: ReadContext): Promise<Readonly<Record<string, unknown>>>
  close(): void
}

export function createAsk(source: SourceSetting<ArcgisConnection>, services: ConnectorServices): Ask {
  const { url: service, token } = source.connection
  const fetch = createFetch({
    source: source.id,
    hosts: [hostOf(service)],
    limits: source.limits,
    call: services.call,
    received: services.received,
    mayRetry: services.mayRetry,
  })
  const ask = async (url: string, parameters: Parameters, dataset: string, context: ReadContext) => {
    const body = new URLSearchParams({ f: 'json', ...parameters, ...(token !== undefined && { token }) }).toString()
    const address = `${url}?${body}`
    const posted = token !== undefined || address.length > longestAddress
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = posted
      ? await fetch(url, { dataset, context, method: 'POST', body, headers })
      : await fetch(address, { dataset, context })
    const said = readAnswer(answer.text(), url)
    if (answer.status >= 400) throw sourceFailure('SOURCE_ANSWER_INVALID', `${url} answered with status ${answer.status}`)
    return said
  }
  return Object.assign(ask, { close: () => fetch.close() })
}
