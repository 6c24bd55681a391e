/** Would a real SQL Server at least parse what the live tests write into it, and does all of it leave? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import parsers from 'antlr4ts-sql'
import tedious from 'tedious'
import { mssqlFit } from '../connectors/sql/mssql-bench.ts'
import { tableNames, tableOf, town } from '../contract/town.ts'
import { type Call, TdsServer } from '../servers/tds/index.ts'
import { definitionsOf, insertsOf, removalsOf, writeTown } from './mssql-writer.ts'

const { antlr4tsSQL, SQLDialect } = parsers
const tables = tableNames.map(name => tableOf(town, name, mssqlFit))

function complaints(text: string): string[] {
  const found: string[] = []
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, _line: number, column: number, message: string) => {
      found.push(`at ${column}: ${message.slice(0, 80)}`)
    },
  }
  const parser = new antlr4tsSQL(SQLDialect.TSQL)
  parser.getParseTree(parser.getParser(parser.getTokens(text, [listener]), [listener]))
  return found
}

test.each(tables.map(table => [table.name, table] as const))('the table %s', (_name, table) => {
  const [insert] = insertsOf({ ...table, rows: table.rows.slice(0, 2) }, 't1')
  // Methods of a type are unknown to the grammar.
  const texts = [...definitionsOf(table, 't1', 'leser'), insert!.text.replaceAll('geometry::', 'dbo.')]
  for (const text of texts) expect({ text, complaints: complaints(text) }).toEqual({ text, complaints: [] })
})

test('the script of the administrator', () => {
  const script = readFileSync(resolve(import.meta.dirname, 'mssql.sql'), 'utf8')
  // `go` is a word of the tool, not of the language.
  for (const batch of script.split(/^go$/m).map(part => part.trim())) {
    if (batch !== '') expect({ batch, complaints: complaints(batch) }).toEqual({ batch, complaints: [] })
  }
})

test('what is hidden is shown to nobody', () => {
  const [create, grant] = definitionsOf(tables[0]!, 't1', 'leser')
  expect(create).toContain('[pruefer]')
  expect(grant).not.toContain('pruefer')
})

test('every row leaves, in statements that the server takes', async () => {
  const calls: Call[] = []
  const server = new TdsServer({
    backend: {
      run: call => {
        calls.push(call)
        return { columns: [], rows: [] }
      },
    },
  })
  const connection = new tedious.Connection({ server: '127.0.0.1', options: { port: await server.listen(), encrypt: false } })
  await new Promise<void>((done, fail) => connection.connect(error => (error ? fail(error) : done())))
  await writeTown(connection, tables, 't1', 'leser')
  connection.close()
  await server.close()
  const inserts = calls.filter(({ text }) => text.startsWith('insert'))
  const values = inserts.reduce((sum, { parameters }) => sum + parameters.length, 0)
  expect(values).toBe(tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0))
  expect(Math.max(...inserts.map(({ parameters }) => parameters.length)) + 2).toBeLessThanOrEqual(2_100)
  expect(removalsOf(tables, 't1')).toHaveLength(tables.length + 1)
})
