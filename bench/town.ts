/** Which rows does everybody who is measured serve? The same in every database and on every day: drawn from a fixed seed. */

import Sqlite from 'better-sqlite3'
import mysql from 'mysql2/promise'
import pg from 'pg'

type Cell = string | number | null

export interface Table {
  readonly name: string
  /** Name, type in PostgreSQL, type in SQLite. */
  readonly columns: readonly (readonly [name: string, postgres: string, sqlite: string])[]
  readonly indexes: readonly string[]
  readonly rows: () => Iterable<readonly Cell[]>
}

export const trees = 200_000
export const facilities = 20
export const readingsEach = 10_000
const streets = 1_200
const districts = 15
const speciesCount = 40

export const species = Array.from({ length: speciesCount }, (_, at) => `Linde Sorte ${String(at + 1).padStart(2, '0')}`)
export const years = Array.from({ length: 30 }, (_, at) => 1950 + at)

/** Half an hour apart, the last one here. */
export const lastReading = Date.parse('2026-01-31T23:30:00Z')

const care = ['Erziehungsschnitt', 'Kronenpflege', 'Totholz entfernen', 'Größere Maßnahme: Krone sichern', null]

export const tables: readonly Table[] = [
  {
    name: 'strasse',
    columns: [
      ['id', 'int primary key', 'integer primary key'],
      ['name', 'text not null', 'text not null'],
      ['schluessel', 'text not null', 'text not null'],
    ],
    indexes: [],
    rows: function* () {
      for (let id = 1; id <= streets; id++) yield [id, `Straße zum Wald ${id}`, String(id).padStart(5, '0')]
    },
  },
  {
    name: 'stadtteil',
    columns: [
      ['id', 'int primary key', 'integer primary key'],
      ['name', 'text not null', 'text not null'],
      ['einwohner', 'int not null', 'int not null'],
    ],
    indexes: [],
    rows: function* () {
      const random = seeded(2)
      for (let id = 1; id <= districts; id++) yield [id, `Stadtteil ${id}`, 2_000 + random(9_000)]
    },
  },
  {
    name: 'baum',
    columns: [
      ['id', 'int primary key', 'integer primary key'],
      ['nummer', 'text not null', 'text not null'],
      ['art_deutsch', 'text not null', 'text not null'],
      ['art_lateinisch', 'text not null', 'text not null'],
      ['pflanzjahr', 'int', 'int'],
      ['hoehe', 'numeric(4,1)', 'numeric'],
      ['stammumfang', 'int not null', 'int not null'],
      ['pflege', 'text', 'text'],
      ['geaendert_am', 'timestamptz not null', 'text not null'],
      ['strasse_id', 'int not null references strasse', 'int not null references strasse'],
      ['stadtteil_id', 'int not null references stadtteil', 'int not null references stadtteil'],
    ],
    indexes: ['art_deutsch, pflanzjahr desc, id', 'strasse_id', 'stadtteil_id'],
    rows: function* () {
      const random = seeded(3)
      for (let id = 1; id <= trees; id++) {
        const kind = random(speciesCount)
        yield [
          id,
          `B-${String(id).padStart(6, '0')}`,
          species[kind]!,
          `Tilia cultivar ${kind + 1}`,
          random(20) === 0 ? null : 1900 + random(120),
          (30 + random(270)) / 10,
          20 + random(280),
          care[random(care.length)]!,
          instant(lastReading - random(1_000_000) * 60_000),
          1 + random(streets),
          1 + random(districts),
        ]
      }
    },
  },
  {
    name: 'parkhaus',
    columns: [
      ['id', 'int primary key', 'integer primary key'],
      ['name', 'text not null', 'text not null'],
      ['stellplaetze', 'int not null', 'int not null'],
    ],
    indexes: [],
    rows: function* () {
      for (let id = 1; id <= facilities; id++) yield [id, `Parkhaus ${id}`, 100 + id * 10]
    },
  },
  {
    name: 'belegung',
    columns: [
      ['id', 'int primary key', 'integer primary key'],
      ['parkhaus_id', 'int not null references parkhaus', 'int not null references parkhaus'],
      ['zeit', 'timestamptz not null', 'text not null'],
      ['frei', 'int not null', 'int not null'],
    ],
    indexes: ['parkhaus_id, zeit desc'],
    rows: function* () {
      const random = seeded(5)
      for (let at = 0; at < readingsEach; at++)
        for (let house = 1; house <= facilities; house++)
          yield [at * facilities + house, house, instant(lastReading - (readingsEach - 1 - at) * 1_800_000), random(300)]
    },
  },
  {
    name: 'radzaehlung',
    columns: [
      ['id', 'int primary key', 'integer primary key'],
      ['stelle', 'text not null', 'text not null'],
      ['tag', 'date not null', 'text not null'],
      ['anzahl', 'int not null', 'int not null'],
    ],
    indexes: ['stelle, tag'],
    rows: function* () {
      const random = seeded(6)
      for (let id = 1; id <= 150_000; id++)
        yield [id, `Zählstelle ${id % 50}`, instant(lastReading - Math.floor(id / 50) * 86_400_000).slice(0, 10), random(9_000)]
    },
  },
]

