/** Which way does a request go: is it the service that filters, sorts and counts, or are we? */

import type { AggregateRequest, Column, KeyedRequest, Row, RowsRequest, SourceRequest } from '../../model/index.ts'
import { columnsNamed } from '../shared/columns.ts'
import { answerLocally, matches } from '../shared/local.ts'
import { cutByService } from './page.ts'
import { filterOf, type Pushed } from './pushed.ts'
import type { FeatureRow } from './rows.ts'
import type { Sort } from './service.ts'
import { type Job, pageSize, type Walk, walk } from './walk.ts'

export interface Answered {
  readonly rows: readonly Row[]
  /** Cells of the answer that were there and could not be understood. */
  readonly unreadable: number
}

/**
 * Answers a request. What the service can be trusted with is left to it; every row is looked at again, and when rows turn out not to
 * match, the request is answered once more without that trust.
 *
 * @throws GatewayError
 */
export async function answer(request: SourceRequest, job: Job): Promise<Answered> {
  const columns = [...new Set([...columnsNamed(request), ...job.layer.key])]
  await job.layer.properties.expect(columns, job.errand)
  switch (request.kind) {
    case 'rows':
      return answerRows(request, columns, job)
    case 'keyed':
      return answerKeyed(request, columns, job)
    case 'aggregate':
      return answerAggregate(request, columns, job)
  }
}

async function answerRows(request: RowsRequest, columns: readonly Column[], job: Job): Promise<Answered> {
  const pushed = await job.layer.filters.push(request.where, job.errand)
  if (pushed.filter === 'none') return { rows: [], unreadable: 0 }
  const plan = await job.layer.orders.sort(request.orderBy, job.errand)
  const page = plan && (await cutByService({ request, pushed, plan, wish: wishOf(pushed, columns, job, plan.sortBy) }))
  return finish(request, page ?? (await everyMatch(request, pushed, columns, job)), page !== undefined)
}

/** Every row that matches, in no order. */
async function everyMatch(request: SourceRequest, pushed: Pushed, columns: readonly Column[], job: Job): Promise<readonly FeatureRow[]> {
  const { where } = request
  // Pages of an answer without an order may overlap.
  const sortBy = await job.layer.orders.byKey(job.errand)
  const rows: FeatureRow[] = []
  await walk(wishOf(pushed, columns, job, sortBy), 0, pageSize, fresh => {
    rows.push(...(where ? fresh.filter(row => matches(where, row.cell)) : fresh))
    return false
  })
  return rows
}

/** Keys in one question: MapServer took a thousand, and services with a limit of their own are usually fine with some hundred. */
const keysAtOnce = [200, 50, 10] as const

async function answerKeyed(request: KeyedRequest, columns: readonly Column[], job: Job): Promise<Answered> {
  if (request.keys.length === 0) return { rows: [], unreadable: 0 }
  const rows: FeatureRow[] = []
  const size = await batchSize(request, job)
  for (let at = 0; at < request.keys.length; at += size) {
    const keys = request.keys.slice(at, at + size)
    const ofKeys = { op: 'keys', columns: request.match, keys } as const
    const byKey = await job.layer.filters.push(ofKeys, job.errand)
    // A service that cannot find keys is asked once for everything, not once for every hundred keys.
    if (byKey.filter === 'all')
      return finish(request, await everyMatch(request, await job.layer.filters.push(request.where, job.errand), columns, job))
    if (byKey.filter === 'none') continue
    const where = request.where ? ({ op: 'and', of: [request.where, ofKeys] } as const) : ofKeys
    rows.push(...(await everyMatch({ ...request, where }, await job.layer.filters.push(where, job.errand), columns, job)))
  }
  return finish(request, rows)
}

/** As many keys at once as there are words for: long ones may not fit into an address. */
async function batchSize({ match, keys }: KeyedRequest, { layer, errand }: Job): Promise<number> {
  for (const size of keysAtOnce) {
    const { filter } = await layer.filters.push({ op: 'keys', columns: match, keys: keys.slice(0, size) }, errand)
    if (filter !== 'all') return size
  }
  return keysAtOnce[0]
}

async function answerAggregate(request: AggregateRequest, columns: readonly Column[], job: Job): Promise<Answered> {
  const pushed = await job.layer.filters.push(request.where, job.errand)
  if (pushed.filter === 'none') return finish(request, [])
  const onlyCounts = request.groupBy.length === 0 && request.measures.every(({ function: name, column }) => name === 'count' && !column)
  if (onlyCounts && pushed.trust !== 'loose') {
    const count = await job.layer.count(filterOf(pushed), job.errand)
    if (count !== undefined) return { rows: [request.measures.map(() => count)], unreadable: 0 }
  }
  return finish(request, await everyMatch(request, pushed, columns, job))
}

/** Puts rows into the form of the answer; `cut` rows are the page already. */
function finish(request: SourceRequest, rows: readonly FeatureRow[], cut = false): Answered {
  const shown = new Set<Column>(request.kind === 'aggregate' ? request.groupBy : request.columns)
  const unreadable = rows.reduce((sum, row) => sum + [...row.unreadable].filter(column => shown.has(column)).length, 0)
  if (cut && request.kind === 'rows') return { rows: rows.map(row => request.columns.map(row.cell)), unreadable }
  return {
    rows: answerLocally(
      request,
      rows.map(row => row.cell),
    ),
    unreadable,
  }
}

function wishOf(pushed: Pushed, columns: readonly Column[], { layer, errand, warn }: Job, sortBy?: readonly Sort[]): Walk {
  const filter = filterOf(pushed)
  return { layer, columns, errand, warn, ...(filter && { filter }), ...(sortBy && sortBy.length > 0 && { sortBy }) }
}
