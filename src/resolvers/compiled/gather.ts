/** Which rows does a plan need? One request for each level of the document, whatever the number of parents. */

import type { Row } from '../../model/index.ts'
import type { Asking } from '../asking.ts'
import { countsOf, rowsOf } from '../batches.ts'
import { type Key, keyFrom, keysAtMost, nameOf } from '../keys.ts'
import { emptyPage, makePage, type Page } from '../page.ts'
import type { Many } from '../relations.ts'
import type { ConnectionPlan, ManyPlan, ObjectPlan, SinglePlan } from './plan.ts'

/** Rows of one place in the document, and what belongs to them. */
export interface Level {
  readonly rows: readonly Row[]
  /** In the order of the plan's relations. */
  readonly relations: readonly (Singles | Manys)[]
}

interface Related {
  /** By row: the name of its key; `undefined` when a part is missing. */
  readonly names: readonly (string | undefined)[]
  /** By name: why there is nothing. */
  readonly failed: ReadonlyMap<string, unknown>
}

export interface Singles extends Related {
  /** By name: the place in the level's rows. */
  readonly index: ReadonlyMap<string, number>
  readonly level: Level
  /** By place: texts that were written already. Many trees stand in one street. */
  readonly texts: (string | undefined)[]
}

export interface Manys extends Related {
  readonly pages: ReadonlyMap<string, PageLevel>
  readonly nothing: PageLevel
}

/** A page in the middle of rows that belong to several. */
export interface PageLevel {
  readonly page: Page
  /** In the order of the connection's objects. */
  readonly levels: readonly Level[]
  /** Where the page's rows begin in the levels. */
  readonly from: number
  /** What was counted, or why it was not. */
  readonly total: Total
}

export type Total = { readonly count: number } | { readonly error: unknown }

/** By plan: what this request's arguments came to; `undefined` where the filter alone says that nothing can match. */
export type Prepared = ReadonlyMap<ManyPlan, Many | undefined>

/** Reads what a list's page needs beyond its own rows. */
export async function gatherPage(plan: ConnectionPlan, page: Page, asking: Asking, prepared: Prepared): Promise<PageLevel> {
  const [levels, total] = await Promise.all([
    Promise.all(plan.objects.map(object => gather(object, page.rows, asking, prepared))),
    plan.counted ? settledTotal(page.total()) : uncounted,
  ])
  return { page, levels, from: 0, total }
}

/** Reads what belongs to rows of a dataset. */
export async function gather(plan: ObjectPlan, rows: readonly Row[], asking: Asking, prepared: Prepared): Promise<Level> {
  if (plan.relations.length === 0) return { rows, relations: [] }
  const relations = plan.relations.map(relation =>
    relation.is === 'single' ? gatherSingles(relation, rows, asking, prepared) : gatherManys(relation, rows, asking, prepared),
  )
  return { rows, relations: await Promise.all(relations) }
}

async function gatherSingles(plan: SinglePlan, rows: readonly Row[], asking: Asking, prepared: Prepared): Promise<Singles> {
  const { names, keys } = keysOf(plan, rows)
  const { found, failed } = await portions(keys, portion => rowsOf(asking, plan.template, portion, plan.joining))
  const index = new Map<string, number>()
  const children: Row[] = []
  for (const [name, matching] of found) if (matching[0]) index.set(name, children.push(matching[0]) - 1)
  return { names, failed, index, level: await gather(plan.object, children, asking, prepared), texts: [] }
}

async function gatherManys(plan: ManyPlan, rows: readonly Row[], asking: Asking, prepared: Prepared): Promise<Manys> {
  const { connection } = plan
  const many = prepared.get(plan)
  const { names, keys } = keysOf(plan, many ? rows : [])
  const [read, counted] = await Promise.all([
    many?.needed ? portions(keys, portion => rowsOf(asking, many.template, portion, plan.joining)) : unasked<readonly Row[]>(),
    many && connection.counted ? portions(keys, portion => countsOf(asking, many.template, portion, plan.joining)) : unasked<number>(),
  ])
  const empty = emptyPage(connection.dataset)
  const pages = new Map<string, { page: Page; from: number; total: Total }>()
  const children: Row[] = []
  for (const name of keys.keys()) {
    const page = many?.needed ? makePage(asking, many.template, read.found.get(name) ?? [], many.cut, empty.total) : empty
    const total = counted.failed.has(name) ? { error: counted.failed.get(name) } : { count: counted.found.get(name) ?? 0 }
    pages.set(name, { page, from: children.length, total })
    for (const row of page.rows) children.push(row)
  }
  const levels = await Promise.all(connection.objects.map(object => gather(object, children, asking, prepared)))
  return {
    names,
    failed: read.failed,
    pages: new Map([...pages].map(([name, page]) => [name, { ...page, levels }])),
    nothing: { page: empty, levels, from: 0, total: uncounted },
  }
}

const uncounted: Total = { count: 0 }

function settledTotal(counting: Promise<number>): Promise<Total> {
  return counting.then(
    count => ({ count }),
    error => ({ error }),
  )
}

/** Each key once, in the order in which they come. */
function keysOf({ left, relation }: SinglePlan | ManyPlan, rows: readonly Row[]) {
  const keys = new Map<string, Key>()
  const names = rows.map(row => {
    const key = keyFrom(
      left.map(at => row[at] ?? null),
      relation.normalise,
    )
    if (!key) return undefined
    const name = nameOf(key)
    if (!keys.has(name)) keys.set(name, key)
    return name
  })
  return { names, keys }
}

interface Found<T> {
  readonly found: ReadonlyMap<string, T>
  readonly failed: ReadonlyMap<string, unknown>
}

function unasked<T>(): Found<T> {
  return { found: new Map(), failed: new Map() }
}

/** Asks for keys in portions; what fails costs its own portion. */
async function portions<T>(
  keys: ReadonlyMap<string, Key>,
  ask: (keys: readonly Key[]) => Promise<readonly (T | undefined)[]>,
): Promise<Found<T>> {
  const names = [...keys.keys()]
  const starts = Array.from({ length: Math.ceil(names.length / keysAtMost) }, (_, at) => at * keysAtMost)
  const found = new Map<string, T>()
  const failed = new Map<string, unknown>()
  await Promise.all(
    starts.map(async start => {
      const mine = names.slice(start, start + keysAtMost)
      try {
        const values = await ask(mine.map(name => keys.get(name)!))
        for (const [at, name] of mine.entries()) if (values[at] !== undefined) found.set(name, values[at])
      } catch (error) {
        for (const name of mine) failed.set(name, error)
      }
    }),
  )
  return { found, failed }
}
