/** How does the source keep the columns that a request names? Asked once, remembered for a while. */

import { LRUCache } from 'lru-cache'
import type { Column, Dataset, SourceRequest } from '../../model/index.ts'
import {
  type Context,
  columnsOf,
  compileProbe,
  compileSrid,
  everyColumn,
  type Probe,
  type Statement,
  tableName,
  unplaced,
} from './compile/index.ts'
import type { ColumnFacts, Dialect, TableFacts } from './dialects/index.ts'
import type { RawRow } from './drivers/session.ts'

/** Ways to ask; each is one exchange with the source. */
export interface Asking {
  readonly describe: (probe: Probe) => Promise<readonly ColumnFacts[]>
  readonly run: (statement: Statement) => Promise<readonly RawRow[]>
  /** @see Session.lookUp */
  readonly lookUp?: (name: string) => Promise<TableFacts>
}

/** A column whose type was changed at the source is known by its new type after so long; a column that is gone, at once. */
const keptMs = 10 * 60_000
const most = 1_000

/** What is known of one table or view. */
interface Table {
  readonly dialect: Dialect
  readonly columns: Map<string, ColumnFacts>
  told?: TableFacts
  /** Of the datasets that are served from it, in as many audiences. */
  contexts: WeakMap<Dataset, Context>
  /** The same with what the catalogue told. */
  helped: WeakMap<Dataset, Context>
}

export class Memory {
  readonly #tables = new LRUCache<string, Table>({ max: most, ttl: keptMs })

  /** @returns `undefined` when the source has to be asked */
  known(request: SourceRequest, dialect: Dialect, looksUp: boolean): Context | undefined {
    const { dataset } = request
    const table = this.#tables.get(keyOf(dataset))
    const isKnown =
      table?.dialect === dialect &&
      everyColumn(request, ({ column }) => table.columns.has(column)) &&
      unplaced(request, dialect).length === 0
    if (!isKnown) return undefined
    return (looksUp && isHelped(request) ? table.helped : table.contexts).get(dataset)
  }

  /** Asks for what is not known: facts of the columns that the request names, and of no others. */
  async learn(request: SourceRequest, dialect: Dialect, ask: Asking): Promise<Context> {
    const { dataset } = request
    const table = this.#tableOf(dataset, dialect)
    const missing = columnsOf(request).filter(({ column }) => !table.columns.has(column))
    if (missing.length > 0) {
      const facts = await ask.describe(compileProbe(missing, contextOf(table, dataset)))
      for (const [at, { column }] of missing.entries()) table.columns.set(column, facts[at] ?? { stored: 'other' })
    }
    const passing = new Map<Column, ColumnFacts>()
    for (const column of unplaced(request, dialect)) await this.#place(column, table, dataset, passing, ask)
    const lookUp = isHelped(request) ? ask.lookUp : undefined
    if (lookUp) table.told ??= await lookUp(tableName(contextOf(table, dataset)))
    const context = lookUp ? helpedOf(table, dataset) : contextOf(table, dataset)
    if (passing.size === 0) return context
    const { lasting: _, facts, ...more } = context
    return { ...more, facts: column => passing.get(column) ?? facts(column) }
  }

  /** What was learnt about a dataset is no longer true. */
  forget(dataset: Dataset): void {
    this.#tables.delete(keyOf(dataset))
  }

  #tableOf(dataset: Dataset, dialect: Dialect): Table {
    const known = this.#tables.get(keyOf(dataset))
    if (known?.dialect === dialect) return known
    const made: Table = { dialect, columns: new Map(), contexts: new WeakMap(), helped: new WeakMap() }
    this.#tables.set(keyOf(dataset), made)
    return made
  }

  /** In which reference system a geometry stands, its first row says. */
  async #place(column: Column, table: Table, dataset: Dataset, passing: Map<Column, ColumnFacts>, ask: Asking): Promise<void> {
    const context = contextOf(table, dataset)
    const known = context.facts(column)
    const statement = known.srid === undefined ? compileSrid(column, context) : undefined
    if (!statement) return
    const rows = await ask.run(statement)
    // A table without a geometry: no area touches anything in any system, and tomorrow it may have one.
    if (rows.length === 0) passing.set(column, { ...known, srid: 4326 })
    else {
      table.columns.set(column.column, { ...known, srid: Number(rows[0]![0]) })
      // Facts that have changed are no lasting ones.
      table.contexts = new WeakMap()
      table.helped = new WeakMap()
    }
  }
}

function contextOf({ dialect, columns, contexts }: Table, dataset: Dataset): Context {
  const known = contexts.get(dataset)
  if (known) return known
  const made = {
    dialect,
    dataset,
    facts: ({ column }: Column) => columns.get(column) ?? { stored: 'other' as const },
    lasting: true as const,
  }
  contexts.set(dataset, made)
  return made
}

function helpedOf(table: Table, dataset: Dataset): Context {
  const known = table.helped.get(dataset)
  if (known) return known
  const made = { ...contextOf(table, dataset), ...(table.told && { table: table.told }) }
  table.helped.set(dataset, made)
  return made
}

const texts = new WeakMap<Dataset['place'], string>()

function keyOf({ place }: Dataset): string {
  let text = texts.get(place)
  if (text === undefined) {
    text = JSON.stringify(place)
    texts.set(place, text)
  }
  return text
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
