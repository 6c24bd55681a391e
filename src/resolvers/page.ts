/** A page of a list, by the rules of Relay's connections: from the front or from the back, for one parent or for many. */

import {
  type Column,
  cellAt,
  type Dataset,
  type KeyedRequest,
  type Order,
  type PagePosition,
  type Rows,
  type RowsRequest,
  unpacked,
} from '../model/index.ts'
import type { Asking } from './asking.ts'
import { type OrderInput, readCursor, readOrder, reversed, writeCursor } from './order.ts'
import { refuse } from './refuse.ts'
import { places, View } from './view.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
  readonly filter?: Readonly<Record<string, unknown>> | null
  readonly orderBy?: OrderInput | null
}

/** How a list is cut: worked out from the arguments before anything is asked. */
export interface Cut {
  readonly order: readonly Order[]
  /** Rows of the page at most. */
  readonly size: number
  /** true: counted from the back; rows come in the opposite order and are turned round. */
  readonly backwards: boolean
  readonly position?: PagePosition
}

/** What the connection's resolvers read. */
export interface Page {
  readonly dataset: Dataset
  /** In the order in which they are shown; cells in the order of the request's columns. */
  readonly rows: Rows
  nodes(): readonly View[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  cursor(at: number): string
  /** All that match; asks the source. */
  total(): Promise<number>
  /** Rows that came along, for those who have asked for them. */
  readonly along?: Along
}

/** Rows with their companions, in the order in which they came. */
export interface Along {
  readonly rows: Rows
  /** Where another row begins: each comes as often as it has companions. */
  readonly firsts: readonly number[]
  /** Cells of the row itself, before those of its companions. */
  readonly width: number
}

/**
 * @throws GatewayError PAGE_TOO_LARGE, BAD_USER_INPUT (first with last, negative sizes), CURSOR_INVALID
 */
export function readCut(asking: Asking, dataset: Dataset, given: PageArguments): Cut {
  const { first, last } = given
  const [after, before] = [given.after ?? undefined, given.before ?? undefined]
  const { pageSize, defaultPageSize } = asking.house.limits
  if (typeof first === 'number' && typeof last === 'number')
    throw refuse('BAD_USER_INPUT', { de: '„first“ und „last“ gehen nicht zusammen.', en: '"first" and "last" do not go together.' })
  if (after !== undefined && before !== undefined)
    throw refuse('BAD_USER_INPUT', { de: '„after“ und „before“ gehen nicht zusammen.', en: '"after" and "before" do not go together.' })
  const backwards = typeof last === 'number' || (typeof first !== 'number' && before !== undefined)
  if ((backwards ? after : before) !== undefined) {
    throw refuse('BAD_USER_INPUT', {
      de: '„first“ gehört zu „after“, „last“ zu „before“.',
      en: '"first" goes with "after", "last" with "before".',
    })
  }
  const size = first ?? last ?? Math.min(defaultPageSize, pageSize)
  if (size < 0)
    throw refuse('BAD_USER_INPUT', { de: 'Eine Seite kann nicht weniger als 0 Zeilen haben.', en: 'A page cannot have fewer than 0 rows.' })
  if (size > pageSize) throw pageTooLarge(pageSize)
  const order = readOrder(dataset, given.orderBy)
  const cursor = backwards ? before : after
  return { order, size, backwards, ...(cursor !== undefined && { position: readCursor(asking, dataset, order, cursor) }) }
}

export function pageTooLarge(pageSize: number) {
  return refuse(
    'PAGE_TOO_LARGE',
    { de: `Höchstens ${pageSize} Zeilen je Seite.`, en: `At most ${pageSize} rows per page.` },
    {
      de: 'Weiter geht es mit „after“ und dem „endCursor“ der letzten Seite; alle Zeilen eines Datensatzes auf einmal gibt /api/<Kennung>.ndjson.',
      en: 'Go on with "after" and the "endCursor" of the last page; all rows of a dataset at once are at /api/<id>.ndjson.',
    },
  )
}

/** `limit` 0: the page is before the first row; there is nothing to ask. */
type Window = Pick<RowsRequest, 'orderBy' | 'limit'> & { readonly position?: PagePosition }

/**
 * The part of the list a source is asked for: one row more than the page shows, to know whether another page follows.
 *
 * @param total needed only where pages are counted from the back of a list that can only be counted from the front
 */
export function windowOf(cut: Cut, paging: 'keyset' | 'offset', total = 0): Window {
  const { order, size, backwards, position } = cut
  if (!backwards || paging === 'keyset')
    return { orderBy: backwards ? reversed(order) : order, limit: size + 1, ...(position && { position: forwards(position) }) }
  const end = position && 'skip' in position ? position.skip : total
  const skip = Math.max(0, end - size)
  return { orderBy: order, limit: end - skip, position: { skip } }
}

function forwards(position: PagePosition): PagePosition {
  return 'skip' in position ? { skip: position.skip + 1 } : position
}

/** The columns a page needs beyond the selected ones: those of the order, where cursors are made of their cells. */
export function cursorColumns(cut: Cut, paging: 'keyset' | 'offset', wanted: boolean): readonly Column[] {
  return wanted && paging === 'keyset' ? cut.order.map(order => order.column) : []
}

/** Makes the page of the rows that came for a window. */
export function makePage(
  asking: Asking,
  request: Pick<RowsRequest | KeyedRequest, 'dataset' | 'columns' | 'position'>,
  rows: Rows,
  cut: Cut,
  total: () => Promise<number>,
  along?: Along,
): Page {
  const { dataset, columns, position } = request
  const at = places(columns)
  const byOffset = dataset.can.paging === 'offset'
  const started = position && 'skip' in position ? position.skip : 0
  const more = !(cut.backwards && byOffset) && rows.length > cut.size
  const shown = rows.length > cut.size ? rows.slice(0, cut.size) : rows
  const inOrder = cut.backwards && !byOffset ? shown.toReversed() : shown
  const before = byOffset ? started > 0 : cut.backwards ? more : cut.position !== undefined
  let views: readonly View[] | undefined
  return {
    dataset,
    rows: inOrder,
    nodes() {
      views ??= unpacked(inOrder).map(row => new View(dataset, row, at))
      return views
    },
    hasPreviousPage: before,
    hasNextPage: cut.backwards ? cut.position !== undefined : more,
    cursor: index =>
      writeCursor(
        asking,
        dataset,
        cut.order,
        byOffset ? { skip: started + index } : { after: cut.order.map(({ column }) => cellAt(inOrder, index, at.get(column)!)) },
      ),
    total,
    ...(along && { along }),
  }
}

/** A page of nothing, where the filter alone says that nothing can match. */
export function emptyPage(dataset: Dataset): Page {
  return { dataset, rows: [], nodes: () => [], hasNextPage: false, hasPreviousPage: false, cursor: () => '', total: async () => 0 }
}
