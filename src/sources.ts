/** Has the keys for sources: opens every connector behind its guards, and one source at a time for commands that look. */

import { resolve } from 'node:path'
import pino, { type Logger } from 'pino'
import { type Gateway, neededColumns, openAt, type Source, writeOpenings } from './config/index.ts'
import {
  type ConnectorModule,
  connectorModules,
  guardAccount,
  readableColumns,
  readsBeyond,
  retryBudget,
  type SteadySetting,
  steady,
} from './connectors/index.ts'
import type { Metrics } from './http/index.ts'
import type { Clock, Connector, ConnectorServices, Introspector, NeededColumns, SourceAccount, SourceCall } from './model/index.ts'

/** What sources need of how the gateway was started. */
export interface SourcesSetting {
  /** Folder that relative paths of sources start from. */
  readonly folder: string
  readonly now?: Clock
  /** When several processes share the work: the connections of a source are divided among them. */
  readonly worker?: { readonly of: number }
  readonly onCall?: (call: SourceCall) => void
}

/** Every source of a gateway. */
export interface Sources {
  /** By id; a connector connects when it is first asked. */
  readonly connectors: ReadonlyMap<string, Connector>
  /** Examines the accounts of all that are open now. Whoever asks first waits for the verdict, also when this was never called. */
  examine(): void
}

export async function openSources(gateway: Gateway, setting: SourcesSetting, log: Logger, metrics?: Metrics): Promise<Sources> {
  const now = setting.now ?? Date.now
  const modules = await modulesOf([...gateway.sources.values()])
  const examinations: (() => void)[] = []
  const opened = [...gateway.sources.values()].flatMap(configured => {
    const source = shareOf(configured, setting.worker)
    const { open } = source
    const services = servicesFor(gateway, source, setting, log, metrics)
    const module = modules.get(source.kind)
    if (!module) return []
    const connector = module.open(source, services)
    const hours = open && { isOpen: () => openAt(open, now(), gateway.city.zone), hours: writeOpenings(open) }
    const guarded = withAccount(gateway, module, source, connector, setting, log, metrics)
    if (guarded)
      examinations.push(() => {
        if (hours?.isOpen() !== false) void guarded.examine()
      })
    const counted = metrics && countersFor(source.id, metrics)
    return [[source.id, steady(guarded ?? connector, { source: source.id, warn: services.warn, ...hours, ...counted })] as const]
  })
  const examine = () => {
    for (const examination of examinations) examination()
  }
  return { connectors: new Map(opened), examine }
}

/** What a source allows is shared by all processes; each has one connection at least. */
function shareOf(source: Source, worker: { readonly of: number } | undefined): Source {
  if (!worker) return source
  const connections = Math.max(1, Math.floor(source.limits.connections / worker.of))
  return { ...source, limits: { ...source.limits, connections } }
}

/** The connector behind an examination of its account; `undefined` where there is none. */
function withAccount(
  gateway: Gateway,
  module: ConnectorModule,
  source: Source,
  connector: Connector,
  setting: Pick<SourcesSetting, 'folder' | 'onCall'>,
  log: Logger,
  metrics?: Metrics,
) {
  if (!module.accounts) return undefined
  const services = servicesFor(gateway, source, setting, log)
  return guardAccount(connector, {
    source,
    look: () => module.introspect!(source, services),
    needed: neededAt(gateway, module, source),
    warn: services.warn,
    ...(metrics && { onState: state => metrics.account(source.id, state) }),
  })
}

function countersFor(source: string, metrics: Metrics): Pick<SteadySetting, 'onState' | 'watch'> {
  metrics.breaker(source, 'closed')
  return {
    onState: state => metrics.breaker(source, state),
    watch: {
      running: change => metrics.sourceRunning(source, change),
      ended: question => metrics.sourceAnswered({ source, ...question }),
    },
  }
}

/** A source to look at, for commands. To be closed by whoever opened it. */
export interface Sight {
  readonly introspector: Introspector
  /** As `Connector.read`, whatever the account may do. */
  readonly read: Connector['read']
  /**
   * What stands beside `use:` in a dataset file, as the introspector takes it.
   *
   * @throws ZodError for what is no place at such a source
   */
  place(written: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  /** What all datasets of the source make the gateway ask for. */
  readonly needed: readonly NeededColumns[]
  /** Columns that the account may read and no dataset needs, as `TABLE.COLUMN`. */
  beyond(account: SourceAccount): readonly string[]
  /** Columns at a place that the account may read; `undefined`: not known. */
  readable(account: SourceAccount, place: Readonly<Record<string, unknown>>): readonly string[] | undefined
  close(): Promise<void>
}

/**
 * Nothing is connected before the first question, and no connector warns anybody.
 *
 * @param folder that relative paths of sources start from
 * @returns `undefined` for a kind of source that cannot tell what it offers
 */
export async function lookAt(gateway: Gateway, source: Source, folder: string): Promise<Sight | undefined> {
  const module = (await modulesOf([source])).get(source.kind)
  const services = servicesFor(gateway, source, { folder }, pino({ level: 'silent' }))
  const introspector = module?.introspect?.(source, services)
  if (!module || !introspector) return undefined
  const needed = neededAt(gateway, module, source)
  let connector: Connector | undefined
  return {
    introspector,
    read: (request, context) => {
      connector ??= module.open(source, services)
      return connector.read(request, context)
    },
    place: written => placeAt(module, written),
    needed,
    beyond: account => readsBeyond(account, needed),
    readable: readableColumns,
    close: async () => void (await Promise.all([introspector.close(), connector?.close()])),
  }
}

function neededAt(gateway: Gateway, module: ConnectorModule, source: Source): readonly NeededColumns[] {
  return [...gateway.exposures.values()]
    .filter(exposure => exposure.source.id === source.id)
    .map(exposure => ({ place: placeAt(module, exposure.source.place), columns: neededColumns(exposure) }))
}

function placeAt({ place }: ConnectorModule, written: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return place.parse(written) as Readonly<Record<string, unknown>>
}

/** By kind. */
async function modulesOf(sources: readonly Source[]): Promise<ReadonlyMap<string, ConnectorModule>> {
  const modules = sources.length > 0 ? await connectorModules(sources.map(({ kind }) => kind)) : []
  return new Map(modules.flatMap(module => module.kinds.map(kind => [kind, module] as const)))
}

function servicesFor(
  gateway: Gateway,
  source: Source,
  setting: Pick<SourcesSetting, 'folder' | 'onCall'>,
  log: Logger,
  metrics?: Metrics,
): ConnectorServices {
  const retries = retryBudget()
  return {
    mayRetry: retries.take,
    call: call => {
      retries.asked()
      metrics?.sourceCalled(call)
      setting.onCall?.(call)
      log.debug(call, 'source asked')
    },
    ...(metrics && { received: metrics.sourceReceived }),
    warn: (message, details) => log.warn({ source: source.id, ...details }, message),
    ...(gateway.city.extent && { extent: gateway.city.extent }),
    folder: resolve(setting.folder),
  }
}
