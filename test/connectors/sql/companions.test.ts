/** Rows of other tables in the statement of a list: the same that would be asked for alone, or left out and said so. */

import { type Companion, type KeyedRequest, type PackedAnswer, type Row, type RowsRequest, unpacked } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith, noPostgres } from './servers.ts'

const [id, street, house] = [engine('id', 'int'), engine('strasse', 'int'), engine('haus', 'int')]
const [name, time, free] = [open('name', 'text'), open('zeit', 'datetime'), open('frei', 'int')]

describeWith(noPostgres, 'companions at PostgreSQL', () => {
  let lab: Lab
  let opened: ReturnType<Lab['open']>

  beforeAll(async () => {
    lab = await openLab('postgres')
    await lab.run(
      'create table strasse (id int primary key, name text)',
      `insert into strasse select n, 'Straße ' || n from generate_series(1, 40) n`,
      'create table ohne as table strasse',
      'create table textlich as select id::text as id, name from strasse',
      'create unique index on textlich (id)',
      'create table haus (id int primary key, name text, strasse int)',
      // Some stand in no street, some in one that is not there.
      `insert into haus select n, 'Haus ' || n, nullif(n * 7 % 50, 3) from generate_series(1, 60) n`,
      'create table stand (id int primary key, haus int, zeit timestamptz not null, frei int)',
      `insert into stand select n, n % 70, '2026-01-01Z'::timestamptz + (n * 37 % 500) * interval '1 minute', n % 11 from generate_series(1, 2000) n where n % 70 <> 5`,
      'create index on stand (haus, zeit desc)',
    )
    opened = lab.open()
  })

  afterAll(() => lab.tidyUp())

  const inStreet = (table: string, more: Partial<Companion> = {}): Companion => ({
    dataset: tableAs(table, id),
    columns: [name, id],
    match: [id],
    left: [street],
    orderBy: [{ column: id, direction: 'asc', nulls: 'last' }],
    perKey: 1,
    ...more,
  })
  const latest = (more: Partial<Companion> = {}): Companion => ({
    dataset: tableAs('stand', id),
    columns: [time, free, house],
    match: [house],
    left: [id],
    orderBy: [
      { column: time, direction: 'desc', nulls: 'last' },
      { column: id, direction: 'asc', nulls: 'last' },
    ],
    perKey: 3,
    ...more,
  })
  const houses = (companions: readonly Companion[], more: Partial<RowsRequest> = {}): RowsRequest =>
    rowsOf(tableAs('haus', id), [id, name, street], { ...more, companions })

  async function ask(request: RowsRequest) {
    const answers: PackedAnswer[] = [
      await opened.connector.readPacked!(request, patient()),
      await opened.connector.read(request, patient()),
    ]
    const [packed, plain] = answers.map(({ rows, alone }) => ({ rows: unpacked(rows), alone }))
    expect(packed).toEqual(plain)
    return packed!
  }

  /** Each list by itself, put together by hand. */
  async function expected({ companions = [], ...request }: RowsRequest): Promise<Row[]> {
    let rows = [...(await opened.connector.read(request, patient())).rows]
    for (const { left, ...companion } of companions) {
      const places = left.map(column => request.columns.indexOf(column))
      const next: Row[] = []
      for (const row of rows) {
        const key = places.map(place => row[place] ?? null)
        const asked = { ...companion, kind: 'keyed', keys: [key] } as KeyedRequest
        const found = key.includes(null) ? [] : (await opened.connector.read(asked, patient())).rows
        for (const more of found.length > 0 ? found : [companion.columns.map(() => null)]) next.push([...row, ...more])
      }
      rows = next
    }
    return rows
  }

  test.each<[string, RowsRequest]>([
    ['one of another table', houses([inStreet('strasse')])],
    ['one of each of two tables', houses([inStreet('strasse'), inStreet('strasse', { columns: [id] })], { limit: 17 })],
    ['one that has to meet a condition', houses([inStreet('strasse', { where: { op: 'lt', column: id, value: 20 } })])],
    ['several of another table', houses([latest()], { limit: 25 })],
    ['several under a condition', houses([latest({ where: { op: 'gte', column: free, value: 5 }, perKey: 4 })])],
    ['several after a place', houses([latest({ position: { after: ['2026-01-01T05:00:00Z', 900] } })])],
    ['one and several', houses([inStreet('strasse'), latest()], { limit: 10, position: { after: [30] } })],
    [
      'one, of rows in another order, from the back',
      houses([inStreet('strasse')], {
        orderBy: [
          { column: name, direction: 'desc', nulls: 'last' },
          { column: id, direction: 'desc', nulls: 'last' },
        ],
        limit: 9,
      }),
    ],
  ])('bring %s along', async (_what, request) => {
    opened.calls.length = 0
    const { rows, alone } = await ask(request)
    expect(opened.calls.filter(({ statement }) => statement.includes(' lateral '))).toHaveLength(2)
    expect(alone).toBeUndefined()
    expect(rows.length).toBeGreaterThan(5)
    expect(rows).toEqual(await expected(request))
  })

  test.each([
    ['no index leads to them', 'ohne'],
    ['they are kept as another type', 'textlich'],
  ])('are left out where %s', async (_why, table) => {
    const request = houses([inStreet(table, { match: [table === 'textlich' ? engine('id', 'text') : id] })], { limit: 5 })
    const { rows, alone } = await ask(request)
    expect(alone).toBe(true)
    expect(rows).toEqual(await expected({ ...request, companions: [] }))
  })

  test('are asked for in a statement that reads so', async () => {
    opened.calls.length = 0
    await opened.connector.read(houses([inStreet('strasse'), latest({ where: { op: 'gte', column: free, value: 5 } })]), patient())
    expect(opened.calls.at(-1)!.statement.split(/(?= from \(| left join )/)).toEqual([
      'select p.c0, p.c1, p.c2, a0.c0, a0.c1, a1.c0, a1.c1, a1.c2',
      ' from (select t."id" as c0, t."name" as c1, t."strasse" as c2 from "haus" t order by t."id" asc limit 1000) p',
      ' left join lateral (select t."name" as c0, t."id" as c1 from "strasse" t where t."id" = p.c2 order by t."id" asc limit 1) a0 on true',
      ' left join lateral (select t."zeit" as c0, t."frei" as c1, t."haus" as c2 from "stand" t where t."haus" = p.c0 and t."frei" >= $1::bigint order by t."zeit" desc, t."id" asc limit 3) a1 on true',
    ])
  })
})
