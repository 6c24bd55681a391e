/** How do messages travel? Cut into packets with a header of eight bytes (MS-TDS 2.2.3). */

import { ProtocolError } from './bytes.ts'

export const kinds = { batch: 0x01, rpc: 0x03, answer: 0x04, attention: 0x06, transaction: 0x0e, login: 0x10, prelogin: 0x12 } as const

const headerBytes = 8
const status = { last: 0x01, ignore: 0x02, reset: 0x08 } as const

export interface Message {
  readonly kind: number
  readonly body: Buffer
  /** The client gave the message up while it was sending it. */
  readonly ignored: boolean
  /** The session is to be as it was right after the login, before the message is answered. */
  readonly resets: boolean
}

/** Puts messages together again. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0)
  #parts: Buffer[] = []
  #resets = false

  /** @returns the messages that are complete now */
  push(chunk: Buffer): Message[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const messages: Message[] = []
    for (let packet = this.#next(); packet; packet = this.#next()) {
      const flags = packet.readUInt8(1)
      this.#parts.push(packet.subarray(headerBytes))
      if (flags & status.reset) this.#resets = true
      if (!(flags & status.last)) continue
      const body = Buffer.concat(this.#parts)
      messages.push({ kind: packet.readUInt8(0), body, ignored: (flags & status.ignore) !== 0, resets: this.#resets })
      this.#parts = []
      this.#resets = false
    }
    return messages
  }

  #next(): Buffer | undefined {
    if (this.#rest.length < headerBytes) return undefined
    const length = this.#rest.readUInt16BE(2)
    if (length < headerBytes) throw new ProtocolError(`a packet of ${length} bytes`)
    if (this.#rest.length < length) return undefined
    const packet = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return packet
  }
}

/**
 * Packets of one message, or of a part of it.
 *
 * @param size  bytes of a packet, with its header
 * @param first number of the first packet of this part
 * @param ends  the message ends with this part
 */
export function packetsOf(kind: number, body: Buffer, { size = 4096, first = 1, ends = true } = {}): Buffer[] {
  const room = size - headerBytes
  const count = Math.max(Math.ceil(body.length / room), 1)
  return Array.from({ length: count }, (_, at) => {
    const part = body.subarray(at * room, (at + 1) * room)
    const header = Buffer.alloc(headerBytes)
    header.writeUInt8(kind, 0)
    header.writeUInt8(ends && at === count - 1 ? status.last : 0, 1)
    header.writeUInt16BE(headerBytes + part.length, 2)
    header.writeUInt8((first + at) & 0xff, 6)
    return Buffer.concat([header, part])
  })
}
