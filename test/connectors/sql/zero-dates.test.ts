/** Are days that no calendar has, which MySQL and MariaDB keep, missing values in every order, filter and group? */

import { answerLocally, type LocalRow } from '../../../src/connectors/shared/local.ts'
import { compile, type Statement } from '../../../src/connectors/sql/compile/index.ts'
import { type ColumnFacts, mariadb } from '../../../src/connectors/sql/dialects/index.ts'
import type {
  AggregateRequest,
  Cell,
  Column,
  Condition,
  Connector,
  KeyedRequest,
  OpenField,
  Order,
  Row,
  RowsRequest,
} from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { keysOf, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { asMariadb, describeWith, noMariadb, numbersTo } from './servers.ts'

const id = engine('id', 'int')
const p = engine('p', 'int')
const days = ['0000-00-00', '2026-02-28', '2026-02-30', '2026-03-01', '0000-00-00', '2026-00-01', '2026-03-01', '2025-12-00', '1999-12-31']

/** A TIMESTAMP keeps of all those days only the zero. */
const instants = days.map(day => (/-00|-30/.test(day) && day !== '0000-00-00' ? '0000-00-00' : day))

const kinds = [
  { name: 'tag', stored: 'date', type: 'date', values: days },
  { name: 'wann', stored: 'datetime(3)', type: 'datetime', values: days.map(day => (day === '2026-03-01' ? `${day} 07:30:00.125` : day)) },
  { name: 'stand', stored: 'timestamp', type: 'datetime', values: instants },
] as const

const indexes = {
  'no index': [],
  'an index upwards': ['index (#)', 'index (p, #)'],
  'an index downwards': ['index (# desc)', 'index (p, # desc)'],
}

const columns = kinds.flatMap(kind =>
  [true, false].map(nullable => ({ ...kind, nullable, field: open(`${kind.name}_${nullable ? 'vielleicht' : 'immer'}`, kind.type) })),
)

describeWith(noMariadb, 'in MariaDB', () => {
  let lab: Lab
  let connector: Connector

  beforeAll(async () => {
    lab = await openLab('mariadb')
    const names = columns.map(({ field }) => field.column)
    const rows = Array.from({ length: 23 }, (_, at) => {
      const cells = columns.map(({ values, nullable }, place) =>
        nullable && (at + place) % 4 === 0 ? 'null' : `'${values[(at * 5 + place * 2 + (at >> 2)) % values.length]}'`,
      )
      return `(${((at * 7) % 23) + 1}, ${at % 3}, ${cells.join()})`
    })
    const created = Object.values(indexes).map((more, at) => {
      const keys = columns.flatMap(({ field }) => more.map(one => one.replace('#', field.column)))
      const stored = columns.map(({ field, stored, nullable }) => `${field.column} ${stored} ${nullable ? 'null' : `not null default 0`}`)
      return `create table dinge${at} (${['id int primary key', 'p int', ...stored, ...keys].join()})`
    })
    await lab.run(
      `set sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'`,
      ...created,
      ...created.map((_, at) => `insert into dinge${at} (id, p, ${names}) values ${rows.join()}`),
    )
    connector = lab.open({ connections: 1 }).connector
  })

  afterAll(() => lab.tidyUp())

  const datasets = Object.keys(indexes).map((name, at) => [name, tableAs(`dinge${at}`)] as const)

  describe.each(
    columns.flatMap(column =>
      datasets.map(([index, dataset]) => [`${column.stored}${column.nullable ? '' : ' not null'}`, index, column, dataset] as const),
    ),
  )('a column of %s with %s', (_stored, _index, { field, values, nullable }, dataset) => {
    let local: readonly LocalRow[]

    const ask = async (request: RowsRequest | KeyedRequest | AggregateRequest) => (await connector.read(request, patient())).rows
    const expected = (request: RowsRequest | KeyedRequest | AggregateRequest) => answerLocally(request, local)

    beforeAll(async () => {
      const rows = await ask(rowsOf(dataset, [id, p, field]))
      local = rows.map(row => column => row[[id, p, field].findIndex(known => known.column === column.column)]!)
    })

    /** All pages of a list, one after the other. */
    const paged = async (request: RowsRequest): Promise<Row[]> => {
      const found: Row[] = []
      for (let turn = 0; turn < 40; turn++) {
        const last = found.at(-1)
        const rows = await ask({ ...request, ...(last && { position: { after: [last[1]!, last[0]!] } }) })
        found.push(...rows)
        if (rows.length < request.limit) break
      }
      return found
    }

    test('serves what is no day as missing', async () => {
      const { rows, problems } = await connector.read(rowsOf(dataset, [id, field]), patient())
      const real = values.filter(value => !/-00|-30/.test(value)).length
      expect(rows).toHaveLength(23)
      expect(problems?.[`unreadable ${field.type}`]).toBeGreaterThan(3)
      expect(rows.filter(([, cell]) => cell !== null).length).toBeGreaterThan(real)
      expect(nullable).toBe(rows.filter(([, cell]) => cell === null).length > problems![`unreadable ${field.type}`]!)
    })

    test.each(orders(field))('has every row once and in its place: %s', async (_name, orderBy) => {
      for (const limit of [1, 2, 3, 7]) {
        const request = rowsOf(dataset, [id, field], { orderBy, limit })
        expect(await paged(request)).toEqual(expected({ ...request, limit: 100 }))
      }
      for (const where of [...conditions(field), { op: 'eq', column: p, value: 1 } as const]) {
        const request = rowsOf(dataset, [id, field], { orderBy, limit: 5, where })
        expect([where, await paged(request)]).toEqual([where, expected({ ...request, limit: 100 })])
      }
      for (const skip of [1, 9, 15, 22]) {
        const request = rowsOf(dataset, [id, field], { orderBy, limit: 4, position: { skip } })
        expect(await ask(request)).toEqual(expected(request))
      }
    })

    test('is missing in every condition, whatever stands around it', async () => {
      for (const one of conditions(field)) {
        for (const where of around(one)) {
          const request = rowsOf(dataset, [id], { where })
          expect([where, await ask(request)]).toEqual([where, expected(request)])
        }
      }
    })

    test.each(orders(field))('gives each key its rows in their order: %s', async (_name, orderBy) => {
      const places: (readonly Cell[] | undefined)[] = [
        undefined,
        ...local.filter((_, at) => at % 3 === 0).map(row => [row(field), row(id)]),
      ]
      for (const [at, after] of places.entries()) {
        for (const keys of [[0], [0, 1, 2, 7]]) {
          const more = { columns: [p, id, field], orderBy, perKey: (at % 3) + 1, ...(after && { position: { after } }) }
          const request = { ...keysOf(dataset, p, [], more), keys: keys.map(key => [key]) }
          expect(await keyed(request, ask)).toEqual(expected(request))
        }
      }
      const page = { columns: [p, id, field], orderBy, perKey: 4, position: { skip: 3 } } as const
      const skipping = { ...keysOf(dataset, p, [], page), keys: [[0], [1], [2]] }
      expect(await keyed(skipping, ask)).toEqual(expected(skipping))
    })

    test('finds the rows of a day among the keys', async () => {
      const real = [...new Set(local.map(row => row(field)).filter(cell => cell !== null))] as string[]
      for (const keys of [real.slice(0, 1), real]) {
        for (const perKey of [1, 5]) {
          const request = keysOf(dataset, field, keys, { columns: [field, id], perKey })
          expect((await ask(request)).map(String).sort()).toEqual(expected(request).map(String).sort())
        }
      }
    })

    test('is one group, has no least and is not counted', async () => {
      const measures = [
        { function: 'count' },
        ...(['count', 'countDistinct', 'min', 'max'] as const).map(name => ({ function: name, column: field })),
      ] as const
      for (const groupBy of [[], [field], [p], [p, field]]) {
        for (const where of [undefined, ...conditions(field)]) {
          const request: AggregateRequest = { kind: 'aggregate', dataset, groupBy, measures, limit: 100, ...(where && { where }) }
          expect([where, await ask(request)]).toEqual([where, expected(request)])
        }
      }
    })
  })
})

describeWith(noMariadb, 'in MariaDB', () => {
  const table = tableAs('messung')
  const newest = (column: OpenField): readonly Order[] => [
    { column, direction: 'desc', nulls: 'last' },
    { column: id, direction: 'asc', nulls: 'last' },
  ]
  const wann = open('wann', 'datetime')
  const stand = open('stand', 'datetime')
  const indexes = [['id'], ['wann'], ['stand'], ['p', 'wann'], ['p', 'stand'], ['wann']]
  const factsOf = ({ column }: Column): ColumnFacts => ({ stored: column === 'wann' ? 'clock' : column === 'stand' ? 'instant' : 'int' })
  const after = (column: OpenField) => ({ orderBy: newest(column), limit: 5, position: { after: ['2026-02-03T00:00:00Z', 7] } }) as const
  let lab: Lab

  beforeAll(async () => {
    lab = await openLab('mariadb')
    await lab.run(
      `set time_zone = '+00:00', sql_mode = ''`,
      'create table messung (id int primary key, p int not null, wann datetime not null, stand timestamp not null default 0, index (wann desc), index (stand desc), index (p, wann desc), index (p, stand desc), index (wann))',
      `insert into messung select seq, seq % 10, '2026-01-01' + interval seq hour, '2026-01-01' + interval seq hour from ${numbersTo(3_000)}`,
      'update messung set wann = 0, stand = 0 where id % 100 = 0',
      'analyze table messung',
    )
  })

  afterAll(() => lab.tidyUp())

  test.each<readonly [string, number, RowsRequest | KeyedRequest]>([
    ['the newest', 40, rowsOf(table, [id, wann], { orderBy: newest(wann), limit: 5 })],
    ['the newest instants', 10, rowsOf(table, [id, stand], { orderBy: newest(stand), limit: 5 })],
    ['those after some', 40, rowsOf(table, [id, wann], after(wann))],
    ['the instants after some', 10, rowsOf(table, [id, stand], after(stand))],
    ['the newest of one key', 40, keysOf(table, p, ['3'], { columns: [p, id], orderBy: newest(wann), perKey: 5 })],
    ['the newest of each key', 120, keysOf(table, p, ['1', '3', '5'], { columns: [p, id], orderBy: newest(wann), perKey: 5 })],
    ['the newest instants of each key', 50, keysOf(table, p, ['1', '3', '5'], { columns: [p, id], orderBy: newest(stand), perKey: 5 })],
    ['one moment', 10, rowsOf(table, [id], { where: { op: 'eq', column: wann, value: '2026-02-03T00:00:00Z' } })],
    ['the first ones from a moment on', 10, rowsOf(table, [id], upcoming(wann))],
    ['the rows of a moment among the keys', 15, keysOf(table, wann, ['2026-02-03T00:00:00Z', '2026-02-04T00:00:00Z'])],
  ])('an index leads to %s: no more than %i of 3,000 rows are read', async (_what, most, request) => {
    const { connector, calls } = lab.open({ connections: 1 })
    const { rows } = await connector.read(request, patient())
    expect(rows.length).toBeGreaterThan(0)
    const known = {
      dialect: mariadb,
      dataset: table,
      facts: factsOf,
      table: { indexes, downwards: indexes.slice(1, 5), present: ['id', 'p', 'wann', 'stand'] },
    }
    const [statement] = compile(request, known).statements
    expect(statement!.text).toBe(calls.at(-1)!.statement)
    expect(await rowsRead(statement!)).toBeLessThanOrEqual(most)
  })

  test.each(['asc', 'desc'] as const)('a zero in the key is passed once: %s', async direction => {
    const tag = engine('tag', 'date')
    const byDay = { ...tableAs('bericht'), key: [p, tag] }
    const rows = [0, 1, 2].flatMap(key => ['0000-00-00', '2026-01-01', '2026-01-02'].map(day => [key, day]))
    const created = ['drop table if exists bericht', 'create table bericht (p int, tag date, primary key (p, tag))']
    await lab.run(...created, `set sql_mode = ''`, `insert into bericht values ${rows.map(([key, day]) => `(${key}, '${day}')`).join()}`)
    const { connector } = lab.open()
    const orderBy = [p, tag].map(column => ({ column, direction, nulls: 'last' }) as const)
    const served = rows.map(([key, day]) => [key, day === '0000-00-00' ? null : day])
    for (const limit of [1, 2, 4]) {
      const found: Row[] = []
      for (let more = true; more && found.length < 20; ) {
        const last = found.at(-1)
        const page = rowsOf(byDay, [p, tag], { orderBy, limit, ...(last && { position: { after: last } }) })
        const answer = await connector.read(page, patient())
        found.push(...answer.rows)
        more = answer.rows.length === limit
      }
      expect(found).toEqual(direction === 'asc' ? served : served.toReversed())
    }
  })

  const rowsRead = ({ text, bindings }: Statement): Promise<number> =>
    asMariadb(async admin => {
      await admin.query(`set time_zone = '+00:00', sql_mode = ''; flush status`)
      await admin.execute(
        text,
        bindings.map(({ value }) => String(value)),
      )
      const [counts] = await admin.query(`show session status like 'handler_read%'`)
      return (counts as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0)
    }, String(lab.connection.database))
})

function upcoming(column: OpenField): Partial<RowsRequest> {
  const orderBy: readonly Order[] = [
    { column, direction: 'asc', nulls: 'last' },
    { column: id, direction: 'asc', nulls: 'last' },
  ]
  return { orderBy, limit: 5, where: { op: 'gte', column, value: '2026-02-03T00:00:00Z' } }
}

/** Forwards and backwards, the key settling ties. */
function orders(field: OpenField): (readonly [string, readonly Order[]])[] {
  return (['asc', 'desc'] as const).flatMap(direction =>
    (['first', 'last'] as const).flatMap(nulls =>
      (['asc', 'desc'] as const).map(
        key =>
          [
            `${direction}, missing ones ${nulls}, then the key ${key}`,
            [
              { column: field, direction, nulls },
              { column: id, direction: key, nulls: 'last' },
            ],
          ] as const,
      ),
    ),
  )
}

function conditions(field: OpenField): readonly Condition[] {
  const value = field.type === 'date' ? '2026-02-28' : '2026-02-28T00:00:00Z'
  const other = field.type === 'date' ? '1999-12-31' : '1999-12-31T00:00:00Z'
  const comparisons = (['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const).map(op => ({ op, column: field, value }) as const)
  return [
    ...comparisons,
    { op: 'isNull', column: field, value: true },
    { op: 'isNull', column: field, value: false },
    { op: 'in', column: field, values: [value, other] },
    { op: 'notIn', column: field, values: [value, other] },
    { op: 'keys', columns: [field], keys: [[value], [other]] },
  ]
}

function around(one: Condition): readonly Condition[] {
  const odd: Condition = { op: 'in', column: p, values: [1] }
  return [
    one,
    { op: 'not', of: one },
    { op: 'not', of: { op: 'not', of: one } },
    { op: 'and', of: [odd, one] },
    { op: 'or', of: [odd, one] },
    { op: 'not', of: { op: 'and', of: [odd, one] } },
    { op: 'not', of: { op: 'or', of: [odd, one] } },
    {
      op: 'or',
      of: [
        { op: 'and', of: [odd, one] },
        { op: 'not', of: { op: 'or', of: [odd, one] } },
      ],
    },
  ]
}

/** Keys come in no order; the rows of each do. */
async function keyed(request: KeyedRequest, ask: (request: KeyedRequest) => Promise<readonly Row[]>): Promise<Row[]> {
  const byKey = Map.groupBy(await ask(request), ([key]) => String(key))
  return request.keys.flatMap(([key]) => byKey.get(String(key)) ?? [])
}
