/** How are features read page by page, without losing the end or going round in circles? */

import { type Column, type ConnectorServices, GatewayError, sourceFailure } from '../../model/index.ts'
import type { Filter } from './filter.ts'
import type { Layer } from './layer.ts'
import type { FeatureRow } from './rows.ts'
import type { Errand, Sort } from './service.ts'

/** For whom something is read, from which type of feature. */
export interface Job {
  readonly layer: Layer
  readonly errand: Errand
  readonly warn: ConnectorServices['warn']
}

export interface Walk extends Job {
  readonly columns: readonly Column[]
  readonly filter?: Filter
  readonly sortBy?: readonly Sort[]
}

/** Features of one page, where nobody said how many are wanted. */
export const pageSize = 1_000
/** Features that are looked at for one request; more is not a question but a copy. */
export const mostFeatures = 20_000

/**
 * Reads features from a place in the service's order until there is enough, or no more.
 *
 * @param start  features to leave out at the beginning
 * @param first  features of the first page
 * @param enough takes new rows and says whether it has enough
 * @throws GatewayError TOO_MANY_ROWS after `mostFeatures`
 */
export async function walk(wish: Walk, start: number, first: number, enough: (rows: readonly FeatureRow[]) => boolean): Promise<void> {
  const skips = wish.layer.mightSkip && (start === 0 || (await wish.layer.canSkip(wish.errand)))
  const seen = new Set<string>()
  const unseen = (rows: readonly FeatureRow[]): FeatureRow[] =>
    rows.filter(row => {
      const id = wish.layer.identity(row)
      return id === undefined || (!seen.has(id) && seen.add(id))
    })
  return skips ? walkPages(wish, start, first, unseen, enough) : walkFromStart(wish, start, first, enough)
}

type Unseen = (rows: readonly FeatureRow[]) => FeatureRow[]
type Enough = (rows: readonly FeatureRow[]) => boolean

async function walkPages(wish: Walk, start: number, first: number, unseen: Unseen, enough: Enough): Promise<void> {
  const { layer, errand } = wish
  let at = start
  let count = Math.min(first, mostFeatures)
  let next: string | undefined
  for (;;) {
    const place = next === undefined ? { ...questionOf(wish), ...(at > 0 && { start: at }) } : { columns: wish.columns, next }
    const page = await layer.listing.page({ ...place, count }, errand)
    const rows = unseen(page.rows)
    if (enough(rows) || layer.listing.isLast(page, at, count)) return
    if (rows.length === 0 && next !== undefined) {
      wish.warn('the next page that the service names is one that came already; such links are not followed', { dataset: errand.dataset })
      layer.listing.distrustLinks()
      next = undefined
      if (!(await layer.canSkip(errand))) return walkFromStart(wish, at, pageSize, enough)
      continue
    }
    if (rows.length === 0) {
      await checkComplete(wish, at, page.matched)
      wish.warn('the service sends the same features again; reading has been ended', { dataset: errand.dataset, after: at })
      return
    }
    at += page.rows.length
    if (at - start >= mostFeatures) throw tooMany(errand)
    next = layer.listing.after(page)
    if (next === undefined && !(await layer.canSkip(errand))) return walkFromStart(wish, at, pageSize, enough)
    count = pageSize
  }
}

/** For services that cannot leave out features: asks for ever more from the beginning, and cuts here. */
async function walkFromStart(wish: Walk, start: number, first: number, enough: Enough): Promise<void> {
  const { layer, errand } = wish
  let at = start
  let count = start + first
  for (;;) {
    const page = await layer.listing.page({ ...questionOf(wish), count: Math.min(count, mostFeatures + 1) }, errand)
    if (page.rows.length > mostFeatures) throw tooMany(errand)
    if (enough(page.rows.slice(at)) || layer.listing.isLast(page, 0, count)) return
    if (page.rows.length < count) return checkComplete(wish, page.rows.length, page.matched)
    at = Math.max(at, page.rows.length)
    count *= 4
  }
}

/** A short answer may be the end, or the most that the service is willing to send. Half of the truth is not served as the whole. */
async function checkComplete({ layer, filter, errand }: Walk, received: number, said: number | undefined): Promise<void> {
  const matching = said ?? (await layer.count(filter, errand))
  if (matching === undefined || matching <= received) return
  throw sourceFailure(
    'SOURCE_ANSWER_INVALID',
    `${errand.dataset}: the service sends ${received} of ${matching} features and cannot be brought to send the rest`,
  )
}

function questionOf({ columns, filter, sortBy }: Walk): Pick<Walk, 'columns' | 'filter' | 'sortBy'> {
  return { columns, ...(filter && { filter }), ...(sortBy && { sortBy }) }
}

function tooMany({ dataset }: Errand): GatewayError {
  return new GatewayError('TOO_MANY_ROWS', {
    message: {
      de: `Diese Frage betrifft mehr als ${mostFeatures.toLocaleString('de')} Datensätze; mehr kann diese Datenquelle nicht auf einmal beantworten.`,
      en: `This question concerns more than ${mostFeatures.toLocaleString('en')} rows, more than this source can answer at once.`,
    },
    hint: {
      de: 'Ein engerer Filter hilft, zum Beispiel ein Ausschnitt der Karte.',
      en: 'A narrower filter helps, such as a part of the map.',
    },
    log: `${dataset}: more than ${mostFeatures} features were read for one request`,
  })
}
