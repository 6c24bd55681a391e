/** How does a web service answer requests? */

import {
  type Answer,
  type Capabilities,
  type Connector,
  type ConnectorServices,
  localCapabilities,
  type ReadContext,
  type SourceRequest,
  type SourceSetting,
} from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { answerLocally } from '../shared/local.ts'
import { localRows } from '../shared/table.ts'
import { openIntrospector, recognise } from './introspect.ts'
import { connection, type HttpConnection, type HttpPlace, place } from './options.ts'
import { openReader } from './read.ts'

/** Web services described by address, paging and paths. */
export const http: ConnectorModule<HttpConnection, HttpPlace> = {
  kinds: ['http'],
  connection,
  place,
  capabilities: () => everything,
  open: openService,
  introspect: openIntrospector,
  recognise,
}

/** All is done here, over the whole answer, so there is nothing that could not be done. */
const everything: Capabilities = { ...localCapabilities, paging: 'offset' }

function openService(source: SourceSetting<HttpConnection>, services: ConnectorServices): Connector {
  const reader = openReader(source, services)
  return {
    capabilities: everything,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      const asOf = Date.now()
      const table = await reader.rowsFor(request, context)
      const { rows, problems } = localRows(table, request)
      return { rows: answerLocally(request, rows), asOf, ...(Object.keys(problems).length > 0 && { problems }) }
    },
    async close() {
      reader.close()
    },
  }
}
