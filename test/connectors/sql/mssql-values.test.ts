/** Does the driver of SQL Server carry every value as it is, in both directions? Against a stand-in for the server. */

import { Meter } from '../../../src/connectors/sql/drivers/meter.ts'
import type { Column, Measure, OpenField, Row } from '../../../src/model/index.ts'
import type { Call } from '../../servers/tds/index.ts'
import { open } from '../../support/columns.ts'
import { failure, patient } from '../../support/waiting.ts'
import { keysOf } from './lab.ts'
import { id, place, read, sessionOf, things, tidyUp } from './mssql-lab.ts'

afterEach(tidyUp)

const letters = (value: string): Column => open(value, 'text')

describe('values', () => {
  test('arrive with every digit, whatever the server keeps them in', async () => {
    const { connector } = await place(
      {
        ID: 'int',
        ZAHL: 'bigint',
        BETRAG: 'decimal(38,10)',
        GELD: 'money',
        KLEINGELD: 'smallmoney',
        MASS: 'float',
        ANTEIL: 'real',
        KLEIN: 'tinyint',
        SCHLUESSEL: 'uniqueidentifier',
      },
      [
        [
          1n,
          9_007_199_254_740_993n,
          '1234567890123456789012345678.0123456789',
          '922337203685477.5807',
          '-0.0001',
          0.1,
          Math.fround(0.1),
          255n,
          '0E984725-C51C-4BF4-9960-E1C80E27ABA0',
        ],
        [2n, -(2n ** 63n), '-0.0000000001', '-12.3456', '12.5', -2.5e-300, Math.fround(16_777_217), 0n, null],
      ],
    )
    const columns = [
      open('ZAHL', 'bigint'),
      open('BETRAG', 'decimal'),
      open('GELD', 'decimal'),
      open('KLEINGELD', 'decimal'),
      open('MASS', 'float'),
      open('ANTEIL', 'float'),
      open('KLEIN', 'int'),
      letters('SCHLUESSEL'),
    ]
    expect(await read(connector, columns)).toEqual([
      [
        '9007199254740993',
        '1234567890123456789012345678.0123456789',
        '922337203685477.5807',
        '-0.0001',
        0.1,
        0.1,
        255,
        '0e984725-c51c-4bf4-9960-e1c80e27aba0',
      ],
      ['-9223372036854775808', '-0.0000000001', '-12.3456', '12.5', -2.5e-300, 16_777_216, 0, null],
    ])
    const sums = await connector.read(
      {
        kind: 'aggregate',
        dataset: things,
        groupBy: [],
        measures: (['sum', 'max'] as const).flatMap(name =>
          [1, 2].map((at): Measure => ({ function: name, column: columns[at] as OpenField })),
        ),
        limit: 1,
      },
      patient(),
    )
    expect(sums.rows).toEqual([
      [
        '1234567890123456789012345678.0123456788',
        '922337203685465.2351',
        '1234567890123456789012345678.0123456789',
        '922337203685477.5807',
      ],
    ])
  })

  test('of every kind of text arrive as they are, and find themselves again', async () => {
    const { connector } = await place(
      { ID: 'int', A: 'varchar(20)', B: 'nvarchar(max)', C: 'char(5)', D: 'nchar(5)', E: 'text', F: 'ntext', G: 'xml' },
      [
        [1n, 'Größe €', `🌳${'ä'.repeat(9_000)}`, 'AB', 'ÄÖ', 'alt', 'sehr alt 🌳', '<a>ä</a>'],
        [2n, '', '', null, null, '', null, null],
      ],
    )
    const columns = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map(letters)
    expect(await read(connector, columns)).toEqual([
      ['Größe €', `🌳${'ä'.repeat(9_000)}`, 'AB', 'ÄÖ', 'alt', 'sehr alt 🌳', '<a>ä</a>'],
      ['', '', null, null, '', null, null],
    ])
    const first = (await read(connector, columns))[0]!
    for (const [at, column] of columns.entries()) {
      expect(await read(connector, [id], { where: { op: 'eq', column, value: String(first[at]) } })).toEqual([[1]])
    }
    expect(await read(connector, [id], { where: { op: 'contains', column: columns[5]!, value: 'ALT 🌳' } })).toEqual([[1]])
  })

  test('of a datetime are the milliseconds that are served: found, compared and paged by them', async () => {
    const moments = ['.0000000', '.0030000', '.0070000', '.1230000', '.9970000'].map(fraction => `2026-07-01 12:00:00${fraction}`)
    const { connector } = await place(
      { ID: 'int', AM: 'datetime', GENAU: 'smalldatetime' },
      moments.map((moment, at) => [BigInt(at + 1), moment, '2026-07-01 12:34:00.0000000']),
    )
    const am = open('AM', 'datetime', { zone: 'Europe/Berlin' })
    const served = ['.000', '.003', '.007', '.123', '.997'].map(fraction => `2026-07-01T10:00:00${fraction}Z`.replace('.000', ''))
    expect((await read(connector, [am])).map(([cell]) => cell)).toEqual(served)
    const ids = async (op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte', value: string): Promise<unknown[]> =>
      (await read(connector, [id], { where: { op, column: am, value } })).map(([cell]) => cell)
    for (const [at, value] of served.entries()) expect(await ids('eq', value)).toEqual([at + 1])
    // Between two moments that the column knows.
    for (const between of ['2026-07-01T10:00:00.005Z', '2026-07-01T10:00:00.0031Z']) {
      expect(await ids('eq', between)).toEqual([])
      expect(await ids('gt', between)).toEqual([3, 4, 5])
      expect(await ids('gte', between)).toEqual([3, 4, 5])
      expect(await ids('lt', between)).toEqual([1, 2])
      expect(await ids('lte', between)).toEqual([1, 2])
    }
    expect(await ids('gt', '0001-01-01T00:00:00Z')).toEqual([1, 2, 3, 4, 5])
    const orderBy = [
      { column: am, direction: 'asc', nulls: 'last' },
      { column: id, direction: 'asc', nulls: 'last' },
    ] as const
    const seen: unknown[] = []
    for (let after: Row | undefined; ; ) {
      const [row] = await read(connector, [am, id], { orderBy, limit: 1, ...(after && { position: { after } }) })
      if (!row) break
      seen.push(row[1])
      after = row
    }
    expect(seen).toEqual([1, 2, 3, 4, 5])
    const minute = open('GENAU', 'datetime', { zone: 'Europe/Berlin' })
    expect(await read(connector, [id], { where: { op: 'eq', column: minute, value: '2026-07-01T10:34:00Z' }, limit: 1 })).toEqual([[1]])
    expect(await read(connector, [id], { where: { op: 'eq', column: minute, value: '2026-07-01T10:34:15Z' } })).toEqual([])
  })

  test('of a geography are served, although its areas cannot be asked for', async () => {
    const wkb = Buffer.from('0101000000000000000000224000000000000048400000', 'hex').subarray(0, 21)
    const { connector } = await place({ ID: 'int', LAGE: 'geography' }, [[1n, Buffer.concat([Buffer.from([0xe6, 0x10, 0, 0]), wkb])]])
    const lage = open('LAGE', 'point')
    expect(await read(connector, [lage])).toEqual([[{ type: 'Point', coordinates: [9, 48] }]])
    const error = await failure(read(connector, [lage], { where: { op: 'bbox', column: lage, box: [8, 47, 10, 49] } }))
    expect(error.code).toBe('SOURCE_CHANGED')
    expect(error.log).toContain('convert it in a view')
  })

  test('of a shape without a reference system of its own are found by the one that is declared', async () => {
    const wkb = Buffer.alloc(21)
    wkb.writeUInt8(1, 0)
    wkb.writeUInt32LE(1, 1)
    wkb.writeDoubleLE(513_000, 5)
    wkb.writeDoubleLE(5_278_200, 13)
    const { connector } = await place({ ID: 'int', LAGE: 'geometry' }, [[1n, Buffer.concat([Buffer.alloc(4), wkb])]])
    const lage = open('LAGE', 'point', { crs: 'EPSG:25832' })
    expect(await read(connector, [id], { where: { op: 'bbox', column: lage, box: [9.17, 47.64, 9.18, 47.67] } })).toEqual([[1]])
    expect(await read(connector, [id], { where: { op: 'bbox', column: lage, box: [9.2, 47.64, 9.3, 47.67] } })).toEqual([])
  })

  test('are asked for anew when their column has become something that would lose digits', async () => {
    const { connector, database } = await place({ ID: 'int', WERT: 'nvarchar(20)' }, [[1n, '12.50']])
    const wert = letters('WERT')
    expect(await read(connector, [wert])).toEqual([['12.50']])
    database.create('DING', { ID: 'int', WERT: 'decimal(38,2)' }, [[1n, '123456789012345678901234567890.12']])
    expect(await read(connector, [wert])).toEqual([['123456789012345678901234567890.12']])
  })
})

describe('parameters', () => {
  const keys = ['A-1', 'B-2', 'C-3', 'Ä-4', '🌳-5', '??-5']

  test('leave the index of a one-byte column usable', async () => {
    const { connector, database, server } = await place({ ID: 'int', NR: 'varchar(20)' }, [
      [1n, 'A-1'],
      [2n, 'B-2'],
      [3n, 'Ä-4'],
    ])
    const nr = letters('NR')
    expect(await read(connector, [id], { where: { op: 'eq', column: nr, value: 'B-2' } })).toEqual([[2]])
    expect((await connector.read(keysOf(things, nr, ['A-1', 'B-2']), patient())).rows).toEqual([['A-1'], ['B-2']])
    expect([...database.convertedColumns]).toEqual([])
    expect(typesOf(server.calls.at(-1)!)).toContain('varchar(8000)')
  })

  test('of other characters than ASCII find exactly their rows, and never those of question marks', async () => {
    const { connector, database } = await place(
      { ID: 'int', NR: 'varchar(20)' },
      keys.map((key, at) => [BigInt(at + 1), key]),
    )
    const nr = letters('NR')
    // What the column cannot hold has become question marks in it.
    expect((await read(connector, [nr])).map(([cell]) => cell)).toEqual(['A-1', 'B-2', 'C-3', 'Ä-4', '??-5', '??-5'])
    expect(await read(connector, [id], { where: { op: 'eq', column: nr, value: 'Ä-4' } })).toEqual([[4]])
    expect(await read(connector, [id], { where: { op: 'eq', column: nr, value: '🌳-5' } })).toEqual([])
    const { rows } = await connector.read(keysOf(things, nr, ['Ä-4', 'A-1', '🌳-5']), patient())
    expect(rows.map(([cell]) => cell).sort()).toEqual(['A-1', 'Ä-4'])
    // The price, which the collations of Windows do not ask: the column is compared as the wider type.
    expect([...database.convertedColumns]).toEqual(['DING.NR: varchar → nvarchar'])
  })

  test('are declared alike whatever their values are, so that the server knows the statement again', async () => {
    const { connector, server } = await place({ ID: 'int', NAME: 'nvarchar(200)' }, [[1n, 'a']])
    const name = letters('NAME')
    for (const value of ['a', 'abc', 'ä'.repeat(50)]) await read(connector, [id], { where: { op: 'eq', column: name, value } })
    const asked = server.calls.filter(call => call.by === 'sp_executesql')
    expect(asked).toHaveLength(3)
    expect(new Set(asked.map(call => call.text)).size).toBe(1)
    expect(new Set(asked.map(typesOf).map(String)).size).toBe(1)
  })

  test('are never more than the server takes, however many keys there are', async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => [BigInt(at), `K${at}`] as const)
    const there = await place({ ID: 'int', NR: 'varchar(20)' }, rows)
    const { rows: found } = await there.connector.read(
      keysOf(
        things,
        letters('NR'),
        rows.map(([, key]) => key),
      ),
      patient(),
    )
    expect(found).toHaveLength(3_000)
    expect(Math.max(...there.server.calls.map(call => call.parameters.length)) + 2).toBeLessThanOrEqual(2_100)
    // The stand-in refuses what the real one would.
    const session = await sessionOf(there)
    const many = Array.from({ length: 2_101 }, () => ({ value: 1, type: 'count' as const }))
    await expect(session.run({ text: 'select 1 as c0', bindings: many }, new Meter(1_000))).rejects.toMatchObject({ numbers: [8003] })
  })
})

function typesOf({ parameters }: Call): string[] {
  return parameters.map(({ type }) => `${type.name}${type.length === undefined ? '' : `(${type.length})`}`)
}
