/** How does the leaky town get into each kind of source, how does one look at what the source is asked, and how is it broken? */

import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Cell } from '../../../src/model/index.ts'
import { asMariadb, asPostgres, mariadbServer, noMariadb, noPostgres, postgresServer } from '../../connectors/sql/servers.ts'
import { toWkb } from '../../connectors/sql/wkb.ts'
import { inCrs, type TownTable, townCrs, wkt } from '../../contract/town.ts'
import { koopMissing, startKoop } from '../../servers/koop.ts'
import { noMapServer, startMapServer } from '../../servers/mapserver.ts'
import type { SourceFiles } from './configuration.ts'
import { type Column, type Side, type Table, tablesOf } from './tables.ts'

export interface Bench {
  readonly kind: string
  /** Why it cannot be had here. */
  readonly missing: string | undefined
  readonly start: () => Promise<Source>
}

/** A source that holds both towns. */
export interface Source {
  readonly files: Readonly<Record<Side, SourceFiles>>
  /** Whole questions as they reached the source, values included; absent where the gateway's own account of them is whole. */
  readonly asked?: readonly string[]
  /** Words that say where the data is: no caller may read them. */
  readonly whereabouts: readonly string[]
  /** From now on the source answers nothing. */
  readonly ruin: () => Promise<void>
  readonly tidyUp: () => Promise<void>
}

const sides: readonly Side[] = ['a', 'b']
const unique = `stadttor_test_leaks_${process.pid}`

function bySide<T>(make: (side: Side) => T): Record<Side, T> {
  return { a: make('a'), b: make('b') }
}

function quotedBy(quote: string): (name: string) => string {
  return name => `${quote}${name}${quote}`
}

function createTable({ name, columns, key }: Table, quote: (name: string) => string, types: Record<string, string>, fallback: string) {
  const definitions = columns.map(({ column, type }) => `${quote(column)} ${types[type] ?? fallback}`)
  return `create table ${quote(name)} (${definitions.join(', ')}, primary key (${quote(key)}))`
}

/** Well-known text in the surveyors' coordinates for a geometry, everything else as it is. */
function written(cell: Cell): string | number | null {
  return typeof cell === 'object' && cell !== null ? wkt(inCrs(cell, townCrs)) : (cell as string | number | null)
}

// ---- databases ----

export const sqlite: Bench = {
  kind: 'sqlite',
  missing: undefined,
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'stadttor-leaks-'))
    const files = bySide(side => join(folder, `${side}.sqlite`))
    for (const side of sides) {
      const database = new Sqlite(files[side])
      for (const table of tablesOf(side)) {
        database.exec(createTable(table, quotedBy('"'), { int: 'integer', decimal: 'decimal(10, 2)', point: 'blob' }, 'text'))
        const insert = database.prepare(`insert into "${table.name}" values (${table.columns.map(() => '?').join(', ')})`)
        for (const row of table.rows)
          insert.run(...row.map(cell => (typeof cell === 'object' && cell !== null ? toWkb(inCrs(cell, townCrs)) : cell)))
      }
      database.close()
    }
    return {
      files: bySide(side => ({
        source: `kind: sqlite\nconnection: { file: "${files[side]}" }`,
        place: table => `table: ${table}`,
        crs: ', crs: "EPSG:25832"',
      })),
      whereabouts: [folder],
      ruin: async () => {
        for (const side of sides) writeFileSync(files[side], 'das ist keine Datenbank mehr '.repeat(200))
      },
      tidyUp: async () => rmSync(folder, { recursive: true }),
    }
  },
}

export const postgres: Bench = {
  kind: 'postgres',
  missing: noPostgres,
  async start() {
    const drop = () => asPostgres('postgres', client => client.query(`drop database if exists ${unique} with (force)`))
    await drop()
    await asPostgres('postgres', client => client.query(`create database ${unique}`))
    await asPostgres(unique, async client => {
      await client.query('create extension postgis')
      const types = { int: 'bigint', decimal: 'numeric', date: 'date', point: 'geometry(Point, 25832)' }
      for (const side of sides) {
        await client.query(`create schema amt_${side}; set search_path to amt_${side}, public`)
        for (const table of tablesOf(side)) {
          await client.query(createTable(table, quotedBy('"'), types, 'text'))
          await client.query(`insert into "${table.name}" select * from json_populate_recordset(null::"${table.name}", $1)`, [
            JSON.stringify(recordsOf(table, (cell, { type }) => (type === 'point' && cell ? `SRID=25832;${written(cell)}` : cell))),
          ])
        }
      }
    })
    const { host, port, user, password } = postgresServer
    return {
      files: bySide(side => ({
        source: `kind: postgres\nconnection: { host: "${host}", port: ${port}, database: ${unique}, user: "${user}"${password && `, password: "${password}"`} }`,
        place: table => `table: amt_${side}.${table}`,
        crs: '',
      })),
      whereabouts: [unique, 'amt_a', 'amt_b', `${host}:${port}`],
      ruin: async () => void (await drop()),
      tidyUp: async () => void (await drop()),
    }
  },
}

