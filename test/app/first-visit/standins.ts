/** A first visit at SQL Server and Oracle: no server of theirs is here, so the stand-ins of the tests answer, with a catalogue of canned rows. */

import { type Fragment, render } from '../../../src/connectors/sql/compile/fragment.ts'
import { mssql as mssqlDialect, oracle as oracleDialect } from '../../../src/connectors/sql/dialects/index.ts'
import { mssqlStatements } from '../../../src/connectors/sql/introspect/mssql.ts'
import { oracleStatements } from '../../../src/connectors/sql/introspect/oracle.ts'
import { oracleAccountStatements } from '../../../src/connectors/sql/introspect/oracle-account.ts'
import { type ResultSet, TdsServer, typeOf } from '../../servers/tds/index.ts'
import { TsqlDatabase } from '../../servers/tds/tsql/index.ts'
import { TnsServer } from '../../servers/tns/index.ts'
import { inDatabase, rows, type Source, trees } from './sources.ts'

type Canned = Readonly<Record<string, readonly (readonly (string | null)[])[]>>

const account = { user: 'LESER', password: 'geheim' }
const columns = ['BAUM_ID', 'ART_DE', 'HOEHE_M', 'PRUEFER']
const set = (connection: Readonly<Record<string, string>>): string[] =>
  Object.entries(connection).flatMap(([name, value]) => ['--set', `${name}=${value}`])

export const mssql: Source = {
  kind: 'mssql',
  ...inDatabase,
  item: 'dbo.BAUM',
  rows,
  async start() {
    const database = new TsqlDatabase('Stadt')
    database.create(
      'dbo.BAUM',
      { BAUM_ID: 'int', ART_DE: 'nvarchar(80)', HOEHE_M: 'decimal(6, 2)', PRUEFER: 'nvarchar(80)' },
      trees.map(([id, species, height, inspector]) => [BigInt(id), species, height.toFixed(2), inspector]),
    )
    const baum = ['dbo', 'BAUM', 'table', 'Bäume der Stadt', '3']
    const canned: Canned = {
      list: [baum],
      find: [baum],
      columns: [
        ['BAUM_ID', 'int', '0', null],
        ['ART_DE', 'nvarchar(80)', '1', null],
        ['HOEHE_M', 'decimal(6,2)', '1', null],
        ['PRUEFER', 'nvarchar(80)', '1', null],
      ],
      indexes: [['PK_BAUM', '1', '1', 'BAUM_ID']],
      user: [[account.user]],
      rights: [['CONNECT', 'database Stadt', ''], ...columns.map(column => ['SELECT', 'dbo.BAUM', column])],
    }
    const answers = new Map(Object.entries(canned).map(([what, found]) => [textOf(mssqlStatements[what]!, mssqlDialect), found]))
    const server = new TdsServer({
      ...account,
      databases: ['Stadt'],
      backend: {
        run(call): ResultSet {
          const found = answers.get(call.text)
          if (!found) return database.run(call)
          return { columns: (found[0] ?? ['']).map((_, at) => ({ name: `c${at}`, type: typeOf('nvarchar(4000)') })), rows: found }
        },
      },
    })
    const port = String(await server.listen())
    const connection = { host: '127.0.0.1', port, database: 'Stadt', user: account.user, password: `\${GRUEN_PASSWORD}`, encrypt: 'false' }
    return {
      source: ['--kind', 'mssql', ...set(connection)],
      env: { GRUEN_PASSWORD: account.password },
      stop: async () => void (await server.close()),
    }
  },
}

export const oracle: Source = {
  kind: 'oracle',
  ...inDatabase,
  item: 'GRUEN.BAUM',
  rows,
  async start() {
    const server = new TnsServer({ accounts: { [account.user]: account.password } })
    await server.listen()
    server.database.create({
      schema: 'GRUEN',
      name: 'BAUM',
      columns: [
        { name: 'BAUM_ID', type: { name: 'NUMBER', precision: 9, scale: 0 } },
        { name: 'ART_DE', type: { name: 'VARCHAR2', size: 80 } },
        { name: 'HOEHE_M', type: { name: 'NUMBER', precision: 6, scale: 2 } },
        { name: 'PRUEFER', type: { name: 'VARCHAR2', size: 80 } },
      ],
      rows: trees.map(([id, species, height, inspector]) => [id, species, String(height), inspector]),
    })
    const baum = ['GRUEN', 'BAUM', 'table', 'Bäume der Stadt', '3']
    const canned: Canned = {
      list: [baum],
      'where a name leads': [['GRUEN', 'BAUM']],
      find: [baum],
      columns: [
        ['BAUM_ID', 'NUMBER(9,0)', '0', null, null],
        ['ART_DE', 'VARCHAR2(80)', '1', null, null],
        ['HOEHE_M', 'NUMBER(6,2)', '1', null, null],
        ['PRUEFER', 'VARCHAR2(80)', '1', null, null],
      ],
      indexes: [['PK_BAUM', '1', '1', 'BAUM_ID']],
      user: [[account.user]],
      'system privileges': [['CREATE SESSION']],
      'privileges on objects': [['READ', 'GRUEN', 'BAUM']],
      'own tables': [],
      'readable columns': columns.map(column => ['GRUEN.BAUM', column]),
    }
    const statements: Readonly<Record<string, Fragment>> = { ...oracleStatements, ...oracleAccountStatements }
    for (const [what, found] of Object.entries(canned)) server.database.answer(textOf(statements[what]!, oracleDialect), found)
    const connection = { connectString: server.connectString(), user: account.user, password: `\${GRUEN_PASSWORD}` }
    return {
      source: ['--kind', 'oracle', ...set(connection)],
      env: { GRUEN_PASSWORD: account.password },
      stop: async () => void (await server.close()),
    }
  },
}

function textOf(piece: Fragment, dialect: { readonly placeholder: Parameters<typeof render>[1] }): string {
  return render(piece, dialect.placeholder)
}
