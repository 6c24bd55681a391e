/** Does the reference name everything there is, and nothing else? */

import { referencePages } from '../../scripts/reference.ts'
import { exitCodes } from '../../src/cli/terminal.ts'
import { configurationSchemas, mistakeWords, noticeWords } from '../../src/config/index.ts'
import { connectorModules } from '../../src/connectors/index.ts'
import { failures } from '../../src/model/index.ts'
import { textOf } from './markdown.ts'

const errors = textOf('docs/reference/errors.md')
const part = (from: string, to?: string) => errors.slice(errors.indexOf(`\n## ${from}`), to ? errors.indexOf(`\n## ${to}`) : undefined)
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1]!)

test.each([...(await referencePages())])('%s is what the code says', (file, content) => {
  expect(textOf(file)).toBe(content)
})

test('every code that a caller can meet has its words, and no other', () => {
  expect(found(part('In answers', 'In the configuration'), /^### (\w+)$/gm).sort()).toEqual(Object.keys(failures).sort())
})

test('every mistake of a configuration has its words, and no other', () => {
  expect(found(part('In the configuration', 'Notices'), /^\| <a id="\w+"><\/a>`(\w+)`/gm).sort()).toEqual(Object.keys(mistakeWords).sort())
})

test('every notice has its words, and no other', () => {
  expect(found(part('Notices'), /^\| <a id="\w+"><\/a>`(\w+)`/gm).sort()).toEqual(Object.keys(noticeWords).sort())
})

test('every exit code has its words, and no other', () => {
  expect(found(textOf('docs/reference/commands.md'), /^\| `(\d)`/gm)).toEqual(Object.values(exitCodes).map(String))
})

test('the limits in "Operating" are the ones that hold', async () => {
  const { gateway, source } = configurationSchemas(await connectorModules()) as Record<string, Form>
  const page = textOf('docs/how-to/operate.md')
  const [forCallers = '', forSources = ''] = page.slice(page.indexOf('## Limits')).split('In `sources/*.yml`')
  expect(limitsIn(forCallers).sort()).toEqual([...limitsOf(gateway!, 'limits'), ['cache.memory', '64 MB']].sort())
  expect(limitsIn(forSources).sort()).toEqual(limitsOf(source!.oneOf![0]!, 'limits').sort())
})

interface Form {
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Form>>
  readonly oneOf?: readonly Form[]
}

function limitsIn(text: string): string[][] {
  return [...text.matchAll(/^\| `([\w.]+)` \| `([^`]+)` \|/gm)].map(match => [match[1]!, match[2]!])
}

function limitsOf(form: Form, group: string): string[][] {
  const entries = Object.entries(form.properties?.[group]?.properties ?? {})
  return entries.filter(([, entry]) => entry.default !== undefined).map(([key, entry]) => [`${group}.${key}`, String(entry.default)])
}
