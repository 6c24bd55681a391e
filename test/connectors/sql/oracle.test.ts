/** What is particular about asking Oracle Database? The real driver, against our stand-in (see test/servers/tns/server.ts). */

import type { Cell, Column, Condition, Dataset, Row, RowsRequest } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { failure, patient } from '../../support/waiting.ts'
import { keysOf, rowsOf, tableAs } from './lab.ts'
import { type OracleLab, openOracleLab } from './oracle-lab.ts'
import { toWkb } from './wkb.ts'

const id = engine('ID', 'int')
const things = tableAs('DINGE', id)

let lab: OracleLab
beforeEach(async () => {
  lab = await openOracleLab()
})
afterEach(async () => {
  await lab.tidyUp()
  // What the stand-in did not understand, it did not answer: nothing would have been shown.
  expect(lab.server.troubles).toEqual([])
})

async function read(columns: readonly Column[], more: Partial<RowsRequest> = {}, dataset: Dataset = things): Promise<readonly Row[]> {
  const { connector } = lab.open()
  const { rows, problems } = await connector.read(rowsOf(dataset, columns, more), patient())
  expect(problems).toBeUndefined()
  return rows
}

async function idsWhere(where: Condition): Promise<Cell[]> {
  return (await read([id], { where })).map(([cell]) => cell!)
}

describe('a session', () => {
  beforeEach(() => lab.table('DINGE', { NAME: { name: 'VARCHAR2', size: 20 } }, [['Eiche'], ['Linde']]))

  test('says once how numbers, texts and times are read, and who it is', async () => {
    await read([id])
    expect(lab.seen('settings').map(({ settings }) => settings)).toEqual([
      expect.objectContaining({ NLS_NUMERIC_CHARACTERS: '.,', NLS_COMP: 'BINARY', NLS_SORT: 'BINARY', TIME_ZONE: '+00:00' }),
    ])
    expect(lab.seen('module')).toEqual([expect.objectContaining({ name: 'stadttor' })])
  })

  test('asks in a read-only transaction, which ends with the request', async () => {
    const { connector } = lab.open({ connections: 1 })
    for (let turn = 0; turn < 3; turn++) await connector.read(rowsOf(things, [id]), patient())
    await connector.close()
    const asked = lab.seen('statement').filter(({ runs, sql }) => runs && sql.startsWith('select'))
    expect(asked).toHaveLength(3)
    expect(asked.every(({ readOnly }) => readOnly)).toBe(true)
    expect(lab.seen('rollback')).toHaveLength(3)
  })

  test('sees all keys of a request in one transaction', async () => {
    const { connector } = lab.open({ connections: 1 })
    const keys = Array.from({ length: 1_500 }, (_, at) => String(at + 1))
    await connector.read(keysOf(things, id, keys, { columns: [id] }), patient())
    expect(lab.seen('statement').filter(({ sql }) => /^select r\./.test(sql))).toHaveLength(3)
    expect(lab.seen('statement').filter(({ sql }) => sql === 'set transaction read only')).toHaveLength(1)
  })

  test('of 23ai reads only once and for all, without a transaction', async () => {
    await lab.tidyUp()
    lab = await openOracleLab({ release: '23ai' })
    lab.table('DINGE', {}, [[], []])
    const { connector } = lab.open({ connections: 1 })
    for (let turn = 0; turn < 2; turn++) await connector.read(rowsOf(things, [id]), patient())
    expect(lab.seen('settings').map(({ settings }) => settings)).toContainEqual({ READ_ONLY: 'TRUE' })
    expect(lab.seen('statement').filter(({ sql }) => sql.startsWith('set transaction'))).toEqual([])
  })

  test('says goodbye', async () => {
    const { connector } = lab.open()
    await connector.read(rowsOf(things, [id]), patient())
    await connector.close()
    expect(lab.seen('logoff')).toHaveLength(1)
  })
})

