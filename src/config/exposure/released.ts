/** What of a configured dataset did the officer sign as well? Configuration ∩ approval, before any audience is looked at. */

import { type Audiences, closure, maySee } from '../audiences.ts'
import type { Draft, DraftColumn, DraftField, DraftRelation } from '../draft.ts'
import { type Notice, notice } from '../notices.ts'
import { same } from './canonical.ts'
import type { Exposure, FieldExposure, RelationExposure } from './exposure.ts'
import { baseParts, fieldParts, partWords } from './parts.ts'
import { spellingChange } from './spelling.ts'

/** A field that both keys opened, to whom and for what. */
export interface ReleasedField {
  readonly field: DraftField
  readonly approved: FieldExposure
}

/** What both keys opened; whether one audience may see a field is still asked for each. */
export interface Released {
  readonly draft: Draft
  /** Audiences approved for the dataset. */
  readonly approved: readonly string[]
  readonly joinable: readonly DraftColumn[]
  readonly fields: readonly ReleasedField[]
  readonly relations: readonly DraftRelation[]
  readonly notices: readonly Notice[]
}

/**
 * Puts the two keys side by side.
 *
 * @param wished   exposure of the configuration
 * @param approved exposure that was signed
 * @returns `undefined` for a dataset that is closed as a whole; the notices say why
 */
export function release(
  draft: Draft,
  wished: Exposure,
  approved: Exposure,
): { readonly released?: Released; readonly notices: readonly Notice[] } {
  const dataset = draft.id
  const changed = baseParts.filter(part => !same(wished[part], approved[part]))
  if (changed.length > 0) return { notices: [notice('BASE_CHANGED', { dataset, what: partWords(changed) })] }
  const notices: Notice[] = []
  const fields = draft.fields.flatMap(field => {
    const { field: found, notices: said } = releaseField(dataset, field, wished.fields[field.name], approved.fields[field.name])
    notices.push(...said)
    return found ?? []
  })
  const relations = draft.relations.filter(relation => {
    const why = relationClosed(wished.relations[relation.name], approved.relations[relation.name])
    if (why) notices.push(notice('RELATION_CLOSED', { dataset, field: relation.name, what: why }))
    return !why
  })
  const closed = wished.audiences.filter(name => !approved.audiences.includes(name))
  if (closed.length > 0) notices.push(notice('AUDIENCE_CLOSED', { dataset, what: closed.join(', ') }))
  const joinable = draft.joinable.filter(column => approved.joinable.some(other => same(other, column)))
  return { released: { draft, approved: approved.audiences, joinable, fields, relations, notices }, notices }
}

const notApproved = { de: 'nicht freigegeben', en: 'not approved' }

function releaseField(
  dataset: string,
  field: DraftField,
  wished: FieldExposure | undefined,
  approved: FieldExposure | undefined,
): { readonly field?: ReleasedField; readonly notices: readonly Notice[] } {
  const at = { dataset, field: field.name }
  if (!wished || !approved) return { notices: [notice('FIELD_CLOSED', { ...at, what: notApproved })] }
  const changed = fieldParts.filter(part => !same(wished[part], approved[part]))
  // To coarsen what was approved exactly shows less; to coarsen differently may show more.
  const coarsened = !same(wished.coarsen, approved.coarsen) && approved.coarsen !== undefined
  const respelled = spellingChange(approved, wished) === 'other'
  const parts = [...changed, ...(respelled ? (['written'] as const) : []), ...(coarsened ? (['coarsen'] as const) : [])]
  if (parts.length > 0) return { notices: [notice('FIELD_CLOSED', { ...at, what: partWords(parts) })] }
  if (!approved.use.includes('read')) return { notices: [notice('FIELD_CLOSED', { ...at, what: notApproved })] }
  const uses = wished.use.filter(use => !approved.use.includes(use))
  const audiences = wished.audiences.filter(name => !approved.audiences.includes(name))
  const missing = [...uses, ...audiences].join(', ')
  return { field: { field, approved }, notices: missing ? [notice('USE_CLOSED', { ...at, what: missing })] : [] }
}

function relationClosed(wished: RelationExposure | undefined, approved: RelationExposure | undefined) {
  if (!approved) return notApproved
  return same(wished, approved) ? undefined : { de: 'seit der Freigabe geändert', en: 'changed since it was approved' }
}

/** true: both keys let this audience see the dataset. */
export function datasetOpenTo(audience: string, released: Released, audiences: Audiences): boolean {
  return maySee(audience, released.draft.audiences, audiences) && reaches(audience, released.approved, audiences)
}

/** true: both keys let this audience see the field; asked after `datasetOpenTo`. */
export function fieldOpenTo(audience: string, { field, approved }: ReleasedField, audiences: Audiences): boolean {
  return maySee(audience, field.audiences, audiences) && reaches(audience, approved.audiences, audiences)
}

/** An approval names everyone it reaches; only what is public reaches those unnamed who include the public. */
function reaches(audience: string, approved: readonly string[], audiences: Audiences): boolean {
  return approved.includes(audience) || (approved.includes('public') && closure(audience, audiences).has('public'))
}
