/** Drafting files at the command line: nothing is overwritten, nothing half-written, nobody asked where nobody is. */

import { execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

let folder = ''
const env = { ...process.env, LANG: 'C', NO_COLOR: '1' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stadttor-draft-'))
  const database = new Database(join(folder, 'bauhof.sqlite'))
  database.exec(`
    create table BANK (NR integer primary key, ORT text, HOEHE text, STIFTER text);
    insert into BANK values (1, 'Am Dorfplatz', '0,45 m', 'Erika Geheim'), (2, 'Am Bach', '0,50 m', 'Hans Geheim'), (3, 'Aussicht', '0,40 m', null);`)
  database.close()
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function stadttor(...words: readonly string[]): Promise<{ code: number; out: string; talk: string }> {
  return new Promise(done => {
    execFile(process.execPath, [main, ...words], { cwd: folder, env, timeout: 60_000 }, (error, out, talk) =>
      done({ code: error ? Number(error.code) : 0, out, talk }),
    )
  })
}

const out = 'config/datasets/bauhof/baenke.yml'

test('a source is listed by its path, with what tells rows apart', async () => {
  expect(await stadttor('introspect', 'bauhof.sqlite')).toMatchObject({ code: 0, out: expect.stringMatching(/^BANK\s+table.*NR$/m) })
  const { out: json } = await stadttor('introspect', 'bauhof.sqlite', '--json')
  expect(JSON.parse(json)).toMatchObject([{ name: 'BANK', what: 'table', place: { table: 'BANK' }, key: ['NR'] }])
})

test('a draft brings the file of its source along, and the same command again changes nothing', async () => {
  const first = await stadttor('introspect', 'bauhof.sqlite', 'bank', '--out', out)
  expect(first).toMatchObject({ code: 0, talk: expect.stringMatching(/3 mistakes|4 fields, all closed/) })
  const [draft, source] = [await readFile(join(folder, out), 'utf8'), await readFile(join(folder, 'config/sources/bauhof.yml'), 'utf8')]
  expect(draft).toContain('source: { use: bauhof, table: BANK }')
  expect(source).toContain('file: ../bauhof.sqlite')
  expect(await stadttor('introspect', 'bauhof', 'BANK', '--out', out)).toMatchObject({
    code: 0,
    talk: expect.stringContaining('word for word'),
  })
  expect(await readFile(join(folder, out), 'utf8')).toBe(draft)
})

test('work that somebody did is not overwritten without --force', async () => {
  await stadttor('introspect', 'bauhof.sqlite', 'BANK', '--out', out)
  await writeFile(join(folder, out), 'mine\n')
  expect(await stadttor('introspect', 'bauhof', 'BANK', '--out', out)).toMatchObject({ code: 2, talk: expect.stringContaining('--force') })
  expect(await readFile(join(folder, out), 'utf8')).toBe('mine\n')
  expect(await stadttor('introspect', 'bauhof', 'BANK', '--out', out, '--force')).toMatchObject({ code: 0 })
  expect(await readFile(join(folder, out), 'utf8')).toContain('id: baenke')
})

test('a sample is taken only when asked for; its values appear masked and in no file', async () => {
  const plain = await stadttor('introspect', 'bauhof.sqlite', 'BANK')
  expect(plain.out).toContain('#hoehe: { column: HOEHE, type: text }')
  const sampled = await stadttor('introspect', 'bauhof.sqlite', 'BANK', '--sample', '--out', out)
  expect(sampled.talk).toMatch(/STIFTER .*Xxxxx Xxxxxx.*PROBABLY PERSONAL DATA/)
  const draft = await readFile(join(folder, out), 'utf8')
  expect(draft).toContain('#hoehe: { column: HOEHE, type: decimal, unit: m, written: { around: "{} m", decimal: "," } }')
  expect(sampled.out + sampled.talk + draft).not.toMatch(/Erika|Geheim|Dorfplatz|0,45/)
})

test('where nobody can be asked, the missing option is named and nothing is written', async () => {
  expect(await stadttor('init', 'bauhof.sqlite')).toMatchObject({ code: 2, talk: expect.stringContaining('--city') })
  expect(await stadttor('init', 'bauhof.sqlite', '--no-input', '--city', 'Ort')).toMatchObject({
    code: 2,
    talk: expect.stringContaining('--item'),
  })
  expect(await stadttor('init', '--no-input', '--city', 'Ort', '--lang', 'de')).toMatchObject({
    code: 2,
    talk: expect.stringContaining('--source'),
  })
  expect(readdirSync(folder)).toEqual(['bauhof.sqlite'])
})

test('options answer everything, and only the fields they name are open', async () => {
  const flags = ['--item', 'BANK', '--singular', 'Bank', '--plural', 'Bänke', '--owner', 'Bauhof', '--licence', 'dl-de/zero-2-0']
  const made = await stadttor('init', 'bauhof.sqlite', '--no-input', '--city', 'Ort', ...flags, '--fields', 'ort')
  expect(made).toMatchObject({ code: 0, talk: expect.stringContaining('serve --unapproved') })
  expect(await stadttor('exposure', 'baenke')).toMatchObject({ code: 0, out: expect.not.stringContaining('STIFTER') })
  expect(await stadttor('init', 'bauhof', '--no-input', '--item', 'BANK', '--fields', 'nichts')).toMatchObject({
    code: 2,
    talk: expect.stringContaining('there is no nichts'),
  })
})

test.each([
  [['introspect', 'postgres://leser:geheim@db.stadt.example/gruen'], 'the address of a database with its password'],
  [['introspect', '--kind', 'postgres', '--set', 'password=geheim'], 'a password as an option'],
  [['introspect', '--kind', 'arcgis', '--set', 'token=geheim'], 'a token as an option'],
])('%s: secrets on the command line are refused and not repeated', async words => {
  const refused = await stadttor(...(words as string[]))
  expect(refused).toMatchObject({ code: 2, talk: expect.stringContaining('environment variable') })
  expect(refused.out + refused.talk).not.toContain('geheim')
})

test('a source that does not answer ends with 4 and says why', async () => {
  const silent = await stadttor('introspect', 'http://127.0.0.1:1/wfs')
  expect(silent).toMatchObject({ code: 4, talk: expect.stringContaining('ECONNREFUSED') })
})

const terminal = spawnSync('script', ['--version']).status === 0 ? test : test.skip

/** Types at a terminal of its own; each answer waits for its question. */
function typed(answers: readonly (readonly [question: RegExp, keys: string])[]): Promise<{ code: number; screen: string }> {
  return new Promise((done, fail) => {
    // A terminal made by `script` has no size of its own.
    const command = `stty cols 120 rows 50; '${process.execPath}' '${main}' init bauhof.sqlite`
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, env: { ...env, TERM: 'xterm' } })
    let screen = ''
    let at = 0
    let seen = 0
    const timer = setTimeout(() => child.kill(), 50_000)
    child.stdout.on('data', chunk => {
      screen += chunk
      const next = answers[at]
      if (!next?.[0].test(screen.slice(seen))) return
      seen = screen.length
      at += 1
      // The prompt listens a moment after it is drawn.
      setTimeout(() => child.stdin.write(next[1]), 200)
    })
    child.once('error', fail)
    child.once('exit', code => {
      clearTimeout(timer)
      done({ code: code ?? -1, screen })
    })
  })
}

