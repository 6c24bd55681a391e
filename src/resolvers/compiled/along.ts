/** Which relations of a list are answered in the list's own statement, and what came along of them? */

import { behindColumns, type Cell, type Companion, cellAt, isNullAt, PackedRows, type Rows } from '../../model/index.ts'
import type { Asking } from '../asking.ts'
import { countJoined, type Found, isCounted, joined } from '../batches.ts'
import { type Key, keyFrom, nameOf } from '../keys.ts'
import { connectorOf } from '../obtain.ts'
import type { Along, Cut } from '../page.ts'
import type { Template } from '../relations.ts'
import type { PackedObject } from './cells.ts'
import {
  type ConnectionPlan,
  type ManyPlan,
  type ObjectPart,
  type ObjectPlan,
  type Prepared,
  packedOf,
  type Shape,
  type SinglePlan,
} from './plan.ts'

/** A relation whose rows may come along. */
export interface AlongPlan {
  readonly plan: SinglePlan | ManyPlan
  readonly template: Template
  readonly companion: Companion
  /** Of a list: how each parent's is cut. */
  readonly cut?: Cut
}

/** What the source has left out once is not asked for again at once: an index may be made, a mistake mended. */
const aloneMs = 10 * 60_000
const alone = new WeakMap<ConnectionPlan, number>()

export function noteAlone(connection: ConnectionPlan): void {
  alone.set(connection, performance.now())
}

/** Of lists at most one: two would come in every combination. */
export function alongWith(connection: ConnectionPlan, prepared: Prepared, asking: Asking): readonly AlongPlan[] {
  const [object, ...others] = connection.objects
  if (!object || others.length > 0 || object.relations.length === 0) return []
  if (!connectorOf(asking, connection).capabilities.companions) return []
  if (performance.now() - (alone.get(connection) ?? Number.NEGATIVE_INFINITY) < aloneMs) return []
  let lists = 0
  return object.relations.flatMap(plan => {
    if (!plan.comesAlong) return []
    const many = plan.is === 'many' ? prepared.get(plan) : undefined
    if (plan.is === 'many' && (!many?.needed || many.template.perKey < 2 || lists++ > 0)) return []
    const template = plan.is === 'single' ? plan.template : many!.template
    const { kind: _, ...asked } = template
    const companion = { ...asked, left: plan.relation.match.map(({ left }) => left) }
    return { plan, template, companion, ...(many && { cut: many.cut }) }
  })
}

/** How rows are written together with what came along in them. */
export interface Together {
  /** The row with objects of its relations; where it has a list, what stands before that. */
  readonly object: PackedObject
  readonly list?: PackedList
}

/** A list that stands in the same rows, one entry in each. */
export interface PackedList {
  /** Place of a cell that is null where the list is empty. */
  readonly at: number
  readonly entry: PackedObject
  /** What stands behind the list, from the cells of its first row. */
  readonly rest: PackedObject
}

/**
 * How rows are written together with their companions, where everything that is asked stands in the rows.
 *
 * @param width cells before those of the companions
 */
export function togetherOf(connection: ConnectionPlan, plans: readonly AlongPlan[], width: number): Together | undefined {
  const [object] = connection.objects
  if (!object || plans.length < object.relations.length) return undefined
  const known = together.get(connection) ?? new Map<number, Together | undefined>()
  together.set(connection, known)
  if (!known.has(width)) known.set(width, makeTogether(object, plans, width))
  return known.get(width)
}

/** By cells before those of the companions, whose order never changes. */
const together = new WeakMap<ConnectionPlan, Map<number, Together | undefined>>()

function makeTogether(object: ObjectPlan, plans: readonly AlongPlan[], width: number): Together | undefined {
  let first = width
  const places = plans.map(({ plan, template }) => {
    const from = first
    first += template.columns.length
    return { plan, from, at: from + template.columns.indexOf(template.match[0]!), isAlone: template.match.length === 1 }
  })
  const inner = places.map(({ plan, from, at, isAlone }) => {
    const packed = plan.is === 'single' && isAlone ? packedOf(plan.object, from) : undefined
    return packed && { at, object: packed }
  })
  const listed = object.parts.findIndex(part => part.is === 'relation' && object.relations[part.index]!.is === 'many')
  const part = object.parts[listed]
  if (part?.is !== 'relation') {
    const whole = packedOf(object, 0, inner)
    return whole && { object: whole }
  }
  const { plan, from, at } = places[part.index]!
  const { connection } = plan as ManyPlan
  const [nodes, ...others] = connection.parts
  if (nodes?.is !== 'nodes' || others.length > 0) return undefined
  const before = packedOf({ parts: object.parts.slice(0, listed), after: `${part.before}${nodes.before}[` }, 0, inner)
  const entry = packedOf(connection.objects[nodes.object]!, from)
  const rest = packedOf(behindText(`]${connection.after}`, { ...object, parts: object.parts.slice(listed + 1) }), 0, inner)
  return before && entry && rest && { object: before, list: { at, entry, rest } }
}

