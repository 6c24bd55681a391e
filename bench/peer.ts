/** Who is measured, how is each started, and what does it use of the machine? */

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { stadttor } from './city.ts'

export interface Running {
  readonly port: number
  /** Milliseconds from the start until the first answer. */
  readonly startMs: number
  /** Seconds of CPU so far, its children's too. */
  cpu(): number
  /** Megabytes now, and at most so far; its children's too. */
  memory(): { readonly now: number; readonly most: number }
  ask(body: unknown): Promise<string>
  stop(): Promise<void>
}

const peers = join(import.meta.dirname, 'peers')

/** @param first a question whose answer shows that the peer is there */
export async function startPeer(
  name: string,
  env: Readonly<Record<string, string>>,
  folder: string,
  first: unknown,
  node: readonly string[] = [],
): Promise<Running> {
  const port = await freePort()
  const file =
    name === 'stadttor'
      ? ['--max-semi-space-size=8', stadttor, 'serve', '--config', folder, '--port', String(port)]
      : [join(peers, `${name}.ts`)]
  const profile = process.env.BENCH_PROFILE === name ? ['--cpu-prof', '--cpu-prof-dir=/tmp/stadttor-bench-profile'] : []
  const begun = performance.now()
  const child = spawn(process.execPath, ['--no-warnings', ...node, ...profile, ...file], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', GRAPHILE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Whatever ends the bench ends the peers.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  let said = ''
  child.stderr.on('data', chunk => {
    said = (said + chunk).slice(-4_000)
  })
  const ask = async (body: unknown): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return await response.text()
  }
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${said}`)
    if (performance.now() - begun > 30_000) throw new Error(`${name} does not answer: ${said}`)
    if (
      await ask(first).then(
        text => text !== '',
        () => false,
      )
    )
      break
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  const startMs = performance.now() - begun
  return { port, startMs, cpu: () => cpuOf(child), memory: () => memoryOf(child), ask, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(timer)
}

function cpuOf(child: ChildProcess): number {
  return family(child).reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) / 100
  }, 0)
}

function memoryOf(child: ChildProcess): { now: number; most: number } {
  const sum = (name: string) =>
    family(child).reduce(
      (sum, pid) => sum + Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
      0,
    )
  return { now: Math.round(sum('VmRSS') / 1024), most: Math.round(sum('VmHWM') / 1024) }
}

/** The process and those it has started. */
function family({ pid }: ChildProcess): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return [pid!, ...children]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
