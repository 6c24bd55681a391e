/** Is what `stadttor grants` prints enough for the gateway, and not more? The printed statements are run on real servers. */

import parsers from 'antlr4ts-sql'
import mysql from 'mysql2/promise'
import pg from 'pg'
import type { NeededColumns } from '../../../src/model/index.ts'
import { engine } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { look, type Made, mariadbWith, postgresWith, tidyUp } from './introspect-lab.ts'
import { rowsOf, tableAs } from './lab.ts'
import { describeWith, mariadbServer, noMariadb, noPostgres, postgresServer } from './servers.ts'
import { connect } from './towns.ts'

afterEach(tidyUp)

/** Statements of a printed script; those in its comments too, as an administrator would run them after thinking. */
function statementsIn(script: string, { comments }: { readonly comments: boolean }): string[] {
  return script
    .split('\n')
    .map(line => (comments && /^-- (revoke|deny|alter role) .*;/.test(line) ? line.slice(3) : line))
    .filter(line => line !== '' && !line.startsWith('--'))
    .map(line => line.replace(/;.*$/, ''))
}

/** The revocations of the account's own rights undo the grants above them: they come first. */
function inOrder(statements: readonly string[]): string[] {
  const isOwn = (text: string): boolean => /^revoke all/.test(text)
  return [...statements.filter(isOwn), ...statements.filter(text => !isOwn(text))]
}

const needed: readonly NeededColumns[] = [
  { place: { table: 'Kataster.Brunnen' }, columns: ['gid', 'Name des "Brunnens"'] },
  // Another dataset of the same table, whose relation matches by one column more.
  { place: { schema: 'Kataster', table: 'Brunnen' }, columns: ['gid', 'strasse'] },
]

const limits = { connections: 2, statementMs: 5_000, queue: 10, bytes: 1_000_000 }

async function reads(kind: string, made: Made, place: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { connector } = connect(kind, made.connection, limits)
  try {
    const [gid, name, street] = [engine('gid', 'int'), engine('Name des "Brunnens"', 'text'), engine('strasse', 'text')]
    const dataset = { ...tableAs('Brunnen', gid), place }
    return (await connector.read(rowsOf(dataset, [gid, name], { where: { op: 'eq', column: street, value: 'Laube' } }), patient())).rows
  } finally {
    await connector.close()
  }
}

describeWith(noPostgres, 'PostgreSQL', () => {
  test('the account reads what the datasets need; a closed column, a write and a temporary table are refused by the server', async () => {
    const made = await postgresWith(`
      create schema "Kataster"; create table "Kataster"."Brunnen" (gid int primary key, "Name des ""Brunnens""" text, strasse text, pruefer text);
      create table "Kataster".geheim (nr text); insert into "Kataster"."Brunnen" values (1, 'Triton', 'Laube', 'Meier');
      grant create on schema public to public`)
    // It had far too much before.
    await made.run(`grant usage on schema "Kataster" to ${made.user}; grant all on all tables in schema "Kataster" to ${made.user}`)
    const { introspector } = look('postgres', made.connection)
    const script = introspector.grants!(needed)
    for (const statement of inOrder(statementsIn(script, { comments: true }))) await made.run(statement)
    expect(await reads('postgres', made, { schema: 'Kataster', table: 'Brunnen' })).toEqual([[1, 'Triton']])
    expect(await introspector.account!(patient())).toMatchObject({ writes: [], spare: [] })
    const client = new pg.Client({ ...postgresServer, database: made.database, user: made.user, password: 'geheim' })
    await client.connect()
    // Whoever holds the password can say so: the session's own guard is none.
    await client.query('set default_transaction_read_only = off')
    const attempt = async (text: string): Promise<unknown> =>
      client.query(text).then(
        () => 'done',
        error => error.code,
      )
    expect(await attempt('select pruefer from "Kataster"."Brunnen"')).toBe('42501')
    expect(await attempt('select count(*) from "Kataster".geheim')).toBe('42501')
    expect(await attempt('update "Kataster"."Brunnen" set strasse = null')).toBe('42501')
    expect(await attempt('create temporary table t (a int)')).toBe('42501')
    expect(await attempt('create table public.t (a int)')).toBe('42501')
    await client.end()
  })

  test('without the lines in comments nobody else loses a right', async () => {
    const made = await postgresWith(
      `create schema "Kataster"; create table "Kataster"."Brunnen" (gid int, "Name des ""Brunnens""" text, strasse text)`,
    )
    const { introspector } = look('postgres', made.connection)
    const statements = statementsIn(introspector.grants!(needed), { comments: false })
    expect(statements.filter(text => /revoke|public/i.test(text))).toEqual([])
    for (const statement of statements) await made.run(statement)
    expect(await introspector.account!(patient())).toMatchObject({ writes: [], spare: [`TEMPORARY on database ${made.database}`] })
  })
})

