/** Does a coarsening protect what it is meant to protect? */

import type { Coarsen, FieldType } from '../../model/index.ts'
import { type Audiences, maySee } from '../audiences.ts'
import type { DraftColumn, DraftField } from '../draft.ts'
import { same } from '../exposure/canonical.ts'
import type { Report } from './report.ts'
import { isNumber } from './types.ts'

/** A field with its name as the file writes it. */
export interface WrittenField {
  readonly key: string
  readonly draft: DraftField
}

export function fits(coarsen: Coarsen, type: FieldType): boolean {
  if ('toMetres' in coarsen) return type === 'point'
  if ('toMultipleOf' in coarsen) return isNumber(type)
  return type === 'datetime' || (type === 'date' && coarsen.to !== 'hour')
}

/** A second field over the same column would undo what the first coarsens, for whoever sees both: an exact one, or another grid. */
export function checkCoarsened(fields: readonly WrittenField[], audiences: Audiences, report: Report): void {
  for (const [at, { key, draft }] of fields.entries()) {
    if (!draft.coarsen) continue
    const seers = seersOf(draft.audiences, audiences)
    const others = fields.filter((other, index) => index !== at && isSameColumn(other.draft, draft))
    const exact = others.find(other => !other.draft.coarsen && seers.every(name => maySee(name, other.draft.audiences, audiences)))
    if (exact) report('COARSEN_DEFEATED', ['fields', key, 'coarsen'], { other: exact.key })
    // Told once, at the second of the two. Where one is meant for fewer callers than the other, a notice says so.
    const crossing = others.find(
      other => fields.indexOf(other) < at && showMoreTogether(draft, other.draft) && same(seers, seersOf(other.draft.audiences, audiences)),
    )
    if (crossing) report('COARSEN_TWICE', ['fields', key, 'coarsen'], { other: crossing.key })
  }
}

/** Rows come in the order of the key unless a caller wishes another, and pages begin at a place in it: both would show the exact rank. */
export function checkCoarsenedKey(key: readonly DraftColumn[], fields: readonly DraftField[], report: Report): void {
  for (const [index, column] of key.entries()) {
    const coarsened = fields.find(field => field.coarsen && isSameColumn(field, column))
    if (coarsened) report('COARSEN_KEY', ['key', index], { field: coarsened.name })
  }
}

/** Databases take capitals in names as they like. */
export function isSameColumn(a: Pick<DraftColumn, 'column'>, b: Pick<DraftColumn, 'column'>): boolean {
  return a.column.toLowerCase() === b.column.toLowerCase()
}

/** Periods that one of the others always holds as a whole. */
const wider: Readonly<Record<string, readonly string[]>> = {
  hour: ['day', 'week', 'month', 'year'],
  day: ['week', 'month', 'year'],
  month: ['year'],
}

/**
 * true: two coarsened fields over one column show more together than the finer of them alone, because their grids cross. A month within
 * its year shows nothing more than the month; a week may lie in two months.
 */
export function showMoreTogether(a: DraftField, b: DraftField): boolean {
  const read = ({ type, zone, crs, shift, written }: DraftField) => ({ type, zone, crs, shift, written })
  if (!a.coarsen || !b.coarsen) return false
  if (!same(read(a), read(b))) return true
  if (same(a.coarsen, b.coarsen)) return false
  if (!('to' in a.coarsen) || !('to' in b.coarsen)) return true
  return !wider[a.coarsen.to]?.includes(b.coarsen.to) && !wider[b.coarsen.to]?.includes(a.coarsen.to)
}

function seersOf(written: readonly string[], audiences: Audiences): readonly string[] {
  return [...audiences.keys()].filter(name => maySee(name, written, audiences))
}
