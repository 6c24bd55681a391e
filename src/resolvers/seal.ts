/** How do ids and cursors carry keys without showing them, and without anyone being able to forge one? */

import { createHmac, hkdfSync } from 'node:crypto'
import { Siv } from './siv.ts'

/** Deterministic, because an object must keep its id; authenticated, because a caller must not make one. */
export interface Seal {
  /** Tells seals with different secrets apart, and nothing else. */
  readonly id: string
  /**
   * @param purpose what the token is good for: audience, dataset …; a token opens for the same purpose only
   * @param value   JSON
   * @returns       base64url, no readable content
   */
  close(purpose: readonly string[], value: unknown): string
  /** @returns the value, or `undefined` for anything that was not closed with this secret for this purpose */
  open(purpose: readonly string[], token: string): unknown
}

/** Texts are filled up to a multiple of so many bytes: the length of a token must not tell how long a key is, or how many digits it has. */
const blockLength = 32

/** Purposes that are remembered: there is one for each order that a caller thinks of. */
const purposesAtMost = 1_000

/** @param secret at least 32 characters; whoever knows it can read and make tokens */
export function createSeal(secret: string): Seal {
  const key = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'stadttor', use, 32))
  const siv = new Siv({ mac: key('siv mac'), cipher: key('siv cipher') })
  const purposes = new Map<string, Uint8Array>()
  const meant = (purpose: readonly string[]): Uint8Array => {
    const name = JSON.stringify(purpose)
    const known = purposes.get(name)
    if (known) return known
    if (purposes.size >= purposesAtMost) purposes.clear()
    const made = siv.purpose(purpose.map(part => Buffer.from(part)))
    purposes.set(name, made)
    return made
  }
  return {
    id: createHmac('sha256', key('id')).digest('base64url').slice(0, 22),
    close: (purpose, value) => siv.close(meant(purpose), filled(JSON.stringify(value))).toString('base64url'),
    open(purpose, token) {
      if (!/^[\w-]{22,}$/.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      // Two spellings of one token must not both be valid.
      if (bytes.toString('base64url') !== token) return undefined
      const text = siv.open(meant(purpose), bytes)
      return text && JSON.parse(text.toString())
    },
  }
}

/** With blanks, which JSON does not mind at its end. */
function filled(json: string): Buffer {
  const text = Buffer.from(json)
  return Buffer.concat([text, Buffer.alloc((blockLength - (text.length % blockLength)) % blockLength, ' ')])
}
