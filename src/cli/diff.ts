/** `stadttor diff`: does a change of the configuration let more out of the house? */

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { diffGateways } from '../config/index.ts'
import { loadCity } from './city.ts'
import { CommandError, type ExitCode, exitCodes, painted, type Terminal } from './terminal.ts'

export interface DiffOptions {
  readonly config: string
  /** A folder with an earlier configuration, or a git revision of this one. */
  readonly before: string
  readonly json?: boolean
}

/**
 * Prints every difference of the exposure with its class.
 *
 * @returns 5 when anything is widened, else 0
 * @throws CommandError with exit code 2 when `before` is neither folder nor revision, 3 when either configuration is invalid
 */
export async function diff(terminal: Terminal, { config, before, json }: DiffOptions): Promise<ExitCode> {
  const after = await loadCity(terminal, config, { withoutSecrets: true })
  const earlier = await earlierFolder(config, before)
  try {
    const differences = diffGateways(await loadCity(terminal, earlier.folder, { withoutSecrets: true }), after)
    if (json) terminal.print(JSON.stringify(differences, null, 2))
    else
      for (const { change, message } of differences)
        terminal.print(`${painted(terminal, colours[change], change.padEnd(8))}  ${message[terminal.language]}`)
    if (differences.length === 0) terminal.say(terminal.language === 'de' ? 'Kein Unterschied.' : 'No difference.')
    return differences.some(difference => difference.change === 'widened') ? exitCodes.notApproved : exitCodes.ok
  } finally {
    await earlier.remove()
  }
}

const colours = { widened: 'red', narrowed: 'green', neutral: 'dim' } as const

async function earlierFolder(config: string, before: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const isFolder = await stat(before).then(
    found => found.isDirectory(),
    () => false,
  )
  if (isFolder) return { folder: before, remove: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'stadttor-diff-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await checkOut(resolve(config), before, folder)
  } catch (error) {
    await remove()
    throw error
  }
  return { folder, remove }
}

/** Writes the configuration of a revision into a folder; the work tree is not touched. */
async function checkOut(config: string, revision: string, folder: string): Promise<void> {
  const paths = await git(config, 'ls-tree', '-r', '-z', '--name-only', '--end-of-options', revision, '.').catch(() => {
    throw new CommandError(exitCodes.usage, {
      de: `„${revision}“ ist weder ein Ordner noch ein Git-Stand dieser Konfiguration.`,
      en: `"${revision}" is neither a folder nor a git revision of this configuration.`,
    })
  })
  for (const path of paths.split('\0').filter(path => path !== '')) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await git(config, 'show', '--end-of-options', `${revision}:./${path}`))
  }
}

async function git(folder: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', folder, ...words], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}
