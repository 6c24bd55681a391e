/** Who logs in? (MS-TDS 2.2.6.4) */

export interface Login {
  readonly host: string
  readonly user: string
  readonly password: string
  readonly app: string
  readonly server: string
  readonly database: string
  readonly readOnly: boolean
  readonly packetSize: number
}

const readOnlyIntent = 0x20

export function readLogin(body: Buffer): Login {
  /** @param at where offset and length of a text stand */
  const bytes = (at: number): Buffer => {
    const offset = body.readUInt16LE(at)
    return body.subarray(offset, offset + 2 * body.readUInt16LE(at + 2))
  }
  const text = (at: number): string => bytes(at).toString('utf16le')
  return {
    host: text(36),
    user: text(40),
    password: Buffer.from(bytes(44).map(unscrambled)).toString('utf16le'),
    app: text(48),
    server: text(52),
    database: text(68) || 'master',
    readOnly: (body.readUInt8(26) & readOnlyIntent) !== 0,
    packetSize: Math.min(Math.max(body.readUInt32LE(8) || 4096, 512), 32_767),
  }
}

/** Halves of a byte are swapped and its bits turned: no secret, only not readable at a glance. */
function unscrambled(byte: number): number {
  const turned = byte ^ 0xa5
  return ((turned << 4) & 0xf0) | (turned >> 4)
}
