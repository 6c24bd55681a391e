/** Does a service really answer a filter? It is tried before it is believed. */

import { GatewayError } from '../../model/index.ts'
import type { Table } from '../shared/table.ts'
import { countOf, type Equality, impossible, trialsOf } from './filters.ts'
import type { Parameters } from './request.ts'

/** How long a service that failed the trial is not tried again; milliseconds. */
const againAfter = 10 * 60_000

/** Which filters of a place have proved to work. */
export class Proofs {
  readonly #known = new Map<string, { readonly works: boolean; readonly at: number }>()

  /**
   * Whether a filter can be left to the service: it finds nothing for a value that no row has, and for values of the first page at
   * least the rows that are there.
   *
   * @param place what tells places apart
   * @param first the first page of the answer to a filter, or to none
   * @throws GatewayError as reading does; a refusal of the impossible value is a failed proof, not a failure
   */
  async works(place: string, equality: Equality, first: (filter: Parameters) => Promise<Table>, now = Date.now()): Promise<boolean> {
    const key = JSON.stringify([place, equality.parameter, equality.column.column, equality.column.type])
    const known = this.#known.get(key)
    if (known && (known.works || now - known.at < againAfter)) return known.works
    const works = await prove(equality, first)
    if (works !== undefined) this.#known.set(key, { works, at: now })
    return works ?? false
  }
}

/** @returns undefined when there is nothing to try with */
async function prove(equality: Equality, first: (filter: Parameters) => Promise<Table>): Promise<boolean | undefined> {
  const page = await first({})
  if (page.size === 0) return undefined
  const trials = trialsOf(equality, page)
  if (trials.length === 0) return false
  try {
    if ((await first(impossible(equality))).size > 0) return false
    for (const { value, count } of trials) {
      const found = await first({ [equality.parameter]: String(value) })
      if (countOf(equality, value, found) < count) return false
    }
    return true
  } catch (error) {
    const answered = error instanceof GatewayError && (error.code === 'SOURCE_ANSWER_INVALID' || error.code === 'SOURCE_CHANGED')
    if (answered) return false
    throw error
  }
}
