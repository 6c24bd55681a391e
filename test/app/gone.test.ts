/** A column disappears while the gateway runs: its own field says so, and everything else goes on. */

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { later, mariadbWith, postgresWith, tidyUp } from '../connectors/sql/introspect-lab.ts'
import { noMariadb, noPostgres } from '../connectors/sql/servers.ts'
import { approveAll, type City, startCity, writeFolder } from '../support/city.ts'

afterEach(tidyUp)

const said = 'owner: { department: Tiefbauamt }\nlicence: dl-de/by-2-0\nfreshFor: 1 s'

const datasets = (source: (table: string) => string, more = ''): Record<string, string> => ({
  'datasets/amt/brunnen.yml': `id: brunnen\ntitle: Brunnen\n${said}
names: { type: Brunnen, one: einBrunnen, many: brunnen }
source: ${source('brunnen')}
key: [{ column: nr, type: int }]
${more}
fields:
  name: { column: name, type: text, title: Name, use: [read, filter] }
  bauart: { column: bauart, type: text, title: Bauart, use: [read, filter, sort, group] }
relations:
  strasse: { to: strassen, match: { strasse_nr: nr } }
`,
  'datasets/amt/strassen.yml': `id: strassen\ntitle: Straßen\n${said}
names: { type: Strasse, one: strasse, many: strassen }
source: ${source('strasse')}
key: [{ column: nr, type: text }]
fields:
  nr: { column: nr, type: text, title: Nummer }
  name: { column: name, type: text, title: Name }
`,
})

const gateway = 'city: { name: teststadt, title: Teststadt, operator: Teststadt }\nsecret: 0123456789abcdef0123456789abcdef\n'
const tables = `create table strasse (nr varchar(9) primary key, name varchar(80)); insert into strasse values ('7', 'Laube');
  create table brunnen (nr int primary key, name varchar(80), bauart varchar(80), strasse_nr varchar(9));
  insert into brunnen values (1, 'Triton', 'Stein', '7'), (2, 'Kaiser', 'Guss', '7')`

async function open(source: string, files: Record<string, string>): Promise<City> {
  const folder = await writeFolder({ 'gateway.yml': gateway, 'sources/amt.yml': source, ...files })
  await approveAll(folder)
  const city = await startCity(folder)
  later(() => city.stop())
  return city
}

interface Bench {
  readonly city: City
  readonly run: (statements: string) => unknown
}

const benches: readonly (readonly [kind: string, missing: string | undefined, open: (more?: string) => Promise<Bench>])[] = [
  ['postgres', noPostgres, more => server('postgres', postgresWith, more)],
  ['mariadb', noMariadb, more => server('mariadb', mariadbWith, more)],
  [
    'sqlite',
    undefined,
    async more => {
      const city = await open(
        'id: amt\nkind: sqlite\ntitle: Amt\nconnection: { file: amt.db }\n',
        datasets(table => `{ use: amt, table: ${table} }`, more),
      )
      const file = new Sqlite(join(city.folder, 'amt.db'))
      file.exec(tables)
      later(() => file.close())
      return { city, run: text => file.exec(text) }
    },
  ],
]

async function server(kind: string, make: typeof postgresWith, more?: string): Promise<Bench> {
  const { connection, run, user } = await make(tables)
  await run(`grant select on brunnen to ${user}; grant select on strasse to ${user}`)
  const source = `id: amt\nkind: ${kind}\ntitle: Amt\nconnection: ${JSON.stringify(connection)}\n`
  return {
    city: await open(
      source,
      datasets(table => `{ use: amt, table: ${table} }`, more),
    ),
    run,
  }
}

