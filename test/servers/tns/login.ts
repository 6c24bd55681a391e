/** How do client and server prove to each other that they know the password, without sending it? The verifier of Oracle 12c. */

import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { Writer } from './bytes.ts'

/** Kinds of verifiers an account can have; the flag beside `AUTH_VFR_DATA` says it. */
export const verifier = { '10g': 0x939, '12c': 0x4815 } as const

const derivations = { password: 4096, session: 3 } as const

/** One attempt to log in. */
export class Login {
  readonly #password: string
  readonly #kind: keyof typeof verifier
  readonly #salt = randomBytes(16)
  readonly #mixer = randomBytes(16)
  readonly #serverHalf = randomBytes(32)
  readonly #key: Buffer

  /** @param password `undefined`: nobody has this name, which must not show before the end */
  constructor(password: string | undefined, kind: keyof typeof verifier = '12c') {
    this.#password = password ?? randomBytes(16).toString('hex')
    this.#kind = kind
    const stretched = pbkdf2Sync(
      this.#password,
      Buffer.concat([this.#salt, Buffer.from('AUTH_PBKDF2_SPEEDY_KEY')]),
      derivations.password,
      64,
      'sha512',
    )
    this.#key = createHash('sha512').update(stretched).update(this.#salt).digest().subarray(0, 32)
  }

  /** What the client needs for its proof. */
  challenge(): Buffer {
    return new Writer()
      .byte(8)
      .number(5)
      .pair('AUTH_SESSKEY', hex(encrypted(this.#key, this.#serverHalf)), 1)
      .pair('AUTH_VFR_DATA', hex(this.#salt), verifier[this.#kind])
      .pair('AUTH_PBKDF2_CSK_SALT', hex(this.#mixer))
      .pair('AUTH_PBKDF2_VGEN_COUNT', String(derivations.password))
      .pair('AUTH_PBKDF2_SDER_COUNT', String(derivations.session))
      .done()
  }

  /** @returns our own proof, or `undefined` when theirs is wrong */
  answer(said: ReadonlyMap<string, string>): string | undefined {
    try {
      const clientHalf = decrypted(this.#key, Buffer.from(said.get('AUTH_SESSKEY') ?? '', 'hex')).subarray(0, 32)
      const both = hex(Buffer.concat([clientHalf, this.#serverHalf]))
      const session = pbkdf2Sync(both, this.#mixer, derivations.session, 32, 'sha512')
      const sent = decrypted(session, Buffer.from(said.get('AUTH_PASSWORD') ?? '', 'hex')).subarray(16)
      const password = sent.subarray(0, sent.length - sent.at(-1)!).toString()
      if (password !== this.#password) return undefined
      return hex(encrypted(session, Buffer.concat([randomBytes(16), Buffer.from('SERVER_TO_CLIENT')])))
    } catch {
      return undefined
    }
  }
}

function encrypted(key: Buffer, bytes: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

function decrypted(key: Buffer, bytes: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase()
}
