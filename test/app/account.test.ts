/** An account that can write is not used, unless somebody says so; other sources go on, and a source that is down keeps nobody from starting. */

import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { readCity } from '../../src/app.ts'
import { writeMistakes } from '../../src/config/index.ts'
import { later, type Made, mariadbWith, postgresWith, tidyUp } from '../connectors/sql/introspect-lab.ts'
import { describeWith, noMariadb, noPostgres } from '../connectors/sql/servers.ts'
import { approveAll, type City, datasetText, startCity, writeFolder } from '../support/city.ts'

afterEach(tidyUp)

const dataset = (id: string, type: string, source: string) =>
  datasetText(
    id,
    type,
    source,
    `key: [{ column: nr, type: int }]
freshFor: 1 s
fields: { name: { column: name, type: text, title: Name } }`,
  )

async function cityWith(kind: string, connection: unknown, more = ''): Promise<City> {
  const folder = await writeFolder({
    'gateway.yml':
      'city: { name: teststadt, title: Teststadt, operator: Teststadt }\nsecret: 0123456789abcdef0123456789abcdef\nmetrics: { port: 0 }\n',
    'sources/amt.yml': `id: amt\nkind: ${kind}\ntitle: Amt\nconnection: ${JSON.stringify(connection)}\n${more}`,
    'sources/bauhof.yml': 'id: bauhof\nkind: sqlite\ntitle: Bauhof\nconnection: { file: bauhof.db }\n',
    'datasets/amt/brunnen.yml': dataset('brunnen', 'Brunnen', '{ use: amt, table: brunnen }'),
    'datasets/amt/baenke.yml': dataset('baenke', 'Bank', '{ use: bauhof, table: bank }'),
  })
  const file = new Sqlite(join(folder, 'bauhof.db'))
  file.exec(`create table bank (nr integer, name text); insert into bank values (1, 'Seebank')`)
  file.close()
  await approveAll(folder)
  const city = await startCity(folder)
  later(() => city.stop())
  return city
}

const both = '{ brunnen { nodes { name } } baenke { nodes { name } } }'
const table = `create table brunnen (nr int primary key, name varchar(80), pruefer varchar(80)); insert into brunnen values (1, 'Triton', 'Meier')`
/** What the metrics say of each account. */
async function accounts({ running }: City): Promise<Record<string, number>> {
  const text = await (await fetch(running.metricsUrl!)).text()
  return Object.fromEntries(
    [...text.matchAll(/^stadttor_source_account\{source="(\w+)"\} (\d)$/gm)].map(([, source, state]) => [source, Number(state)]),
  )
}
const messages = ({ log }: City): string => log.map(({ msg }) => String(msg)).join('\n')

