/** How is the answer to a statement put together? */

import { errors } from './errors.ts'
import type { Parameter } from './parameters.ts'
import { done, doneToken, returnStatusToken } from './tokens.ts'

/** Tokens that wait to be sent. */
export class Answer {
  readonly #send: (bytes: Buffer, packetsBefore: number) => Promise<number>
  #parts: Buffer[] = []
  size = 0
  /** Sent so far. */
  packets = 0

  /** @param send sends a part of the message and says how many packets it took */
  constructor(send: (bytes: Buffer, packetsBefore: number) => Promise<number>) {
    this.#send = send
  }

  add(token: Buffer): void {
    this.#parts.push(token)
    this.size += token.length
  }

  take(): Buffer {
    const all = Buffer.concat(this.#parts)
    this.#parts = []
    this.size = 0
    return all
  }

  async flush(): Promise<void> {
    if (this.size > 0) this.packets += await this.#send(this.take(), this.packets)
  }
}

/** What follows the rows of a procedure. */
export function procedureEnd(rows: number, value: Buffer): Buffer[] {
  return [doneToken('inProcedure', done.count | done.more, rows), returnStatusToken(0), value, doneToken('procedure', done.final)]
}

/**
 * Parameters by the names that are declared for them.
 *
 * @param declared as `sp_executesql` takes it: `@p0 int, @p1 nvarchar(4000)`
 * @throws SqlError when one is declared and not given
 */
export function named(declared: string, parameters: readonly Parameter[]): Parameter[] {
  const names = [...declared.matchAll(/@(\w+)\s/g)].map(([, name]) => `@${name}`)
  return names.map((name, at) => {
    const found = parameters.find(parameter => parameter.name === name) ?? (parameters[at]?.name === '' ? parameters[at] : undefined)
    if (!found) throw errors.notSupplied(name)
    return { ...found, name }
  })
}
