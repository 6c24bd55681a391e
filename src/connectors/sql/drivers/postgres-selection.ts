/** How does PostgreSQL run a select: prepared once and asked often, its rows as the texts that came over the wire? */

import { LRUCache } from 'lru-cache'
import type { FieldDef, Submittable } from 'pg'
import type { Meter } from './meter.ts'
import type { RawRow } from './session.ts'

type Connection = Parameters<Submittable['submit']>[0]

/** Statements that one connection keeps prepared. Each holds a plan in the memory of the server. */
const preparedAtMost = 100

/** What the server knows by name; and, from the first answer on, which columns are bytes. */
interface Named {
  readonly name: string
  bytes?: readonly number[]
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
  readonly rows: (rows: readonly RawRow[]) => void
  readonly error: (error: Error) => void
  /** The answer is larger than what may be in memory. */
  readonly tooMuch: (error: unknown) => void
}

/**
 * One select by the extended protocol, which takes no second statement in a text. Nothing is decoded: node-postgres would look a parser
 * up for each cell and send an event for each row.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class Selection implements Submittable {
  readonly #question: Question
  readonly #outcome: Outcome
  readonly #named: Named | undefined
  readonly #rows: (string | Uint8Array | null)[][] = []
  #bytes: readonly number[] = []
  #over = false

  constructor(question: Question, outcome: Outcome) {
    this.#question = question
    this.#outcome = outcome
    this.#named = question.prepared.named(question.text)
  }

  submit(connection: Connection): void {
    const { text, values, prepared } = this.#question
    const name = this.#named?.name ?? ''
    const known = this.#named?.bytes
    this.#bytes = known ?? []
    connection.stream.cork()
    try {
      for (const name of prepared.discarded()) connection.close({ type: 'S', name }, true)
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
    this.#bytes = fields.flatMap(({ dataTypeID }, at) => (dataTypeID === byteArray ? [at] : []))
    if (this.#named) this.#named.bytes = this.#bytes
  }

  handleDataRow({ fields }: { readonly fields: (string | Uint8Array | null)[] }): void {
    if (this.#over) return
    for (const at of this.#bytes) {
      const text = fields[at]
      if (typeof text === 'string') fields[at] = Buffer.from(text.slice(2), 'hex')
    }
    try {
      this.#question.meter.add(fields)
      this.#rows.push(fields)
    } catch (error) {
      this.#over = true
      this.#outcome.tooMuch(error)
    }
  }

  handleCommandComplete(): void {}

  handleEmptyQuery(): void {}

  handleError(error: Error): void {
    this.#over = true
    // Whatever is wrong with it, the next one starts anew.
    if (this.#named) this.#question.prepared.forget(this.#question.text)
    this.#outcome.error(error)
  }

  handleReadyForQuery(): void {
    if (!this.#over) this.#outcome.rows(this.#rows)
  }
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
