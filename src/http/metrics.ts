/** What is going on in here, in numbers? For those who run the gateway, on a door of its own. */

import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SourceCall } from '../model/index.ts'

/** How one question to a source ended. */
export interface SourceAnswered {
  readonly source: string
  readonly dataset: string
  /** `rows`, `keyed` or `aggregate`. */
  readonly kind: string
  /** `answer`, or the code of the failure. */
  readonly outcome: string
  readonly seconds: number
  readonly rows: number
}

/**
 * Counters that the rest of the house is handed one by one. Labels are names of the configuration and codes, never a value, a column or
 * a caller.
 */
export interface Metrics {
  sourceCalled(call: Pick<SourceCall, 'source' | 'dataset' | 'means'>): void
  sourceAnswered(answered: SourceAnswered): void
  sourceReceived(bytes: number, from: Pick<SourceCall, 'source' | 'dataset'>): void
  /** Questions that wait for a source or are being answered by it. */
  sourceRunning(source: string, change: 1 | -1): void
  breaker(source: string, state: 'closed' | 'open' | 'halfOpen'): void
  /** What was found when the account at a source was examined. */
  account(source: string, state: 'unknown' | 'sound' | 'refused'): void
  cache(event: string): void
  /** Asks how many bytes this process keeps, whenever its numbers are read: of rows, and of whole answers. */
  keeps(depth: 'rows' | 'answers', bytes: () => number): void
  joined(join: { readonly dataset: string; readonly relation: string; readonly matched: number; readonly unmatched: number }): void
  request(status: number, seconds: number): void
  refused(reason: string): void
  /** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): Promise<string>
  /** In one of several processes (node:cluster): lets the first one ask for these numbers. */
  share(): void
}

/** What the first of several processes asks the others, and what they answer. */
const shareMessage = 'stadttor:metrics'
/** A process that does not answer within so many milliseconds, because it is only starting or ending, is left out. */
const shareMs = 1_000

/**
 * In the first of several processes: the numbers of all the others together. Counters and gauges are added up; of breakers and accounts it
 * is the worst that shows, of the event loop what prom-client chose for each number. Those of a process that has ended are gone.
 *
 * Only the adding up is prom-client's: its own way of asking gives up altogether when one process does not answer.
 */
export function sharedMetrics(): Pick<Metrics, 'text'> {
  return {
    async text() {
      const { AggregatorRegistry } = await prometheus()
      const answers = await Promise.all(Object.values(cluster.workers ?? {}).map(worker => (worker ? metricsOf(worker) : [])))
      return AggregatorRegistry.aggregate(answers.filter(metrics => metrics.length > 0)).metrics()
    },
  }
}

async function metricsOf(worker: Worker): Promise<object[]> {
  const answered = Promise.withResolvers<object[]>()
  const hear = (message: { readonly type?: unknown; readonly metrics?: object[] }) => {
    if (message?.type === shareMessage) answered.resolve(message.metrics ?? [])
  }
  const timer = setTimeout(() => answered.resolve([]), shareMs)
  worker.on('message', hear)
  if (worker.isConnected()) worker.send(shareMessage, () => {})
  else answered.resolve([])
  try {
    return await answered.promise
  } finally {
    clearTimeout(timer)
    worker.off('message', hear)
  }
}

/** Loaded where metrics are configured. */
const prometheus = () => import('prom-client')

