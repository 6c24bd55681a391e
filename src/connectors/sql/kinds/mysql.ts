/** MySQL and MariaDB. */

import type { ConnectorModule } from '../../module.ts'
import { type DatabaseConnection, databaseConnection } from '../connections.ts'
import { mysqlDriver } from '../drivers/mysql.ts'
import { mysqlGrants } from '../grants/mysql.ts'
import type { Place } from '../place.ts'
import { server } from './server.ts'

export const mysql: ConnectorModule<DatabaseConnection, Place> = {
  kinds: ['mysql', 'mariadb'],
  ...server(databaseConnection, mysqlDriver, mysqlGrants),
}
