/**
 * How do we ask a SQLite file without stopping the gateway?
 *
 * In a process of its own: a statement runs inside the caller's thread and cannot be interrupted. A worker thread would keep the event
 * loop free, but ending it waits for the statement (2.6 s were measured); a process can be killed.
 */

import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { resolve as resolvePath } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceSetting } from '../../../model/index.ts'
import type { Binding, Probe, Reader, Statement } from '../compile/index.ts'
import type { FileConnection } from '../connections.ts'
import { type ColumnFacts, type Dialect, sqlite } from '../dialects/index.ts'
import type { Meter } from './meter.ts'
import { type Packed, unfold } from './packer.ts'
import type { Driver, RawRow, Session } from './session.ts'
import type { Reply, Request } from './sqlite-child.ts'
import { diagnose } from './sqlite-diagnosis.ts'

type Source = SourceSetting<FileConnection>

export function sqliteDriver(source: Source, folder: string): Driver {
  const file = resolvePath(folder, source.connection.file)
  return { connect: signal => connect(file, source, signal), diagnose, totals: true, packs: true }
}

async function connect(file: string, { limits }: Source, signal: AbortSignal): Promise<Session> {
  if (!existsSync(file)) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  signal.throwIfAborted()
  const cache = getCompileCacheDir()
  const child = fork(fileURLToPath(new URL('./sqlite-child.ts', import.meta.url)), [file, String(limits.statementMs)], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Nothing of the gateway's surroundings, secrets least of all, is this process's business; save for what makes it start sooner.
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
  })
  const session = new SqliteSession(child)
  const stop = (): void => session.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await session.ready()
    return session
  } catch (error) {
    session.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

class SqliteSession implements Session {
  readonly dialect: Dialect = sqlite
  readonly #child: ChildProcess
  readonly #gone: Promise<void>
  #waiting: Waiting | undefined
  #broken = false
  #said = ''

  constructor(child: ChildProcess) {
    this.#child = child
    this.#gone = new Promise(resolve => child.once('exit', () => resolve()))
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-2_000)
    })
    child.on('message', reply => this.#settle(waiting => waiting.resolve(reply as Reply)))
    child.on('error', error => this.#end(error))
    child.on('exit', () => this.#end(Object.assign(new Error(`the process ended: ${this.#said}`), { code: 'EPIPE' })))
  }

  get broken(): boolean {
    return this.#broken
  }

  /** The first message says whether the file could be opened. */
  async ready(): Promise<void> {
    checked(await this.#reply(), 'opened')
  }

  async describe({ text }: Probe): Promise<readonly ColumnFacts[]> {
    const { types } = checked(await this.#ask({ ask: 'describe', text }), 'types')
    return types.map(type => ({ stored: storedAs(type) }))
  }

  async run({ text, bindings }: Statement, meter: Meter): Promise<readonly RawRow[]> {
    const { rows } = checked(await this.#ask({ ask: 'run', text, values: bindings.map(parameterOf), limitBytes: meter.left }), 'rows')
    for (const row of rows) meter.add(row)
    return rows
  }

  /** Cells are read over there, where there is time: here are the callers of all sources. */
  async pack({ text, bindings }: Statement, readers: readonly Reader[], meter: Meter): Promise<Packed> {
    const asked = this.#ask({ ask: 'pack', text, values: bindings.map(parameterOf), limitBytes: meter.left, readers })
    const block = checked(await asked, 'bytes')
    meter.addBytes(block.bytes.byteLength)
    return unfold(block, readers)
  }

  /** Nothing but the end stops a statement. */
  async cancel(): Promise<void> {
    this.destroy()
    await this.#gone
  }

  destroy(): void {
    this.#broken = true
    this.#child.kill('SIGKILL')
  }

  async close(): Promise<void> {
    this.destroy()
    await this.#gone
  }

  #ask(request: Request): Promise<Reply> {
    const reply = this.#reply()
    this.#child.send(request, error => error && this.#end(error))
    return reply
  }

  #reply(): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      if (this.#broken) this.#end(Object.assign(new Error('the process has ended'), { code: 'EPIPE' }))
    })
  }

  #end(error: Error): void {
    this.#broken = true
    this.#settle(waiting => waiting.reject(error))
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) how(waiting)
  }
}

function parameterOf({ value }: Binding): string | bigint | Uint8Array {
  return typeof value === 'number' ? BigInt(value) : (value as string | Uint8Array)
}

/** The reply with what was asked for; an error of the process is thrown, with its own code and words. */
function checked<K extends string>(reply: Reply, what: K): Extract<Reply, { readonly [key in K]: unknown }> {
  if ('code' in reply) throw Object.assign(new Error(reply.message), { code: reply.code })
  if (!(what in reply)) throw Object.assign(new Error('an answer to another question'), { code: 'SQLITE_MISUSE' })
  return reply as Extract<Reply, { readonly [key in K]: unknown }>
}

/**
 * The affinity of a declared type.
 *
 * @param declared null for an expression of a view
 * @see https://www.sqlite.org/datatype3.html, 3.1
 */
function storedAs(declared: string | null): ColumnFacts['stored'] {
  if (declared === null || /^$|BLOB/i.test(declared)) return 'other'
  if (/INT/i.test(declared)) return 'int'
  if (/CHAR|CLOB|TEXT/i.test(declared)) return 'text'
  return /REAL|FLOA|DOUB/i.test(declared) ? 'double' : 'decimal'
}
