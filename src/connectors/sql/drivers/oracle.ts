/**
 * How do we speak to Oracle Database?
 *
 * Never run against a real one yet: what is here was tried with the real driver against a stand-in of ours that was learnt from the
 * driver. `ORACLE_URL=… npm run test:live -- oracle` runs the same tests against yours.
 */

import type { SourceSetting } from '../../../model/index.ts'
import { settled } from '../stop.ts'
import { driverPackage } from './load.ts'
import type { OraclePackage } from './oracle-columns.ts'
import type { OracleConnection } from './oracle-connection.ts'
import { diagnose, explained } from './oracle-diagnosis.ts'
import { Line } from './oracle-line.ts'
import { OracleSession } from './oracle-session.ts'
import type { Driver, Session } from './session.ts'

type Source = SourceSetting<OracleConnection>

export function oracleDriver(source: Source): Driver {
  return { connect: signal => connect(source, signal), diagnose }
}

async function connect(source: Source, signal: AbortSignal): Promise<Session> {
  const { default: oracle } = await driverPackage('oracledb', () => import('oracledb'))
  const line = new Line()
  const stop = (): void => line.cut()
  signal.addEventListener('abort', stop, { once: true })
  try {
    signal.throwIfAborted()
    const opening = line.during(() => oracle.getConnection(attributes(source)))
    // The driver can be deaf to its own socket for a while; nobody waits for it then.
    const connection = await Promise.race([opening, settled(signal)])
    const session = new OracleSession(oracle, connection, line, source.limits.statementMs)
    await session.prepare()
    return session
  } catch (error) {
    line.cut()
    throw explained(error)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** A firewall forgets silent connections; a sign of life every so many minutes keeps them, and finds out about dead ones. */
const aliveMinutes = 1

function attributes({ connection }: Source): Parameters<OraclePackage['getConnection']>[0] & object {
  const { connectString, user, password = '' } = connection
  return { connectString, user, password, expireTime: aliveMinutes, stmtCacheSize: 100 }
}
