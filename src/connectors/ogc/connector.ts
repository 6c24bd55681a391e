/** How does an OGC API answer requests: like every service of features, in its own words. */

import type { Connector, ConnectorServices, SourceSetting } from '../../model/index.ts'
import { featureCapabilities, openFeatures } from '../features/connector.ts'
import type { ConnectorModule } from '../module.ts'
import { collectionIn, landingOf } from './address.ts'
import { Collection } from './collection.ts'
import { introspectService } from './introspect.ts'
import { connection, type OgcConnection, type OgcPlace, place } from './options.ts'
import { OgcService } from './service.ts'

/** Collections of a service that speaks OGC API – Features. */
export const ogcFeatures: ConnectorModule<OgcConnection, OgcPlace> = {
  kinds: ['ogc-features'],
  connection,
  place,
  capabilities: () => featureCapabilities,
  open: openService,
  introspect: introspectService,
  recognise(pasted) {
    if (!URL.canParse(pasted) || !/^https?:\/\/[^?#]*\/collections(\/|$|[?#])/.test(pasted)) return undefined
    const collection = collectionIn(pasted)
    return { kind: 'ogc-features', connection: { url: landingOf(pasted) }, ...(collection && { place: { collection } }) }
  },
}

function openService(source: SourceSetting<OgcConnection>, services: ConnectorServices): Connector {
  const service = new OgcService(source, services)
  return openFeatures({ of: dataset => new Collection(service, dataset), close: () => service.close() }, services)
}
