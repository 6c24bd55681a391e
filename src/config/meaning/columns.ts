/** Which type has a column that only the engine knows? */

import type { Written } from '../../model/index.ts'
import type { DraftColumn, DraftField } from '../draft.ts'
import type { DatasetForm } from '../form/dataset.ts'
import type { ColumnForm } from '../form/field.ts'
import type { Report } from './report.ts'
import { canTellApart, kindOf, typeWords } from './types.ts'

/** Columns of `key` or `joinable`: with the type given there, else that of a field over the same column, else text. */
export function checkColumns(part: 'key' | 'joinable', form: DatasetForm, fields: readonly DraftField[], report: Report): DraftColumn[] {
  return form[part].map((entry, index) => {
    const path = [part, index]
    const column = typed(entry, fields)
    const field = fields.find(field => field.column === column.column)
    if (form[part].findIndex(other => other.column === column.column) < index) report('DUPLICATE_ENTRY', path, { entry: column.column })
    // Keys and joins compare what is stored, however the field reads it.
    if (field && !field.written && kindOf(field.type) !== kindOf(column.type))
      report('COLUMN_TYPES', path, { type: typeWords(column.type), field: field.name, other: typeWords(field.type) })
    if (!canTellApart(column.type)) report('KEY_TYPE', path, { type: typeWords(column.type) })
    if (column.zone && column.type !== 'datetime') report('ZONE_ELSEWHERE', path, {})
    return column
  })
}

function typed(
  { column, type, zone }: ColumnForm & { readonly type?: DraftColumn['type'] | undefined; readonly zone?: string | undefined },
  fields: readonly DraftField[],
): DraftColumn {
  if (type) return { column, type, ...(zone && { zone }) }
  return storedColumn(column, fields) ?? { column, type: 'text', ...(zone && { zone }) }
}

/** What is declared elsewhere of a column, as it is stored: a column that its source writes in its own way is a text there. */
export function storedColumn(column: string, declared: readonly (DraftColumn & { readonly written?: Written })[]): DraftColumn | undefined {
  const found = declared.find(other => other.column === column)
  return found?.written ? { column, type: 'text' } : knownColumn(column, declared)
}

/** What is declared elsewhere of a column. */
export function knownColumn(column: string, declared: readonly DraftColumn[]): DraftColumn | undefined {
  const found = declared.find(other => other.column === column)
  return found && { column, type: found.type, ...(found.zone && { zone: found.zone }) }
}
