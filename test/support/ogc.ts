/** A dataset on an OGC API and a way to ask for it, for tests that need no configuration. */

import { ogcFeatures } from '../../src/connectors/ogc/index.ts'
import type { Answer, BBox, Connector, Dataset, OpenField, Order, RowsRequest, SourceRequest } from '../../src/model/index.ts'
import { datasetAt } from './ask.ts'
import { engine } from './columns.ts'
import { patient } from './waiting.ts'

export interface OgcTown {
  readonly connector: Connector
  readonly warnings: readonly string[]
  /** Asks for rows, ordered by the key unless said otherwise. */
  rows(more?: Partial<RowsRequest>): Promise<Answer>
  ask(request: Omit<SourceRequest, 'dataset'>): Promise<Answer>
}

export interface OgcTownWish {
  readonly url: string
  readonly connection?: Readonly<Record<string, unknown>>
  readonly place: Readonly<Record<string, unknown>>
  readonly key: OpenField
  readonly fields: readonly OpenField[]
  readonly extent?: BBox
}

export function openOgcTown({ url, connection, place, key, fields, extent }: OgcTownWish): OgcTown {
  const warnings: string[] = []
  const limits = { connections: 2, statementMs: 20_000, queue: 20, bytes: 10_000_000 }
  const source = {
    id: 'karte',
    kind: 'ogc-features',
    title: 'Karte',
    connection: ogcFeatures.connection.parse({ url, ...connection }),
    limits,
  }
  const connector = ogcFeatures.open(source, {
    folder: '/',
    call: () => {},
    warn: message => warnings.push(message),
    ...(extent && { extent }),
  })
  const dataset = datasetOf(place, key, fields)
  const ask: OgcTown['ask'] = request => connector.read({ dataset, ...request } as SourceRequest, patient())
  return {
    connector,
    warnings,
    ask,
    rows: more => ask({ kind: 'rows', columns: fields, orderBy: [upwards(key)], limit: 1_000, ...more } as RowsRequest),
  }
}

export function upwards(column: OpenField): Order {
  return { column, direction: 'asc', nulls: 'last' }
}

function datasetOf(place: Readonly<Record<string, unknown>>, key: OpenField, fields: readonly OpenField[]): Dataset {
  const dataset = datasetAt('ogc-features', ogcFeatures.place.parse(place), fields)
  return { ...dataset, id: 'karte', can: ogcFeatures.capabilities('ogc-features'), key: [engine(key.column, key.type)] }
}
