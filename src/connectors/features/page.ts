/** How is a page of rows cut by the service, and what shows that it was cut rightly? */

import type { Condition, Order, RowsRequest } from '../../model/index.ts'
import { columnsIn } from '../shared/columns.ts'
import { isScalar } from '../shared/compare.ts'
import { compareRows, matches } from '../shared/local.ts'
import type { SortPlan } from './orders.ts'
import { filterOf, type Pushed } from './pushed.ts'
import type { FeatureRow } from './rows.ts'
import { pageSize, type Walk, walk } from './walk.ts'

/** A page that is to be cut by the service. */
export interface PageRequest {
  readonly request: RowsRequest
  readonly pushed: Pushed
  readonly plan: SortPlan
  readonly wish: Walk
}

/**
 * The rows of the page, in order; undefined when the service's order turned out to be another one, so that all rows are needed.
 */
export async function cutByService(page: PageRequest): Promise<readonly FeatureRow[] | undefined> {
  const rows = page.plan.turned ? await turnedPage(page) : await straightPage(page)
  const [first] = page.request.orderBy
  if (!rows || !first || isInOrder(rows, first)) return rows
  const { layer, errand, warn } = page.wish
  layer.orders.distrust(first.column)
  warn('the service does not sort as asked; it is sorted here', { dataset: errand.dataset, column: first.column.column })
  return undefined
}

async function straightPage(page: PageRequest): Promise<readonly FeatureRow[]> {
  const { request, pushed } = page
  const skip = skipOf(request)
  // The service counts features, we count rows that match: places in the order are the same only when both are.
  const trusted = pushed.trust !== 'loose'
  const { rows, dropped } = await readRows(page, trusted ? skip : 0, request.limit + (trusted ? 0 : skip))
  if (!trusted) return rows.slice(skip)
  if (dropped === 0) return rows
  if (pushed.trust === 'exact') distrust(page)
  return skip === 0 ? rows : (await readRows(page, 0, skip + request.limit)).rows.slice(skip)
}

/**
 * The page of an order in which missing values stand at the other end than the service puts them: both parts are counted, and the
 * page is taken from the one, the other, or the end of the first and the beginning of the second.
 */
async function turnedPage(page: PageRequest): Promise<readonly FeatureRow[] | undefined> {
  const { request, pushed } = page
  const [order] = request.orderBy
  const parts = order && pushed.trust !== 'loose' ? await partsOf(page, order) : undefined
  if (!parts) return undefined
  const rows: FeatureRow[] = []
  const end = skipOf(request) + request.limit
  let before = 0
  for (const { start, length } of parts) {
    const from = Math.max(skipOf(request) - before, 0)
    const to = Math.min(end - before, length)
    if (from < to) {
      const read = await readRows(page, start + from, to - from)
      if (read.dropped > 0) return undefined
      rows.push(...read.rows)
    }
    before += length
  }
  return rows
}

interface Part {
  /** Place in the service's order. */
  readonly start: number
  readonly length: number
}

/** Rows with a value and rows without one, in the order that was asked for; undefined when the service cannot count them. */
async function partsOf({ request, pushed, plan, wish }: PageRequest, order: Order): Promise<readonly Part[] | undefined> {
  // A value is there when it is not beyond the last one: services have been seen that do not find missing values when asked for them.
  const edge = await wish.layer.orders.edge(order.column, plan.turned === 'low' ? 'greatest' : 'least', wish.errand)
  if (edge === undefined || !isScalar(edge)) return undefined
  const valued: Condition = { op: plan.turned === 'low' ? 'lte' : 'gte', column: order.column, value: edge }
  const withValue = await wish.layer.filters.push(request.where ? { op: 'and', of: [request.where, valued] } : valued, wish.errand)
  if (withValue.trust === 'loose') return undefined
  const [all, values] = [await wish.layer.count(filterOf(pushed), wish.errand), await wish.layer.count(filterOf(withValue), wish.errand)]
  if (all === undefined || values === undefined || values > all) return undefined
  const missing = all - values
  return order.nulls === 'last'
    ? [
        { start: missing, length: values },
        { start: 0, length: missing },
      ]
    : [
        { start: values, length: missing },
        { start: 0, length: values },
      ]
}

/** So many matching rows from a place in the service's order, and how many did not match. */
async function readRows(
  { request: { where }, wish }: PageRequest,
  from: number,
  wanted: number,
): Promise<{ rows: FeatureRow[]; dropped: number }> {
  const rows: FeatureRow[] = []
  let dropped = 0
  await walk(wish, from, Math.min(wanted, pageSize * 10), fresh => {
    const found = where ? fresh.filter(row => matches(where, row.cell)) : fresh
    dropped += fresh.length - found.length
    rows.push(...found)
    return rows.length >= wanted
  })
  return { rows: rows.slice(0, wanted), dropped }
}

function distrust({ request: { where }, wish: { layer, errand, warn } }: PageRequest): void {
  const columns = where ? columnsIn(where) : []
  layer.filters.distrust(columns)
  warn('the service sent features that do not match the filter; it is no longer trusted with these columns', {
    dataset: errand.dataset,
    columns: columns.map(({ column }) => column),
  })
}

/** By the first column only: how texts follow each other is the service's business. */
function isInOrder(rows: readonly FeatureRow[], first: Order): boolean {
  const { column } = first
  const text = column.type === 'text' || column.type === 'code'
  const compare = compareRows([first])
  return rows.every((row, at) => {
    const before = rows[at - 1]
    if (!before || compare(before.cell, row.cell) <= 0) return true
    return text && before.cell(column) !== null && row.cell(column) !== null
  })
}

function skipOf({ position }: RowsRequest): number {
  return position && 'skip' in position ? position.skip : 0
}
