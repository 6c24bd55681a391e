/** Can a file of YAML grow, run, or mean anything that does not stand in it? */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { readConfiguration } from '../../src/config/index.ts'
import { city, datasetFile, gatewayOf, inFolder, kindsFor, mistakesOf, now, sourceFile } from './support.ts'

const baeume = 'datasets/umwelt/baeume.yml'

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: [*c, *c, *c, *c, *c, *c, *c, *c, *c]
`

test.each([
  [
    'an anchor and its alias',
    'about: &a x\nattribution: *a',
    [
      ['YAML_ALIAS', 10],
      ['YAML_ALIAS', 11],
    ],
  ],
  ['an alias to nothing', 'about: *a', [['YAML_ALIAS', 10]]],
  ['an anchor on a key', '&a about: x', [['YAML_ALIAS', 10]]],
  ['a merge key', '<<: { about: x }', [['YAML_MERGE', 10]]],
  ['a tag that would run something', 'about: !!js/function "function () {}"', [['YAML_TAG', 10]]],
  ['a tag of YAML itself', 'about: !!str 7', [['YAML_TAG', 10]]],
  ['a tag without a name', 'about: ! x', [['YAML_TAG', 10]]],
  ['a tag on a group', 'names: !!map { a: b }', [['YAML_DUPLICATE_KEY', 10]]],
  ['binary data', 'about: !!binary aGFsbG8=', [['YAML_TAG', 10]]],
  ['a key twice', 'about: x\nabout: y', [['YAML_DUPLICATE_KEY', 11]]],
  ['a key twice, written in two ways', 'about: x\n"about": y', [['YAML_DUPLICATE_KEY', 11]]],
  ['a key that is a list', '? [a, b]\n: x', [['YAML_KEY', 10]]],
  ['a key that is a group', '{ a: b }: x', [['YAML_KEY', 10]]],
  ['a key that is a part of every object', '"__proto__": { x: 1 }', [['YAML_KEY', 10]]],
  ['a key that is nothing', ': x', [['YAML_KEY', 10]]],
  ['two documents', '---\nid: x', [['YAML_SEVERAL_DOCUMENTS', 10]]],
  ['a bracket that is never closed', 'themes: [ENVI', [['YAML_SYNTAX', 10]]],
] as const)('%s is refused', async (_what, more, expected) => {
  const mistakes = await mistakesOf({ ...city, [baeume]: datasetFile(more) })
  expect(mistakes.map(({ code, line }) => [code, line])).toEqual(expected)
})

test.each([
  ['a bomb of aliases', bomb, 'YAML_ALIAS'],
  ['a directive', `%YAML 1.1\n---\n${datasetFile()}`, 'YAML_DIRECTIVE'],
  ['an empty file', '', 'FILE_EMPTY'],
  ['a file of comments', '# nothing\n', 'FILE_EMPTY'],
  ['a file that says null', '~\n', 'FILE_EMPTY'],
  ['a file that is a word', 'hallo\n', 'WRONG_TYPE'],
  ['a file over the limit', `# ${'x'.repeat(1_000_001)}\n${datasetFile()}`, 'FILE_TOO_LARGE'],
  ['half a million brackets', '['.repeat(500_000), 'YAML_TOO_DEEP'],
  ['half a million braces', '{a: '.repeat(200_000), 'YAML_TOO_DEEP'],
  ['lists in lists in lists on one line', '- '.repeat(400_000), 'YAML_TOO_DEEP'],
  ['lists that are a little too deep', `about: ${'['.repeat(40)}${']'.repeat(40)}\n`, 'YAML_TOO_DEEP'],
  ['a thousand levels of indentation', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), 'YAML_TOO_DEEP'],
])('%s is refused without harm', async (_what, content, code) => {
  const mistakes = await mistakesOf({ ...city, [baeume]: content })
  expect([...new Set(mistakes.map(one => one.code))]).toEqual([code])
  expect(mistakes[0]?.file).toBe(baeume)
})

test('a file that is not UTF-8 is refused', async () => {
  await inFolder(city, async folder => {
    await writeFile(join(folder, baeume), Buffer.from(datasetFile(), 'latin1'))
    const found = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(found.ok ? [] : found.mistakes.map(({ file, code }) => [file, code])).toEqual([[baeume, 'FILE_NOT_UTF8']])
  })
})

test('a byte order mark of an editor does no harm', async () => {
  await gatewayOf({ ...city, [baeume]: `\ufeff${datasetFile()}` })
})

test('YAML 1.2 is read: no, on and 2026-01-01 are texts, 0x10 and 1e3 are numbers', async () => {
  const gateway = await gatewayOf(
    { ...city, [baeume]: datasetFile('rows: { A: no, B: on, C: 2026-01-01, D: 0x10, E: y }') },
    { unapproved: true },
  )
  const rule = gateway.models.get('public')?.datasets.get('baeume')?.rowRule
  expect(rule).toMatchObject({ op: 'and', of: [{ value: 'no' }, { value: 'on' }, { value: '2026-01-01' }, { value: 16 }, { value: 'y' }] })
})

