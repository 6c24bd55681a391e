/** How does a source look whose every dataset is small? The whole road over it, behind the contract of connectors. */

import { randomBytes } from 'node:crypto'
import { memoryCache } from '../../src/cache/index.ts'
import { localEngine } from '../../src/connectors/index.ts'
import { type Connector, type Dataset, localCapabilities, type Model, type ReadContext, type SourceRequest } from '../../src/model/index.ts'
import { type Asking, createSeal, type House, Provenance, read, streamSlots } from '../../src/resolvers/index.ts'
import type { Faulty, Opened, Wish } from './connector.ts'
import type { TownDataset, TownDatasets } from './town.ts'

/** The same source, asked for nothing but whole tables. */
export function asSmall(open: (wish: Wish) => Promise<Opened>): (wish: Wish) => Promise<Opened> {
  return async wish => {
    const opened = await open(wish)
    const { faults = {} } = opened
    const datasets = Object.fromEntries(Object.entries(opened.datasets).map(([name, from]) => [name, smallDataset(from)])) as TownDatasets
    return {
      ...opened,
      datasets,
      connector: overSnapshots(opened.connector, datasets),
      faults: Object.fromEntries(Object.entries(faults).map(([name, make]) => [name, async () => faulty(await make(), datasets)])),
    }
  }
}

function faulty(bad: Faulty, datasets: TownDatasets): Faulty {
  return {
    ...bad,
    connector: overSnapshots(bad.connector, datasets),
    ...(bad.dataset && { dataset: smallDataset(bad.dataset) }),
  }
}

function smallDataset(from: TownDataset): TownDataset {
  // Whole numbers of more than 32 bits are left out on the road, for every dataset.
  const large = from.table.columns.filter(
    ({ type }, at) => type === 'int' && from.table.rows.some(row => Math.abs(Number(row[at])) >= 2 ** 31),
  )
  const fields = Object.fromEntries(Object.entries(from.fields).filter(([, field]) => large.every(({ column }) => column !== field.column)))
  // Nothing is kept, so that every question of the suite reaches the source.
  const dataset = { ...from.dataset, fields: Object.values(fields), small: { rows: 10_000 }, can: localCapabilities, freshForSeconds: 0 }
  return { ...from, fields, dataset }
}

function overSnapshots(source: Connector, datasets: TownDatasets): Connector {
  const house = houseOver(strict(source))
  const model: Model = { audience: 'public', datasets: byId(datasets), closed: [], hash: 'town' }
  return {
    capabilities: localCapabilities,
    async read(request: SourceRequest, context: ReadContext) {
      const provenance = new Provenance()
      const limits = { ...house.limits, requestMs: context.deadline - Date.now() }
      const asking: Asking = {
        house: { ...house, limits },
        model,
        language: 'de',
        signal: context.signal,
        requestId: 'contract',
        provenance,
        batches: new Map(),
      }
      const rows = await read(asking, request)
      return { rows, asOf: Date.parse(provenance.origins(Date.now())[0]!.asOf) }
    },
    close: () => source.close(),
  }
}

function byId(datasets: TownDatasets): ReadonlyMap<string, Dataset> {
  return new Map(Object.values(datasets).map(({ dataset }) => [dataset.id, dataset]))
}

/** A source that can do nothing but hand out rows; what it is asked beyond is a defect. */
function strict(source: Connector): Connector {
  return {
    capabilities: { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' },
    async read(request, context) {
      if (request.kind !== 'rows' || request.where || request.position || request.orderBy.length > 0)
        throw new Error('an incapable source was asked for more than rows')
      return source.read(request, context)
    },
    close: () => source.close(),
  }
}

function houseOver(connector: Connector): House {
  const limits = { pageSize: 1, defaultPageSize: 1, depth: 1, aliases: 1, cost: 1, groups: 1, filterValues: 1, requestMs: 1, exportMs: 1 }
  return {
    connectors: new Map([['town', connector]]),
    cache: memoryCache({ bytes: 1_000_000, now: Date.now }),
    local: localEngine,
    seal: createSeal(randomBytes(32).toString('hex')),
    now: Date.now,
    zone: 'Europe/Berlin',
    outside: 'flag',
    streams: streamSlots(1, () => 1),
    city: 'Konstanz',
    limits,
    joined: () => {},
    warn: () => {},
  }
}
