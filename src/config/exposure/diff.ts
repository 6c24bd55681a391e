/** What would leave the house that did not before, and what no longer? */

import type { Text } from '../../model/index.ts'
import { fill } from '../words/template.ts'
import { same } from './canonical.ts'
import type { Exposure, FieldExposure, RelationExposure } from './exposure.ts'
import { baseParts, fieldParts, partWords } from './parts.ts'
import { spellingChange } from './spelling.ts'

/** `widened`: more or other data leaves, so it needs an approval. `narrowed`: less leaves. `neutral`: words and times only. */
export type Change = 'widened' | 'narrowed' | 'neutral'

export interface Difference {
  readonly change: Change
  /** Id of the dataset. */
  readonly dataset: string
  /** Name of the field or relation that is meant. */
  readonly name?: string
  /** Says by itself what it is about: `baeume.art: …`. */
  readonly message: Text
}

/**
 * Differences between two sets of exposures, by dataset. What is neither more nor less but other counts as widened: nobody has approved it.
 *
 * @param before what was approved, or the exposures of an earlier configuration
 * @param after  the exposures of the configuration at hand
 */
export function diffExposures(before: ReadonlyMap<string, Exposure>, after: ReadonlyMap<string, Exposure>): Difference[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort()
  return ids.flatMap(id => diffOne(id, before.get(id), after.get(id)))
}

function diffOne(dataset: string, before: Exposure | undefined, after: Exposure | undefined): Difference[] {
  if (!before && !after) return []
  if (!before) return [widened(dataset, undefined, { de: 'Der Datensatz ist neu.', en: 'The dataset is new.' })]
  if (!after) return [narrowed(dataset, undefined, { de: 'Den Datensatz gibt es nicht mehr.', en: 'The dataset is gone.' })]
  const parts = baseParts.filter(part => !same(before[part], after[part]))
  return [
    ...(parts.length > 0 ? [widened(dataset, undefined, sentence(changed, { what: partWords(parts) }))] : []),
    ...lists(dataset, undefined, before.audiences, after.audiences, audienceWords),
    ...lists(dataset, undefined, before.joinable.map(columnText), after.joinable.map(columnText), joinableWords),
    ...listing(dataset, before.listed, after.listed),
    ...entries(dataset, before.fields, after.fields, fieldWords, diffField),
    ...entries(dataset, before.relations, after.relations, relationWords, diffRelation),
  ]
}

function diffField(dataset: string, name: string, before: FieldExposure, after: FieldExposure): Difference[] {
  const parts = fieldParts.filter(part => !same(before[part], after[part]))
  return [
    ...(parts.length > 0 ? [widened(dataset, name, sentence(changed, { what: partWords(parts) }))] : []),
    ...spelling(dataset, name, before, after),
    ...coarsening(dataset, name, before, after),
    ...lists(dataset, name, before.use, after.use, useWords),
    ...lists(dataset, name, before.audiences, after.audiences, audienceWords),
  ]
}

function spelling(dataset: string, name: string, before: FieldExposure, after: FieldExposure): Difference[] {
  switch (spellingChange(before, after)) {
    case 'same':
      return []
    case 'less':
      return [narrowed(dataset, name, { de: 'Weitere Werte gelten als fehlend.', en: 'Further values count as missing.' })]
    case 'other':
      return [widened(dataset, name, sentence(changed, { what: partWords(['written']) }))]
  }
}

function coarsening(dataset: string, name: string, before: FieldExposure, after: FieldExposure): Difference[] {
  if (same(before.coarsen, after.coarsen)) return []
  if (!before.coarsen) return [narrowed(dataset, name, { de: 'Die Werte werden vergröbert.', en: 'The values are coarsened.' })]
  return [
    after.coarsen
      ? widened(dataset, name, { de: 'Die Werte werden anders vergröbert.', en: 'The values are coarsened in another way.' })
      : widened(dataset, name, { de: 'Die Werte werden nicht mehr vergröbert.', en: 'The values are no longer coarsened.' }),
  ]
}

