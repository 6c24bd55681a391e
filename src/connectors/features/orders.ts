/** In which orders can a kind of feature be had? Found out by asking for both ends. */

import type { Cell, Column, Order } from '../../model/index.ts'
import { compareScalars, isScalar } from '../shared/compare.ts'
import type { Listing } from './listing.ts'
import type { Properties } from './properties.ts'
import type { Remembered } from './remember.ts'
import type { Errand, Sort } from './service.ts'
import { isSortable, signature, unlessRefused } from './trials.ts'

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

export class Orders {
  readonly #key: readonly Column[]
  readonly #properties: Properties
  readonly #listing: Listing
  readonly #known: Remembered
  readonly #unsorted = new Set<string>()

  constructor(key: readonly Column[], properties: Properties, listing: Listing, known: Remembered) {
    this.#key = key
    this.#properties = properties
    this.#listing = listing
    this.#known = known
  }

  /** How the service is asked to sort; undefined when it would not give the order that is asked for. */
  async sort(orderBy: readonly Order[], errand: Errand): Promise<SortPlan | undefined> {
    let turned: SortPlan['turned']
    for (const [at, { column, direction, nulls }] of orderBy.entries()) {
      if (column.written || !isSortable(column.type, this.#properties.typeOf(column)) || this.#unsorted.has(signature(column)))
        return undefined
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
  async byKey(errand: Errand): Promise<readonly Sort[] | undefined> {
    const plan = await this.sort(
      this.#key.map(column => ({ column, direction: 'asc', nulls: 'last' })),
      errand,
    )
    return plan?.sortBy
  }

  /** The greatest or the least value of a column as it is now; undefined when there is none. */
  async edge(column: Column, which: 'greatest' | 'least', errand: Errand): Promise<Cell | undefined> {
    const sortBy = [{ property: column.column, descending: which === 'greatest' }]
    const { rows } = await this.#listing.page({ columns: [column, ...this.#key], sortBy, count: 1 }, errand)
    return rows[0]?.cell(column)
  }

  /** From now on the service is not asked to sort by this column: its rows came in another order. */
  distrust(column: Column): void {
    this.#unsorted.add(signature(column))
  }

  #isKey(column: Column): boolean {
    return this.#key.some(key => key.column === column.column)
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

/** @param up first row upwards; `down`: first row downwards */
function endsOf(up: Cell, down: Cell, { type }: Column): Ends {
  if (!isScalar(up) && !isScalar(down)) return { honoured: false, nulls: 'none' }
  if (!isScalar(up)) return { honoured: true, nulls: 'low' }
  if (!isScalar(down)) return { honoured: true, nulls: 'high' }
  // The same value at both ends: one value everywhere, or a service that does not sort.
  const honoured = type === 'text' || type === 'code' ? up !== down : compareScalars(up, down, type) < 0
  return { honoured, nulls: 'none' }
}
