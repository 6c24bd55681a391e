/** Rows of SQLite and MariaDB that are packed on their way: exactly what `read` gives, with the same warnings. */

import { type Column, type Connector, type FieldType, PackedRows, unpacked } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { kinds, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith, isMysql } from './servers.ts'

interface Stored {
  readonly column: string
  readonly stored: string
  readonly type: FieldType
  readonly zone?: string
  readonly values: readonly string[]
  /** Rows are read one by one because of this column. */
  readonly bare?: true
}

const texts = [`'Linde'`, `''`, `'"\\\\ ä 🌳'`, `'${'ä'.repeat(300)}'`, `'${'x'.repeat(70_000)}'`]

const columns: Readonly<Record<'sqlite' | 'mariadb', readonly Stored[]>> = {
  sqlite: [
    { column: 't', stored: 'text', type: 'text', values: [...texts, '7', '1.5', `x'4c'`, `x'ff'`] },
    { column: 'c', stored: 'text', type: 'code', values: [`'7'`] },
    { column: 'w', stored: 'int', type: 'int', values: ['7', '-2147483648', '2147483647', '0', '1.0', `'viele'`, `'007'`] },
    { column: 'l', stored: 'int', type: 'bigint', values: ['9223372036854775807', '-9223372036854775808', '5'] },
    { column: 'n', stored: 'numeric', type: 'decimal', values: ['12.5', '-0.5', '100', '1e21', `'1,5'`, '9007199254740993'] },
    { column: 'f', stored: 'real', type: 'float', values: ['0.1', '1e21', '1e-7', '-2.5', '9e999', '3'] },
    { column: 'o', stored: 'int', type: 'boolean', values: ['1', '0', '2', `'true'`] },
    { column: 'd', stored: 'text', type: 'date', values: [`'2026-02-28'`, `'2024-02-29'`, `'2026-02-30'`, `'2026-03-31 00:00:00'`] },
    { column: 'h', stored: 'text', type: 'time', values: [`'07:30'`, `'07:30:00.50'`, `'25:00'`] },
    { column: 'i', stored: 'text', type: 'datetime', values: [`'2026-07-31T12:00:00.120+02:00'`, `'2026-07-01 12:00:00'`, `'gestern'`] },
    { column: 'z', stored: 'text', type: 'datetime', zone: 'Europe/Berlin', values: [`'2026-07-01 12:00:00'`, `'2026-03-29 02:30'`] },
  ],
  mariadb: [
    { column: 't', stored: 'longtext', type: 'text', values: texts },
    { column: 'v', stored: 'varchar(9) character set latin1', type: 'text', values: [`'ä'`] },
    { column: 'e', stored: `enum('a', 'b')`, type: 'text', values: [`'a'`] },
    { column: 'j', stored: 'json', type: 'text', values: [`'{"a": 1}'`], ...(isMysql && { bare: true }) },
    { column: 'c', stored: 'char(9)', type: 'code', values: [`'7'`] },
    { column: 'x', stored: 'blob', type: 'text', values: [`'Bytes'`, `x'ff'`], bare: true },
    { column: 'q', stored: 'int', type: 'text', values: ['7'], bare: true },
    { column: 'ti', stored: 'tinyint', type: 'int', values: ['-128', '127'] },
    { column: 'tu', stored: 'tinyint unsigned', type: 'bigint', values: ['255'] },
    { column: 'si', stored: 'smallint', type: 'int', values: ['-32768'] },
    { column: 'su', stored: 'smallint unsigned', type: 'decimal', values: ['65535'] },
    { column: 'mi', stored: 'mediumint', type: 'int', values: ['-8388608'] },
    { column: 'mu', stored: 'mediumint unsigned zerofill', type: 'int', values: ['7'] },
    { column: 'w', stored: 'int', type: 'int', values: ['-2147483648', '2147483647', '0'] },
    { column: 'l', stored: 'bigint', type: 'bigint', values: ['-9223372036854775808', '-9007199254740993', '-1', '5'] },
    { column: 'lu', stored: 'bigint unsigned', type: 'bigint', values: ['18446744073709551615', '0'] },
    { column: 'li', stored: 'bigint', type: 'int', values: ['7', '-7', '9223372036854775807'] },
    { column: 'y', stored: 'year', type: 'int', values: ['2026', '0'] },
    { column: 'b', stored: 'bit(9)', type: 'int', values: ['257'], bare: true },
    { column: 'n', stored: 'decimal(20, 3)', type: 'decimal', values: ['12.5', '-0.5', '-12.25', '100', '0', '-0.000'] },
    { column: 'nz', stored: 'decimal(9, 2) zerofill', type: 'decimal', values: ['12.5', '0'] },
    { column: 'f', stored: 'double', type: 'float', values: ['0.1', '1e21', '1e-7', '-2.5', '-0e0'] },
    { column: 'r', stored: 'float', type: 'float', values: ['0.1', '16777216'] },
    { column: 'o', stored: 'boolean', type: 'boolean', values: ['true', 'false', '2'] },
    { column: 'd', stored: 'date', type: 'date', values: [`'2026-02-28'`, `'2024-02-29'`, `'0000-00-00'`, `'2026-02-30'`, `'2026-00-01'`] },
    { column: 'h', stored: 'time', type: 'time', values: [`'07:30'`, `'-07:30'`], bare: true },
    { column: 'i', stored: 'timestamp(6) null', type: 'datetime', values: [`'2026-07-31 12:00:00.120000'`, `'2026-07-01 00:00:00'`] },
    { column: 'k', stored: 'datetime(3)', type: 'datetime', values: [`'2026-12-31 23:59:59.007'`, `'0000-00-00'`, `'2026-06-01'`] },
    { column: 'z', stored: 'datetime', type: 'datetime', zone: 'Europe/Berlin', values: [`'2026-07-01 12:00:00'`], bare: true },
  ],
}

