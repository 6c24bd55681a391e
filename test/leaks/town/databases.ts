/** How does the leaky town get into databases, and how are they ruined? */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Cell } from '../../../src/model/index.ts'
import { asMariadb, asPostgres, mariadbServer, noMariadb, noPostgres, postgresServer, sridIs } from '../../connectors/sql/servers.ts'
import { toWkb } from '../../connectors/sql/wkb.ts'
import { inCrs, townCrs } from '../../contract/town.ts'
import { type Bench, bySide, sides, written } from './bench.ts'
import { type Column, type Table, tablesOf } from './tables.ts'

const unique = `stadttor_test_leaks_${process.pid}`

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
        source: `kind: postgres\nallowWriteAccount: true\nconnection: { host: "${host}", port: ${port}, database: ${unique}, user: "${user}"${password && `, password: "${password}"`} }`,
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
        const types = { int: 'bigint', decimal: 'decimal(10, 2)', date: 'date', point: `point ${sridIs} 25832` }
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
        source: `kind: mariadb\nallowWriteAccount: true\nconnection: { host: "${host}", port: ${port}, database: ${names[side]}, user: "${user}"${password && `, password: "${password}"`} }`,
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

function quotedBy(quote: string): (name: string) => string {
  return name => `${quote}${name}${quote}`
}

function createTable({ name, columns, key }: Table, quote: (name: string) => string, types: Record<string, string>, fallback: string) {
  const definitions = columns.map(({ column, type }) => `${quote(column)} ${types[type] ?? fallback}`)
  return `create table ${quote(name)} (${definitions.join(', ')}, primary key (${quote(key)}))`
}
