/** How does the source keep the columns that a request names? Asked once, remembered for a while. */

import { LRUCache } from 'lru-cache'
import type { Column, Dataset, SourceRequest } from '../../model/index.ts'
import { type Context, columnsOf, compileProbe, compileSrid, type Probe, type Statement, tableName, unplaced } from './compile/index.ts'
import type { ColumnFacts, Dialect, TableFacts } from './dialects/index.ts'
import type { RawRow } from './drivers/session.ts'

/** Ways to ask; each is one exchange with the source. */
export interface Asking {
  readonly describe: (probe: Probe) => Promise<readonly ColumnFacts[]>
  readonly run: (statement: Statement) => Promise<readonly RawRow[]>
  /** @see Session.lookUp */
  readonly lookUp?: (name: string) => Promise<TableFacts>
}

/** What is known of the source, as far as a request needs it. */
export type Known = Pick<Context, 'facts' | 'table'>

/** A column whose type was changed at the source is known by its new type after so long; a column that is gone, at once. */
const keptMs = 10 * 60_000
const most = 10_000

export class Memory {
  readonly #known = new LRUCache<string, ColumnFacts>({ max: most, ttl: keptMs })
  readonly #tables = new LRUCache<string, TableFacts>({ max: most, ttl: keptMs })

  /** Facts of every column that the request names, and of no other. */
  async factsFor(request: SourceRequest, dialect: Dialect, ask: Asking): Promise<Known> {
    const { dataset } = request
    const found = new Map<string, ColumnFacts>()
    const context: Context = { dialect, dataset, facts: ({ column }) => found.get(column) ?? { stored: 'other' } }
    const columns = columnsOf(request)
    for (const { column } of columns) {
      const known = this.#known.get(keyOf(dataset, column))
      if (known) found.set(column, known)
    }
    const missing = columns.filter(({ column }) => !found.has(column))
    if (missing.length > 0) {
      const facts = await ask.describe(compileProbe(missing, context))
      for (const [at, { column }] of missing.entries()) this.#keep(found, dataset, column, facts[at] ?? { stored: 'other' })
    }
    for (const column of unplaced(request, dialect)) await this.#place(column, found, context, ask)
    if (!ask.lookUp || !isHelped(request)) return { facts: context.facts }
    return { facts: context.facts, table: await this.#lookUp(context, ask.lookUp) }
  }

  async #lookUp(context: Context, ask: NonNullable<Asking['lookUp']>): Promise<TableFacts> {
    const key = keyOf(context.dataset, '')
    const known = this.#tables.get(key)
    if (known) return known
    const told = await ask(tableName(context))
    this.#tables.set(key, told)
    return told
  }

  /** What was learnt about a dataset is no longer true. */
  forget(dataset: Dataset): void {
    this.#tables.delete(keyOf(dataset, ''))
    for (const key of this.#known.keys()) if (key.startsWith(keyOf(dataset, ''))) this.#known.delete(key)
  }

  /** In which reference system a geometry stands, its first row says. */
  async #place(column: Column, found: Map<string, ColumnFacts>, context: Context, ask: Asking): Promise<void> {
    const known = context.facts(column)
    const statement = known.srid === undefined ? compileSrid(column, context) : undefined
    if (!statement) return
    const rows = await ask.run(statement)
    // A table without a geometry: no area touches anything in any system, and tomorrow it may have one.
    if (rows.length === 0) found.set(column.column, { ...known, srid: 4326 })
    else this.#keep(found, context.dataset, column.column, { ...known, srid: Number(rows[0]![0]) })
  }

  #keep(found: Map<string, ColumnFacts>, dataset: Dataset, column: string, facts: ColumnFacts): void {
    found.set(column, facts)
    this.#known.set(keyOf(dataset, column), facts)
  }
}

const texts = new WeakMap<Dataset['place'], string>()

function keyOf({ place }: Dataset, column: string): string {
  let text = texts.get(place)
  if (text === undefined) {
    text = JSON.stringify(place)
    texts.set(place, text)
  }
  return `${text}\n${column}`
}

/** Whether the catalogue can help: rows in an order that is not the key's, the first rows of many keys, or companions, whose keys nobody knows yet. */
function isHelped(request: SourceRequest): boolean {
  if (request.kind === 'aggregate') return false
  const { key } = request.dataset
  return (
    (request.kind === 'keyed' && (request.perKey > 1 || request.keys.length === 0)) ||
    request.orderBy.some(({ column }) => !key.some(own => own.column === column.column))
  )
}
