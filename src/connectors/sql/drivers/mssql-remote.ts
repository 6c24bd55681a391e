/** How does the gateway use a session with SQL Server that lives in another thread? */

import type { MessagePort } from 'node:worker_threads'
import type { Statement } from '../compile/index.ts'
import { type ColumnFacts, type Dialect, mssql } from '../dialects/index.ts'
import type { Meter } from './meter.ts'
import { type Answer, type FromSession, type Question, type ToSession, trouble, troubles, welcome } from './mssql-messages.ts'
import { parametersOf } from './mssql-parameters.ts'
import type { RawRow, Session } from './session.ts'

/** A thread that does not let go of a connection for so long is stuck. */
const stuckMs = 1_000

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** A session as the connector sees it. */
export class RemoteSession implements Session {
  readonly dialect: Dialect = mssql
  /** Settled when the session can be used or cannot be begun. */
  readonly welcome: Promise<unknown>
  readonly #port: MessagePort
  readonly #stuck: () => void
  readonly #waiting = new Map<number, Waiting>()
  #next = welcome
  #broken = false
  readonly #ended = Promise.withResolvers<void>()
  #isOver = false
  #lettingGo: NodeJS.Timeout | undefined

  /**
   * @param left  called when the thread has let go of the connection, or is no more
   * @param stuck called when it has not
   */
  constructor(port: MessagePort, left: () => void, stuck: () => void) {
    this.#port = port
    this.#stuck = stuck
    port.on('message', (said: FromSession) => this.#hear(said))
    port.on('close', () => {
      this.#isOver = true
      clearTimeout(this.#lettingGo)
      this.fail(trouble(troubles.gone, 'the connection was ended'))
      left()
      this.#ended.resolve()
    })
    this.welcome = this.#answer().then(checked)
  }

  get broken(): boolean {
    return this.#broken
  }

  get waits(): boolean {
    return this.#waiting.size > 0
  }

  async describe({ text }: Statement): Promise<readonly ColumnFacts[]> {
    const answer = checked(await this.#ask({ ask: 'describe', text }))
    return 'facts' in answer ? answer.facts : []
  }

  async run({ text, bindings }: Statement, meter: Meter): Promise<readonly RawRow[]> {
    const answer = await this.#ask({ ask: 'run', text, parameters: parametersOf(bindings), limitBytes: meter.left })
    if ('trouble' in answer && answer.trouble.code === troubles.tooLarge) meter.overflow()
    const told = checked(answer)
    const rows = 'rows' in told ? told.rows : []
    for (const row of rows) meter.add(row)
    return rows
  }

  /** Within the conversation itself: SQL Server hears of a cancellation while it is answering. */
  async cancel(): Promise<void> {
    if (!this.#broken) await this.#ask({ ask: 'cancel' })
  }

  destroy(): void {
    if (this.#isOver || this.#lettingGo) return
    this.#say('end')
    this.fail(trouble(troubles.gone, 'the connection was given up'))
    this.#lettingGo = setTimeout(this.#stuck, stuckMs).unref()
  }

  async close(): Promise<void> {
    this.destroy()
    if (this.#isOver) return
    this.#port.ref()
    await this.#ended.promise
  }

  /** Nobody will answer any more. */
  fail(why: Error): void {
    this.#broken = true
    for (const { reject } of this.#waiting.values()) reject(why)
    this.#waiting.clear()
    this.#rest()
  }

  #hear(said: FromSession): void {
    if (said === 'gone') this.fail(trouble(troubles.gone, 'the server ended the connection'))
    else {
      this.#waiting.get(said.id)?.resolve(said.answer)
      this.#waiting.delete(said.id)
      this.#rest()
    }
  }

  /** A session keeps the gateway alive only while somebody waits for it. */
  #rest(): void {
    if (this.#waiting.size === 0) this.#port.unref()
  }

  #ask(question: Question): Promise<Answer> {
    const answer = this.#answer()
    this.#say({ id: this.#next - 1, question })
    return answer
  }

  /** The answer to the next question. */
  #answer(): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    if (this.#broken) reject(trouble(troubles.gone, 'the connection is gone'))
    else {
      this.#waiting.set(this.#next, { resolve, reject })
      this.#port.ref()
    }
    this.#next++
    return promise
  }

  #say(what: ToSession): void {
    this.#port.postMessage(what)
  }
}

/** @throws Error & Trouble */
function checked(answer: Answer): Answer {
  if ('trouble' in answer) throw trouble(answer.trouble.code, answer.trouble.message, answer.trouble.numbers)
  return answer
}
