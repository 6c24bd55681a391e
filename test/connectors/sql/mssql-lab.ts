/** A table of a test's own in the stand-in for SQL Server, and everything that asks it. */

import { mssqlDriver } from '../../../src/connectors/sql/drivers/mssql.ts'
import type { Session } from '../../../src/connectors/sql/drivers/session.ts'
import type { Column, Connector, Row, SourceCall, SourceSetting } from '../../../src/model/index.ts'
import type { Fault, Options, TdsServer } from '../../servers/tds/index.ts'
import { TsqlDatabase } from '../../servers/tds/tsql/index.ts'
import { engine } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { rowsOf, tableAs } from './lab.ts'
import { connectionTo, startServer } from './mssql-bench.ts'
import { connect } from './towns.ts'

export const id = engine('ID', 'int')
export const things = { ...tableAs('DING', id), place: { table: 'dbo.DING' } }

const calm: SourceSetting['limits'] = { connections: 2, statementMs: 5_000, queue: 100, bytes: 1_000_000 }
type Limits = Partial<SourceSetting['limits']>

export interface Place {
  readonly database: TsqlDatabase
  readonly server: TdsServer
  readonly port: number
  readonly connector: Connector
  readonly calls: readonly SourceCall[]
}

const ends: (() => unknown)[] = []

/** To be called after each test. */
export async function tidyUp(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}

export interface More {
  readonly limits?: Limits
  readonly connection?: Readonly<Record<string, unknown>>
  readonly options?: Partial<Options>
}

/** A server with the table `DING`, and a connector to it. */
export async function place(
  columns: Readonly<Record<string, string>>,
  rows: Parameters<TsqlDatabase['create']>[2],
  { limits = {}, connection = {}, options = {} }: More = {},
): Promise<Place> {
  const database = new TsqlDatabase()
  database.create('DING', columns, rows)
  const { server, port } = await startServer(database, options)
  ends.push(() => server.close())
  const { connector, calls } = connect('mssql', { ...connectionTo(port), ...connection }, { ...calm, ...limits })
  ends.push(() => connector.close())
  return { database, server, port, connector, calls }
}

/** A connector to any place, with little patience. */
export function connectorTo(connection: Readonly<Record<string, unknown>>): Connector {
  const { connector } = connect('mssql', connection, { connections: 1, statementMs: 2_000, queue: 10, bytes: 100_000 })
  ends.push(() => connector.close())
  return connector
}

/** To be ended after the test. */
export function later(end: () => unknown): void {
  ends.push(end)
}

/** A session without a connector around it. */
export async function sessionOf({ port }: Pick<Place, 'port'>, limits: Limits = {}): Promise<Session> {
  const connection = connectionTo(port) as unknown as Parameters<typeof mssqlDriver>[0]['connection']
  const driver = mssqlDriver({ id: 'a', kind: 'mssql', title: 'a', connection, limits: { ...calm, ...limits } })
  const session = await driver.connect(new AbortController().signal)
  ends.push(async () => {
    await session.close()
    await driver.close?.()
  })
  return session
}

/** What happens to statements about the table from now on. */
export function misbehave(server: TdsServer, fault?: Fault): void {
  server.options = { ...server.options, fault: call => (call.by === 'sp_executesql' ? fault : undefined) }
}

export async function read(
  connector: Connector,
  columns: readonly Column[],
  more: Parameters<typeof rowsOf>[2] = {},
): Promise<readonly Row[]> {
  return (await connector.read(rowsOf(things, columns, more), patient())).rows
}
