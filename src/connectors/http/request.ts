/** Which address is asked for a list? Pure. */

import { sourceFailure } from '../../model/index.ts'
import { basicAuth } from '../shared/fetch.ts'
import type { HttpConnection, HttpPlace, List } from './options.ts'

export type Parameters = Readonly<Record<string, string | number | boolean>>

/**
 * The address of a list, or of one page of it.
 *
 * @example
 *   addressOf({ url: 'https://pegel.example/v2/' }, { path: 'stations.json' }, { limit: 10 })  // → 'https://pegel.example/v2/stations.json?limit=10'
 */
export function addressOf(connection: Pick<HttpConnection, 'url' | 'query'>, list: List, more: Parameters): string {
  const url = new URL(connection.url)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${list.path}`
  for (const parameters of [connection.query, list.query, more]) {
    for (const [name, value] of Object.entries(parameters ?? {})) url.searchParams.set(name, String(value))
  }
  return url.href
}

/**
 * The address that an answer names as the next one; '' and null mean that there is none.
 *
 * @param said    as it stands in the answer; relative to the address that was asked
 * @param current address of the answer
 * @throws GatewayError SOURCE_ANSWER_INVALID when it leads to another scheme, host or port, or is no address
 * @example
 *   nextAddress('?offset=2', 'https://a.example/rows?offset=0')  // → 'https://a.example/rows?offset=2'
 *   nextAddress(null, 'https://a.example/rows')                  // → undefined
 */
export function nextAddress(said: unknown, current: string): string | undefined {
  if (said === undefined || said === null || said === false || (typeof said === 'string' && said.trim() === '')) return undefined
  const url = typeof said === 'string' ? URL.parse(said.trim(), current) : null
  if (!url || url.origin !== new URL(current).origin || url.username || url.password) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${new URL(current).pathname}: the next page is said to be at another host`)
  }
  return url.href
}

/** Headers of every call. */
export function headersOf({ user, password, headers }: HttpConnection, format: HttpPlace['format']): Record<string, string> {
  const named = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    accept: `${accepted[format]}, */*;q=0.1`,
    ...(user !== undefined && { authorization: basicAuth(user, password ?? '') }),
    ...named,
  }
}

const accepted: Readonly<Record<HttpPlace['format'], string>> = {
  json: 'application/json, application/geo+json;q=0.9',
  xml: 'application/xml, text/xml;q=0.9',
  csv: 'text/csv',
}
