/** How does a file on disk answer requests? The smallest connector, and the one to read first when writing another. */

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
import { connection, type FileConnection, type FilePlace, place } from './options.ts'
import { openReadings } from './readings.ts'

/** CSV, GeoJSON and XLSX files in a folder. */
export const file: ConnectorModule<FileConnection, FilePlace> = {
  kinds: ['file'],
  connection,
  place,
  capabilities: () => everything,
  open: openFolder,
  introspect: openIntrospector,
  recognise,
}

/** All is done here, over rows in memory, so there is nothing that could not be done. */
const everything: Capabilities = { ...localCapabilities, paging: 'offset' }

function openFolder(source: SourceSetting<FileConnection>, services: ConnectorServices): Connector {
  const readings = openReadings(source, services)
  return {
    capabilities: everything,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      const asOf = Date.now()
      const table = await readings.table(request.dataset.place as FilePlace, request.dataset.id, context)
      const { rows, problems } = localRows(table, request)
      return { rows: answerLocally(request, rows), asOf, ...(Object.keys(problems).length > 0 && { problems }) }
    },
    async close() {
      readings.close()
    },
  }
}
