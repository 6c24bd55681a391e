/** How does PostgreSQL run a select: prepared once and asked often, its rows as the texts that came over the wire? */

import { LRUCache } from 'lru-cache'
import type { FieldDef, Submittable } from 'pg'
import { lengthAt } from '../../../model/index.ts'
import type { Meter } from './meter.ts'
import { type Block, RowMessages, Wire } from './postgres-wire.ts'
import type { RawRow } from './session.ts'

type Connection = Parameters<Submittable['submit']>[0]

/** Statements that one connection keeps prepared. Each holds a plan in the memory of the server. */
const preparedAtMost = 100

/** What the server knows by name; and, from the first answer on, the types of its columns. */
interface Named {
  readonly name: string
  types?: readonly number[]
}

/** Which statements has a connection prepared? A text that comes a second time gets a name, and keeps it until others push it out. */
export class Prepared {
  readonly #discarded: string[] = []
  readonly #seen = new LRUCache<string, Named | 'once'>({
    max: preparedAtMost,
    dispose: named => named !== 'once' && this.#discarded.push(named.name),
  })
  #count = 0

  named(text: string): Named | undefined {
    const known = this.#seen.get(text)
    if (known !== undefined && known !== 'once') return known
    const named = known === 'once' ? { name: `stadttor_${++this.#count}` } : undefined
    this.#seen.set(text, named ?? 'once')
    return named
  }

  forget(text: string): void {
    this.#seen.delete(text)
  }

  /** Names that the server may forget; each is told once. */
  discarded(): readonly string[] {
    return this.#discarded.splice(0)
  }
}

interface Question {
  readonly text: string
  readonly values: readonly (string | Buffer)[]
  readonly prepared: Prepared
  readonly meter: Meter
}

interface Outcome {
  readonly rows: (answer: Selected) => void
  readonly error: (error: Error) => void
  /** The answer is larger than what may be in memory. */
  readonly tooMuch: (error: unknown) => void
}

/** Rows as they came over the wire. */
export interface Selected extends Block {
  /** By column: the number of its type in the catalogue. */
  readonly types: readonly number[]
}

/**
 * One select by the extended protocol, which takes no second statement in a text. Nothing is decoded: node-postgres would make a text of
 * each cell, look a parser up for it and send an event for each row.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class Selection implements Submittable {
  readonly #question: Question
  readonly #outcome: Outcome
  readonly #named: Named | undefined
  #wire: Wire | undefined
  #types: readonly number[] = []
  #over = false

  constructor(question: Question, outcome: Outcome) {
    this.#question = question
    this.#outcome = outcome
    this.#named = question.prepared.named(question.text)
  }

  submit(connection: Connection): void {
    const { text, values, prepared } = this.#question
    const name = this.#named?.name ?? ''
    const known = this.#named?.types
    this.#types = known ?? []
    this.#wire = Wire.over(connection.stream)
    this.#wire.taker = new RowMessages(this.#question.meter, error => this.#tooMuch(error))
    const discarded = prepared.discarded()
    if (known && discarded.length === 0) {
      connection.stream.write(asked(name, values))
      return
    }
    connection.stream.cork()
    try {
      for (const name of discarded) connection.close({ type: 'S', name }, true)
      if (!known) connection.parse({ text, name, types: [] }, true)
      connection.bind({ statement: name, values: [...values] }, true)
      if (!known) connection.describe({ type: 'P', name: '' }, true)
      connection.execute(null, true)
      connection.sync()
    } finally {
      connection.stream.uncork()
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.#types = fields.map(({ dataTypeID }) => dataTypeID)
    if (this.#named) this.#named.types = this.#types
  }

  handleCommandComplete(): void {}

  handleEmptyQuery(): void {}

  handleError(error: Error): void {
    this.#taken()
    // Whatever is wrong with it, the next one starts anew.
    if (this.#named) this.#question.prepared.forget(this.#question.text)
    if (!this.#over) this.#outcome.error(error)
    this.#over = true
  }

  handleReadyForQuery(): void {
    const rows = this.#taken()
    if (!this.#over && rows) this.#outcome.rows({ ...rows.end(), types: this.#types })
  }

  #tooMuch(error: unknown): void {
    this.#over = true
    this.#outcome.tooMuch(error)
  }

  #taken(): RowMessages | undefined {
    const rows = this.#wire?.taker
    if (this.#wire) this.#wire.taker = undefined
    return rows
  }
}

/** Execute without a limit of rows, and Sync. */
const executeAndSync = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4])

/**
 * Bind, Execute and Sync of a prepared statement in one piece: what is asked most often goes out in one write.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
function asked(name: string, values: readonly (string | Buffer)[]): Buffer {
  const sizes = values.map(value => Buffer.byteLength(value))
  const bindBytes = 4 + 1 + Buffer.byteLength(name) + 1 + 2 + 2 * values.length + 2 + sizes.reduce((sum, size) => sum + 4 + size, 0) + 2
  const message = Buffer.allocUnsafe(1 + bindBytes + executeAndSync.byteLength)
  let at = message.writeUInt8(0x42)
  at = message.writeInt32BE(bindBytes, at)
  // The portal has no name.
  at = message.writeUInt8(0, at)
  at += message.write(name, at)
  at = message.writeUInt8(0, at)
  at = message.writeUInt16BE(values.length, at)
  for (const value of values) at = message.writeInt16BE(typeof value === 'string' ? 0 : 1, at)
  at = message.writeUInt16BE(values.length, at)
  for (const [index, value] of values.entries()) {
    at = message.writeInt32BE(sizes[index]!, at)
    at += typeof value === 'string' ? message.write(value, at) : value.copy(message, at)
  }
  // Every column as text.
  at = message.writeInt16BE(0, at)
  executeAndSync.copy(message, at)
  return message
}

/** Rows as texts, and bytes where a column holds bytes. */
export function textsOf({ bytes, starts, types }: Selected): readonly RawRow[] {
  return starts.map(start => {
    let at = start
    return types.map(type => {
      const length = lengthAt(bytes, at)
      const from = at + 4
      at = from + Math.max(0, length)
      if (length < 0) return null
      return type === byteArray ? Buffer.from(bytes.toString('latin1', from + 2, at), 'hex') : bytes.toString('utf8', from, at)
    })
  })
}

/** The number of `bytea`. */
const byteArray = 17

/**
 * Texts as one array parameter.
 *
 * @see https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT
 * @example
 *   arrayText(['a', 'b "c"', ''])  // → '{"a","b \\"c\\"",""}'
 */
export function arrayText(texts: readonly string[]): string {
  return `{${texts.map(text => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
