/** How is the town written into a GeoPackage, the file that a GIS keeps its layers in? */

import Database from 'better-sqlite3'
import type { Cell, FieldType, Geometry, Position } from '../../src/model/index.ts'
import { inCrs, stored, type TownColumn, type TownTable, townCrs } from '../contract/town.ts'

const srs = Number(townCrs.slice('EPSG:'.length))
/** Layers without a geometry get a point each: MapServer leaves out features that have none. */
export const standIn = 'stellvertreter'
/** A number for each feature: MapServer dies (heap corruption, 8.0.0) when the column it takes ids from is not there. */
export const objectId = 'objekt_nr'

/**
 * Writes tables as layers of one GeoPackage, geometry in the town's own reference system.
 *
 * @see OGC 12-128r18
 */
export function writeGeoPackage(file: string, tables: readonly TownTable[]): void {
  const database = new Database(file)
  database.pragma('application_id = 1196444487')
  database.pragma('user_version = 10300')
  database.exec(`
    create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null,
      organization_coordsys_id integer not null, definition text not null, description text);
    create table gpkg_contents (table_name text primary key, data_type text not null, identifier text unique, description text default '',
      last_change datetime not null default '2026-11-22T00:00:00Z', min_x double, min_y double, max_x double, max_y double, srs_id integer);
    create table gpkg_geometry_columns (table_name text primary key, column_name text not null, geometry_type_name text not null,
      srs_id integer not null, z tinyint not null, m tinyint not null);
    insert into gpkg_spatial_ref_sys values ('ETRS89 / UTM 32N', ${srs}, 'EPSG', ${srs}, 'undefined', '');`)
  for (const table of tables) writeLayer(database, table)
  database.close()
}

function writeLayer(database: Database.Database, table: TownTable): void {
  const geometry = table.columns.find(isGeometry)?.column ?? standIn
  const plain = table.columns.filter(column => !isGeometry(column))
  const columns = plain.map(column => `"${column.column}" ${typeOf(column)}`)
  database.exec(`create table "${table.name}" (fid integer primary key, "${geometry}" blob, ${objectId} integer, ${columns.join(', ')})`)
  database.exec(
    `insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('${table.name}', 'features', '${table.name}', ${srs})`,
  )
  database.exec(`insert into gpkg_geometry_columns values ('${table.name}', '${geometry}', 'GEOMETRY', ${srs}, 0, 0)`)
  const names = [geometry, objectId, ...plain.map(column => column.column)].map(name => `"${name}"`)
  const insert = database.prepare(`insert into "${table.name}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
  database.transaction(() => {
    for (const [index, row] of table.rows.entries()) {
      const at = table.columns.findIndex(isGeometry)
      const shape = at < 0 ? nowhere : (row[at] as Geometry | null)
      insert.run(
        shape && blob(inCrs(shape, townCrs)),
        index + 1,
        ...plain.map(column => value(row[table.columns.indexOf(column)]!, column)),
      )
    }
  })()
}

const nowhere: Geometry = { type: 'Point', coordinates: [9.175, 47.66] }

function isGeometry(column: TownColumn): boolean {
  return column.type === 'point' || column.type === 'polygon'
}

/** Numbers with more digits than a double holds are kept as text. */
function typeOf({ type }: TownColumn): string {
  const types: Partial<Record<FieldType, string>> = {
    int: 'INTEGER',
    decimal: 'DOUBLE',
    float: 'DOUBLE',
    bigint: 'INTEGER',
    boolean: 'BOOLEAN',
    date: 'DATE',
    datetime: 'DATETIME',
  }
  return types[type] ?? 'TEXT'
}

function value(cell: Cell, column: TownColumn): string | number | bigint | null {
  if (cell === null) return null
  if (typeof cell === 'boolean') return Number(cell)
  if (column.type === 'int' || column.type === 'bigint') return BigInt(cell as string | number)
  if (column.type === 'decimal') return Number(cell)
  // GeoPackage knows instants with a Z only; a wall clock gets one as well, as services do.
  if (column.type === 'datetime')
    return `${stored(cell, column)!
      .replace(' ', 'T')
      .replace('Z', '')
      .replace(/\.\d+$/, '')}.000Z`
  return typeof cell === 'number' ? cell : stored(cell, column)
}

/** A geometry with the header of GeoPackage: little-endian, no envelope. */
function blob(geometry: Geometry): Buffer {
  const header = Buffer.from([0x47, 0x50, 0, 1, 0, 0, 0, 0])
  header.writeInt32LE(srs, 4)
  return Buffer.concat([header, wkb(geometry)])
}

function wkb(geometry: Geometry): Buffer {
  switch (geometry.type) {
    case 'Point':
      return Buffer.concat([start(1), position(geometry.coordinates)])
    case 'Polygon':
      return Buffer.concat([start(3), ...counted(geometry.coordinates, ring => counted(ring, place => [position(place)]))])
    case 'MultiPolygon':
      return Buffer.concat([start(6), ...counted(geometry.coordinates, rings => [wkb({ type: 'Polygon', coordinates: rings })])])
    default:
      throw new TypeError(`the town has no ${geometry.type}`)
  }
}

function start(kind: number): Buffer {
  const bytes = Buffer.from([1, 0, 0, 0, 0])
  bytes.writeUInt32LE(kind, 1)
  return bytes
}

function counted<T>(parts: readonly T[], write: (part: T) => readonly Buffer[]): Buffer[] {
  const count = Buffer.alloc(4)
  count.writeUInt32LE(parts.length)
  return [count, ...parts.flatMap(write)]
}

function position([x, y]: Position): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeDoubleLE(x!)
  bytes.writeDoubleLE(y!, 8)
  return bytes
}
