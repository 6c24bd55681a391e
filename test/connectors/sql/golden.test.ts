/** Is the SQL of every dialect still the SQL that was reviewed? */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Binding, compile, type Statement } from '../../../src/connectors/sql/compile/index.ts'
import { type Dialect, mariadb, mssql, mysql, oracle, postgres, sqlite } from '../../../src/connectors/sql/dialects/index.ts'
import { catalogue, dataset, factsIn, type Named, page, withTimes, withTotal, year } from './catalogue.ts'

const dialects: readonly Dialect[] = [postgres, mysql, mariadb, sqlite, mssql, oracle]

function compiled({ request }: Named, dialect: Dialect): readonly Statement[] {
  return compile(request, { dialect, dataset, facts: factsIn(dialect) }).statements
}

function requestsFor(dialect: Dialect): readonly Named[] {
  if (dialect === oracle) return catalogue
  return dialect === mssql ? [...catalogue, withTimes] : [...catalogue, withTimes, withTotal]
}

test.each(dialects.map(dialect => [dialect.name, dialect] as const))('%s says what was reviewed', (name, dialect) => {
  const text = requestsFor(dialect)
    .map(named => [`-- ${named.name}`, ...compiled(named, dialect).flatMap(written)].join('\n'))
    .join('\n\n')
  const path = resolve(import.meta.dirname, `golden/${name}.golden.sql`)
  // Only by hand, and then read again: the file is the review.
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, `${text}\n`)
  expect(existsSync(path)).toBe(true)
  expect(`${text}\n`).toBe(readFileSync(path, 'utf8'))
})

describe.each(dialects.map(dialect => [dialect.name, dialect] as const))('every statement of %s', (_name, dialect) => {
  const statements = requestsFor(dialect).flatMap(named => compiled(named, dialect))

  test('is one select', () => {
    expect(statements.filter(({ text }) => !/^select (?!.*;)/s.test(text))).toEqual([])
  })

  test('names no column that the request does not name', () => {
    const known = new Set([
      'BAUM_ID',
      'BAUM_NR',
      'ART_DE',
      'PFLANZJAHR',
      'LFD',
      'HOEHE_CM',
      'UMFANG',
      'GEFAELLT',
      'TAG',
      'UHRZEIT',
      'KONTROLLE',
      'GEAENDERT',
      'VITALITAET',
      'STRASSE_NR',
      'GEOM',
      'UMRING',
    ])
    const named = statements.flatMap(({ text }) => [...text.matchAll(/\bt\.["`[](\w+)/g)].map(([, column]) => column!))
    expect(named.filter(column => !known.has(column))).toEqual([])
    expect(statements.filter(({ text }) => /select \*(?! from unnest)|\bt\.\*/.test(text))).toEqual([])
  })

  test('binds as many values as it has places, and no more than the database takes', () => {
    for (const { text, bindings } of statements) {
      const places = text.match(/\$\d+|@p\d+|(?<=[ (]):\d+|\?/g) ?? []
      expect(places).toHaveLength(bindings.length)
      expect(bindings.length).toBeLessThanOrEqual(dialect.bindings)
    }
  })

  test('holds no value in its text', () => {
    expect(statements.filter(({ text }) => /O'Brien|Eiche|1990|47\.66|0-17|2026|4711/.test(text))).toEqual([])
  })

  test('has no list longer than the database takes', () => {
    const most = dialect === oracle ? 1000 : dialect === mariadb || dialect === mysql ? 999 : 2100
    for (const { text } of statements) {
      for (const [list] of text.matchAll(/ in \((?!select)(?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*\)/g)) {
        expect((list.match(/\?|@p\d+|:\d+/g) ?? []).length).toBeLessThanOrEqual(most)
      }
    }
  })

  test('stays the same for lists and pages of about the same size, so that plans are found again', () => {
    const many = (count: number): Named => ({
      name: 'many',
      request: { ...page, limit: count, where: { op: 'in', column: year, values: Array.from({ length: count }, (_, at) => at) } },
    })
    const texts = [5, 6, 7, 8].map(count => compiled(many(count), dialect)[0]!.text)
    expect(new Set(texts).size).toBe(1)
  })
})

test('SQL Server asks for no offset without an order', () => {
  for (const named of requestsFor(mssql)) {
    for (const { text } of compiled(named, mssql)) if (text.includes(' offset ')) expect(text).toMatch(/ order by .* offset /)
  }
})

test('SQL Server and Oracle get no row values', () => {
  for (const dialect of [mssql, oracle]) {
    const texts = requestsFor(dialect).flatMap(named => compiled(named, dialect).map(({ text }) => text))
    expect(texts.filter(text => /\([^()]*,[^()]*\) in \(/.test(text.replace(/to_char\([^)]*\)/g, '')))).toEqual([])
  }
})

/** A statement as a reviewer reads it: long lists cut short, its values below. */
function written({ text, bindings }: Statement): string[] {
  return [`${shortened(text)};`, ...values(bindings)]
}

/** In a long statement places lose their numbers, and what is repeated in a list stands there once. */
function shortened(text: string): string {
  if (text.length < 1500) return text
  return text
    .replace(/@p\d+|:\d+/g, '?')
    .replace(/(\S.{0,200}?)((, | or )\1){4,}/g, (run: string, item: string, _last: string, between: string) => {
      const count = (run.length + between.length) / (item.length + between.length)
      return `${item}${between}… ${count} in all`
    })
}

function values(bindings: readonly Binding[]): string[] {
  const lines = bindings.map(({ value, type }) => `--   ${type}: ${shown(value)}`)
  return lines.length <= 12 ? lines : [...lines.slice(0, 3), `--   … ${lines.length} values …`, lines.at(-1)!]
}

function shown(value: Binding['value']): string {
  if (value instanceof Uint8Array) return `${value.byteLength} bytes, ${Buffer.from(value).toString('hex').slice(0, 58)}…`
  const text = JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 60)} … ${text.slice(-30)}` : text
}
