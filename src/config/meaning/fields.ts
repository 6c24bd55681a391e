/** Do the fields of a dataset make sense? */

import type { Capabilities, FieldType, Use } from '../../model/index.ts'
import type { Audiences } from '../audiences.ts'
import type { DraftField } from '../draft.ts'
import type { DatasetForm } from '../form/dataset.ts'
import type { FieldForm } from '../form/field.ts'
import { fieldNameFrom, fold, isFieldName, reservedFields, transliterate } from '../names.ts'
import { checkCoarsened, fits } from './coarsen.ts'
import type { Report } from './report.ts'
import { isGeometry, isNumber, isTime, isWhole, typeWords } from './types.ts'
import { checkWritten, usableWritten, writtenOf } from './written.ts'

/** What the source's kind can do; absent when the source is not known. */
export interface Means {
  readonly kind: string
  readonly capabilities: Capabilities
}

/** Fields as drafts; every rule about a single field or about two fields of one dataset. */
export function checkFields(form: DatasetForm, means: Means | undefined, audiences: Audiences | undefined, report: Report): DraftField[] {
  const names = checkNames(form, report)
  const fields = Object.entries(form.fields).map(([key, field]) => {
    checkField(key, field, means, report)
    return { key, draft: draftOf(names.get(key) ?? key, key, field, form.audience ?? ['public']) }
  })
  if (audiences) checkCoarsened(fields, audiences, report)
  return fields.map(({ draft }) => draft)
}

/** Names of fields and relations share one space: both are fields of the dataset's type. */
function checkNames(form: DatasetForm, report: Report): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Map<string, string>()
  for (const part of ['fields', 'relations'] as const)
    for (const key of Object.keys(form[part])) {
      const name = transliterate(key)
      if (part === 'fields') names.set(key, name)
      const path = [part, key]
      const other = taken.get(fold(name))
      if (!isFieldName(name)) report('FIELD_NAME', path, { name: key, right: fieldNameFrom(key) || 'feld' })
      else if (reservedFields.includes(name)) report('NAME_RESERVED', path, { name, right: name === 'id' ? 'kennung' : `${name}Wert` })
      else if (other !== undefined) report('NAME_TAKEN', path, { name: key, other: `„${other}“` })
      else taken.set(fold(name), key)
    }
  return names
}

function draftOf(name: string, key: string, form: FieldForm, inherited: readonly string[]): DraftField {
  const { title, about, unit, scale, codes, zone, crs, written, coarsen, deprecated } = form
  return {
    name,
    column: form.column,
    type: form.type,
    title: title ?? { de: key, en: key },
    ...(about && { about }),
    ...(unit && { unit }),
    ...(scale !== undefined && { shift: scale }),
    ...(codes && { codes }),
    ...(zone && { zone }),
    ...(crs && { crs }),
    ...(written && { written: writtenOf(written) }),
    ...(coarsen && { coarsen: coarsen.to }),
    ...(deprecated && { deprecated }),
    use: new Set(form.use),
    audiences: form.audience ?? inherited,
  }
}

function checkField(key: string, field: FieldForm, means: Means | undefined, report: Report): void {
  const path = ['fields', key]
  const type = typeWords(field.type)
  if (field.type === 'code' && !field.codes) report('CODES_MISSING', path, {})
  if (field.type !== 'code' && field.codes) report('CODES_ELSEWHERE', [...path, 'codes'], {})
  for (const only of ['unit', 'scale'] as const)
    if (field[only] !== undefined && !isNumber(field.type)) report('UNIT_ELSEWHERE', [...path, only], { key: only, type })
  if (field.scale !== undefined && field.scale < 0 && isWhole(field.type))
    report('SCALE_WHOLE', [...path, 'scale'], { scale: Number(`1e${field.scale}`) })
  if (field.zone && field.type !== 'datetime') report('ZONE_ELSEWHERE', [...path, 'zone'], {})
  if (field.crs && !isGeometry(field.type)) report('CRS_ELSEWHERE', [...path, 'crs'], {})
  if (field.coarsen && !fits(field.coarsen.to, field.type)) report('COARSEN_TYPE', [...path, 'coarsen'], { type })
  checkWritten(path, field, report)
  checkUses(path, field, means, report)
}

function checkUses(path: readonly string[], field: FieldForm, means: Means | undefined, report: Report): void {
  field.use.forEach((use, index) => {
    const at = [...path, 'use', index]
    if (field.use.indexOf(use) < index) report('DUPLICATE_ENTRY', at, { entry: use })
    else if (use === 'read') return
    else if (!field.use.includes('read')) report('USE_WITHOUT_READ', at, { use })
    else if (field.coarsen) report('USE_COARSENED', at, { use })
    else if (isGeometry(field.type) && use !== 'filter') report('USE_GEOMETRY', at, { use })
    else if (field.type === 'code' && (use === 'sort' || use === 'aggregate')) report('USE_CODE', at, { use })
    else if (use === 'aggregate' && !isNumber(field.type) && !isTime(field.type))
      report('USE_AGGREGATE_TYPE', at, { type: typeWords(field.type) })
    else if (means && !can(means.capabilities, use, field.type))
      report('USE_UNSUPPORTED', at, { kind: means.kind, use, type: typeWords(field.type) })
    else if (means && field.written && !usableWritten(field.type, writtenOf(field.written), means.capabilities))
      report('USE_WRITTEN', at, { kind: means.kind, use })
  })
}

function can(capabilities: Capabilities, use: Exclude<Use, 'read'>, type: FieldType): boolean {
  if (use === 'filter') return (capabilities.filter[type] ?? []).length > 0
  if (use === 'aggregate') return capabilities.aggregate.some(name => name === 'min' || name === 'max' || isNumber(type))
  return capabilities[use].includes(type)
}
