/** How do tests look at a source? */

import type { ConnectorModule } from '../../src/connectors/module.ts'
import type { Introspector, ReadContext, SourceCall } from '../../src/model/index.ts'

/** Time enough on a busy machine. */
export function minute(): ReadContext {
  return { signal: AbortSignal.timeout(60_000), deadline: Date.now() + 60_000 }
}

/** An introspector over a connection as a source file would write it. */
export function lookAt<C, P>(
  module: ConnectorModule<C, P>,
  kind: string,
  connection: Readonly<Record<string, unknown>>,
  calls: SourceCall[] = [],
  folder = '/',
): Introspector {
  const source = {
    id: 'town',
    kind,
    title: 'Town',
    connection: module.connection.parse(connection),
    limits: { connections: 4, statementMs: 30_000, queue: 100, bytes: 50_000_000 },
  }
  const introspector = module.introspect?.(source, { folder, call: call => calls.push(call), warn: () => {} })
  if (!introspector) throw new Error(`${kind} cannot be looked at`)
  return introspector
}
