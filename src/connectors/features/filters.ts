/** What can a kind of feature be asked for? Tried out on values that are known to be there, before it is believed. */

import type { Cell, Column, Condition, ConnectorServices } from '../../model/index.ts'
import { matches } from '../shared/local.ts'
import type { Filter } from './filter.ts'
import type { Listing } from './listing.ts'
import type { Properties } from './properties.ts'
import { push } from './push.ts'
import { every, filterOf, type Known, type Pushed, type Skill } from './pushed.ts'
import type { Remembered } from './remember.ts'
import type { Errand, FeatureSource } from './service.ts'
import { impossible, signature, trials, unlessRefused, withoutProof } from './trials.ts'

export class Filters {
  readonly #source: FeatureSource
  readonly #key: readonly Column[]
  readonly #properties: Properties
  readonly #listing: Listing
  readonly #known: Remembered
  readonly #warn: ConnectorServices['warn']
  readonly #skills = new Map<string, boolean>()
  #srsName: string | undefined

  constructor(
    source: FeatureSource,
    key: readonly Column[],
    parts: { readonly properties: Properties; readonly listing: Listing },
    known: Remembered,
    warn: ConnectorServices['warn'],
  ) {
    this.#source = source
    this.#key = key
    this.#properties = parts.properties
    this.#listing = parts.listing
    this.#known = known
    this.#warn = warn
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

  /** From now on the service is not asked to compare these columns: it gave rows that do not match. */
  distrust(columns: readonly Column[]): void {
    for (const column of columns) {
      for (const skill of ['eq', 'range', 'isNull'] as const) this.#skills.set(`${skill} ${signature(column)}`, false)
    }
  }

  /** A filter that nothing can match, where there are words for one. */
  async impossible(errand: Errand): Promise<Filter | undefined> {
    const filter = impossible(this.#key.map(({ column, type }) => ({ property: column, type: this.#properties.typeOf({ column, type }) })))
    return filter && filterOf(await this.#inWords({ filter, trust: 'exact' }, errand))
  }

  /** What of it the service has words for; those who have few show by themselves that they listen. */
  async #inWords(pushed: Pushed, errand: Errand): Promise<Pushed> {
    if (typeof pushed.filter === 'string' || !this.#source.words) return pushed
    const said = await this.#source.words(pushed.filter, errand)
    return every([{ ...pushed, filter: 'all' }, said])
  }

  #assuming(can: Known['can']): Known {
    return { can, serverType: column => this.#properties.typeOf(column), srs: column => this.#source.srs(column, this.#srsName) }
  }

  async #tryOut(needs: readonly { readonly column: Column; readonly skill: Skill }[], errand: Errand): Promise<void> {
    const open = needs.filter(({ column, skill }) => !this.#skills.has(`${skill} ${signature(column)}`))
    if (open.length === 0) return
    const columns = [...new Map(open.map(({ column }) => [signature(column), column])).values()]
    const { cells, srsName } = await this.#listing.sample(columns, errand)
    this.#srsName ??= srsName
    for (const { column, skill } of open) {
      const key = `${skill} ${signature(column)}`
      const can = await this.#known.get(key, errand.context.signal, () =>
        this.#trial(column, skill, cells.get(signature(column)) ?? [], errand),
      )
      if (!this.#skills.has(key)) this.#skills.set(key, can)
    }
  }

  /** Asks for something that is known to be there, and believes the service only when it finds it. */
  async #trial(column: Column, skill: Skill, cells: readonly Cell[], errand: Errand): Promise<boolean> {
    const known = this.#assuming((other, asked) => other === column && (asked === skill || (skill === 'case' && asked === 'eq')))
    for (const condition of trials(column, skill, cells)) {
      const { filter } = await this.#inWords(push(condition, known), errand)
      if (typeof filter === 'string') continue
      return unlessRefused(false, async () => {
        const found = await this.#listing.page({ columns: [...this.#key, column], filter, count: 10 }, errand)
        const right = found.rows.filter(row => matches(condition, row.cell)).length
        return skill === 'case' ? right === found.rows.length : right > 0
      })
    }
    return withoutProof(skill, this.#properties.typeOf(column))
  }

  #honoursFilters(errand: Errand): Promise<boolean> {
    return this.#known.get('filters', errand.context.signal, async () => {
      const filter = await this.impossible(errand)
      if (!filter) return true
      const honoured = await unlessRefused(
        false,
        async () => (await this.#listing.page({ columns: this.#key, filter, count: 1 }, errand)).rows.length === 0,
      )
      if (!honoured) this.#warn('the service does not filter; it is filtered here', { dataset: errand.dataset })
      return honoured
    })
  }
}
