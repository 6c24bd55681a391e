/** Many parents, one question: never N+1. */

import DataLoader from 'dataloader'
import type { Column, Dataset, KeyedRequest, Normalise, Relation, Row, Scalar } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { read } from './read.ts'
import type { View } from './view.ts'

/** The normalised values of a parent's side of a relation; undefined when one is missing: then nothing can match. */
export function keyOf(relation: Relation, view: View): readonly Scalar[] | undefined {
  const cells = relation.match.map(pair => view.cell(pair.left))
  if (cells.some(cell => cell === null || typeof cell === 'object')) return undefined
  return cells.map(cell => normalised(cell as Scalar, relation.normalise))
}

/**
 * A key text as the other side writes it.
 *
 * @example
 *   normalised(' 7 ', { trim: true, padStart: 3 })       // → '007'
 *   normalised('a-1', { upper: true, map: { 'A-1': 'X' } })  // → 'X'
 */
export function normalised(value: Scalar, rules: Normalise | undefined): Scalar {
  if (!rules) return value
  let text = String(value)
  if (rules.trim) text = text.trim()
  if (rules.upper) text = text.toUpperCase()
  if (rules.padStart) text = text.padStart(rules.padStart, '0')
  return rules.map && Object.hasOwn(rules.map, text) ? rules.map[text]! : text
}

/**
 * A loader that asks for the rows of all keys of one tick in one request.
 *
 * @param token    parents that share it share the batch: the selection they come from
 * @param template everything of the request but the keys
 */
export function rowsByKey(asking: Asking, token: unknown, template: Omit<KeyedRequest, 'keys'>, rules: Normalise | undefined) {
  return batch<readonly Row[]>(asking, token, async keys => {
    const rows = await read(asking, { ...template, keys })
    const at = template.match.map(column => template.columns.indexOf(column))
    return group(rows, row => at.map(place => row[place]), rules)
  })
}

/** A loader that counts the rows of all keys of one tick in one request. */
export function countsByKey(
  asking: Asking,
  token: unknown,
  dataset: Dataset,
  match: readonly Column[],
  where: KeyedRequest['where'],
  rules: Normalise | undefined,
) {
  return batch<number>(asking, token, async keys => {
    const ofKeys = { op: 'keys', columns: match, keys } as const
    const rows = await read(asking, {
      kind: 'aggregate',
      dataset,
      where: where ? { op: 'and', of: [where, ofKeys] } : ofKeys,
      groupBy: match,
      measures: [{ function: 'count' }],
      limit: keys.length,
    })
    const counts = [...group(rows, row => row.slice(0, match.length), rules)].map(
      ([key, found]) => [key, found.reduce((sum, row) => sum + Number(row.at(-1)), 0)] as const,
    )
    return new Map(counts)
  })
}

type Keyed<T> = DataLoader<readonly Scalar[], T | undefined, string>

/** Keys in one request: every source can take so many, and a request of so many parents has paid for it. */
const keysAtMost = 1000

function batch<T>(
  asking: Asking,
  token: unknown,
  ask: (keys: readonly (readonly Scalar[])[]) => Promise<ReadonlyMap<string, T>>,
): Keyed<T> {
  const known = asking.batches.get(token) as Keyed<T> | undefined
  if (known) return known
  const made: Keyed<T> = new DataLoader<readonly Scalar[], T | undefined, string>(
    async keys => {
      const found = await ask(keys)
      return keys.map(key => found.get(nameOf(key)))
    },
    { cacheKeyFn: nameOf, maxBatchSize: keysAtMost },
  )
  asking.batches.set(token, made)
  return made
}

function group(rows: readonly Row[], keyCells: (row: Row) => readonly unknown[], rules: Normalise | undefined): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = nameOf(keyCells(row).map(cell => normalised(cell as Scalar, rules)))
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** Two systems may write one key as number and as text. */
function nameOf(key: readonly unknown[]): string {
  return JSON.stringify(key.map(String))
}
