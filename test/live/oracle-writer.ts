/** How is the town of the contract written into a real Oracle Database? */

import type { Connection } from 'oracledb'
import type { Cell, Row } from '../../src/model/index.ts'
import { hiddenColumn, inCrs, stored, type TownColumn, type TownTable, townCrs, wkt } from '../contract/town.ts'

/** Statements that make a table, its view for the reader and what geometries need besides. */
export function definitionsOf({ name, columns, key }: TownTable, prefix: string, reader: string): string[] {
  const table = quoted(`${prefix}_${name.toUpperCase()}_ALLES`)
  const view = quoted(`${prefix}_${name.toUpperCase()}`)
  const shown = columns.filter(({ column }) => column.toLowerCase() !== hiddenColumn).map(({ column }) => quoted(column))
  const shapes = columns.filter(isShape).map(({ column }) => column)
  return [
    `create table ${table} (${columns.map(column => `${quoted(column.column)} ${typeOf(column, name)}`).join(', ')}, primary key (${key.map(quoted).join(', ')}))`,
    // What no dataset opens does not stand in the view: Oracle grants no single columns.
    `create view ${view} as select ${shown.join(', ')} from ${table}`,
    `grant read on ${view} to ${reader}`,
    ...shapes.flatMap((column, at) => [
      `insert into user_sdo_geom_metadata (table_name, column_name, diminfo, srid) values ('${prefix}_${name.toUpperCase()}_ALLES', '${column}', ${extent}, 25832)`,
      `insert into user_sdo_geom_metadata (table_name, column_name, diminfo, srid) values ('${prefix}_${name.toUpperCase()}', '${column}', ${extent}, 25832)`,
      `create index ${quoted(`${prefix}_${name.toUpperCase()}_X${at}`)} on ${table} (${quoted(column)}) indextype is mdsys.spatial_index`,
    ]),
  ]
}

export function removalsOf({ name, columns }: TownTable, prefix: string): string[] {
  const full = `${prefix}_${name.toUpperCase()}`
  const metadata = `delete from user_sdo_geom_metadata where table_name in ('${full}', '${full}_ALLES')`
  return [`drop view ${quoted(full)}`, `drop table ${quoted(`${full}_ALLES`)} purge`, ...(columns.some(isShape) ? [metadata] : [])]
}

/** A row with a place for each value, all of which are bound as texts. Missing values stand there as such. */
export function insertOf({ name, columns }: TownTable, row: Row, prefix: string): { readonly text: string; readonly values: string[] } {
  const values: string[] = []
  const places = row.map((cell, at) => {
    if (cell === null) return 'null'
    values.push(textOf(cell, columns[at]!))
    return placed(columns[at]!, name, `:${values.length}`)
  })
  return { text: `insert into ${quoted(`${prefix}_${name.toUpperCase()}_ALLES`)} values (${places.join(', ')})`, values }
}

export async function writeTown(owner: Connection, tables: readonly TownTable[], prefix: string, reader: string): Promise<void> {
  await owner.execute(`alter session set NLS_NUMERIC_CHARACTERS = '.,'`)
  for (const table of tables) {
    const [create = '', ...rest] = definitionsOf(table, prefix, reader)
    await owner.execute(create)
    for (const row of table.rows) {
      const { text, values } = insertOf(table, row, prefix)
      await owner.execute(text, values)
    }
    await owner.commit()
    for (const statement of rest) await owner.execute(statement)
    await owner.commit()
  }
}

const extent = "sdo_dim_array(sdo_dim_element('X', 0, 1000000, 0.001), sdo_dim_element('Y', 5000000, 6000000, 0.001))"

function quoted(name: string): string {
  return `"${name}"`
}

function isShape({ type }: TownColumn): boolean {
  return type === 'point' || type === 'polygon'
}

/** Codes are padded, and times of one table are DATEs, those of the others TIMESTAMPs: real schemas have all of them. */
function typeOf({ type, zone }: TownColumn, table: string): string {
  switch (type) {
    case 'int':
      return 'number(16)'
    case 'bigint':
      return 'number(19)'
    case 'decimal':
      return 'number'
    case 'float':
      return 'binary_double'
    case 'boolean':
      return 'number(1)'
    case 'date':
      return 'date'
    case 'datetime':
      return zone === undefined ? 'timestamp(9) with time zone' : table === 'trees' ? 'date' : 'timestamp(9)'
    case 'code':
      return 'char(5 char)'
    case 'point':
    case 'polygon':
      return 'mdsys.sdo_geometry'
    default:
      return 'varchar2(400 char)'
  }
}

function placed(column: TownColumn, table: string, place: string): string {
  switch (typeOf(column, table)) {
    case 'number(16)':
    case 'number(19)':
    case 'number':
    case 'number(1)':
      return `to_number(${place})`
    case 'binary_double':
      return `to_binary_double(${place})`
    case 'date':
      return `to_date(${place}, 'YYYY-MM-DD HH24:MI:SS')`
    case 'timestamp(9)':
      return `to_timestamp(${place}, 'YYYY-MM-DD HH24:MI:SS.FF9')`
    case 'timestamp(9) with time zone':
      return `from_tz(to_timestamp(${place}, 'YYYY-MM-DD HH24:MI:SS.FF9'), 'UTC')`
    case 'mdsys.sdo_geometry':
      return `sdo_geometry(to_clob(${place}), 25832)`
    default:
      return place
  }
}

function textOf(cell: Exclude<Cell, null>, column: TownColumn): string {
  if (typeof cell === 'object') return wkt(inCrs(cell, townCrs))
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  return stored(cell, column)!.replace(/^(\d{4}-\d{2}-\d{2})T(.*)Z$/, '$1 $2')
}
