/** How do features come, and what do their pages say of themselves? */

import type { Cell, Column } from '../../model/index.ts'
import type { Remembered } from './remember.ts'
import type { Errand, FeatureSource, Page, PageWish } from './service.ts'
import { signature } from './trials.ts'

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

export class Listing {
  readonly #source: FeatureSource
  readonly #key: readonly Column[]
  readonly #known: Remembered
  /** The most features that came in one answer: a smaller answer than that was not cut off by the service. */
  #largest = 0
  /** The service has named a next page before: one without is the last. */
  #links = false
  /** A page that was named as the next was none. */
  #linksLie = false

  /** @param key columns that tell rows apart */
  constructor(source: FeatureSource, key: readonly Column[], known: Remembered) {
    this.#source = source
    this.#key = key
    this.#known = known
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

  /** The first rows, with these columns and the key. */
  sample(columns: readonly Column[], errand: Errand): Promise<Sample> {
    const key = `sample ${columns.map(signature).sort().join()}`
    return this.#known.get(key, errand.context.signal, async () => {
      const { rows, srsName, next } = await this.page({ columns: [...this.#key, ...columns], count: sampleSize }, errand)
      const cells = new Map(columns.map(column => [signature(column), rows.map(row => row.cell(column))]))
      return { cells, rows: rows.length, whole: this.#links && next === undefined, ...(srsName && { srsName }) }
    })
  }
}