const breakerStates = { closed: 0, halfOpen: 1, open: 2 } as const
const accountStates = { sound: 0, unknown: 1, refused: 2 } as const
/** Seconds; answers from the cache take well under a millisecond. */
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export async function createMetrics(): Promise<Metrics> {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = await prometheus()
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers })
  const calls = counter('stadttor_source_calls_total', 'Statements, HTTP calls and file readings', ['source', 'dataset', 'means'])
  const answers = counter('stadttor_source_answers_total', 'Questions to sources, by how they ended', [
    'source',
    'dataset',
    'kind',
    'outcome',
  ])
  const rows = counter('stadttor_source_rows_total', 'Rows that came from sources', ['source', 'dataset'])
  const bytes = counter('stadttor_source_bytes_total', 'Bytes that came from sources, unpacked; of databases roughly', [
    'source',
    'dataset',
  ])
  const answerSeconds = new Histogram({
    name: 'stadttor_source_seconds',
    help: 'From asking a source to its whole answer, waiting included',
    labelNames: ['source'],
    buckets,
    registers,
  })
  const running = new Gauge({
    name: 'stadttor_source_running',
    help: 'Questions that wait for a source or are being answered',
    labelNames: ['source'],
    registers,
  })
  const breakers = new Gauge({
    name: 'stadttor_source_breaker',
    help: 'Circuit breaker: 0 closed (all is well), 1 trying, 2 open (left alone)',
    labelNames: ['source'],
    aggregator: 'max',
    registers,
  })
  const accounts = new Gauge({
    name: 'stadttor_source_account',
    help: 'Account at a source: 0 sound, 1 not examined yet, 2 refused (nothing is read with it)',
    labelNames: ['source'],
    aggregator: 'max',
    registers,
  })
  const cache = counter('stadttor_cache_total', 'What became of wishes to the cache', ['event'])
  const keeping = new Map<string, () => number>()
  new Gauge({
    name: 'stadttor_cache_bytes',
    help: 'Bytes that are kept in memory: of rows, by estimate, and of whole answers',
    labelNames: ['depth'],
    registers,
    collect() {
      for (const [depth, kept] of keeping) this.set({ depth }, kept())
    },
  })
  const joins = counter('stadttor_relation_keys_total', 'Keys of relations that were followed', ['dataset', 'relation', 'found'])
  const requests = counter('stadttor_http_requests_total', 'Requests answered', ['status'])
  const requestSeconds = new Histogram({ name: 'stadttor_http_seconds', help: 'From request to answer', buckets, registers })
  const refusals = counter('stadttor_http_refused_total', 'Requests refused because this process could not answer more', ['reason'])
  return {
    sourceCalled: ({ source, dataset, means }) => calls.inc({ source, dataset, means }),
    sourceAnswered({ source, dataset, kind, outcome, seconds, rows: count }) {
      answers.inc({ source, dataset, kind, outcome })
      if (count > 0) rows.inc({ source, dataset }, count)
      answerSeconds.observe({ source }, seconds)
    },
    sourceReceived: (count, { source, dataset }) => bytes.inc({ source, dataset }, count),
    sourceRunning: (source, change) => running.inc({ source }, change),
    breaker: (source, state) => breakers.set({ source }, breakerStates[state]),
    account: (source, state) => accounts.set({ source }, accountStates[state]),
    cache: event => cache.inc({ event }),
    keeps: (depth, kept) => void keeping.set(depth, kept),
    joined({ dataset, relation, matched, unmatched }) {
      if (matched > 0) joins.inc({ dataset, relation, found: 'yes' }, matched)
      if (unmatched > 0) joins.inc({ dataset, relation, found: 'no' }, unmatched)
    },
    request(status, seconds) {
      requests.inc({ status: String(status) })
      requestSeconds.observe(seconds)
    },
    refused: reason => refusals.inc({ reason }),
    text: () => registry.metrics(),
    share() {
      process.on('message', async message => {
        if (message === shareMessage)
          process.send?.({ type: shareMessage, metrics: await registry.getMetricsAsJSON() }, undefined, {}, () => {})
      })
    },
  }
}

/** The door of the metrics, open. */
export interface MetricsDoor {
  readonly url: string
  close(): Promise<void>
}

/**
 * Opens the door on which Prometheus asks. It has no access control: it belongs on an address that only the operators reach.
 *
 * @throws EADDRINUSE, EACCES from the socket
 */
export async function openMetrics(
  metrics: Pick<Metrics, 'text'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsDoor> {
  const { Registry } = await prometheus()
  // Not imported, as in server.ts.
  const server: Server = process.getBuiltinModule('node:http').createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end()
    metrics.text().then(
      text => response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/metrics`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
