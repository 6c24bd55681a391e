/** How does a WFS answer requests: like every service of features, in its own words. */

import type { Connector, ConnectorServices, SourceSetting } from '../../model/index.ts'
import { featureCapabilities, openFeatures } from '../features/connector.ts'
import type { ConnectorModule } from '../module.ts'
import { openIntrospector, recognise } from './introspect.ts'
import { connection, place, type WfsConnection, type WfsPlace } from './options.ts'
import { FeatureType, WfsService } from './service.ts'

/** Feature types of a Web Feature Service, version 2.0 or 1.1. */
export const wfs: ConnectorModule<WfsConnection, WfsPlace> = {
  kinds: ['wfs'],
  connection,
  place,
  capabilities: () => featureCapabilities,
  open: openService,
  introspect: openIntrospector,
  recognise,
}

function openService(source: SourceSetting<WfsConnection>, services: ConnectorServices): Connector {
  const service = new WfsService(source, services)
  return openFeatures({ of: dataset => new FeatureType(service, dataset.place as WfsPlace), close: () => service.close() }, services)
}
