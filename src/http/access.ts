/** Who is asking: which audience does a request belong to? */

import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { GatewayError } from '../model/index.ts'

/** An API key as it is kept: never the key itself. */
export interface KeyEntry {
  readonly name: string
  readonly audience: string
  /** `sha256:` and the digest of the whole key in hex. */
  readonly hash: string
  /** Last day on which the key is good: `2027-03-31`. */
  readonly expires?: string
}

/**
 * The audience of a request: `public` without a key, the key's own with one.
 *
 * A key is 256 random bits, so its plain SHA-256 cannot be guessed back; every entry is compared, in constant time.
 *
 * @param today  gives the city's date, `2026-11-22`
 * @throws GatewayError KEY_INVALID for a key that is unknown or has expired: a caller who means to have more rights should not be
 *   given public answers silently
 */
export function audienceOf(headers: IncomingHttpHeaders, keys: readonly KeyEntry[], today: () => string): string {
  const presented = presentedKey(headers)
  if (presented === undefined) return 'public'
  const digest = hash('sha256', presented, 'buffer')
  const found = keys.filter(entry => equal(digest, digestOf(entry)))[0]
  if (found && (!found.expires || found.expires >= today())) return found.audience
  throw new GatewayError('KEY_INVALID', {
    message: found
      ? { de: 'Dieser API-Schlüssel ist abgelaufen.', en: 'This API key has expired.' }
      : { de: 'Dieser API-Schlüssel ist nicht gültig.', en: 'This API key is not valid.' },
    hint: {
      de: 'Ohne Schlüssel antwortet das Gateway mit den öffentlichen Daten.',
      en: 'Without a key the gateway answers with the public data.',
    },
    log: found ? `key "${found.name}" expired on ${found.expires}` : 'an unknown API key was presented',
  })
}

function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  const header = headers['x-api-key']
  if (typeof header === 'string') return header
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')
  return bearer?.[1] ?? headers.authorization
}

function equal(digest: Buffer, kept: Buffer): boolean {
  return kept.length === digest.length && timingSafeEqual(kept, digest)
}

const digests = new WeakMap<KeyEntry, Buffer>()

function digestOf(entry: KeyEntry): Buffer {
  const known = digests.get(entry) ?? Buffer.from(entry.hash.replace(/^sha256:/, ''), 'hex')
  digests.set(entry, known)
  return known
}
