/** Does a database give the same rows as a plain reading of the request, whatever is asked together? */

import fc from 'fast-check'
import { isScalar } from '../../../src/connectors/shared/compare.ts'
import { answerLocally, type LocalRow } from '../../../src/connectors/shared/local.ts'
import type {
  Cell,
  Column,
  Condition,
  Connector,
  OpenField,
  Order,
  Row,
  RowsRequest,
  Scalar,
  SourceRequest,
} from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { type Kind, kinds, type Lab, openLab, tableAs } from './lab.ts'
import { describeWith } from './servers.ts'

const id = engine('id', 'int')
const numbers = open('zahl', 'int')
const big = open('gross', 'bigint')
const amounts = open('betrag', 'decimal')
const ratios = open('anteil', 'float')
const flags = open('ja', 'boolean')
const days = open('tag', 'date')
const clocks = open('ortszeit', 'datetime', { zone: 'Europe/Berlin' })
const instants = open('wann', 'datetime')
const codes = open('schluessel', 'code')
const words = open('wort', 'text')
const fields = [numbers, big, amounts, ratios, flags, days, clocks, instants, codes, words]
/** Texts have the order of the database's own collation, which no model of ours knows. */
const sortable = fields.filter(field => field !== words && field !== codes)
const things = tableAs('dinge')

const values: ReadonlyMap<OpenField, readonly Cell[]> = new Map<OpenField, readonly Cell[]>([
  [numbers, [0, 1, -5, 2147483647, 42]],
  [big, ['0', '9007199254740993', '-9223372036854775808', '9223372036854775807']],
  [amounts, ['0', '0.1', '-12.5', '1000000', '0.3']],
  [ratios, [0, 0.1, -2.5e-7, 1.5e20]],
  [flags, [true, false]],
  [days, ['2026-03-29', '1999-12-31', '2024-02-29']],
  // Around both changes of the clock; the second pass of the doubled hour cannot be stored, but it can be asked for.
  [clocks, ['2026-10-25T00:30:00Z', '2026-10-25T02:00:00Z', '2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-07-01T10:00:00.5Z']],
  [instants, ['2026-10-25T01:30:00Z', '2026-01-01T00:00:00.123456Z', '1970-01-01T00:00:00Z']],
  [codes, ['1', '2', 'X-9', 'x-9']],
  [words, ['', 'Eiche', 'eiche', 'Öl', 'OL', '100 %', 'a_b', "O'Brien", 'ende ']],
])
const strangers: ReadonlyMap<OpenField, readonly Cell[]> = new Map<OpenField, readonly Cell[]>([
  [clocks, ['2026-10-25T01:30:00Z', '2026-10-25T01:00:00Z', '2026-07-01T10:00:00.5000001Z']],
  [instants, ['2026-01-01T00:00:00.1234567Z', '2026-01-01T00:00:00.12345Z']],
  [amounts, ['0.10000000001', '99999999999999']],
  [words, ['%', 'EICHE', 'ende', '!']],
])

const columns: readonly Column[] = [id, ...fields]
const rows: readonly Row[] = Array.from({ length: 60 }, (_, at) => [
  at + 1,
  ...fields.map((field, place) => {
    const known = values.get(field)!
    const pick = (at * (place + 3) + (at >> 2) * 7 + place) % (known.length + 1)
    return pick === known.length ? null : known[pick]!
  }),
])

const types: Readonly<Record<Kind, string>> = {
  postgres:
    'zahl int, gross bigint, betrag numeric(30, 10), anteil double precision, ja boolean, tag date, ortszeit timestamp, wann timestamptz, schluessel varchar(5), wort text',
  mariadb:
    'zahl int, gross bigint, betrag decimal(30, 10), anteil double, ja boolean, tag date, ortszeit datetime(6), wann datetime(6), schluessel varchar(5), wort varchar(50)',
  sqlite:
    'zahl int, gross int, betrag decimal, anteil real, ja boolean, tag text, ortszeit text, wann text, schluessel text, wort text collate nocase',
}

