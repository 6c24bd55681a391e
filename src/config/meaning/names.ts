/** Would two datasets have one name in the interface, or take one from the gateway? */

import type { Dataset } from '../../model/index.ts'
import type { DatasetForm } from '../form/dataset.ts'
import { fieldNameFrom, fold, isFieldName, isReservedType, isTypeName, reservedRoots, transliterate } from '../names.ts'
import type { Report } from './report.ts'

/** Names as callers see them. */
export function datasetNames({ names: { type, one, many } }: DatasetForm): Dataset['names'] {
  return { type: transliterate(type), one: transliterate(one), many: transliterate(many) }
}

/** Rules about the names of one dataset. */
export function checkNameForms(form: DatasetForm, report: Report): void {
  const { type, one, many } = datasetNames(form)
  if (!isTypeName(type)) report('TYPE_NAME', ['names', 'type'], { name: form.names.type, right: typeNameFrom(form.names.type) })
  else if (isReservedType(type)) report('NAME_RESERVED', ['names', 'type'], { name: type, right: `${type}Daten` })
  for (const [part, name] of [
    ['one', one],
    ['many', many],
  ] as const) {
    if (!isFieldName(name))
      report('FIELD_NAME', ['names', part], { name: form.names[part], right: fieldNameFrom(form.names[part]) || 'baum' })
    else if (reservedRoots.some(root => fold(root) === fold(name)))
      report('NAME_RESERVED', ['names', part], { name, right: `${name}Liste` })
  }
}

/** One dataset with its place to report to. */
export interface Named {
  readonly form: DatasetForm
  readonly report: Report
}

/** Rules about the names of all datasets together; the later file gets the mistake, which names the earlier. */
export function checkNameClashes(datasets: readonly Named[]): void {
  const types = new Map<string, string>()
  const roots = new Map<string, string>()
  for (const { form, report } of datasets) {
    const { type, one, many } = datasetNames(form)
    const claim = (taken: Map<string, string>, part: 'type' | 'one' | 'many', names: readonly string[]) => {
      const other = names.map(name => taken.get(fold(name))).find(owner => owner !== undefined)
      if (other !== undefined) report('NAME_TAKEN', ['names', part], { name: form.names[part], other })
      else for (const name of names) taken.set(fold(name), `„${form.names[part]}“ (${form.id})`)
    }
    claim(types, 'type', [type])
    claim(roots, 'one', [one])
    claim(roots, 'many', [many, `${many}Aggregate`])
  }
}

function typeNameFrom(text: string): string {
  const name = fieldNameFrom(text)
  return name ? name.slice(0, 1).toUpperCase() + name.slice(1) : 'Baum'
}
