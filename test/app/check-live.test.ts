/** `stadttor check --live`: what has changed at the sources since their datasets were described. */

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { findingCodes } from '../../src/cli/live/index.ts'
import { startDemoCity } from '../../src/demo/index.ts'
import { later, mariadbWith, postgresWith, tidyUp } from '../connectors/sql/introspect-lab.ts'
import { describeWith, noMariadb, noPostgres } from '../connectors/sql/servers.ts'
import { approveAll, datasetText, writeFolder } from '../support/city.ts'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

afterEach(tidyUp)

function stadttor(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; talk: string }> {
  return new Promise(done => {
    const options = { env: { ...process.env, LANG: 'C', NO_COLOR: '1', ...env }, timeout: 60_000 }
    execFile(process.execPath, [main, ...words], options, (error, out, talk) => done({ code: error ? Number(error.code) : 0, out, talk }))
  })
}

const gateway =
  'city: { name: teststadt, title: Teststadt, operator: Teststadt, extent: [9.07, 47.64, 9.24, 47.78] }\nsecret: 0123456789abcdef0123456789abcdef\n'

const dataset = (id: string, type: string, source: string, key: string, fields: string): string =>
  datasetText(
    id,
    type,
    source,
    `key: ${key}
fields: ${fields}`,
  )

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await writeFolder({ 'gateway.yml': gateway, ...files })
  await approveAll(folder)
  later(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Told {
  readonly code: string
  readonly dataset?: string
  readonly field?: string
  readonly message: { readonly de: string; readonly en: string }
}

async function findings(folder: string): Promise<{ code: number; found: readonly Told[] }> {
  const { code, out } = await stadttor(['check', '--live', '--json', '-c', folder])
  return { code, found: JSON.parse(out).live }
}

const short = ({ code, dataset: id, field }: Told): string => [id, field, code].filter(word => word !== undefined).join(' ')

describeWith(noPostgres, 'PostgreSQL', () => {
  const brunnen = dataset(
    'brunnen',
    'Brunnen',
    '{ use: amt, table: brunnen }',
    '[{ column: gid, type: int }]',
    `
  name: { column: name, type: text, title: Name, use: [read, filter] }
  bauart: { column: bauart, type: text, title: Bauart, use: [read, sort] }
  tiefe: { column: tiefe, type: decimal, title: Tiefe }
  baujahr: { column: baujahr, type: int, title: Baujahr }
  lage: { column: ort, type: point, title: Lage }`,
  )
  const source = (connection: unknown): string => `id: amt\nkind: postgres\ntitle: Amt\nconnection: ${JSON.stringify(connection)}\n`
  const table = `create extension postgis; create table brunnen (gid int primary key, name text, bauart text, tiefe numeric, baujahr int, ort geometry(Point, 4326), pruefer text);
    create index on brunnen (name); create index on brunnen (bauart); insert into brunnen values (1, 'Triton', 'Stein', 2, 1900, ST_SetSRID(ST_MakePoint(9.17, 47.66), 4326), 'Meier')`
  const needs = 'gid, name, bauart, tiefe, baujahr, ort'

  test('a source that is what its datasets say ends with 0, and its closed columns are told and stay closed', async () => {
    const { connection, run, user, database } = await postgresWith(table)
    await run(
      `grant select (${needs}) on brunnen to ${user}; revoke temporary on database ${database} from public; alter role ${user} set statement_timeout = '5s'`,
    )
    const { code, found } = await findings(await folderWith({ 'sources/amt.yml': source(connection), 'datasets/amt/brunnen.yml': brunnen }))
    expect(found.map(short)).toEqual(['brunnen COLUMNS_CLOSED', 'STATEMENT_LIMIT'])
    expect([found[0]!.message.en, found[1]!.message.en]).toEqual([
      'Not released and stays closed: pruefer.',
      'The source itself ends statements of this account after 5000 ms.',
    ])
    expect(code).toBe(0)
  })

  test('what is gone, renamed, retyped, no longer a key or without an index is told, and ends with 6', async () => {
    const { connection, run, user } = await postgresWith(table)
    await run(`grant select (${needs}) on brunnen to ${user}`)
    const folder = await folderWith({ 'sources/amt.yml': source(connection), 'datasets/amt/brunnen.yml': brunnen })
    await run(`alter table brunnen drop constraint brunnen_pkey, alter column gid drop not null; alter table brunnen drop column baujahr;
      alter table brunnen rename bauart to bau_art; alter table brunnen alter column tiefe type text; drop index brunnen_name_idx`)
    const { code, found } = await findings(folder)
    expect(found.filter(({ dataset: id }) => id).map(short)).toEqual([
      'brunnen COLUMNS_CLOSED',
      'brunnen bauart COLUMN_RENAMED',
      'brunnen baujahr COLUMN_GONE',
      'brunnen gid KEY_NULLABLE',
      'brunnen name INDEX_MISSING',
      'brunnen tiefe COLUMN_RETYPED',
    ])
    expect(found.find(({ code: one }) => one === 'COLUMN_RENAMED')!.message).toEqual({
      de: 'Die Spalte „bauart“ gibt es nicht mehr; vielleicht heißt sie jetzt „bau_art“.',
      en: 'The column "bauart" is gone; perhaps it is called "bau_art" now.',
    })
    expect(code).toBe(6)
    const german = await stadttor(['--lang', 'de', 'check', '--live', '-c', folder])
    expect(german).toMatchObject({
      code: 6,
      out: expect.stringContaining(
        '✗ brunnen.tiefe: Die Spalte „tiefe“ ist „text“ und lässt sich nicht als „decimal“ lesen.  COLUMN_RETYPED',
      ),
    })
  })

  test('of a small dataset it is told when its rows have become too many, and no index is missed', async () => {
    const { connection, run, user } = await postgresWith(table)
    await run(`grant select (${needs}) on brunnen to ${user}; drop index brunnen_name_idx`)
    const small = (rows: number) => `${brunnen}\nsmall: { rows: ${rows} }\n`
    const files = { 'sources/amt.yml': source(connection), 'datasets/amt/brunnen.yml': small(2) }
    const enough = await findings(await folderWith(files))
    expect([enough.found.filter(({ dataset: id }) => id).map(short), enough.code]).toEqual([['brunnen COLUMNS_CLOSED'], 0])
    await run(`insert into brunnen (gid) select at from generate_series(2, 500) at; analyze brunnen`)
    const outgrown = await findings(await folderWith(files))
    expect(outgrown.found.filter(({ dataset: id }) => id).map(short)).toEqual(['brunnen SMALL_OUTGROWN', 'brunnen COLUMNS_CLOSED'])
    expect(outgrown.found[0]!.message.en).toMatch(/about 500 rows, "small" allows 2/)
    expect(outgrown.code).toBe(6)
  })

  test('an account that may do or read too much, or too little, is told by name', async () => {
    const { connection, run, user } = await postgresWith(table)
    await run(`grant select (gid, name, bauart, tiefe, baujahr, pruefer), update (name) on brunnen to ${user}`)
    const { code, found } = await findings(await folderWith({ 'sources/amt.yml': source(connection), 'datasets/amt/brunnen.yml': brunnen }))
    const said = Object.fromEntries(found.map(one => [one.code, one.message.en]))
    expect(said).toMatchObject({
      ACCOUNT_WRITES: expect.stringMatching(/may change data \(UPDATE on public\.brunnen\).*stadttor grants amt/),
      ACCOUNT_SPARE: expect.stringContaining('TEMPORARY on database'),
      ACCOUNT_READS_MORE: expect.stringContaining('public.brunnen.pruefer'),
      COLUMN_REFUSED: expect.stringContaining('"ort"'),
    })
    expect(code).toBe(6)
  })

  test('places that lie far outside the city are told', async () => {
    const { connection, run, user } = await postgresWith(table)
    await run(`grant select (${needs}) on brunnen to ${user}; update brunnen set ort = ST_SetSRID(ST_MakePoint(47.66, 9.17), 4326)`)
    const { code, found } = await findings(await folderWith({ 'sources/amt.yml': source(connection), 'datasets/amt/brunnen.yml': brunnen }))
    expect(found.find(({ code: one }) => one === 'PLACES_OUTSIDE')).toMatchObject({
      dataset: 'brunnen',
      field: 'lage',
      message: { en: expect.stringContaining('swapped') },
    })
    expect(code).toBe(6)
  })

  test('a source that is down ends with 4, is told once, and does not hide what is wrong at another', async () => {
    const bench = dataset(
      'baenke',
      'Bank',
      '{ use: bauhof, table: bank }',
      '[{ column: nr, type: int }]',
      '{ name: { column: name, type: text, title: Name } }',
    )
    const more = dataset('arten', 'Art', '{ use: amt, table: art }', '[nr]', '{ name: { column: name, type: text, title: Name } }')
    const folder = await folderWith({
      'sources/amt.yml': source({ host: '127.0.0.1', port: 1, database: 'amt', user: 'stadttor_ro' }),
      'sources/bauhof.yml': 'id: bauhof\nkind: sqlite\ntitle: Bauhof\nconnection: { file: bauhof.db }\n',
      'datasets/amt/brunnen.yml': brunnen,
      'datasets/amt/arten.yml': more,
      'datasets/amt/baenke.yml': bench,
    })
    const file = new Sqlite(join(folder, 'bauhof.db'))
    file.exec('create table bank (nr integer primary key, name text)')
    const down = await findings(folder)
    expect([down.code, down.found.map(short)]).toEqual([4, ['SOURCE_UNREACHABLE']])
    file.exec('drop table bank')
    file.close()
    const worse = await findings(folder)
    expect([worse.code, worse.found.map(short)]).toEqual([6, ['baenke DATASET_GONE', 'SOURCE_UNREACHABLE']])
  })
})

describeWith(noMariadb, 'MariaDB', () => {
  test('a column in other letters is the same column, and one that is gone is told', async () => {
    const { connection, run, user } = await mariadbWith('create table brunnen (GID int primary key, name varchar(80), tag date)')
    await run(`grant select on brunnen to ${user}`)
    const folder = await folderWith({
      'sources/amt.yml': `id: amt\nkind: mariadb\ntitle: Amt\nconnection: ${JSON.stringify(connection)}\n`,
      'datasets/amt/brunnen.yml': dataset(
        'brunnen',
        'Brunnen',
        '{ use: amt, table: brunnen }',
        '[{ column: gid, type: int }]',
        '{ name: { column: name, type: text, title: Name, use: [read, filter] }, tag: { column: tag, type: date, title: Tag }, weg: { column: xyz, type: int, title: Weg } }',
      ),
    })
    const { code, found } = await findings(folder)
    expect(found.filter(({ dataset: id }) => id).map(short)).toEqual(['brunnen name INDEX_MISSING', 'brunnen weg COLUMN_GONE'])
    expect(code).toBe(6)
  })
})

test('the sources of the demo city are what its datasets say', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stadttor-demo-'))
  const city = await startDemoCity(folder)
  try {
    const { code, out } = await stadttor(['check', '--live', '--json', '-c', resolve(import.meta.dirname, '../../config')], city.env)
    const { live } = JSON.parse(out) as { live: readonly (Told & { level: string })[] }
    expect(live.filter(({ level }) => level === 'drift' || level === 'unreachable').map(one => `${short(one)}: ${one.message.en}`)).toEqual(
      [],
    )
    expect(code).toBe(0)
  } finally {
    await city.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

test('what each finding means stands in the documentation', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/how-to/operate.md'), 'utf8')
  expect(Object.keys(findingCodes).filter(code => !text.includes(`\`${code}\``))).toEqual([])
})
