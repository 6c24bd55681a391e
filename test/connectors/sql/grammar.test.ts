/** Would SQL Server and Oracle at least parse what they are going to be asked? Checked by grammars of both languages. */

import parsers from 'antlr4ts-sql'
import { compile } from '../../../src/connectors/sql/compile/index.ts'
import { type Dialect, mssql, oracle } from '../../../src/connectors/sql/dialects/index.ts'
import { catalogue, dataset, factsIn, type Named, withTimes } from './catalogue.ts'

const { antlr4tsSQL, SQLDialect } = parsers

/** What the grammar says of a statement; nothing when it parses. */
function complaints(language: 'TSQL' | 'PLSQL', text: string): string[] {
  const found: string[] = []
  const listener = {
    syntaxError: (_recognizer: unknown, _symbol: unknown, _line: number, column: number, message: string) => {
      found.push(`at ${column}: ${message.slice(0, 80)}`)
    },
  }
  const parser = new antlr4tsSQL(SQLDialect[language])
  parser.getParseTree(parser.getParser(parser.getTokens(text, [listener]), [listener]))
  return found
}

function statementsOf(dialect: Dialect, named: readonly Named[]): readonly (readonly [name: string, text: string])[] {
  return named.flatMap(({ name, request }) =>
    compile(request, { dialect, dataset, facts: factsIn(dialect) })
      .statements.slice(0, 1)
      .map(({ text }) => [name, text] as const),
  )
}

/**
 * Valid statements that the grammar does not know, in a form that it does, so that the rest of them is still checked:
 * methods of a type, as in `geometry::STGeomFromWKB(…)`.
 */
function withoutFalseAlarms(text: string): string {
  return text.replaceAll('geometry::STGeomFromWKB(', 'dbo.STGeomFromWKB(').replaceAll(').MakeValid()', ')')
}

// A list of a thousand is the same grammar as a list of four, and takes seconds to parse.
const short = ([, text]: readonly [name: string, text: string]): boolean => text.length < 3_000

describe('SQL Server', () => {
  test.each(statementsOf(mssql, [...catalogue, withTimes]).filter(short))('parses %s', (_name, text) => {
    expect(complaints('TSQL', withoutFalseAlarms(text))).toEqual([])
  })
})

describe('Oracle', () => {
  test.each(statementsOf(oracle, catalogue).filter(short))('parses %s', (_name, text) => {
    expect(complaints('PLSQL', text)).toEqual([])
  })
})

describe('the grammars', () => {
  test.each([
    ['TSQL', 'select t.[A] from [T] t limit 3'],
    ['TSQL', 'select t.[A] from [T] t offset @p0 rows fetch next @p1 rows only'],
    ['TSQL', 'select t.[A] from [T] t order by t.[A] asc nulls last'],
    ['TSQL', 'select t.[A] from [T] t where (t.[A], t.[B]) in ((@p0, @p1))'],
    ['PLSQL', 'select t."A" from "T" t limit 3'],
    ['PLSQL', 'select t."A" from "T" as t'],
    ['PLSQL', 'select t."A" from "T" t where t."A" ilike :1'],
  ] as const)('refuse what %s does not have: %s', (language, text) => {
    expect(complaints(language, text)).not.toEqual([])
  })
})
