/** How does a command come to look at a source: one that a file describes, or one that somebody pasted? */

import { existsSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { draftSource, idFrom, type Mistake, type Source, writeMistakes } from '../config/index.ts'
import {
  connectionEntries,
  introspectableKinds,
  openIntrospector,
  parsePlace,
  readSources,
  recogniseSource,
  sourceSettings,
} from '../introspect.ts'
import { GatewayError, type Introspector, type ItemDescription, type ReadContext, type SourceItem } from '../model/index.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

export interface SourceFlags {
  /** Folder of the configuration. */
  readonly config: string
  /** Id of a source file, or whatever was pasted. */
  readonly source?: string
  /** Always something pasted. */
  readonly url?: string
  readonly kind?: string
  /** `name=value`, below `connection:`. */
  readonly set?: readonly string[]
  /** Id for a source that has no file yet. */
  readonly as?: string
}

/** A source that was opened. To be closed. */
export interface Look {
  readonly source: Source
  readonly introspector: Introspector
  /** Beside `use:`, when what was pasted names one item. */
  readonly place?: Readonly<Record<string, unknown>>
  /** The text of a source file that is not there yet. */
  readonly file?: { readonly path: string; readonly text: string }
  /** Of the city; Germany's where nobody said. */
  readonly zone: string
}

/** A source, described well enough to be tried. */
export interface Described {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly owner?: string
  readonly connection: Readonly<Record<string, unknown>>
}

/** As long as a person waits. */
export function patience(ms = 60_000): ReadContext {
  return { signal: AbortSignal.timeout(ms), deadline: Date.now() + ms }
}

/**
 * Opens what the flags name.
 *
 * @throws CommandError 2 for what names no source, 3 for a source file with mistakes
 */
export async function openLook(terminal: Terminal, flags: SourceFlags): Promise<Look> {
  const { config, source: wanted, url } = flags
  const { sources, mistakes, city } = await readSources(config)
  const zone = city?.zone ?? 'Europe/Berlin'
  const known = url === undefined && wanted !== undefined ? sources.get(wanted) : undefined
  if (known) return { source: known, introspector: introspectorOf(known, config), zone }
  const broken = wanted !== undefined && url === undefined ? mistakes.filter(({ file }) => file === `sources/${wanted}.yml`) : []
  if (broken.length > 0) throw invalidSource(terminal, broken)
  const pasted = url ?? wanted
  const recognised = pasted === undefined ? undefined : recognise(pasted, config, flags.kind)
  const kind = flags.kind ?? recognised?.kind
  if (kind === undefined) throw unknownSource(pasted ?? '', [...sources.keys()])
  const connection = { ...(recognised?.connection ?? address(kind, pasted, config)), ...settings(kind, flags.set ?? []) }
  const id = flags.as ?? idFrom(nameOf(pasted ?? kind))
  const again = sources.get(id)
  if (again && again.kind === kind)
    return { source: again, introspector: introspectorOf(again, config), zone, ...(recognised?.place && { place: recognised.place }) }
  const look = await tryOut(terminal, config, { id, kind, title: pasted === undefined ? id : titleOf(pasted), connection })
  return { ...look, zone, ...(recognised?.place && { place: recognised.place }) }
}

/** A source from its description, through the very text that would be its file. */
export async function tryOut(terminal: Terminal, config: string, described: Described): Promise<Omit<Look, 'zone'>> {
  const text = draftSource(described)
  const { source, mistakes } = await sourceSettings(config, `sources/${described.id}.yml`, text)
  if (!source) throw invalidSource(terminal, mistakes)
  return { source, introspector: introspectorOf(source, config), file: { path: `${config}/sources/${described.id}.yml`, text } }
}

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

/** The item that a person means: by its name, whatever its case, or by its title. */
export async function describeItem(
  { introspector, source, place }: Look,
  item: string | undefined,
  context = patience(),
): Promise<ItemDescription> {
  const wanted = item === undefined ? place : (itemNamed(await introspector.list(context), item)?.place ?? placeFor(source, item))
  const parsed = wanted && parsePlace(source.kind, wanted)
  if (!parsed) throw new CommandError(exitCodes.usage, { de: `„${item}“ gibt es dort nicht.`, en: `There is no "${item}" there.` })
  const described = await introspector.describe(parsed, context)
  return { ...described, place: written(wanted) }
}

/** Names that differ from the wanted one by case only come after those that do not. */
export function itemNamed(items: readonly SourceItem[], wanted: string): SourceItem | undefined {
  const low = wanted.toLowerCase()
  return (
    items.find(({ name }) => name === wanted) ??
    items.find(({ name }) => name.toLowerCase() === low) ??
    items.find(({ title }) => title?.toLowerCase() === low) ??
    items.find(({ name }) => name.toLowerCase().replace(/^.*[.:]/, '') === low)
  )
}

/** What a source that failed has to say to whoever sits at the terminal. */
export function sourceError(error: unknown, source: string): unknown {
  if (!(error instanceof GatewayError)) return error
  const detail = error.log ? `\n  ${error.log}` : ''
  return new CommandError(error.code === 'SOURCE_CHANGED' ? exitCodes.usage : exitCodes.sourceUnreachable, {
    de: `Quelle „${source}“: ${error.code === 'SOURCE_CHANGED' ? 'Das gibt es dort nicht.' : error.text.de}  ${error.code}${detail}`,
    en: `Source "${source}": ${error.code === 'SOURCE_CHANGED' ? 'There is no such thing there.' : error.text.en}  ${error.code}${detail}`,
  })
}

function introspectorOf(source: Source, config: string): Introspector {
  const introspector = openIntrospector(source, { folder: config })
  if (introspector) return introspector
  throw new CommandError(exitCodes.usage, {
    de: `Quellen der Art „${source.kind}“ können nicht sagen, was sie haben. Das können: ${introspectableKinds.join(', ')}.`,
    en: `Sources of the kind "${source.kind}" cannot tell what they hold. These can: ${introspectableKinds.join(', ')}.`,
  })
}

/** A place that no list names, such as a file in a folder of thousands: tried as the only required entry. */
function placeFor({ kind }: Source, item: string): Readonly<Record<string, unknown>> | undefined {
  const entries = ['table', 'typeName', 'layer', 'collection', 'entity', 'path']
  return entries.map(entry => ({ [entry]: item })).find(place => parsePlace(kind, place))
}

/** As a dataset file writes it: without what was not said. */
function written(place: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))
}

