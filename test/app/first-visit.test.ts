/** Somebody's first visit, typed as a script from an empty folder: look at a source, describe a dataset, have it approved, open it, ask. */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { introspectableKinds } from '../../src/introspect.ts'
import { sources as here, type Source } from './first-visit/sources.ts'
import { mssql, oracle } from './first-visit/standins.ts'

/** SQL Server and Oracle are stand-ins of the tests' own; see there. */
const sources = [...here, mssql, oracle]

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

/** Kinds that nobody visits here, and why. */
const unvisited: Readonly<Record<string, string>> = {
  mysql: 'the visit of MariaDB is that of MySQL as well: one driver, one dialect',
}

test('every kind of source that can be looked at is visited, or it is said why not', () => {
  expect([...sources.map(({ kind }) => kind), ...Object.keys(unvisited)].sort()).toEqual([...introspectableKinds].sort())
})

/** An empty folder, and the variables that its sources need. */
interface Desk {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

interface Ended {
  readonly code: number
  readonly out: string
  readonly talk: string
}

function stadttor({ folder, env }: Desk, ...words: readonly string[]): Promise<Ended> {
  return new Promise(done => {
    execFile(process.execPath, [main, ...words], { cwd: folder, env, timeout: 60_000 }, (error, out, talk) => {
      done({ code: error ? Number(error.code) : 0, out, talk })
    })
  })
}

describe.each(sources)('$kind', source => {
  const testHere = source.missing === undefined ? test : test.skip

  testHere(
    `introspect, init, uncomment two fields, approve, serve, ask${source.missing === undefined ? '' : ` (${source.missing})`}`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'stadttor-first-visit-'))
      const started = await source.start(folder)
      try {
        await visit({ folder, env: { ...process.env, LANG: 'C', NO_COLOR: '1', ...started.env } }, source, started.source)
      } finally {
        await started.stop()
        await rm(folder, { recursive: true, force: true })
      }
    },
    180_000,
  )
})

async function visit(desk: Desk, { item, key, sample, open, closed, rows }: Source, where: readonly string[]): Promise<void> {
  // What is there? Whoever knows need not wait for the answer.
  const listed = stadttor(desk, 'introspect', ...where)

  // A draft, with everything closed.
  const more = [...(key ? ['--key', key] : []), ...(sample ? ['--sample'] : [])]
  const made = await stadttor(
    ...[desk, 'init', ...where, '--no-input', '--as', 'quelle', '--item', item, '--id', 'baeume', '--singular', 'Baum'],
    ...['--plural', 'Bäume', '--owner', 'Amt für Grün', '--licence', 'dl-de/zero-2-0', '--city', 'Konstanz', '--folder', 'gruen', ...more],
  )
  expect(await listed).toMatchObject({ code: 0, out: expect.stringContaining(item) })
  expect(made).toMatchObject({ code: 0, talk: expect.stringContaining('NO_FIELDS') })
  const file = join(desk.folder, 'config/datasets/gruen/baeume.yml')
  const draft = await readFile(file, 'utf8')
  expect(draft).toMatch(/^fields:\n( {2}#.*\n)+$/m)
  expect(await stadttor(desk, 'check')).toMatchObject({ code: 3, talk: expect.stringContaining('delete the #') })

  // A person edits the file.
  await writeFile(
    file,
    open.reduce((text, name) => text.replace(`  #${name}:`, `  ${name}:`), draft),
  )
  expect(await stadttor(desk, 'check')).toMatchObject({ code: 5, talk: '' })
  expect(await stadttor(desk, 'approve', 'baeume', '--by', 'DSB', '--record', '1/26', '--yes')).toMatchObject({ code: 0 })
  const checked = stadttor(desk, 'check', '--live')

  // And the street asks.
  const gateway = await serve(desk)
  try {
    expect(await gateway.ask(`{ baeume { totalCount nodes { ${open.join(' ')} } } }`)).toMatchObject({
      data: {
        baeume: {
          totalCount: rows.length,
          nodes: expect.arrayContaining(rows.map(row => Object.fromEntries(open.map((name, at) => [name, row[at]])))),
        },
      },
    })
    expect(await gateway.ask(`{ baeume { nodes { ${closed} } } }`)).toMatchObject({ errors: [{ extensions: { code: 'FIELD_UNKNOWN' } }] })
    // What was drafted is what the source says of itself.
    expect(await checked).toMatchObject({ code: 0 })
  } finally {
    await gateway.stop()
  }
}

async function serve({ folder, env }: Desk): Promise<{ ask(query: string): Promise<unknown>; stop(): Promise<void> }> {
  const gateway: ChildProcess = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>(done => gateway.once('exit', () => done()))
  let said = ''
  const url = await new Promise<string>((done, fail) => {
    gateway.stderr?.on('data', chunk => {
      said += chunk
      const found = /http:\/\/\S+\/graphql/.exec(said)?.[0]
      if (found) done(found)
    })
    void ended.then(() => fail(new Error(`the gateway ended: ${said}`)))
  })
  return {
    async ask(query) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
      return response.json()
    },
    async stop() {
      gateway.kill('SIGINT')
      await ended
    },
  }
}