describe.each(kinds)('%s', (kind, missing) => {
  describeWith(missing, 'compared with the model', () => {
    let lab: Lab
    let connector: Connector

    beforeAll(async () => {
      lab = await openLab(kind)
      await lab.run(
        `create table dinge (id int primary key, ${types[kind]})`,
        `insert into dinge values ${rows.map(row => `(${row.map((cell, at) => literal(cell, columns[at]!, kind)).join(', ')})`).join(', ')}`,
      )
      connector = lab.open().connector
    })
    afterAll(() => lab.tidyUp())

    const ask = async (request: SourceRequest): Promise<readonly Row[]> => (await connector.read(request, patient())).rows

    test.each(fields.map(field => [field.name, field] as const))(
      'every comparison of %s with every value finds the rows it should',
      async (_name, field) => {
        for (const value of cellsOf(field)) {
          for (const op of comparisonsOf(field)) {
            const request: RowsRequest = {
              kind: 'rows',
              dataset: things,
              columns: [id],
              where: { op, column: field, value },
              orderBy: [last],
              limit: 100,
            }
            expect({ op, value, rows: await ask(request) }).toEqual({ op, value, rows: modelled(request) })
          }
        }
      },
    )

    test('any filter in any order, page by page, shows every row once and in its place', async () => {
      await fc.assert(
        fc.asyncProperty(conditions, orders, fc.constantFrom(1, 4, 7, 100), async (where, orderBy, size) => {
          const request: RowsRequest = {
            kind: 'rows',
            dataset: things,
            columns: [id, ...orderBy.map(({ column }) => column)],
            where,
            orderBy,
            limit: size,
          }
          const expected = modelled({ ...request, limit: 10_000 })
          expect(await paged(request, ask)).toEqual(expected)
        }),
        { numRuns: 100, seed: 20_261_122 },
      )
    }, 120_000)

    test('any filter in any order gives each key its own first rows', async () => {
      const wish = fc.record({
        where: conditions,
        orderBy: orders,
        perKey: fc.constantFrom(1, 2, 50),
        skip: fc.constantFrom(0, 1, 3),
        match: fc.constantFrom(codes, numbers, flags),
      })
      await fc.assert(
        fc.asyncProperty(wish, async ({ where, orderBy, perKey, skip, match }) => {
          const keys = [...values.get(match)!].map(cell => [cell as string | number | boolean])
          const request = {
            kind: 'keyed',
            dataset: things,
            columns: [match, id],
            match: [match],
            keys,
            where,
            orderBy,
            perKey,
            position: { skip },
          } as const
          const byKey = (found: readonly Row[]) => Object.groupBy(found, ([key]) => String(key))
          expect(byKey(await ask(request))).toEqual(byKey(modelled(request)))
        }),
        { numRuns: 300, seed: 20_261_122 },
      )
    }, 120_000)

    test('any filter and any groups are counted and summed alike', async () => {
      const measures = [
        { function: 'count' },
        { function: 'count', column: words },
        { function: 'countDistinct', column: words },
        { function: 'countDistinct', column: clocks },
        { function: 'sum', column: numbers },
        { function: 'sum', column: big },
        { function: 'sum', column: amounts },
        { function: 'min', column: amounts },
        { function: 'max', column: clocks },
        { function: 'min', column: instants },
        { function: 'max', column: days },
        { function: 'max', column: flags },
      ] as const
      await fc.assert(
        fc.asyncProperty(
          conditions,
          fc.subarray([codes, flags, days, words, clocks, numbers], { maxLength: 2 }),
          async (where, groupBy) => {
            const request = { kind: 'aggregate', dataset: things, groupBy, measures, where, limit: 1_000 } as const
            const sorted = (found: readonly Row[]): string[] => found.map(row => JSON.stringify(row)).sort()
            expect(sorted(await ask(request))).toEqual(sorted(modelled(request)))
          },
        ),
        { numRuns: 300, seed: 20_261_122 },
      )
    }, 120_000)

    test('averages are floats, not whole numbers', async () => {
      const measures = [
        { function: 'avg', column: numbers },
        { function: 'avg', column: amounts },
        { function: 'avg', column: ratios },
      ] as const
      const request = { kind: 'aggregate', dataset: things, groupBy: [], measures, limit: 1 } as const
      const [found, expected] = [(await ask(request))[0]!, modelled(request)[0]!]
      for (const [at, cell] of found.entries()) expect(Number(cell) / Number(expected[at])).toBeCloseTo(1, 12)
    })
  })
})