const places = ({ errors = [] }: Awaited<ReturnType<City['ask']>>): string[] =>
  errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`)

describe.each(benches.filter(([, missing]) => missing === undefined))('%s', (_kind, _missing, opened) => {
  test('the field of a column that is gone errors at its own place; the fields beside it, counts and relations are answered', async () => {
    const { city, run } = await opened()
    expect((await city.ask('{ brunnen { nodes { name bauart } } }')).errors).toBeUndefined()
    await run('alter table brunnen drop column bauart')
    await new Promise(resolve => setTimeout(resolve, 1_100))
    city.log.length = 0
    const answer = await city.ask('{ brunnen { totalCount nodes { id name bauart strasse { name } } pageInfo { endCursor } } }')
    expect(answer.data).toMatchObject({
      brunnen: {
        totalCount: 2,
        nodes: [
          { id: expect.any(String), name: 'Triton', bauart: null, strasse: { name: 'Laube' } },
          { id: expect.any(String), name: 'Kaiser', bauart: null, strasse: { name: 'Laube' } },
        ],
        pageInfo: { endCursor: expect.any(String) },
      },
    })
    expect(places(answer)).toEqual(['brunnen.nodes.0.bauart SOURCE_CHANGED', 'brunnen.nodes.1.bauart SOURCE_CHANGED'])
    expect(city.log).toEqual([expect.objectContaining({ dataset: 'brunnen', columns: ['bauart'] })])
    const { data } = (await city.ask('{ brunnen { nodes { id } } }')) as { data: { brunnen: { nodes: { id: string }[] } } }
    const one = await city.ask('query($id: ID!) { einBrunnen(id: $id) { name bauart } }', { id: data.brunnen.nodes[0]!.id })
    expect([one.data, places(one)]).toEqual([{ einBrunnen: { name: 'Triton', bauart: null } }, ['einBrunnen.bauart SOURCE_CHANGED']])
  })

  test('what is filtered, ordered or grouped by such a column fails as a whole: leaving it out would answer another question', async () => {
    const { city, run } = await opened()
    await run('alter table brunnen drop column bauart')
    const answer = await city.ask(
      '{ a: brunnen(filter: { bauart: { eq: "Stein" } }) { nodes { name } } b: brunnen(orderBy: [{ bauart: ASC }]) { nodes { name } } c: brunnenAggregate(groupBy: [BAUART]) { groups { count } } d: brunnen { nodes { name } } }',
    )
    expect(answer.data).toMatchObject({ a: null, b: null, c: null, d: { nodes: [{ name: 'Triton' }, { name: 'Kaiser' }] } })
    expect(places(answer).sort()).toEqual(['a SOURCE_CHANGED', 'b SOURCE_CHANGED', 'c SOURCE_CHANGED'])
  })

  test('a relation whose column is gone errors by itself, and does not say that there is nothing', async () => {
    const { city, run } = await opened()
    await run('alter table brunnen drop column strasse_nr')
    const answer = await city.ask('{ brunnen { nodes { name strasse { name } } } }')
    expect(answer.data).toEqual({
      brunnen: {
        nodes: [
          { name: 'Triton', strasse: null },
          { name: 'Kaiser', strasse: null },
        ],
      },
    })
    expect(places(answer)).toEqual(['brunnen.nodes.0.strasse SOURCE_CHANGED', 'brunnen.nodes.1.strasse SOURCE_CHANGED'])
    expect(answer.text).not.toContain('strasse_nr')
  })

  test('a source is not asked again and again for what it has no more', async () => {
    const { city, run } = await opened()
    await run('alter table brunnen drop column bauart')
    await city.ask('{ brunnen { nodes { bauart } } }')
    await new Promise(resolve => setTimeout(resolve, 1_100))
    city.calls.length = 0
    await city.ask('{ brunnen { nodes { bauart name } } }')
    expect(city.calls.map(({ statement }) => statement).filter(statement => statement.includes('bauart'))).toEqual([])
  })

  test('a small dataset answers what does not name the column', async () => {
    const { city, run } = await opened('small: true')
    await run('alter table brunnen drop column bauart')
    const answer = await city.ask('{ a: brunnen { nodes { name } } b: brunnen { nodes { name bauart } } }')
    expect(answer.data).toEqual({
      a: { nodes: [{ name: 'Triton' }, { name: 'Kaiser' }] },
      b: {
        nodes: [
          { name: 'Triton', bauart: null },
          { name: 'Kaiser', bauart: null },
        ],
      },
    })
    expect(places(answer)).toEqual(['b.nodes.0.bauart SOURCE_CHANGED', 'b.nodes.1.bauart SOURCE_CHANGED'])
  })

  test('a table that is gone fails as a whole', async () => {
    const { city, run } = await opened()
    await run('drop table brunnen')
    const answer = await city.ask('{ brunnen { nodes { name bauart } } strassen { nodes { name } } }')
    expect(answer.data).toEqual({ brunnen: null, strassen: { nodes: [{ name: 'Laube' }] } })
    expect(places(answer)).toEqual(['brunnen SOURCE_CHANGED'])
  })
})

test('a CSV file that loses a column goes on as well', async () => {
  const city = await open('id: amt\nkind: file\ntitle: Amt\nconnection: { folder: . }\n', {
    ...datasets(table => `{ use: amt, path: ${table}.csv }`),
    'brunnen.csv': 'nr;name;strasse_nr\n1;Triton;7\n',
    'strasse.csv': 'nr;name\n7;Laube\n',
  })
  const answer = await city.ask('{ brunnen { nodes { name bauart strasse { name } } } }')
  expect(answer.data).toEqual({ brunnen: { nodes: [{ name: 'Triton', bauart: null, strasse: { name: 'Laube' } }] } })
  expect(places(answer)).toEqual(['brunnen.nodes.0.bauart SOURCE_CHANGED'])
})
