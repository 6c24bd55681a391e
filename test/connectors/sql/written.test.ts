/** Do databases that compare what they store give the answers of values as they are served? Compared with the gateway's own engine. */

import { localEngine } from '../../../src/connectors/shared/engine.ts'
import type { AggregateRequest, Answer, Cell, Column, Condition, Order, Row, Scalar } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { type Kind, keysOf, kinds, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith } from './servers.ts'

const id = engine('id', 'int')
const things = tableAs('dinge')
const name = open('name', 'text', { written: { missing: ['', 'k. A.'] } })
const knapp = open('knapp', 'text', { column: 'name', written: { trim: true, missing: ['k. A.'] } })
const padded = open('kuerzel', 'code', { column: 'kuerzel', written: { missing: ['000'] } })
const gesund = open('gesund', 'boolean', { written: { true: ['J', 'ja'], false: ['N', ''], missing: ['?'] } })
const hoehe = open('hoehe', 'decimal', { written: { missing: ['-9999'] } })
const jahr = open('jahr', 'int', { written: { missing: ['-1'] } })
const stand = open('stand', 'datetime', { column: 'ms', written: { epoch: 'ms', missing: ['0'] } })
const uhr = open('uhr', 'datetime', { column: 's', zone: 'Europe/Berlin', written: { epoch: 's' } })
const all: readonly Column[] = [id, name, knapp, padded, gesund, hoehe, jahr, stand, uhr]

const values = `
  (1, 'Linde', 'A', 'J', 2.10, 1990, 1782900000500, 1792888200),
  (2, ' Linde ', 'a', 'ja', -9999, -1, 0, 1792891800),
  (3, '', '000', 'N', 0, 1991, 1782900000501, null),
  (4, '   ', 'AB', '', -9999.00, null, 1782900000499, 1792895400),
  (5, 'k. A.', null, ' J ', 12.5, 2026, null, 1767225600),
  (6, ' k. A. ', '007', 'vielleicht', null, -1, 0, 0),
  (7, null, 'A', null, 2.1, 1990, -1, -86400),
  (8, 'linde', 'a', '?', 3, 1990, 1782900000500, 1792888200),
  (9, 'LINDE', '000', 'JA', -9998, 0, 253402300799999, 1),
  (10, 'Öl', ' A', 'N', 100000, 1, 1, 1782900000)`

const tables: Readonly<Record<Kind, string>> = {
  postgres:
    'create table dinge (id int primary key, name varchar(20), kuerzel char(4), gesund varchar(12), hoehe numeric(10, 2), jahr int, ms bigint, s int)',
  mariadb:
    'create table dinge (id int primary key, name varchar(20), kuerzel char(4), gesund varchar(12), hoehe decimal(10, 2), jahr int, ms bigint, s bigint)',
  sqlite:
    'create table dinge (id integer primary key, name varchar(20) collate nocase, kuerzel char(4), gesund varchar(12), hoehe numeric, jahr int, ms int, s int)',
}

const texts = ['Linde', ' Linde ', 'linde', '', 'k. A.', 'Öl', 'A', 'a', 'AB', '000', '007']
const instants = [
  '2026-07-01T10:00:00.5Z',
  '2026-07-01T10:00:00.5004Z',
  '1970-01-01T00:00:00Z',
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:30:00Z',
  '9999-12-31T23:59:59.999Z',
]
const asked: readonly (readonly [Column, readonly Scalar[]])[] = [
  [name, texts],
  [knapp, texts],
  [padded, texts],
  [gesund, [true, false]],
  [hoehe, ['2.1', '-9999', '0', '12.50', '-9998', '3.14']],
  [jahr, [1990, -1, 0, 2026]],
  [stand, instants],
  [uhr, instants],
]

