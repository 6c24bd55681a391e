/** What can a feature type really do? Found out by asking, on first need, and remembered for a while. */

import {
  type Cell,
  type Column,
  type Condition,
  type ConnectorServices,
  columnsGone,
  type Dataset,
  GatewayError,
  type Order,
} from '../../model/index.ts'
import { compareScalars, isScalar } from '../shared/compare.ts'
import { matches } from '../shared/local.ts'
import type { Srs } from './axes.ts'
import type { Filter, ServerType } from './filter.ts'
import { push } from './push.ts'
import { every, filterOf, type Known, type Pushed, type Skill } from './pushed.ts'
import { Remembered } from './remember.ts'
import { type FeatureRow, isGeometry } from './rows.ts'
import type { Errand, FeatureSchema, FeatureSource, Page, PageWish, Sort } from './service.ts'
import { assumedType, impossible, isSortable, signature, trials, withoutProof } from './trials.ts'

/** Rows that are looked at to find values to ask for. */
const sampleSize = 100

interface Sample {
  /** Cells of the first rows, by the signature of the column. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>
  readonly rows: number
  /** There are no others, as far as the service can be believed. */
  readonly whole: boolean
  readonly srsName?: string
}

/** What is known of the order by one column. */
interface Ends {
  /** The service sorts at all, as far as two questions can tell. */
  readonly honoured: boolean
  /** Where rows without a value come: before all others (as if small), after all others, or there are none. */
  readonly nulls: 'low' | 'high' | 'none'
}

export interface SortPlan {
  readonly sortBy: readonly Sort[]
  /**
   * Set when the service puts rows without a value in the first column to the other end than is asked for: where it puts them, `low`
   * before all others when sorted upwards, `high` after them.
   */
  readonly turned?: 'low' | 'high'
}

export class Layer {
  readonly #source: FeatureSource
  /** Columns that every question asks for: they tell rows apart. */
  readonly key: readonly Column[]
  readonly #warn: ConnectorServices['warn']
  readonly #known = new Remembered()
  readonly #skills = new Map<string, boolean>()
  readonly #unsorted = new Set<string>()
  #schema: FeatureSchema | undefined
  #schemaAt = 0
  #srsName: string | undefined
  /** The most features that came in one answer: a smaller answer than that was not cut off by the service. */
  #largest = 0
  /** The service has named a next page before: one without is the last. */
  #links = false
  /** A page that was named as the next was none. */
  #linksLie = false

  constructor(source: FeatureSource, { key }: Pick<Dataset, 'key'>, warn: ConnectorServices['warn']) {
    this.#source = source
    this.#warn = warn
    this.key = key
  }