const enter = '\r'

terminal(
  'Ctrl + C after many answers leaves nothing behind',
  async () => {
    const { code, screen } = await typed([
      [/Language/, enter],
      [/city called/, `Ort${enter}`],
      [/runs the gateway/, `IT${enter}`],
      [/made of/, enter],
      [/some rows/, enter],
      [/may leave the house/, '\u0003'],
    ])
    expect(screen).toContain('nothing was written')
    expect(code).toBe(130)
    expect(readdirSync(folder)).toEqual(['bauhof.sqlite'])
  },
  60_000,
)

terminal(
  'the wizard opens what was ticked with the space bar and nothing else',
  async () => {
    const { screen } = await typed([
      [/Language/, enter],
      [/city called/, `Ort${enter}`],
      [/runs the gateway/, `IT${enter}`],
      [/made of/, enter],
      [/some rows/, enter],
      // One down, tick, go on.
      [/may leave the house/, '\u001b[B \r'],
      [/Title of "ort"/, enter],
      [/Title of the dataset/, enter],
      [/Plural/, `\u0015Bänke${enter}`],
      [/Singular/, `Bank${enter}`],
      [/keeps the data/, `Bauhof${enter}`],
      [/may people ask/, enter],
      [/Licence/, enter],
      [/How often/, enter],
      [/Write these files/, enter],
    ])
    expect(existsSync(join(folder, out)) ? '' : screen).toBe('')
    const draft = await readFile(join(folder, out), 'utf8')
    expect(draft.match(/^ {2}\w+:/gm)).toEqual(['  ort:'])
    expect(await stadttor('check')).toMatchObject({ code: 5 })
  },
  60_000,
)
