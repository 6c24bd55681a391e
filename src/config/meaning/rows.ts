/** Which rows may leave at all? The row rule, with values in the form of their column. */

import { calendarDate, canonicalDecimal, type FieldType, instant, type Scalar } from '../../model/index.ts'
import type { DraftColumn, DraftRule } from '../draft.ts'
import type { DatasetForm } from '../form/dataset.ts'
import type { RowsForm } from '../form/field.ts'
import type { Path } from '../mistake.ts'
import { storedColumn } from './columns.ts'
import type { Means } from './fields.ts'
import type { Report } from './report.ts'
import { typeWords } from './types.ts'

const operators = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn', 'contains', 'startsWith', 'isNull'] as const
type Op = (typeof operators)[number]
type Comparisons = Extract<RowsForm[string], object>

/**
 * @param declared columns with a type: fields, key, joinable
 * @param written  a plain scalar as it stands in the file, so that `007` can be a text
 */
export function checkRows(
  form: DatasetForm,
  declared: readonly DraftColumn[],
  means: Means | undefined,
  written: (path: Path) => string | undefined,
  report: Report,
): DraftRule[] {
  return Object.entries(form.rows ?? {}).flatMap(([name, rule]) => {
    const comparisons: Comparisons = typeof rule === 'object' && rule !== null ? rule : { eq: rule }
    const found = operators.filter(op => comparisons[op] !== undefined)
    if (found.length === 0) report('ROWS_FORM', ['rows', name], { operators: operators.join(', ') })
    const column = columnOf(name, comparisons, declared)
    return found.flatMap(op => {
      const path: Path = comparisons === rule ? ['rows', name, op] : ['rows', name]
      const value = compared(op, comparisons[op], column, path, written, report)
      const possible = means?.capabilities.filter[column.type]?.includes(op) ?? means === undefined
      if (value !== undefined && !possible) report('ROWS_UNSUPPORTED', path, { kind: means?.kind ?? '', op, type: typeWords(column.type) })
      return value === undefined ? [] : [{ ...column, op, value }]
    })
  })
}

/** The type said beside the condition, else the declared one, else the one the value suggests. */
function columnOf(column: string, rule: Comparisons, declared: readonly DraftColumn[]): DraftColumn {
  if (rule.type) return { column, type: rule.type, ...(rule.zone && { zone: rule.zone }) }
  const values = operators.flatMap(op => rule[op] ?? []).filter(value => value !== null)
  return storedColumn(column, declared) ?? { column, type: rule.isNull === undefined ? suggested(values) : 'text' }
}

function suggested(values: readonly Scalar[]): FieldType {
  if (values.length === 0) return 'text'
  if (values.every(value => typeof value === 'boolean')) return 'boolean'
  if (values.every(value => typeof value === 'number')) return values.every(Number.isSafeInteger) ? 'int' : 'decimal'
  return 'text'
}

function compared(
  op: Op,
  value: unknown,
  column: DraftColumn,
  path: Path,
  written: (path: Path) => string | undefined,
  report: Report,
): Scalar | Scalar[] | undefined {
  if (op === 'isNull') return value as boolean
  const single = (item: unknown, at: Path): Scalar[] => {
    if (item === null) {
      report('ROWS_NULL', at, {})
      return []
    }
    const found = canonical(item as Scalar, written(at), column, op)
    if (found === undefined) report('ROWS_VALUE', at, { type: typeWords(column.type) })
    return found === undefined ? [] : [found]
  }
  return Array.isArray(value) ? value.flatMap((item, index) => single(item, [...path, index])) : single(value, path)[0]
}

function canonical(value: Scalar, source: string | undefined, { type, zone }: DraftColumn, op: Op): Scalar | undefined {
  const text = typeof value === 'string' ? value : (source ?? String(value))
  if ((op === 'contains' || op === 'startsWith') && type !== 'text') return undefined
  switch (type) {
    case 'text':
    case 'code':
      return text
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
    case 'bigint':
      return typeof value !== 'boolean' && /^-?\d{1,19}$/.test(text) ? canonicalDecimal(text) : undefined
    case 'decimal':
      return typeof value === 'boolean' ? undefined : canonicalDecimal(text)
    case 'float':
      return typeof value === 'number' ? value : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return calendarDate(text)
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text) ? text : undefined
    case 'datetime':
      return instant(text, zone)
    default:
      return undefined
  }
}