  /**
   * Makes sure that the service still has the columns.
   *
   * @throws GatewayError SOURCE_CHANGED
   */
  async expect(columns: readonly Column[], errand: Errand): Promise<void> {
    let missing = this.#missing(columns, await this.#describe(errand))
    if (missing.length > 0 && Date.now() - this.#schemaAt > 5_000) {
      this.#known.forget('schema')
      missing = this.#missing(columns, await this.#describe(errand))
    }
    if (missing.length === 0) return
    const found = [...(this.#schema?.properties.keys() ?? [])].join(', ')
    throw columnsGone(
      missing,
      `${errand.dataset}: ${this.#source.title} has no property ${missing.join(', ')}`,
      undefined,
      `it has ${found}`,
    )
  }

  /** What can be asked of a condition, after trying out what has not been tried out yet. */
  async push(condition: Condition | undefined, errand: Errand): Promise<Pushed> {
    if (!condition)
      return push(
        undefined,
        this.#assuming(() => true),
      )
    const needs = new Map<string, { readonly column: Column; readonly skill: Skill }>()
    push(
      condition,
      this.#assuming((column, skill) => {
        needs.set(`${skill} ${signature(column)}`, { column, skill })
        return true
      }),
    )
    await this.#tryOut([...needs.values()], errand)
    const pushed = push(
      condition,
      this.#assuming((column, skill) => this.#skills.get(`${skill} ${signature(column)}`) === true),
    )
    if (typeof pushed.filter === 'string') return pushed
    if (this.#source.words) return this.#inWords(pushed, errand)
    return (await this.#honoursFilters(errand)) ? pushed : { filter: 'all', trust: 'loose' }
  }

  /** What of it the service has words for; those who have few show by themselves that they listen. */
  async #inWords(pushed: Pushed, errand: Errand): Promise<Pushed> {
    if (typeof pushed.filter === 'string' || !this.#source.words) return pushed
    const said = await this.#source.words(pushed.filter, errand)
    return every([{ ...pushed, filter: 'all' }, said])
  }

  /** From now on the service is not asked to compare these columns: it gave rows that do not match. */
  distrust(columns: readonly Column[]): void {
    for (const column of columns) {
      for (const skill of ['eq', 'range', 'isNull'] as const) this.#skills.set(`${skill} ${signature(column)}`, false)
    }
  }

  /** How the service is asked to sort; undefined when it would not give the order that is asked for. */
  async sort(orderBy: readonly Order[], errand: Errand): Promise<SortPlan | undefined> {
    let turned: SortPlan['turned']
    for (const [at, { column, direction, nulls }] of orderBy.entries()) {
      if (column.written || !isSortable(column.type, this.#serverType(column)) || this.#unsorted.has(signature(column))) return undefined
      if (at > 0 && this.#isKey(column)) continue
      const ends = await this.#ends(column, errand)
      if (!ends.honoured) return undefined
      const first = (ends.nulls === 'low') === (direction === 'asc')
      if (ends.nulls === 'none' || first === (nulls === 'first')) continue
      // Only the first column cuts the whole order in two.
      if (at > 0) return undefined
      turned = ends.nulls
    }
    const sortBy = orderBy.map(({ column, direction }) => ({ property: column.column, descending: direction === 'desc' }))
    return { sortBy, ...(turned && { turned }) }
  }

  /** An order in which pages do not overlap, where the service keeps to one. */
  async sortByKey(errand: Errand): Promise<readonly Sort[] | undefined> {
    const plan = await this.sort(
      this.key.map(column => ({ column, direction: 'asc', nulls: 'last' })),
      errand,
    )
    return plan?.sortBy
  }

  /** The greatest or the least value of a column as it is now; undefined when there is none. */
  async edge(column: Column, which: 'greatest' | 'least', errand: Errand): Promise<Cell | undefined> {
    const sortBy = [{ property: column.column, descending: which === 'greatest' }]
    const { rows } = await this.page({ columns: [column, ...this.key], sortBy, count: 1 }, errand)
    return rows[0]?.cell(column)
  }

  /** From now on the service is not asked to sort by this column: its rows came in another order. */
  distrustOrder(column: Column): void {
    this.#unsorted.add(signature(column))
  }

  /** false: this version of WFS has no words for leaving out features at the beginning. */
  get mightSkip(): boolean {
    return this.#source.mightSkip
  }

  /** Whether the service really leaves out features at the beginning when it is asked to. */
  async canSkip(errand: Errand): Promise<boolean> {
    if (!this.mightSkip) return false
    return this.#known.get('skip', errand.context.signal, async () => {
      const columns = this.key
      const sortBy = await this.sortByKey(errand)
      const wish = { columns, ...(sortBy && { sortBy }), count: 1 }
      return unlessRefused(false, async () => {
        const [[one], [two]] = [(await this.page(wish, errand)).rows, (await this.page({ ...wish, start: 1 }, errand)).rows]
        return !one || !two || this.identity(one) !== this.identity(two)
      })
    })
  }

  /** How many features match; undefined when the service cannot be believed. */
  async count(filter: Filter | undefined, errand: Errand): Promise<number | undefined> {
    const hits = (asked: Filter | undefined): Promise<number | undefined> =>
      unlessRefused(undefined, () => this.#source.hits(asked, errand))
    const honest = await this.#known.get('hits', errand.context.signal, async () => {
      const { rows, whole } = await this.#sample([], errand)
      const [all, impossible] = [await hits(undefined), await this.#impossible(errand)]
      return all !== undefined && (whole ? all === rows : all >= rows) && (!impossible || (await hits(impossible)) === 0)
    })
    return honest ? hits(filter) : undefined
  }

  async page(wish: PageWish, errand: Errand): Promise<Page> {
    const page = await this.#source.page(wish, errand)
    this.#largest = Math.max(this.#largest, page.rows.length)
    this.#links ||= page.next !== undefined
    return page
  }

  /** Whether a page was surely the last one. Services have limits of their own, so a short page alone means little. */
  isLast({ rows, matched, next }: Page, start: number, asked: number): boolean {
    if (rows.length === 0) return true
    if (next !== undefined) return false
    if (matched !== undefined) return start + rows.length >= matched
    return this.#links || (rows.length < asked && rows.length < this.#largest)
  }

  /** The page that a page names as the next, where such names can be trusted. */
  after({ next }: Page): string | undefined {
    return this.#linksLie || next === '' ? undefined : next
  }

  /** From now on pages are not read by the names that pages give. */
  distrustLinks(): void {
    this.#linksLie = true
  }

  /** What tells rows apart: the key, else the service's own id. */
  identity(row: FeatureRow): string | undefined {
    const key = this.key.map(row.cell)
    return key.length > 0 && key.every(isScalar) ? JSON.stringify(key) : row.id
  }

  #isKey(column: Column): boolean {
    return this.key.some(key => key.column === column.column)
  }

  async #describe(errand: Errand): Promise<FeatureSchema | undefined> {
    return this.#known.get('schema', errand.context.signal, async () => {
      this.#schema = await this.#source.schema(errand)
      this.#schemaAt = Date.now()
      return this.#schema
    })
  }

  #missing(columns: readonly Column[], schema: FeatureSchema | undefined): readonly string[] {
    if (!schema || schema.properties.size === 0) return []
    const asked = columns.filter(({ type }) => !(this.#source.oneGeometry && isGeometry(type)))
    return [...new Set(asked.map(({ column }) => column))].filter(name => !schema.properties.has(this.#source.nameOf(name)))
  }

  #serverType(column: Pick<Column, 'column' | 'type'>): ServerType {
    return this.#schema?.properties.get(this.#source.nameOf(column.column)) ?? assumedType(column.type)
  }

  #assuming(can: Known['can']): Known {
    return { can, serverType: column => this.#serverType(column), srs: column => this.#srs(column) }
  }

  #srs(column: Column): Srs | undefined {
    return this.#source.srs(column, this.#srsName)
  }

  async #tryOut(needs: readonly { readonly column: Column; readonly skill: Skill }[], errand: Errand): Promise<void> {
    const open = needs.filter(({ column, skill }) => !this.#skills.has(`${skill} ${signature(column)}`))
    if (open.length === 0) return
    const columns = [...new Map(open.map(({ column }) => [signature(column), column])).values()]
    const { cells, srsName } = await this.#sample(columns, errand)
    this.#srsName ??= srsName
    for (const { column, skill } of open) {
      const key = `${skill} ${signature(column)}`
      const can = await this.#known.get(key, errand.context.signal, () =>
        this.#trial(column, skill, cells.get(signature(column)) ?? [], errand),
      )
      if (!this.#skills.has(key)) this.#skills.set(key, can)
    }
  }

  /** The first rows, with these columns and the key. */
  #sample(columns: readonly Column[], errand: Errand): Promise<Sample> {
    const key = `sample ${columns.map(signature).sort().join()}`
    return this.#known.get(key, errand.context.signal, async () => {
      const { rows, srsName, next } = await this.page({ columns: [...this.key, ...columns], count: sampleSize }, errand)
      const cells = new Map(columns.map(column => [signature(column), rows.map(row => row.cell(column))]))
      return { cells, rows: rows.length, whole: this.#links && next === undefined, ...(srsName && { srsName }) }
    })
  }

  /** Asks for something that is known to be there, and believes the service only when it finds it. */
  async #trial(column: Column, skill: Skill, cells: readonly Cell[], errand: Errand): Promise<boolean> {
    const known = this.#assuming((other, asked) => other === column && (asked === skill || (skill === 'case' && asked === 'eq')))
    for (const condition of trials(column, skill, cells)) {
      const { filter } = await this.#inWords(push(condition, known), errand)
      if (typeof filter === 'string') continue
      return unlessRefused(false, async () => {
        const found = await this.page({ columns: [...this.key, column], filter, count: 10 }, errand)
        const right = found.rows.filter(row => matches(condition, row.cell)).length
        return skill === 'case' ? right === found.rows.length : right > 0
      })
    }
    return withoutProof(skill, this.#serverType(column))
  }

  #honoursFilters(errand: Errand): Promise<boolean> {
    return this.#known.get('filters', errand.context.signal, async () => {
      const filter = await this.#impossible(errand)
      if (!filter) return true
      const honoured = await unlessRefused(
        false,
        async () => (await this.page({ columns: this.key, filter, count: 1 }, errand)).rows.length === 0,
      )
      if (!honoured) this.#warn('the service does not filter; it is filtered here', { dataset: errand.dataset })
      return honoured
    })
  }

  async #impossible(errand: Errand): Promise<Filter | undefined> {
    const filter = impossible(this.key.map(({ column, type }) => ({ property: column, type: this.#serverType({ column, type }) })))
    return filter && filterOf(await this.#inWords({ filter, trust: 'exact' }, errand))
  }

  /** Asks for the first row upwards and the first row downwards. */
  #ends(column: Column, errand: Errand): Promise<Ends> {
    return this.#known.get(`ends ${signature(column)}`, errand.context.signal, async () => {
      const ends = async (): Promise<Ends> =>
        endsOf((await this.edge(column, 'least', errand)) ?? null, (await this.edge(column, 'greatest', errand)) ?? null, column)
      return unlessRefused<Ends>({ honoured: false, nulls: 'none' }, ends)
    })
  }
}

/** A service that answers a trial with an error cannot do it; a service that is down will say so to the next question as well. */
async function unlessRefused<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const refused = error instanceof GatewayError && /^SOURCE_(ANSWER_INVALID|CHANGED|REFUSED|UNAVAILABLE)$/.test(error.code)
    if (!refused) throw error
    return otherwise
  }
}

/** @param up first row upwards; `down`: first row downwards */
function endsOf(up: Cell, down: Cell, { type }: Column): Ends {
  if (!isScalar(up) && !isScalar(down)) return { honoured: false, nulls: 'none' }
  if (!isScalar(up)) return { honoured: true, nulls: 'low' }
  if (!isScalar(down)) return { honoured: true, nulls: 'high' }
  // The same value at both ends: one value everywhere, or a service that does not sort.
  const honoured = type === 'text' || type === 'code' ? up !== down : compareScalars(up, down, type) < 0
  return { honoured, nulls: 'none' }
}