const conditions: readonly Condition[] = asked.flatMap(([column, list]): Condition[] => {
  const equal = list.flatMap((value): Condition[] => [
    { op: 'eq', column, value },
    { op: 'ne', column, value },
  ])
  const ordered = ['text', 'code', 'boolean'].includes(column.type)
    ? []
    : list.flatMap(value => (['lt', 'lte', 'gt', 'gte'] as const).map((op): Condition => ({ op, column, value })))
  const searched = column.type === 'text' ? ['l', 'Lin', ' ', 'ö'].flatMap((value): Condition[] => [{ op: 'contains', column, value }]) : []
  const leaves: Condition[] = [
    ...equal,
    ...ordered,
    ...searched,
    { op: 'isNull', column, value: true },
    { op: 'isNull', column, value: false },
    { op: 'in', column, values: list.slice(0, 3) },
    { op: 'notIn', column, values: list.slice(0, 2) },
    { op: 'in', column, values: [] },
    { op: 'notIn', column, values: [] },
  ]
  return leaves.flatMap(leaf => [leaf, { op: 'not', of: leaf }])
})

describe.each(kinds)('%s', (kind, missing) => {
  describeWith(missing, 'values that are written in a way of their own', () => {
    let lab: Lab
    let rows: readonly Row[]
    let problems: Answer['problems']
    let opened: ReturnType<Lab['open']>

    beforeAll(async () => {
      lab = await openLab(kind)
      await lab.run(tables[kind], `insert into dinge values ${values}`)
      opened = lab.open()
      const answer = await opened.connector.read(rowsOf(things, all), patient())
      rows = answer.rows
      problems = answer.problems
    })
    afterAll(() => lab.tidyUp())

    const ids = (found: readonly Row[]): Cell[] => found.map(row => row[0]!)
    const here = (where: Condition): Cell[] => ids(localEngine.answer(rowsOf(things, [id], { where }), all, rows))

    test('are served as what they mean', () => {
      expect(rows.map(row => row.slice(1, 5))).toEqual([
        ['Linde', 'Linde', 'A', true],
        [' Linde ', 'Linde', 'a', true],
        [null, null, null, false],
        [null, null, 'AB', false],
        [null, null, null, true],
        [null, null, '007', null],
        [null, null, 'A', null],
        ['linde', 'linde', 'a', null],
        ['LINDE', 'LINDE', null, null],
        ['Öl', 'Öl', ' A', false],
      ])
      expect(rows.map(row => row[5])).toEqual(['2.1', null, '0', null, '12.5', null, '2.1', '3', '-9998', '100000'])
      expect(rows.map(row => row[7]).slice(0, 3)).toEqual(['2026-07-01T10:00:00.5Z', null, '2026-07-01T10:00:00.501Z'])
    })

    test('are counted as unreadable only where they are neither what is declared nor a marker', () => {
      // „vielleicht“ and „JA“.
      expect(problems).toEqual({ 'unreadable boolean': 2 })
    })

    test('are compared as what they mean: a marker is missing, and no other value', async () => {
      const wrong: unknown[] = []
      for (const where of conditions) {
        const there = ids((await opened.connector.read(rowsOf(things, [id], { where }), patient())).rows)
        if (JSON.stringify(there) !== JSON.stringify(here(where))) wrong.push([where, there, here(where)])
      }
      expect(wrong).toEqual([])
    }, 60_000)

    test.each([
      ['jahr', jahr],
      ['hoehe', hoehe],
      ['stand', stand],
      ['gesund', gesund],
    ] as const)('are sorted and paged by %s, what is missing where it was asked for', async (_name, column) => {
      for (const direction of ['asc', 'desc'] as const)
        for (const nulls of ['first', 'last'] as const) {
          const orderBy: Order[] = [
            { column, direction, nulls },
            { column: id, direction: 'asc', nulls: 'last' },
          ]
          const request = rowsOf(things, [id, column], { orderBy })
          const expected = localEngine.answer(request, all, rows)
          const found: Row[] = []
          for (let position: { after: Row } | undefined; found.length < expected.length; ) {
            const page = await opened.connector.read({ ...request, limit: 3, ...(position && { position }) }, patient())
            if (page.rows.length === 0) break
            found.push(...page.rows)
            const last = page.rows.at(-1)!
            position = { after: [last[1]!, last[0]!] }
          }
          expect(found).toEqual(expected)
        }
    })

    test('are grouped and measured as what they mean', async () => {
      const request: AggregateRequest = {
        kind: 'aggregate',
        dataset: things,
        groupBy: [gesund],
        measures: [
          { function: 'count' },
          { function: 'count', column: open('hoehe', 'decimal', hoehe) },
          { function: 'sum', column: open('hoehe', 'decimal', hoehe) },
          { function: 'max', column: open('stand', 'datetime', stand) },
          { function: 'countDistinct', column: open('name', 'text', name) },
        ],
        limit: 10,
      }
      const there = await opened.connector.read(request, patient())
      expect(there.rows).toEqual(localEngine.answer(request, all, rows))
      expect(there.problems ?? {}).toEqual({})
    })

    test.each([
      ['texts', knapp, ['Linde', 'linde', 'k. A.', '']],
      ['codes', padded, ['A', '007', '000']],
    ] as const)('are found by keys that are %s', async (_name, column, keys) => {
      const request = keysOf(things, column, keys, { columns: [column, id] })
      const there = await opened.connector.read(request, patient())
      expect([...there.rows].sort()).toEqual([...localEngine.answer(request, all, rows)].sort())
    })
  })
})

