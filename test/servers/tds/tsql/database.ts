/** Who answers the statements of the test server? An embedded SQLite behind a small translation, which refuses what it does not know. */

import Sqlite from 'better-sqlite3'
import { errors, SqlError } from '../errors.ts'
import type { Call } from '../faults.ts'
import type { Backend } from '../server.ts'
import type { ResultColumn, ResultSet } from '../tokens.ts'
import { isText, printed, type SqlType, typeOf, type Value } from '../types.ts'
import type { Table } from './catalogue.ts'
import { addFunctions } from './functions.ts'
import { parse } from './parser.ts'
import { fromStored, type Stored, toStored } from './stored.ts'
import { type Translated, translate } from './translate.ts'

export interface TableOptions {
  /** Columns that nobody may read. */
  readonly denied?: readonly string[]
}

export class TsqlDatabase implements Backend {
  readonly name: string
  /** Columns that some statement had to convert before it could compare them; empty when every index could serve. */
  readonly convertedColumns = new Set<string>()
  readonly #sqlite = new Sqlite(':memory:')
  readonly #tables = new Map<string, Table>()

  constructor(name = 'Stadt') {
    this.name = name
    this.#sqlite.defaultSafeIntegers(true)
    addFunctions(this.#sqlite)
  }

  /**
   * @param name    with its schema, unless that is `dbo`
   * @param columns names and types as T-SQL writes them: `{ ID: 'int', NAME: 'nvarchar(50)' }`
   */
  create(
    name: string,
    columns: Readonly<Record<string, string>>,
    rows: readonly (readonly Value[])[],
    { denied = [] }: TableOptions = {},
  ): void {
    const typed = Object.entries(columns).map(([column, type]) => ({ name: column, type: typeOf(type) }))
    const kept = `t${this.#tables.size}`
    this.#sqlite.exec(`create table "${kept}" (${typed.map(column => `"${column.name}"`).join(', ')})`)
    const insert = this.#sqlite.prepare(`insert into "${kept}" values (${typed.map(() => '?').join(', ')})`)
    this.#sqlite.transaction(() => {
      for (const row of rows) insert.run(...row.map((value, at) => toStored(value, typed[at]!.type)))
    })()
    this.#tables.set((name.includes('.') ? name : `dbo.${name}`).toLowerCase(), { name, kept, columns: typed, denied })
  }

  run({ text, parameters, by }: Call): ResultSet {
    if (by === 'sp_describe_first_result_set') return described(() => this.#translated(text, parameters).columns)
    const { sql, columns, values, convertedColumns } = this.#translated(text, parameters)
    for (const column of convertedColumns) this.convertedColumns.add(column)
    const rows = this.#sqlite.prepare<unknown[], Stored[]>(sql).raw().all(values)
    return { columns, rows: rows.map(row => row.map((value, at) => checked(fromStored(value, columns[at]!.type), columns[at]!.type))) }
  }

  #translated(text: string, parameters: Call['parameters']): Translated {
    return translate(parse(text), parameters, this.#tables, this.name)
  }
}

/** Sums of whole numbers keep the type of their column. */
function checked(value: Value, type: SqlType): Value {
  if (type.name === 'int' && typeof value === 'bigint' && BigInt.asIntN(32, value) !== value) throw errors.overflow('int')
  return value
}

const describedColumns: readonly (readonly [name: string, type: string])[] = [
  ['is_hidden', 'bit'],
  ['column_ordinal', 'int'],
  ['name', 'nvarchar(128)'],
  ['is_nullable', 'bit'],
  ['system_type_id', 'int'],
  ['system_type_name', 'nvarchar(256)'],
  ['max_length', 'smallint'],
  ['precision', 'tinyint'],
  ['scale', 'tinyint'],
  ['collation_name', 'nvarchar(128)'],
  ['user_type_id', 'int'],
  ['user_type_database', 'nvarchar(128)'],
  ['user_type_schema', 'nvarchar(128)'],
  ['user_type_name', 'nvarchar(128)'],
]

/** As `sp_describe_first_result_set` answers; types that live in an assembly have no system type. */
function described(columnsOf: () => readonly ResultColumn[]): ResultSet {
  const columns = describedColumns.map(([name, type]) => ({ name, type: typeOf(type) }))
  const rows = explained(columnsOf).map(({ name, type }, at): Value[] => {
    const assembled = type.name === 'geometry' || type.name === 'geography'
    return [
      0n,
      BigInt(at + 1),
      name,
      1n,
      240n,
      assembled ? null : printed(type),
      -1n,
      BigInt(type.precision ?? 0),
      BigInt(type.scale ?? 0),
      isText(type) ? 'Latin1_General_CI_AS' : null,
      null,
      assembled ? 'master' : null,
      assembled ? 'sys' : null,
      assembled ? type.name : null,
    ]
  })
  return { columns, rows }
}

/** A statement that cannot be described says why, and that this is why. */
function explained<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SqlError && error.number !== 102) throw new AggregateError([error, errors.undescribed()])
    throw error
  }
}
