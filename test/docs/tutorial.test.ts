/** The tutorial, typed in line by line: its files, its commands, and what it says they answer, in both languages. */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Block, blocksIn, root } from './markdown.ts'

test.each([
  ['docs/tutorial.md', 'en_GB.UTF-8'],
  ['docs/de/tutorial.md', 'de_DE.UTF-8'],
])(
  'everything in %s can be typed and answers as written',
  async (file, language) => {
    const desk = await openDesk(language)
    try {
      const blocks = blocksIn(file)
      expect(blocks.filter(({ language }) => language === 'json')).toHaveLength(3)
      for (const [at, block] of blocks.entries()) await work(desk, block, blocks[at + 1])
    } finally {
      await desk.close()
    }
  },
  180_000,
)

/** A checkout with nothing in it but what the tutorial says one has. */
interface Desk {
  readonly folder: string
  /** Instead of 4000, which may be taken. */
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  /** Functions that a block defined, for the blocks after it. */
  defined: string
  gateway: ChildProcess | undefined
  close(): Promise<void>
}

async function openDesk(language: string): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'stadttor-tutorial-'))
  for (const name of ['package.json', 'node_modules', 'src', 'examples']) await symlink(join(root, name), join(folder, name))
  const { LC_ALL: _, LC_MESSAGES: __, INIT_CWD: ___, ...env } = process.env
  const desk: Desk = {
    folder,
    port: await freePort(),
    env: { ...env, LANG: language, NO_COLOR: '1' },
    defined: '',
    gateway: undefined,
    async close() {
      await stopGateway(desk)
      await rm(folder, { recursive: true, force: true })
    },
  }
  return desk
}

async function work(desk: Desk, block: Block, next: Block | undefined): Promise<void> {
  const text = block.text.replaceAll('4000', String(desk.port))
  if (block.language === 'yaml' || block.language === 'sql') return putFile(desk, text)
  if (block.language !== 'sh') return
  if (/^\w+\(\) \{.*\}\n$/.test(text)) {
    desk.defined += text
    return
  }
  const answered = text.includes(' serve ') ? await startGateway(desk, text) : await run(desk, text)
  if (next?.language === 'text') expectLines(answered, next.text)
  if (next?.language === 'json') expect(withoutMoments(JSON.parse(answered))).toEqual(withoutMoments(JSON.parse(next.text)))
}

/** A file stands in its block, named by its first line. */
async function putFile(desk: Desk, text: string): Promise<void> {
  const path = /^(?:#|--) (\S+)\n/.exec(text)?.[1]
  if (path === undefined) throw new Error(`this block does not say which file it is:\n${text}`)
  await mkdir(dirname(join(desk.folder, path)), { recursive: true })
  await writeFile(join(desk.folder, path), text)
}

function run(desk: Desk, text: string): Promise<string> {
  return new Promise((done, fail) => {
    const script = `exec 2>&1\n${desk.defined}${text}`
    execFile('bash', ['-c', script], { cwd: desk.folder, env: desk.env, timeout: 60_000 }, (error, out) => {
      // The last command of a block may fail on purpose: grep -c ends with 1 when it counts 0.
      if (error?.killed) fail(error)
      else done(out)
    })
  })
}

/** Runs until the next `serve`, or the end: the tutorial says Ctrl + C in words. */
async function startGateway(desk: Desk, text: string): Promise<string> {
  await stopGateway(desk)
  const gateway = spawn('bash', ['-c', `exec 2>&1\n${desk.defined}${text}`], { cwd: desk.folder, env: desk.env, detached: true })
  desk.gateway = gateway
  let said = ''
  return new Promise((done, fail) => {
    gateway.stdout.on('data', chunk => {
      said += chunk
      if (said.includes('/graphql')) done(said)
    })
    gateway.once('exit', () => fail(new Error(`the gateway ended: ${said}`)))
  })
}

/** Like Ctrl + C: everything that the terminal runs is told. */
async function stopGateway(desk: Desk): Promise<void> {
  const { gateway } = desk
  desk.gateway = undefined
  if (!gateway?.pid || gateway.exitCode !== null) return
  const ended = new Promise(done => gateway.once('exit', done))
  process.kill(-gateway.pid, 'SIGINT')
  await ended
}

/** Every line that is shown was printed, in this order; `…` stands for anything. */
function expectLines(printed: string, shown: string): void {
  const lines = printed.split('\n')
  let at = 0
  for (const line of shown.trimEnd().split('\n')) {
    const pattern = new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*')}$`)
    const found = lines.findIndex((candidate, index) => index >= at && pattern.test(candidate))
    if (found < 0) throw new Error(`not printed: ${line}\n\nprinted:\n${printed}`)
    at = found + 1
  }
}

const moments = new Set(['asOf', 'age', 'requestId'])

/** What is another at every moment counts by its kind only. */
function withoutMoments(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json, (key, value) => (moments.has(key) ? typeof value : value)))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
