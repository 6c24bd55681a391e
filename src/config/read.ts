/** What does a folder configure: one frozen gateway, or every mistake at once? */

import { instant } from '../model/index.ts'
import type { Audience } from './audiences.ts'
import type { Draft } from './draft.ts'
import { coarsenedElsewhere } from './elsewhere.ts'
import type { Approval } from './exposure/approval.ts'
import { descriptionOf } from './exposure/description.ts'
import { exposureOf } from './exposure/exposure.ts'
import { loadFolder } from './files/load.ts'
import type { GatewayForm } from './form/gateway.ts'
import type { SourceForm } from './form/source.ts'
import { deepFreeze } from './freeze.ts'
import type { ApiKey, Configuration, Gateway, ReadOptions } from './gateway.ts'
import { audiencesOf } from './meaning/gateway.ts'
import { inOrder } from './mistake.ts'
import { gatewayNotices } from './notices.ts'
import { makeModels } from './policy.ts'
import { readApprovals } from './reading/approvals.ts'
import { readDatasets } from './reading/datasets.ts'
import { readGateway, readKeys } from './reading/gateway.ts'
import { kindsNamed, readSources, sourceOf } from './reading/sources.ts'

/**
 * Reads and checks a whole configuration: form, then meaning, then approval. Opens no source.
 *
 * Reads `gateway.yml`, `approvals.yml`, `keys.yml`, the files in `sources/` and those in the folders of `datasets/`, and the files that
 * `${file:…}` names. Never throws for what stands in them.
 */
export async function readConfiguration(options: ReadOptions): Promise<Configuration> {
  const { files, mistakes } = await loadFolder(options)
  const found = [...mistakes]
  const gateway = readGateway(files, found)
  const audiences = gateway && audiencesOf(gateway)
  const kinds = await options.kindsFor(kindsNamed(files))
  const sources = readSources(files, kinds, options, found)
  const drafts = readDatasets(files, sources, kinds, audiences, found)
  const approvals = readApprovals(files, found)
  const keys = readKeys(files, audiences, found)
  if (found.length > 0 || !gateway || !audiences) return { ok: false, mistakes: inOrder(found) }
  const at = (now: number): Gateway =>
    deepFreeze({ ...assemble(gateway, audiences, sources.known, drafts, approvals, keys, { ...options, now }), at })
  return { ok: true, gateway: at(options.now) }
}

function assemble(
  form: GatewayForm,
  audiences: ReadonlyMap<string, Audience>,
  sources: ReadonlyMap<string, SourceForm>,
  drafts: readonly Draft[],
  approvals: ReadonlyMap<string, Approval>,
  keys: readonly ApiKey[],
  options: ReadOptions,
): Omit<Gateway, 'at'> {
  const { city, server, limits, cache } = form
  const today = calendarDay(options.now, city.zone)
  const settings = new Map([...sources].map(([id, source]) => [id, sourceOf(source)]))
  const exposures = new Map(drafts.map(draft => [draft.id, exposureOf(draft, audiences)]))
  const unapproved = options.unapproved ?? false
  const { models, notices } = makeModels({ drafts, exposures, approvals, audiences, sources: settings, today, unapproved })
  const next = unapproved ? undefined : nextChange(approvals.values(), today, city.zone)
  const own = gatewayNotices({ secret: form.secret, keys, today, unapproved })
  return {
    city: {
      name: city.name,
      title: city.title,
      operator: city.operator,
      ...(city.contact && { contact: city.contact }),
      zone: city.zone,
      ...(city.extent && { extent: city.extent }),
      outside: city.outside ?? 'flag',
    },
    language: form.language,
    ...(form.secret && { secret: form.secret }),
    server: { host: server.host, port: server.port, origins: server.origins },
    limits: {
      pageSize: limits.pageSize,
      defaultPageSize: limits.defaultPageSize,
      depth: limits.depth,
      aliases: limits.aliases,
      cost: limits.cost,
      bodyBytes: limits.body,
      headerBytes: limits.header,
      requestsAtOnce: limits.requests,
      requestMs: limits.request,
      exportMs: limits.export,
      exportsAtOnce: limits.exports,
      groups: limits.groups,
      filterValues: limits.filterValues,
    },
    cache: { memoryBytes: cache.memory, answerBytes: cache.answers, ...(cache.redis && { redis: cache.redis }), prefix: cache.prefix },
    ...(form.metrics && { metrics: form.metrics }),
    audiences,
    keys,
    sources: settings,
    models,
    exposures,
    approvals,
    descriptions: new Map(drafts.map(draft => [draft.id, descriptionOf(draft)])),
    ...(next !== undefined && { nextChange: next }),
    notices: [...own, ...coarsenedElsewhere(drafts, audiences), ...notices],
  }
}

/** `2026-11-02`: what the calendar in a zone shows. */
function calendarDay(now: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}

/** The first midnight at which an approval begins, or the day after its last begins. */
function nextChange(approvals: Iterable<Approval>, today: string, zone: string): number | undefined {
  const days = [...approvals].flatMap(({ on, until }) => [on, ...(until === undefined ? [] : [dayAfter(until)])])
  const next = days.filter(day => day > today).sort()[0]
  const midnight = next && instant(next, zone)
  return midnight ? Date.parse(midnight) : undefined
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}
