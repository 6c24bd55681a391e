/** PostgreSQL, with PostGIS or without. */

import type { ConnectorModule } from '../../module.ts'
import { type DatabaseConnection, databaseConnection } from '../connections.ts'
import { postgresDriver } from '../drivers/postgres.ts'
import { postgresGrants } from '../grants/postgres.ts'
import type { Place } from '../place.ts'
import { recogniseServer } from '../recognise.ts'
import { server } from './server.ts'

export const postgres: ConnectorModule<DatabaseConnection, Place> = {
  kinds: ['postgres'],
  ...server(databaseConnection, postgresDriver, postgresGrants),
  // Of all databases on servers: one kind is enough to know them all.
  recognise: recogniseServer,
}
