/** How does a command come to look at a source: one that a file describes, or one that somebody pasted? */

import { draftSource, idFrom, type Mistake, type Source, writeMistakes } from '../../config/index.ts'
import { introspectableKinds, openIntrospector, readSources, sourceSettings } from '../../introspect.ts'
import type { Introspector } from '../../model/index.ts'
import { CommandError, exitCodes, type Terminal } from '../terminal.ts'
import { address, nameOf, recognise, settings, titleOf } from './pasted.ts'

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

function introspectorOf(source: Source, config: string): Introspector {
  const introspector = openIntrospector(source, config)
  if (introspector) return introspector
  throw new CommandError(exitCodes.usage, {
    de: `Quellen der Art „${source.kind}“ können nicht sagen, was sie haben. Das können: ${introspectableKinds.join(', ')}.`,
    en: `Sources of the kind "${source.kind}" cannot tell what they hold. These can: ${introspectableKinds.join(', ')}.`,
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