describe('numbers', () => {
  test('keep all 38 digits, and every fraction', async () => {
    const exact = [
      '12345678901234567890123456789012345678',
      '-0.0000000000000000000000000000000000001',
      '9007199254740993',
      '0.5',
      '-100',
      '0',
    ]
    lab.table(
      'DINGE',
      { N: { name: 'NUMBER' } },
      exact.map(text => [text]),
    )
    const amount = open('N', 'decimal')
    expect((await read([amount])).map(([cell]) => cell)).toEqual(exact)
    for (const [at, value] of exact.entries()) expect(await idsWhere({ op: 'eq', column: amount, value })).toEqual([at + 1])
  })

  test('of a column without a size may have fractions, those of NUMBER(10) may not', async () => {
    lab.table('DINGE', { N: { name: 'NUMBER' }, W: { name: 'NUMBER', precision: 10, scale: 0 } }, [
      ['1.5', '1'],
      ['2', '2'],
    ])
    expect(await idsWhere({ op: 'gt', column: open('N', 'decimal'), value: '1.4' })).toEqual([1, 2])
    expect(await idsWhere({ op: 'gt', column: open('W', 'decimal'), value: '1.4' })).toEqual([2])
    expect(await idsWhere({ op: 'eq', column: open('N', 'code'), value: '1.5' })).toEqual([1])
  })

  test('with a binary point come as they are, in either size', async () => {
    lab.table('DINGE', { D: { name: 'BINARY_DOUBLE' }, F: { name: 'BINARY_FLOAT' } }, [
      [0.1, 0.1],
      [-1.5e300, -3.5],
      [null, null],
    ])
    const [double, single] = [open('D', 'float'), open('F', 'float')]
    expect(await read([double, single])).toEqual([
      [0.1, 0.1],
      [-1.5e300, -3.5],
      [null, null],
    ])
    expect(await idsWhere({ op: 'eq', column: single, value: 0.1 })).toEqual([1])
    expect(await idsWhere({ op: 'lt', column: double, value: 0 })).toEqual([2])
  })
})

describe('texts', () => {
  beforeEach(() =>
    lab.table(
      'DINGE',
      { NAME: { name: 'VARCHAR2', size: 100 }, STRASSE: { name: 'CHAR', size: 8 }, NATIONAL: { name: 'NVARCHAR2', size: 40 } },
      [
        ['Müller', '007', 'Ω ß 🌳'],
        ['', '12 b', null],
        ['müller ', '', ''],
      ],
    ),
  )

  test('that are empty are missing', async () => {
    const name = open('NAME', 'text')
    expect(await read([name])).toEqual([['Müller'], [null], ['müller ']])
    expect(await idsWhere({ op: 'eq', column: name, value: '' })).toEqual([2])
    expect(await idsWhere({ op: 'ne', column: name, value: '' })).toEqual([1, 3])
    expect(await idsWhere({ op: 'in', column: name, values: ['', 'Müller'] })).toEqual([1, 2])
  })

  test('that are padded come without their blanks, and are found without them', async () => {
    const street = open('STRASSE', 'code')
    expect(await read([street])).toEqual([['007'], ['12 b'], [null]])
    expect(await idsWhere({ op: 'eq', column: street, value: '007' })).toEqual([1])
    expect(await idsWhere({ op: 'in', column: street, values: ['12 b', '007'] })).toEqual([1, 2])
    expect(await idsWhere({ op: 'eq', column: street, value: '007  ' })).toEqual([])
  })

  test('of the national character set come whole', async () => {
    expect(await read([open('NATIONAL', 'text')])).toEqual([['Ω ß 🌳'], [null], [null]])
  })

  test('are equal character by character', async () => {
    const name = open('NAME', 'text')
    expect(await idsWhere({ op: 'eq', column: name, value: 'müller' })).toEqual([])
    expect(await idsWhere({ op: 'eq', column: name, value: 'müller ' })).toEqual([3])
    expect(await idsWhere({ op: 'startsWith', column: name, value: 'MÜLL' })).toEqual([1, 3])
  })

  test('that are longer than any column are refused as the caller’s mistake', async () => {
    const { connector } = lab.open()
    const where: Condition = { op: 'eq', column: open('NAME', 'text'), value: 'x'.repeat(5_000) }
    expect(await failure(connector.read(rowsOf(things, [id], { where }), patient()))).toMatchObject({ code: 'BAD_USER_INPUT' })
  })
})

