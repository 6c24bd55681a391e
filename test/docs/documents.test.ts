/** Do the documents say what is true? Links, configuration, JSON, exposures and commands in every Markdown file. */

import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { readCity } from '../../src/app.ts'
import { program } from '../../src/cli/program.ts'
import { type Configuration, writeExposure, writeMistakes } from '../../src/config/index.ts'
import { anchorsIn, type Block, blocksIn, linksIn, markdownFiles, root } from './markdown.ts'

const files = markdownFiles()
const blocks = files.flatMap(blocksIn)
const named = (block: Block) => `${block.file}:${block.line}`

test('there are documents to test', () => {
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/tutorial.md', 'docs/de/freigeben.md', 'docs/reference/errors.md']))
})

test.each(files)('%s links to nothing that is not there', file => {
  const broken = linksIn(file).filter(link => !/^(https?|mailto):/.test(link) && !leadsSomewhere(file, link))
  expect(broken).toEqual([])
})

test.each(blocks.filter(block => block.language === 'json').map(block => [named(block), block] as const))(
  'the JSON in %s is JSON',
  (_name, { text }) => {
    expect(() => JSON.parse(text)).not.toThrow()
  },
)

describe('configuration', () => {
  const yaml = blocks.filter(block => block.language === 'yaml' && !block.file.endsWith('tutorial.md'))
  const fragments = yaml.filter(isFragment)
  const documents = [...new Set(yaml.filter(block => !isFragment(block)).map(block => block.file))]
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stadttor-docs-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('every example says which file it is or is part of', () => {
    expect(yaml.filter(block => !isFragment(block) && pathOf(block) === undefined).map(named)).toEqual([])
  })

  test.each(documents)('the files in %s are valid', async document => {
    const configuration = await readWith(folder, filesIn(document))
    expect(configuration.ok ? '' : writeMistakes(configuration.mistakes, 'en')).toBe('')
  })

  test.each(fragments.map(block => [named(block), block] as const))('the part of a dataset in %s is valid', async (_name, block) => {
    const [path, text] = [...filesIn(block.file)].find(([path]) => path.startsWith('datasets/'))!
    const configuration = await readWith(folder, new Map([[path, stringify(withPart(parse(text), parse(block.text)))]]))
    expect(configuration.ok ? '' : writeMistakes(configuration.mistakes, 'en')).toBe('')
  })

  /** Files of one document by their path in the configuration. */
  function filesIn(document: string): ReadonlyMap<string, string> {
    return new Map(yaml.filter(block => block.file === document && pathOf(block)).map(block => [pathOf(block)!, block.text]))
  }
})

test.each(blocks.filter(block => block.note.startsWith('exposure: ')).map(block => [named(block), block] as const))(
  'the exposure in %s is what the command prints',
  async (_name, { note, text }) => {
    const [dataset = '', language] = note.slice('exposure: '.length).split(' ')
    const configuration = await readCity(join(root, 'config'), { withoutSecrets: true })
    if (!configuration.ok) throw new Error(writeMistakes(configuration.mistakes, 'en'))
    expect(text).toBe(writeExposure([configuration.gateway.exposures.get(dataset)!], language === 'de' ? 'de' : 'en'))
  },
)

const typed = blocks
  .filter(block => block.language === 'sh')
  .flatMap(block =>
    block.text.split('\n').flatMap(line => (/^stadttor [a-z]/.test(line) ? [[`${named(block)} ${line}`, line] as const] : [])),
  )

test.each(typed)('%s is a command with options that exist', (_name, line) => {
  const words = line.split(/[;|]/)[0]!.trim().split(/\s+/).slice(1)
  let command = program
  while (command.commands.length > 0) {
    const word = words.shift()
    const inner = command.commands.find(inner => inner.name() === word)
    if (!inner) throw new Error(`there is no command ${word}`)
    command = inner
  }
  const known = [...command.options, ...program.options].flatMap(({ short, long }) => [short, long])
  expect(known).toEqual(expect.arrayContaining(words.filter(word => word.startsWith('-')).map(word => word.split('=')[0])))
})

function leadsSomewhere(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : join(dirname(file), decodeURIComponent(path))
  if (!existsSync(resolve(root, target))) return false
  return anchor === undefined || anchorsIn(target).has(anchor)
}

function isFragment({ text }: Block): boolean {
  return text.startsWith('# …\n')
}

/** `datasets/umwelt/baeume.yml`, from the first line. */
function pathOf({ text }: Block): string | undefined {
  return /^# (?:config\/)?((?:sources|datasets)\/\S+\.yml|gateway\.yml)\n/.exec(text)?.[1]
}

/** A dataset with some of its entries replaced, and with further fields and relations. */
function withPart(dataset: Entries, part: Entries): Entries {
  const both = Object.entries(part).map(([key, value]) => [
    key,
    isEntries(dataset[key]) && isEntries(value) ? { ...dataset[key], ...value } : value,
  ])
  return { ...dataset, ...Object.fromEntries(both) }
}

type Entries = Readonly<Record<string, unknown>>

function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The demo city with these files put in, and with something behind every secret. */
async function readWith(folder: string, put: ReadonlyMap<string, string>): Promise<Configuration> {
  const secret = join(folder, 'secret')
  await writeFile(secret, 's'.repeat(40))
  const config = join(folder, 'config')
  await cp(join(root, 'config'), config, { recursive: true, filter: path => !/approvals\.yml$|schema$/.test(path) })
  for (const [path, text] of put) {
    await mkdir(dirname(join(config, path)), { recursive: true })
    await writeFile(join(config, path), text.replace(/\$\{file:[^}]+\}/g, `\${file:${secret}}`))
  }
  const anything = { get: () => `http://127.0.0.1:9/${'x'.repeat(40)}/MapServer` }
  return readCity(config, { env: new Proxy<Record<string, string>>({}, anything) })
}
