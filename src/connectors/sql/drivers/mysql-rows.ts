/** How does MySQL hand over the rows of one select, no faster than they are fetched? */

import type { Connection, FieldPacket, QueryOptions } from 'mysql2'
import type { Meter } from './meter.ts'
import { type CellReader, readerOf } from './mysql-facts.ts'
import { portionRows, type RawRow } from './session.ts'

/** A select under way. The line is not read while a portion lies ready, so that the server stops sending. */
export class MysqlRows {
  readonly #connection: Connection
  #readers: readonly CellReader[] = []
  #ready: RawRow[] = []
  #over = false
  #error: unknown
  #wake: () => void = () => {}

  constructor(connection: Connection, statement: QueryOptions) {
    this.#connection = connection
    const query = connection.execute(statement)
    query.on('fields', (fields: unknown) => {
      this.#readers = (fields as readonly FieldPacket[]).map(readerOf)
    })
    query.on('result', (row: unknown) => this.#take(row as RawRow))
    query.on('error', (error: unknown) => this.fail(error))
    query.on('end', () => {
      this.#over = true
      this.#wake()
    })
  }

  /** @throws the driver's own error, or GatewayError TOO_MANY_ROWS when the meter overflows */
  async next(meter: Meter): Promise<readonly RawRow[]> {
    if (this.#ready.length < portionRows && !this.#over && this.#error === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      this.#connection.resume()
      await promise
    }
    if (this.#error !== undefined) throw this.#error
    const portion = this.#ready
    this.#ready = []
    for (const row of portion) meter.add(row)
    return portion
  }

  fail(error: unknown): void {
    this.#error ??= error
    this.#wake()
  }

  #take(row: RawRow): void {
    try {
      this.#ready.push(row.map((cell, at) => this.#readers[at]!(cell)))
    } catch (error) {
      this.fail(error)
    }
    if (this.#ready.length < portionRows) return
    this.#connection.pause()
    this.#wake()
  }
}
