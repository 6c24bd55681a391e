/** How do services of features answer requests: what is asked of them, and what is done here? */

import { LRUCache } from 'lru-cache'
import {
  type Answer,
  type Capabilities,
  type Connector,
  type ConnectorServices,
  type Dataset,
  type FieldType,
  fieldTypes,
  type Operator,
  type ReadContext,
  type SourceRequest,
} from '../../model/index.ts'
import { Layer } from './layer.ts'
import { isGeometry } from './rows.ts'
import type { FeatureSource } from './service.ts'
import { answer } from './strategy.ts'

const comparisons: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']
const scalarTypes = fieldTypes.filter(type => !isGeometry(type))

/**
 * Whatever the service cannot do, or has not proven that it can, is done here over what it sends. Only texts have no less and
 * greater: the service sorts by an alphabet of its own.
 */
export const featureCapabilities: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalarTypes,
  group: scalarTypes,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'offset',
  written: 'here',
}

function operatorsOf(type: FieldType): readonly Operator[] {
  if (isGeometry(type)) return ['bbox', 'within', 'near', 'isNull']
  if (type === 'text' || type === 'code') return ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'isNull']
  return comparisons
}

/** Kinds of features whose abilities are remembered, and for how long; afterwards they are tried out again. */
const layersKept = 500
const rememberedMs = 600_000

/** A service of features, as the one connector for all of them needs it. */
export interface Features {
  /** @param dataset its place is what stands beside `use:`, as the module's own schema parsed it */
  of(dataset: Pick<Dataset, 'place' | 'key'>): FeatureSource
  close(): void
}

export function openFeatures(features: Features, { warn }: Pick<ConnectorServices, 'warn'>): Connector {
  const layers = new LRUCache<string, Layer>({ max: layersKept, ttl: rememberedMs })
  const layerOf = ({ dataset }: SourceRequest): Layer => {
    const key = JSON.stringify([dataset.place, dataset.key])
    const known = layers.get(key)
    if (known) return known
    const made = new Layer(features.of(dataset), dataset, warn)
    layers.set(key, made)
    return made
  }
  return {
    capabilities: featureCapabilities,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      const asOf = Date.now()
      const errand = { dataset: request.dataset.id, context }
      const { rows, unreadable } = await answer(request, { layer: layerOf(request), errand, warn })
      return { rows, asOf, ...(unreadable > 0 && { problems: { 'unreadable cell': unreadable } }) }
    },
    async close() {
      features.close()
      layers.clear()
    },
  }
}
