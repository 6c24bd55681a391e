/** The one road to the data: every face and every resolver gets its rows here, and every rule for rows is applied here. */

import { createHash } from 'node:crypto'
import {
  type Answer,
  type Cached,
  type Cell,
  type Column,
  type Condition,
  type Row,
  type SourceRequest,
  sourceFailure,
} from '../model/index.ts'
import type { Asking } from './asking.ts'
import { releasable } from './coarsen.ts'
import { type Kept, keep, unseal } from './kept.ts'

/** Whole numbers that GraphQL's Int can carry: 32 bits, signed. */
const int = { least: -(2 ** 31), most: 2 ** 31 - 1 }

/**
 * Answers a request from the cache or the source: adds the row rule, shares equal requests in flight, coarsens before anything is
 * kept, and notes where the rows came from.
 *
 * @throws GatewayError as `Connector.read` does
 */
export async function read(asking: Asking, wanted: SourceRequest): Promise<readonly Row[]> {
  const { house } = asking
  const { dataset } = wanted
  const request = withRowRule(wanted)
  const connector = house.connectors.get(dataset.source.id)
  if (!connector) throw sourceFailure('SOURCE_UNAVAILABLE', `source ${dataset.source.id} was not opened`)
  asking.signal.throwIfAborted()
  const columns = columnsOf(request)
  const key = cacheKey(asking, request)
  const make = (signal: AbortSignal) =>
    withDeadline(asking, signal, async (bounded, deadline) => {
      const { rows, problems } = release(await connector.read(request, { signal: bounded, deadline }), request, house.zone)
      return { ...keep(rows, columns, key, house.seal), ...(problems && { problems }) }
    })
  const opened = (cached: Cached<Kept & Pick<Answer, 'problems'>>) => {
    const rows = unseal(cached.value, columns, key, house.seal)
    return rows && { ...cached, rows }
  }
  const cached = await house.cache.get<Kept & Pick<Answer, 'problems'>>({
    key,
    freshForMs: dataset.freshForSeconds * 1000,
    staleForMs: dataset.staleForSeconds * 1000,
    signal: asking.signal,
    make,
  })
  // What does not open was put there by somebody else; the source knows better.
  const answer = opened(cached) ?? opened({ value: await make(asking.signal), asOf: house.now(), stale: false })
  if (!answer) throw new Error('what was sealed a moment ago does not open')
  const { rows, value, asOf, stale } = answer
  const problems = Object.values(value.problems ?? {}).reduce((sum, count) => sum + count, 0)
  if (problems > 0) house.warn('values of a source could not be read', { dataset: dataset.id, problems: value.problems })
  asking.provenance.note(dataset, asOf, stale, problems)
  return rows
}

function withRowRule(request: SourceRequest): SourceRequest {
  const { rowRule } = request.dataset
  if (!rowRule) return request
  const where: Condition = request.where ? { op: 'and', of: [rowRule, request.where] } : rowRule
  return { ...request, where }
}

/**
 * One key for one question: audience, the dataset as it is released now (fields, row rule, place, coarsening: all in its hash), the
 * zone in which its days begin, and everything that was asked. The seal keeps gateways apart that happen to share a cache and call
 * different systems by one name: test and production. A digest, so that no value of a filter is readable in a cache.
 */
function cacheKey({ model, house }: Asking, request: SourceRequest): string {
  const { dataset, ...asked } = request
  const text = JSON.stringify(asked, (_name, value) => (isColumn(value) ? nameOf(value) : value))
  const digest = createHash('sha256').update(`${dataset.hash}\0${house.seal.id}\0${house.zone}\0`).update(text).digest('base64url')
  return `${model.audience}:${dataset.id}:${digest}`
}

function isColumn(value: unknown): value is Column {
  return typeof value === 'object' && value !== null && 'column' in value && 'type' in value && typeof value.column === 'string'
}

function nameOf(column: Column): readonly string[] {
  return 'name' in column ? ['field', column.name] : ['column', column.column, column.type, column.zone ?? '']
}

/** A flight has its own time limit: it may outlive the caller who started it, for those who joined. */
async function withDeadline<T>(
  asking: Asking,
  signal: AbortSignal,
  work: (signal: AbortSignal, deadline: number) => Promise<T>,
): Promise<T> {
  const { limits } = asking.house
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(sourceFailure('SOURCE_TIMEOUT', `no answer within ${limits.requestMs} ms`)), limits.requestMs)
  try {
    // The machine's clock, which is also that of sockets and servers; an injected one tells calendars and ages.
    return await work(AbortSignal.any([signal, late.signal]), Date.now() + limits.requestMs)
  } finally {
    clearTimeout(timer)
  }
}

/** What of an answer may leave the house, and be kept. */
function release(answer: Answer, request: SourceRequest, zone: string): Pick<Answer, 'rows' | 'problems'> {
  const changes = columnsOf(request).map(column => changeFor(column, zone))
  let unfit = 0
  const rows = changes.some(change => change)
    ? answer.rows.map(row =>
        row.map((cell, at) => {
          const change = changes[at]
          const released = change ? change(cell) : cell
          if (released === undefined) unfit += 1
          return released ?? null
        }),
      )
    : answer.rows
  const problems = { ...answer.problems, ...(unfit > 0 && { 'larger than 32 bits': unfit }) }
  return Object.keys(problems).length > 0 ? { rows, problems } : { rows }
}

/** Columns by position in the rows of the answer; measures are no columns and pass as they are. */
function columnsOf(request: SourceRequest): readonly Column[] {
  return request.kind === 'aggregate' ? request.groupBy : request.columns
}

function changeFor(column: Column, zone: string): ((cell: Cell) => Cell | undefined) | undefined {
  if (!('name' in column)) return undefined
  if (column.codes || column.coarsen) return releasable(column, zone)
  if (column.type === 'int' && !column.shift)
    return cell => (typeof cell === 'number' && (cell > int.most || cell < int.least) ? undefined : cell)
  return undefined
}
