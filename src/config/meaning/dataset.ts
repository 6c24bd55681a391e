/** Does one dataset file make sense by itself and with its source? */

import type { Audiences } from '../audiences.ts'
import type { Draft } from '../draft.ts'
import type { DatasetForm } from '../form/dataset.ts'
import { meant } from '../form/phrases.ts'
import type { Path } from '../mistake.ts'
import { checkCoarsenedKey } from './coarsen.ts'
import { checkColumns } from './columns.ts'
import { checkFields, type Means } from './fields.ts'
import { checkNameForms, datasetNames } from './names.ts'
import type { Report } from './report.ts'
import { checkRows } from './rows.ts'

export interface DatasetContext {
  readonly means: Means | undefined
  readonly sourceTitle: string
  /** As the kind of source parsed it. */
  readonly place: Readonly<Record<string, unknown>>
  /** Absent while nothing is known of them. */
  readonly audiences: Audiences | undefined
  written(path: Path): string | undefined
}

/** A dataset as a draft, without its relations: those need all the other drafts. */
export function checkDataset(form: DatasetForm, context: DatasetContext, report: Report): Omit<Draft, 'relations'> {
  const { means, audiences } = context
  checkNameForms(form, report)
  if (audiences) checkAudiences(form, audiences, report)
  const fields = checkFields(form, means, audiences, report)
  const key = checkColumns('key', form, fields, report)
  checkCoarsenedKey(key, fields, report)
  const joinable = checkColumns('joinable', form, fields, report)
  const rows = checkRows(form, [...key, ...joinable, ...fields], means, context.written, report)
  const { use, ...written } = form.source
  const { id, title, about, owner, licence, attribution, updated } = form
  return {
    id,
    title,
    ...(about && { about }),
    owner: { department: owner.department, ...('contact' in owner && owner.contact && { contact: owner.contact }) },
    licence,
    ...(attribution && { attribution }),
    themes: form.themes,
    ...(updated && { updated }),
    names: datasetNames(form),
    source: { id: use, kind: means?.kind ?? '', title: context.sourceTitle },
    place: context.place,
    placeAsWritten: written,
    can: means?.capabilities ?? nothing,
    ...(form.small && { small: form.small }),
    key,
    joinable,
    rows,
    audiences: form.audience ?? ['public'],
    listed: form.listed,
    fields,
    freshForSeconds: form.freshFor / 1000,
    staleForSeconds: form.staleFor / 1000,
  }
}

/** Of a source that is not known; such a configuration is refused anyway. */
const nothing: Draft['can'] = { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' }

/** What can be judged of a file some of whose entries are wrong: each field by itself, and names. Types of columns may hang on what is missing. */
export function checkRest(form: DatasetForm, { means, audiences }: DatasetContext, report: Report): void {
  checkNameForms(form, report)
  if (audiences) checkAudiences(form, audiences, report)
  if (Object.keys(form.fields).length > 0) checkFields(form, means, audiences, report)
}

function checkAudiences(form: DatasetForm, audiences: Audiences, report: Report): void {
  const check = (names: readonly string[] | undefined, path: Path) => {
    for (const name of names ?? [])
      if (!audiences.has(name)) report('AUDIENCE_UNKNOWN', path, { name, hint: meant(name, [...audiences.keys()]) })
  }
  check(form.audience, ['audience'])
  for (const [key, field] of Object.entries(form.fields)) check(field.audience, ['fields', key, 'audience'])
}
