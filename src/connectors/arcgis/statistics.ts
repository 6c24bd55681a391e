/** Which counts and sums can the service be trusted with, and what do its answers mean? */

import {
  type AggregateRequest,
  type Cell,
  type Column,
  canonicalDecimal,
  type Measure,
  type Row,
  sourceFailure,
} from '../../model/index.ts'
import { compareRows, type LocalRow } from '../shared/local.ts'
import { Distrusted, fieldOf, isGeometry, type Layer } from './layer.ts'
import type { Statistic } from './request.ts'
import { attributeCell, type Features } from './response.ts'

/** What the service is asked for: the rows of each group, then one number per measure. */
export interface Plan {
  readonly statistics: readonly Statistic[]
  readonly groupBy: readonly string[]
}

const rowsName = 'rows_found'
const measureName = (at: number): string => `measure_${at}`

/**
 * The statistics that answer a request, when their meaning is beyond doubt: over numbers and instants. Texts are left to us, since
 * many databases hold `Linde` and `linde` equal, and so is counting different values, which services do not know.
 *
 * @returns `undefined` when it has to be worked out here
 */
export function statisticsFor(layer: Layer, { groupBy, measures }: AggregateRequest): Plan | undefined {
  if (!layer.canStatistics || layer.objectId === undefined) return undefined
  if (!groupBy.every(column => isPlain(layer, column)) || !measures.every(measure => isPlainMeasure(layer, measure))) return undefined
  const counting: Statistic = { function: 'count', field: layer.objectId, as: rowsName }
  const others = measures.map((measure, at): Statistic => {
    const field = measure.column ? fieldOf(layer, measure.column)!.name : layer.objectId!
    return { function: measure.function as Statistic['function'], field, as: measureName(at) }
  })
  return { statistics: [counting, ...others], groupBy: groupBy.map(column => fieldOf(layer, column)!.name) }
}

function isPlain(layer: Layer, column: Column): boolean {
  if (isGeometry(column) || column.written) return false
  const { kind } = fieldOf(layer, column)!
  const { type } = column
  if (kind === 'number') return ['int', 'bigint', 'decimal', 'float', 'code', 'boolean'].includes(type)
  return kind === 'instant' && type === 'datetime'
}

function isPlainMeasure(layer: Layer, { function: name, column }: Measure): boolean {
  if (!column) return true
  if (name === 'countDistinct' || !isPlain(layer, column)) return false
  const numeric = ['int', 'bigint', 'decimal', 'float'].includes(column.type)
  return numeric || name === 'count' || (column.type === 'datetime' && (name === 'min' || name === 'max'))
}

/**
 * The rows of an aggregate, from the service's groups.
 *
 * Services add up in floating point: sums of decimals are rounded to the 15 digits that a float holds.
 *
 * @throws Distrusted when not all groups have come
 */
export function readStatistics({ features, exceeded }: Features, request: AggregateRequest, layer: Layer): readonly Row[] {
  const { groupBy, measures, limit } = request
  if (exceeded || (groupBy.length > 0 && features.length >= layer.pageSize)) {
    throw new Distrusted('canStatistics', `${layer.url} gave ${features.length} groups, and perhaps not all`)
  }
  const groups = features.map(({ attributes }) => {
    const named = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]))
    const cells = new Map(groupBy.map(column => [column, cellOf(named.get(fieldOf(layer, column)!.name.toLowerCase()), column, layer)]))
    const group: LocalRow = column => cells.get(column) ?? null
    return {
      group,
      count: numberOf(named.get(rowsName), layer),
      values: measures.map((measure, at) => measureCell(measure, named.get(measureName(at)), layer)),
    }
  })
  if (groupBy.length === 0 && groups.length !== 1) throw sourceFailure('SOURCE_ANSWER_INVALID', `${layer.url} gave ${groups.length} totals`)
  const byValues = compareRows(groupBy.map(column => ({ column, direction: 'asc', nulls: 'last' })))
  return groups
    .sort((a, b) => b.count - a.count || byValues(a.group, b.group))
    .slice(0, limit)
    .map(({ group, values }) => [...groupBy.map(group), ...values])
}

/** @throws GatewayError SOURCE_ANSWER_INVALID when there is no number */
export function numberOf(raw: unknown, layer: Layer): number {
  const number = raw === null || raw === undefined || raw === '' ? Number.NaN : Number(raw)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw sourceFailure('SOURCE_ANSWER_INVALID', `${layer.url} did not say how many rows there are`)
}

function measureCell({ function: name, column }: Measure, raw: unknown, layer: Layer): Cell {
  if (name === 'count' || !column) return numberOf(raw, layer)
  if (raw === null || raw === undefined || raw === 'NaN') return null
  if (name === 'min' || name === 'max') return cellOf(raw, column, layer)
  const number = Number(raw)
  if (!Number.isFinite(number)) return null
  if (name === 'avg' || column.type === 'float') return number
  return canonicalDecimal(column.type === 'decimal' ? number.toPrecision(15) : String(raw)) ?? null
}

function cellOf(raw: unknown, column: Column, layer: Layer): Cell {
  return attributeCell(raw, column, fieldOf(layer, column)!) ?? null
}
