/** How do generated rows become the database file of a Fachverfahren? */

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

export type SqlValue = string | number | Buffer | null

export interface Table {
  readonly name: string
  /** Name and type of each column, in the order of the rows' values. */
  readonly columns: Readonly<Record<string, string>>
  readonly key: readonly string[]
  readonly indexes?: readonly (readonly string[])[]
  readonly rows: () => Iterable<readonly SqlValue[]>
}

/**
 * Makes the file unless it is there already with the same edition.
 *
 * @param edition number ≥ 1, kept in the file itself; raise it whenever the rows change
 */
export function ensureDatabase(file: string, edition: number, tables: readonly Table[]): void {
  if (existsSync(file) && editionOf(file) === edition) return
  mkdirSync(dirname(file), { recursive: true })
  // Written beside it and moved into place: a demo that is stopped midway leaves no half city, and two at once do not meet.
  const draft = `${file}.${process.pid}.draft`
  rmSync(draft, { force: true })
  write(draft, edition, tables)
  renameSync(draft, file)
}

function editionOf(file: string): number | undefined {
  try {
    const database = new Database(file, { readonly: true })
    try {
      return database.pragma('user_version', { simple: true }) as number
    } finally {
      database.close()
    }
  } catch {
    return undefined
  }
}

function write(file: string, edition: number, tables: readonly Table[]): void {
  const database = new Database(file)
  try {
    // Nothing is lost if the machine fails here: the file is made anew.
    database.pragma('journal_mode = off')
    database.pragma('synchronous = off')
    for (const table of tables) database.transaction(() => fill(database, table))()
    database.exec('analyze')
    database.pragma(`user_version = ${edition}`)
  } finally {
    database.close()
  }
}

function fill(database: Database.Database, { name, columns, key, indexes = [], rows }: Table): void {
  const names = Object.keys(columns)
  const definitions = [...names.map(column => `${quote(column)} ${columns[column]}`), `primary key (${key.map(quote).join(', ')})`]
  database.exec(`create table ${quote(name)} (${definitions.join(', ')})`)
  const insert = database.prepare(`insert into ${quote(name)} values (${names.map(() => '?').join(', ')})`)
  for (const row of rows()) insert.run(...row)
  for (const index of indexes) {
    database.exec(`create index ${quote(`${name}_${index.join('_')}`)} on ${quote(name)} (${index.map(quote).join(', ')})`)
  }
}

function quote(name: string): string {
  return `"${name}"`
}

/**
 * A point as WKB: little-endian, two dimensions, no SRID; its reference system stands in the dataset file.
 *
 * @see OGC 06-103r4, 8.2
 */
export function pointWkb([x, y]: readonly [number, number]): Buffer {
  const bytes = Buffer.alloc(21)
  bytes.writeUInt8(1, 0)
  bytes.writeUInt32LE(1, 1)
  bytes.writeDoubleLE(x, 5)
  bytes.writeDoubleLE(y, 13)
  return bytes
}
