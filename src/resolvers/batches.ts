/** Many parents, one question: never N+1. */

import DataLoader from 'dataloader'
import {
  type Column,
  type Dataset,
  type KeyedRequest,
  type Normalise,
  normalised,
  type Relation,
  type Row,
  type Scalar,
  spelled,
} from '../model/index.ts'
import type { Asking } from './asking.ts'
import { read } from './read.ts'
import type { View } from './view.ts'

/** The normalised values of a parent's side of a relation; undefined when one is missing: then nothing can match. */
export function keyOf(relation: Relation, view: View): readonly Scalar[] | undefined {
  const cells = relation.match.map(pair => view.cell(pair.left))
  if (cells.some(cell => cell === null || typeof cell === 'object')) return undefined
  return cells.map(cell => normalised(cell as Scalar, relation.normalise))
}

/** One relation on its way: what is asked for the parents of one selection. */
export interface Joining {
  /** Dataset that the relation begins in; absent for look-ups by id. */
  readonly from?: string
  readonly name?: string
  readonly normalise?: Normalise
}

/**
 * A loader that asks for the rows of all keys of one tick in one request.
 *
 * @param token    parents that share it share the batch: the selection they come from
 * @param template everything of the request but the keys
 */
export function rowsByKey(asking: Asking, token: unknown, template: Omit<KeyedRequest, 'keys'>, joining: Joining = {}) {
  const { normalise } = joining
  return batch<readonly Row[]>(asking, token, normalise, async keys => {
    const rows = await read(asking, { ...template, keys, ...locally(template.dataset, normalise) })
    const at = template.match.map(column => template.columns.indexOf(column))
    const found = group(rows, row => at.map(place => row[place]), normalise)
    if (!template.where && !template.position) count(asking, joining, keys, found)
    return found
  })
}

/** A loader that counts the rows of all keys of one tick in one request. */
export function countsByKey(
  asking: Asking,
  token: unknown,
  dataset: Dataset,
  match: readonly Column[],
  where: KeyedRequest['where'],
  { normalise }: Joining,
) {
  return batch<number>(asking, token, normalise, async keys => {
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
    const counts = [...group(rows, row => row.slice(0, match.length), normalise)].map(
      ([key, found]) => [key, found.reduce((sum, row) => sum + Number(row.at(-1)), 0)] as const,
    )
    return new Map(counts)
  })
}

/** A source finds a key as it is written; over the rows of a small dataset the other side is made alike as well. */
function locally(dataset: Dataset, normalise: Normalise | undefined) {
  return dataset.small && normalise ? { normalise } : {}
}

/** Keys that lead nowhere are a matter of data quality that nobody sees otherwise. */
function count(
  asking: Asking,
  { from, name, normalise }: Joining,
  keys: readonly (readonly Scalar[])[],
  found: ReadonlyMap<string, unknown>,
) {
  if (from === undefined || name === undefined) return
  const matched = keys.filter(key => found.has(nameOf(key, normalise))).length
  asking.house.joined({ dataset: from, relation: name, matched, unmatched: keys.length - matched })
}

type Keyed<T> = DataLoader<readonly Scalar[], T | undefined, string>

/** Keys in one request: every source can take so many, and a request of so many parents has paid for it. */
const keysAtMost = 1000

function batch<T>(
  asking: Asking,
  token: unknown,
  normalise: Normalise | undefined,
  ask: (keys: readonly (readonly Scalar[])[]) => Promise<ReadonlyMap<string, T>>,
): Keyed<T> {
  const known = asking.batches.get(token) as Keyed<T> | undefined
  if (known) return known
  const made: Keyed<T> = new DataLoader<readonly Scalar[], T | undefined, string>(
    async keys => {
      const found = await ask(keys)
      return keys.map(key => found.get(nameOf(key, normalise)))
    },
    { cacheKeyFn: key => nameOf(key, undefined), maxBatchSize: keysAtMost },
  )
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

/** Two systems may write one key as number and as text. */
function nameOf(key: readonly unknown[], rules: Normalise | undefined): string {
  return JSON.stringify(key.map(value => String(spelled(value as Scalar, rules))))
}
