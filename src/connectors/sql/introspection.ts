/** What looks at a database, and prints grants for its account? */

import { resolve } from 'node:path'
import type { ConnectorServices, Introspector, SourceSetting } from '../../model/index.ts'
import type { DatabaseConnection, FileConnection } from './connections.ts'
import type { SqlServerConnection } from './drivers/mssql-connection.ts'
import type { OracleConnection } from './drivers/oracle-connection.ts'
import type { Driver } from './drivers/session.ts'
import { sqliteGrants } from './grants/sqlite.ts'
import { comment, type GrantsFor, tablesOf } from './grants/tables.ts'
import { openIntrospector } from './introspect/introspector.ts'

type Account = Pick<GrantsFor, 'user' | 'database'>

export type ServerConnection = DatabaseConnection | SqlServerConnection | OracleConnection

export function introspectServer(
  write: (grants: GrantsFor) => string,
  source: SourceSetting<ServerConnection>,
  services: ConnectorServices,
  driver: Driver,
): Introspector {
  const { connections } = source.limits
  const { user, database }: Account = { database: '', ...source.connection }
  return openIntrospector(source, services, driver, {
    knowsAccounts: true,
    grants: needed => {
      const script = write({ user: user || unnamed, database, connections, tables: tablesOf(needed) })
      return user ? script : `${comment(`The name of the account is a secret that is not here; ${unnamed} stands for it.`)}\n${script}`
    },
  })
}

/** Where the source file takes the name of its account from a secret that this machine has not. */
const unnamed = 'stadttor_ro'

export function introspectFile(source: SourceSetting<FileConnection>, services: ConnectorServices, driver: Driver): Introspector {
  return openIntrospector(source, services, driver, {
    knowsAccounts: false,
    grants: () => sqliteGrants(resolve(services.folder, source.connection.file)),
  })
}
