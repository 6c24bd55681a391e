/** Which relations of a list are answered in the list's own statement, and what came along of them? */

import { behindColumns, type Companion, cellAt } from '../../model/index.ts'
import type { Asking } from '../asking.ts'
import { countJoined, type Found } from '../batches.ts'
import { type Key, keyFrom, nameOf } from '../keys.ts'
import { connectorOf } from '../obtain.ts'
import type { Along } from '../page.ts'
import type { Template } from '../relations.ts'
import type { ConnectionPlan, ManyPlan, Prepared, SinglePlan } from './plan.ts'

/** A relation whose rows may come along. */
export interface AlongPlan {
  readonly plan: SinglePlan | ManyPlan
  readonly template: Template
  readonly companion: Companion
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
    return { plan, template, companion: { ...asked, left: plan.relation.match.map(({ left }) => left) } }
  })
}

/** By relation: the rows that came along. */
export function foundAlong(along: Along, plans: readonly AlongPlan[], asking: Asking): ReadonlyMap<SinglePlan | ManyPlan, Found> {
  let width = along.width
  return new Map(
    plans.map(({ plan, template }) => {
      const found = foundBehind(along, width, plan, template, asking)
      width += template.columns.length
      return [plan, found] as const
    }),
  )
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
