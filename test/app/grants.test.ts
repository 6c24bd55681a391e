/** `stadttor grants`, as an administrator runs it: without a password and without the source. */

import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { writeFolder } from '../support/city.ts'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

function stadttor(...words: readonly string[]): Promise<{ code: number; out: string; talk: string }> {
  return new Promise(done => {
    execFile(
      process.execPath,
      [main, ...words],
      { env: { PATH: process.env.PATH, LANG: 'C', NO_COLOR: '1' }, timeout: 20_000 },
      (error, out, talk) => done({ code: error ? Number(error.code) : 0, out, talk }),
    )
  })
}

const said = 'owner: { department: Umweltamt }\nlicence: dl-de/by-2-0'

let folder = ''

beforeAll(async () => {
  folder = await writeFolder({
    'gateway.yml': 'city: { name: teststadt, title: Teststadt, operator: Teststadt }\nsecret: 0123456789abcdef0123456789abcdef\n',
    'sources/kataster.yml': `id: kataster\nkind: postgres\ntitle: Kataster\nconnection: { host: db.stadt.example, database: kataster, user: stadttor_ro, password: "$\{KATASTER}" }\n`,
    'sources/dateien.yml': 'id: dateien\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'sources/bauhof.yml': 'id: bauhof\nkind: sqlite\ntitle: Bauhof\nconnection: { file: bauhof.db }\n',
    'datasets/umwelt/brunnen.yml': `id: brunnen\ntitle: Brunnen\n${said}
names: { type: Brunnen, one: brunnen, many: alleBrunnen }
source: { use: kataster, table: amt.brunnen }
key: [gid]
joinable: [strasse_nr]
rows: { status: in Betrieb }
fields:
  name: { column: name, type: text, title: Name }
relations:
  art: { to: arten, match: { art_nr: nr } }
`,
    'datasets/umwelt/arten.yml': `id: arten\ntitle: Arten\n${said}
names: { type: Art, one: art, many: arten }
source: { use: kataster, table: amt.art }
key: [id]
fields:
  nr: { column: art_nr, type: text, title: Nummer }
  text: { column: bezeichnung, type: text, title: Text }
`,
  })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('fields, key, joinable columns, row rule and both sides of relations are granted, and nothing else; neither password nor source is needed', async () => {
  const { code, out } = await stadttor('grants', 'kataster', '-c', folder)
  expect(code).toBe(0)
  expect(out.split('\n').filter(line => line.startsWith('grant select'))).toEqual([
    'grant select ("art_nr", "bezeichnung", "id") on "amt"."art" to "stadttor_ro";',
    'grant select ("art_nr", "gid", "name", "status", "strasse_nr") on "amt"."brunnen" to "stadttor_ro";',
  ])
})

test('a source without accounts says what to do instead, and an unknown one which there are', async () => {
  expect(await stadttor('grants', 'dateien', '-c', folder)).toMatchObject({
    code: 2,
    out: '',
    talk: expect.stringContaining('know no accounts'),
  })
  expect(await stadttor('grants', 'bauhof', '-c', folder)).toMatchObject({
    code: 0,
    out: expect.stringContaining('SQLite has no accounts'),
  })
  expect(await stadttor('--lang', 'de', 'grants', 'katster', '-c', folder)).toMatchObject({
    code: 2,
    talk: expect.stringContaining('dateien, kataster'),
  })
})
