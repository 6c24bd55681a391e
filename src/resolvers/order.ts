/** In which order do rows come, and where in that order does a page start? */

import { type Cell, type Dataset, keyOrder, type Order, type PagePosition, type Row } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { refuse } from './refuse.ts'

/** `orderBy` as GraphQL hands it over: one field each. */
export type OrderInput = readonly Readonly<Record<string, 'ASC' | 'DESC'>>[]

/**
 * The total order of a list: what the caller named, then the key, so that no two rows share a place. Missing values come last.
 *
 * @throws GatewayError BAD_USER_INPUT when a field is named twice
 */
export function readOrder(dataset: Dataset, input: OrderInput | null | undefined): readonly Order[] {
  if (!input || input.length === 0) return keyOrder(dataset)
  const named = new Map<string, Order>()
  for (const part of input) {
    const [[name, direction] = ['', 'ASC' as const]] = Object.entries(part)
    const column = dataset.fields.find(field => field.name === name && field.use.has('sort'))
    if (!column) throw new Error(`${name} is no order of ${dataset.id}`)
    if (named.has(name))
      throw refuse('BAD_USER_INPUT', { de: `„orderBy“ nennt „${name}“ zweimal.`, en: `"orderBy" names "${name}" twice.` })
    named.set(name, { column, direction: direction === 'DESC' ? 'desc' : 'asc', nulls: 'last' })
  }
  return [...named.values(), ...keyOrder(dataset)]
}

/** The same order from the other end. */
export function reversed(order: readonly Order[]): readonly Order[] {
  return order.map(({ column, direction, nulls }) => ({
    column,
    direction: direction === 'asc' ? 'desc' : 'asc',
    nulls: nulls === 'first' ? 'last' : 'first',
  }))
}

/** Writes the cursor of a row: sealed, and good for this audience, this dataset as it is released now, and this order. */
export function writeCursor(
  asking: Asking,
  dataset: Dataset,
  order: readonly Order[],
  position: { after: readonly Cell[] } | { skip: number },
): string {
  return asking.house.seal.close(purpose(asking, dataset, order), 'after' in position ? [position.after] : position.skip)
}

/** @throws GatewayError CURSOR_INVALID for anything that was not written for the same list */
export function readCursor(asking: Asking, dataset: Dataset, order: readonly Order[], cursor: string): PagePosition {
  const content = asking.house.seal.open(purpose(asking, dataset, order), cursor)
  if (typeof content === 'number') return { skip: content }
  if (Array.isArray(content)) return { after: content[0] as Row }
  throw refuse(
    'CURSOR_INVALID',
    { de: 'Diese Seitenmarke gilt für diese Liste nicht oder nicht mehr.', en: 'This cursor is not valid for this list, or not any more.' },
    {
      de: 'Bitte von vorn beginnen: ohne „after“ und „before“, mit demselben „orderBy“.',
      en: 'Start anew: without "after" and "before", and with the same "orderBy".',
    },
  )
}

function purpose(asking: Asking, dataset: Dataset, order: readonly Order[]): readonly string[] {
  return [
    'cursor',
    asking.model.audience,
    dataset.id,
    dataset.hash,
    ...order.map(({ column, direction }) => `${'name' in column ? column.name : ''}:${column.column}:${direction}`),
  ]
}
