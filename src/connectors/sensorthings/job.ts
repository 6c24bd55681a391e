/** What does answering a request need, whichever way it goes? */

import type { Column, Condition, Order, Row } from '../../model/index.ts'
import { compareRows, type LocalRow } from '../shared/local.ts'
import type { EntitySet } from './entities.ts'
import { pathOf } from './path.ts'
import { type Pushed, push } from './push.ts'
import { type Options, shown, wantedOf } from './question.ts'
import type { Errand, Service } from './service.ts'
import type { Trust } from './trust.ts'

/** A list of a service, and who asks. */
export interface Job {
  readonly set: EntitySet
  readonly service: Service
  readonly trust: Trust
  readonly errand: Errand
}

export interface Found {
  readonly rows: readonly Row[]
  /** Cells that could not be read. */
  readonly unreadable: number
}

export async function pushedOf(where: Condition | undefined, { set, trust, errand }: Job): Promise<Pushed> {
  return push(where, await trust.facts(set, where, errand))
}

/** Whether the service brings the rows in this order. */
export async function inOrder(orderBy: readonly Order[], { set, trust, errand }: Job): Promise<boolean> {
  for (const { column } of orderBy) if (!(await trust.orders(set, column, errand))) return false
  return orderBy.length > 0
}

/** Texts have an alphabet of their own in every database, so only what stands before the first of them is looked at. */
export function isSorted(rows: readonly LocalRow[], orderBy: readonly Order[]): boolean {
  const text = orderBy.findIndex(({ column }) => column.type === 'text' || column.type === 'code')
  const compare = compareRows(text < 0 ? orderBy : orderBy.slice(0, text))
  return rows.every((row, at) => at === 0 || compare(rows[at - 1]!, row) <= 0)
}

export async function optionsOf(columns: readonly Column[], { set, trust, errand }: Job): Promise<Options> {
  const paths = columns.map(column => pathOf(set, column))
  return shown(wantedOf(paths, await trust.deep(set, paths, errand)))
}

export function filterOf({ filter }: Pushed): Options {
  return filter === undefined ? {} : { filter }
}
