/** Who keeps the thread that speaks to SQL Server, and what becomes of its sessions when it ends? */

import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Statement } from '../compile/index.ts'
import { type ColumnFacts, type Dialect, mssql } from '../dialects/index.ts'
import type { Meter } from './meter.ts'
import { type Answer, type FromSession, type Login, type Question, type ToSession, trouble, troubles, welcome } from './mssql-messages.ts'
import { parametersOf } from './mssql-parameters.ts'
import type { RawRow, Session } from './session.ts'

/** Loading the driver takes a quarter of a second, so a thread without sessions is kept for a while. */
const lingerMs = 60_000
/** A thread that does not let go of a connection for so long is stuck. */
const stuckMs = 1_000
/** Memory for objects; buffers are counted as they arrive. */
const heapMb = 512

/** The thread of one source. Begins with the first session. */
export class Host {
  readonly #login: Login
  readonly #sessions = new Set<MssqlSession>()
  #worker: Worker | undefined
  #lingering: NodeJS.Timeout | undefined

  constructor(login: Login) {
    this.#login = login
  }

  /** @throws Error & Trouble */
  async connect(signal: AbortSignal): Promise<Session> {
    signal.throwIfAborted()
    const { port1, port2 } = new MessageChannel()
    const worker = this.#running()
    const session = new MssqlSession(
      port1,
      () => this.#left(session),
      () => void worker.terminate(),
    )
    clearTimeout(this.#lingering)
    this.#sessions.add(session)
    worker.postMessage({ port: port2 }, [port2])
    const stop = (): void => session.destroy()
    signal.addEventListener('abort', stop, { once: true })
    try {
      await session.welcome
      return session
    } catch (error) {
      session.destroy()
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  #running(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./mssql-thread.ts', import.meta.url), {
      workerData: this.#login,
      execArgv: [],
      // Nothing of the gateway's surroundings, secrets least of all, is this thread's business.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    this.#worker = worker
    // It must not keep a gateway alive that has nothing else to do.
    worker.unref()
    worker.on('error', error => this.#ended(worker, this.#blame(`the answer ended the driver: ${wordsOf(error)}`)))
    worker.on('exit', () => this.#ended(worker, trouble(troubles.gone, 'the thread ended')))
    return worker
  }

  /** Where several waited for answers, nobody knows whose it was: all but one have done nothing wrong. */
  #blame(why: string): Error {
    const waiting = [...this.#sessions].filter(session => session.waits)
    return trouble(waiting.length > 1 ? troubles.gone : troubles.crash, why)
  }

  /** The next session gets a thread of its own. */
  #ended(worker: Worker, why: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    for (const session of this.#sessions) session.fail(why)
  }

  #left(session: MssqlSession): void {
    this.#sessions.delete(session)
    if (this.#sessions.size > 0) return
    clearTimeout(this.#lingering)
    this.#lingering = setTimeout(() => void this.end(), lingerMs).unref()
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    clearTimeout(this.#lingering)
    await this.#worker?.terminate()
  }
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

class MssqlSession implements Session {
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

function wordsOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