describe.each(kinds.filter(([kind]) => kind !== 'postgres'))('packed rows', (kind, missing) => {
  describeWith(missing, `of ${kind}`, () => {
    const stored = columns[kind as 'sqlite' | 'mariadb']
    const id = engine('id', 'int')
    const fieldOf = ({ column, type, zone }: Stored): Column => open(column, type, { ...(zone && { zone }) })
    let lab: Lab
    let connector: Connector

    const both = async (name: string, asked: readonly Column[]) => {
      const request = rowsOf(tableAs(name, id), asked)
      const { asOf: _, ...packed } = await connector.readPacked!(request, patient())
      const { asOf: __, ...plain } = await connector.read(request, patient())
      return { packed, plain }
    }

    beforeAll(async () => {
      lab = await openLab(kind)
      const loose = kind === 'mariadb' ? [`set sql_mode = 'ALLOW_INVALID_DATES'`, `set time_zone = '+00:00'`] : []
      const names = stored.map(({ column }) => column).join()
      const rows = stored.flatMap(({ column, values }, place) =>
        values.map((value, at) => `(${place * 10 + at + 1}, ${stored.map(other => (other.column === column ? value : 'null')).join()})`),
      )
      await lab.run(
        `create table alles (id int primary key, ${stored.map(({ column, stored }) => `${column} ${stored}`).join()})`,
        ...loose,
        `insert into alles (id, ${names}) values ${rows.join()}`,
        'create table breit (id int primary key, l bigint)',
        'insert into breit values (1, 7), (2, 2147483648), (3, null)',
      )
      connector = lab.open({ connections: 1 }).connector
    })

    afterAll(() => lab.tidyUp())

    test.each(stored.map(one => [`${one.stored} as ${one.type}`, one] as const))('are the rows that are read: %s', async (_name, one) => {
      const { packed, plain } = await both('alles', [id, fieldOf(one)])
      expect(packed.rows instanceof PackedRows).toBe(one.bare === undefined)
      expect({ ...packed, rows: unpacked(packed.rows) }).toEqual(plain)
      expect(plain.rows.length).toBeGreaterThan(stored.length)
    })

    test('are the rows that are read, of all columns at once and more than once', async () => {
      const asked = stored.filter(({ bare }) => !bare).map(fieldOf)
      for (let time = 0; time < 3; time++) {
        const { packed, plain } = await both('alles', [id, ...asked])
        expect(packed.rows).toBeInstanceOf(PackedRows)
        expect({ ...packed, rows: unpacked(packed.rows) }).toEqual(plain)
      }
    })

    test('are none where a number is wider than what GraphQL calls a number', async () => {
      const { packed, plain } = await both('breit', [id, open('l', 'int')])
      expect(packed.rows).not.toBeInstanceOf(PackedRows)
      expect(packed).toEqual(plain)
    })

    test('are never more than may be in memory, and the next answer is whole', async () => {
      const small = lab.open({ connections: 1, bytes: 50_000 }).connector
      const table = tableAs('alles', id)
      await expect(small.readPacked!(rowsOf(table, [id, open('t', 'text')]), patient())).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' })
      expect((await small.readPacked!(rowsOf(table, [id]), patient())).rows).toBeInstanceOf(PackedRows)
    })
  })
})
