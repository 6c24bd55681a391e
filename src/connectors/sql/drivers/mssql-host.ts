/** Who keeps the thread that speaks to SQL Server, and what becomes of its sessions when it ends? */

import { MessageChannel, Worker } from 'node:worker_threads'
import { type Login, trouble, troubles } from './mssql-messages.ts'
import { RemoteSession } from './mssql-remote.ts'
import type { Session } from './session.ts'

/** Loading the driver takes a quarter of a second, so a thread without sessions is kept for a while. */
const lingerMs = 60_000
/** Memory for objects; buffers are counted as they arrive. */
const heapMb = 512

/** The thread of one source. Begins with the first session. */
export class Host {
  readonly #login: Login
  readonly #sessions = new Set<RemoteSession>()
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
    const session = new RemoteSession(
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

  #left(session: RemoteSession): void {
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

function wordsOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
