/** Do the schemas for editors say the same as the parser, and are the committed ones fresh? */

import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { configurationSchemas, mistakeWords } from '../../src/config/index.ts'
import { city, datasetFile, gatewayFile, kinds, sourceFile } from './support.ts'

const schemas = configurationSchemas(kinds)
const accepts = (name: string, text: string) =>
  z.fromJSONSchema(schemas[name] as z.core.JSONSchema.JSONSchema).safeParse(parse(text)).success

test.each([
  ['gateway', gatewayFile],
  ['gateway', `${gatewayFile}server: { port: "\${PORT}" }\nlimits: { request: "\${TIME}" }\n`],
  ['source', sourceFile],
  ['source', sourceFile.replace('db1', `db1, port: "\${PORT}"`)],
  ['source', `${sourceFile}limits: { connections: 4, statement: 5 s, open: "Mo-Fr 06:00-20:00" }\n`],
  ['dataset', datasetFile('freshFor: 10 min\nrows: { A: { in: [1, 2] }, B: x }\njoinable: [X, { column: Y, type: int }]')],
  ['dataset', datasetFile('audience: [internal]', '  art: { column: A, type: code, codes: { 1: a }, coarsen: { to: 5 }, use: [read] }')],
  ['dataset', city['datasets/umwelt/baeume.yml'] ?? ''],
  ['approvals', 'approvals: []'],
  ['keys', `keys:\n  - { name: a, audience: internal, hash: "sha256:${'0'.repeat(64)}", expires: 2027-06-30 }\n`],
])('an editor takes what a %s file may say', (name, text) => expect(accepts(name, text)).toBe(true))

test.each([
  ['gateway', `${gatewayFile}lenguage: de\n`],
  ['gateway', `${gatewayFile}limits: { pageSize: 0 }\n`],
  ['source', sourceFile.replace('kind: oracle', 'kind: orakel')],
  ['source', sourceFile.replace('connectString', 'connect')],
  ['dataset', datasetFile('freshFor: bald')],
  ['dataset', datasetFile('titel: x')],
  ['dataset', datasetFile().replace('table:', 'tabelle:')],
  ['dataset', datasetFile('', '  art: { column: A, type: text, use: [read, sum] }')],
  ['dataset', datasetFile().replace('key: [BAUM_ID]\n', '')],
  ['keys', 'keys:\n  - { name: a, audience: internal, hash: stt_abc }\n'],
])('an editor marks what a %s file may not say', (name, text) => expect(accepts(name, text)).toBe(false))

test('every entry that people write is described', () => {
  const bare: string[] = []
  const visit = (schema: unknown, path: string, described: boolean) => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties, items, anyOf, oneOf, additionalProperties } = schema as Record<string, unknown>
    if (!described && path && !('description' in schema) && !properties) bare.push(path)
    for (const [name, inner] of Object.entries((properties ?? {}) as object)) visit(inner, `${path}.${name}`, selfEvident.has(name))
    for (const inner of [...((anyOf ?? oneOf ?? []) as unknown[]), items, additionalProperties]) visit(inner, path, true)
  }
  for (const name of ['gateway', 'source', 'dataset']) visit(schemas[name], name, true)
  expect(bare).toEqual([])
})

/** Entries whose name says it all, and those of the test's own kinds of source. */
const selfEvident = new Set([
  'title',
  'about',
  'kind',
  'de',
  'en',
  'department',
  'contact',
  'connectString',
  'user',
  'password',
  'port',
  'help',
  'folder',
  'table',
  'path',
])

test('every mistake that can be told has its test', () => {
  const folder = import.meta.dirname
  const tests = readdirSync(folder)
    .filter(name => name.endsWith('.test.ts') && name !== 'schemas.test.ts')
    .map(name => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n')
  expect(Object.keys(mistakeWords).filter(code => !tests.includes(`'${code}'`))).toEqual([])
})
