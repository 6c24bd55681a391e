/** How is the town of the contract written into a real SQL Server? */

import tedious, { type Connection } from 'tedious'
import type { Cell, Row } from '../../src/model/index.ts'
import { typeOf } from '../connectors/sql/mssql-bench.ts'
import { hiddenColumn, inCrs, stored, type TownColumn, type TownTable, townCrs, wkt } from '../contract/town.ts'

/** Values of one statement; the server takes 2,100. */
const mostValues = 2_000
const srid = Number(townCrs.replace(/\D/g, ''))

/** Statements that make a table and show the reader those of its columns that a dataset may open. */
export function definitionsOf({ name, columns, key }: TownTable, schema: string, reader: string): string[] {
  const table = `${quoted(schema)}.${quoted(name)}`
  const definitions = columns.map(
    column => `${quoted(column.column)} ${typeOf(column, name)}${key.includes(column.column) ? ' not null' : ' null'}`,
  )
  const open = columns.filter(({ column }) => column !== hiddenColumn).map(({ column }) => quoted(column))
  return [
    `create table ${table} (${definitions.join(', ')}, primary key (${key.map(quoted).join(', ')}))`,
    `grant select (${open.join(', ')}) on ${table} to ${quoted(reader)}`,
  ]
}

export interface Insert {
  readonly text: string
  /** Bound as texts, missing ones as null. */
  readonly values: readonly (string | null)[]
}

/** Statements that write all rows of a table, as many in one as the server takes. */
export function insertsOf({ name, columns, rows }: TownTable, schema: string): Insert[] {
  const size = Math.min(Math.floor(mostValues / columns.length), 500)
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, part) => {
    const values: (string | null)[] = []
    const tuples = rows.slice(part * size, (part + 1) * size).map(row => tupleOf(row, columns, name, values))
    return { text: `insert into ${quoted(schema)}.${quoted(name)} values ${tuples.join(', ')}`, values }
  })
}

function tupleOf(row: Row, columns: readonly TownColumn[], table: string, values: (string | null)[]): string {
  const places = row.map((cell, at) => {
    values.push(cell === null ? null : textOf(cell, columns[at]!))
    return placed(typeOf(columns[at]!, table), `@p${values.length - 1}`)
  })
  return `(${places.join(', ')})`
}

function placed(type: string, place: string): string {
  if (type === 'geometry') return `geometry::STGeomFromText(${place}, ${srid})`
  if (type.startsWith('datetimeoffset')) return `todatetimeoffset(convert(datetime2(7), ${place}, 121), '+00:00')`
  if (type.startsWith('datetime2')) return `convert(${type}, ${place}, 121)`
  return `cast(${place} as ${type})`
}

function textOf(cell: Exclude<Cell, null>, column: TownColumn): string {
  if (typeof cell === 'object') return wkt(inCrs(cell, townCrs))
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  return stored(cell, column)!.replace(/^(\d{4}-\d{2}-\d{2})T(.*)Z$/, '$1 $2')
}

export async function writeTown(owner: Connection, tables: readonly TownTable[], schema: string, reader: string): Promise<void> {
  await execute(owner, { text: `create schema ${quoted(schema)}`, values: [] })
  for (const table of tables) {
    for (const text of definitionsOf(table, schema, reader)) await execute(owner, { text, values: [] })
    for (const insert of insertsOf(table, schema)) await execute(owner, insert)
  }
}

export function removalsOf(tables: readonly TownTable[], schema: string): string[] {
  return [...tables.map(({ name }) => `drop table ${quoted(schema)}.${quoted(name)}`), `drop schema ${quoted(schema)}`]
}

export function execute(connection: Connection, { text, values }: Insert): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const request = new tedious.Request(text, error => (error ? reject(error) : resolve(rows)))
    request.on('row', (cells: unknown) => rows.push((cells as { value: unknown }[]).map(({ value }) => value)))
    // Statements that make something are a batch of their own.
    if (values.length === 0) return connection.execSqlBatch(request)
    for (const [at, value] of values.entries()) request.addParameter(`p${at}`, tedious.TYPES.NVarChar, value, { length: 4_001 })
    connection.execSql(request)
  })
}

function quoted(name: string): string {
  return `[${name}]`
}
