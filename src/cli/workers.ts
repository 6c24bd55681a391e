/** `stadttor serve --workers N`: who starts several processes on one port, replaces those that die, and ends them all? */

import cluster, { type Address, type Worker } from 'node:cluster'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { drainMs, openLog, openSharedMetrics } from '../app.ts'
import { loadCity } from './city.ts'
import { type ServeOptions, serve } from './serve.ts'
import { CommandError, type ExitCode, exitCodes, type Terminal } from './terminal.ts'

/** A process that dies is replaced after a rest that doubles each time, until one has lived for a while. */
const rests = { firstMs: 1_000, longestMs: 30_000, wellAfterMs: 60_000 } as const
/** Beyond the time in which requests may end: for closing sources and cache. */
const graceMs = 1_500

/**
 * In the first process: starts the others and watches over them until it is told to stop. In one of the others: serves.
 *
 * @throws CommandError as `serve` does, and when there is no `secret`, without which no process would know the ids of another
 */
export async function serveByWorkers(terminal: Terminal, options: ServeOptions, count: number): Promise<void> {
  return cluster.isWorker ? work(terminal, options, count) : watchOver(terminal, options, count)
}

async function work(terminal: Terminal, options: ServeOptions, count: number): Promise<void> {
  const running = serve(terminal, { ...options, worker: { number: cluster.worker?.id ?? 0, of: count } })
  let stopping = false
  // A supervisor tells every process of its group, and the first process tells the others: two signals are one wish.
  const stop = () => {
    if (stopping) return
    stopping = true
    void running.then(({ stop }) => stop()).then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  // The line to the first process would keep one alive that could not open.
  await running.catch(error => {
    cluster.worker?.disconnect()
    throw error
  })
}

async function watchOver(terminal: Terminal, options: ServeOptions, count: number): Promise<void> {
  const { config, port, unapproved } = options
  const gateway = await loadCity(terminal, config, { ...(unapproved && { unapproved }) })
  if (!gateway.secret) throw withoutSecret()
  const log = openLog()
  cluster.setupPrimary({ exec: fileURLToPath(new URL('../stadttor.js', import.meta.url)), args: process.argv.slice(2) })
  const crew = new Crew((message, details) => log.warn(details, message))
  const stopped = crew.stopOnSignals()
  // One alone first: what keeps it from opening, it says once, and the others are spared.
  const opened = await crew.open()
  if (typeof opened === 'number') {
    process.exitCode = opened
    return
  }
  for (let more = 1; more < count; more++) void crew.open(0)
  const metrics = await openSharedMetrics(gateway, port, log)
  const { address, port: taken } = opened
  const host = address?.includes(':') ? `[${address}]` : (address ?? gateway.server.host)
  terminal.say(`http://${host}:${taken}/graphql`)
  const code = await stopped
  await metrics?.close()
  process.exit(code)
}

/** The processes that serve. */
class Crew {
  readonly #warn: (message: string, details: Readonly<Record<string, unknown>>) => void
  readonly #pauses = new Set<NodeJS.Timeout>()
  #stopping = false

  constructor(warn: (message: string, details: Readonly<Record<string, unknown>>) => void) {
    this.#warn = warn
  }

  /**
   * Starts one process, and another one whenever it has died.
   *
   * @param deaths of its forerunners, one soon after the other
   * @returns      where it listens; its exit code when it ended before that, in which case it is not replaced if it was the first of its line
   */
  open(deaths?: number): Promise<Address | ExitCode> {
    const worker = cluster.fork()
    const began = performance.now()
    return new Promise(resolve => {
      let listened = false
      worker.once('listening', address => {
        listened = true
        resolve(address)
      })
      worker.once('exit', (code, signal) => {
        resolve((code || exitCodes.unexpected) as ExitCode)
        if (this.#stopping || (!listened && deaths === undefined)) return
        const soon = performance.now() - began < rests.wellAfterMs
        this.#replace(worker, { code, signal }, soon ? (deaths ?? 0) + 1 : 1)
      })
    })
  }

  /** @returns the exit code of the whole, once every process has ended after a signal; a second signal does not wait */
  stopOnSignals(): Promise<ExitCode> {
    return new Promise(resolve => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => {
          if (!this.#stopping) return void this.#stop().then(resolve)
          for (const worker of workers()) worker.process.kill('SIGKILL')
          process.exit(130)
        })
      }
    })
  }

  #replace(worker: Worker, how: Readonly<Record<string, unknown>>, deaths: number): void {
    const restMs = Math.min(rests.firstMs * 2 ** (deaths - 1), rests.longestMs)
    this.#warn('a process that serves has ended and is replaced', { worker: worker.id, ...how, restMs })
    const pause = setTimeout(() => {
      this.#pauses.delete(pause)
      void this.open(deaths)
    }, restMs)
    this.#pauses.add(pause)
  }

  async #stop(): Promise<ExitCode> {
    this.#stopping = true
    for (const pause of this.#pauses) clearTimeout(pause)
    let forced = false
    const cut = setTimeout(() => {
      forced = true
      for (const worker of workers()) worker.process.kill('SIGKILL')
    }, drainMs + graceMs)
    await Promise.all(
      workers().map(worker => {
        const ended = once(worker, 'exit')
        worker.process.kill('SIGTERM')
        return ended
      }),
    )
    clearTimeout(cut)
    return forced ? exitCodes.unexpected : exitCodes.ok
  }
}

function workers(): readonly Worker[] {
  return Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined)
}

function withoutSecret(): CommandError {
  return new CommandError(exitCodes.usage, {
    de: 'Mehrere Prozesse (--workers) brauchen ein gemeinsames "secret" in gateway.yml: Sonst kennt keiner die Kennungen des anderen.',
    en: 'Several processes (--workers) need a "secret" in gateway.yml: without it none knows the ids of another.',
  })
}
