/** `stadttor introspect`: what does a source hold, and what would a dataset file for it look like? */

import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import {
  createFiles,
  type DatasetWish,
  draftDataset,
  type FieldProposal,
  FilesInTheWay,
  idFrom,
  type NewFile,
  proposeFields,
} from '../config/index.ts'
import type { ItemDescription, SourceItem } from '../model/index.ts'
import { hintOf, listFields, listItems } from './listing.ts'
import { describeItem, type Look, openLook, patience, type SourceFlags, sourceError } from './look/index.ts'
import { CommandError, exitCodes, painted, type Terminal } from './terminal.ts'

/** What somebody knows already of the dataset. */
export interface DatasetFlags {
  readonly id?: string
  readonly title?: string
  readonly about?: string
  readonly owner?: string
  readonly contact?: string
  readonly licence?: string
  readonly attribution?: string
  readonly updated?: string
  readonly singular?: string
  readonly plural?: string
  /** Columns. */
  readonly key?: readonly string[]
}

export interface IntrospectOptions extends SourceFlags, DatasetFlags {
  readonly item?: string
  readonly json?: boolean
  /** Rows to look at; none without the wish. */
  readonly sample?: number
  readonly out?: string
  /** Replace a file that says something else. */
  readonly force?: boolean
}

/**
 * Lists what a source holds, or drafts a dataset file with every field closed: to standard output, or to `out`.
 *
 * @throws CommandError 2 for an unknown source or item and for files in the way, 3 for a source file with mistakes, 4 for a source that fails
 */
export async function introspect(terminal: Terminal, options: IntrospectOptions): Promise<void> {
  const look = await openLook(terminal, options)
  try {
    if (options.item === undefined && look.place === undefined) await list(terminal, look, options)
    else await draft(terminal, look, options)
  } catch (error) {
    throw sourceError(error, look.source.id)
  } finally {
    await look.introspector.close()
  }
}

async function list(terminal: Terminal, look: Look, { json, out }: IntrospectOptions): Promise<void> {
  const german = terminal.language === 'de'
  if (out !== undefined) {
    throw new CommandError(exitCodes.usage, {
      de: 'Wovon? Hinter die Quelle gehört, wofür der Datensatz ist; ohne --out steht hier, was es gibt.',
      en: 'Of what? Behind the source comes what the dataset is for; without --out this lists what there is.',
    })
  }
  const items = await withKeys(look, await look.introspector.list(patience()))
  if (json) return terminal.print(JSON.stringify(items, null, 2))
  if (items.length === 0) return terminal.say(german ? 'Diese Quelle zeigt dem Konto nichts.' : 'This source shows nothing to the account.')
  terminal.print(listItems(items, terminal.language))
  const source = look.file ? 'ADRESSE' : look.source.id
  terminal.say(
    german
      ? `\nEntwurf eines Datensatzes: stadttor introspect ${source} ${quoted(items[0]!.name)} --out config/datasets/ABTEILUNG/DATENSATZ.yml`
      : `\nDraft of a dataset: stadttor introspect ${source === 'ADRESSE' ? 'ADDRESS' : source} ${quoted(items[0]!.name)} --out config/datasets/DEPARTMENT/DATASET.yml`,
  )
}

/** So few are asked one by one for what tells their rows apart, when the list does not say it. */
const fewItems = 25

async function withKeys({ introspector }: Look, items: readonly SourceItem[]): Promise<readonly SourceItem[]> {
  if (items.length > fewItems || items.every(({ key }) => key !== undefined)) return items
  const context = patience()
  const keyed: SourceItem[] = []
  for (const item of items) {
    // A table that may be listed and not looked at stays in the list.
    const key = item.key ?? (await introspector.describe(item.place, context).catch(() => undefined))?.key
    keyed.push({ ...item, ...(key && { key }) })
  }
  return keyed
}