function diffRelation(dataset: string, name: string, before: RelationExposure, after: RelationExposure): Difference[] {
  if (same(before, after)) return []
  return [widened(dataset, name, { de: 'Die Verknüpfung ist eine andere.', en: 'The relation is another one.' })]
}

function listing(dataset: string, before: boolean, after: boolean): Difference[] {
  if (before === after) return []
  return after
    ? [
        widened(dataset, undefined, {
          de: 'Der Katalog nennt den Datensatz schon vor der Freigabe.',
          en: 'The catalogue names the dataset before it is approved.',
        }),
      ]
    : [
        narrowed(dataset, undefined, {
          de: 'Der Katalog nennt den Datensatz erst nach der Freigabe.',
          en: 'The catalogue names the dataset only once it is approved.',
        }),
      ]
}

interface AddedRemoved {
  readonly added: Text
  readonly removed: Text
}

const changed: Text = { de: 'Geändert: <what>.', en: 'Changed: <what>.' }
const fieldWords: AddedRemoved = {
  added: { de: 'Das Feld ist neu.', en: 'The field is new.' },
  removed: { de: 'Das Feld fällt weg.', en: 'The field is gone.' },
}
const relationWords: AddedRemoved = {
  added: { de: 'Die Verknüpfung ist neu.', en: 'The relation is new.' },
  removed: { de: 'Die Verknüpfung fällt weg.', en: 'The relation is gone.' },
}
const useWords: AddedRemoved = {
  added: { de: 'Neu erlaubt: <what>.', en: 'Newly allowed: <what>.' },
  removed: { de: 'Nicht mehr erlaubt: <what>.', en: 'No longer allowed: <what>.' },
}
const audienceWords: AddedRemoved = {
  added: { de: 'Neu sichtbar für: <what>.', en: 'Newly visible for: <what>.' },
  removed: { de: 'Nicht mehr sichtbar für: <what>.', en: 'No longer visible for: <what>.' },
}
const joinableWords: AddedRemoved = {
  added: { de: 'Neu verknüpfbar: <what>.', en: 'Newly joinable: <what>.' },
  removed: { de: 'Nicht mehr verknüpfbar: <what>.', en: 'No longer joinable: <what>.' },
}

function entries<T>(
  dataset: string,
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  words: AddedRemoved,
  compare: (dataset: string, name: string, before: T, after: T) => Difference[],
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.flatMap(name => {
    const [old, young] = [before[name], after[name]]
    if (old === undefined) return [widened(dataset, name, words.added)]
    return young === undefined ? [narrowed(dataset, name, words.removed)] : compare(dataset, name, old, young)
  })
}

function lists(
  dataset: string,
  name: string | undefined,
  before: readonly string[],
  after: readonly string[],
  words: AddedRemoved,
): Difference[] {
  const [added, removed] = [after.filter(item => !before.includes(item)), before.filter(item => !after.includes(item))]
  return [
    ...(added.length > 0 ? [widened(dataset, name, sentence(words.added, { what: added.join(', ') }))] : []),
    ...(removed.length > 0 ? [narrowed(dataset, name, sentence(words.removed, { what: removed.join(', ') }))] : []),
  ]
}

function columnText({ column, type, zone }: Exposure['joinable'][number]): string {
  return `${column} (${zone ? `${type}, ${zone}` : type})`
}

function sentence(template: Text, fillings: Readonly<Record<string, string | Text>>): Text {
  return fill(template, fillings)
}

function widened(dataset: string, name: string | undefined, message: Text): Difference {
  return difference('widened', dataset, name, message)
}

function narrowed(dataset: string, name: string | undefined, message: Text): Difference {
  return difference('narrowed', dataset, name, message)
}

/** A sentence that says by itself what it is about: `baeume.art: The field is new.` */
export function difference(change: Change, dataset: string, name: string | undefined, { de, en }: Text): Difference {
  const place = name === undefined ? dataset : `${dataset}.${name}`
  return { change, dataset, ...(name !== undefined && { name }), message: { de: `${place}: ${de}`, en: `${place}: ${en}` } }
}
