/** What is asked of the other side of a relation, whoever the parents are? Worked out once for all parents of one selection. */

import type { Column, Dataset, KeyedRequest, Relation } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { type FilterInput, readFilter } from './filter.ts'
import type { Needs } from './lists.ts'
import { readOrder } from './order.ts'
import { type Cut, cursorColumns, type PageArguments, readCut, windowOf } from './page.ts'
import { withColumns } from './view.ts'

/** Everything of a request but the keys. */
export type Template = Omit<KeyedRequest, 'keys'>

/** A look-up by key. */
export function templateOf(dataset: Dataset, columns: readonly Column[], match: readonly Column[]): Template {
  const all = withColumns(columns, match, dataset)
  return { kind: 'keyed', dataset, columns: all, match, orderBy: readOrder(dataset, undefined), perKey: 1 }
}

/** The first that matches. */
export function planSingle(relation: Relation, target: Dataset, columns: readonly Column[]): Template {
  return templateOf(target, columns, rightsOf(relation))
}

/** A page of all that match. */
export interface Many {
  readonly cut: Cut
  readonly template: Template
  /** false: nobody looks at the rows. */
  readonly needed: boolean
}

/**
 * @returns `undefined` when the filter alone says that nothing can match
 * @throws  GatewayError as `readFilter` and `readCut` do
 */
export function planMany(relation: Relation, target: Dataset, args: PageArguments, asking: Asking, needs: Needs): Many | undefined {
  const where = readFilter(target, args.filter as FilterInput, asking.house.limits.filterValues)
  const cut = readCut(asking, target, args)
  if (where === 'none') return undefined
  const { paging } = target.can
  const match = rightsOf(relation)
  const columns = withColumns(needs.columns, [...match, ...cursorColumns(cut, paging, needs.cursors)], target)
  const { orderBy, limit, position } = windowOf(cut, paging)
  const template: Template = {
    kind: 'keyed',
    dataset: target,
    columns,
    match,
    ...(where !== 'all' && { where }),
    orderBy,
    perKey: limit,
    ...(position && { position }),
  }
  return { cut, template, needed: needs.rows && cut.size > 0 }
}

/** The end of each parent's list is elsewhere, so how many rows it has must be known before it is asked for. */
export function startsFromTheEnd({ cut, template }: Many): boolean {
  return template.dataset.can.paging === 'offset' && cut.backwards && !cut.position
}

const rights = new WeakMap<Relation, readonly Column[]>()

function rightsOf(relation: Relation): readonly Column[] {
  const found = rights.get(relation) ?? relation.match.map(pair => pair.right)
  rights.set(relation, found)
  return found
}
