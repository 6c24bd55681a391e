/** How is a request answered: by the service as far as it has proven itself, by us over its entities for the rest? */

import type { AggregateRequest, Condition, KeyedRequest, RowsRequest, SourceRequest } from '../../model/index.ts'
import { columnsNamed } from '../shared/columns.ts'
import { answerLocally, type LocalRow, matches } from '../shared/local.ts'
import { localRowsMost, tooManyRows } from '../shared/tooManyRows.ts'
import { type Found, filterOf, inOrder, isSorted, type Job, optionsOf, pushedOf } from './job.ts'
import { latest } from './latest.ts'
import { allOf, pageSize, pagesOf, type Walk } from './pages.ts'
import { pathOf } from './path.ts'
import { mostValues, type Pushed } from './push.ts'
import { orderText } from './question.ts'
import { readRows } from './rows.ts'

/** @throws GatewayError as `Connector.read` */
export async function readRequest(request: SourceRequest, job: Job): Promise<Found> {
  for (const column of columnsNamed(request)) pathOf(job.set, column)
  switch (request.kind) {
    case 'rows':
      return rows(request, job)
    case 'keyed':
      return keyed(request, job)
    case 'aggregate':
      return aggregate(request, job)
  }
}

async function rows(request: RowsRequest, job: Job): Promise<Found> {
  const pushed = await pushedOf(request.where, job)
  const cut = !(request.position && 'after' in request.position) && (await inOrder(request.orderBy, job))
  return (cut && (await page(request, pushed, job))) || locally(request, await everyMatch(request, pushed, job))
}

async function keyed(request: KeyedRequest, job: Job): Promise<Found> {
  const { kind: _, match, keys, perKey: limit, ...same } = request
  if (keys.length === 0) return { rows: [], unreadable: 0 }
  const newest = await latest(request, job)
  if (newest) return newest
  // The rows of one key are rows like any others, and need not all be fetched.
  if (keys.length === 1)
    return rows({ ...same, kind: 'rows', limit, where: both(request.where, { op: 'keys', columns: match, keys }) }, job)
  const found: Fetched = { rows: [], unreadable: 0 }
  for (let at = 0; at < keys.length; at += mostValues) {
    const ofKeys: Condition = { op: 'keys', columns: match, keys: keys.slice(at, at + mostValues) }
    // A service that cannot find keys is asked once for everything, not once for every hundred.
    if ((await pushedOf(ofKeys, job)).filter === undefined) {
      return locally(request, await everyMatch(request, await pushedOf(request.where, job), job))
    }
    const where = both(request.where, ofKeys)
    const part = await everyMatch({ ...request, where }, await pushedOf(where, job), job)
    found.rows.push(...part.rows)
    found.unreadable += part.unreadable
    if (found.rows.length > localRowsMost) throw tooManyRows(`${job.set}: more than ${localRowsMost} entities for ${keys.length} keys`)
  }
  return locally(request, found)
}

async function aggregate(request: AggregateRequest, job: Job): Promise<Found> {
  const pushed = await pushedOf(request.where, job)
  const onlyCounts = request.groupBy.length === 0 && request.measures.every(({ column }) => !column)
  if (onlyCounts && pushed.exact && (await job.trust.counts(job.set, job.errand))) {
    const { count } = await job.service.list(job.set, { select: 'id', ...filterOf(pushed), top: '1', count: 'true' }, job.errand)
    if (count !== undefined) return { rows: [request.measures.map(() => count)], unreadable: 0 }
  }
  return locally(request, await everyMatch(request, pushed, job))
}

/** @returns `undefined` when rows did not come in the order that was asked for */
async function page(request: RowsRequest, pushed: Pushed, job: Job): Promise<Found | undefined> {
  const { orderBy, limit, where, position } = request
  const columns = columnsNamed(request)
  const skip = position && 'skip' in position ? position.skip : 0
  const options = { ...(await optionsOf(columns, job)), ...filterOf(pushed), orderby: orderText(job.set, orderBy) }
  const counted = pushed.exact && (skip === 0 || (await job.trust.skips(job.set, job.errand)))
  const size = pushed.exact ? Math.min(limit + (counted ? 0 : skip), pageSize) : pageSize
  const walk: Walk = { ...job, resource: job.set, options, skip: counted ? skip : 0, size }
  const found: LocalRow[] = []
  let [left, looked, unreadable] = [counted ? 0 : skip, 0, 0]
  let last: LocalRow | undefined
  for await (const entities of pagesOf(walk)) {
    const read = readRows(job.set, entities, columns)
    if (!isSorted([...(last ? [last] : []), ...read.rows], orderBy)) {
      for (const { column } of orderBy) job.trust.doubtOrder(job.set, column)
      return undefined
    }
    last = read.rows.at(-1) ?? last
    unreadable += read.unreadable
    looked += read.rows.length
    const passed = where ? read.rows.filter(row => matches(where, row)) : read.rows
    found.push(...passed.slice(left))
    left = Math.max(0, left - passed.length)
    if (found.length >= limit) break
    if (looked > localRowsMost) throw tooManyRows(`${job.set}: ${looked} entities looked at, ${found.length} of them passed`)
  }
  return { rows: found.slice(0, limit).map(row => request.columns.map(row)), unreadable }
}

interface Fetched {
  readonly rows: LocalRow[]
  unreadable: number
}

/** Every row that matches, in no order; fewer, when any so many will do. */
async function everyMatch(request: SourceRequest, pushed: Pushed, job: Job): Promise<Fetched> {
  const { where } = request
  const columns = columnsNamed(request)
  const enough = request.kind === 'rows' && request.orderBy.length === 0 && !request.position ? request.limit : Number.POSITIVE_INFINITY
  const options = { ...(await optionsOf(columns, job)), ...filterOf(pushed) }
  const walk: Walk = { ...job, resource: job.set, options, skip: 0, size: Math.min(enough, pageSize) }
  const fetched: Fetched = { rows: [], unreadable: 0 }
  for await (const entities of allOf(walk, await job.trust.counts(job.set, job.errand))) {
    const read = readRows(job.set, entities, columns)
    fetched.rows.push(...(where ? read.rows.filter(row => matches(where, row)) : read.rows))
    fetched.unreadable += read.unreadable
    if (fetched.rows.length >= enough) break
  }
  return fetched
}

function locally(request: SourceRequest, { rows, unreadable }: Fetched): Found {
  return { rows: answerLocally(request, rows), unreadable }
}

function both(one: Condition | undefined, other: Condition): Condition {
  return one ? { op: 'and', of: [one, other] } : other
}
