/** How does the house answer requests over rows that it has fetched for a small dataset? */

import type { Cell, Column, LocalEngine, Row } from '../../model/index.ts'
import { columnsNamed } from './columns.ts'
import { answerLocally, type LocalRow } from './local.ts'

/** The engine that the connectors use for what their sources cannot do. */
export const localEngine: LocalEngine = {
  columnsNamed,
  answer(request, columns, rows) {
    const places = new Map(columns.map((column, at) => [nameOf(column), at]))
    const known = new Map<Column, number | undefined>()
    const placeOf = (column: Column): number | undefined => {
      if (!known.has(column)) known.set(column, places.get(nameOf(column)))
      return known.get(column)
    }
    const missing = columnsNamed(request).filter(column => placeOf(column) === undefined)
    if (missing.length > 0) throw new Error(`${request.dataset.id}: ${missing.map(({ column }) => column).join(', ')} is not at hand`)
    return answerLocally(
      request,
      rows.map(
        (row: Row): LocalRow =>
          column =>
            cellAt(row, placeOf(column)),
      ),
    )
  },
}

function cellAt(row: Row, at: number | undefined): Cell {
  return at === undefined ? null : (row[at] ?? null)
}

/** One column may stand in a request as several objects: a row rule names it beside a relation. */
function nameOf(column: Column): string {
  return JSON.stringify('name' in column ? ['field', column.name] : ['column', column.column, column.type, column.zone ?? null])
}
