/** Do the relations between datasets lead somewhere, and can their sides ever be equal? */

import type { Text, Written } from '../../model/index.ts'
import type { Draft, DraftColumn, DraftField, DraftRelation, DraftRight } from '../draft.ts'
import type { RelationForm } from '../form/field.ts'
import { meant } from '../form/phrases.ts'
import { transliterate } from '../names.ts'
import { knownColumn } from './columns.ts'
import type { Means } from './fields.ts'
import type { Report } from './report.ts'
import { canTellApart, kindOf, typeWords } from './types.ts'
import { usableWritten } from './written.ts'

/** What is known of the datasets a relation may lead to. */
export interface Targets {
  readonly drafts: ReadonlyMap<string, Omit<Draft, 'relations'>>
  /** Ids of datasets whose own files have mistakes: nothing can be said about them. */
  readonly broken: ReadonlySet<string>
  means(dataset: string): Means | undefined
}

/** Relations as drafts. */
export function checkRelations(
  forms: Readonly<Record<string, RelationForm>>,
  own: Omit<Draft, 'relations'>,
  targets: Targets,
  report: Report,
): DraftRelation[] {
  return Object.entries(forms).flatMap(([key, form]) => {
    const target = targets.drafts.get(form.to)
    if (!target) {
      if (!targets.broken.has(form.to))
        report('RELATION_TARGET', ['relations', key, 'to'], { id: form.to, hint: meant(form.to, [...targets.drafts.keys()]) })
      return []
    }
    const match = Object.entries(form.match).flatMap(([left, right]) =>
      pair(key, left, right, form, own, target, targets.means(form.to), report),
    )
    const name = transliterate(key)
    const title: Text = form.title ?? { de: key, en: key }
    const { to, about, normalise, many } = form
    return [{ name, title, ...(about && { about }), to, match, ...(normalise && { normalise: compact(normalise) }), many }]
  })
}

interface Side {
  readonly right: DraftRight
  readonly type: DraftColumn
  /** Of a field that its source writes in its own way. */
  readonly written?: Written
}

function pair(
  key: string,
  leftName: string,
  rightName: string,
  form: RelationForm,
  own: Omit<Draft, 'relations'>,
  target: Omit<Draft, 'relations'>,
  means: Means | undefined,
  report: Report,
): { readonly left: DraftColumn; readonly right: DraftRight }[] {
  const path = ['relations', key, 'match', leftName]
  const side = rightSide(rightName, target)
  if (!side) {
    const known = [...target.fields.map(field => field.name), ...[...target.key, ...target.joinable].map(({ column }) => column)]
    report('RELATION_RIGHT', path, { name: rightName, id: target.id, hint: meant(rightName, known) })
    return []
  }
  const left = leftSide(path, leftName, own, side, form.normalise !== undefined, report)
  if (!left) return []
  checkTypes(path, left, side.type, form.normalise !== undefined, report)
  const coarsened = 'field' in side.right ? target.fields.find(field => field.name === rightName && field.coarsen) : undefined
  if (coarsened) report('RELATION_COARSENED', path, { name: coarsened.name })
  const operators = means?.capabilities.filter[side.type.type]
  if (means && canTellApart(side.type.type) && !operators?.some(op => op === 'in' || op === 'eq'))
    report('RELATION_UNSUPPORTED', path, { kind: means.kind, type: typeWords(side.type.type) })
  if (means && side.written && !usableWritten(side.type.type, side.written, means.capabilities))
    report('RELATION_WRITTEN', path, { kind: means.kind, name: rightName })
  return [{ left, right: side.right }]
}

/** A field name first, then a column of `key` or `joinable`. */
function rightSide(name: string, target: Omit<Draft, 'relations'>): Side | undefined {
  const field = target.fields.find(field => field.name === transliterate(name))
  if (field) {
    const right = { field: field.name }
    // A key or joinable column over the same column is what is compared: see `policy.ts`.
    const stored = knownColumn(field.column, [...target.key, ...target.joinable])
    if (stored) return { right, type: stored }
    return { right, type: knownColumn(field.column, [field])!, ...(field.written && { written: field.written }) }
  }
  const column = knownColumn(name, [...target.key, ...target.joinable])
  return column && { right: { column: name }, type: column }
}

/** A column that is named nowhere else takes the type of what it is compared with. */
function leftSide(
  path: readonly string[],
  name: string,
  own: Omit<Draft, 'relations'>,
  side: Side,
  asText: boolean,
  report: Report,
): DraftColumn | undefined {
  const engine = knownColumn(name, [...own.key, ...own.joinable])
  if (engine) return engine
  const field = own.fields.find(field => field.column === name)
  if (field?.coarsen) report('RELATION_COARSENED', path, { name: field.name })
  if (field) return knownColumn(name, [field])
  const mistaken: DraftField | undefined = own.fields.find(field => field.name === transliterate(name))
  if (mistaken) report('RELATION_LEFT', path, { name, column: mistaken.column })
  return asText ? { column: name, type: 'text' } : { ...side.type, column: name }
}

function checkTypes(path: readonly string[], left: DraftColumn, right: DraftColumn, asText: boolean, report: Report): void {
  if (!canTellApart(left.type) || !canTellApart(right.type))
    report('KEY_TYPE', path, { type: typeWords(canTellApart(left.type) ? right.type : left.type) })
  else if (asText && kindOf(right.type) !== 'text') report('RELATION_NORMALISE', path, { right: typeWords(right.type) })
  else if (!asText && kindOf(left.type) !== kindOf(right.type))
    report('RELATION_TYPES', path, { left: typeWords(left.type), right: typeWords(right.type) })
}

function compact({ trim, upper, padStart, map }: NonNullable<RelationForm['normalise']>) {
  return { ...(trim && { trim }), ...(upper && { upper }), ...(padStart && { padStart }), ...(map && { map }) }
}
