/** How does a MapServer or FeatureServer answer requests? */

import {
  type Answer,
  type Capabilities,
  type Connector,
  type ConnectorServices,
  type FieldType,
  fieldTypes,
  GatewayError,
  geometryTypes,
  type Operator,
  type ReadContext,
  type SourceRequest,
  type SourceSetting,
  sourceFailure,
} from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { createAsk } from './ask.ts'
import { openIntrospector, recognise } from './introspect.ts'
import { Distrusted, type Layer, readLayer } from './layer.ts'
import { type ArcgisConnection, type ArcgisPlace, connection, place } from './options.ts'
import { layersIn } from './pages.ts'
import { readLayerRequest } from './read.ts'
import { canary, type Parameters } from './request.ts'

/** Layers and tables of ArcGIS Server, ArcGIS Online, and services that speak like them. */
export const arcgis: ConnectorModule<ArcgisConnection, ArcgisPlace> = {
  kinds: ['arcgis'],
  connection,
  place,
  capabilities: () => capabilities,
  open: openService,
  introspect: openIntrospector,
  recognise,
}

const scalarTypes = fieldTypes.filter(type => !geometryTypes.some(geometry => geometry === type))

/** What a service cannot do is done here, over a stated number of rows. Only which text is less than another is nobody's to say. */
const capabilities: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalarTypes,
  group: scalarTypes,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'offset',
  written: 'here',
}

function operatorsOf(type: FieldType): readonly Operator[] {
  if (!scalarTypes.includes(type)) return ['bbox', 'within', 'near', 'isNull']
  if (type === 'text' || type === 'code') return ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'isNull']
  if (type === 'boolean') return ['eq', 'ne', 'in', 'notIn', 'isNull']
  return ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']
}

function openService(source: SourceSetting<ArcgisConnection>, services: ConnectorServices): Connector {
  const { url: service } = source.connection
  const ask = createAsk(source, services)
  const layers = new Map<ArcgisPlace['layer'], Layer>()
  let closed = false

  /** What a layer says of itself is asked once, and again after it turned out to be wrong. */
  const layerOf = async ({ layer: wanted }: ArcgisPlace, dataset: string, context: ReadContext): Promise<Layer> => {
    const known = layers.get(wanted)
    if (known) return known
    const number = typeof wanted === 'number' ? wanted : layersIn(await ask(service, {}, dataset, context)).get(wanted)
    if (number === undefined) throw sourceFailure('SOURCE_CHANGED', `${service} has no layer called ${wanted}`)
    const url = `${service}/${number}`
    const description = await ask(url, {}, dataset, context)
    const layer = readLayer(url, description, await filters(url, dataset, context))
    if (!layer.canFilter) services.warn('a layer ignores filters; they are applied to its rows here', { layer: url })
    layers.set(wanted, layer)
    return layer
  }

  /** Whether a filter that no row passes finds none. A service that does not even take it is not trusted with others. */
  const filters = async (url: string, dataset: string, context: ReadContext): Promise<boolean> => {
    try {
      const { count } = await ask(`${url}/query`, canary, dataset, context)
      return count === 0
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'SOURCE_ANSWER_INVALID') return false
      throw error
    }
  }

  const answer = async (request: SourceRequest, context: ReadContext): Promise<Answer> => {
    const at = request.dataset.place as ArcgisPlace
    const layer = await layerOf(at, request.dataset.id, context)
    const asOf = Date.now()
    const call = (parameters: Parameters) => ask(`${layer.url}/query`, parameters, request.dataset.id, context)
    try {
      const { rows, unreadable } = await readLayerRequest({ layer, call }, request)
      return { rows, asOf, ...(unreadable > 0 && { problems: { 'unreadable cell': unreadable } }) }
    } catch (error) {
      if (error instanceof Distrusted && layer[error.what]) {
        services.warn('a layer does less than it says; the gateway does it instead', {
          layer: layer.url,
          what: error.what,
          why: error.message,
        })
        layers.set(at.layer, { ...layer, [error.what]: false })
        return answer(request, context)
      }
      if (error instanceof GatewayError && error.code === 'SOURCE_CHANGED') layers.delete(at.layer)
      throw error
    }
  }

  return {
    capabilities,
    async read(request, context) {
      if (closed) throw sourceFailure('SOURCE_UNAVAILABLE', `${source.id}: the connector is closed`)
      context.signal.throwIfAborted()
      return answer(request, context)
    },
    async close() {
      closed = true
      ask.close()
    },
  }
}
