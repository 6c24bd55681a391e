/** How does a SensorThings service answer requests? */

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
  sourceFailure,
} from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { introspectService, recognise } from './introspect.ts'
import { connection, place, type ThingsConnection, type ThingsPlace } from './options.ts'
import { isGeometry } from './path.ts'
import { readRequest } from './read.ts'
import { Service } from './service.ts'
import { Trust } from './trust.ts'

/** Things, datastreams and observations of an OGC SensorThings service, version 1.1 or 1.0. */
export const sensorthings: ConnectorModule<ThingsConnection, ThingsPlace> = {
  kinds: ['sensorthings'],
  connection,
  place,
  capabilities: () => capabilities,
  open: openService,
  introspect: introspectService,
  recognise,
}

const scalarTypes = fieldTypes.filter(type => !isGeometry({ type }))

/** What a service cannot do, or has not proven that it can, is done here over a stated number of rows. Only texts have no less and greater. */
const capabilities: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalarTypes,
  group: scalarTypes,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'offset',
  written: 'here',
}

function operatorsOf(type: FieldType): readonly Operator[] {
  if (isGeometry({ type })) return ['bbox', 'within', 'near', 'isNull']
  if (type === 'text' || type === 'code') return ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', 'isNull']
  if (type === 'boolean') return ['eq', 'ne', 'in', 'notIn', 'isNull']
  return ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']
}

function openService(source: SourceSetting<ThingsConnection>, services: ConnectorServices): Connector {
  const service = new Service(source, services)
  const trust = new Trust(service, services.warn)
  let closed = false
  return {
    capabilities,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      if (closed) throw sourceFailure('SOURCE_UNAVAILABLE', `${source.id}: the connector is closed`)
      context.signal.throwIfAborted()
      const asOf = Date.now()
      const { entity: set } = request.dataset.place as ThingsPlace
      const { rows, unreadable } = await readRequest(request, { set, service, trust, errand: { dataset: request.dataset.id, context } })
      return { rows, asOf, ...(unreadable > 0 && { problems: { 'unreadable cell': unreadable } }) }
    },
    async close() {
      closed = true
      service.close()
    },
  }
}
