/** The floor plan as a test: who may look into which room, and that no two files need each other. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

const src = resolve(import.meta.dirname, '../src')

/** Read a line as: "this room may look into …". Rooms on one floor do not know each other; only app.ts, sources.ts and introspect.ts have all the keys. */
const doors: Record<string, readonly string[]> = {
  model: [],
  config: ['model'],
  schema: ['model'],
  connectors: ['model'],
  cache: ['model'],
  resolvers: ['model', 'schema'],
  http: ['model', 'schema', 'resolvers'],
  demo: ['model'],
  cli: ['app.ts', 'sources.ts', 'introspect.ts', 'config', 'model', 'demo'],
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
const imports = new Map(files.map(file => [file, importsOf(file)]))

test.each(Object.keys(doors))('%s keeps to its doors', room => {
  const strays = files
    .filter(file => roomOf(file) === room)
    .flatMap(file =>
      (imports.get(file) ?? [])
        .filter(other => roomOf(other) !== room && !doors[room]?.includes(roomOf(other)))
        .map(other => `${file} → ${other}`),
    )
  expect(strays).toEqual([])
})

test('every room has its line in the floor plan', () => {
  const rooms = new Set(files.map(roomOf).filter(room => !room.endsWith('.ts')))
  expect([...rooms].filter(room => !(room in doors))).toEqual([])
})

test('another room is entered by its index.ts', () => {
  const windows = files.flatMap(file =>
    (imports.get(file) ?? [])
      .filter(other => roomOf(other) !== roomOf(file) && dirname(other) !== '.' && !/^[^/]+\/index\.ts$/.test(other))
      .map(other => `${file} → ${other}`),
  )
  expect(windows).toEqual([])
})

test('no two files need each other', () => {
  expect(cycles()).toEqual([])
})

test('only config/policy.ts makes open fields and engine columns', () => {
  const makers = files.filter(file => /\bas (OpenField|EngineColumn)\b/.test(readFileSync(resolve(src, file), 'utf8')))
  expect(makers.filter(file => file !== 'config/policy.ts')).toEqual([])
})

function roomOf(file: string): string {
  return file.split('/')[0] ?? file
}

function importsOf(file: string): string[] {
  const text = readFileSync(resolve(src, file), 'utf8')
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(match =>
    relative(src, resolve(src, dirname(file), match[1]!)),
  )
  for (const other of found) if (!existsSync(resolve(src, other))) throw new Error(`${file} imports ${other}, which is not there`)
  return found
}

function cycles(): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const other of imports.get(file) ?? []) visit(other, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  return found
}
