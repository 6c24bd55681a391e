/** How does a file that was read turn into rows? */

import { type Cell, type Column, type SourceRequest, sourceFailure } from '../../model/index.ts'
import { columnsNamed } from '../shared/columns.ts'
import type { LocalRow } from '../shared/local.ts'

/** A file as it was read: raw values, which become cells when a column is first asked for. */
export interface FileTable {
  /** Rows that could be read. */
  readonly size: number
  /** Names of its columns, as the file writes them; undefined when an empty file cannot tell. */
  readonly names: ReadonlySet<string> | undefined
  /** Raw value of a column in a row; undefined and null are missing values. */
  readonly raw: (name: string, row: number) => unknown
  /** @returns `undefined` when the value does not have the declared type */
  readonly convert: (raw: unknown, column: Column) => Cell | undefined
  /** Rows that could not be read, by reason. */
  readonly problems: Readonly<Record<string, number>>
}

/** Remembers the cells of each column for as long as the table is remembered. */
const converted = new WeakMap<FileTable, Map<string, Cells>>()

interface Cells {
  readonly cells: readonly Cell[]
  readonly unreadable: number
}

/**
 * The rows of a table, ready for every column that a request names, and what could not be read of them. A file is read whole, so
 * the problems are those of the whole file in these columns.
 *
 * @throws GatewayError SOURCE_CHANGED when a named column is not in the file
 */
export function localRows(table: FileTable, request: SourceRequest): { rows: LocalRow[]; problems: Readonly<Record<string, number>> } {
  const named = columnsNamed(request)
  const gone = named.filter(({ column }) => table.names && !table.names.has(column)).map(({ column }) => column)
  if (gone.length > 0) {
    const found = [...(table.names ?? [])].join(', ')
    throw sourceFailure('SOURCE_CHANGED', `${request.dataset.id}: the file has no column ${gone.join(', ')}; it has ${found}`)
  }
  const columns = new Map(named.map(column => [column, cellsOf(table, column)]))
  const unreadable = [...new Set(columns.values())].reduce((sum, column) => sum + column.unreadable, 0)
  return {
    rows: Array.from({ length: table.size }, (_, row) => (column: Column) => columns.get(column)?.cells[row] ?? null),
    problems: { ...table.problems, ...(unreadable > 0 && { 'unreadable cell': unreadable }) },
  }
}

function cellsOf(table: FileTable, column: Column): Cells {
  const known = converted.get(table) ?? new Map<string, Cells>()
  converted.set(table, known)
  const key = JSON.stringify([column.column, column.type, column.zone, 'crs' in column ? column.crs : undefined])
  const cells = known.get(key) ?? convertColumn(table, column)
  known.set(key, cells)
  return cells
}

function convertColumn(table: FileTable, column: Column): Cells {
  let unreadable = 0
  const cells = Array.from({ length: table.size }, (_, row) => {
    const cell = table.convert(table.raw(column.column, row), column)
    if (cell === undefined) unreadable++
    return cell ?? null
  })
  return { cells, unreadable }
}