function behindText(text: string, { parts, after }: Shape<ObjectPart>): Shape<ObjectPart> {
  const [first, ...others] = parts
  return first ? { parts: [{ ...first, before: text + first.before }, ...others], after } : { parts, after: text + after }
}

/** Lists of some parents, one behind the other. */
export interface Lists {
  readonly rows: PackedRows
  /** By parent: where its list begins. */
  readonly firsts: readonly number[]
  /** Entries that are shown of each, at most. */
  readonly size: number
  readonly list: PackedList
}

/** @returns `undefined` where they are not shown in the order in which they came */
export function listsOf({ rows, firsts }: Along, parents: Rows, plans: readonly AlongPlan[], list: PackedList): Lists | undefined {
  const cut = plans.find(({ cut }) => cut)?.cut
  if (!cut || cut.backwards || !(rows instanceof PackedRows) || !isInOrder(rows, firsts, parents)) return undefined
  return { rows, firsts, size: cut.size, list }
}

/** Counts keys that lead nowhere, as `foundOf` does. */
export function countAlong(rows: Rows, plans: readonly AlongPlan[], asking: Asking, width: number): void {
  let first = width
  for (const { plan, template } of plans) {
    const at = first + template.columns.indexOf(template.match[0]!)
    first += template.columns.length
    if (!isCounted(template, plan.joining)) continue
    const keys = new Set<Cell>()
    let matched = 0
    for (let row = 0; row < rows.length; row++) {
      const key = cellAt(rows, row, plan.left[0]!)
      if (key === null || keys.has(key)) continue
      keys.add(key)
      if (!isNullAt(rows, row, at)) matched++
    }
    joined(asking, plan.joining, matched, keys.size)
  }
}

/** What came along for a relation. */
export type Came = Found | Spans

/** Rows of a list for each parent, one parent's after the other's. */
export interface Spans {
  readonly rows: Rows
  /** By parent: where its own begin and end. */
  readonly spans: readonly (readonly [from: number, to: number])[]
}

/**
 * By relation: the rows that came along.
 *
 * @param parents as they are shown
 */
export function foundAlong(
  along: Along,
  parents: Rows,
  plans: readonly AlongPlan[],
  asking: Asking,
): ReadonlyMap<SinglePlan | ManyPlan, Came> {
  let width = along.width
  return new Map(
    plans.map(one => {
      const { plan, template } = one
      const found = spansBehind(along, width, parents, one, asking) ?? foundBehind(along, width, plan, template, asking)
      width += template.columns.length
      return [plan, found] as const
    }),
  )
}

/** @returns `undefined` where rows are not shown in the order in which they came, or more is asked than lists of them */
function spansBehind(
  { rows, firsts }: Along,
  width: number,
  parents: Rows,
  { plan, template, cut }: AlongPlan,
  asking: Asking,
): Spans | undefined {
  if (plan.is === 'single' || plan.connection.counted || cut?.backwards || !isInOrder(rows, firsts, parents)) return undefined
  // One row more than is shown comes for each parent: what belongs to it is not asked for.
  if (plan.connection.objects.some(({ relations }) => relations.length > 0)) return undefined
  const match = width + template.columns.indexOf(template.match[0]!)
  const spans = Array.from({ length: parents.length }, (_, at) => {
    const [from, to] = [firsts[at]!, firsts[at + 1] ?? rows.length]
    return isNullAt(rows, from, match) ? ([from, from] as const) : ([from, to] as const)
  })
  if (isCounted(template, plan.joining)) joined(asking, plan.joining, spans.filter(([from, to]) => to > from).length, spans.length)
  return { rows: behindColumns(rows, width), spans }
}

/** Whether parents are shown as they came, perhaps without the last ones. */
function isInOrder(rows: Rows, firsts: readonly number[], parents: Rows): boolean {
  if (!(rows instanceof PackedRows && parents instanceof PackedRows) || parents.bytes !== rows.bytes) return false
  return parents.starts.every((start, at) => start === rows.starts[firsts[at]!])
}

/** @param width cells before those of the companion */
function foundBehind({ rows, firsts }: Along, width: number, plan: SinglePlan | ManyPlan, template: Template, asking: Asking): Found {
  const { relation, left, joining } = plan
  const match = width + template.columns.indexOf(template.match[0]!)
  const keys = new Map<string, Key>()
  const places = new Map<string, readonly number[]>()
  for (const [at, first] of firsts.entries()) {
    const key = keyFrom(
      left.map(place => cellAt(rows, first, place)),
      relation.normalise,
    )
    const name = key && nameOf(key)
    if (name === undefined || keys.has(name)) continue
    keys.set(name, key!)
    if (cellAt(rows, first, match) === null) continue
    const end = plan.is === 'many' ? (firsts[at + 1] ?? rows.length) : first + 1
    places.set(
      name,
      Array.from({ length: end - first }, (_, more) => first + more),
    )
  }
  countJoined(asking, template, joining, [...keys.values()], places)
  return { rows: behindColumns(rows, width), places }
}
