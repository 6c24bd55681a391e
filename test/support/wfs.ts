/** A dataset on a WFS and a way to ask for it, for tests that need no configuration. */

import { wfs } from '../../src/connectors/wfs/index.ts'
import type {
  Answer,
  BBox,
  Condition,
  Connector,
  Dataset,
  OpenField,
  Order,
  RowsRequest,
  SourceCall,
  SourceRequest,
} from '../../src/model/index.ts'
import { datasetAt } from './ask.ts'
import { engine } from './columns.ts'
import { patient } from './waiting.ts'

export interface Town {
  readonly connector: Connector
  readonly calls: readonly SourceCall[]
  readonly warnings: readonly string[]
  /** Asks for rows, ordered by the key unless said otherwise. */
  rows(more?: Partial<RowsRequest>): Promise<Answer>
  ask(request: Omit<SourceRequest, 'dataset'> & { readonly dataset?: Dataset }): Promise<Answer>
}

export interface TownWish {
  readonly url: string
  readonly connection?: Readonly<Record<string, unknown>>
  readonly place: Readonly<Record<string, unknown>>
  readonly key: OpenField
  readonly fields: readonly OpenField[]
  readonly extent?: BBox
}

export function openTown({ url, connection, place, key, fields, extent }: TownWish): Town {
  const calls: SourceCall[] = []
  const warnings: string[] = []
  const limits = { connections: 2, statementMs: 20_000, queue: 20, bytes: 10_000_000 }
  const source = { id: 'karte', kind: 'wfs', title: 'Karte', connection: wfs.connection.parse({ url, ...connection }), limits }
  const connector = wfs.open(source, {
    folder: '/',
    call: call => calls.push(call),
    warn: message => warnings.push(message),
    ...(extent && { extent }),
  })
  const dataset = datasetOf(place, key, fields)
  const ask: Town['ask'] = request => connector.read({ dataset, ...request } as SourceRequest, patient())
  return {
    connector,
    calls,
    warnings,
    ask,
    rows: more => ask({ kind: 'rows', columns: fields, orderBy: [by(key)], limit: 1_000, ...more } as RowsRequest),
  }
}

export function by(column: OpenField, direction: 'asc' | 'desc' = 'asc', nulls: 'first' | 'last' = 'last'): Order {
  return { column, direction, nulls }
}

export function is(column: OpenField, value: string | number | boolean): Condition {
  return { op: 'eq', column, value }
}

function datasetOf(place: Readonly<Record<string, unknown>>, key: OpenField, fields: readonly OpenField[]): Dataset {
  const dataset = datasetAt('wfs', wfs.place.parse(place), fields)
  return { ...dataset, id: 'karte', can: wfs.capabilities('wfs'), key: [engine(key.column, key.type)] }
}
