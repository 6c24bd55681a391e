/**
 * How do we speak to SQL Server?
 *
 * Tried against a stand-in that speaks its protocol (test/servers/tds), never against a real SQL Server.
 */

import type { SourceSetting } from '../../../model/index.ts'
import { driverPackage } from './load.ts'
import type { SqlServerConnection } from './mssql-connection.ts'
import { diagnose } from './mssql-diagnosis.ts'
import { Host } from './mssql-host.ts'
import { type Login, troubles } from './mssql-messages.ts'
import { codeOf } from './network.ts'
import type { Driver, Session } from './session.ts'

export function mssqlDriver(source: SourceSetting<SqlServerConnection>): Driver {
  const host = new Host(loginOf(source))
  return { connect: signal => connect(host, signal), diagnose, close: () => host.end() }
}

async function connect(host: Host, signal: AbortSignal): Promise<Session> {
  try {
    return await host.connect(signal)
  } catch (error) {
    // In the words that every driver's absence is told in.
    if (codeOf(error) === troubles.missing) await driverPackage('tedious', () => Promise.reject(error))
    throw error
  }
}

function loginOf({ connection, limits }: SourceSetting<SqlServerConnection>): Login {
  const { password = '', encrypt = true, trustServerCertificate = false, ...place } = connection
  return { ...place, password, encrypt, trustServerCertificate, statementMs: limits.statementMs }
}
