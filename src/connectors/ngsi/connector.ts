/** How does a context broker answer requests: like every service of features, in its own words. */

import type { Connector, ConnectorServices, SourceSetting } from '../../model/index.ts'
import { featureCapabilities, openFeatures } from '../features/connector.ts'
import type { ConnectorModule } from '../module.ts'
import { EntityType } from './entities.ts'
import { introspectBroker, recognise } from './introspect.ts'
import { connection, type NgsiConnection, type NgsiPlace, place } from './options.ts'
import { Broker } from './service.ts'

/** Entities of a context broker that speaks NGSI-LD or NGSIv2. */
export const ngsi: ConnectorModule<NgsiConnection, NgsiPlace> = {
  kinds: ['ngsi'],
  connection,
  place,
  capabilities: () => featureCapabilities,
  open: openBroker,
  introspect: introspectBroker,
  recognise,
}

function openBroker(source: SourceSetting<NgsiConnection>, services: ConnectorServices): Connector {
  const broker = new Broker(source, services)
  return openFeatures({ of: ({ place }) => new EntityType(broker, place as NgsiPlace), close: () => broker.close() }, services)
}
