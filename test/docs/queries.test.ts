/** Do the queries and snippets in the documents work? Each is run against the demo city. */

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type Running, readCity, startGateway } from '../../src/app.ts'
import { demoConfig } from '../../src/cli/demo.ts'
import { writeMistakes } from '../../src/config/index.ts'
import { type DemoCity, startDemoCity } from '../../src/demo/index.ts'
import { type Block, blocksIn, markdownFiles } from './markdown.ts'

let folder = ''
let city: DemoCity
let running: Running

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stadttor-docs-demo-'))
  city = await startDemoCity(folder)
  const configuration = await readCity(demoConfig, { env: city.env })
  if (!configuration.ok) throw new Error(writeMistakes(configuration.mistakes, 'en'))
  running = await startGateway(configuration.gateway, { folder: demoConfig, host: '127.0.0.1', port: 0, log: pino({ level: 'silent' }) })
}, 60_000)

afterAll(async () => {
  await running.stop()
  await city.stop()
  await rm(folder, { recursive: true, force: true })
})

const blocks = markdownFiles()
  .filter(file => !file.endsWith('tutorial.md'))
  .flatMap(blocksIn)
const examples = (language: string, wanted: (block: Block) => boolean = () => true) =>
  blocks.filter(block => block.language === language && wanted(block)).map(block => [`${block.file}:${block.line}`, block] as const)

test.each(examples('graphql'))('the query in %s does what it says', async (_name, { text, note }) => {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  })
  const answer = (await response.json()) as Answer
  const codes = answer.errors?.map(({ extensions }) => extensions.code) ?? []
  expect(codes).toEqual(note.startsWith('error: ') ? [note.slice('error: '.length)] : [])
})

test.each(examples('sh', ({ text }) => text.startsWith('curl ')))(
  'the command in %s is answered without an error',
  async (_name, { text }) => {
    const answer = JSON.parse(await run('bash', ['-c', here(text)])) as Answer
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toBeDefined()
  },
)

test.each(examples('js'))('the snippet in %s runs', async (_name, { text }) => {
  expect(await run(process.execPath, ['--input-type=module', '--eval', here(text)])).toMatch(/^\d+ trees\n$/)
})

const python = await run('python3', ['--version']).then(
  () => undefined,
  () => 'there is no python3',
)

test.each(examples('python').map(([name, block]) => [python ? `${name} (skipped: ${python})` : name, block] as const))(
  'the snippet in %s runs',
  async (_name, { text }) => {
    if (python) return
    expect(await run('python3', ['-c', here(text)])).toMatch(/^.+ \d+$/m)
  },
)

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
}

/** The documents speak of port 4000. */
function here(text: string): string {
  return text.replaceAll('http://127.0.0.1:4000', running.url)
}

function run(command: string, words: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(command, words, { cwd: folder, timeout: 20_000 }, (error, out, said) =>
      error ? fail(new Error(`${error.message}\n${said}`)) : done(out),
    )
  })
}
