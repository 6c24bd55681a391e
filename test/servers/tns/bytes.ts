/** How are numbers, texts and byte strings written in the messages that follow the login (TTC)? */

/** Byte strings up to this length are written in one piece. */
const shortest = 252
/** In place of a length: pieces follow, each with its own, until one is empty. */
const inPieces = 254
/** In place of a length: no value. */
const missing = 255
const pieceBytes = 32_767

export class Writer {
  readonly #parts: Buffer[] = []

  raw(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes))
    return this
  }

  byte(...values: readonly number[]): this {
    return this.raw(Buffer.from(values.map(value => value & 0xff)))
  }

  /** So many zeros. */
  zeros(count: number): this {
    return this.raw(Buffer.alloc(count))
  }

  /** A whole number: how many bytes it takes, then these, the greatest first. */
  number(value: number | bigint): this {
    const bytes: number[] = []
    for (let rest = BigInt(value); rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn))
    return this.byte(bytes.length, ...bytes)
  }

  numbers(...values: readonly number[]): this {
    for (const value of values) this.number(value)
    return this
  }

  /** Bytes with their length; nothing at all is no value. */
  block(bytes: Uint8Array): this {
    if (bytes.length <= shortest) return this.byte(bytes.length).raw(bytes)
    this.byte(inPieces)
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes)
      this.number(piece.length).raw(piece)
    }
    return this.number(0)
  }

  text(text: string): this {
    return this.block(Buffer.from(text))
  }

  /** A text whose length is said twice; empty ones only once. */
  label(text: string): this {
    const bytes = Buffer.from(text)
    this.number(bytes.length)
    return bytes.length === 0 ? this : this.block(bytes)
  }

  /** A word of the login with its value. */
  pair(key: string, value: string, flags = 0): this {
    return this.label(key).label(value).number(flags)
  }

  done(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

/** The rest of a message has not arrived yet. */
export class Unfinished extends Error {}

export class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** @throws Unfinished */
  raw(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw new Unfinished()
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  skip(count: number): this {
    this.raw(count)
    return this
  }

  byte(): number {
    return this.raw(1)[0]!
  }

  number(): number {
    const size = this.byte()
    if (size > 8) throw new Error(`a whole number of ${size} bytes`)
    return this.raw(size).reduce((value, byte) => value * 256 + byte, 0)
  }

  /** So many numbers that mean nothing here. */
  skipNumbers(count: number): this {
    for (let at = 0; at < count; at++) this.number()
    return this
  }

  /** `undefined`: no value. */
  block(): Buffer | undefined {
    const size = this.byte()
    if (size === 0 || size === missing) return undefined
    if (size !== inPieces) return this.raw(size)
    const pieces: Buffer[] = []
    for (let length = this.number(); length > 0; length = this.number()) pieces.push(this.raw(length))
    return Buffer.concat(pieces)
  }

  label(): string {
    return this.number() === 0 ? '' : String(this.block() ?? '')
  }

  pair(): readonly [key: string, value: string] {
    const key = this.label()
    const value = this.label()
    this.number()
    return [key, value]
  }

  /** Up to and without the next zero. */
  word(): string {
    let text = ''
    for (let byte = this.byte(); byte !== 0; byte = this.byte()) text += String.fromCharCode(byte)
    return text
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }
}