describe('times', () => {
  test('of a DATE have no fractions and no zone, those of a TIMESTAMP have nine digits', async () => {
    lab.table('DINGE', { D: { name: 'DATE' }, T: { name: 'TIMESTAMP' }, Z: { name: 'TIMESTAMP WITH TIME ZONE' } }, [
      ['2026-03-29 03:30:00', '2026-03-29 03:30:00.123456789', '2026-03-29 01:30:00.5'],
      ['2025-10-26 02:30:00', '2025-10-26 02:30:00', '2025-10-26 00:30:00'],
    ])
    const zone = 'Europe/Berlin'
    const [date, clock, instant] = [open('D', 'datetime', { zone }), open('T', 'datetime', { zone }), open('Z', 'datetime')]
    expect(await read([date, clock, instant])).toEqual([
      ['2026-03-29T01:30:00Z', '2026-03-29T01:30:00.123456789Z', '2026-03-29T01:30:00.5Z'],
      ['2025-10-26T00:30:00Z', '2025-10-26T00:30:00Z', '2025-10-26T00:30:00Z'],
    ])
    for (const column of [date, clock, instant]) {
      expect(await idsWhere({ op: 'lt', column, value: '2026-01-01T00:00:00Z' })).toEqual([2])
      expect(await idsWhere({ op: 'eq', column, value: '2025-10-26T00:30:00Z' })).toEqual([2])
    }
    // No value is bound as a date: the column would be converted, and its index of no use.
    const values = lab.seen('statement').flatMap(({ values }) => values)
    expect(values.filter(value => typeof value === 'string' && value.startsWith('2025-10-26'))).toHaveLength(3)
  })

  test('of days are those at midnight', async () => {
    lab.table('DINGE', { D: { name: 'DATE' } }, [['2026-03-29 00:00:00'], ['0001-01-01 00:00:00']])
    const day = open('D', 'date')
    expect(await read([day])).toEqual([['2026-03-29'], ['0001-01-01']])
    expect(await idsWhere({ op: 'gte', column: day, value: '2026-03-29' })).toEqual([1])
  })
})

describe('large objects', () => {
  test('come whole and in one go, texts as texts and geometries as geometries', async () => {
    const long = 'Straße 🌳 '.repeat(10_000)
    const point = toWkb({ type: 'Point', coordinates: [513_000, 5_278_000] })
    lab.table('DINGE', { TEXT: { name: 'CLOB' }, WKB: { name: 'BLOB' } }, [
      [long, point],
      ['', null],
      ['kurz', point],
    ])
    const shape = open('WKB', 'point', { crs: 'EPSG:25832' })
    const rows = await read([open('TEXT', 'text'), shape])
    expect(rows.map(([text]) => text)).toEqual([long, null, 'kurz'])
    expect(rows.map(([, geometry]) => geometry)).toEqual([
      expect.objectContaining({ type: 'Point' }),
      null,
      expect.objectContaining({ type: 'Point' }),
    ])
  })

  test('are asked for a second time over the same cursor', async () => {
    lab.table('DINGE', { TEXT: { name: 'CLOB' } }, [['eins'], ['zwei']])
    const { connector } = lab.open({ connections: 1 })
    for (let turn = 0; turn < 3; turn++) {
      expect((await connector.read(rowsOf(things, [open('TEXT', 'text')]), patient())).rows).toEqual([['eins'], ['zwei']])
    }
  })

  test('that are too large end while they arrive, not once they are all there', async () => {
    lab.table(
      'DINGE',
      { TEXT: { name: 'CLOB' } },
      Array.from({ length: 20 }, (_, at) => [`${at}`.padEnd(4_000_000, 'x')]),
    )
    lab.server.disturb = () => ({ dripMs: 150 })
    const { connector } = lab.open({ bytes: 1_000_000 })
    expect(await failure(connector.read(rowsOf(things, [open('TEXT', 'text')]), patient()))).toMatchObject({ code: 'TOO_MANY_ROWS' })
    expect(lab.server.rowsSent).toBeLessThan(20)
  })
})

