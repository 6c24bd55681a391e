/** How do packets of the network layer (TNS) begin and end? */

export const packet = { connect: 1, accept: 2, refuse: 4, data: 6, marker: 12 } as const

/** Reasons in a marker: the server stops, both start afresh. */
export const marker = { break: 1, reset: 2 } as const

/** Flags of a data packet. */
export const dataFlag = { last: 0x40, endOfAnswer: 0x2000 } as const

export interface Packet {
  readonly type: number
  /** Header included. */
  readonly bytes: Buffer
}

const header = 8

/** Cuts a stream into packets. Their lengths have two bytes before the connection is accepted, four after. */
export class Framer {
  large = false
  #waiting: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): Packet[] {
    this.#waiting = Buffer.concat([this.#waiting, chunk])
    const found: Packet[] = []
    while (this.#waiting.length >= header) {
      const length = this.large ? this.#waiting.readUInt32BE(0) : this.#waiting.readUInt16BE(0)
      if (length < header) throw new Error(`a packet of ${length} bytes`)
      if (this.#waiting.length < length) break
      found.push({ type: this.#waiting[4]!, bytes: this.#waiting.subarray(0, length) })
      this.#waiting = this.#waiting.subarray(length)
      if (found.at(-1)!.type === packet.connect) break
    }
    return found
  }
}

export function packetOf(type: number, body: Uint8Array, large: boolean): Buffer {
  const head = Buffer.alloc(header)
  if (large) head.writeUInt32BE(body.length + header)
  else head.writeUInt16BE(body.length + header)
  head[4] = type
  return Buffer.concat([head, body])
}

/** A message in as many data packets as its length needs. */
export function dataPackets(message: Buffer, unit: number, endOfAnswer: boolean): Buffer[] {
  const room = unit - header - 2
  const count = Math.max(Math.ceil(message.length / room), 1)
  return Array.from({ length: count }, (_, at) => {
    const flags = Buffer.alloc(2)
    if (endOfAnswer && at === count - 1) flags.writeUInt16BE(dataFlag.endOfAnswer)
    return packetOf(packet.data, Buffer.concat([flags, message.subarray(at * room, (at + 1) * room)]), true)
  })
}

export function markerPacket(reason: number): Buffer {
  return packetOf(packet.marker, Buffer.from([1, 0, reason]), true)
}

export interface Accept {
  readonly version: number
  /** Bytes of the largest packet. */
  readonly unit: number
  /** Login in one exchange, and packets that say they are the last of an answer. */
  readonly modern: boolean
}

const largest = 2_097_152

export function acceptPacket({ version, unit, modern }: Accept): Buffer {
  const body = Buffer.alloc(37)
  body.writeUInt16BE(version, 0)
  body.writeUInt16BE(0x0801, 2)
  body.writeUInt16BE(Math.min(unit, 65_535), 4)
  body.writeUInt16BE(65_535, 6)
  // No further services of the network layer, such as its own encryption.
  body[14] = 0x04
  body[15] = 0x08
  body.writeUInt32BE(unit, 24)
  body.writeUInt32BE(largest, 28)
  body.writeUInt32BE(modern ? 0x1200_0000 : 0, 33)
  return packetOf(packet.accept, body, false)
}

/** @param code 12514: the listener knows no such service; 12505: no such SID; 12516, 12519: nobody is free to serve */
export function refusePacket(code: number): Buffer {
  const words = `(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=${code})(ERROR_STACK=(ERROR=(CODE=${code})(EMFI=4))))`
  const head = Buffer.from([34, 0, 0, 0])
  head.writeUInt16BE(words.length, 2)
  return packetOf(packet.refuse, Buffer.concat([head, Buffer.from(words)]), false)
}

/** What the client wrote into its connect packet; its text may follow in a packet of its own. */
export function readConnect(bytes: Buffer): {
  readonly length: number
  readonly text: string
  readonly unit: number
  readonly version: number
} {
  const length = bytes.readUInt16BE(24)
  const from = bytes.readUInt16BE(26)
  return {
    length,
    text: bytes.toString('latin1', from, from + length),
    unit: bytes.readUInt32BE(58),
    version: bytes.readUInt16BE(8),
  }
}