describeWith(noMariadb, 'MariaDB', () => {
  test('the account reads what the datasets need; a closed column, a write and a temporary table are refused by the server', async () => {
    const made = await mariadbWith(
      'create table `Brunnen` (gid int primary key, `Name des "Brunnens"` varchar(80), strasse varchar(80), pruefer varchar(80)); create table geheim (nr int); ' +
        `insert into \`Brunnen\` values (1, 'Triton', 'Laube', 'Meier')`,
    )
    await made.run(`grant all on ${made.database}.* to ${made.user}`)
    const { introspector } = look('mariadb', made.connection)
    const script = introspector.grants!([{ place: { table: 'Brunnen' }, columns: ['gid', 'Name des "Brunnens"', 'strasse'] }])
    for (const statement of inOrder(statementsIn(script, { comments: true }))) await made.run(statement)
    expect(await reads('mariadb', made, { table: 'Brunnen' })).toEqual([[1, 'Triton']])
    expect(await introspector.account!(patient())).toMatchObject({ writes: [], spare: [] })
    const client = await mysql.createConnection({ ...mariadbServer, database: made.database, user: made.user, password: 'geheim' })
    const attempt = async (text: string): Promise<unknown> =>
      client.query(text).then(
        () => 'done',
        error => error.errno,
      )
    expect(await attempt('select pruefer from Brunnen')).toBe(1143)
    expect(await attempt('select * from geheim')).toBe(1142)
    expect(await attempt('update Brunnen set strasse = null')).toBe(1142)
    expect(await attempt('create temporary table t (a int)')).toBe(1044)
    await client.end()
  })
})

describe('databases that are not here', () => {
  const { antlr4tsSQL, SQLDialect } = parsers

  function complaints(language: 'TSQL' | 'PLSQL', text: string): string[] {
    const found: string[] = []
    const listener = {
      syntaxError: (_recognizer: unknown, _symbol: unknown, line: number, column: number, message: string) =>
        void found.push(`${line}:${column} ${message.slice(0, 90)}`),
    }
    const parser = new antlr4tsSQL(SQLDialect[language])
    parser.getParseTree(parser.getParser(parser.getTokens(text, [listener]), [listener]))
    return found
  }

  const columns = [{ place: { table: 'GRUEN.BAUM' }, columns: ['ID', 'ART"]'] }]

  test('SQL Server grants columns, quoted, and the grammar reads it', () => {
    const { introspector } = look('mssql', { host: 'localhost', database: 'Bau]akte', user: 'stadttor_ro', password: 'x' })
    const script = introspector.grants!(columns)
    expect(statementsIn(script, { comments: false })).toEqual(['grant select ([ART"]]], [ID]) on [GRUEN].[BAUM] to [stadttor_ro]'])
    // The grammar has no `deny` for a whole database; what it means is in Microsoft's documentation.
    const known = statementsIn(script, { comments: true }).filter(text => !text.startsWith('deny'))
    expect(known.flatMap(text => complaints('TSQL', text))).toEqual([])
  })

  test('Oracle, which grants no columns, gets a view and READ on it; a table that is such a view already gets the grant alone', () => {
    const { introspector } = look('oracle', { connectString: 'localhost/STADT', user: 'STADTTOR_RO', password: 'x' })
    const script = introspector.grants!([
      { place: { table: 'GRUEN.BAUM' }, columns: ['ID', 'ART'] },
      { place: { table: 'GRUEN.STADTTOR_BANK' }, columns: ['ID'] },
    ])
    const statements = statementsIn(script, { comments: false })
    expect(statements).toEqual([
      'grant create session to "STADTTOR_RO"',
      'create or replace view "GRUEN"."STADTTOR_BAUM" as select "ART", "ID" from "GRUEN"."BAUM" with read only',
      'grant read on "GRUEN"."STADTTOR_BAUM" to "STADTTOR_RO"',
      'grant read on "GRUEN"."STADTTOR_BANK" to "STADTTOR_RO"',
    ])
    expect(script).toContain('table: GRUEN.STADTTOR_BAUM')
    expect(statements.flatMap(text => complaints('PLSQL', `${text};`))).toEqual([])
  })

  test('SQLite has no accounts, and says what decides instead', () => {
    const { introspector } = look('sqlite', { file: 'baenke.db' }, '/srv/stadt')
    expect(introspector.grants!([])).toMatch(/^-- SQLite has no accounts[\s\S]*\/srv\/stadt\/baenke\.db/)
    expect(statementsIn(introspector.grants!([]), { comments: true })).toEqual([])
  })
})
