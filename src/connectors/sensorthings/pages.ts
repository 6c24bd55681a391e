/** How do all entities of a list come out of a service that gives only some at a time? */

import { sourceFailure } from '../../model/index.ts'
import { localRowsMost, tooManyRows } from '../shared/tooManyRows.ts'
import { idProperty } from './entities.ts'
import type { Entity } from './path.ts'
import type { Options } from './question.ts'
import type { Errand, Service } from './service.ts'

/** Entities in one answer; FROST gives no more than 100 unless it is told to. */
export const pageSize = 1000
/** A service that gives ten entities at a time would be asked this often for as many as are looked at here. */
const mostPages = 2000

export interface Walk {
  readonly service: Service
  /** Below the root. */
  readonly resource: string
  readonly options: Options
  readonly errand: Errand
  readonly skip: number
  /** Entities in one answer. */
  readonly size: number
}

/**
 * A list from a place in it to its end, each entity once, also when others come in meanwhile. Goes where the service says that it
 * goes on (`@iot.nextLink`), as long as that is the same service; else counts for itself.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID when an entity has no id, or when one page comes again and again
 */
export async function* pagesOf({ service, resource, options, errand, skip, size }: Walk): AsyncGenerator<readonly Entity[]> {
  const seen = new Set<unknown>()
  let address: string | undefined
  let at = skip
  for (let turn = 0; turn < mostPages; turn++) {
    const { entities, next } =
      address === undefined
        ? await service.list(resource, { ...options, top: String(size), ...(at > 0 && { skip: String(at) }) }, errand)
        : await service.follow(address, errand)
    const fresh = entities.filter(entity => !seen.has(idOf(entity, resource)))
    for (const entity of fresh) seen.add(entity[idProperty])
    if (entities.length > 0 && fresh.length === 0) throw invalid(`${resource}: one page comes again and again`)
    yield fresh
    at += entities.length
    // A full page without a word about more is asked for its successor: not every service has the word.
    if (entities.length === 0 || (next === undefined && entities.length < size)) return
    address = service.continues(next)
  }
  throw invalid(`${resource}: more than ${mostPages} pages`)
}

/**
 * The whole list.
 *
 * @param countable whether the service counts rightly, so that far too long a list is refused before it is fetched
 * @throws GatewayError TOO_MANY_ROWS
 */
export async function* allOf(walk: Walk, countable: boolean): AsyncGenerator<readonly Entity[]> {
  let found = 0
  let first = true
  for await (const page of pagesOf(walk)) {
    found += page.length
    yield page
    if (found > localRowsMost) throw tooManyRows(`${walk.resource}: more than ${localRowsMost} entities to look at`)
    if (first && countable && page.length > 0 && page.length < walk.size) await refuseFarTooMany(walk)
    first = false
  }
}

/** Services give 100 or 1,000 at a time: before the second page is fetched, we make sure that there are not hundreds of them. */
async function refuseFarTooMany({ service, resource, options, errand }: Walk): Promise<void> {
  const { filter } = options
  const { count, next } = await service.list(
    resource,
    { select: 'id', ...(filter !== undefined && { filter }), top: '1', count: 'true' },
    errand,
  )
  if (next !== undefined && count !== undefined && count > localRowsMost) throw tooManyRows(`${resource}: ${count} entities to look at`)
}

function idOf(entity: Entity, resource: string): unknown {
  const id = entity[idProperty]
  if (typeof id === 'number' || typeof id === 'string') return id
  throw invalid(`${resource}: an entity has no ${idProperty}`)
}

function invalid(log: string): Error {
  return sourceFailure('SOURCE_ANSWER_INVALID', log)
}
