/**
 * What is seen of SQL Server and Oracle? Their catalogues exist nowhere here: the statements are reviewed files, read by a grammar, and a
 * stand-in answers them with canned rows, so that what is made of the rows is tried. None of it was ever run against a real server.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import parsers from 'antlr4ts-sql'
import { type Fragment, render } from '../../../src/connectors/sql/compile/fragment.ts'
import { type Dialect, mssql, oracle } from '../../../src/connectors/sql/dialects/index.ts'
import { mssqlStatements } from '../../../src/connectors/sql/introspect/mssql.ts'
import { oracleStatements } from '../../../src/connectors/sql/introspect/oracle.ts'
import { oracleAccountStatements } from '../../../src/connectors/sql/introspect/oracle-account.ts'
import type { Backend, ResultSet } from '../../servers/tds/index.ts'
import { typeOf } from '../../servers/tds/index.ts'
import { TsqlDatabase } from '../../servers/tds/tsql/index.ts'
import { TnsServer } from '../../servers/tns/index.ts'
import { patient } from '../../support/waiting.ts'
import { columnIn, later, look, tidyUp } from './introspect-lab.ts'
import { connectionTo, startServer } from './mssql-bench.ts'

const { antlr4tsSQL, SQLDialect } = parsers

afterEach(tidyUp)

function textOf(piece: Fragment, dialect: Dialect): string {
  return render(piece, dialect.placeholder)
}

const reviewed = [
  ['mssql', mssql, mssqlStatements, 'TSQL'],
  ['oracle', oracle, { ...oracleStatements, ...oracleAccountStatements }, 'PLSQL'],
] as const

test.each(reviewed)('what is asked of the catalogue of %s is what was reviewed', (name, dialect, statements) => {
  const text = `${Object.entries(statements)
    .map(([what, piece]) => `-- ${what}\n${textOf(piece, dialect)};`)
    .join('\n\n')}\n`
  const path = resolve(import.meta.dirname, `golden/${name}.catalogue.sql`)
  // Only by hand, and then read again: the file is the review.
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text)
  expect(existsSync(path)).toBe(true)
  expect(text).toBe(readFileSync(path, 'utf8'))
})

test.each(
  reviewed.flatMap(([name, dialect, statements, language]) =>
    Object.entries(statements).map(([what, piece]) => [name, what, textOf(piece, dialect), language] as const),
  ),
)('the grammar of %s reads: %s', (_name, _what, text, language) => {
  const found: string[] = []
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, _line: number, column: number, message: string) =>
      void found.push(`at ${column}: ${message.slice(0, 90)}`),
  }
  const parser = new antlr4tsSQL(SQLDialect[language])
  parser.getParseTree(parser.getParser(parser.getTokens(text, [listener]), [listener]))
  expect(found).toEqual([])
  expect(text).toMatch(/^select (?!.*;)/s)
})

describe('SQL Server', () => {
  type Canned = Readonly<Record<string, readonly (readonly (string | null)[])[]>>

  async function town(canned: Canned) {
    const database = new TsqlDatabase('Stadt')
    database.create(
      'dbo.BAUM',
      {
        ID: 'int',
        NR: 'bigint',
        ART: 'nvarchar(80)',
        HOEHE: 'decimal(9, 2)',
        KONTROLLE: 'datetime2(7)',
        GEOM: 'geometry',
        SCHATTEN: 'varbinary(10)',
      },
      [[1n, 9007199254740993n, 'Linde', '12.50', '2026-07-01 12:00:00.0000000', null, null]],
    )
    const byText = new Map(Object.entries(canned).map(([what, rows]) => [textOf(mssqlStatements[what]!, mssql), rows]))
    const backend: Backend = {
      run(call): ResultSet {
        const rows = byText.get(call.text)
        if (!rows) return database.run(call)
        return { columns: (rows[0] ?? ['']).map((_, at) => ({ name: `c${at}`, type: typeOf('nvarchar(4000)') })), rows }
      },
    }
    const { server, port } = await startServer(backend)
    later(() => server.close())
    return look('mssql', connectionTo(port)).introspector
  }

  const baum = ['dbo', 'BAUM', 'table', 'Bäume der Stadt', '4711'] as const

  test('a list, a description and a sample are made of what the catalogue says', async () => {
    const introspector = await town({
      list: [baum, ['dbo', 'V_BAUM', 'view', null, null]],
      find: [baum],
      columns: [
        ['ID', 'int', '0', null],
        ['NR', 'bigint', '1', null],
        ['ART', 'nvarchar(80)', '1', 'deutsch'],
        ['HOEHE', 'decimal(9,2)', '1', null],
        ['KONTROLLE', 'datetime2(7)', '1', null],
        ['GEOM', 'geometry', '1', null],
        ['SCHATTEN', 'varbinary(10)', '1', null],
      ],
      indexes: [
        ['PK_BAUM', '1', '1', 'ID'],
        ['IX_ART', '0', '0', 'ART'],
        ['IX_ART', '0', '0', 'HOEHE'],
      ],
    })
    expect(await introspector.list(patient())).toEqual([
      { name: 'dbo.BAUM', what: 'table', place: { table: 'dbo.BAUM' }, about: 'Bäume der Stadt', rows: 4711 },
      { name: 'dbo.V_BAUM', what: 'view', place: { table: 'dbo.V_BAUM' } },
    ])
    const described = await introspector.describe({ table: 'dbo.BAUM' }, patient())
    expect(described.key).toEqual(['ID'])
    expect(described.columns.map(({ column, type, indexed }) => [column, type, indexed])).toEqual([
      ['ID', 'int', true],
      ['NR', 'bigint', false],
      ['ART', 'text', true],
      ['HOEHE', 'decimal', false],
      ['KONTROLLE', 'datetime', false],
      ['GEOM', 'geometry', false],
      ['SCHATTEN', undefined, false],
    ])
    expect(columnIn(described, 'ART').about).toBe('deutsch')
    expect(await introspector.sample({ table: 'dbo.BAUM' }, ['NR', 'HOEHE', 'KONTROLLE'], 5, patient())).toEqual([
      ['9007199254740993', '12.50', '2026-07-01T12:00:00.0000000'],
    ])
  })

  test.each([
    [
      'reads',
      [
        ['CONNECT SQL', 'server', ''],
        ['VIEW ANY DATABASE', 'server', ''],
        ['CONNECT', 'database Stadt', ''],
        ['SELECT', 'dbo.BAUM', 'ID'],
        ['SELECT', 'dbo.BAUM', 'ART'],
      ],
      [],
      [],
    ],
    [
      'writes a table',
      [
        ['SELECT', 'dbo.BAUM', ''],
        ['UPDATE', 'dbo.BAUM', ''],
        ['UPDATE', 'dbo.BAUM', 'ID'],
      ],
      ['UPDATE on dbo.BAUM'],
      [],
    ],
    [
      'owns the database',
      [
        ['CONTROL', 'database Stadt', ''],
        ['CREATE TABLE', 'database Stadt', ''],
      ],
      ['CONTROL on database Stadt', 'CREATE TABLE on database Stadt'],
      [],
    ],
    ['runs procedures', [['EXECUTE', 'dbo.aufraeumen', '']], [], ['EXECUTE on dbo.aufraeumen']],
  ])('an account that %s is seen through', async (_what, rights, writes, spare) => {
    const introspector = await town({ user: [['stadttor_ro']], rights })
    expect(await introspector.account!(patient())).toMatchObject({ user: 'stadttor_ro', writes, spare })
  })
})

describe('Oracle', () => {
  type Canned = Readonly<Record<string, readonly (readonly (string | null)[])[]>>

  async function town(canned: Canned) {
    const server = new TnsServer({ accounts: { LESER: 'geheim' } })
    await server.listen()
    later(() => server.close())
    server.database.create({
      schema: 'GRUEN',
      name: 'BAUM',
      columns: [
        { name: 'ID', type: { name: 'NUMBER', precision: 10, scale: 0 } },
        { name: 'JAHR', type: { name: 'NUMBER', precision: 4, scale: 0 } },
        { name: 'ART', type: { name: 'VARCHAR2', size: 80 } },
        { name: 'HOEHE', type: { name: 'NUMBER' } },
        { name: 'KONTROLLE', type: { name: 'DATE' } },
        { name: 'GEOM', type: { name: 'SDO_GEOMETRY' } },
      ],
      rows: [[9876543210, 1987, 'Linde', '12.5', '2026-07-01 12:00:00', null]],
    })
    for (const [what, rows] of Object.entries(canned))
      server.database.answer(textOf({ ...oracleStatements, ...oracleAccountStatements }[what]!, oracle), rows)
    const { introspector } = look('oracle', { user: 'LESER', password: 'geheim', connectString: server.connectString() })
    return { introspector, server }
  }

  const baum = ['GRUEN', 'BAUM', 'table', 'Bäume der Stadt', '4711'] as const

  test('a list, a description and a sample are made of what the dictionary says', async () => {
    const { introspector, server } = await town({
      list: [baum],
      'where a name leads': [['GRUEN', 'BAUM']],
      find: [baum],
      columns: [
        ['ID', 'NUMBER(10,0)', '0', null, null],
        ['JAHR', 'NUMBER(4,0)', '1', null, null],
        ['ART', 'VARCHAR2(80)', '1', 'deutsch', null],
        ['HOEHE', 'NUMBER', '1', null, null],
        ['KONTROLLE', 'DATE', '1', null, null],
        ['GEOM', 'SDO_GEOMETRY', '1', null, '25832'],
      ],
      indexes: [
        ['PK_BAUM', '1', '1', 'ID'],
        ['IX_ART', '0', '0', 'ART'],
      ],
    })
    expect(await introspector.list(patient())).toEqual([
      { name: 'GRUEN.BAUM', what: 'table', place: { table: 'GRUEN.BAUM' }, about: 'Bäume der Stadt', rows: 4711 },
    ])
    const described = await introspector.describe({ table: 'GRUEN.BAUM' }, patient())
    expect(described.key).toEqual(['ID'])
    expect(described.columns.map(({ column, type, indexed }) => [column, type, indexed])).toEqual([
      ['ID', 'bigint', true],
      ['JAHR', 'int', false],
      ['ART', 'text', true],
      ['HOEHE', 'decimal', false],
      ['KONTROLLE', 'datetime', false],
      ['GEOM', 'geometry', false],
    ])
    expect(columnIn(described, 'GEOM').crs).toBe('EPSG:25832')
    expect(await introspector.sample({ table: 'GRUEN.BAUM' }, ['ID', 'HOEHE', 'KONTROLLE'], 5, patient())).toEqual([
      ['9876543210', '12.5', '2026-07-01 12:00:00'],
    ])
    expect(server.troubles).toEqual([])
  })

  const nothing = {
    user: [['LESER']],
    'system privileges': [['CREATE SESSION']],
    'privileges on objects': [],
    'own tables': [],
    'readable columns': [],
  }

  test.each([
    [
      'reads',
      {
        'privileges on objects': [['READ', 'GRUEN', 'BAUM']],
        'readable columns': [
          ['GRUEN.BAUM', 'ID'],
          ['GRUEN.BAUM', 'ART'],
        ],
      },
      [],
      [],
    ],
    ['writes a table', { 'privileges on objects': [['UPDATE', 'GRUEN', 'BAUM']] }, ['UPDATE on GRUEN.BAUM'], []],
    ['makes tables', { 'system privileges': [['CREATE SESSION'], ['CREATE TABLE']] }, ['CREATE TABLE'], []],
    ['owns tables', { 'own tables': [['BAUM']] }, ['owner of LESER.BAUM'], []],
    [
      'locks rows',
      { 'privileges on objects': [['SELECT', 'GRUEN', 'BAUM']] },
      [],
      ['SELECT on GRUEN.BAUM, which also locks rows (READ does not)'],
    ],
  ])('an account that %s is seen through', async (_what, rights, writes, spare) => {
    const { introspector } = await town({ ...nothing, ...rights })
    expect(await introspector.account!(patient())).toMatchObject({ user: 'LESER', writes, spare })
  })
})
