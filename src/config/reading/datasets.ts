/** What do the files in `datasets/` say, by themselves, with their sources, and together? */

import type { z } from 'zod'
import { localCapabilities } from '../../model/index.ts'
import type { Audiences } from '../audiences.ts'
import type { Draft } from '../draft.ts'
import type { Loaded } from '../files/load.ts'
import { type DatasetForm, datasetForm } from '../form/dataset.ts'
import { parseForm } from '../form/parse.ts'
import { meant } from '../form/phrases.ts'
import type { SourceForm } from '../form/source.ts'
import type { SourceKindParser } from '../gateway.ts'
import { checkDataset, checkRest } from '../meaning/dataset.ts'
import type { Means } from '../meaning/fields.ts'
import { checkNameClashes } from '../meaning/names.ts'
import { checkRelations } from '../meaning/relations.ts'
import { type Report, reporter } from '../meaning/report.ts'
import type { Mistake } from '../mistake.ts'
import { firstById, idOf, type Known } from './known.ts'
import { notYet } from './later.ts'

/** A dataset file on its way to a draft. */
interface Sheet {
  readonly file: Loaded
  readonly form: DatasetForm
  readonly means: Means | undefined
  readonly report: Report
  /** Absent when the file has mistakes of form: then only what is right in it was looked at. */
  readonly draft: Omit<Draft, 'relations'> | undefined
}

/**
 * @param audiences absent when `gateway.yml` is wrong: then no dataset is blamed for its audience
 */
export function readDatasets(
  files: readonly Loaded[],
  sources: Known<SourceForm>,
  kinds: readonly SourceKindParser[],
  audiences: Audiences | undefined,
  mistakes: Mistake[],
): readonly Draft[] {
  const mine = firstById(
    files.filter(({ role }) => role === 'dataset'),
    mistakes,
  )
  const sheets = mine.flatMap(file => readOne(file, sources, kinds, audiences, mistakes) ?? [])
  checkNameClashes(sheets)
  const drafts = new Map(sheets.flatMap(({ draft }) => (draft ? [[draft.id, draft]] : [])))
  const broken = new Set(mine.flatMap(file => idOf(file) ?? []).filter(id => !drafts.has(id)))
  const means = (id: string) => sheets.find(({ draft }) => draft?.id === id)?.means
  return sheets.flatMap(({ form, draft, report }) => {
    if (!draft) return []
    const relations = checkRelations(form.relations, draft, { drafts, broken, means }, report)
    return [{ ...draft, relations }]
  })
}

function readOne(
  file: Loaded,
  sources: Known<SourceForm>,
  kinds: readonly SourceKindParser[],
  audiences: Audiences | undefined,
  mistakes: Mistake[],
): Sheet | undefined {
  const report = reporter(file, mistakes)
  const data = withFields(notYet(file.data, report), report)
  if (data === undefined) return undefined
  const parsed = parseForm(datasetForm, data, file)
  mistakes.push(...(parsed.mistakes ?? []))
  const form = parsed.value ?? parsed.rest
  if (!form) return undefined
  const source = sources.known.get(form.source.use)
  if (!source && !sources.broken.has(form.source.use))
    report('SOURCE_UNKNOWN', ['source', 'use'], { id: form.source.use, hint: meant(form.source.use, [...sources.known.keys()]) })
  const parser = source && kinds.find(({ kinds }) => kinds.includes(source.kind))
  const means = source && parser && { kind: source.kind, capabilities: form.small ? localCapabilities : parser.capabilities(source.kind) }
  const place = readPlace(form, parser, file, mistakes)
  const context = { means, sourceTitle: source?.title ?? '', place, audiences, written: file.written }
  if (parsed.value) return { file, form, means, report, draft: checkDataset(form, context, report) }
  checkRest(form, context, report)
  return { file, form, means, report, draft: undefined }
}

/** A draft whose fields are all comments says nothing below `fields:`. It is told about whatever else is missing. */
function withFields(data: unknown, report: Report): unknown {
  if (typeof data !== 'object' || data === null || !('fields' in data)) return data
  const { fields } = data
  const none = fields === null || (typeof fields === 'object' && Object.keys(fields).length === 0)
  if (none) report('NO_FIELDS', ['fields'], {})
  return none ? { ...data, fields: {} } : data
}

function readPlace(
  form: DatasetForm,
  parser: SourceKindParser | undefined,
  file: Loaded,
  mistakes: Mistake[],
): Readonly<Record<string, unknown>> {
  if (!parser) return {}
  const { use: _, ...rest } = form.source
  const at = { file: file.file, line: file.line, path: ['source'] }
  const { value, mistakes: wrong = [] } = parseForm(parser.place as z.ZodType<Readonly<Record<string, unknown>>>, rest, at)
  mistakes.push(...wrong)
  return value ?? {}
}