describe.each([
  ['postgres', noPostgres, postgresWith, (user: string) => `grant select (nr, name) on brunnen to ${user}`],
  ['mariadb', noMariadb, mariadbWith, (user: string) => `grant select (nr, name) on brunnen to ${user}`],
] as const)('%s', (kind, missing, make, granted) => {
  describeWith(missing, 'the account', () => {
    const made = async (more: (user: string) => string): Promise<Made> => {
      const one = await make(table)
      await one.run(`${granted(one.user)}; ${more(one.user)}`)
      return one
    }

    test('with no more than it needs is used, and nothing is said about it', async () => {
      const { connection, run, database } = await made(() => 'select 1')
      if (kind === 'postgres') await run(`revoke temporary on database ${database} from public`)
      const city = await cityWith(kind, connection)
      expect(await city.ask(both)).toMatchObject({
        data: { brunnen: { nodes: [{ name: 'Triton' }] }, baenke: { nodes: [{ name: 'Seebank' }] } },
      })
      expect(messages(city)).not.toContain('the account')
      expect(await accounts(city)).toEqual({ amt: 0 })
      const whole = await fetch(`${city.url}/api/brunnen.ndjson`)
      expect([whole.status, await whole.text()]).toEqual([200, '{"name":"Triton"}\n'])
    })

    test('that can write is refused: the caller learns nothing of it, the log says what it may and what to do, and other sources go on', async () => {
      const { connection, user } = await made(user => `grant update (name) on brunnen to ${user}`)
      const city = await cityWith(kind, connection)
      const { data, errors, text } = await city.ask(both)
      expect(data).toMatchObject({ brunnen: null, baenke: { nodes: [{ name: 'Seebank' }] } })
      expect(errors).toEqual([
        expect.objectContaining({ path: ['brunnen'], extensions: expect.objectContaining({ code: 'SOURCE_REFUSED' }) }),
      ])
      const whole = await fetch(`${city.url}/api/brunnen.ndjson`)
      const said = await whole.text()
      expect([whole.status, JSON.parse(said).errors[0].extensions.code]).toEqual([502, 'SOURCE_REFUSED'])
      expect(text + said).not.toMatch(/UPDATE|grants|stadttor_test/)
      expect(messages(city)).toMatch(new RegExp(`account ${user}.* may change data \\(UPDATE on .*brunnen\\).*stadttor grants amt`))
      expect(city.calls.filter(({ dataset }) => dataset === 'brunnen')).toEqual([])
      // Only the operators' door tells: how many sources there are, and which of them is refused, is closed to everybody else.
      expect(await accounts(city)).toEqual({ amt: 2 })
      const ready = await fetch(`${city.url}/readyz`)
      expect([ready.status, await ready.text()]).toEqual([200, '{"status":"ready"}'])
    })

    test('that can write is used where the file of the source allows it, and the log says so at every start', async () => {
      const { connection } = await made(user => `grant delete on brunnen to ${user}`)
      const city = await cityWith(kind, connection, 'allowWriteAccount: true\n')
      expect(await city.ask(both)).toMatchObject({ data: { brunnen: { nodes: [{ name: 'Triton' }] } } })
      await eventually(() => expect(messages(city)).toMatch(/may change data \(DELETE on .*the file of the source allows it/))
    })

    test('that can read too much is used; the log counts the columns and names none', async () => {
      const { connection } = await made(user => `grant select on brunnen to ${user}`)
      const city = await cityWith(kind, connection)
      expect(await city.ask(both)).toMatchObject({ data: { brunnen: { nodes: [{ name: 'Triton' }] } } })
      expect(messages(city)).toContain('may read 1 columns that no dataset needs')
      expect(JSON.stringify(city.log)).not.toContain('pruefer')
    })
  })
})

test('a source that is down keeps the gateway neither from starting nor from answering for the others', async () => {
  const city = await cityWith('postgres', { host: '127.0.0.1', port: 1, database: 'amt', user: 'stadttor_ro' })
  const { data, errors } = await city.ask(both)
  expect(data).toMatchObject({ brunnen: null, baenke: { nodes: [{ name: 'Seebank' }] } })
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE'])
  await eventually(() => expect(messages(city)).toContain('could not be examined yet'))
  expect(await accounts(city)).toEqual({ amt: 1 })
})

describeWith(noPostgres, 'PostgreSQL', () => {
  test('a question that comes before the verdict waits for it: nothing is read with an account that nobody has looked at', async () => {
    const { connection, run, user } = await postgresWith(table)
    await run(`grant all on brunnen to ${user}`)
    const city = await cityWith('postgres', connection)
    const whole = fetch(`${city.url}/api/brunnen.ndjson`)
    const answers = await Promise.all(Array.from({ length: 5 }, () => city.ask('{ brunnen { nodes { name } } }')))
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(Array(5).fill('SOURCE_REFUSED'))
    expect(await (await whole).text()).toContain('SOURCE_REFUSED')
    expect(city.calls.filter(({ dataset }) => dataset === 'brunnen')).toEqual([])
    // One look for all of them.
    expect(city.calls.filter(({ statement }) => statement.includes('rolsuper'))).toHaveLength(1)
  })
})

test('a kind of source without accounts takes no such key, and says so', async () => {
  const folder = await writeFolder({
    'gateway.yml': 'city: { name: teststadt, title: Teststadt, operator: Teststadt }\n',
    'sources/bauhof.yml': 'id: bauhof\nkind: sqlite\ntitle: Bauhof\nconnection: { file: bauhof.db }\nallowWriteAccount: true\n',
  })
  const configuration = await readCity(folder, { env: {} })
  expect(configuration.ok ? '' : writeMistakes(configuration.mistakes, 'en')).toMatch(/bauhof\.yml:5[\s\S]*allowWriteAccount/)
})

async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return check()
    } catch (error) {
      if (tries === 50) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}
