/** Where do the rows of the stand-in live? In SQLite, in memory, kept in the forms of Oracle. */

import Sqlite from 'better-sqlite3'
import type { ResultColumn } from '../answers.ts'
import { OracleError } from '../errors.ts'
import { type Cell, cellOf, type OracleType, type Value } from '../types.ts'
import { addOracleFunctions } from './functions.ts'
import { parse } from './parser.ts'
import type { Surroundings } from './scope.ts'
import type { Table } from './statement.ts'
import { translate } from './translate.ts'

export interface TableDefinition {
  readonly schema: string
  readonly name: string
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Value[])[]
  readonly key?: readonly string[]
}

/** A statement that is ready to run. */
export interface Prepared {
  readonly columns: readonly ResultColumn[]
  /** @throws OracleError */
  run(values: readonly Cell[]): readonly (readonly Cell[])[]
}

/** What a session brings to a statement. */
export interface Asking {
  /** Schema of tables that are named without one. */
  readonly schema: string
  readonly binds: readonly OracleType[] | undefined
  readonly formats: Surroundings['formats']
}

export class OracleDatabase {
  readonly #sqlite = new Sqlite(':memory:')
  readonly #tables = new Map<string, readonly ResultColumn[]>()
  readonly #canned = new Map<string, Prepared>()

  constructor() {
    addOracleFunctions(this.#sqlite)
  }

  create({ schema, name, columns, rows, key }: TableDefinition): void {
    const full = `${schema}.${name}`
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const keys = key ? `, primary key (${key.map(quoted).join(', ')})` : ''
    // No type: SQLite keeps what it is given.
    this.#sqlite.exec(`create table ${quoted(full)} (${columns.map(column => quoted(column.name)).join(', ')}${keys})`)
    const insert = this.#sqlite.prepare(`insert into ${quoted(full)} values (${columns.map(() => '?').join(', ')})`)
    this.#sqlite.transaction(() => {
      for (const row of rows) insert.run(...row.map((value, at) => cellOf(value, columns[at]!.type)))
    })()
    this.#tables.set(full, columns)
  }

  drop(schema: string, name: string): void {
    this.#sqlite.exec(`drop table "${schema}.${name}"`)
    this.#tables.delete(`${schema}.${name}`)
  }

  /** Texts for a statement that is beyond this stand-in, such as one about the data dictionary. */
  answer(sql: string, rows: readonly (readonly (string | null)[])[]): void {
    const columns = (rows[0] ?? ['']).map((_, at): ResultColumn => ({ name: `C${at}`, type: { name: 'VARCHAR2', size: 4000 } }))
    this.#canned.set(sql, { columns, run: () => rows })
  }

  /** @throws OracleError for a statement that Oracle, or this stand-in, does not understand */
  prepare(sql: string, { schema, binds, formats }: Asking): Prepared {
    const canned = this.#canned.get(sql)
    if (canned) return canned
    const translated = translate(parse(sql), { binds, formats, table: table => this.#table(table, schema) })
    return { columns: translated.columns, run: values => this.#run(translated.sql, values) }
  }

  close(): void {
    this.#sqlite.close()
  }

  #table({ schema, name, at }: Table, usual: string): { name: string; columns: readonly ResultColumn[] } {
    const full = `${schema ?? usual}.${name}`
    const columns = this.#tables.get(full)
    if (!columns) throw new OracleError(942, 'table or view does not exist', at)
    return { name: full, columns }
  }

  #run(sql: string, values: readonly Cell[]): readonly (readonly Cell[])[] {
    const statement = this.#sqlite.prepare(sql).raw()
    if (!sql.includes('@b')) return statement.all() as Cell[][]
    return statement.all(Object.fromEntries(values.map((value, at) => [`b${at + 1}`, value]))) as Cell[][]
  }
}
