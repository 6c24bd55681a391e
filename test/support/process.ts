/** A gateway as its operators start it: the command line in a process of its own. */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

export interface GatewayProcess {
  /** Without a path. */
  readonly url: string
  readonly child: ChildProcess
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  /** Lines of the log so far, parsed. */
  log(): readonly Readonly<Record<string, unknown>>[]
}

/** Runs a command to its end, in English. */
export function stadttor(...words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly said: string }> {
  const env = { ...process.env, LANG: 'C', NO_COLOR: '1' }
  return new Promise(done => {
    execFile(process.execPath, [main, ...words], { env, timeout: 20_000 }, (error, out, said) =>
      done({ code: error ? Number(error.code) : 0, out, said }),
    )
  })
}

/** Runs `stadttor serve` over a folder until it says where it listens. Whoever starts it ends it with `child.kill`. */
export async function serveInProcess(folder: string, ...more: readonly string[]): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [main, 'serve', '--config', folder, ...more], {
    env: { ...process.env, NO_COLOR: '1', LANG: 'en' },
  })
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal)
  let [said, logged] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => {
    logged += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const address = () => /(http:\/\/\S+)\/graphql/.exec(said)?.[1]
  while (!address()) {
    const over = await Promise.race([once(child.stderr, 'data').then(() => false), ended.then(() => true)])
    if (over && !address()) throw new Error(`the gateway ended with ${await ended}: ${said}`)
  }
  const log = () =>
    logged
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line))
  return { url: address()!, child, ended, log }
}
