/** How much of an answer is in memory, and when is it too much? */

import { GatewayError } from '../../../model/index.ts'

/** Counts the bytes of all rows of one request. */
export class Meter {
  readonly #limit: number
  #bytes = 0

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Bytes so far. */
  get taken(): number {
    return this.#bytes
  }

  /** Bytes that still fit. */
  get left(): number {
    return this.#limit - this.#bytes
  }

  /** @throws GatewayError TOO_MANY_ROWS */
  add(row: readonly unknown[]): void {
    let bytes = 0
    for (const cell of row) bytes += sizeOf(cell)
    this.addBytes(bytes)
  }

  /** @throws GatewayError TOO_MANY_ROWS */
  addBytes(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#limit) this.overflow()
  }

  /** More has come than fits, whatever it is. */
  overflow(): never {
    throw tooLarge(this.#limit)
  }
}

/** Roughly the bytes that a cell takes on the wire. */
export function sizeOf(cell: unknown): number {
  if (typeof cell === 'string') return cell.length
  return cell instanceof Uint8Array ? cell.byteLength : 8
}

function tooLarge(limit: number): GatewayError {
  return new GatewayError('TOO_MANY_ROWS', {
    message: { de: 'Die Antwort der Datenquelle ist zu groß.', en: 'The answer of the source is too large.' },
    hint: {
      de: 'Weniger Felder, eine kleinere Seite oder ein engerer Filter helfen.',
      en: 'Fewer fields, a smaller page or a narrower filter help.',
    },
    log: `an answer of more than ${limit} bytes was cut off`,
  })
}