/** @param url of an empty database */
export async function fillPostgres(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  for (const { name, columns, indexes, rows } of tables) {
    await client.query(`create table ${name} (${columns.map(([column, type]) => `${column} ${type}`).join(', ')})`)
    const arrays = columns.map(([, type], at) => `$${at + 1}::${type.split(/[ (]/)[0]}[]`).join(', ')
    for (const portion of portions(rows(), 10_000))
      await client.query(
        `insert into ${name} select * from unnest(${arrays})`,
        columns.map((_, at) => portion.map(row => row[at])),
      )
    for (const index of indexes) await client.query(`create index on ${name} (${index})`)
    await client.query(`vacuum analyze ${name}`)
  }
  await client.end()
}

/** @param url of an empty database */
export async function fillMariadb(url: string): Promise<void> {
  const connection = await mysql.createConnection(url)
  await connection.query(`set time_zone = '+00:00'`)
  for (const { name, columns, indexes, rows } of tables) {
    await connection.query(`create table ${name} (${columns.map(([column, type]) => `${column} ${typeInMariadb(type)}`).join(', ')})`)
    // MariaDB takes no `Z` behind a time.
    const times = columns.flatMap(([, type], at) => (type.startsWith('timestamptz') ? [at] : []))
    const cell = (cell: Cell, at: number) => (times.includes(at) ? String(cell).slice(0, -1) : cell)
    for (const portion of portions(rows(), 5_000))
      await connection.query(`insert into ${name} values ?`, [portion.map(row => row.map(cell))])
    for (const [at, index] of indexes.entries()) await connection.query(`create index ${name}_${at} on ${name} (${index})`)
    await connection.query(`analyze table ${name}`)
  }
  await connection.end()
}

function typeInMariadb(type: string): string {
  return type
    .replace('text', 'varchar(100)')
    .replace('timestamptz not null', 'timestamp not null default current_timestamp')
    .replace(/ references \w+/, '')
}

/** @param file that does not exist */
export function fillSqlite(file: string): void {
  const database = new Sqlite(file)
  database.pragma('journal_mode = wal')
  for (const { name, columns, indexes, rows } of tables) {
    database.exec(`create table ${name} (${columns.map(([column, , type]) => `${column} ${type}`).join(', ')})`)
    const insert = database.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`)
    database.transaction(() => {
      for (const row of rows()) insert.run(...row)
    })()
    for (const [at, index] of indexes.entries()) database.exec(`create index ${name}_${at} on ${name} (${index})`)
  }
  database.exec('analyze')
  database.close()
}

/** Whole numbers below a bound, the same for every run (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export function instant(at: number): string {
  return new Date(at).toISOString().replace('.000', '')
}

function* portions<T>(items: Iterable<T>, size: number): Iterable<T[]> {
  let portion: T[] = []
  for (const item of items) {
    portion.push(item)
    if (portion.length < size) continue
    yield portion
    portion = []
  }
  if (portion.length > 0) yield portion
}