describe('geometries', () => {
  const column = open('LAGE', 'point')
  const at = (x: number, y: number) => ({ srid: 25_832, wkb: toWkb({ type: 'Point', coordinates: [x, y] }) })
  const near = (metres: number): Condition => ({ op: 'near', column, longitude: 9.18, latitude: 47.66, metres })
  beforeEach(() => lab.table('DINGE', { LAGE: { name: 'SDO_GEOMETRY' } }, [[at(513_500, 5_278_500)], [null], [at(600_000, 5_300_000)]]))

  test('are described once for each connection, whatever else is asked', async () => {
    const { connector } = lab.open({ connections: 1 })
    for (const columns of [[column], [column, id], [id]]) await connector.read(rowsOf(things, columns), patient())
    expect(lab.seen('shape')).toHaveLength(1)
  })

  test('with heights are served without them', async () => {
    const withHeight = Buffer.concat([toWkb({ type: 'Point', coordinates: [513_500, 5_278_500] }), Buffer.alloc(8)])
    withHeight.writeUInt32LE(1_001, 1)
    lab.server.database.drop('LESER', 'DINGE')
    lab.table('DINGE', { LAGE: { name: 'SDO_GEOMETRY' } }, [[at(513_500, 5_278_500)], [{ srid: 25_832, wkb: withHeight }], [null]])
    const [[flat], [flattened], [none]] = (await read([column])) as [Row, Row, Row]
    expect(flat).toMatchObject({ type: 'Point' })
    expect(flattened).toEqual(flat)
    expect(none).toBeNull()
  })

  test('say themselves in which reference system they stand', async () => {
    expect((await read([column])).map(([cell]) => cell !== null)).toEqual([true, false, true])
    expect(await idsWhere(near(20_000))).toEqual([1])
    expect(await idsWhere({ op: 'not', of: near(20_000) })).toEqual([3])
  })

  test('are found by small areas and by large ones, which travel in another way', async () => {
    const sizes = (condition: Condition) =>
      idsWhere(condition).then(() => lab.seen('statement').at(-1)!.values.find(Buffer.isBuffer)!.length)
    const box: Condition = { op: 'bbox', column, box: [9.17, 47.65, 9.19, 47.67] }
    expect(await sizes(box)).toBeLessThan(2_000)
    expect(await sizes(near(20_000))).toBeGreaterThan(2_000)
    expect(await idsWhere(box)).toEqual([1])
  })
})

describe('many rows', () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => [`Zeile ${at}`])

  test.each([undefined, 100, 1])('come in portions, each once, however few the server gives at once (%s)', async rowsAtOnce => {
    await lab.tidyUp()
    lab = await openOracleLab(rowsAtOnce === undefined ? {} : { rowsAtOnce })
    lab.table('DINGE', { NAME: { name: 'VARCHAR2', size: 20 } }, rows)
    const found = await read([id, open('NAME', 'text')], { limit: 2_999 })
    expect(found).toHaveLength(2_999)
    expect(new Set(found.map(([, name]) => name)).size).toBe(2_999)
  })

  test('of a page come with the answer, without another round trip', async () => {
    lab.table('DINGE', { NAME: { name: 'VARCHAR2', size: 20 } }, rows)
    await read([id], { limit: 100 })
    expect(lab.seen('fetch')).toEqual([])
  })

  test('of equal values arrive, although the server sends each value only once', async () => {
    const same = Array.from({ length: 600 }, (_, at): [string, string | null, number] => ['gleich', at % 3 === 0 ? null : 'x', 0.1])
    lab.table('DINGE', { A: { name: 'VARCHAR2', size: 10 }, B: { name: 'CHAR', size: 3 }, C: { name: 'BINARY_FLOAT' } }, same)
    expect(await read([open('A', 'text'), open('B', 'text'), open('C', 'float')])).toEqual(same)
  })
})

test('two sources are never mixed up, whoever leaves early', async () => {
  lab.table('DINGE', { WER: { name: 'VARCHAR2', size: 5 } }, [['A']])
  const other = await openOracleLab()
  other.table('DINGE', { WER: { name: 'VARCHAR2', size: 5 } }, [['B']])
  const who = open('WER', 'text')
  const connectors = [lab.open().connector, other.open().connector]
  lab.server.disturb = () => ({ delayMs: 3 })
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, turn) => {
      const leaving = new AbortController()
      if (turn % 3 === 0) setTimeout(() => leaving.abort(new Error('gone')), turn % 7)
      const context = { signal: leaving.signal, deadline: Date.now() + 20_000 }
      const answer = await connectors[turn % 2]!.read(rowsOf(things, [who]), context).catch(() => undefined)
      return { expected: turn % 2 === 0 ? 'A' : 'B', found: answer?.rows[0]?.[0] }
    }),
  )
  for (const { expected, found } of answers) expect([expected, undefined]).toContain(found)
  expect(answers.filter(({ found }) => found !== undefined).length).toBeGreaterThan(30)
  await other.tidyUp()
  expect(other.server.troubles).toEqual([])
})
