/** What does a MapServer or FeatureServer offer, for those who write dataset files? */

import {
  type ConnectorServices,
  GatewayError,
  type Introspector,
  type ItemDescription,
  type ReadContext,
  type RecognisedSource,
  type SourceItem,
  type SourceSetting,
  sourceFailure,
} from '../../model/index.ts'
import { fewAtOnce } from '../shared/few.ts'
import { isObject } from '../shared/json.ts'
import { type Ask, createAsk } from './ask.ts'
import { columnsOf, keyOf } from './describe.ts'
import { readLayer } from './layer.ts'
import { type ArcgisConnection, type ArcgisPlace, connection } from './options.ts'
import { countQuery } from './request.ts'

type Json = Readonly<Record<string, unknown>>

/** Layers whose rows are counted for a list; a count each is enough of a burden. */
const counted = 60

/** For the log: whom these calls are for. */
const nobody = '(introspect)'

export function openIntrospector(source: SourceSetting<ArcgisConnection>, services: ConnectorServices): Introspector {
  const ask = createAsk(source, services)
  const { url } = source.connection
  return {
    async list(context) {
      const layers = offered(await ask(url, {}, nobody, context))
      const rows = await fewAtOnce(layers.slice(0, counted), source.limits.connections, ({ id }) => rowsOf(ask, `${url}/${id}`, context))
      return layers.map((layer, at) => item(layer, rows[at]))
    },
    async describe(place, context) {
      const { found, layer } = await layerAt(ask, url, place as ArcgisPlace, context)
      return description(found, layer, await rowsOf(ask, `${url}/${found.id}`, context))
    },
    async sample(place, columns, limit, context) {
      const { found, layer } = await layerAt(ask, url, place as ArcgisPlace, context)
      const known = new Set(columnsOf(layer).flatMap(({ column, type }) => (isShape(type) ? [] : [column])))
      const answer = await ask(
        `${url}/${found.id}/query`,
        {
          where: '1=1',
          outFields: columns.filter(column => known.has(column)).join(','),
          returnGeometry: 'false',
          resultRecordCount: String(limit),
        },
        nobody,
        context,
      )
      const features = Array.isArray(answer.features) ? answer.features.filter(isObject).slice(0, limit) : []
      return features.map(({ attributes }) => columns.map(column => text(isObject(attributes) ? attributes[column] : null)))
    },
    async close() {
      ask.close()
    },
  }
}

/** Any address below a service, as the browser shows it: of the service, a layer, a query. */
export function recognise(pasted: string): RecognisedSource | undefined {
  if (!/\/(MapServer|FeatureServer)(\/|\?|#|$)/i.test(pasted)) return undefined
  const { success, data } = connection.safeParse({ url: pasted })
  if (!success) return undefined
  const layer = /\/(?:MapServer|FeatureServer)\/(\d+)(?:[/?#]|$)/i.exec(pasted)?.[1]
  return { kind: 'arcgis', connection: { url: data.url }, ...(layer !== undefined && { place: { layer: Number(layer) } }) }
}

interface Offered {
  readonly id: number
  readonly title: string
  /** The title where no other layer has it, else the number: names need not be unique in a service. */
  readonly layer: string | number
  readonly table: boolean
}

/** Layers with rows of their own: no groups, no pictures. */
function offered(service: Json): readonly Offered[] {
  const all = (
    [
      ['layers', false],
      ['tables', true],
    ] as const
  ).flatMap(([list, table]) => {
    const listed: unknown = service[list]
    return Array.isArray(listed) ? listed.filter(isObject).map(layer => ({ ...layer, table })) : []
  }) as readonly (Json & { readonly table: boolean })[]
  return all
    .filter(({ type, subLayerIds }) => !/group|raster/i.test(String(type ?? '')) && !(Array.isArray(subLayerIds) && subLayerIds.length > 0))
    .flatMap(({ id, name, table }) => {
      if (typeof id !== 'number') return []
      const title = typeof name === 'string' && name.trim() !== '' ? name : String(id)
      return [{ id, title, table, layer: all.some(other => other.id !== id && other.name === name) ? id : title }]
    })
}

function item({ title, layer, table }: Offered, rows: number | undefined): SourceItem {
  return { name: String(layer), what: table ? 'table' : 'layer', place: { layer }, title, ...(rows !== undefined && { rows }) }
}

function description(found: Offered, layer: Json, rows: number | undefined): ItemDescription {
  const about = typeof layer.description === 'string' ? plain(layer.description) : ''
  return { ...item(found, rows), ...(about !== '' && { about }), columns: columnsOf(layer), key: keyOf(layer) }
}

/** A layer by number or name, with what it says of itself. */
async function layerAt(
  ask: Ask,
  url: string,
  { layer: wanted }: ArcgisPlace,
  context: ReadContext,
): Promise<{ found: Offered; layer: Json }> {
  const found = offered(await ask(url, {}, nobody, context)).find(({ id, title }) => (typeof wanted === 'number' ? id : title) === wanted)
  if (!found) throw sourceFailure('SOURCE_CHANGED', `${url} has no layer ${wanted} with rows of its own`)
  const layer = await ask(`${url}/${found.id}`, {}, nobody, context)
  // Refuses layers that cannot be queried, as the connector will.
  readLayer(`${url}/${found.id}`, layer)
  return { found, layer }
}

/** Rows of a layer; `undefined` where the service does not count them. Whoever leaves is not kept. */
async function rowsOf(ask: Ask, layer: string, context: ReadContext): Promise<number | undefined> {
  try {
    const { count } = await ask(`${layer}/query`, countQuery({}), nobody, context)
    return typeof count === 'number' ? count : undefined
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'CANCELLED' || error.code === 'SOURCE_TIMEOUT')) throw error
    return undefined
  }
}

function isShape(type: string | undefined): boolean {
  return type === 'point' || type === 'line' || type === 'polygon' || type === 'geometry'
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? null : String(value)
}

/** Descriptions come as HTML from editors of map services. */
function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
