/** SQLite: a file on this machine, without accounts. */

import type { ConnectorModule } from '../../module.ts'
import { capabilities } from '../capabilities.ts'
import { type FileConnection, fileConnection } from '../connections.ts'
import { openDatabase } from '../connector.ts'
import { sqliteDriver } from '../drivers/sqlite.ts'
import { introspectFile } from '../introspection.ts'
import { type Place, place } from '../place.ts'
import { recogniseFile } from '../recognise.ts'

export const sqlite: ConnectorModule<FileConnection, Place> = {
  kinds: ['sqlite'],
  connection: fileConnection,
  place,
  capabilities: () => capabilities,
  open: (source, services) => openDatabase(source, services, sqliteDriver(source, services.folder)),
  introspect: (source, services) => introspectFile(source, services, sqliteDriver(source, services.folder)),
  recognise: recogniseFile,
}
