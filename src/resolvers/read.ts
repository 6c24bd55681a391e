/** The one road to the data: every face and every resolver gets its rows here, and every rule for rows is applied here. */

import type { Column, Condition, GatewayError, Row, SourceRequest } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { restOf } from './gone.ts'
import { type Obtained, obtain } from './obtain.ts'
import { readPlaced } from './places.ts'
import { release } from './released.ts'
import { readSnapshot } from './snapshot.ts'

/**
 * Answers a request from the cache or the source: adds the row rule, shares equal requests in flight, coarsens before anything is
 * kept, and notes where the rows came from. When a column is gone from the source, `goneCell` stands in its place.
 *
 * @throws GatewayError as `Connector.read` does
 */
export async function read(asking: Asking, wanted: SourceRequest): Promise<readonly Row[]> {
  try {
    return await readWhole(asking, wanted)
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

async function readWhole(asking: Asking, wanted: SourceRequest): Promise<readonly Row[]> {
  const { house, provenance } = asking
  const { dataset } = wanted
  const { rows, problems, misplaced, asOf, stale } = dataset.small
    ? await readSnapshot(asking, wanted, dataset.small)
    : await readSource(asking, withRowRule(wanted))
  const unread = Object.values(problems ?? {}).reduce((sum, count) => sum + count, 0)
  if (unread > 0) house.warn('values of a source could not be read', { dataset: dataset.id, problems })
  provenance.note(dataset, asOf, stale, unread)
  if (misplaced) provenance.noteMisplaced(dataset, misplaced, house.outside)
  return rows
}

function readSource(asking: Asking, request: SourceRequest): Promise<Obtained> {
  const columns = columnsOf(request)
  return obtain(asking, request, columns, async (connector, context) => {
    const { misplaced, ...answer } = await readPlaced(asking.house, connector, request, context)
    return { ...release(answer, columns, asking.house.zone), ...(misplaced && { misplaced }) }
  })
}

function withRowRule(request: SourceRequest): SourceRequest {
  const { rowRule } = request.dataset
  if (!rowRule) return request
  const where: Condition = request.where ? { op: 'and', of: [rowRule, request.where] } : rowRule
  return { ...request, where }
}

/** Columns by position in the rows of the answer; measures are no columns. */
function columnsOf(request: SourceRequest): readonly Column[] {
  return request.kind === 'aggregate' ? request.groupBy : request.columns
}
