/** Would a real Oracle Database at least parse what the live tests write into it? Checked by the grammar of its language. */

import parsers from 'antlr4ts-sql'
import { oracleFit } from '../connectors/sql/oracle-town.ts'
import { tableNames, tableOf, town } from '../contract/town.ts'
import { definitionsOf, insertOf, removalsOf } from './oracle-writer.ts'

const { antlr4tsSQL, SQLDialect } = parsers

function complaints(text: string): string[] {
  const found: string[] = []
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, _line: number, column: number, message: string) => {
      found.push(`at ${column}: ${message.slice(0, 80)}`)
    },
  }
  const parser = new antlr4tsSQL(SQLDialect.PLSQL)
  parser.getParseTree(parser.getParser(parser.getTokens(`${text};`, [listener]), [listener]))
  return found
}

test.each(tableNames)('the table %s', name => {
  const table = tableOf(town, name, oracleFit)
  // The privilege READ came after the grammar.
  const written = definitionsOf(table, 'T1', 'STADTTOR_LESER').map(text => text.replace(/^grant read /, 'grant select '))
  for (const text of [...written, insertOf(table, table.rows[0]!, 'T1').text, ...removalsOf(table, 'T1')]) {
    expect({ text, complaints: complaints(text) }).toEqual({ text, complaints: [] })
  }
})

test('what is hidden is in no view', () => {
  const [, view] = definitionsOf(tableOf(town, 'trees', oracleFit), 'T1', 'STADTTOR_LESER')
  expect(view).toMatch(/^create view "T1_TREES" as select "BAUM_ID"/)
  expect(view).not.toContain('PRUEFER')
})

test('every value is bound as a text', () => {
  const table = tableOf(town, 'trees', oracleFit)
  const { text, values } = insertOf(table, table.rows[0]!, 'T1')
  expect(text).toContain('sdo_geometry(to_clob(:')
  expect(values).toContain('Winterlinde')
  expect(values.every(value => typeof value === 'string')).toBe(true)
})
