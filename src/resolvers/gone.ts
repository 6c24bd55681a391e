/** When some columns are gone from a source: how is everything else answered? */

import { type Cell, type Column, GatewayError, type Row, type SourceRequest, sourceFailure } from '../model/index.ts'

/** The failure of one value whose column is gone. The log has had its line when the source was asked. */
export function valueGone(): GatewayError {
  return sourceFailure('SOURCE_CHANGED', '')
}

/** Stands in a row in place of a value that its source has no more; whoever writes it without looking fails. */
export const goneCell: Cell = Object.freeze({
  toJSON() {
    throw valueGone()
  },
}) as unknown as Cell

export interface Rest {
  readonly request: SourceRequest
  /** A row of the rest as a row of the whole. */
  readonly fill: (row: Row) => Row
}

/**
 * The same question without the columns that are gone, where they are only shown: what is filtered, ordered or matched by cannot be left out.
 *
 * @returns `undefined` when nothing can be answered
 */
export function restOf(request: SourceRequest, error: unknown): Rest | undefined {
  if (!(error instanceof GatewayError) || error.gone.length === 0 || request.kind === 'aggregate') return undefined
  const gone = (column: Column): boolean => error.gone.includes(column.column)
  const kept = request.columns.filter(column => !gone(column))
  if (kept.length === request.columns.length || needed(request).some(gone)) return undefined
  const columns: readonly Column[] = kept.length > 0 ? kept : request.dataset.key
  const places = request.columns.map(column => (gone(column) ? undefined : columns.indexOf(column)))
  return {
    request: { ...request, columns },
    fill: row => places.map(at => (at === undefined ? goneCell : (row[at] ?? null))),
  }
}

/** Columns of order and match. Those of conditions fail by themselves when the rest is asked. */
function needed(request: Exclude<SourceRequest, { kind: 'aggregate' }>): readonly Column[] {
  return [...request.orderBy.map(({ column }) => column), ...(request.kind === 'keyed' ? request.match : [])]
}
