/** Can the service bring rows into an order, and where will it put the missing values? */

import type { Column, Condition, Order, RowsRequest } from '../../model/index.ts'
import { compareRows, type LocalRow } from '../shared/local.ts'
import { Distrusted, fieldOf, isGeometry, type Layer, type LayerField } from './layer.ts'

/** A part of the rows that the service can bring into order by itself. Parts follow each other. */
export interface Part {
  /** SQL; absent: every row. */
  readonly where?: string
  readonly orderBy: readonly Order[]
}

/**
 * The parts in which a service can give rows in an order.
 *
 * A query cannot say where missing values go, and databases differ. So rows without a value in the first column are asked for by
 * themselves, before or after the others. The columns behind it must always have a value.
 *
 * @returns `undefined` when the order has to be made here
 */
export function partsInOrder(layer: Layer, { orderBy, dataset }: Pick<RowsRequest, 'orderBy' | 'dataset'>): readonly Part[] | undefined {
  if (!layer.canPage || !layer.canOrder || layer.objectId === undefined) return undefined
  if (!orderBy.every(({ column }) => isOrdered(layer, column))) return undefined
  const always = (column: Column): boolean => {
    const field = fieldOf(layer, column)
    return !field?.nullable || field.name === layer.objectId || dataset.key.some(key => key.column === column.column)
  }
  const [first, ...rest] = orderBy
  if (!rest.every(({ column }) => always(column))) return undefined
  if (!first || always(first.column)) return [{ orderBy }]
  if (!layer.canFilter) return undefined
  const { name, kind } = fieldOf(layer, first.column)!
  const parts = [
    { where: kind === 'text' ? `(${name} IS NULL OR ${name} = ' ')` : `${name} IS NULL`, orderBy: rest },
    { where: kind === 'text' ? `(${name} IS NOT NULL AND ${name} <> ' ')` : `${name} IS NOT NULL`, orderBy },
  ]
  return first.nulls === 'first' ? parts : parts.reverse()
}

/** Whether the order of what is stored is the order of what is served. */
function isOrdered(layer: Layer, column: Column): boolean {
  if (isGeometry(column) || column.written) return false
  const { kind } = fieldOf(layer, column)!
  return orderedKinds[column.type]?.includes(kind) === true
}

const numbers = ['number', 'single'] as const
const orderedKinds: Readonly<Partial<Record<Column['type'], readonly LayerField['kind'][]>>> = {
  int: numbers,
  bigint: numbers,
  decimal: numbers,
  float: numbers,
  boolean: ['number'],
  text: ['text'],
  code: ['text', 'number'],
  date: ['instant', 'day'],
  datetime: ['instant'],
}

/**
 * Makes sure that rows came in the order that was asked for. Texts have an order of their own in every database, so only what
 * stands before the first of them is looked at.
 *
 * @throws Distrusted
 */
export function checkOrder(rows: readonly LocalRow[], orderBy: RowsRequest['orderBy']): void {
  const text = orderBy.findIndex(({ column }) => column.type === 'text' || column.type === 'code')
  const compare = compareRows(text < 0 ? orderBy : orderBy.slice(0, text))
  const at = rows.findIndex((row, index) => index > 0 && compare(rows[index - 1]!, row) > 0)
  if (at > 0) throw new Distrusted('canOrder', `row ${at} comes too late: the service ignores orderByFields`)
}

/** Both conditions. */
export function both(one: Condition | undefined, other: Condition): Condition {
  return one ? { op: 'and', of: [one, other] } : other
}