export const mariadb: Bench = {
  kind: 'mariadb',
  missing: noMariadb,
  async start() {
    const names = bySide(side => `${unique}_${side}`)
    const drop = () => asMariadb(connection => connection.query(sides.map(side => `drop database if exists ${names[side]}`).join('; ')))
    await drop()
    for (const side of sides) {
      await asMariadb(connection => connection.query(`create database ${names[side]} character set utf8mb4`))
      await asMariadb(async connection => {
        const types = { int: 'bigint', decimal: 'decimal(10, 2)', date: 'date', point: 'point ref_system_id = 25832' }
        for (const table of tablesOf(side)) {
          await connection.query(createTable(table, quotedBy('`'), types, 'varchar(190)'))
          const tuple = `(${table.columns.map(({ type }) => (type === 'point' ? 'ST_GeomFromText(?, 25832)' : '?')).join(', ')})`
          await connection.query(
            `insert into \`${table.name}\` values ${table.rows.map(() => tuple).join(', ')}`,
            table.rows.flat().map(written),
          )
        }
      }, names[side])
    }
    const { host, port, user, password } = mariadbServer
    return {
      files: bySide(side => ({
        source: `kind: mariadb\nconnection: { host: "${host}", port: ${port}, database: ${names[side]}, user: "${user}"${password && `, password: "${password}"`} }`,
        place: table => `table: ${table}`,
        crs: '',
      })),
      whereabouts: [unique, `${host}:${port}`],
      ruin: async () => void (await drop()),
      tidyUp: async () => void (await drop()),
    }
  },
}

function recordsOf({ columns, rows }: Table, value: (cell: Cell, column: Column) => unknown): Record<string, unknown>[] {
  return rows.map(row => Object.fromEntries(columns.map((column, at) => [column.column, value(row[at]!, column)])))
}

// ---- services ----

/** Both towns in one service, as layers of their own. */
const layers = sides.flatMap(side => tablesOf(side).map(table => ({ ...table, name: `${table.name}_${side}`, key: [table.key] })))
/** The helpers of the contract know its tables by name; ours have other names and the same form. */
const asTown = layers as readonly unknown[] as readonly TownTable[]

export const wfs: Bench = {
  kind: 'wfs',
  missing: noMapServer,
  async start() {
    const server = await startMapServer({ tables: asTown })
    const stop = oneTime(() => server.stop())
    return {
      files: bySide(side => ({
        source: `kind: wfs\nconnection: { url: "${server.url}" }`,
        place: table => `typeName: "ms:${table}_${side}"`,
        crs: ', crs: "EPSG:25832"',
      })),
      asked: server.asked,
      whereabouts: [server.host, 'ms:', 'hund_a', 'hund_b', 'MapServer'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

export const arcgis: Bench = {
  kind: 'arcgis',
  missing: await koopMissing(),
  async start() {
    const server = await startKoop(asTown)
    const witness = await listenTo(server.url)
    const stop = oneTime(async () => {
      await witness.close()
      await server.close()
    })
    return {
      files: bySide(side => ({
        source: `kind: arcgis\nconnection: { url: "${witness.url}" }`,
        place: table => `layer: ${layers.findIndex(({ name }) => name === `${table}_${side}`)}`,
        crs: '',
      })),
      asked: witness.asked,
      whereabouts: [new URL(witness.url).host, 'FeatureServer', 'OBJECTID'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

/** Stands in the way to a service and writes down what it is asked. */
async function listenTo(url: string) {
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = []
    incoming.on('data', piece => pieces.push(piece))
    incoming.on('end', () => {
      const body = Buffer.concat(pieces)
      asked.push(decodeURIComponent(`${incoming.url} ${body}`.replaceAll('+', ' ')))
      const { method = 'GET', headers } = incoming
      const outgoing = forward(new URL(incoming.url ?? '/', url), { method, headers }, answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      outgoing.on('error', () => response.destroy())
      outgoing.end(body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${new URL(url).pathname}`,
    asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function oneTime(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}

// ---- files ----

export const file: Bench = {
  kind: 'file',
  missing: undefined,
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'stadttor-leaks-'))
    const write = (text: (table: Table) => string) => {
      for (const side of sides) for (const table of tablesOf(side)) writeFileSync(join(folder, `${table.name}_${side}.csv`), text(table))
    }
    write(({ columns, rows }) =>
      [columns.map(({ column }) => column), ...rows].map(row => row.map(cell => inCsv(cell)).join(';')).join('\n'),
    )
    return {
      files: bySide(side => ({
        source: `kind: file\nconnection: { folder: "${folder}" }`,
        place: table => `path: ${table}_${side}.csv`,
        crs: ', crs: "EPSG:25832"',
      })),
      whereabouts: [folder, '.csv'],
      ruin: async () => write(() => '<html>Wartung</html>'),
      tidyUp: async () => rmSync(folder, { recursive: true }),
    }
  },
}

function inCsv(cell: Cell): string {
  return cell === null ? '' : String(written(cell))
}
