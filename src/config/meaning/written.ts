/** Does what a field says of its source's spelling fit its type, and can the source still do what the field allows? */

import { askable, type Capabilities, compileFormat, type FieldType, markersOf, type Written, withoutBlanks } from '../../model/index.ts'
import type { WrittenForm } from '../form/written.ts'
import type { Report } from './report.ts'
import { isGeometry, isNumber, typeWords } from './types.ts'

/** What is said, without what is not. */
export function writtenOf(form: WrittenForm): Written {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined))
}

/** @param path of the field */
export function checkWritten(
  path: readonly string[],
  {
    type,
    zone,
    written: form,
  }: { readonly type: FieldType; readonly zone?: string | undefined; readonly written?: WrittenForm | undefined },
  report: Report,
): void {
  if (!form) return
  const at = [...path, 'written']
  const written = writtenOf(form)
  const fitting = keysFor(type)
  const strange = keysOf(written).filter(key => !fitting.includes(key))
  for (const key of strange)
    report('WRITTEN_TYPE', [...at, key], { key, type: typeWords(type), fitting: fitting.join(', ') || { de: 'nichts', en: 'nothing' } })
  if (Object.keys(written).length === 0) report('WRITTEN_EMPTY', at, {})
  if (strange.length > 0) return
  if ((written.true === undefined) !== (written.false === undefined)) report('WRITTEN_TRUTH', at, {})
  const twice = meaningTwice(written)
  if (twice !== undefined) report('WRITTEN_TWICE', at, { word: twice })
  if (written.group !== undefined && written.group === (written.decimal ?? '.')) report('WRITTEN_GROUP', [...at, 'group'], {})
  if (written.format !== undefined && written.epoch !== undefined) report('WRITTEN_TIME', [...at, 'epoch'], {})
  else if (written.format !== undefined) checkFormat([...at, 'format'], written.format, type, zone, report)
}

function keysOf(written: Written): (keyof Written)[] {
  return Object.keys(written) as (keyof Written)[]
}

function keysFor(type: FieldType): readonly (keyof Written)[] {
  if (isGeometry(type)) return []
  if (isNumber(type)) return ['missing', 'decimal', 'group', 'around']
  switch (type) {
    case 'boolean':
      return ['true', 'false', 'missing']
    case 'time':
      return ['format', 'missing']
    case 'date':
    case 'datetime':
      return ['format', 'epoch', 'missing']
    default:
      return ['trim', 'missing']
  }
}

/** A word that stands for two things. */
function meaningTwice(written: Written): string | undefined {
  const words = [...markersOf(written), ...[...(written.true ?? []), ...(written.false ?? [])].map(withoutBlanks)]
  return words.find((word, at) => words.indexOf(word) < at)
}

function checkFormat(path: readonly string[], format: string, type: FieldType, zone: string | undefined, report: Report): void {
  const source = compileFormat(format)?.source ?? ''
  const holds = (name: string) => source.includes(`(?<${name}>`)
  const day = ['year', 'month', 'day'].every(holds)
  const clock = holds('hour') && (holds('minute') || !holds('second'))
  const timeless = ['hour', 'minute', 'second'].every(name => !holds(name))
  const fits =
    type === 'time' ? clock && !['year', 'month', 'day'].some(holds) : type === 'date' ? day && timeless : day && (clock || timeless)
  if (!fits) report('WRITTEN_FORMAT_TYPE', path, { type: typeWords(type) })
  else if (type === 'datetime' && zone === undefined) report('WRITTEN_ZONE', path, {})
}

/** Whether callers may do more with a field than read it, although its source writes it in its own way. */
export function usableWritten(type: FieldType, written: Written, capabilities: Capabilities): boolean {
  return capabilities.written === 'here' || (capabilities.written === 'there' && askable(type, written))
}
