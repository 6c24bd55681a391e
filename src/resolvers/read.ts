/** The one road to the data: every face and every resolver gets its rows here, and every rule for rows is applied here. */

import {
  type Column,
  type Companion,
  type Condition,
  type Connector,
  type Dataset,
  failures,
  GatewayError,
  PackedRows,
  type ReadContext,
  type Row,
  type Rows,
  type RowsRequest,
  type SourceRequest,
  type StreamRequest,
  unpacked,
} from '../model/index.ts'
import type { Asking } from './asking.ts'
import { restOf } from './gone.ts'
import { connectorOf, datasetsOf, type Made, type Obtained, obtain } from './obtain.ts'
import { readOrder } from './order.ts'
import { pageByPage } from './pages.ts'
import { readPlaced, watchPlaces } from './places.ts'
import { release, servedAsStored } from './released.ts'
import { readSnapshot } from './snapshot.ts'
import { readTogether } from './together.ts'

/**
 * Answers a request from the cache or the source: adds the row rule, shares equal requests in flight, coarsens before anything is
 * kept, and notes where the rows came from. When a column is gone from the source, `goneCell` stands in its place.
 *
 * @throws GatewayError as `Connector.read` does
 */
export async function read(asking: Asking, wanted: SourceRequest): Promise<readonly Row[]> {
  return unpacked(await readRows(asking, wanted))
}

/** The same for those who do not look at every cell. */
export async function readRows(asking: Asking, wanted: SourceRequest): Promise<Rows> {
  try {
    return (await readWhole(asking, wanted)).rows
  } catch (error) {
    const rest = restOf(wanted, error)
    if (!rest) throw error
    const { gone, log } = error as GatewayError
    if (asking.provenance.noteGone(wanted.dataset))
      asking.house.warn('columns of a source are gone; everything else is answered', {
        dataset: wanted.dataset.id,
        columns: gone,
        why: log,
      })
    return (await read(asking, rest.request)).map(rest.fill)
  }
}

/**
 * Rows with their companions, or with how many there are in all.
 *
 * @returns rows that have only their own columns, where the source has left the companions out; `undefined` where it has to be asked
 *   without them to tell what is wrong with whom, `late` to tell who of them takes too long
 * @throws  GatewayError as `read` does
 */
export async function readWithMore(asking: Asking, wanted: RowsRequest): Promise<Obtained | 'late' | undefined> {
  try {
    const { companions } = wanted
    return await readWhole(asking, companions ? { ...wanted, companions: companions.map(withRowRule) } : wanted)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'SOURCE_TIMEOUT') return 'late'
    if (failures[error.code].retry) throw error
    return undefined
  }
}

async function readWhole(asking: Asking, wanted: SourceRequest): Promise<Obtained> {
  const { dataset } = wanted
  const answer = dataset.small ? await readSnapshot(asking, wanted, dataset.small) : await readSource(asking, withRowRule(wanted))
  for (const one of answer.alone ? [dataset] : datasetsOf(wanted)) {
    const { problems, misplaced, ...more } = answer
    noteOrigin(asking, one, one === dataset ? answer : more)
  }
  return answer
}

/**
 * Every row that the row rule lets out, batch by batch: by the rules of `read`, kept nowhere, and never more than some batches in
 * memory. What runs at the source ends when the iteration is returned or the asking is aborted. When a column is gone nothing comes: an
 * export without it would be taken for the whole.
 *
 * @throws GatewayError GATEWAY_BUSY when as many streams run as may; else as `Connector.read`, at any batch
 */
export async function* stream(asking: Asking, wanted: StreamRequest): AsyncGenerator<readonly Row[]> {
  const { house, signal } = asking
  const { dataset, columns } = wanted
  if (dataset.small) {
    const all = { ...wanted, kind: 'rows', orderBy: readOrder(dataset, undefined), limit: dataset.small.rows } as const
    yield unpacked((await readWhole(asking, all)).rows)
    return
  }
  const request = withRowRule(wanted)
  const connector = connectorOf(asking, request)
  const leave = house.streams.enter(dataset.source.id)
  const places = watchPlaces(house, dataset, columns)
  const problems: Record<string, number> = {}
  let asOf: number | undefined
  try {
    const context = { signal, deadline: Date.now() + house.limits.exportMs }
    for await (const batch of connector.stream?.(request, context) ?? pageByPage(connector, request, context, house.limits.requestMs)) {
      const released = release({ ...batch, rows: places.look(batch.rows) }, columns, house.zone)
      for (const [reason, count] of Object.entries(released.problems ?? {})) problems[reason] = (problems[reason] ?? 0) + count
      asOf ??= batch.asOf
      // Known before the first row leaves, so that it can be said ahead of it.
      asking.provenance.note(dataset, asOf, false, 0)
      yield released.rows
    }
  } finally {
    leave()
    const misplaced = places.tell()
    if (asOf !== undefined) noteOrigin(asking, dataset, { problems, ...(misplaced > 0 && { misplaced }), asOf, stale: false })
  }
}

function noteOrigin({ house, provenance }: Asking, dataset: Dataset, { problems, misplaced, asOf, stale }: Omit<Obtained, 'rows'>): void {
  const unread = Object.values(problems ?? {}).reduce((sum, count) => sum + count, 0)
  if (unread > 0) house.warn('values of a source could not be read', { dataset: dataset.id, problems })
  provenance.note(dataset, asOf, stale, unread)
  if (misplaced) provenance.noteMisplaced(dataset, misplaced, house.outside)
}

function readSource(asking: Asking, request: SourceRequest): Promise<Obtained> {
  const columns = columnsOf(request)
  const asStored = request.kind !== 'aggregate' && columns.every(servedAsStored)
  return obtain(asking, request, columns, async (connector, context) => {
    if (!asStored || !connector.readPacked) return readReleased(asking, connector, request, context)
    const answer = await readTogether(connector, request, context, connector.readPacked)
    const { rows, problems, alone } = answer
    const told = problems && { problems }
    const released = rows instanceof PackedRows ? { rows, ...told } : release({ rows, ...told }, columns, asking.house.zone)
    return { ...released, ...(alone && { alone }) }
  })
}

async function readReleased({ house }: Asking, connector: Connector, request: SourceRequest, context: ReadContext): Promise<Made> {
  const { misplaced, alone, ...answer } = await readPlaced(house, connector, request, context)
  return { ...release(answer, columnsOf(request), house.zone), ...(misplaced && { misplaced }), ...(alone && { alone }) }
}

function withRowRule<T extends SourceRequest | StreamRequest | Companion>(request: T): T {
  const { rowRule } = request.dataset
  if (!rowRule) return request
  const where: Condition = request.where ? { op: 'and', of: [rowRule, request.where] } : rowRule
  return { ...request, where }
}

/** Columns by position in the rows of the answer; measures are no columns. */
function columnsOf(request: SourceRequest): readonly Column[] {
  if (request.kind === 'aggregate') return request.groupBy
  const companions = request.kind === 'rows' ? request.companions : undefined
  return companions ? [...request.columns, ...companions.flatMap(({ columns }) => columns)] : request.columns
}
