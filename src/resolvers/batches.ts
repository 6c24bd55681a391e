/** Many parents, one question: never N+1. */

import DataLoader from 'dataloader'
import { cellAt, type Dataset, type Normalise, type Relation, type Row, type Rows, unpacked } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { type Key, keyFrom, keysAtMost, nameOf } from './keys.ts'
import { read, readRows } from './read.ts'
import type { Template } from './relations.ts'
import type { View } from './view.ts'

/** The normalised values of a parent's side of a relation; undefined when one is missing: then nothing can match. */
export function keyOf(relation: Relation, view: View): Key | undefined {
  return keyFrom(
    relation.match.map(pair => view.cell(pair.left)),
    relation.normalise,
  )
}

/** One relation on its way: what is asked for the parents of one selection. */
export interface Joining {
  /** Dataset that the relation begins in; absent for look-ups by id. */
  readonly from?: string
  readonly name?: string
  readonly normalise?: Normalise
}

export function joiningOf({ name, normalise }: Relation, from: Dataset): Joining {
  return { from: from.id, name, ...(normalise && { normalise }) }
}

/**
 * A loader that asks for the rows of all keys of one tick in one request.
 *
 * @param token    parents that share it share the batch: the selection they come from
 */
export function rowsByKey(asking: Asking, token: unknown, template: Template, joining: Joining = {}) {
  return batch(asking, token, keys => rowsOf(asking, template, keys, joining))
}

/** A loader that counts the rows of all keys of one tick in one request. */
export function countsByKey(asking: Asking, token: unknown, template: Template, joining: Joining) {
  return batch(asking, token, keys => countsOf(asking, template, keys, joining))
}

/** The rows of many keys, and which are whose. */
export interface Found {
  readonly rows: Rows
  /** By the key's name: places in `rows`. */
  readonly places: ReadonlyMap<string, readonly number[]>
}

/**
 * The rows of all keys in one request.
 *
 * @param keys distinct; at most `keysAtMost`
 */
export async function foundOf(asking: Asking, template: Template, keys: readonly Key[], joining: Joining = {}): Promise<Found> {
  const { normalise } = joining
  const rows = await readRows(asking, { ...template, keys, ...locally(template.dataset, normalise) })
  const at = template.match.map(column => template.columns.indexOf(column))
  const places = new Map<string, number[]>()
  for (let row = 0; row < rows.length; row++) {
    const name = nameOf(
      at.map(place => cellAt(rows, row, place)),
      normalise,
    )
    const known = places.get(name)
    if (known) known.push(row)
    else places.set(name, [row])
  }
  countJoined(asking, template, joining, keys, places)
  return { rows, places }
}

/** The same key by key, in the order of the keys; `undefined` where there are no rows. */
async function rowsOf(asking: Asking, template: Template, keys: readonly Key[], joining: Joining = {}) {
  const found = await foundOf(asking, template, keys, joining)
  const rows = unpacked(found.rows)
  return keys.map(key => found.places.get(nameOf(key, joining.normalise))?.map(place => rows[place]!))
}

/** How many rows each key has, all in one request; in the order of the keys, `undefined` for none. */
export async function countsOf(asking: Asking, { dataset, match, where }: Template, keys: readonly Key[], { normalise }: Joining) {
  const ofKeys = { op: 'keys', columns: match, keys, ...locally(dataset, normalise) } as const
  const rows = await read(asking, {
    kind: 'aggregate',
    dataset,
    where: where ? { op: 'and', of: [where, ofKeys] } : ofKeys,
    groupBy: match,
    measures: [{ function: 'count' }],
    // Over rows at hand, one key may be written in several ways, each a group.
    limit: dataset.small && normalise ? dataset.small.rows : keys.length,
  })
  const found = group(rows, row => row.slice(0, match.length), normalise)
  return keys.map(key => found.get(nameOf(key, normalise))?.reduce((sum, row) => sum + Number(row.at(-1)), 0))
}

/** A source finds a key as it is written; over the rows of a small dataset the other side is made alike as well. */
function locally(dataset: Dataset, normalise: Normalise | undefined) {
  return dataset.small && normalise ? { normalise } : {}
}

/**
 * Keys that lead nowhere are a matter of data quality that nobody sees otherwise.
 *
 * @param keys distinct
 */
export function countJoined(
  asking: Asking,
  template: Template,
  joining: Joining,
  keys: readonly Key[],
  found: ReadonlyMap<string, unknown>,
): void {
  if (!isCounted(template, joining)) return
  const matched = keys.filter(key => found.has(nameOf(key, joining.normalise))).length
  joined(asking, joining, matched, keys.length)
}

/** Keys that a filter leaves out say nothing about the data. */
export function isCounted({ where, position }: Template, { from, name }: Joining): boolean {
  return !where && !position && from !== undefined && name !== undefined
}

export function joined({ house }: Asking, { from, name }: Joining, matched: number, keys: number): void {
  house.joined({ dataset: from!, relation: name!, matched, unmatched: keys - matched })
}

type Keyed<T> = DataLoader<Key, T | undefined, string>

function batch<T>(asking: Asking, token: unknown, ask: (keys: readonly Key[]) => Promise<readonly (T | undefined)[]>): Keyed<T> {
  const known = asking.batches.get(token) as Keyed<T> | undefined
  if (known) return known
  const made: Keyed<T> = new DataLoader<Key, T | undefined, string>(ask, { cacheKeyFn: key => nameOf(key), maxBatchSize: keysAtMost })
  asking.batches.set(token, made)
  return made
}

function group(rows: readonly Row[], keyCells: (row: Row) => readonly unknown[], rules: Normalise | undefined): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = nameOf(keyCells(row), rules)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
