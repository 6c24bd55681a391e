/** Counts and figures by group: `…Aggregate`. */

import { type Cell, canonicalDecimal, type Dataset, type Measure, type OpenField, type Row, shiftDecimal } from '../model/index.ts'
import { type MeasureName, measurable, measureTypes, typeNames } from '../schema/index.ts'
import { type Asking, defaultGroups } from './asking.ts'
import { type FilterInput, groupedField, readFilter } from './filter.ts'
import { type Grouped, readGroups } from './groups.ts'
import { pageTooLarge } from './page.ts'
import { present } from './present.ts'
import { refuse } from './refuse.ts'
import { below, type Selected, selectionAt } from './selection.ts'

export interface AggregateArguments {
  readonly filter?: FilterInput | null
  readonly groupBy?: readonly string[] | null
  readonly first?: number | null
}

/** @throws GatewayError PAGE_TOO_LARGE, BAD_USER_INPUT, and whatever the source answers with */
export async function resolveAggregate(dataset: Dataset, args: AggregateArguments, asking: Asking, info: Selected) {
  const { limits } = asking.house
  const limit = args.first ?? Math.min(defaultGroups, limits.groups)
  if (limit > limits.groups) throw pageTooLarge(limits.groups)
  if (limit < 1) throw refuse('BAD_USER_INPUT', { de: '„first“ muss mindestens 1 sein.', en: '"first" must be at least 1.' })
  const where = readFilter(dataset, args.filter, limits.filterValues)
  const groupBy = [...new Set(args.groupBy ?? [])].map(name => groupedField(dataset, name))
  const groups = below(selectionAt(info, [typeNames(dataset).aggregate]).get('groups'), info)
  const measures: Measure[] = [{ function: 'count' }]
  for (const measure of Object.keys(measureTypes) as MeasureName[]) {
    const selected = below(groups.get(measure), info)
    for (const column of measurable(dataset, measure)) if (selected.has(column.name)) measures.push({ function: measure, column })
  }
  if (where === 'none') return { groups: groupBy.length > 0 ? [] : [nothing(measures)], hasMoreGroups: false }
  const request: Grouped = {
    kind: 'aggregate',
    dataset,
    ...(where !== 'all' && { where }),
    groupBy,
    measures,
    limit: groupBy.length > 0 ? limit + 1 : 1,
  }
  const rows = await readGroups(asking, request)
  return { groups: rows.slice(0, limit).map(row => readGroup(row, groupBy, measures, asking)), hasMoreGroups: rows.length > limit }
}

function readGroup(row: Row, groupBy: readonly OpenField[], measures: readonly Measure[], asking: Asking) {
  const { zone } = asking.house
  const keys = Object.fromEntries(groupBy.map((field, at) => [field.name, present(field, row[at] ?? null, zone, asking.language)]))
  const group: Record<string, unknown> = { keys, count: 0 }
  measures.forEach((measure, index) => {
    const cell = row[groupBy.length + index] ?? null
    if (!measure.column) group.count = cell
    else
      group[measure.function] = {
        ...(group[measure.function] as object),
        [measure.column.name]: figure(measure, measure.column, cell, asking),
      }
  })
  return group
}

/** A measure in the unit in which the field is served. */
function figure(measure: Measure, field: OpenField, cell: Cell, asking: Asking): unknown {
  if (cell === null || measure.function === 'countDistinct') return cell
  if (measure.function === 'min' || measure.function === 'max') return present(field, cell, asking.house.zone, asking.language)
  if (!field.shift) return cell
  return typeof cell === 'number' ? cell * 10 ** field.shift : shiftDecimal(canonicalDecimal(String(cell)) ?? '0', field.shift)
}

function nothing(measures: readonly Measure[]) {
  const group: Record<string, unknown> = { keys: {}, count: 0 }
  for (const { function: name, column } of measures)
    if (column) group[name] = { ...(group[name] as object), [column.name]: name === 'countDistinct' ? 0 : null }
  return group
}
