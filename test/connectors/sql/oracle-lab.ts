/** A stand-in for Oracle Database with a table or two of a test's own, and connectors to it. */

import type { Connector, SourceCall, SourceSetting } from '../../../src/model/index.ts'
import { type Note, type OracleType, type ServerWish, TnsServer, type Value } from '../../servers/tns/index.ts'
import { connect } from './towns.ts'

export const account = { user: 'LESER', password: 'geheim §1' }

export interface OracleLab {
  readonly server: TnsServer
  /** A table of the account's own schema, with `ID` in front. */
  readonly table: (name: string, columns: Readonly<Record<string, OracleType>>, rows: readonly (readonly Value[])[]) => void
  readonly open: (
    limits?: Partial<SourceSetting['limits']>,
    service?: string,
  ) => { readonly connector: Connector; readonly calls: SourceCall[] }
  /** What the server saw of a kind. */
  readonly seen: <Kind extends Note['is']>(kind: Kind) => Extract<Note, { is: Kind }>[]
  readonly tidyUp: () => Promise<void>
}

const calm: SourceSetting['limits'] = { connections: 2, statementMs: 5_000, queue: 100, bytes: 50_000_000 }

export async function openOracleLab(wish: Omit<ServerWish, 'accounts'> = {}): Promise<OracleLab> {
  const server = new TnsServer({ accounts: { [account.user]: account.password }, ...wish })
  await server.listen()
  const opened: Connector[] = []
  return {
    server,
    table: (name, columns, rows) =>
      server.database.create({
        schema: account.user,
        name,
        columns: [['ID', { name: 'NUMBER', precision: 10, scale: 0 }] as const, ...Object.entries(columns)].map(([column, type]) => ({
          name: column,
          type,
        })),
        rows: rows.map((row, at) => [at + 1, ...row]),
        key: ['ID'],
      }),
    open: (limits, service) => {
      const one = connect('oracle', { ...account, connectString: server.connectString(service) }, { ...calm, ...limits })
      opened.push(one.connector)
      return one
    },
    seen: kind => server.notes.filter((note): note is Extract<Note, { is: typeof kind }> => note.is === kind),
    tidyUp: async () => {
      for (const connector of opened) await connector.close()
      await server.close()
    },
  }
}
