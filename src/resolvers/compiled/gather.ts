/** Which rows does a plan need? One request for each level of the document, whatever the number of parents. */

import { cellAt, joinRows, PackedRows, pickRows, type Rows } from '../../model/index.ts'
import type { Asking } from '../asking.ts'
import { countsOf, type Found, foundOf, type Joining } from '../batches.ts'
import { type Key, keyFrom, keysAtMost, nameOf } from '../keys.ts'
import { emptyPage, makePage, type Page } from '../page.ts'
import type { Many, Template } from '../relations.ts'
import { type AlongPlan, type Came, countAlong, foundAlong, type Lists, listsOf, type Spans, type Together, togetherOf } from './along.ts'
import type { ConnectionPlan, ManyPlan, ObjectPlan, Prepared, SinglePlan } from './plan.ts'

/** Rows of one place in the document, and what belongs to them. */
export interface Level {
  readonly rows: Rows
  /** In the order of the plan's relations. */
  readonly relations: readonly (Singles | Manys)[]
  /** How a row is written when it has all that belongs to it. */
  readonly together?: Together
  /** By row: its list, where one is written together with it. */
  readonly lists?: Lists
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
  /** By place: where in the answer it was written already. Many trees stand in one street. */
  readonly written: (readonly [from: number, to: number] | undefined)[]
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

/** Reads what a list's page needs beyond its own rows. */
export async function gatherPage(
  plan: ConnectionPlan,
  page: Page,
  asking: Asking,
  prepared: Prepared,
  plans: readonly AlongPlan[],
): Promise<PageLevel> {
  const [levels, total] = await Promise.all([
    gatherLevels(plan, page, asking, prepared, plans),
    plan.counted ? settledTotal(page.total()) : uncounted,
  ])
  return { page, levels, from: 0, total }
}

function gatherLevels(
  plan: ConnectionPlan,
  { rows, along }: Page,
  asking: Asking,
  prepared: Prepared,
  plans: readonly AlongPlan[],
): Promise<readonly Level[]> | readonly Level[] {
  const together = along && rows instanceof PackedRows ? togetherOf(plan, plans, along.width) : undefined
  const lists = along && together?.list ? listsOf(along, rows, plans, together.list) : undefined
  if (along && together && (lists || !together.list)) {
    countAlong(rows, plans, asking, along.width)
    return [{ rows, relations: [], together, ...(lists && { lists }) }]
  }
  const found = along ? foundAlong(along, rows, plans, asking) : nothingAlong
  return Promise.all(plan.objects.map(object => gather(object, rows, asking, prepared, found)))
}

/** Reads what belongs to rows of a dataset. */
export async function gather(
  plan: ObjectPlan,
  rows: Rows,
  asking: Asking,
  prepared: Prepared,
  along: ReadonlyMap<SinglePlan | ManyPlan, Came> = nothingAlong,
): Promise<Level> {
  if (plan.relations.length === 0) return { rows, relations: [] }
  const relations = plan.relations.map(relation =>
    relation.is === 'single'
      ? gatherSingles(relation, rows, asking, prepared, along.get(relation))
      : gatherManys(relation, rows, asking, prepared, along.get(relation)),
  )
  return { rows, relations: await Promise.all(relations) }
}

const nothingAlong: ReadonlyMap<SinglePlan | ManyPlan, Came> = new Map()

/** @param along what has come along with the rows */
async function gatherSingles(plan: SinglePlan, rows: Rows, asking: Asking, prepared: Prepared, along?: Came): Promise<Singles> {
  const { names, keys } = keysOf(plan, rows)
  const { answers, failed } = along
    ? { answers: [along as Found], failed: unasked.failed }
    : await portions(keys, portion => rowsByName(asking, plan.template, portion, plan.joining))
  const index = new Map<string, number>()
  const children = answers.map(({ rows, places }) => {
    const [before, first] = [index.size, [] as number[]]
    for (const [name, [place]] of places) if (place !== undefined) index.set(name, before + first.push(place) - 1)
    return pickRows(rows, first)
  })
  return { names, failed, index, level: await gather(plan.object, joinRows(children), asking, prepared), written: [] }
}

/** The lists of all parents have come along, as they are to be shown. */
function gatherSpans({ connection }: ManyPlan, { rows, spans }: Spans, asking: Asking, many: Many): Manys {
  const levels = connection.objects.map(() => ({ rows, relations: [] }))
  const nothing: PageLevel = { page: emptyPage(connection.dataset), levels, from: 0, total: uncounted }
  const pages = new Map<string, PageLevel>()
  for (let parent = 0; parent < spans.length; parent++) {
    const [from, to] = spans[parent]!
    if (to === from) continue
    const page = makePage(asking, many.template, rows.slice(from, to), many.cut, nothing.page.total)
    pages.set(String(parent), { ...nothing, page, from })
  }
  return { names: spans.map((_, parent) => String(parent)), failed: unasked.failed, pages, nothing }
}

async function gatherManys(plan: ManyPlan, rows: Rows, asking: Asking, prepared: Prepared, along?: Came): Promise<Manys> {
  const { connection, joining } = plan
  const many = prepared.get(plan)
  if (many && along && 'spans' in along) return gatherSpans(plan, along, asking, many)
  const { names, keys } = keysOf(plan, many ? rows : [])
  const [read, counted] = await Promise.all([
    along
      ? { answers: [along as Found], failed: unasked.failed }
      : many?.needed
        ? portions(keys, portion => rowsByName(asking, many.template, portion, joining))
        : unasked,
    many && connection.counted ? portions(keys, portion => countsByName(asking, many.template, portion, joining)) : unasked,
  ])
  const counts = new Map(counted.answers.flatMap(counts => [...counts]))
  const empty = emptyPage(connection.dataset)
  const shown = new Map<string, Page>()
  for (const { rows, places } of read.answers)
    for (const [name, mine] of places) shown.set(name, makePage(asking, many!.template, pickRows(rows, mine), many!.cut, empty.total))
  const ordered = [...keys.keys()].map(name => [name, shown.get(name) ?? empty] as const)
  const children = joinRows(ordered.map(([, page]) => page.rows))
  const levels = await Promise.all(connection.objects.map(object => gather(object, children, asking, prepared)))
  const pages = new Map<string, PageLevel>()
  let from = 0
  for (const [name, page] of ordered) {
    const total = counted.failed.has(name) ? { error: counted.failed.get(name) } : { count: counts.get(name) ?? 0 }
    pages.set(name, { page, levels, from, total })
    from += page.rows.length
  }
  return { names, failed: read.failed, pages, nothing: { page: empty, levels, from: 0, total: uncounted } }
}

const uncounted: Total = { count: 0 }

function settledTotal(counting: Promise<number>): Promise<Total> {
  return counting.then(
    count => ({ count }),
    error => ({ error }),
  )
}

/** Each key once, in the order in which they come. */
function keysOf({ left, relation }: SinglePlan | ManyPlan, rows: Rows) {
  const keys = new Map<string, Key>()
  const names = Array.from({ length: rows.length }, (_, row) => {
    const key = keyFrom(
      left.map(at => cellAt(rows, row, at)),
      relation.normalise,
    )
    if (!key) return undefined
    const name = nameOf(key)
    if (!keys.has(name)) keys.set(name, key)
    return name
  })
  return { names, keys }
}

/** Distinct keys by their names. */
type Keys = ReadonlyMap<string, Key>

/** The places are those of the names, in their order; names without rows are missing. */
async function rowsByName(asking: Asking, template: Template, keys: Keys, joining: Joining): Promise<Found> {
  const { rows, places } = await foundOf(asking, template, [...keys.values()], joining)
  const found = [...keys].map(([name, key]) => [name, places.get(nameOf(key, joining.normalise))] as const)
  return { rows, places: new Map(found.filter((one): one is [string, readonly number[]] => one[1] !== undefined)) }
}

async function countsByName(asking: Asking, template: Template, keys: Keys, joining: Joining): Promise<ReadonlyMap<string, number>> {
  const counts = await countsOf(asking, template, [...keys.values()], joining)
  return new Map([...keys.keys()].map((name, at) => [name, counts[at] ?? 0]))
}

interface Portions<T> {
  /** In the order of the keys. */
  readonly answers: readonly T[]
  /** By name. */
  readonly failed: ReadonlyMap<string, unknown>
}

const unasked: Portions<never> = { answers: [], failed: new Map() }

/** Asks for keys in portions; what fails costs its own portion. */
async function portions<T>(keys: Keys, ask: (keys: Keys) => Promise<T>): Promise<Portions<T>> {
  if (keys.size === 0) return unasked
  const all = [...keys]
  const starts = Array.from({ length: Math.ceil(all.length / keysAtMost) }, (_, at) => at * keysAtMost)
  const failed = new Map<string, unknown>()
  const answers = await Promise.all(
    starts.map(async start => {
      const mine = starts.length === 1 ? keys : new Map(all.slice(start, start + keysAtMost))
      try {
        return [await ask(mine)]
      } catch (error) {
        for (const name of mine.keys()) failed.set(name, error)
        return []
      }
    }),
  )
  return { answers: answers.flat(), failed }
}
