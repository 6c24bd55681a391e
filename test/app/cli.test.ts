/** The command line, run as people run it: exit codes, both languages, two keys. */

import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeFolder } from '../support/city.ts'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

interface Ended {
  readonly code: number
  readonly out: string
  readonly talk: string
}

function stadttor(...words: readonly string[]): Promise<Ended> {
  return new Promise(done => {
    execFile(
      process.execPath,
      [main, ...words],
      { env: { ...process.env, LANG: 'C', NO_COLOR: '1' }, timeout: 20_000 },
      (error, out, talk) => {
        done({ code: error ? Number(error.code) : 0, out, talk })
      },
    )
  })
}

const dataset = `id: baeume
title: { de: Bäume, en: Trees }
owner: { department: Umweltamt }
licence: dl-de/by-2-0
names: { type: Baum, one: baum, many: baeume }
source: { use: datei, path: baeume.csv }
key: [nr]
fields:
  art: { column: art, type: text, title: { de: Art, en: Species }, use: [read] }
`

let folder = ''

beforeEach(async () => {
  folder = await writeFolder({
    'gateway.yml':
      'city: { name: teststadt, title: Teststadt, operator: Teststadt }\nsecret: 0123456789abcdef0123456789abcdef\naudiences: { internal: {} }\n',
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'datasets/umwelt/baeume.yml': dataset,
    'baeume.csv': 'nr;art;pruefer\n1;Linde;Meier\n',
  })
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('who signs is told that a coarsened column is to be had exactly elsewhere, whichever of the two it is', async () => {
  const coarse = dataset.replace('use: [read]', 'coarsen: { to: 10 }').replace('column: art, type: text', 'column: alter, type: int')
  const exact = dataset
    .replace('column: art, type: text', 'column: alter, type: int')
    .replaceAll('baeume', 'haine')
    .replaceAll('aum', 'ain')
  await writeFile(join(folder, 'datasets/umwelt/baeume.yml'), coarse)
  await writeFile(join(folder, 'datasets/umwelt/haine.yml'), exact.replace('haine.csv', 'baeume.csv'))
  for (const id of ['baeume', 'haine']) {
    const { code, out } = await stadttor('approve', id, '-c', folder, '--by', 'DSB', '--record', '14/26', '--yes', '--lang', 'de')
    expect([code, out]).toEqual([0, expect.stringContaining('! „baeume“: das Feld „art“ ist vergröbert, doch dieselbe Spalte steht genau')])
  }
  expect(await stadttor('check', '-c', folder)).toMatchObject({ code: 0, out: expect.stringContaining('COARSEN_ELSEWHERE') })
})

test('a dataset is closed until it is approved, and open afterwards', async () => {
  const before = await stadttor('check', '-c', folder)
  expect(before).toMatchObject({ code: 5, out: expect.stringContaining('The dataset "baeume" is not approved') })
  const approved = await stadttor('approve', 'baeume', '-c', folder, '--by', 'DSB', '--record', '14/26', '--yes')
  expect(approved).toMatchObject({ code: 0, out: expect.stringContaining('art') })
  expect(await stadttor('check', '-c', folder)).toMatchObject({ code: 0 })
})

test('an approval needs an answer, and without a terminal or --yes nothing is written', async () => {
  const refused = await stadttor('approve', 'baeume', '-c', folder, '--by', 'DSB', '--record', '14/26')
  expect(refused).toMatchObject({ code: 2, talk: expect.stringContaining('--yes') })
  await expect(readFile(join(folder, 'approvals.yml'))).rejects.toThrow('ENOENT')
})

test('every mistake is told at once, with its place, in the language asked for', async () => {
  await writeFile(join(folder, 'datasets/umwelt/baeume.yml'), dataset.replace('licence:', 'lizenz:').replace('type: text', 'type: texd'))
  const english = await stadttor('check', '-c', folder, '--lang', 'en')
  expect(english.code).toBe(3)
  expect(english.talk).toMatch(/baeume\.yml:4[\s\S]*baeume\.yml:9/)
  const german = await stadttor('--lang', 'de', 'check', '-c', folder)
  expect(german.talk).toMatch(/Fehler in der Konfiguration/)
})

test('a purge says where there is nothing to purge, and when Redis cannot be reached', async () => {
  expect(await stadttor('purge', 'baeume', '-c', folder)).toMatchObject({ code: 2, talk: expect.stringContaining('cache.redis') })
  await writeFile(
    join(folder, 'gateway.yml'),
    `${await readFile(join(folder, 'gateway.yml'), 'utf8')}cache: { redis: "redis://:geheim@127.0.0.1:1" }\n`,
  )
  const away = await stadttor('purge', 'baeume', '-c', folder)
  expect(away).toMatchObject({ code: 4, talk: expect.stringContaining('Redis cannot be reached') })
  expect(away.talk).not.toContain('geheim')
})

test('diff tells what lets more out, and ends with 5', async () => {
  const earlier = await writeFolder({
    'gateway.yml': await readFile(join(folder, 'gateway.yml'), 'utf8'),
    'sources/datei.yml': await readFile(join(folder, 'sources/datei.yml'), 'utf8'),
    'datasets/umwelt/baeume.yml': dataset,
  })
  await writeFile(join(folder, 'datasets/umwelt/baeume.yml'), `${dataset}  pruefer: { column: pruefer, type: text, title: Prüfer }\n`)
  expect(await stadttor('diff', earlier, '-c', folder)).toMatchObject({ code: 5, out: expect.stringMatching(/^widened .*pruefer/m) })
  expect(await stadttor('diff', folder, '-c', earlier)).toMatchObject({ code: 0, out: expect.stringMatching(/^narrowed .*pruefer/m) })
  expect(await stadttor('diff', 'no-such-revision', '-c', folder)).toMatchObject({ code: 2 })
  await rm(earlier, { recursive: true, force: true })
})

test('diff reads an earlier state of the folder from git', async () => {
  const git = (...words: string[]) =>
    new Promise((done, fail) =>
      execFile('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t.example', ...words], error =>
        error ? fail(error) : done(undefined),
      ),
    )
  await git('init', '-q')
  await git('add', '.')
  await git('commit', '-qm', 'first')
  await writeFile(join(folder, 'datasets/umwelt/baeume.yml'), dataset.replace('use: [read]', 'use: [read, filter]'))
  expect(await stadttor('diff', 'HEAD', '-c', folder)).toMatchObject({ code: 5, out: expect.stringMatching(/^widened .*art/m) })
})

test('an API key is shown once and only its digest is kept', async () => {
  const made = await stadttor('key', 'create', 'dashboard', '-c', folder, '--audience', 'internal', '--until', '2099-12-31')
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^stt_[\w-]{43}\n$/) })
  const kept = await readFile(join(folder, 'keys.yml'), 'utf8')
  expect(kept).toContain('dashboard')
  expect(kept).not.toContain(made.out.trim())
  expect(await stadttor('key', 'create', 'dashboard', '-c', folder, '--audience', 'internal')).toMatchObject({ code: 2 })
  expect(await stadttor('key', 'create', 'other', '-c', folder, '--audience', 'public')).toMatchObject({ code: 2 })
})

test('without approvals the gateway does not open to other machines', async () => {
  expect(await stadttor('serve', '-c', folder, '--unapproved', '--host', '0.0.0.0', '--port', '0')).toMatchObject({
    code: 2,
    talk: expect.stringContaining('127.0.0.1'),
  })
})

test.each([
  [['serv'], 2],
  [['check', '--nonsense'], 2],
  [['approve'], 2],
  [['--help'], 0],
  [['check', '-c', '/no/such/folder'], 3],
])('%j ends with %i', async (words, code) => {
  const { code: ended, talk, out } = await stadttor(...words)
  expect(ended).toBe(code)
  expect(talk + out).not.toMatch(/\bat .*\.ts:\d+/)
})
