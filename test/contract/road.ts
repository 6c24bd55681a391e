/** How does a face of the gateway ask a source? The whole road of the house, over one connector. */

import { randomBytes } from 'node:crypto'
import { memoryCache } from '../../src/cache/index.ts'
import { localEngine } from '../../src/connectors/index.ts'
import type { Answer, Connector, Dataset, ReadContext, Row, SourceRequest, StreamRequest } from '../../src/model/index.ts'
import { type Asking, createSeal, type House, Provenance, read, stream, streamSlots } from '../../src/resolvers/index.ts'
import type { TownDatasets } from './town.ts'

export interface Road {
  read(request: SourceRequest, context: ReadContext): Promise<Answer>
  stream(request: StreamRequest, context: ReadContext): AsyncGenerator<readonly Row[]>
}

/** The datasets as they are; whatever a connector says of itself is known to the road. */
export function roadOver(connector: Connector, datasets: TownDatasets): Road {
  const house = houseOver(connector)
  const asking = ({ signal, deadline }: ReadContext): Asking => {
    const ms = deadline - Date.now()
    return {
      house: { ...house, limits: { ...house.limits, requestMs: ms, exportMs: ms } },
      model: { audience: 'public', datasets: byId(datasets), closed: [], hash: 'town' },
      language: 'de',
      signal,
      requestId: 'contract',
      provenance: new Provenance(),
      batches: new Map(),
    }
  }
  return {
    async read(request, context) {
      const asked = asking(context)
      const rows = await read(asked, request)
      return { rows, asOf: Date.parse(asked.provenance.origins(Date.now())[0]!.asOf) }
    },
    stream: (request, context) => stream(asking(context), request),
  }
}

function byId(datasets: TownDatasets): ReadonlyMap<string, Dataset> {
  return new Map(Object.values(datasets).map(({ dataset }) => [dataset.id, dataset]))
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
