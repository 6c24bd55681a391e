/** One row on its way out, and the columns it needs to bring along. */

import type { Cell, Column, Dataset, Row, Scalar } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { goneCell, valueGone } from './gone.ts'
import { refuse } from './refuse.ts'
import type { Selection } from './selection.ts'

/** A row together with the names of its cells; what a GraphQL object resolver gets as its parent. */
export class View {
  readonly dataset: Dataset
  readonly row: Row
  readonly #at: ReadonlyMap<Column, number>

  constructor(dataset: Dataset, row: Row, at: ReadonlyMap<Column, number>) {
    this.dataset = dataset
    this.row = row
    this.#at = at
  }

  /** @throws GatewayError SOURCE_CHANGED when the source has the column no more */
  cell(column: Column): Cell {
    const at = this.#at.get(column)
    if (at === undefined) throw new Error(`a column of ${this.dataset.id} was read without having been asked for`)
    const cell = this.row[at] ?? null
    if (cell === goneCell) throw valueGone()
    return cell
  }

  cells(columns: readonly Column[]): Cell[] {
    return columns.map(column => this.cell(column))
  }
}

const known = new WeakMap<readonly Column[], ReadonlyMap<Column, number>>()

/** Where each column stands in a row. */
export function places(columns: readonly Column[]): ReadonlyMap<Column, number> {
  const found = known.get(columns) ?? new Map(columns.map((column, at) => [column, at]))
  known.set(columns, found)
  return found
}

/** The columns a selection needs: the selected fields, the key for `id`, and what the selected relations match by. */
export function columnsFor(dataset: Dataset, selection: Selection): readonly Column[] {
  const columns = new Set<Column>()
  for (const field of dataset.fields) if (selection.has(field.name)) columns.add(field)
  for (const relation of dataset.relations) if (selection.has(relation.name)) for (const pair of relation.match) columns.add(pair.left)
  if (selection.has('id')) for (const column of dataset.key) columns.add(column)
  return [...columns]
}

/** The same columns in the same places, and behind them what else is needed. Never empty. */
export function withColumns(columns: readonly Column[], more: readonly Column[], dataset: Dataset): readonly Column[] {
  const missing = more.filter(column => !columns.includes(column))
  if (columns.length + missing.length === 0) return dataset.key
  if (missing.length === 0) return columns
  const known = extended.get(columns) ?? []
  const before = known.find(all => missing.every(column => all.includes(column)) && all.length === columns.length + new Set(missing).size)
  if (before) return before
  const made = [...new Set([...columns, ...missing])]
  extended.set(columns, [...known, made].slice(-extensionsAtMost))
  return made
}

/** Of one list: more come of callers who order by one field after the other. */
const extensionsAtMost = 20
/** The same lists for the same columns, by which much is remembered. */
const extended = new WeakMap<readonly Column[], readonly (readonly Column[])[]>()

/** The id of an object, sealed for the caller's audience. */
export function idOf(asking: Asking, dataset: Dataset, key: readonly Cell[]): string {
  return asking.house.seal.close(['id', asking.model.audience], [dataset.id, ...key])
}

/**
 * Which row an id means.
 *
 * @param dataset the dataset it must belong to; absent: any open one
 * @throws GatewayError ID_INVALID for an id that this gateway did not make for this audience, or of another dataset
 */
export function openId(asking: Asking, id: string, dataset?: Dataset): { dataset: Dataset; key: readonly Scalar[] } {
  const content = asking.house.seal.open(['id', asking.model.audience], id)
  const [datasetId, ...key] = Array.isArray(content) ? (content as [string, ...Scalar[]]) : ['']
  const found = asking.model.datasets.get(datasetId)
  if (!found || (dataset && found !== dataset) || key.length !== found.key.length || key.some(part => part === null)) {
    throw refuse(
      'ID_INVALID',
      { de: 'Diese id ist hier nicht gültig.', en: 'This id is not valid here.' },
      {
        de: 'Ids kommen aus dem Feld „id“ einer Antwort und gelten nur für dieselbe Berechtigung.',
        en: 'Ids come from the field "id" of an answer and are valid for the same permission only.',
      },
    )
  }
  return { dataset: found, key }
}
