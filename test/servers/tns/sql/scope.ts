/** What is known while an expression is translated? */

import type { ResultColumn } from '../answers.ts'
import { OracleError } from '../errors.ts'
import type { OracleType } from '../types.ts'
import type { Table } from './statement.ts'

/** What the statement is translated with. */
export interface Surroundings {
  /** Columns of a table and its name in SQLite. @throws OracleError */
  readonly table: (table: Table) => { readonly name: string; readonly columns: readonly ResultColumn[] }
  /** Types of the values; without them (a statement that is only described) every one is a text. */
  readonly binds: readonly OracleType[] | undefined
  /** How times are printed where no format is said. */
  readonly formats: { readonly date: string; readonly timestamp: string }
}

/** An expression as SQLite gets it, with the type that Oracle would give it. */
export interface Typed {
  readonly sql: string
  readonly type: OracleType
}

/** Where an expression stands. */
export interface Scope extends Surroundings {
  readonly alias: string
  readonly columns: readonly ResultColumn[]
  /** Expressions of `group by`, as they are written for SQLite; absent where rows are not grouped. */
  readonly groups: ReadonlySet<string> | undefined
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Types that Oracle neither compares nor sorts. */
export const unordered: ReadonlySet<string> = new Set(['CLOB', 'BLOB', 'SDO_GEOMETRY'])

export function inconsistent(expected: string, { name }: OracleType): OracleError {
  return new OracleError(932, `inconsistent datatypes: expected ${expected} got ${name}`)
}

export function isText({ name }: OracleType): boolean {
  return name === 'VARCHAR2' || name === 'NVARCHAR2' || name === 'CHAR'
}

export function textOf({ sql, type }: Typed): string {
  if (!isText(type)) throw inconsistent('CHAR', type)
  return sql
}

/** A text as SQLite reads it; Oracle has no empty one. */
export function textSql(text: string): string {
  return text === '' ? 'null' : `'${text.replaceAll("'", "''")}'`
}
