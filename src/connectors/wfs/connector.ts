/** How does a WFS answer requests: what is asked of it, and what is done here? */

import { LRUCache } from 'lru-cache'
import {
  type Answer,
  type Capabilities,
  type Connector,
  type ConnectorServices,
  type FieldType,
  fieldTypes,
  type Operator,
  type ReadContext,
  type SourceRequest,
  type SourceSetting,
} from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { Layer } from './layer.ts'
import { connection, place, type WfsConnection, type WfsPlace } from './options.ts'
import { isGeometry } from './rows.ts'
import { WfsService } from './service.ts'
import { answer } from './strategy.ts'

/** Feature types of a Web Feature Service, version 2.0 or 1.1. */
export const wfs: ConnectorModule<WfsConnection, WfsPlace> = {
  kinds: ['wfs'],
  connection,
  place,
  capabilities: () => capabilities,
  open: openService,
}

const comparisons: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']
const scalarTypes = fieldTypes.filter(type => !isGeometry(type))

/**
 * Whatever the service cannot do, or has not proven that it can, is done here over what it sends. Only texts have no less and
 * greater: the service sorts by an alphabet of its own.
 */
const capabilities: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalarTypes,
  group: scalarTypes,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'offset',
}

function operatorsOf(type: FieldType): readonly Operator[] {
  if (isGeometry(type)) return ['bbox', 'within', 'near', 'isNull']
  if (type === 'text' || type === 'code') return ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'isNull']
  return comparisons
}

/** Feature types whose abilities are remembered, and for how long; afterwards they are tried out again. */
const layersKept = 500
const rememberedMs = 600_000

function openService(source: SourceSetting<WfsConnection>, services: ConnectorServices): Connector {
  const service = new WfsService(source, services)
  const layers = new LRUCache<string, Layer>({ max: layersKept, ttl: rememberedMs })
  const layerOf = ({ dataset }: SourceRequest): Layer => {
    const key = JSON.stringify([dataset.place, dataset.key])
    const known = layers.get(key)
    if (known) return known
    const made = new Layer(service, dataset, services.warn)
    layers.set(key, made)
    return made
  }
  return {
    capabilities,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      const asOf = Date.now()
      const errand = { dataset: request.dataset.id, place: request.dataset.place as WfsPlace, context }
      const { rows, unreadable } = await answer(request, { layer: layerOf(request), errand, warn: services.warn })
      return { rows, asOf, ...(unreadable > 0 && { problems: { 'unreadable cell': unreadable } }) }
    },
    async close() {
      service.close()
      layers.clear()
    },
  }
}
