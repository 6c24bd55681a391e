/** The only one with all the keys: reads the configuration, opens sources and cache, and puts the house together. */

import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import pino, { type Logger } from 'pino'
import { type Configuration, type Gateway, readConfiguration } from './config/index.ts'
import { connectorModules } from './connectors/index.ts'
import type { Connector, SourceCall } from './model/index.ts'
import type { House } from './resolvers/index.ts'

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
  /** Told of every statement, HTTP call and file reading. */
  readonly onCall?: (call: SourceCall) => void
}

/** A gateway that answers. */
export interface Running {
  readonly url: string
  readonly gateway: Gateway
  /** Lets requests in flight end, then closes sources and cache. */
  stop(): Promise<void>
}

/** Reads a city's configuration; every mistake at once. */
export function readCity(
  folder: string,
  more: Pick<StartSetting, 'env' | 'unapproved'> & { readonly withoutSecrets?: boolean } = {},
): Promise<Configuration> {
  return readConfiguration({
    folder: resolve(folder),
    kinds: connectorModules,
    env: more.env ?? process.env,
    now: Date.now(),
    ...(more.unapproved && { unapproved: true }),
    ...(more.withoutSecrets && { withoutSecrets: true }),
  })
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
  const [{ openCache }, { makeServer }, { createSeal }] = await Promise.all([
    import('./cache/index.ts'),
    import('./http/index.ts'),
    import('./resolvers/index.ts'),
  ])
  const log = setting.log ?? pino({ base: null })
  const host = setting.host ?? (setting.unapproved ? '127.0.0.1' : gateway.server.host)
  if (setting.unapproved && !loopback.has(host)) {
    throw Object.assign(new Error(`without approvals only this machine may ask; ${host} is reachable by others`), { code: 'NOT_LOOPBACK' })
  }
  const connectors = openSources(gateway, setting, log)
  let closing = false
  const house: House = {
    connectors,
    cache: openCache({
      memoryBytes: gateway.cache.memoryBytes,
      ...(gateway.cache.redis && { redis: gateway.cache.redis }),
      prefix: gateway.cache.prefix,
      now: Date.now,
      warn: (message, details) => log.warn(details ?? {}, message),
    }),
    seal: createSeal(gateway.secret ?? randomBytes(32).toString('base64url')),
    now: Date.now,
    zone: gateway.city.zone,
    city: gateway.city.name,
    limits: gateway.limits,
    warn: (message, details) => log.warn(details, message),
  }
  for (const notice of gateway.notices)
    log.warn({ code: notice.code, ...(notice.dataset && { dataset: notice.dataset }) }, notice.message[gateway.language])
  if (setting.unapproved)
    log.warn(
      'SERVING WITHOUT APPROVALS: everything configured is readable on this machine. Never do this with an address that others can reach.',
    )
  const server = await makeServer({
    models: gateway.models,
    house,
    keys: gateway.keys,
    title: gateway.city.title,
    language: gateway.language,
    origins: gateway.server.origins,
    bodyBytes: gateway.limits.bodyBytes,
    headerBytes: gateway.limits.headerBytes,
    log,
    ready: () => !closing,
  })
  await server.listen({ host, port: setting.port ?? gateway.server.port })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    gateway,
    async stop() {
      closing = true
      await server.close()
      await Promise.all([...connectors.values()].map(connector => connector.close()))
    },
  }
}

/** Sources that an open dataset needs; the others are not even connected to. */
function openSources(gateway: Gateway, setting: StartSetting, log: Logger): ReadonlyMap<string, Connector> {
  const needed = new Set([...gateway.models.values()].flatMap(model => [...model.datasets.values()].map(dataset => dataset.source.id)))
  const opened = new Map<string, Connector>()
  for (const source of gateway.sources.values()) {
    const module = connectorModules.find(candidate => candidate.kinds.includes(source.kind))
    if (!module || !needed.has(source.id)) continue
    const connector = module.open(source, {
      call: call => {
        setting.onCall?.(call)
        log.debug(call, 'source asked')
      },
      warn: (message, details) => log.warn({ source: source.id, ...details }, message),
      ...(gateway.city.extent && { extent: gateway.city.extent }),
      folder: resolve(setting.folder),
    })
    opened.set(source.id, connector)
  }
  return opened
}
