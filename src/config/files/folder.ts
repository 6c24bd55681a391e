/** Which files make up a configuration, and what is in them? */

import type { Dirent } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type Mistake, mistake } from '../mistake.ts'

/** What a file is for; tells which form it must have. */
export type FileRole = 'gateway' | 'source' | 'dataset' | 'approvals' | 'keys'

export interface ConfigFile {
  readonly role: FileRole
  /** Relative to the folder, with `/`. */
  readonly file: string
  readonly text: string
}

/** Bytes; approvals hold one entry per dataset and are written by the machine. */
const largest: Readonly<Record<FileRole, number>> = { gateway: 1e6, source: 1e6, dataset: 1e6, approvals: 1e7, keys: 1e6 }

/** Bytes of a secret; a certificate chain has a few thousand. */
const largestSecret = 65_536

/** Reads every file of a configuration. Hidden files and files that are no YAML are left alone; links are followed inside the folder only. */
export async function readFolder(
  folder: string,
): Promise<{ readonly files: readonly ConfigFile[]; readonly mistakes: readonly Mistake[] }> {
  const root = await realpath(folder).catch(() => undefined)
  if (root === undefined)
    return { files: [], mistakes: [mistake('FILE_MISSING', { file: 'gateway.yml', line: 1 }, { name: 'gateway.yml' })] }
  const found = [
    ...(await fixed(root)),
    ...(await below(root, 'sources', path => (path.length === 1 ? 'source' : undefined))),
    ...(await below(root, 'datasets', path => (path.length === 2 ? 'dataset' : undefined))),
  ]
  const read = await Promise.all(found.map(({ role, file }) => (role ? readOne(root, role, file) : misplaced(file))))
  return { files: read.flatMap(one => ('text' in one ? [one] : [])), mistakes: read.flatMap(one => ('text' in one ? [] : [one])) }
}

interface Found {
  readonly role: FileRole | undefined
  readonly file: string
}

async function fixed(root: string): Promise<Found[]> {
  const names = await readdir(root)
  const wanted = [
    { role: 'gateway', file: 'gateway.yml' },
    { role: 'approvals', file: 'approvals.yml' },
    { role: 'keys', file: 'keys.yml' },
  ] as const
  return wanted.filter(({ role, file }) => role === 'gateway' || names.includes(file))
}

async function below(root: string, top: string, role: (path: readonly string[]) => FileRole | undefined): Promise<Found[]> {
  const visit = async (path: readonly string[]): Promise<Found[]> => {
    const entries = await readdir(join(root, top, ...path), { withFileTypes: true }).catch(() => [])
    const found = entries
      .filter(entry => !entry.name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async entry => {
        const inside = [...path, entry.name]
        // The bound ends links that lead in circles.
        if (await isFolder(join(root, top, ...inside), entry)) return inside.length < 5 ? visit(inside) : []
        return isYaml(entry) ? [{ role: role(inside), file: [top, ...inside].join('/') }] : []
      })
    return (await Promise.all(found)).flat()
  }
  return visit([])
}

/** A link to a folder is a folder; where its files really are is asked of each file. */
async function isFolder(path: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return stat(path).then(
    target => target.isDirectory(),
    () => false,
  )
}

function isYaml(entry: Dirent): boolean {
  return /\.ya?ml$/i.test(entry.name)
}

async function readOne(root: string, role: FileRole, file: string): Promise<ConfigFile | Mistake> {
  const at = { file, line: 1 }
  try {
    const real = await realpath(join(root, file))
    if (relative(root, real).split(sep)[0] === '..') return mistake('FILE_OUTSIDE', at, {})
    const { size } = await stat(real)
    if (size > largest[role]) return mistake('FILE_TOO_LARGE', at, { limit: `${largest[role] / 1e6} MB` })
    return { role, file, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(real)) }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return mistake('FILE_NOT_UTF8', at, {})
    return code === 'ENOENT' && role === 'gateway' ? mistake('FILE_MISSING', at, { name: file }) : mistake('FILE_UNREADABLE', at, {})
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

function misplaced(file: string): Mistake {
  return mistake('FILE_MISPLACED', { file, line: 1 }, {})
}

/** A secret's file, without the line break that editors and `echo` leave at its end. */
export async function readSecretFile(folder: string, path: string): Promise<string | undefined> {
  try {
    const file = resolve(folder, path)
    if ((await stat(file)).size > largestSecret) return undefined
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)).replace(/\r?\n$/, '')
  } catch {
    return undefined
  }
}
