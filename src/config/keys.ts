/** How is an API key made, and what is kept of it? */

import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { says } from './form/rules.ts'
import { date, id, line } from './form/values.ts'
import type { ApiKey } from './gateway.ts'

const key = z.strictObject({
  name: line.describe('Who holds the key'),
  audience: id.describe('Audience whose data the key opens'),
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, says('HASH_FORM'))
    .describe('Checksum of the key; the key itself is kept nowhere'),
  expires: date.optional().describe('Last day of the key'),
})

export const keysForm = z
  .strictObject({ keys: z.array(key) })
  .meta({ title: 'keys.yml', description: 'API keys as checksums; written by the key command' })

/**
 * What is kept of a key. A plain checksum is enough: a key has 256 random bits, so nobody can try them out.
 *
 * @example
 *   hashKey('stt_x')  // → 'sha256:556d65f531b3d372a712d4753569cb153e10fa45beca5c772c0404cd12634fab'
 */
export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/**
 * A new key.
 *
 * @returns `secret`: the key itself (`stt_` and 256 random bits), to be shown once and kept nowhere; `entry`: what is stored
 */
export function createKey(name: string, audience: string, expires?: string): { readonly secret: string; readonly entry: ApiKey } {
  const secret = `stt_${randomBytes(32).toString('base64url')}`
  return { secret, entry: { name, audience, hash: hashKey(secret), ...(expires && { expires }) } }
}
