/** The catalogues of PostgreSQL and MariaDB help: first rows of many keys over an index, orders that an index has; the answers stay what they were. */

import type { Condition, KeyedRequest, RowsRequest } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { type Lab, openLab, tableAs } from './lab.ts'
import { describeWith, noMariadb, noPostgres, numbersTo } from './servers.ts'

const house = engine('haus', 'int')
const [id, time, free] = [engine('id', 'int'), open('zeit', 'datetime'), open('frei', 'int')]
const columns = [id, house, time, free]

/** `teils` has an index that does not lead to every row of a key. */
const tables: Readonly<Record<'postgres' | 'mariadb', readonly string[]>> = {
  postgres: [
    'create table ohne (id int primary key, haus int, zeit timestamptz not null, frei int)',
    `insert into ohne select n, n % 7, '2026-01-01Z'::timestamptz + (n * 37 % 500) * interval '1 minute', nullif(n % 11, 3)
      from generate_series(1, 2000) n`,
    'create table mit as table ohne',
    'alter table mit add primary key (id), alter zeit set not null',
    'create index on mit (haus, zeit desc)',
    'create table teils as table mit',
    'create index on teils (haus) where frei > 5',
    'create view sicht as table mit',
    'create table namen (id int primary key, name varchar(20))',
    `insert into namen values (1, 'Müller'), (2, 'muller'), (3, 'Müller'), (4, 'MÜLLER'), (5, 'Muller '), (6, null), (7, 'muller')`,
    'create index namen_name on namen (name)',
  ],
  mariadb: [
    'create table ohne (id int primary key, haus int, zeit datetime not null, frei int)',
    `insert into ohne select seq, seq % 7, timestamp('2026-01-01') + interval (seq * 37 % 500) minute, nullif(seq % 11, 3)
      from ${numbersTo(2_000)}`,
    'create table mit as select * from ohne',
    'alter table mit add primary key (id)',
    'create index mit_haus on mit (haus, zeit desc)',
    'create table teils as select * from mit',
    'create index teils_haus on teils (zeit, haus)',
    'create view sicht as select * from mit',
    'create table namen (id int primary key, name varchar(20))',
    `insert into namen values (1, 'Müller'), (2, 'muller'), (3, 'Müller'), (4, 'MÜLLER'), (5, 'Muller '), (6, null), (7, 'muller')`,
    'create index namen_name on namen (name)',
  ],
}

describe.each([
  ['postgres', noPostgres, 'cross join lateral'],
  ['mariadb', noMariadb, 'union all'],
] as const)('with an index and without', (kind, missing, words) => {
  describeWith(missing, kind, () => {
    let lab: Lab
    let opened: ReturnType<Lab['open']>

    beforeAll(async () => {
      lab = await openLab(kind)
      await lab.run(...tables[kind])
      opened = lab.open()
    })

    afterAll(async () => {
      await lab.tidyUp()
    })

    const keyed = (table: string, more: Partial<KeyedRequest> = {}): KeyedRequest => ({
      kind: 'keyed',
      dataset: tableAs(table, id),
      columns,
      match: [house],
      keys: [[3], [5], [99], [3]],
      orderBy: [
        { column: time, direction: 'desc', nulls: 'last' },
        { column: id, direction: 'asc', nulls: 'last' },
      ],
      perKey: 4,
      ...more,
    })

    async function ask(request: KeyedRequest | RowsRequest) {
      opened.calls.length = 0
      const { rows } = await opened.connector.read(request, { signal: new AbortController().signal, deadline: Date.now() + 5_000 })
      return { rows, statement: opened.calls.at(-1)!.statement }
    }

    const byHouse = (rows: readonly (readonly unknown[])[]) => rows.toSorted((a, b) => Number(a[1]) - Number(b[1]))

    const later: Condition = { op: 'gte', column: time, value: '2026-01-01T03:00:00Z' }
    test.each<[string, Partial<KeyedRequest>]>([
      ['the first rows', {}],
      ['rows of a condition', { where: later }],
      ['rows behind some', { position: { skip: 2 } }],
      ['rows after a place', { position: { after: ['2026-01-01T05:00:00Z', 900] } }],
      [
        'rows in the order of a column that misses values',
        {
          orderBy: [
            { column: free, direction: 'desc', nulls: 'last' },
            { column: id, direction: 'asc', nulls: 'last' },
          ],
        },
      ],
    ])('%s of many keys are the same over the index', async (_what, more) => {
      const [numbered, lateral] = [await ask(keyed('ohne', more)), await ask(keyed('mit', more))]
      expect(numbered.statement).not.toContain(words)
      expect(lateral.statement).toContain(words)
      expect(lateral.rows.length).toBeGreaterThan(0)
      expect(byHouse(lateral.rows)).toEqual(byHouse(numbered.rows))
    })

    test('keys that are texts find theirs, and no others that the database holds for the same', async () => {
      const name = open('name', 'text')
      const keys = [['Müller'], ['muller'], ['Muller'], ['keiner']]
      const asked = keyed('namen', { columns: [id, name], match: [name], keys, orderBy: [{ column: id, direction: 'asc', nulls: 'last' }] })
      const { rows, statement } = await ask(asked)
      expect(statement).toContain(words)
      expect(rows.toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
        [1, 'Müller'],
        [2, 'muller'],
        [3, 'Müller'],
        [7, 'muller'],
      ])
    })

    test('more keys than one statement should be made of are found as well', async () => {
      const keys = Array.from({ length: 100 }, (_, at) => [at])
      const [numbered, lateral] = [await ask(keyed('ohne', { keys })), await ask(keyed('mit', { keys }))]
      expect(byHouse(lateral.rows)).toEqual(byHouse(numbered.rows))
    })

    test.each(['teils', 'sicht'])('an index that does not lead to every row is not trusted (%s)', async table => {
      expect((await ask(keyed(table))).statement).not.toContain(words)
    })

    test.each<[string, Condition | undefined]>([
      ['without a condition', undefined],
      ['with one on the column', { op: 'gte', column: free, value: 2 }],
      ['with one that only missing values pass', { op: 'isNull', column: free, value: true }],
      ['with one beside others', { op: 'and', of: [later, { op: 'not', of: { op: 'isNull', column: free, value: false } }] }],
    ])('missing values come last, %s', async (_how, where) => {
      const orderBy = [
        { column: free, direction: 'desc', nulls: 'last' },
        { column: id, direction: 'asc', nulls: 'last' },
      ] as const
      const request = { kind: 'rows', dataset: tableAs('mit', id), columns, orderBy, limit: 5_000, ...(where && { where }) } as const
      const { rows } = await ask(request)
      const half = rows[Math.floor(rows.length / 2)]!
      const { rows: rest } = await ask({ ...request, position: { after: [half[3]!, half[0]!] } })
      expect(rest).toEqual(rows.slice(Math.floor(rows.length / 2) + 1))
      const cells = rows.map(row => (row[3] === null ? Number.NEGATIVE_INFINITY : Number(row[3])))
      expect(cells).toEqual(cells.toSorted((a, b) => b - a))
    })
  })
})