test('codes keep their zeros, as keys and as values', async () => {
  const fields = '  art: { column: ART, type: code, codes: { 007: Eiche, 1: Ahorn, null: ohne, true: wahr } }'
  const gateway = await gatewayOf({ ...city, [baeume]: datasetFile('rows: { ART: { in: [007, 1] } }', fields) }, { unapproved: true })
  const dataset = gateway.models.get('public')?.datasets.get('baeume')
  expect(Object.keys(dataset?.fields[0]?.codes ?? {}).sort()).toEqual(['007', '1', 'null', 'true'])
  expect(dataset?.rowRule).toMatchObject({ op: 'in', values: ['007', '1'] })
})

test('a field named like a part of every object is a mistake or a field, never a loss', async () => {
  const mistakes = await mistakesOf({
    ...city,
    [baeume]: datasetFile('', '  art: { column: A, type: int }\n  __proto__: { column: B, type: int }'),
  })
  expect(mistakes.map(({ code, path }) => [code, path])).toEqual([['YAML_KEY', 'fields.__proto__']])
  const gateway = await gatewayOf(
    { ...city, [baeume]: datasetFile('', '  constructor: { column: B, type: int }\n  toString: { column: C, type: int }') },
    { unapproved: true },
  )
  expect(
    gateway.models
      .get('public')
      ?.datasets.get('baeume')
      ?.fields.map(({ name }) => name),
  ).toEqual(['constructor', 'toString'])
})

test('links inside the folder are followed, links out of it are not', async () => {
  const inside = { ...city, 'sources/zwei.yml': '-> ../other.txt', 'other.txt': sourceFile.replace('id: gruen', 'id: zwei') }
  expect((await gatewayOf(inside)).sources.has('zwei')).toBe(true)
  const outside = await mistakesOf({ ...city, 'sources/zwei.yml': '-> /etc/hostname', 'sources/drei.yml': '-> nowhere.yml' })
  expect(outside.map(({ file, code }) => [file, code])).toEqual([
    ['sources/drei.yml', 'FILE_UNREADABLE'],
    ['sources/zwei.yml', 'FILE_OUTSIDE'],
  ])
})

test('links to folders are followed like folders, and in circles not for ever', async () => {
  const files = { 'gateway.yml': city['gateway.yml'] ?? '', 'sources/gruen.yml': sourceFile, 'elsewhere/baeume.yml': datasetFile() }
  expect((await gatewayOf({ ...files, 'datasets/umwelt': '-> ../elsewhere' })).exposures.has('baeume')).toBe(true)
  const circle = await mistakesOf({ ...city, 'datasets/umwelt/kreis': '-> .' })
  expect(new Set(circle.map(({ code }) => code))).toEqual(new Set(['FILE_MISPLACED']))
})

test('hidden files and files that are no YAML are left alone', async () => {
  await gatewayOf({
    ...city,
    'sources/.gruen.yml.swp': 'x',
    'sources/.alt.yml': 'x: [',
    'datasets/umwelt/README.md': '# Bäume',
    'datasets/.git/x.yml': '[',
  })
})

test('a YAML file at the wrong place is not silently ignored', async () => {
  const mistakes = await mistakesOf({
    ...city,
    'datasets/wald.yml': datasetFile(),
    'sources/alt/gruen.yml': sourceFile,
    'datasets/a/b/wald.yaml': datasetFile(),
  })
  expect(mistakes.map(({ file, code }) => [file, code])).toEqual([
    ['datasets/a/b/wald.yaml', 'FILE_MISPLACED'],
    ['datasets/wald.yml', 'FILE_MISPLACED'],
    ['sources/alt/gruen.yml', 'FILE_MISPLACED'],
  ])
})

test('a folder that is not there, or has no gateway.yml, is told', async () => {
  const missing = await readConfiguration({ folder: '/nowhere/at/all', kindsFor, env: {}, now })
  expect(missing).toMatchObject({ ok: false, mistakes: [{ code: 'FILE_MISSING', file: 'gateway.yml' }] })
  expect((await mistakesOf({ 'sources/gruen.yml': sourceFile })).map(({ code }) => code)).toEqual(['FILE_MISSING'])
})

test('whatever stands in a file, reading it ends with a gateway or with mistakes', async () => {
  const lines = fc.array(
    fc.oneof(
      fc.string(),
      fc.constantFrom('id: x', 'fields:', '  a: {', '- ', '? ', '&a', '*a', '!!x', '|', '  >-', "'", '"', '#', '---', '%'),
    ),
    { maxLength: 30 },
  )
  await fc.assert(
    fc.asyncProperty(lines, async lines => {
      const mistakes = await mistakesOf({ ...city, [baeume]: lines.join('\n') })
      expect(mistakes.length).toBeGreaterThan(0)
    }),
    { numRuns: 150 },
  )
})
