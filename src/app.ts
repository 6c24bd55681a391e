/** The only one with all the keys: reads the configuration, opens sources and cache, and puts the house together. */

import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import pino, { type Logger } from 'pino'
import type { Purged } from './cache/index.ts'
import { type Configuration, type Gateway, readConfiguration } from './config/index.ts'
import { connectorModules, localEngine } from './connectors/index.ts'
import type { MetricsDoor } from './http/index.ts'
import type { Clock, Purge, SourceCall } from './model/index.ts'
import type { House } from './resolvers/index.ts'
import { openSources } from './sources.ts'

export interface StartSetting {
  /** Folder with gateway.yml, sources/ and datasets/. */
  readonly folder: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Serves without approvals; on this machine only. */
  readonly unapproved?: boolean
  /** Instead of those of gateway.yml; port 0 takes a free one. */
  readonly host?: string
  readonly port?: number
  readonly log?: Logger
  /** One of several processes on one port (node:cluster): its share of each source is smaller, and the first process shows its metrics. */
  readonly worker?: WorkerPlace
  /** Injected by tests. */
  readonly now?: Clock
  /** Told of every statement, HTTP call and file reading. */
  readonly onCall?: (call: SourceCall) => void
}

export interface WorkerPlace {
  /** For the log. */
  readonly number: number
  /** How many there are. */
  readonly of: number
}

/** A gateway that answers. */
export interface Running {
  readonly url: string
  /** Where Prometheus asks, when `gateway.yml` says that it may. */
  readonly metricsUrl?: string
  readonly gateway: Gateway
  /** Lets requests in flight end, then closes sources and cache. */
  stop(): Promise<void>
}

/** Reads a city's configuration; every mistake at once. */
export function readCity(
  folder: string,
  more: Pick<StartSetting, 'env' | 'unapproved' | 'now'> & { readonly withoutSecrets?: boolean } = {},
): Promise<Configuration> {
  return readConfiguration({
    folder: resolve(folder),
    kindsFor: connectorModules,
    env: more.env ?? process.env,
    now: (more.now ?? Date.now)(),
    ...(more.unapproved && { unapproved: true }),
    ...(more.withoutSecrets && { withoutSecrets: true }),
  })
}

/**
 * Lets every gateway of a city forget what it keeps of a dataset or field, and takes it out of the Redis that they share.
 *
 * @returns `undefined` when they share none
 * @throws Error when Redis cannot be reached
 */
export async function purgeCity({ cache }: Gateway, purge: Purge): Promise<Purged | undefined> {
  if (cache.redis === undefined) return undefined
  const { purgeRedis } = await import('./cache/index.ts')
  return purgeRedis({ url: cache.redis, prefix: cache.prefix }, purge)
}

/** Addresses on which nobody but this machine can call. */
const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Puts a gateway together and opens its door.
 *
 * @throws Error with code NOT_LOOPBACK when `unapproved` is wanted on an address that others can reach; EADDRINUSE, EACCES from the socket
 */
