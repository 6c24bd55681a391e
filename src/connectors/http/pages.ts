/** How do all rows come out of a service that gives only some at a time? */

import { sourceFailure } from '../../model/index.ts'
import type { Table } from '../shared/table.ts'
import { localRowsMost, tooManyRows } from '../shared/tooManyRows.ts'
import type { Page } from './answer.ts'
import type { List, Paging } from './options.ts'
import { nextAddress, type Parameters } from './request.ts'
import { stacked } from './tables.ts'

/** A service that can be asked for pages. */
export interface Service {
  /** Address of a list with further parameters. */
  readonly address: (list: List, more: Parameters) => string
  /** One answer; undefined when nothing is there (404). */
  readonly page: (list: List, address: string) => Promise<(Page & { readonly bytes: number }) | undefined>
  /** Bytes of all pages together at most. */
  readonly limitBytes: number
}

/** Calls for one list at most; a service that needs more is asked in larger pages, or not at all. */
const mostPages = 500

/**
 * Every row of a list.
 *
 * A page shorter than asked for is not the end: services give fewer rows than they were asked for when that is their limit. The end is
 * an empty page, the stated total, or no further link. A page that comes again ends it when it was not full, and is a fault otherwise.
 *
 * @param filters parameters of the filter
 * @param pages   stops after so many
 * @throws GatewayError TOO_MANY_ROWS beyond the rows that are worked on here, SOURCE_ANSWER_INVALID beyond the limit of bytes or calls,
 *   SOURCE_CHANGED when nothing is there
 */
export async function readList(
  service: Service,
  list: List,
  paging: Paging | undefined,
  filters: Parameters,
  pages = Number.POSITIVE_INFINITY,
): Promise<Table> {
  const found = new Found(service, list)
  const asked = new Set<string>()
  let before: Seen | undefined
  let address: string | undefined = service.address(list, { ...filters, ...firstPage(paging) })
  while (address !== undefined && found.tables.length < pages) {
    if (asked.has(address)) throw sourceFailure('SOURCE_ANSWER_INVALID', `${list.path}: the pages lead round in a circle`)
    asked.add(address)
    const page = await service.page(list, address)
    if (!page && isPastEnd(paging, before)) break
    if (!page) throw sourceFailure('SOURCE_CHANGED', `${list.path}: nothing is there (404)`)
    const { table, print } = page
    if (paging && table.size > 0 && before?.print === print) {
      if (isFull(paging, table)) throw sourceFailure('SOURCE_ANSWER_INVALID', `${list.path}: one page comes again and again`)
      break
    }
    found.add(page)
    address = table.size === 0 ? undefined : following(service, list, paging, filters, { page, address, found })
    before = { print, size: table.size }
  }
  return stacked(found.tables)
}

/** Some services say "not found" for the page after the last; only a short page before it makes that believable. */
function isPastEnd(paging: Paging | undefined, before: Seen | undefined): boolean {
  return paging?.by === 'page' && before !== undefined && before.size < paging.size
}

/** A page with as many rows as asked for may be one of many; one of another size came from a service that knows no pages. */
function isFull(paging: Paging, { size }: Table): boolean {
  return paging.by === 'next' || size === paging.size
}

/** The pages that came so far, within the limits. */
class Found {
  readonly tables: Table[] = []
  rows = 0
  #bytes = 0
  readonly #service: Service
  readonly #path: string

  constructor(service: Service, { path }: List) {
    this.#service = service
    this.#path = path
  }

  add({ table, bytes }: Page & { readonly bytes: number }): void {
    const { limitBytes } = this.#service
    this.#bytes += bytes
    this.rows += table.size
    if (this.#bytes > limitBytes)
      throw sourceFailure('SOURCE_ANSWER_INVALID', `${this.#path}: all pages together are larger than ${limitBytes} bytes`)
    if (this.rows > localRowsMost) throw tooManyRows(`${this.#path}: more than ${localRowsMost} rows`)
    if (this.tables.length === mostPages) throw sourceFailure('SOURCE_ANSWER_INVALID', `${this.#path}: more than ${mostPages} pages`)
    this.tables.push(table)
  }
}

interface Seen {
  readonly print: string
  readonly size: number
}

interface State {
  readonly page: Page
  readonly address: string
  readonly found: Found
}

function following(service: Service, list: List, paging: Paging | undefined, filters: Parameters, state: State): string | undefined {
  if (!paging) return undefined
  if (paging.by === 'next') return nextAddress(state.page.said(paging.link), state.address)
  const total = paging.total === undefined ? Number.NaN : Number(state.page.said(paging.total) ?? Number.NaN)
  const { rows, tables } = state.found
  if (rows >= total) return undefined
  const more = paging.by === 'offset' ? offsetPage(paging, rows) : numberedPage(paging, paging.first + tables.length)
  return service.address(list, { ...filters, ...more })
}

function firstPage(paging: Paging | undefined): Parameters {
  if (!paging || paging.by === 'next') return {}
  return paging.by === 'offset' ? offsetPage(paging, 0) : numberedPage(paging, paging.first)
}

function offsetPage({ offset, limit, size }: Paging & { by: 'offset' }, skip: number): Parameters {
  return { [limit]: size, [offset]: skip }
}

function numberedPage({ page, limit, size }: Paging & { by: 'page' }, number: number): Parameters {
  return { [page]: number, ...(limit !== undefined && { [limit]: size }) }
}
