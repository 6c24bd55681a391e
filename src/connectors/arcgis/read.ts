/** How is a request answered by a layer: by the service as far as it can be trusted, by us over its rows for the rest? */

import type { AggregateRequest, Column, KeyedRequest, Row, RowsRequest, SourceRequest } from '../../model/index.ts'
import { columnsNamed } from '../shared/columns.ts'
import { answerLocally, type LocalRow, matches } from '../shared/local.ts'
import { localRowsMost, tooManyRows } from '../shared/tooManyRows.ts'
import { fieldOf, isGeometry, type Layer } from './layer.ts'
import { both, checkOrder, type Part, partsInOrder } from './order.ts'
import { allPages, countOf, pagesOf, type Source } from './pages.ts'
import { type Selection, statisticsQuery, type Wanted } from './request.ts'
import { readFeatures, readRows } from './response.ts'
import { readStatistics, statisticsFor } from './statistics.ts'
import { push, spatialOf } from './where.ts'

export interface Found {
  readonly rows: readonly Row[]
  /** Cells that could not be read. */
  readonly unreadable: number
}

/** Keys in one question: long lists are slow in the databases behind, and the service is not the place for thousands. */
const keysAtOnce = 500

/**
 * Answers a request.
 *
 * @throws GatewayError as `Connector.read`; Distrusted when the service does less than it says
 */
export async function readLayerRequest(source: Source, request: SourceRequest): Promise<Found> {
  for (const column of columnsNamed(request)) fieldOf(source.layer, column)
  switch (request.kind) {
    case 'rows':
      return rows(source, request)
    case 'keyed':
      return keyed(source, request)
    case 'aggregate':
      return aggregate(source, request)
  }
}

async function rows(source: Source, request: RowsRequest): Promise<Found> {
  const parts = request.position && 'after' in request.position ? undefined : partsInOrder(source.layer, request)
  return parts ? inOrder(source, request, parts) : locally(source, request)
}

async function keyed(source: Source, request: KeyedRequest): Promise<Found> {
  const { kind: _, match, keys, perKey: limit, ...same } = request
  if (keys.length === 0) return { rows: [], unreadable: 0 }
  if (keys.length > 1) return locally(source, request)
  // The rows of one key are rows like any others, and need not all be fetched.
  return rows(source, { ...same, kind: 'rows', limit, where: both(request.where, { op: 'keys', columns: match, keys }) })
}

async function aggregate(source: Source, request: AggregateRequest): Promise<Found> {
  const { layer } = source
  const { selection, exact } = selectionOf(layer, request)
  if (!exact) return locally(source, request)
  if (request.groupBy.length === 0 && request.measures.every(({ column }) => !column)) {
    const count = await countOf(source, selection)
    return { rows: [request.measures.map(() => count)], unreadable: 0 }
  }
  const plan = statisticsFor(layer, request)
  if (!plan) return locally(source, request)
  const answer = await source.call(statisticsQuery(selection, plan.statistics, plan.groupBy))
  return { rows: readStatistics(readFeatures(answer, layer.url), request, layer), unreadable: 0 }
}

/** Page by page in the service's order, until there are enough rows that pass. */
async function inOrder(source: Source, request: RowsRequest, parts: readonly Part[]): Promise<Found> {
  const { layer } = source
  const columns = columnsNamed(request)
  const { selection, exact } = selectionOf(layer, request)
  const found: LocalRow[] = []
  let [skip, unreadable, looked] = [request.position && 'skip' in request.position ? request.position.skip : 0, 0, 0]
  for (const [at, part] of parts.entries()) {
    const selected = within(selection, part)
    const from = exact && skip > 0 ? await start(source, selected, skip, at === parts.length - 1) : 0
    skip -= from
    if (from > 0 && skip > 0) continue
    const size = exact ? Math.min(layer.pageSize, request.limit - found.length) : layer.pageSize
    for await (const page of pagesOf(source, selected, wantedOf(layer, columns), { orderBy: part.orderBy, skip: from, size })) {
      const read = readRows(page, columns, layer)
      checkOrder(read.rows, part.orderBy)
      unreadable += read.unreadable
      looked += read.rows.length
      const passed = request.where ? read.rows.filter(row => matches(request.where!, row)) : read.rows
      found.push(...passed.slice(skip))
      skip = Math.max(0, skip - passed.length)
      if (found.length >= request.limit) return shown(found.slice(0, request.limit), request, unreadable)
      if (looked > localRowsMost) throw tooManyRows(`${layer.url}: ${looked} rows looked at, ${found.length} of them passed`)
    }
  }
  return shown(found, request, unreadable)
}

/** How many rows of a part are left out: as many as wanted, or all of them when the next part has to leave out more. */
async function start(source: Source, selection: Selection, skip: number, last: boolean): Promise<number> {
  return last ? skip : Math.min(skip, await countOf(source, selection))
}

/** All rows that may pass, and then as if they had always been here. */
async function locally(source: Source, request: SourceRequest): Promise<Found> {
  const { layer } = source
  const columns = columnsNamed(request)
  const found: LocalRow[] = []
  let unreadable = 0
  const seen = new Set<unknown>()
  for (const part of partsByKey(request)) {
    for await (const page of allPages(source, selectionOf(layer, part).selection, wantedOf(layer, columns), seen)) {
      const read = readRows(page, columns, layer)
      found.push(...read.rows)
      unreadable += read.unreadable
      if (found.length > localRowsMost) throw tooManyRows(`${layer.url}: more than ${localRowsMost} rows for a ${request.kind} request`)
    }
  }
  return { rows: answerLocally(request, found), unreadable }
}

/** Many keys are asked for in several questions. */
function partsByKey(request: SourceRequest): Pick<SourceRequest, 'where'>[] {
  if (request.kind !== 'keyed') return [request]
  const { match, keys, where } = request
  return Array.from({ length: Math.ceil(keys.length / keysAtOnce) }, (_, at) => ({
    where: both(where, { op: 'keys', columns: match, keys: keys.slice(at * keysAtOnce, (at + 1) * keysAtOnce) }),
  }))
}

function selectionOf(layer: Layer, { where }: Pick<SourceRequest, 'where'>): { selection: Selection; exact: boolean } {
  if (!where) return { selection: {}, exact: true }
  const pushed = push(where, layer)
  if (!layer.canFilter) return { selection: {}, exact: false }
  const spatial = spatialOf(where)
  return { selection: { ...(pushed.where !== undefined && { where: pushed.where }), ...(spatial && { spatial }) }, exact: pushed.exact }
}

function within(selection: Selection, { where }: Part): Selection {
  if (where === undefined) return selection
  return { ...selection, where: selection.where === undefined ? where : `${selection.where} AND ${where}` }
}

function wantedOf(layer: Layer, columns: readonly Column[]): Wanted {
  const fields = columns.filter(column => !isGeometry(column)).map(column => fieldOf(layer, column)!.name)
  return { fields, geometry: columns.some(isGeometry) }
}

function shown(found: readonly LocalRow[], { columns }: RowsRequest, unreadable: number): Found {
  return { rows: found.map(row => columns.map(row)), unreadable }
}
