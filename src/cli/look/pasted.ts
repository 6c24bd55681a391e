/** What does somebody mean who pastes an address, a path or the name of a kind? Secrets are never taken from a command line. */

import { existsSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { connectionEntries, recogniseSource } from '../../introspect.ts'
import { CommandError, exitCodes } from '../terminal.ts'

/** What a pasted text means. A path starts where the command is run; a source file starts from its own folder. */
export function recognise(pasted: string, config: string, kind?: string): ReturnType<typeof recogniseSource> {
  refusePassword(pasted)
  const found = existsSync(pasted) ? recogniseFiles(resolve(pasted), config) : recogniseSource(pasted)
  return kind === undefined || found?.kind === kind ? found : undefined
}

function recogniseFiles(path: string, config: string): ReturnType<typeof recogniseSource> {
  if (statSync(path).isDirectory()) return { kind: 'file', connection: { folder: pathFrom(config, path) } }
  const found = recogniseSource(path)
  const near = ([name, value]: [string, unknown]) => [name, name === 'file' || name === 'folder' ? pathFrom(config, String(value)) : value]
  return found && { ...found, connection: Object.fromEntries(Object.entries(found.connection).map(near)) }
}

/** Whoever names the kind may paste whatever its address looks like. */
export function address(kind: string, pasted: string | undefined, config: string): Readonly<Record<string, unknown>> {
  const entry = connectionEntries(kind).find(({ name }) => name === 'url' || name === 'file' || name === 'folder')
  if (!entry || pasted === undefined || pasted === kind) return {}
  return { [entry.name]: existsSync(pasted) ? pathFrom(config, pasted) : pasted }
}

/** Entries of `connection:` from flags; a secret is a reference or nothing. */
export function settings(kind: string, flags: readonly string[]): Readonly<Record<string, unknown>> {
  const entries = connectionEntries(kind)
  return Object.fromEntries(
    flags.map(flag => {
      const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(flag) ?? []
      if (name === '') {
        throw new CommandError(exitCodes.usage, {
          de: '--set braucht Name und Wert: --set host=db.stadt.example',
          en: '--set needs a name and a value: --set host=db.stadt.example',
        })
      }
      if (isSecret(name) && !/^\$\{.+\}$/.test(value)) throw secretFlag(name)
      const { type } = entries.find(entry => entry.name === name) ?? {}
      if (type === 'integer' || type === 'number') return [name, /^\d+$/.test(value) ? Number(value) : value]
      return [name, (type === 'boolean' || type === '') && /^(true|false)$/.test(value) ? value === 'true' : value]
    }),
  )
}

export function isSecret(name: string): boolean {
  return /password|token|secret|apikey|authorization/i.test(name)
}

/** The telling part of an address: `…/services/Gruen/MapServer/3` is about "Gruen". */
export function nameOf(pasted: string): string {
  const url = URL.parse(pasted)
  if (!url || url.hostname === '')
    return pasted
      .replace(/\/+$/, '')
      .replace(/^.*[\\/]/, '')
      .replace(/\.\w+$/, '')
  const parts = url.pathname.split('/').filter(part => part !== '')
  const service = parts.findIndex(part => /^(Map|Feature)Server$/i.test(part))
  if (/^(localhost|[\d.]+|\[.*)$/.test(url.hostname) && service < 0) return parts.at(-1) ?? 'dienst'
  const database = /^(postgres|mysql|mariadb)/.test(url.protocol) ? parts[0] : undefined
  return (
    database ??
    (service > 0 ? parts[service - 1]! : (url.hostname.split('.').find(part => !/^(www|geo|gis|\d+)$/.test(part)) ?? url.hostname))
  )
}

export function titleOf(pasted: string): string {
  const name = nameOf(pasted)
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}

/** Relative while that is short enough to be read. */
function pathFrom(config: string, path: string): string {
  const near = relative(resolve(config), resolve(path)) || '.'
  return near.startsWith('../../..') ? resolve(path) : near
}

function refusePassword(pasted: string): void {
  if (URL.parse(pasted)?.password) throw secretFlag('password')
}

function secretFlag(name: string): CommandError {
  return new CommandError(exitCodes.usage, {
    de: `Geheimnisse gehören nicht in die Befehlszeile. In eine Umgebungsvariable legen und so nennen: --set '${name}=\${NAME_DER_VARIABLE}'`,
    en: `Secrets do not belong on the command line. Put it into an environment variable and name that: --set '${name}=\${NAME_OF_THE_VARIABLE}'`,
  })
}
