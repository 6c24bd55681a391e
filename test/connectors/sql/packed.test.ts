/** Rows that stay the bytes they came as: exactly what `read` gives, and read one by one as soon as a value is out of the ordinary. */

import { type Column, type Connector, type FieldType, PackedRows, unpacked } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith, noPostgres } from './servers.ts'

const columns: readonly (readonly [column: string, stored: string, type: FieldType, values: readonly string[]])[] = [
  ['t', 'text', 'text', [`'Linde'`, `''`, `E'"\\\\ \\n\\t\\u0001 ä 🌳'`, `repeat('ä', 70000)`]],
  ['v', 'varchar(9)', 'text', [`'a'`]],
  ['p', 'char(9)', 'text', [`'a'`]],
  ['u', 'uuid', 'text', [`'6ecd8c99-4036-403d-bf84-cf8400f67836'`]],
  ['w', 'int', 'int', ['7', '-2147483648', '2147483647', '0']],
  ['s', 'smallint', 'bigint', ['-7']],
  ['l', 'bigint', 'int', ['123456789', '-7']],
  ['b', 'bigint', 'bigint', ['9223372036854775807']],
  ['n', 'numeric', 'decimal', ['12.500', '0', '100', '-3.10', '0.5', '-0.5', '-0.00']],
  ['g', 'int', 'decimal', ['-12']],
  ['f', 'float8', 'float', ['0.1', '100', '-2.5', '-0.5', '123456.75']],
  ['r', 'float4', 'float', ['0.1']],
  ['o', 'boolean', 'boolean', ['true', 'false']],
  ['d', 'date', 'date', [`'2026-02-28'`, `'1899-12-31'`]],
  ['i', 'timestamptz', 'datetime', [`'2026-07-01 12:00:00.120+02'`, `'1900-01-01 00:00:00+00'`]],
]

/** One such value, and all rows are read one by one. */
const odd: readonly (readonly [column: string, value: string])[] = [
  ['l', '12345678901'],
  ['n', `'NaN'`],
  ['n', '1e40'],
  ['f', `'Infinity'`],
  ['f', '1e-20'],
  ['f', `'-0'`],
  ['d', `'infinity'`],
  ['d', `'0044-03-15 BC'`],
  ['d', `'12026-01-01'`],
  ['i', `'-infinity'`],
  ['i', `'0044-03-15 00:00:00+00 BC'`],
]

describeWith(noPostgres, 'packed rows of PostgreSQL', () => {
  const id = engine('id', 'int')
  const fields: readonly Column[] = [id, ...columns.map(([column, , type]) => open(column, type))]
  const table = (name: string) => tableAs(name, id)
  let lab: Lab
  let connector: Connector

  const both = async (name: string, asked = fields) => {
    const request = rowsOf(table(name), asked)
    const packed = await connector.readPacked!(request, patient())
    return { packed, plain: await connector.read(request, patient()) }
  }

  beforeAll(async () => {
    lab = await openLab('postgres')
    const names = columns.map(([column]) => column).join()
    const rows = columns.flatMap(([column, , , values], place) =>
      values.map((value, at) => `(${place * 10 + at}, ${columns.map(([other]) => (other === column ? value : 'null')).join()})`),
    )
    const make = (name: string) =>
      `create table ${name} (id int primary key, ${columns.map(([column, stored]) => `${column} ${stored}`).join()})`
    await lab.run(make('gut'), `insert into gut (id, ${names}) values ${rows.join()}`)
    for (const [at, [column, value]] of odd.entries())
      await lab.run(make(`seltsam${at}`), `insert into seltsam${at} (id, ${column}) values (1, ${value}), (2, null)`)
    await lab.run(
      'create table gross (id int primary key, t text)',
      `insert into gross select n, repeat(chr(65 + n % 26), n * 997) from generate_series(1, 300) n`,
      'create view faellt as select id, 100 / (250 - id) as w from gross order by id',
    )
    connector = lab.open({ connections: 1, bytes: 60_000_000 }).connector
  })

  afterAll(() => lab.tidyUp())

  test('are the rows that are read, of every type', async () => {
    for (let time = 0; time < 3; time++) {
      const { packed, plain } = await both('gut')
      expect(packed.rows).toBeInstanceOf(PackedRows)
      expect(unpacked(packed.rows)).toEqual(plain.rows)
      expect(plain.problems).toBeUndefined()
    }
  })

  test.each(odd.map((_, at) => [at, ...odd[at]!] as const))('are none for %s: %s as %s', async at => {
    const { packed, plain } = await both(`seltsam${at}`)
    expect(packed.rows).not.toBeInstanceOf(PackedRows)
    const { asOf: _, ...said } = packed
    const { asOf: __, ...expected } = plain
    expect(said).toEqual(expected)
  })

  test('come whole where one row takes several packets, and many rows one', async () => {
    const { packed, plain } = await both('gross', [id, open('t', 'text')])
    expect(packed.rows).toBeInstanceOf(PackedRows)
    expect(packed.rows).toHaveLength(300)
    expect(unpacked(packed.rows)).toEqual(plain.rows)
  })

  test('are dropped when the source fails in their midst, and the connection goes on', async () => {
    for (let time = 0; time < 3; time++) {
      await expect(connector.readPacked!(rowsOf(table('faellt'), [id, open('w', 'int')]), patient())).rejects.toMatchObject({
        code: expect.stringMatching(/^SOURCE_/),
      })
      const { packed, plain } = await both('gut')
      expect(unpacked(packed.rows)).toEqual(plain.rows)
    }
  })

  test('are never more than may be in memory', async () => {
    const small = lab.open({ connections: 1, bytes: 1_000_000 }).connector
    const request = rowsOf(table('gross'), [id, open('t', 'text')])
    await expect(small.readPacked!(request, patient())).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' })
    expect((await small.readPacked!(rowsOf(table('gut'), [id]), patient())).rows).toBeInstanceOf(PackedRows)
  })
})
