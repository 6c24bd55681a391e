/** How does a file on disk answer requests? The smallest connector, and the one to read first when writing another. */

import type { Connector, ConnectorServices, SourceSetting } from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { overWholeTables, wholeCapabilities } from '../shared/whole.ts'
import { openIntrospector, recognise } from './introspect.ts'
import { connection, type FileConnection, type FilePlace, place } from './options.ts'
import { openReadings } from './readings.ts'

/** CSV, GeoJSON and XLSX files in a folder. */
export const file: ConnectorModule<FileConnection, FilePlace> = {
  kinds: ['file'],
  connection,
  place,
  capabilities: () => wholeCapabilities,
  open: openFolder,
  introspect: openIntrospector,
  recognise,
}

function openFolder(source: SourceSetting<FileConnection>, services: ConnectorServices): Connector {
  const readings = openReadings(source, services)
  return overWholeTables(source.id, {
    read: ({ dataset }, context) => readings.table(dataset.place as FilePlace, dataset.id, context),
    close: readings.close,
  })
}
