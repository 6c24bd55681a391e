/** What do the kinds of databases have in common that run on a server and log the gateway in? */

import type { SourceSetting } from '../../../model/index.ts'
import type { ConnectorModule } from '../../module.ts'
import { capabilities } from '../capabilities.ts'
import { openDatabase } from '../connector.ts'
import type { Driver } from '../drivers/session.ts'
import { introspectServer, type ServerConnection } from '../introspection.ts'
import { type Place, place } from '../place.ts'

/** A kind without what is its own to say: how its connection is written, how it is spoken to, and which grants an account needs there. */
export function server<Connection extends ServerConnection>(
  connection: ConnectorModule<Connection>['connection'],
  driverOf: (source: SourceSetting<Connection>) => Driver,
  grants: Parameters<typeof introspectServer>[0],
): Omit<ConnectorModule<Connection, Place>, 'kinds'> {
  return {
    accounts: true,
    connection,
    place,
    capabilities: () => capabilities,
    open: (source, services) => openDatabase(source, services, driverOf(source)),
    introspect: (source, services) => introspectServer(grants, source, services, driverOf(source)),
  }
}
