/** How do all rows come out of a service that gives only some at a time? */

import { sourceFailure } from '../../model/index.ts'
import { isObject } from '../shared/json.ts'
import { localRowsMost, tooManyRows } from '../shared/tooManyRows.ts'
import { Distrusted, type Layer } from './layer.ts'
import { countQuery, idsQuery, type Page, type Parameters, pageQuery, rowsQuery, type Selection, type Wanted } from './request.ts'
import { type Feature, type Features, readFeatures } from './response.ts'
import { numberOf } from './statistics.ts'

/** A layer, and the way to ask it. */
export interface Source {
  readonly layer: Layer
  /** Asks the layer's `query` once. */
  readonly call: (parameters: Parameters) => Promise<Readonly<Record<string, unknown>>>
}

export async function countOf({ layer, call }: Source, selection: Selection): Promise<number> {
  const answer = await call(countQuery(selection))
  return numberOf(answer.count, layer)
}

/**
 * Pages in an order, from a place in it to the end; each row once, also when rows come in meanwhile.
 *
 * @throws Distrusted when a page comes again: some services ignore `resultOffset`, and would send it for ever
 */
export async function* pagesOf(
  source: Source,
  selection: Selection,
  wanted: Wanted,
  page: Page,
  seen = new Set<unknown>(),
): AsyncGenerator<Features> {
  const { layer, call } = source
  for (let skip = page.skip; ; ) {
    const answer = readFeatures(await call(pageQuery(layer, selection, wanted, { ...page, skip })), layer.url)
    const fresh = unseen(answer.features, layer, seen)
    const count = answer.features.length
    if (fresh.length === 0 && count > 0 && skip > page.skip) throw new Distrusted('canPage', `${layer.url} sends one page again and again`)
    yield { ...answer, features: fresh }
    skip += count
    if (count === 0 || (!answer.exceeded && count < page.size)) return
  }
}

/**
 * All rows in an order that does not matter: in pages, or by their numbers where the service knows no pages.
 *
 * @param seen numbers of rows that have come already; they do not come again
 * @throws GatewayError TOO_MANY_ROWS as soon as it is clear that there are more than we sort and search here
 */
export async function* allPages(source: Source, selection: Selection, wanted: Wanted, seen: Set<unknown>): AsyncGenerator<Features> {
  const { layer } = source
  if (!layer.canPage || layer.objectId === undefined) return yield* byNumber(source, selection, wanted, seen)
  let first = true
  for await (const page of pagesOf(source, selection, wanted, { orderBy: [], skip: 0, size: layer.pageSize }, seen)) {
    yield page
    // One page is the rule. Before more are fetched, we make sure that they are not far too many.
    if (first && page.features.length >= layer.pageSize) refuse(await countOf(source, selection), layer)
    first = false
  }
}

async function* byNumber({ layer, call }: Source, selection: Selection, wanted: Wanted, seen: Set<unknown>): AsyncGenerator<Features> {
  if (layer.objectId === undefined) return yield await whole({ layer, call }, selection, wanted)
  const { objectIds } = await call(idsQuery(selection))
  if (objectIds !== null && objectIds !== undefined && !Array.isArray(objectIds)) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `${layer.url} did not answer with numbers of rows`)
  }
  const ids = (objectIds ?? []).map(Number).filter(id => Number.isSafeInteger(id) && !seen.has(id))
  refuse(ids.length, layer)
  const size = Math.min(layer.pageSize, 250)
  for (let at = 0; at < ids.length; at += size) {
    const answer = readFeatures(await call(rowsQuery(layer, wanted, ids.slice(at, at + size))), layer.url)
    yield { ...answer, features: unseen(answer.features, layer, seen) }
  }
}

/** A table without numbers: it answers at once, or nobody knows whether that was all. */
async function whole({ layer, call }: Source, selection: Selection, wanted: Wanted): Promise<Features> {
  const {
    orderByFields: _,
    resultOffset: __,
    resultRecordCount: ___,
    ...parameters
  } = pageQuery(layer, selection, wanted, { orderBy: [], skip: 0, size: 0 })
  const answer = readFeatures(await call(parameters), layer.url)
  if (answer.exceeded || answer.features.length >= layer.pageSize) throw tooManyRows(`${layer.url} has no numbers of rows to page by`)
  return answer
}

function refuse(count: number, { url }: Layer): void {
  if (count > localRowsMost) throw tooManyRows(`${url}: ${count} rows would have to be fetched`)
}

function unseen(features: readonly Feature[], { objectId }: Layer, seen: Set<unknown>): Feature[] {
  if (objectId === undefined) return [...features]
  return features.filter(({ attributes }) => {
    const id = attributes[objectId]
    if (id === undefined || id === null) throw sourceFailure('SOURCE_ANSWER_INVALID', 'a row came without its number')
    const known = seen.has(Number(id))
    seen.add(Number(id))
    return !known
  })
}

/** Names of layers and tables by number, from the description of a service. */
export function layersIn(description: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  const all = [description.layers, description.tables].flatMap(list => (Array.isArray(list) ? list : [])).filter(isObject)
  return new Map(all.flatMap(({ id, name }) => (typeof id === 'number' && typeof name === 'string' ? [[name, id] as const] : [])))
}
