/** How does a web service answer requests? */

import type { Connector, ConnectorServices, SourceSetting } from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { overWholeTables, wholeCapabilities } from '../shared/whole.ts'
import { openIntrospector, recognise } from './introspect.ts'
import { connection, type HttpConnection, type HttpPlace, place } from './options.ts'
import { openReader } from './read.ts'

/** Web services described by address, paging and paths. */
export const http: ConnectorModule<HttpConnection, HttpPlace> = {
  kinds: ['http'],
  connection,
  place,
  capabilities: () => wholeCapabilities,
  open: openService,
  introspect: openIntrospector,
  recognise,
}

function openService(source: SourceSetting<HttpConnection>, services: ConnectorServices): Connector {
  const { rowsFor, close } = openReader(source, services)
  return overWholeTables(source.id, { read: rowsFor, close })
}
