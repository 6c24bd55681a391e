/** Which bytes does PostgreSQL send for the rows of a select? Taken off the socket before the driver makes texts of them. */

import type { Duplex } from 'node:stream'
import { lengthAt } from '../../../model/index.ts'
import type { Meter } from './meter.ts'

/** The first byte of a row's message. Behind it come its length (itself included, four bytes) and the number of cells (two bytes). */
const dataRow = 0x44
const headBytes = 7

/** The rows of one select while they come in. */
export class RowMessages {
  readonly #meter: Meter
  readonly #tooMuch: (error: unknown) => void
  #pieces: Buffer[] = []
  #full = false

  /** @param tooMuch called once with GatewayError TOO_MANY_ROWS; what comes after it is dropped */
  constructor(meter: Meter, tooMuch: (error: unknown) => void) {
    this.#meter = meter
    this.#tooMuch = tooMuch
  }

  add(messages: Buffer): void {
    if (this.#full) return
    try {
      this.#meter.addBytes(messages.byteLength)
      this.#pieces.push(messages)
    } catch (error) {
      this.#full = true
      this.#pieces = []
      this.#tooMuch(error)
    }
  }

  /** What has come, in one piece. */
  end(): Block {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    this.#pieces = []
    const starts: number[] = []
    for (let at = 0; at < bytes.byteLength; at += 1 + lengthAt(bytes, at + 1)) starts.push(at + headBytes)
    return { bytes, starts }
  }
}

/** Rows as `PackedRows` has them. */
export interface Block {
  readonly bytes: Buffer
  readonly starts: readonly number[]
}

type Listener = (chunk: Buffer) => void

const wires = new WeakMap<object, Wire>()

/**
 * Stands between a connection's socket and node-postgres: rows go to whoever takes them, everything else to the driver, in the order in
 * which it came, so that log-in, errors and the state of the connection stay the driver's affair.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class Wire {
  /** Gets the rows that come from now on; `undefined`: the driver does. */
  taker: RowMessages | undefined
  readonly #driver: Listener
  #rest: Buffer[] = []
  #restBytes = 0
  /** Bytes that the first message of the rest has; 0: not known yet. */
  #wanted = 0

  /** @param stream the connection's socket, or what TLS made of it, when nothing is under way */
  static over(stream: Duplex): Wire {
    const known = wires.get(stream)
    if (known) return known
    const [driver] = stream.listeners('data') as Listener[]
    if (!driver) throw new Error('the driver does not listen to its socket')
    const wire = new Wire(driver)
    stream.off('data', driver)
    stream.on('data', chunk => wire.#come(chunk))
    wires.set(stream, wire)
    return wire
  }

  private constructor(driver: Listener) {
    this.#driver = driver
  }

  #come(chunk: Buffer): void {
    this.#rest.push(chunk)
    this.#restBytes += chunk.byteLength
    // A long message comes in many pieces: they are joined once, when it is whole.
    if (this.#restBytes < this.#wanted) return
    const bytes = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest)
    this.#rest = []
    this.#restBytes = 0
    this.#wanted = 0
    this.#read(bytes)
  }

  #read(bytes: Buffer): void {
    const end = bytes.byteLength
    let begun = 0
    let at = 0
    let rows = false
    let wanted = 0
    while (at < end) {
      const next = at + 5 <= end ? at + 1 + lengthAt(bytes, at + 1) : end + 1
      if (next > end) {
        wanted = at + 5 <= end ? next - at : 5
        break
      }
      const isRow = bytes[at] === dataRow
      if (isRow !== rows) {
        this.#pass(bytes, begun, at, rows)
        begun = at
        rows = isRow
      }
      at = next
    }
    this.#pass(bytes, begun, at, rows)
    if (at === end) return
    this.#rest = [at === 0 ? bytes : bytes.subarray(at)]
    this.#restBytes = end - at
    this.#wanted = wanted
  }

  #pass(bytes: Buffer, from: number, to: number, rows: boolean): void {
    if (from === to) return
    const messages = bytes.subarray(from, to)
    if (rows && this.taker) this.taker.add(messages)
    else this.#driver(messages)
  }
}
