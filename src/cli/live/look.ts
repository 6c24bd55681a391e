/** What does a look at every source find? */

import type { Exposure, Gateway, Source } from '../../config/index.ts'
import {
  type BBox,
  type Dataset,
  extentWords,
  GatewayError,
  type Geometry,
  judgeExtent,
  type ReadContext,
  type SourceAccount,
  type Text,
} from '../../model/index.ts'
import { lookAt, type Sight } from '../../sources.ts'
import { judgeAccount } from './account.ts'
import { compare } from './compare.ts'
import { type Finding, finding, inOrder } from './finding.ts'

/** One question may take so long. */
const questionMs = 30_000
/** Rows whose places are looked at. */
const placesAtMost = 200

export interface LookSetting {
  /** Folder of the configuration. */
  readonly folder: string
  /** As if everything were approved: to read some places of each dataset. */
  readonly whole: Gateway
}

/** Asks all sources at once, and each of them one thing after the other. Never throws for what a source does. */
export async function lookAtAll(gateway: Gateway, setting: LookSetting): Promise<readonly Finding[]> {
  const used = [...gateway.sources.values()].filter(({ id }) => datasetsOf(gateway, id).length > 0)
  const found = await Promise.all(used.map(source => lookAtOne(gateway, source, setting)))
  return inOrder(found.flat())
}

function datasetsOf(gateway: Gateway, source: string): Exposure[] {
  return [...gateway.exposures.values()].filter(exposure => exposure.source.id === source)
}

async function lookAtOne(gateway: Gateway, source: Source, { folder, whole }: LookSetting): Promise<Finding[]> {
  const sight = await lookAt(gateway, source, folder)
  if (!sight) {
    const message = {
      de: `Quellen der Art „${source.kind}“ sagen nicht, was sie enthalten; verglichen wurde nichts.`,
      en: `Sources of the kind "${source.kind}" do not say what they hold; nothing was compared.`,
    }
    return [finding('NOT_COMPARED', { source: source.id }, message)]
  }
  try {
    const { account, found } = await accountOf(source, sight)
    const all = [...found]
    for (const exposure of datasetsOf(gateway, source.id)) {
      // One that cannot be reached cannot be reached for the next dataset either.
      if (all.some(({ level }) => level === 'unreachable')) break
      all.push(
        ...(await datasetOf(exposure, smallOf(whole, exposure), sight, account)),
        ...(await placesOf(exposure, whole, sight, gateway.city.extent)),
      )
    }
    return all
  } finally {
    await sight.close()
  }
}

async function accountOf(source: Source, sight: Sight): Promise<{ account?: SourceAccount; found: Finding[] }> {
  const { introspector } = sight
  if (!introspector.account) return { found: [] }
  try {
    const account = await introspector.account(patient())
    return { account, found: judgeAccount(source, account, sight.beyond(account)) }
  } catch (error) {
    return { found: [failure(error, { source: source.id })] }
  }
}

function smallOf({ models }: Gateway, { dataset: id }: Exposure): number | undefined {
  return [...models.values()].flatMap(({ datasets }) => datasets.get(id)?.small?.rows ?? [])[0]
}

async function datasetOf(
  exposure: Exposure,
  small: number | undefined,
  sight: Sight,
  account: SourceAccount | undefined,
): Promise<Finding[]> {
  const where = { source: exposure.source.id, dataset: exposure.dataset }
  const place = sight.place(exposure.source.place)
  try {
    const described = await sight.introspector.describe(place, patient())
    return compare(exposure, described, { readable: account && sight.readable(account, place), small })
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'SOURCE_CHANGED') {
      const name = Object.values(exposure.source.place).map(String).join('.')
      const message = {
        de: `„${name}“ gibt es in der Quelle nicht mehr, oder dieses Konto sieht es nicht.`,
        en: `"${name}" is gone from the source, or this account does not see it.`,
      }
      return [finding('DATASET_GONE', where, message)]
    }
    return [failure(error, where)]
  }
}

/** Do the places of a dataset lie where the city lies? What cannot be read is told by the comparison of columns. */
async function placesOf({ dataset: id, source }: Exposure, whole: Gateway, sight: Sight, extent: BBox | undefined): Promise<Finding[]> {
  const dataset = [...whole.models.values()]
    .flatMap(({ datasets }) => datasets.get(id) ?? [])
    .sort((a, b) => b.fields.length - a.fields.length)[0]
  if (!extent || !dataset) return []
  const found: Finding[] = []
  for (const field of dataset.fields) {
    if (!['point', 'line', 'polygon', 'geometry'].includes(field.type)) continue
    const judged = judgeExtent(await geometriesOf(dataset, field, sight), extent)
    const message = extentWords(judged)
    const outside = judged.swapped + judged.zero + judged.elsewhere
    const code = outside * 2 >= judged.places ? 'PLACES_OUTSIDE' : 'SOME_PLACES_OUTSIDE'
    if (message) found.push(finding(code, { source: source.id, dataset: id, field: field.name }, message))
  }
  return found
}

async function geometriesOf(dataset: Dataset, field: Dataset['fields'][number], sight: Sight): Promise<Geometry[]> {
  const orderBy = dataset.key.map(column => ({ column, direction: 'asc', nulls: 'last' }) as const)
  const { rowRule } = dataset
  const request = { kind: 'rows', dataset, columns: [field], orderBy, limit: placesAtMost, ...(rowRule && { where: rowRule }) } as const
  const answer = await sight.read(request, patient()).catch(() => undefined)
  return (answer?.rows ?? []).flatMap(([cell]) => (cell !== null && typeof cell === 'object' ? [cell as Geometry] : []))
}

function patient(): ReadContext {
  return { signal: AbortSignal.timeout(questionMs), deadline: Date.now() + questionMs }
}

/** @throws what is no failure of a source */
function failure(error: unknown, where: Pick<Finding, 'source' | 'dataset'>): Finding {
  if (!(error instanceof GatewayError) && !(error instanceof DOMException)) throw error
  const text: Text =
    error instanceof GatewayError
      ? error.text
      : { de: `Keine Antwort in ${questionMs / 1000} s.`, en: `No answer within ${questionMs / 1000} s.` }
  const log = error instanceof GatewayError && error.log ? ` (${error.log})` : ''
  return finding('SOURCE_UNREACHABLE', where, { de: text.de + log, en: text.en + log })
}
