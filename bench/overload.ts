/** What if ten times as much is asked as can be answered, and there is little memory? */

import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Flood, Flooded } from './flood.ts'
import { startPeer } from './peer.ts'
import { drawsOf, stadttorSpelling } from './questions.ts'
import { collectTokens } from './tokens.ts'

const heapMegabytes = 256
const times = 10

/**
 * @param city    folder of the gateway
 * @param runMs   of the tenfold load; the load that it is compared with takes a quarter of it
 * @returns       a section of the results
 */
export async function measureOverload(city: string, runMs: number): Promise<string> {
  const peer = await startPeer('stadttor', {}, city, { query: '{ __typename }' }, [`--max-old-space-size=${heapMegabytes}`])
  try {
    const spelling = stadttorSpelling(await collectTokens(peer.ask))
    const [many, page] = (['many', 'page'] as const).map(question =>
      drawsOf(question, 1_000).map(draw => JSON.stringify(spelling.body(question, draw))),
    )
    const common = { port: peer.port, bodies: many!.flatMap((body, at) => [body, page![at]!]), warmMs: 2_000 }
    const idle = peer.memory()
    const peak = await flood({ ...common, connections: 64, rate: 0, runMs: runMs / 4 })
    const [goodAtPeak, afterPeak] = [peak.good / peak.seconds, peer.memory()]
    const over = await flood({ ...common, connections: 64 * times, rate: goodAtPeak * times, runMs })
    const goodOver = over.good / over.seconds
    const after = peer.memory()
    const again = await flood({ ...common, connections: 64, rate: 0, runMs: runMs / 4 })
    const row = (what: string, { good, refused, sent, others, broken, p50, p99, seconds }: Flooded, { most }: { most: number }) =>
      `| ${what} | ${(sent / seconds).toFixed(0)} | ${(good / seconds).toFixed(0)} | ${(refused / seconds).toFixed(0)} | ${Object.values(others).reduce((sum, count) => sum + count, broken)} ${JSON.stringify(others)} | ${p50.toFixed(0)} / ${p99.toFixed(0)} | ${most} |`
    return `## Overload: ${times} times the load, a heap of ${heapMegabytes} MB, ${(runMs / 1000).toFixed(0)} s

Half of the questions ask for 5,000 rows, half for 100. Ten times as many a second as 64 connections get answered are sent, on up to ${64 * times} connections, whatever becomes of them.

| | sent/s | good/s | 503 with Retry-After/s | anything else | p50 / p99 ms of good ones | most MB |
|---|--:|--:|--:|--:|--:|--:|
${row('64 connections', peak, afterPeak)}
${row(`${times} times as much`, over, after)}
${row('64 connections again', again, peer.memory())}

Good answers under the tenfold load: ${((100 * goodOver) / goodAtPeak).toFixed(0)} % of what 64 connections get. At rest ${idle.now} MB. The process is the one that was started.`
  } finally {
    await peer.stop()
  }
}

function flood(what: Flood): Promise<Flooded> {
  const child = fork(join(import.meta.dirname, 'flood.ts'))
  return new Promise<Flooded>((resolve, reject) => {
    child.once('message', measured => resolve(measured as Flooded))
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the callers ended with ${code}`)))
    child.send(what)
  }).finally(() => child.kill())
}
