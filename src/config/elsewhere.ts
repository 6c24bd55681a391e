/** What one dataset makes less exact: can the same callers have it in another way? For the data-protection officer, who alone can judge. */

import type { Text } from '../model/index.ts'
import { type Audiences, maySee } from './audiences.ts'
import type { Draft, DraftColumn, DraftField } from './draft.ts'
import { canonicalJson } from './exposure/canonical.ts'
import { isSameColumn, showMoreTogether } from './meaning/coarsen.ts'
import { type Notice, notice } from './notices.ts'
import { listed } from './words/template.ts'

/** One way in which a column leaves the house: as a field, or by the order of a key. */
interface Way {
  readonly draft: Draft
  readonly column: DraftColumn
  /** Absent for a key. */
  readonly field?: DraftField
  /** Names of audiences. */
  readonly seers: ReadonlySet<string>
}

/**
 * Every field that is coarsened while an audience that sees it can have the same column from the same place exactly, by its rank, or in
 * another grid. What the configuration wishes counts, approved or not: it is to be known before it is signed.
 *
 * Another view over the same table is another place; nobody here can know.
 */
export function coarsenedElsewhere(drafts: readonly Draft[], audiences: Audiences): readonly Notice[] {
  const ways = drafts.flatMap(draft => waysOf(draft, audiences))
  return ways.flatMap((coarse, at) => {
    const { draft, field, seers } = coarse
    if (!field?.coarsen) return []
    return ways.flatMap((way, index) => {
      const how = undoing(coarse, way, index < at)
      const both = seers.intersection(way.seers)
      if (!how || both.size === 0) return []
      const named = { dataset: draft.id, other: way.draft.id, field: field.name }
      return [notice('COARSEN_ELSEWHERE', { ...named, how, audiences: listed([...both]) })]
    })
  })
}

function waysOf(draft: Draft, audiences: Audiences): readonly Way[] {
  const seersOf = (written: readonly string[]) =>
    new Set([...audiences.keys()].filter(name => maySee(name, draft.audiences, audiences) && maySee(name, written, audiences)))
  return [
    ...draft.fields.map(field => ({ draft, column: field, field, seers: seersOf(field.audiences) })),
    ...draft.key.map(column => ({ draft, column, seers: seersOf(draft.audiences) })),
  ]
}

/** @returns in words, how the second way shows more than the first; two grids are told of once. What is refused within one dataset is not told again. */
function undoing({ draft, field }: Way, way: Way, isEarlier: boolean): Text | undefined {
  if (!field || !isSameColumn(field, way.column) || !isSamePlace(draft, way.draft)) return undefined
  const { id } = way.draft
  if (way.field?.coarsen)
    return isEarlier && showMoreTogether(field, way.field)
      ? {
          de: `steht anders vergröbert im Feld „${way.field.name}“ von „${id}“, und beides zusammen ist genauer`,
          en: `is coarsened in another way as the field "${way.field.name}" of "${id}", and both together are more exact`,
        }
      : undefined
  if (way.draft === draft) return undefined
  return way.field
    ? { de: `steht genau im Feld „${way.field.name}“ von „${id}“`, en: `is to be had exactly as the field "${way.field.name}" of "${id}"` }
    : {
        de: `gehört zum Schlüssel von „${id}“, dessen Reihenfolge den genauen Rang zeigt`,
        en: `belongs to the key of "${id}", whose order shows the exact rank`,
      }
}

function isSamePlace(a: Draft, b: Draft): boolean {
  const placeOf = ({ source, place }: Draft) => canonicalJson([source.id, place]).toLowerCase()
  return placeOf(a) === placeOf(b)
}