export async function startGateway(gateway: Gateway, setting: StartSetting): Promise<Running> {
  // Loaded here, so that commands which only read the configuration do not wait for the server's parts.
  const [{ openCache }, { createMetrics, makeServer, openMetrics }, { createSeal, joinReport, streamSlots }] = await Promise.all([
    import('./cache/index.ts'),
    import('./http/index.ts'),
    import('./resolvers/index.ts'),
  ])
  const log = setting.log ?? openLog(setting.worker)
  const host = setting.host ?? (setting.unapproved ? '127.0.0.1' : gateway.server.host)
  if (setting.unapproved && !loopback.has(host)) {
    throw Object.assign(new Error(`without approvals only this machine may ask; ${host} is reachable by others`), { code: 'NOT_LOOPBACK' })
  }
  const now = setting.now ?? Date.now
  const metrics = gateway.metrics && (await createMetrics())
  const { connectors, examine } = await openSources(gateway, setting, log, metrics)
  const report = joinReport((message, details) => log.info(details, message), now)
  let closing = false
  let forgetAnswers = (): void => {}
  const house: House = {
    connectors,
    cache: await openCache({
      memoryBytes: gateway.cache.memoryBytes,
      ...(gateway.cache.redis && { redis: gateway.cache.redis }),
      prefix: gateway.cache.prefix,
      now,
      warn: (message, details) => log.warn(details ?? {}, message),
      ...(metrics && { count: metrics.cache }),
      onPurge: () => forgetAnswers(),
    }),
    local: localEngine,
    seal: createSeal(gateway.secret ?? randomBytes(32).toString('base64url')),
    now,
    zone: gateway.city.zone,
    city: gateway.city.name,
    ...(gateway.city.extent && { extent: gateway.city.extent }),
    outside: gateway.city.outside,
    limits: gateway.limits,
    // Half of a source's connections stay for those who wait for an answer.
    streams: streamSlots(gateway.limits.exportsAtOnce, id =>
      Math.max(1, Math.floor((gateway.sources.get(id)?.limits.connections ?? 2) / 2)),
    ),
    joined: join => {
      metrics?.joined(join)
      report(join)
    },
    warn: (message, details) => log.warn(details, message),
  }
  metrics?.keeps('rows', house.cache.bytes)
  tell(gateway, log)
  if (setting.unapproved)
    log.warn(
      'SERVING WITHOUT APPROVALS: everything configured is readable on this machine. Never do this with an address that others can reach.',
    )
  const doors = await makeServer({
    models: gateway.models,
    house,
    keys: gateway.keys,
    title: gateway.city.title,
    language: gateway.language,
    origins: gateway.server.origins,
    bodyBytes: gateway.limits.bodyBytes,
    headerBytes: gateway.limits.headerBytes,
    requestsAtOnce: gateway.limits.requestsAtOnce,
    answerBytes: gateway.cache.answerBytes,
    log,
    ...(metrics && { metrics }),
    ready: () => !closing,
  })
  const { server, replaceModels } = doors
  forgetAnswers = doors.forgetAnswers
  await server.listen({ host, port: setting.port ?? gateway.server.port })
  const { port } = server.server.address() as AddressInfo
  const examination = setTimeout(examine, examineAfterMs)
  if (setting.worker) metrics?.share()
  const metricsDoor =
    metrics &&
    !setting.worker &&
    (await openMetrics(metrics, metricsAddress(gateway, setting.port)).catch(error => {
      // Better a gateway without metrics than none; whoever collects them notices at once.
      log.error({ err: error }, noMetrics)
    }))
  const watch = watchApprovals(gateway, now, async (changed, before) => {
    log.warn('an approval began or ended; what is open has changed')
    tell(changed, log)
    try {
      await replaceModels(changed.models)
    } catch (error) {
      // Better closed than open to what nobody approves any more.
      log.fatal({ err: error }, 'the new models could not be put in place; the gateway closes')
      return void (await server.close())
    }
    for (const dataset of changedDatasets(before, changed))
      if (!(await house.cache.purge({ dataset })))
        log.warn({ dataset }, 'Redis could not be told what is closed now; nobody is answered from it, and "stadttor purge" takes it out')
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ...(metricsDoor && { metricsUrl: metricsDoor.url }),
    gateway,
    async stop() {
      closing = true
      watch.stop()
      clearTimeout(examination)
      // What is being answered is answered; who takes longer than anybody may, or never finishes asking, is cut off.
      const cut = setTimeout(() => server.server.closeAllConnections(), drainMs)
      await server.close()
      clearTimeout(cut)
      if (metricsDoor) await metricsDoor.close()
      await Promise.all([...connectors.values()].map(connector => connector.close()))
    },
  }
}

/** The drivers of databases are loaded and their accounts examined so long after the door was opened: whoever waits at it comes first. */
const examineAfterMs = 200

/** Requests in flight have so long to end when the gateway closes. */
export const drainMs = 20_000

const noMetrics = 'the address of the metrics cannot be used; there are none'

/** Lines of JSON on standard output, as all processes of a gateway write them. */
export function openLog(worker?: WorkerPlace): Logger {
  return pino({ base: worker ? { worker: worker.number } : null })
}

/**
 * In the first of several processes: the metrics of all of them, at the address where one process would show its own.
 *
 * @returns `undefined` where none are configured, or their address cannot be used; the log says so
 */
export async function openSharedMetrics(gateway: Gateway, port: number | undefined, log: Logger): Promise<MetricsDoor | undefined> {
  if (!gateway.metrics) return undefined
  const { openMetrics, sharedMetrics } = await import('./http/index.ts')
  return openMetrics(sharedMetrics(), metricsAddress(gateway, port)).catch(error => {
    log.error({ err: error }, noMetrics)
    return undefined
  })
}

/** Longest wait of a timer here; a machine that slept or whose clock was set notices soon enough. */
const longestWaitMs = 60 * 60 * 1000

/** Calls back whenever an approval begins or ends while the gateway is open. */
function watchApprovals(gateway: Gateway, now: Clock, onChange: (changed: Gateway, before: Gateway) => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout
  const wait = (current: Gateway): void => {
    if (current.nextChange === undefined) return
    timer = setTimeout(() => void look(current), Math.max(0, Math.min(current.nextChange - now(), longestWaitMs))).unref()
  }
  const look = async (current: Gateway): Promise<void> => {
    if (current.nextChange === undefined || current.nextChange > now()) return wait(current)
    const changed = gateway.at(now())
    await onChange(changed, current)
    wait(changed)
  }
  wait(gateway)
  return { stop: () => clearTimeout(timer) }
}

/** Datasets of which somebody may know more, less or something else than before. */
function changedDatasets(before: Gateway, after: Gateway): readonly string[] {
  const hashes = (gateway: Gateway, id: string): string =>
    JSON.stringify([...gateway.models].map(([audience, { datasets }]) => [audience, datasets.get(id)?.hash]))
  return [...before.exposures.keys()].filter(id => hashes(before, id) !== hashes(after, id))
}

/** Puts what is closed, and why, into the log. */
function tell(gateway: Gateway, log: Logger): void {
  for (const { code, dataset, message } of gateway.notices) log.warn({ code, ...(dataset && { dataset }) }, message[gateway.language])
}

/** The metrics of a gateway on another port than configured lie beside it, so that two gateways can run on one machine. */
function metricsAddress({ metrics }: Gateway, port: number | undefined): { host: string; port: number } {
  const { host, port: configured } = metrics ?? { host: '127.0.0.1', port: 0 }
  return { host, port: port === undefined ? configured : port === 0 ? 0 : port + 1 }
}
