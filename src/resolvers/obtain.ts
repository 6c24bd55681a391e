/** Where does an answer come from: the cache, an equal question in flight, or the source? */

import {
  type Column,
  type Connector,
  type Dataset,
  type FailureCode,
  type PackedAnswer,
  type ReadContext,
  type SourceRequest,
  type Subject,
  sourceFailure,
  unpacked,
} from '../model/index.ts'
import type { Asking } from './asking.ts'
import { cacheKey } from './cache-key.ts'
import { type Kept, keep, unseal } from './kept.ts'

/** What may be kept of an answer. */
export interface Made extends Pick<PackedAnswer, 'rows' | 'problems' | 'alone'> {
  /** Instead of rows: why there are none. Kept like rows, so that a source is not asked again and again for what it cannot give. */
  readonly refused?: FailureCode
  /** Places that lie far outside the city, as the source has them. */
  readonly misplaced?: number
}

export interface Obtained extends Made {
  /** When the source was asked: milliseconds since 1970 (UTC). */
  readonly asOf: number
  readonly stale: boolean
}

type Stored = Kept & Omit<Made, 'rows'>

/**
 * @param asked   what the answer depends on
 * @param columns what the first cells of each row are
 * @param make    asks the source; what it gives is as it may leave the house
 * @throws GatewayError as `Connector.read` does
 */
export async function obtain(
  asking: Asking,
  asked: SourceRequest,
  columns: readonly Column[],
  make: (connector: Connector, context: ReadContext) => Promise<Made>,
): Promise<Obtained> {
  const { house } = asking
  const connector = connectorOf(asking, asked)
  asking.signal.throwIfAborted()
  const datasets = datasetsOf(asked)
  const freshForMs = Math.min(...datasets.map(({ freshForSeconds }) => freshForSeconds)) * 1000
  const key = cacheKey(asking, asked, freshForMs > 0)
  const { value, asOf, stale } = await house.cache.get<Made>({
    key,
    subjects: () => subjectsOf(asking, asked),
    freshForMs,
    staleForMs: Math.min(...datasets.map(({ staleForSeconds }) => staleForSeconds)) * 1000,
    signal: asking.signal,
    makeWithinMs: house.limits.requestMs,
    // The machine's clock, which is also that of sockets and servers; an injected one tells calendars and ages. A flight has a time limit
    // of its own: it may outlive the caller who started it, for those who joined.
    make: signal => make(connector, { signal, deadline: Date.now() + house.limits.requestMs }),
    // Under seal, and believed only when the seal is ours: what others can read or write is not our own memory.
    pack: ({ rows, ...more }) => ({ ...keep(unpacked(rows), columns, key, house.seal), ...more }),
    unpack: packed => {
      const { rows: open, sealed, ...more } = packed as Stored
      const rows = Array.isArray(open)
        ? unseal({ rows: open, ...(sealed !== undefined && { sealed }) }, columns, key, house.seal)
        : undefined
      return rows && { ...more, rows }
    },
  })
  return { ...value, asOf, stale }
}

/** Every dataset that an answer has rows of. */
export function datasetsOf(request: SourceRequest): readonly Dataset[] {
  const companions = request.kind === 'rows' ? request.companions : undefined
  return companions ? [request.dataset, ...companions.map(({ dataset }) => dataset)] : [request.dataset]
}

/** Each dataset with the fields that have a part in the answer. */
function subjectsOf({ house }: Asking, request: SourceRequest): readonly Subject[] {
  const companions = (request.kind === 'rows' && request.companions) || []
  return [request, ...companions.map(companion => ({ ...companion, kind: 'keyed', keys: [] }) as const)].map(one => ({
    dataset: one.dataset.id,
    fields: house.local.columnsNamed(one).flatMap(column => ('name' in column ? [column.name] : [])),
  }))
}

/** @throws GatewayError SOURCE_UNAVAILABLE */
export function connectorOf({ house }: Asking, { dataset }: Pick<SourceRequest, 'dataset'>): Connector {
  const connector = house.connectors.get(dataset.source.id)
  if (!connector) throw sourceFailure('SOURCE_UNAVAILABLE', `source ${dataset.source.id} was not opened`)
  return connector
}
