/** What of a source's rows may leave the house, and be kept? */

import { type Answer, type Cell, type Column, geometryTypes } from '../model/index.ts'
import { releasable } from './coarsen.ts'

/** Whole numbers that GraphQL's Int can carry: 32 bits, signed. */
const int = { least: -(2 ** 31), most: 2 ** 31 - 1 }

/** How a cell of a column is changed before anybody sees it; `undefined` for a cell that has to be left out. */
type Change = (cell: Cell) => Cell | undefined

/**
 * Rows as callers may see them: coarsened, without codes that have no label, without numbers that cannot be carried. What was
 * released once comes out of it unchanged.
 *
 * @param columns by position in the rows; cells behind them (measures) pass as they are
 * @param zone    the city's IANA zone, in which days and months begin
 */
export function release(answer: Pick<Answer, 'rows' | 'problems'>, columns: readonly Column[], zone: string) {
  return changed(
    answer,
    columns.map(column => coarsened(column, zone) ?? carried(column)),
  )
}

/** Rows as they may be kept for answers that are still to be made of them: coarsened, and no more than that. */
export function releaseForLater(answer: Pick<Answer, 'rows' | 'problems'>, columns: readonly Column[], zone: string) {
  return changed(
    answer,
    columns.map(column => coarsened(column, zone)),
  )
}

function changed(answer: Pick<Answer, 'rows' | 'problems'>, changes: readonly (Change | undefined)[]): Pick<Answer, 'rows' | 'problems'> {
  let unfit = 0
  const changing = changes.flatMap((change, at) => (change ? [{ at, change }] : []))
  // Nothing is copied where nothing changes: nearly every whole number fits.
  const rows = changing.some(({ at, change }) => answer.rows.some(row => change(row[at] ?? null) !== (row[at] ?? null)))
    ? answer.rows.map(row => {
        const released = [...row]
        for (const { at, change } of changing) {
          const cell = change(released[at] ?? null)
          if (cell === undefined) unfit += 1
          released[at] = cell ?? null
        }
        return released
      })
    : answer.rows
  const problems = { ...answer.problems, ...(unfit > 0 && { 'larger than 32 bits': unfit }) }
  return Object.keys(problems).length > 0 ? { rows, problems } : { rows }
}

function coarsened(column: Column, zone: string): Change | undefined {
  return 'name' in column && (column.codes || column.coarsen) ? releasable(column, zone) : undefined
}

function carried(column: Column): Change | undefined {
  if (!('name' in column) || column.type !== 'int' || column.shift) return undefined
  return cell => (typeof cell === 'number' && (cell > int.most || cell < int.least) ? undefined : cell)
}

/** Whether the cells of a column leave the house as their source has them, save for what `carried` leaves out. */
export function servedAsStored(column: Column): boolean {
  if (geometryTypes.some(type => type === column.type)) return false
  return !('name' in column) || !(column.codes || column.coarsen || column.shift)
}
