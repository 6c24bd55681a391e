/** How do gathered rows become the text of the answer? */

import { type FieldNode, type GraphQLError, locatedError } from 'graphql'
import type { Asking } from '../asking.ts'
import { idOf } from '../view.ts'
import type { Level, Manys, PageLevel, Singles } from './gather.ts'
import type { ConnectionPlan, EdgePart, InfoPart, ManyPlan, ObjectPlan, Shape, SinglePlan } from './plan.ts'
import { quoted, Unwritable } from './text.ts'

/** One answer while it is written. */
export class Writer {
  readonly errors: GraphQLError[] = []
  readonly #asking: Asking
  /** The path to where the pen is. */
  readonly #trail: (string | number)[] = []

  constructor(asking: Asking) {
    this.#asking = asking
  }

  /** `null`, and the reason among the errors, as the specification has it for a field that may be null. */
  failed(key: string, nodes: readonly FieldNode[], error: unknown): string {
    const located = locatedError(error, nodes, [...this.#trail, key])
    this.errors.push(located)
    return 'null'
  }

  under(key: string, write: () => string): string {
    this.#trail.push(key)
    const text = write()
    this.#trail.pop()
    return text
  }

  object(plan: ObjectPlan, level: Level, at: number): string {
    const row = level.rows[at]!
    let text = ''
    for (const part of plan.parts) {
      text += part.before
      if (part.is === 'cell') text += part.write(row[part.at] ?? null)
      else if (part.is === 'id')
        text += quoted(
          idOf(
            this.#asking,
            plan.dataset,
            part.key.map(place => row[place] ?? null),
          ),
        )
      else text += this.#relation(plan.relations[part.index]!, level.relations[part.index]!, at)
    }
    return text + plan.after
  }

  connection(plan: ConnectionPlan, { page, levels, from, total }: PageLevel): string {
    let text = ''
    for (const part of plan.parts) {
      text += part.before
      if (part.is === 'nodes')
        text += this.#list(part.key, page.rows.length, at => this.object(plan.objects[part.object]!, levels[part.object]!, from + at))
      else if (part.is === 'edges')
        text += this.#list(part.key, page.rows.length, at => this.#edge(part.edge, plan, { page, levels, from, total }, at))
      else if (part.is === 'pageInfo') text += infoText(part.info, page)
      else text += 'error' in total ? this.failed(part.key, part.nodes, total.error) : countText(total.count)
    }
    return text + plan.after
  }

  #edge(shape: Shape<EdgePart>, plan: ConnectionPlan, { page, levels, from }: PageLevel, at: number): string {
    let text = ''
    for (const part of shape.parts) {
      text += part.before
      if (part.is === 'cursor') text += quoted(page.cursor(at))
      else text += this.under(part.key, () => this.object(plan.objects[part.object]!, levels[part.object]!, from + at))
    }
    return text + shape.after
  }

  #list(key: string, length: number, write: (at: number) => string): string {
    const trail = this.#trail
    trail.push(key, 0)
    let text = '['
    for (let at = 0; at < length; at++) {
      trail[trail.length - 1] = at
      if (at > 0) text += ','
      text += write(at)
    }
    trail.length -= 2
    return `${text}]`
  }

  #relation(plan: SinglePlan | ManyPlan, related: Singles | Manys, at: number): string {
    const name = related.names[at]
    if (name !== undefined && related.failed.has(name)) return this.failed(plan.key, plan.nodes, related.failed.get(name))
    return plan.is === 'single'
      ? this.#single(plan, related as Singles, name)
      : this.under(plan.key, () => {
          const { pages, nothing } = related as Manys
          return this.connection(plan.connection, (name === undefined ? undefined : pages.get(name)) ?? nothing)
        })
  }

  #single(plan: SinglePlan, { index, level, texts }: Singles, name: string | undefined): string {
    const at = name === undefined ? undefined : index.get(name)
    if (at === undefined) return 'null'
    const before = this.errors.length
    const text = texts[at] ?? this.under(plan.key, () => this.object(plan.object, level, at))
    // An error has a path of its own at each place.
    if (this.errors.length === before) texts[at] = text
    return text
  }
}

function infoText(shape: Shape<InfoPart>, page: PageLevel['page']): string {
  const last = page.rows.length - 1
  let text = ''
  for (const { before, is } of shape.parts) {
    text += before
    if (is === 'hasNextPage' || is === 'hasPreviousPage') text += String(page[is])
    else text += last < 0 ? 'null' : quoted(page.cursor(is === 'startCursor' ? 0 : last))
  }
  return text + shape.after
}

function countText(count: number): string {
  if (!Number.isInteger(count) || count > 2 ** 31 - 1) throw new Unwritable()
  return String(count)
}
