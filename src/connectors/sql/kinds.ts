/** Which kinds of databases can a source be? */

import type { SourceSetting } from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { capabilities } from './capabilities.ts'
import { type DatabaseConnection, databaseConnection, type FileConnection, fileConnection } from './connections.ts'
import { openDatabase } from './connector.ts'
import { mssqlDriver } from './drivers/mssql.ts'
import { type SqlServerConnection, sqlServerConnection } from './drivers/mssql-connection.ts'
import { mysqlDriver } from './drivers/mysql.ts'
import { oracleDriver } from './drivers/oracle.ts'
import { type OracleConnection, oracleConnection } from './drivers/oracle-connection.ts'
import { postgresDriver } from './drivers/postgres.ts'
import type { Driver } from './drivers/session.ts'
import { sqliteDriver } from './drivers/sqlite.ts'
import { grantWriters, introspectFile, introspectServer } from './introspection.ts'
import { type Place, place } from './place.ts'
import { recogniseFile, recogniseServer } from './recognise.ts'

const postgres = server(['postgres'], postgresDriver, grantWriters.postgres)
const mysql = server(['mysql', 'mariadb'], mysqlDriver, grantWriters.mysql)

const sqlite: ConnectorModule<FileConnection, Place> = {
  kinds: ['sqlite'],
  connection: fileConnection,
  place,
  capabilities: () => capabilities,
  open: (source, services) => openDatabase(source, services, sqliteDriver(source, services.folder)),
  introspect: (source, services) => introspectFile(source, services, sqliteDriver(source, services.folder)),
  recognise: recogniseFile,
}

const mssql: ConnectorModule<SqlServerConnection, Place> = {
  kinds: ['mssql'],
  accounts: true,
  connection: sqlServerConnection,
  place,
  capabilities: () => capabilities,
  open: (source, services) => openDatabase(source, services, mssqlDriver(source)),
  introspect: (source, services) => introspectServer(grantWriters.mssql, source, services, mssqlDriver(source)),
}

const oracle: ConnectorModule<OracleConnection, Place> = {
  kinds: ['oracle'],
  accounts: true,
  connection: oracleConnection,
  place,
  capabilities: () => capabilities,
  open: (source, services) => openDatabase(source, services, oracleDriver(source)),
  introspect: (source, services) => introspectServer(grantWriters.oracle, source, services, oracleDriver(source)),
}

/** One module for each form of `connection:`, so that mistakes in a source file are named exactly. */
export const sql: readonly ConnectorModule[] = [postgres, mysql, sqlite, mssql, oracle] as readonly ConnectorModule[]

function server(
  kinds: readonly string[],
  driverOf: (source: SourceSetting<DatabaseConnection>) => Driver,
  write: typeof grantWriters.postgres,
): ConnectorModule<DatabaseConnection, Place> {
  return {
    kinds,
    accounts: true,
    connection: databaseConnection,
    place,
    capabilities: () => capabilities,
    open: (source, services) => openDatabase(source, services, driverOf(source)),
    introspect: (source, services) => introspectServer(write, source, services, driverOf(source)),
    // One kind is enough to know them all.
    ...(kinds.includes('postgres') && { recognise: recogniseServer }),
  }
}
