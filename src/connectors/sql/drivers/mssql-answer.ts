/** Is what the driver hands over a whole answer, and all of it exact? */

import { sizeOf } from './meter.ts'
import { trouble, troubles } from './mssql-messages.ts'
import type { RawRow } from './session.ts'
import { shortestSingle } from './single.ts'

/** What the driver tells of a column of an answer. */
export interface ColumnTold {
  readonly colName: string
  readonly type: { readonly name: string }
  readonly dataLength?: number | undefined
}

export interface CellTold {
  readonly value: unknown
}

/** Of decimals the driver makes floats, of times Dates without an offset, and of shapes it knows only the server's own bytes. */
const lossy = /^(Decimal|Numeric|Money|SmallMoney|Date|Time|SmallDateTime|Variant|UDT)/

/** Gathers one answer. */
export class AnswerReader {
  readonly rows: RawRow[] = []
  names: readonly string[] = []
  #columns: readonly ColumnTold[] | undefined
  #bytes = 0
  #counted: number | undefined
  #complete = false
  readonly #limitBytes: number

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** No more rows are needed. */
  get full(): boolean {
    return this.#bytes > this.#limitBytes
  }

  /** @throws Error & Trouble */
  columns(columns: readonly ColumnTold[]): void {
    if (this.#columns) throw trouble(troubles.protocol, 'a second answer behind the first')
    const inexact = columns.find(({ type }) => lossy.test(type.name))
    // The statement asks for texts; a column that has become something else since comes as it is.
    if (inexact) throw trouble(troubles.type, `column ${inexact.colName} came as ${inexact.type.name}`)
    this.#columns = columns
    this.names = columns.map(({ colName }) => colName)
  }

  /** @throws Error & Trouble */
  row(cells: readonly CellTold[]): void {
    const columns = this.#columns
    if (!columns || cells.length !== columns.length) throw trouble(troubles.protocol, 'a row that does not fit its columns')
    const row = cells.map(({ value }, at) => cellOf(value, columns[at]!))
    for (const cell of row) this.#bytes += sizeOf(cell)
    this.rows.push(row)
  }

  /** How many rows the server says that it sent. */
  counts(rows: number | undefined): void {
    this.#counted ??= rows
  }

  /** The server has nothing more to say. */
  ends(): void {
    this.#complete = true
  }

  /** @throws Error & Trouble when the answer stopped before its end and nobody noticed */
  check(): void {
    if (!this.#complete) throw trouble(troubles.protocol, `the answer stopped after ${this.rows.length} rows`)
    if (this.#counted !== undefined && this.#counted !== this.rows.length) {
      throw trouble(troubles.protocol, `${this.#counted} rows were sent and ${this.rows.length} came`)
    }
  }
}

function cellOf(value: unknown, { type, dataLength }: ColumnTold): unknown {
  // A copy: the driver's own may be a piece of something much larger, all of which would be copied to the other thread.
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return typeof value === 'number' && (type.name === 'Real' || (type.name === 'FloatN' && dataLength === 4)) ? shortestSingle(value) : value
}
