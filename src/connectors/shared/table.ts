/** How does a table that was read from a file or a web service turn into rows? */

import { type Cell, type Column, columnsGone, type SourceRequest } from '../../model/index.ts'
import { columnsNamed } from './columns.ts'
import type { LocalRow } from './local.ts'

/** Name of the column that holds a shape where a format gives it no name of its own. */
export const geometryColumn = 'geometry'

/** Rows as they were read: raw values, which become cells when a column is first asked for. */
export interface Table {
  /** Rows that could be read. */
  readonly size: number
  /** Names of its columns, as the source writes them; undefined when an empty table cannot tell. */
  readonly names: Names | undefined
  /** Raw value of a column in a row; undefined and null are missing values. */
  readonly raw: (name: string, row: number) => unknown
  /** @returns `undefined` when the value does not have the declared type */
  readonly convert: (raw: unknown, column: Column) => Cell | undefined
  /** Rows that could not be read, by reason. */
  readonly problems: Readonly<Record<string, number>>
}

/** Which columns there are: whether one is, and those that can be listed. */
export type Names = Pick<ReadonlySet<string>, 'has'> & Iterable<string>

/** Remembers the cells of each column for as long as the table is remembered. */
const converted = new WeakMap<Table, Map<string, Cells>>()

interface Cells {
  readonly cells: readonly Cell[]
  readonly unreadable: number
}

/**
 * The rows of a table, ready for every column that a request names, and what could not be read of them. A table is read whole, so
 * the problems are those of the whole table in these columns.
 *
 * @throws GatewayError SOURCE_CHANGED when a named column is not in the table
 */
export function localRows(table: Table, request: SourceRequest): { rows: LocalRow[]; problems: Readonly<Record<string, number>> } {
  const named = columnsNamed(request)
  const gone = named.filter(({ column }) => table.names && !table.names.has(column)).map(({ column }) => column)
  if (gone.length > 0) {
    const found = [...(table.names ?? [])].join(', ')
    throw columnsGone(gone, `${request.dataset.id}: there is no column ${gone.join(', ')}`, undefined, `there are ${found}`)
  }
  const columns = new Map(named.map(column => [column, cellsOf(table, column)]))
  const unreadable = [...new Set(columns.values())].reduce((sum, column) => sum + column.unreadable, 0)
  return {
    rows: Array.from({ length: table.size }, (_, row) => (column: Column) => columns.get(column)?.cells[row] ?? null),
    problems: { ...table.problems, ...(unreadable > 0 && { 'unreadable cell': unreadable }) },
  }
}

function cellsOf(table: Table, column: Column): Cells {
  const known = converted.get(table) ?? new Map<string, Cells>()
  converted.set(table, known)
  const key = JSON.stringify([column.column, column.type, column.zone, column.written, 'crs' in column ? column.crs : undefined])
  const cells = known.get(key) ?? convertColumn(table, column)
  known.set(key, cells)
  return cells
}

function convertColumn(table: Table, column: Column): Cells {
  let unreadable = 0
  const cells = Array.from({ length: table.size }, (_, row) => {
    const cell = table.convert(table.raw(column.column, row), column)
    if (cell === undefined) unreadable++
    return cell ?? null
  })
  return { cells, unreadable }
}
