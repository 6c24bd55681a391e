/** How do new files get into a configuration: all of them or none, and none over somebody's work? */

import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

export interface NewFile {
  readonly path: string
  readonly text: string
}

/** Files are there already and say something else. */
export class FilesInTheWay extends Error {
  readonly paths: readonly string[]

  constructor(paths: readonly string[]) {
    super(`already there: ${paths.join(', ')}`)
    this.name = 'FilesInTheWay'
    this.paths = paths
  }
}

/**
 * Writes everything beside its place first and renames at the end, so that whoever stops it half-way leaves no half of a file. What is
 * there word for word stays as it is.
 *
 * @param replace true: files that say something else are replaced
 * @returns paths of the files that were written, in the order given
 * @throws FilesInTheWay before anything is written
 */
export async function createFiles(files: readonly NewFile[], replace = false): Promise<readonly string[]> {
  const before = await Promise.all(files.map(({ path }) => textOf(path)))
  const changed = files.filter(({ text }, at) => before[at] !== text)
  const inTheWay = changed.filter(({ path }) => before[files.findIndex(file => file.path === path)] !== undefined)
  if (inTheWay.length > 0 && !replace) throw new FilesInTheWay(inTheWay.map(({ path }) => path))
  const drafts: string[] = []
  const placed: string[] = []
  try {
    for (const { path, text } of changed) drafts.push(await draftBeside(path, text))
    for (const [at, { path }] of changed.entries()) {
      await rename(drafts[at]!, path)
      if (!inTheWay.some(file => file.path === path)) placed.push(path)
    }
  } catch (error) {
    await Promise.all([...drafts, ...placed].map(path => rm(path, { force: true })))
    throw error
  }
  return changed.map(({ path }) => path)
}

async function draftBeside(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  const handle = await open(draft, 'wx', 0o644)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}
