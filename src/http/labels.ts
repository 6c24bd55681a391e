/** How old is an answer, and who may use it for how long? */

import { hash } from 'node:crypto'

/** Milliseconds since 1970 (UTC): when the oldest part of an answer was read, and until when the youngest promise of freshness holds. */
export interface Fresh {
  readonly asOf: number
  readonly freshUntil: number
}

/** `Cache-Control` of what only a key opens. */
export const withheld = 'private, no-store'

/** `Cache-Control` of what everybody may know. POST is for nobody else to keep (RFC 9110, 9.3.3). */
export function cacheControl({ asOf, freshUntil }: Fresh, method: string | undefined): string {
  return method === 'GET' ? `public, max-age=${Math.floor((freshUntil - asOf) / 1000)}` : 'no-store'
}

/** Whole seconds since it was read. */
export function ageOf({ asOf }: Fresh, now: number): string {
  return String(Math.max(0, Math.floor((now - asOf) / 1000)))
}

/** A name for the bytes of an answer; the same bytes, packed or not, have the same one (weak, RFC 9110, 8.8.1). */
export function etagOf(body: string | Uint8Array): string {
  return `W/"${hash('sha256', body, 'base64url').slice(0, 27)}"`
}

/** Headers that belong to one request, or to one sending of an answer. */
const passing = new Set(['x-request-id', 'content-length', 'date', 'connection', 'age', 'etag', 'cache-status'])

/** Those that every sending of the answer has: names, in lower case, and values in turn. */
export function lasting(headers: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => (passing.has(name) || value === undefined ? [] : [name, String(value)]))
}