/** Relative while that is short enough to be read. */
function pathFrom(config: string, path: string): string {
  const near = relative(resolve(config), resolve(path)) || '.'
  return near.startsWith('../../..') ? resolve(path) : near
}

/** The telling part of an address: `…/services/Gruen/MapServer/3` is about "Gruen". */
function nameOf(pasted: string): string {
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

function titleOf(pasted: string): string {
  const name = nameOf(pasted)
  return name.slice(0, 1).toUpperCase() + name.slice(1)
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

function unknownSource(pasted: string, known: readonly string[]): CommandError {
  const [de, en] = known.length > 0 ? [`Es gibt: ${known.join(', ')}.`, `There are: ${known.join(', ')}.`] : ['', '']
  return new CommandError(exitCodes.usage, {
    de: `„${pasted}“ ist keine Quelle und keine Adresse, die sich einordnen lässt. ${de} Sonst --kind und --set angeben.`,
    en: `"${pasted}" is no source and no address that can be told. ${en} Otherwise give --kind and --set.`,
  })
}

function invalidSource(terminal: Terminal, mistakes: readonly Mistake[]): CommandError {
  terminal.say(writeMistakes(mistakes, terminal.language, terminal.colour))
  return new CommandError(exitCodes.configurationInvalid, {
    de: 'Die Beschreibung der Quelle ist nicht gültig.',
    en: 'The description of the source is not valid.',
  })
}