async function draft(terminal: Terminal, look: Look, options: IntrospectOptions): Promise<void> {
  const item = await describeItem(look, options.item)
  const fields = await proposals(look, item, options.sample)
  if (options.json) return terminal.print(JSON.stringify({ ...item, fields }, null, 2))
  const wish = wishOf(look, item, options)
  const text = draftDataset(item, fields, wish, terminal.language)
  if (options.sample !== undefined) terminal.say(`${listFields(fields, terminal.language)}\n`)
  if (options.out === undefined) {
    if (look.file && !existsSync(look.file.path)) terminal.print(`# ${look.file.path}\n${look.file.text}---\n# datasets/…/${wish.id}.yml`)
    return terminal.print(text.trimEnd())
  }
  const source = look.file && !existsSync(look.file.path) ? [look.file] : []
  await write(terminal, [...source, { path: options.out, text }], options.force)
  summary(terminal, fields, options)
}

/** @param rows of a sample; none without the wish of somebody who may see the data */
export async function proposals(look: Look, item: ItemDescription, rows: number | undefined): Promise<readonly FieldProposal[]> {
  const columns = item.columns
    .filter(({ type }) => type !== undefined && !/^(point|line|polygon|geometry)$/.test(type))
    .map(({ column }) => column)
  const sample =
    rows === undefined || columns.length === 0 ? undefined : await look.introspector.sample(item.place, columns, rows, patience())
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: look.zone }).format(Date.now())
  return proposeFields(item, { kind: look.source.kind, zone: look.zone, today, ...(sample && { sample: { columns, rows: sample } }) })
}

/** Flags as decisions about the dataset. */
export function wishOf(look: Look, item: ItemDescription, flags: DatasetFlags & { readonly out?: string }): DatasetWish {
  const { id, title, about, owner, contact, licence, attribution, updated, singular, plural, key } = flags
  const file = flags.out === undefined ? undefined : basename(flags.out).replace(/\.ya?ml$/i, '')
  return {
    id: id ?? (file !== undefined && /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(file) ? file : idFrom(plural ?? item.name)),
    use: look.source.id,
    ...(title && { title }),
    ...(about && { about }),
    ...(owner && { department: owner }),
    ...(contact && { contact }),
    ...(licence && { licence }),
    ...(attribution && { attribution }),
    ...(updated && { updated }),
    ...(singular && plural && { words: { one: singular, many: plural } }),
    ...(key && { key }),
  }
}

/** Writes all files or none, and says which. */
export async function write(terminal: Terminal, files: readonly NewFile[], force = false): Promise<void> {
  const german = terminal.language === 'de'
  try {
    const written = new Set(await createFiles(files, force))
    for (const { path } of files) {
      const [de, en] = written.has(path) ? ['geschrieben', 'written'] : ['steht schon so da', 'is there already, word for word']
      terminal.say(painted(terminal, 'green', `✓ ${path} ${german ? de : en}`))
    }
  } catch (error) {
    if (!(error instanceof FilesInTheWay)) throw error
    const paths = error.paths.join(', ')
    throw new CommandError(exitCodes.usage, {
      de: `${paths}: gibt es schon und sagt etwas anderes. Nichts wurde geschrieben; mit --force wird ersetzt.`,
      en: `${paths}: is there already and says something else. Nothing was written; --force replaces it.`,
    })
  }
}

function summary(terminal: Terminal, fields: readonly FieldProposal[], { config }: IntrospectOptions): void {
  const german = terminal.language === 'de'
  const possible = fields.filter(({ type }) => type)
  const personal = possible.filter(field => field.personal)
  terminal.say(german ? `  ${possible.length} Felder, alle geschlossen.` : `  ${possible.length} fields, all closed.`)
  for (const field of personal) terminal.say(`  ${painted(terminal, 'yellow', '!')} ${field.name}: ${hintOf(field, terminal.language)}`)
  const check = `stadttor check${config === 'config' ? '' : ` --config ${config}`}`
  terminal.say(german ? `  Weiter: die Datei öffnen, dann ${check}` : `  Next: open the file, then ${check}`)
}

function quoted(name: string): string {
  return /^[\w.:-]+$/.test(name) ? name : `'${name}'`
}
