/** How are numbers and texts laid out in messages of TDS? Little-endian, texts in UTF-16 with their length before them. */

/** The client sent something that is no TDS. */
export class ProtocolError extends Error {}

export class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  bytes(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw new ProtocolError(`${count} bytes expected at ${this.#at}`)
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  u8(): number {
    return this.bytes(1).readUInt8()
  }

  u16(): number {
    return this.bytes(2).readUInt16LE()
  }

  u32(): number {
    return this.bytes(4).readUInt32LE()
  }

  i32(): number {
    return this.bytes(4).readInt32LE()
  }

  i64(): bigint {
    return this.bytes(8).readBigInt64LE()
  }

  u64(): bigint {
    return this.bytes(8).readBigUInt64LE()
  }

  /** @param characters of two bytes each */
  text(characters: number): string {
    return this.bytes(characters * 2).toString('utf16le')
  }
}

export class Writer {
  #parts: Buffer[] = []

  bytes(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes))
    return this
  }

  u8(...numbers: readonly number[]): this {
    return this.bytes(Buffer.from(numbers))
  }

  u16(number: number): this {
    const bytes = Buffer.alloc(2)
    bytes.writeUInt16LE(number)
    return this.bytes(bytes)
  }

  u32(number: number): this {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(number)
    return this.bytes(bytes)
  }

  i32(number: number): this {
    return this.u32(number >>> 0)
  }

  u64(number: bigint): this {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt.asUintN(64, number))
    return this.bytes(bytes)
  }

  text(text: string): this {
    return this.bytes(Buffer.from(text, 'utf16le'))
  }

  /** A text of at most 255 characters. */
  shortText(text: string): this {
    return this.u8(text.length).text(text)
  }

  /** A text of at most 65,535 characters. */
  longText(text: string): this {
    return this.u16(text.length).text(text)
  }

  /** Everything written so far; the writer is empty afterwards. */
  take(): Buffer {
    const all = Buffer.concat(this.#parts)
    this.#parts = []
    return all
  }
}