describe.each(kinds)('%s', (kind, missing) => {
  describeWith(missing, 'geometries in columns that are no geometry', () => {
    let lab: Lab
    const fields = (['geometry', 'point', 'polygon'] as const).map(type => open(type, type, { column: 'form', crs: 'EPSG:25832' }))

    beforeAll(async () => {
      lab = await openLab(kind)
      const long = kind === 'mariadb' ? 'longtext' : 'text'
      await lab.run(
        `create table formen (id int primary key, form ${long})`,
        `insert into formen values
          (1, 'POINT (513000 5278000)'),
          (2, 'SRID=25832;CURVEPOLYGON(CIRCULARSTRING(513000 5278000, 513010 5278010, 513020 5278000, 513010 5277990, 513000 5278000))'),
          (3, '0101000020E864000000000000C04F1F41000000004C225441'),
          (4, '{"type":"Point","coordinates":[513000,5278000]}'),
          (5, 'weiß nicht'), (6, 'POLYGON ((0 0, 1 1'), (7, ''), (8, null)`,
      )
    })
    afterAll(() => lab.tidyUp())

    test('are read; what cannot be read is missing and counted, and all other rows go out', async () => {
      const { connector } = lab.open()
      const { rows, problems } = await connector.read(rowsOf(tableAs('formen'), [id, ...fields]), patient())
      expect(rows).toHaveLength(8)
      expect(rows[0]![1]).toMatchObject({ type: 'Point', coordinates: [9.1735, 47.655].map(degree => expect.closeTo(degree, 2)) })
      expect(rows[1]).toEqual([2, expect.objectContaining({ type: 'Polygon' }), null, expect.objectContaining({ type: 'Polygon' })])
      expect(rows[3]!.slice(1)).toEqual([rows[0]![1], rows[0]![1], null])
      expect(rows[2]![1]).toMatchObject({ type: 'Point' })
      expect(rows.slice(4).map(row => row[1])).toEqual([null, null, null, null])
      // Two that are garbage in each field; one area that is no point, three points that are no area.
      expect(problems).toEqual({ 'unreadable geometry': 2, 'unreadable point': 3, 'unreadable polygon': 5 })
    })

    if (kind !== 'sqlite')
      test('are not filtered by: the database cannot', async () => {
        const { connector } = lab.open()
        const where: Condition = { op: 'bbox', column: fields[0]!, box: [9, 47, 10, 48] }
        const asked = connector.read(rowsOf(tableAs('formen'), [id], { where }), patient())
        await expect(asked).rejects.toMatchObject({
          code: 'SOURCE_CHANGED',
          log: expect.stringContaining('declared geometry but kept as text'),
        })
      })
    else
      test('are filtered by the gateway’s own functions', async () => {
        const { connector } = lab.open()
        const where: Condition = { op: 'bbox', column: fields[0]!, box: [9, 47, 10, 48] }
        const { rows } = await connector.read(rowsOf(tableAs('formen'), [id], { where }), patient())
        expect(rows).toEqual([[1], [2], [3], [4]])
      })
  })
})
