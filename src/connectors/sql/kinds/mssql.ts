/** SQL Server. */

import type { ConnectorModule } from '../../module.ts'
import { mssqlDriver } from '../drivers/mssql.ts'
import { type SqlServerConnection, sqlServerConnection } from '../drivers/mssql-connection.ts'
import { mssqlGrants } from '../grants/mssql.ts'
import type { Place } from '../place.ts'
import { server } from './server.ts'

export const mssql: ConnectorModule<SqlServerConnection, Place> = {
  kinds: ['mssql'],
  ...server(sqlServerConnection, mssqlDriver, mssqlGrants),
}
