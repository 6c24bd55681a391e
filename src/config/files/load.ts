/** What do the files of a configuration say, with secrets filled in and every form checked that needs no other file? */

import type { ReadOptions } from '../gateway.ts'
import { type Mistake, mistake, type Path } from '../mistake.ts'
import { type ConfigFile, type FileRole, readFolder, readSecretFile } from './folder.ts'
import { asksForSecret, type SecretStore, type Substituted, substitute } from './secrets.ts'
import { readYaml, type Tree } from './yaml.ts'

/** A file whose YAML was read. */
export interface Loaded extends Tree {
  readonly role: FileRole
  readonly secrets: Substituted['places']
  readonly holes: Substituted['holes']
}

export async function loadFolder(
  options: ReadOptions,
): Promise<{ readonly files: readonly Loaded[]; readonly mistakes: readonly Mistake[] }> {
  const { files, mistakes } = await readFolder(options.folder)
  const loaded = await Promise.all(files.map(file => loadFile(file, options)))
  return { files: loaded.flatMap(({ file }) => file ?? []), mistakes: [...mistakes, ...loaded.flatMap(({ mistakes }) => mistakes)] }
}

/** One file, or a text that is to become one. */
export async function loadFile(
  { role, file, text }: ConfigFile,
  { folder, env, withoutSecrets = false }: ReadOptions,
): Promise<{ file?: Loaded; mistakes: readonly Mistake[] }> {
  const store: SecretStore = { variable: name => env[name], file: path => readSecretFile(folder, path) }
  const { tree, mistakes } = readYaml(file, text)
  if (!tree) return { mistakes }
  if (role !== 'gateway' && role !== 'source')
    return { file: { ...tree, role, secrets: new Map(), holes: new Set() }, mistakes: role === 'dataset' ? secretsIn(tree) : [] }
  const { data, places, holes, problems } = await substitute(tree.data, store)
  const missing = problems.flatMap(problem => {
    const at = { file, line: tree.line(problem.path), path: problem.path }
    if (problem.code === 'SECRET_FORM') return [mistake('SECRET_FORM', at, {})]
    return withoutSecrets ? [] : [mistake(problem.code, at, { name: problem.name })]
  })
  return { file: { ...tree, role, data: withoutSecrets ? without(data, holes) : data, secrets: places, holes }, mistakes: missing }
}

/** A dataset file is read by many people and goes to many places. */
function secretsIn(tree: Tree): Mistake[] {
  const visit = (value: unknown, path: Path): Mistake[] => {
    if (typeof value === 'string' && asksForSecret(value))
      return [mistake('SECRET_NOT_HERE', { file: tree.file, line: tree.line(path), path }, {})]
    if (Array.isArray(value)) return value.flatMap((item, index) => visit(item, [...path, index]))
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, item]) => visit(item, [...path, key]))
  }
  return visit(tree.data, [])
}

/** Leaves out what lacks its secret. */
function without(data: unknown, holes: ReadonlySet<string>, path: Path = []): unknown {
  if (Array.isArray(data)) return data.map((item, index) => without(item, holes, [...path, index]))
  if (typeof data !== 'object' || data === null) return data
  const kept = Object.entries(data).filter(([key]) => !holes.has(JSON.stringify([...path, key])))
  return Object.fromEntries(kept.map(([key, item]) => [key, without(item, holes, [...path, key])]))
}