/** Page after page, each from the last row of the one before. */
async function paged(request: RowsRequest, ask: (request: RowsRequest) => Promise<readonly Row[]>): Promise<Row[]> {
  const found: Row[] = []
  for (let turn = 0; turn <= rows.length; turn++) {
    const last = found.at(-1)
    // The last column of the order is the key, which is the first of the row.
    const after = last && [...last.slice(1, request.orderBy.length), last[0]!]
    const page = await ask({ ...request, ...(after && { position: { after } }) })
    found.push(...page)
    if (page.length < request.limit) return found
  }
  throw new Error('paging never ended')
}

function modelled(request: SourceRequest): readonly Row[] {
  return answerLocally(
    request,
    rows.map(
      (row): LocalRow =>
        column =>
          row[columns.findIndex(known => known.column === column.column)]!,
    ),
  )
}

function literal(cell: Cell, column: Column, kind: Kind): string {
  if (cell === null) return 'null'
  if (typeof cell === 'boolean') return kind === 'postgres' ? String(cell) : cell ? '1' : '0'
  if (typeof cell === 'number' || column.type === 'bigint' || column.type === 'decimal') return String(cell)
  return `'${asStored(String(cell), column, kind).replaceAll("'", "''")}'`
}

function asStored(text: string, column: Column, kind: Kind): string {
  if (column.type !== 'datetime') return text
  if (column.zone) return new Date(text).toLocaleString('sv', { timeZone: column.zone }) + (/\.\d+/.exec(text)?.[0] ?? '')
  return kind === 'mariadb' ? text.replace('T', ' ').replace('Z', '') : text
}

const order = fc.record({
  column: fc.constantFrom(...sortable),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  nulls: fc.constantFrom('first' as const, 'last' as const),
})
const last: Order = { column: id, direction: 'asc', nulls: 'last' }
const orders: fc.Arbitrary<readonly Order[]> = fc
  .uniqueArray(order, { maxLength: 3, selector: ({ column }) => column.column })
  .map(some => [...some, last])

function cellsOf(field: OpenField): readonly Scalar[] {
  return [...values.get(field)!, ...(strangers.get(field) ?? [])].filter(isScalar)
}

function comparisonsOf(field: OpenField): readonly ('eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte')[] {
  return sortable.includes(field) && field !== flags ? ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] : ['eq', 'ne']
}

function leafOf(field: OpenField): fc.Arbitrary<Condition> {
  const value = fc.constantFrom(...cellsOf(field))
  return fc.oneof(
    fc.record({ op: fc.constantFrom(...comparisonsOf(field)), column: fc.constant(field), value }),
    fc.record({
      op: fc.constantFrom('in' as const, 'notIn' as const),
      column: fc.constant(field),
      values: fc.array(value, { maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('isNull' as const), column: fc.constant(field), value: fc.boolean() }),
    ...(field === words
      ? [
          fc.record({
            op: fc.constantFrom('contains' as const, 'startsWith' as const),
            column: fc.constant(field),
            value: value.map(cell => String(cell).slice(0, 2)),
          }),
        ]
      : []),
  )
}

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  ...fields.map(leafOf),
  fc.record({
    op: fc.constant('keys' as const),
    columns: fc.constant([codes, numbers]),
    keys: fc.array(fc.tuple(fc.constantFrom('1', '2', 'x-9'), fc.constantFrom(0, 1, 42)), { maxLength: 4 }),
  }),
)
const { tree: conditions } = fc.letrec<{ tree: Condition }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
    leaf,
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
  ),
}))
