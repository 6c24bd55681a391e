/** How is a list of entities asked for exactly what is wanted, and nothing else? */

import type { Order } from '../../model/index.ts'
import { idProperty } from './entities.ts'
import { asked, type Path, pathOf } from './path.ts'

/** Query options by name, without their `$`. */
export type Options = Readonly<Record<string, string>>

/** What is wanted of an entity, and of those it hangs together with. */
export interface Wanted {
  readonly select: Set<string>
  readonly expand: Map<string, Wanted>
  /** Of a list: so many, in this order. */
  top: number
  order: string | undefined
}

/** Orders that are asked for within a list: a place in it must mean something. */
const newestFirst = 'phenomenonTime desc'

export function nothing(): Wanted {
  return { select: new Set(), expand: new Map(), top: 0, order: undefined }
}

/**
 * What a list of paths takes.
 *
 * @param deep whether the service takes `properties/name` in `$select`; else whole properties come, and the rest of them is dropped here
 */
export function wantedOf(paths: readonly Path[], deep: boolean): Wanted {
  const wanted = nothing()
  wanted.select.add('id')
  for (const path of paths) want(wanted, path, deep)
  return wanted
}

function want(from: Wanted, { steps, property, inner, kind }: Path, deep: boolean): void {
  let here = from
  for (const { name, link, at } of steps) {
    const next = here.expand.get(name) ?? nothing()
    here.expand.set(name, next)
    if (link.many) {
      next.top = Math.max(next.top, at + 1)
      next.order = link.set === 'Observations' ? newestFirst : 'id asc'
    }
    here = next
  }
  const member = deep && kind === 'json' && inner.length === 1 ? asked({ set: 'Things', steps: [], property, kind, inner }) : undefined
  here.select.add(member ?? (property === idProperty ? 'id' : property))
}

/**
 * The options `select` and `expand`.
 *
 * @see OGC 18-088, 9.3.2.1 and 9.3.2.2
 */
export function shown({ select, expand }: Wanted): Options {
  return {
    ...(select.size > 0 && { select: [...select].filter(name => !select.has(name.split('/')[0]!) || !name.includes('/')).join(',') }),
    ...(expand.size > 0 && { expand: [...expand].map(([name, wanted]) => `${name}${nested(wanted)}`).join(',') }),
  }
}

/** Options within the brackets of an `$expand`. */
export function nested(wanted: Wanted, more: Options = {}): string {
  const { top, order } = wanted
  const listed = { ...shown(wanted), ...(order !== undefined && { orderby: order }), ...(top > 0 && { top: String(top) }), ...more }
  const texts = Object.entries(listed).map(([name, value]) => `$${name}=${value}`)
  return texts.length > 0 ? `(${texts.join(';')})` : ''
}

/** The option `orderby` for an order that the service can bring. */
export function orderText(set: Path['set'], orderBy: readonly Order[]): string {
  return orderBy.map(({ column, direction }) => `${asked(pathOf(set, column))} ${direction}`).join(',')
}
