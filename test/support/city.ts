/** A city in a temporary folder, configured by files and served by the real gateway: what a user runs, end to end. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pino from 'pino'
import { type Running, readCity, startGateway } from '../../src/app.ts'
import { approve, storeApproval, writeMistakes } from '../../src/config/index.ts'
import type { Clock, SourceCall } from '../../src/model/index.ts'

export interface City {
  readonly folder: string
  readonly url: string
  readonly running: Running
  /** What left the gateway since `calls.length = 0`. */
  readonly calls: SourceCall[]
  /** Lines of the log, parsed. */
  readonly log: Readonly<Record<string, unknown>>[]
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answered>
  stop(): Promise<void>
}

export interface Answered {
  readonly status: number
  readonly data: never
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, string>>
  }[]
  readonly extensions?: {
    readonly provenance?: readonly Readonly<Record<string, unknown>>[]
    readonly warnings?: readonly Readonly<Record<string, unknown>>[]
  }
  readonly text: string
}

/**
 * A dataset file. What every file has to say is said here.
 *
 * @param source as it stands behind `source:`
 * @param more   the rest, `fields:` among it
 */
export function datasetText(id: string, type: string, source: string, more: string): string {
  return `id: ${id}
title: ${type}
owner: { department: Tiefbauamt }
licence: dl-de/by-2-0
names: { type: ${type}, one: ${id}Eins, many: ${id} }
source: ${source}
${more}
`
}

/** Writes files into a new folder. */
export async function writeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stadttor-test-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** Approves every dataset of a folder as configured. */
export async function approveAll(folder: string, env: Record<string, string> = {}): Promise<void> {
  const configuration = await readCity(folder, { env })
  if (!configuration.ok) throw new Error(writeMistakes(configuration.mistakes, 'en'))
  for (const exposure of configuration.gateway.exposures.values()) {
    await storeApproval(folder, approve(exposure, { by: 'test', record: 'test', on: '2020-01-01' }))
  }
}

/**
 * Starts the gateway over a folder, on a free port.
 *
 * @param now the clock of calendars and ages; the machine's own unless told
 */
export async function startCity(folder: string, env: Record<string, string> = {}, now?: Clock): Promise<City> {
  const configuration = await readCity(folder, { env })
  if (!configuration.ok) throw new Error(writeMistakes(configuration.mistakes, 'en'))
  const calls: SourceCall[] = []
  const log: Record<string, unknown>[] = []
  const logger = pino({ level: 'info' }, { write: line => void log.push(JSON.parse(line)) })
  const running = await startGateway(configuration.gateway, {
    folder,
    port: 0,
    host: '127.0.0.1',
    log: logger,
    onCall: call => void calls.push(call),
    ...(now && { now }),
  })
  return {
    folder,
    url: running.url,
    running,
    calls,
    log,
    async ask(query, variables, headers = {}) {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
        body: JSON.stringify({ query, variables }),
      })
      const text = await response.text()
      return { status: response.status, text, ...JSON.parse(text) }
    },
    async stop() {
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
