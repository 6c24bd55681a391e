/** Which catalogue goes with which dialect? */

import type { DialectName } from '../dialects/index.ts'
import type { Catalogue } from './catalogue.ts'
import { mssqlCatalogue } from './mssql.ts'
import { mysqlCatalogue } from './mysql.ts'
import { oracleCatalogue } from './oracle.ts'
import { postgresCatalogue } from './postgres.ts'
import { sqliteCatalogue } from './sqlite.ts'

export const catalogues: Readonly<Record<DialectName, Catalogue>> = {
  postgres: postgresCatalogue,
  mysql: mysqlCatalogue('mysql'),
  mariadb: mysqlCatalogue('mariadb'),
  sqlite: sqliteCatalogue,
  mssql: mssqlCatalogue,
  oracle: oracleCatalogue,
}
