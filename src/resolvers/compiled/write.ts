/** How do gathered rows become the text of the answer? */

import { type FieldNode, type GraphQLError, locatedError } from 'graphql'
import { cellAt, PackedRows, type Row, type Rows } from '../../model/index.ts'
import type { Asking } from '../asking.ts'
import { idOf } from '../view.ts'
import type { Level, Manys, PageLevel, Singles } from './gather.ts'
import { Output } from './output.ts'
import type { ConnectionPlan, EdgePart, InfoPart, ManyPlan, ObjectPlan, Shape, SinglePlan } from './plan.ts'
import { quoted, Unwritable } from './text.ts'

/** One answer while it is written. */
export class Writer {
  readonly errors: GraphQLError[] = []
  readonly out: Output
  readonly #asking: Asking
  /** The path to where the pen is. */
  readonly #trail: (string | number)[] = []

  constructor(asking: Asking) {
    this.#asking = asking
    this.out = new Output(asking.house.zone)
  }

  /** `null`, and the reason among the errors, as the specification has it for a field that may be null. */
  failed(key: string, nodes: readonly FieldNode[], error: unknown): void {
    const located = locatedError(error, nodes, [...this.#trail, key])
    this.errors.push(located)
    this.out.text('null')
  }

  under(key: string, write: () => void): void {
    this.#trail.push(key)
    write()
    this.#trail.pop()
  }

  object(plan: ObjectPlan, level: Level, at: number): void {
    const { rows } = level
    if (rows instanceof PackedRows) this.#packed(plan, level, rows, at)
    else this.#plain(plan, level, rows, at)
  }

  #plain(plan: ObjectPlan, level: Level, rows: readonly Row[], at: number): void {
    const row = rows[at]!
    let text = ''
    for (const part of plan.parts) {
      text += part.before
      if (part.is === 'cell') text += part.write(row[part.at] ?? null)
      else if (part.is === 'id') text += this.#id(plan, rows, at, part.key)
      else {
        this.out.text(text)
        text = ''
        this.#relation(plan.relations[part.index]!, level.relations[part.index]!, at)
      }
    }
    this.out.text(text + plan.after)
  }

  #packed(plan: ObjectPlan, level: Level, rows: PackedRows, at: number): void {
    const { out } = this
    const { together, lists } = level
    const whole = together?.object ?? plan.packed
    if (whole) {
      if (lists) out.withList(lists, at, whole)
      else out.object(rows, at, whole)
      return
    }
    for (const part of plan.parts) {
      out.text(part.before)
      if (part.is === 'id') out.text(this.#id(plan, rows, at, part.key))
      else if (part.is === 'relation') this.#relation(plan.relations[part.index]!, level.relations[part.index]!, at)
      else if (part.copy) out.cell(rows, at, part.at, part.copy)
      else out.text(part.write(rows.cell(at, part.at)))
    }
    out.text(plan.after)
  }

  #id({ dataset }: ObjectPlan, rows: Rows, at: number, key: readonly number[]): string {
    return quoted(
      idOf(
        this.#asking,
        dataset,
        key.map(place => cellAt(rows, at, place)),
      ),
    )
  }

  connection(plan: ConnectionPlan, level: PageLevel): void {
    const { out } = this
    const { page, total } = level
    for (const part of plan.parts) {
      out.text(part.before)
      if (part.is === 'nodes') this.#nodes(part, plan, level)
      else if (part.is === 'edges') this.#list(part.key, page.rows.length, at => this.#edge(part.edge, plan, level, at))
      else if (part.is === 'pageInfo') out.text(infoText(part.info, page))
      else if ('error' in total) this.failed(part.key, part.nodes, total.error)
      else out.text(countText(total.count))
    }
    out.text(plan.after)
  }

  #nodes(
    { key, object }: { readonly key: string; readonly object: number },
    plan: ConnectionPlan,
    { page, levels, from }: PageLevel,
  ): void {
    const [objects, level] = [plan.objects[object]!, levels[object]!]
    // Nothing can fail in there, so that nobody has to know where the pen is.
    const whole = level.together?.object ?? objects.packed
    if (whole && level.rows instanceof PackedRows && !level.lists) this.out.list(level.rows, from, page.rows.length, whole)
    else this.#list(key, page.rows.length, at => this.object(objects, level, from + at))
  }

  #edge(shape: Shape<EdgePart>, plan: ConnectionPlan, { page, levels, from }: PageLevel, at: number): void {
    const { out } = this
    for (const part of shape.parts) {
      out.text(part.before)
      if (part.is === 'cursor') out.text(quoted(page.cursor(at)))
      else this.under(part.key, () => this.object(plan.objects[part.object]!, levels[part.object]!, from + at))
    }
    out.text(shape.after)
  }

  #list(key: string, length: number, write: (at: number) => void): void {
    const trail = this.#trail
    trail.push(key, 0)
    this.out.text('[')
    for (let at = 0; at < length; at++) {
      trail[trail.length - 1] = at
      if (at > 0) this.out.comma()
      write(at)
    }
    trail.length -= 2
    this.out.text(']')
  }

  #relation(plan: SinglePlan | ManyPlan, related: Singles | Manys, at: number): void {
    const name = related.names[at]
    if (name !== undefined && related.failed.has(name)) this.failed(plan.key, plan.nodes, related.failed.get(name))
    else if (plan.is === 'single') this.#single(plan, related as Singles, name)
    else {
      const { pages, nothing } = related as Manys
      this.under(plan.key, () => this.connection(plan.connection, (name === undefined ? undefined : pages.get(name)) ?? nothing))
    }
  }

  #single(plan: SinglePlan, { index, level, written }: Singles, name: string | undefined): void {
    const at = name === undefined ? undefined : index.get(name)
    const before = at === undefined ? undefined : written[at]
    if (at === undefined) this.out.text('null')
    else if (before) this.out.again(...before)
    else {
      const [errors, from] = [this.errors.length, this.out.mark()]
      this.under(plan.key, () => this.object(plan.object, level, at))
      // An error has a path of its own at each place.
      if (this.errors.length === errors) written[at] = [from, this.out.mark()]
    }
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
