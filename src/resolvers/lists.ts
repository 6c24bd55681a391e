/** How is a list read: which columns, which part of it, and how many there are in all? */

import { type Column, type Companion, cellAt, type Dataset, firstsOf, pickRows, type Rows, type RowsRequest } from '../model/index.ts'
import { typeNames } from '../schema/index.ts'
import type { Asking } from './asking.ts'
import { type FilterInput, readFilter } from './filter.ts'
import { connectorOf } from './obtain.ts'
import { cursorColumns, emptyPage, makePage, type Page, type PageArguments, readCut, windowOf } from './page.ts'
import { read, readRows, readWithMore } from './read.ts'
import { below, type Selected, selectionAt } from './selection.ts'
import { columnsFor, withColumns } from './view.ts'

/** What a connection's selection asks of the rows. */
export interface Needs {
  readonly rows: boolean
  readonly total: boolean
  /** Of the rows themselves; cursors may need more. */
  readonly columns: readonly Column[]
  readonly cursors: boolean
}

export function connectionNeeds(dataset: Dataset, info: Selected): Needs {
  const types = [dataset.names.type, 'Node']
  const top = selectionAt(info, [typeNames(dataset).connection])
  const edges = below(top.get('edges'), info)
  const pageInfo = below(top.get('pageInfo'), info)
  const node = below([...(top.get('nodes') ?? []), ...(edges.get('node') ?? [])], info, types)
  return {
    total: top.has('totalCount'),
    rows: top.has('nodes') || top.has('edges') || top.has('pageInfo'),
    columns: columnsFor(dataset, node),
    cursors: edges.has('cursor') || pageInfo.has('startCursor') || pageInfo.has('endCursor'),
  }
}

/** Rows of a statement, companions and all. */
const rowsAlongAtMost = 10_000
/** Rows that bring companions along, at most: beyond it fewer keys are asked for once than rows would ask for one by one. */
const withCompanionsAtMost = 500

/**
 * Looks at what the caller wants before anything is asked.
 *
 * @param companions rows of other datasets that may come along; `Page.along` says whether they have
 * @returns reads the page; may be called once
 * @throws  GatewayError as `readFilter` and `readCut` do
 */
export function prepareList(
  dataset: Dataset,
  args: PageArguments,
  asking: Asking,
  needs: Needs,
  companions: readonly Companion[] = [],
): () => Promise<Page> {
  const where = readFilter(dataset, args.filter as FilterInput, asking.house.limits.filterValues)
  const cut = readCut(asking, dataset, args)
  if (where === 'none') return async () => emptyPage(dataset)
  const condition = where === 'all' ? {} : { where }
  const total = async () =>
    Number(
      (
        await read(asking, { kind: 'aggregate', dataset, ...condition, groupBy: [], measures: [{ function: 'count' }], limit: 1 })
      )[0]?.[0] ?? 0,
    )
  if (!needs.rows || cut.size === 0) return async () => ({ ...emptyPage(dataset), total })
  const { paging } = dataset.can
  return async () => {
    const request: RowsRequest = {
      kind: 'rows',
      dataset,
      columns: withColumns(needs.columns, cursorColumns(cut, paging, needs.cursors), dataset),
      ...condition,
      ...windowOf(cut, paging, paging === 'offset' && cut.backwards && !cut.position ? await total() : 0),
    }
    const more = moreOf(request, needs, companions, asking)
    const answer = more && (await readWithMore(asking, { ...request, ...more }))
    if (more?.total && answer === 'late') countedAlone.set(dataset, asking.house.now() + aloneMs)
    // Whose values were unreadable can't be told when they came together.
    if (!answer || answer === 'late' || answer.problems) return makePage(asking, request, await readRows(asking, request), cut, total)
    if (answer.alone) return makePage(asking, request, answer.rows, cut, total)
    const { rows } = answer
    if (more.total) return makePage(asking, request, rows, cut, totalIn(rows, request) ?? total)
    const firsts = firstsIn(rows, { ...request, companions })
    return makePage(asking, request, firsts.length === rows.length ? rows : pickRows(rows, firsts), cut, total, {
      rows,
      firsts,
      width: request.columns.length,
    })
  }
}

/** Where rows and their number took too long together, and until when: nobody should wait for that each time. */
const countedAlone = new WeakMap<Dataset, number>()
const aloneMs = 600_000

/** What the statement of the rows brings along, beside the rows. */
function moreOf({ dataset, limit }: RowsRequest, { total }: Needs, companions: readonly Companion[], asking: Asking) {
  const isFew = companions.every(({ perKey }) => limit * perKey <= rowsAlongAtMost)
  if (companions.length > 0 && limit <= withCompanionsAtMost && isFew) return { companions }
  // What may be kept is counted by itself, once for all pages of a list.
  const isAlone = (countedAlone.get(dataset) ?? 0) > asking.house.now()
  const isCounted = total && dataset.freshForSeconds === 0 && !dataset.small && !isAlone
  return isCounted && connectorOf(asking, { dataset }).capabilities.totals ? ({ total } as const) : undefined
}

/** @returns `undefined` where there is no row to say it: after the last one of a list */
function totalIn(rows: Rows, { columns, position }: RowsRequest): (() => Promise<number>) | undefined {
  if (rows.length === 0) return position ? undefined : async () => 0
  return async () => Number(cellAt(rows, 0, columns.length))
}

/** Where another row begins: each comes several times, one after the other. */
function firstsIn(rows: Rows, { dataset, columns, companions = [] }: RowsRequest): readonly number[] {
  if (companions.every(({ perKey }) => perKey === 1)) return Array.from({ length: rows.length }, (_, row) => row)
  return firstsOf(
    rows,
    dataset.key.map(column => columns.indexOf(column)),
  )
}
