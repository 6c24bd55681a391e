/** Oracle Database. */

import type { ConnectorModule } from '../../module.ts'
import { oracleDriver } from '../drivers/oracle.ts'
import { type OracleConnection, oracleConnection } from '../drivers/oracle-connection.ts'
import { oracleGrants } from '../grants/oracle.ts'
import type { Place } from '../place.ts'
import { server } from './server.ts'

export const oracle: ConnectorModule<OracleConnection, Place> = {
  kinds: ['oracle'],
  ...server(oracleConnection, oracleDriver, oracleGrants),
}
