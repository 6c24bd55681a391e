/** What is the dataset called, who keeps it, and which fields may leave the house? */

import { type DatasetWish, draftWords, type FieldProposal, frequencies, idFrom, licences } from '../../config/index.ts'
import type { ItemDescription, SourceItem } from '../../model/index.ts'
import type { Asker } from '../ask.ts'
import type { DatasetFlags } from '../introspect.ts'
import { hintOf } from '../listing.ts'
import { itemNamed } from '../look/index.ts'
import { CommandError, exitCodes } from '../terminal.ts'

export interface DatasetAnswers extends DatasetFlags {
  readonly item?: string
  /** Fields or columns to open. */
  readonly fields?: readonly string[]
  /** Folder below `datasets/`. */
  readonly folder?: string
}

/** The name of one of the items. */
export async function askItem(asker: Asker, items: readonly SourceItem[], given: string | undefined): Promise<string> {
  const found = given === undefined ? undefined : (itemNamed(items, given)?.name ?? given)
  // Some sources answer, and list nothing: whoever asks knows the path.
  if (items.length === 0)
    return asker.text({ flag: 'item', given: found, message: { de: 'Welcher Pfad, welche Tabelle?', en: 'Which path, which table?' } })
  return asker.choose(
    { flag: 'item', given: found, message: { de: 'Woraus wird der Datensatz?', en: 'What is the dataset made of?' } },
    items.map(({ name, title, rows }) => ({
      value: name,
      label: title && title !== name ? `${title} (${name})` : name,
      ...(rows !== undefined && { hint: `${rows} ${asker.language === 'de' ? 'Zeilen' : 'rows'}` }),
    })),
  )
}

/** Columns whose fields are to be open. Nothing is ticked beforehand, whatever a hint says. */
export async function askFields(
  asker: Asker,
  fields: readonly FieldProposal[],
  given: readonly string[] | undefined,
): Promise<ReadonlySet<string>> {
  const possible = fields.filter(({ type }) => type)
  if (given) {
    const found = given.map(wanted => possible.find(({ name, column }) => name === wanted || column === wanted))
    const missing = given.filter((_, at) => !found[at])
    if (missing.length > 0)
      throw new CommandError(exitCodes.usage, {
        de: `--fields: ${missing.join(', ')} gibt es nicht. Möglich sind ${possible.map(({ name }) => name).join(', ')}.`,
        en: `--fields: there is no ${missing.join(', ')}. Possible are ${possible.map(({ name }) => name).join(', ')}.`,
      })
    return new Set(found.flatMap(field => field?.column ?? []))
  }
  const wide = Math.max(...possible.map(({ name }) => name.length), 0)
  const ticked = await asker.tick(
    {
      de: 'Welche Felder dürfen hinaus? Leertaste: ankreuzen, Enter: weiter. Was nicht angekreuzt ist, bleibt in der Quelle.',
      en: 'Which fields may leave the house? Space: tick, Enter: go on. What is not ticked stays in the source.',
    },
    possible.map(field => ({ value: field.column, label: labelOf(field, wide, asker) })),
  )
  return new Set(ticked)
}

/** The warning stands in the label: a hint is shown for one line only. */
function labelOf(field: FieldProposal, wide: number, { language }: Asker): string {
  const { name, type = '', forms } = field
  const hint = hintOf(field, language)
  return [name.padEnd(wide), type.padEnd(8), forms[0] ?? '', hint && `· ${hint}`].filter(part => part !== '').join('  ')
}

/** Names, owner, licence; whoever skips one finds it empty, and `check` names it. */
export async function askWish(
  asker: Asker,
  item: ItemDescription,
  fields: readonly FieldProposal[],
  flags: DatasetAnswers,
): Promise<Omit<DatasetWish, 'use' | 'open'>> {
  const german = asker.language === 'de'
  const title = await asker.text({
    flag: 'title',
    given: flags.title,
    message: { de: 'Titel des Datensatzes', en: 'Title of the dataset' },
    fallback: item.title ?? spoken(item.name.replace(/^.*[.:]/, '')),
  })
  const many = await asker.text({
    flag: 'plural',
    given: flags.plural,
    message: { de: 'Mehrzahl für Abfragen, etwa Bäume', en: 'Plural for queries, such as trees' },
    fallback: title,
  })
  const one = await asker.text({
    flag: 'singular',
    given: flags.singular,
    message: { de: 'Einzahl, etwa Baum', en: 'Singular, such as tree' },
    fallback: asker.people ? undefined : many,
  })
  const key = await askKey(asker, item, fields, flags.key)
  const owner = await asker.optional({
    flag: 'owner',
    given: flags.owner,
    message: { de: 'Welches Amt führt die Daten?', en: 'Which department keeps the data?' },
  })
  const contact =
    owner === undefined
      ? undefined
      : await asker.optional({
          flag: 'contact',
          given: flags.contact,
          message: { de: 'Wo darf man dort fragen (Mail, Adresse)?', en: 'Where may people ask there (mail, address)?' },
        })
  const later = german ? 'später' : 'later'
  const licence = await pick(asker, 'licence', { de: 'Lizenz', en: 'Licence' }, flags.licence, [
    { value: 'dl-de/by-2-0', label: 'dl-de/by-2-0', hint: german ? 'mit Namensnennung' : 'with attribution' },
    { value: 'dl-de/zero-2-0', label: 'dl-de/zero-2-0', hint: german ? 'ohne Bedingungen' : 'without conditions' },
    ...licences.filter(name => !/^dl-de\/(by|zero)-2-0$/.test(name)).map(value => ({ value, label: value })),
    { value: '', label: later },
  ])
  const updated = await pick(
    asker,
    'updated',
    { de: 'Wie oft ändern sich die Daten?', en: 'How often does the data change?' },
    flags.updated,
    [{ value: '', label: later }, ...frequencies.map(value => ({ value, label: value }))],
  )
  return {
    id: flags.id ?? idFrom(many),
    title,
    words: { one, many },
    ...(flags.about && { about: flags.about }),
    ...(flags.attribution && { attribution: flags.attribution }),
    ...(key && { key }),
    ...(owner && { department: owner }),
    ...(contact && { contact }),
    ...(licence && { licence }),
    ...(updated && { updated }),
  }
}

/** Titles for the fields that were ticked. */
export async function askTitles(
  asker: Asker,
  fields: readonly FieldProposal[],
  open: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>()
  if (!asker.people) return titles
  for (const { name, column, entry } of fields.filter(({ column }) => open.has(column))) {
    const proposed = typeof entry.title === 'string' ? entry.title : spoken(name)
    titles.set(
      column,
      await asker.text({ flag: 'fields', message: { de: `Titel von „${name}“`, en: `Title of "${name}"` }, fallback: proposed }),
    )
  }
  return titles
}

async function askKey(
  asker: Asker,
  item: ItemDescription,
  fields: readonly FieldProposal[],
  given: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  if (given || item.key.length > 0 || !asker.people) return given
  const possible = fields.filter(({ type }) => type && !/^(float|point|line|polygon|geometry)$/.test(type))
  const ticked = await asker.tick(
    {
      de: `Schlüssel: ${draftWords.keyMissing.de}. Niemand außer dem Gateway sieht sie.`,
      en: `Key: ${draftWords.keyMissing.en}. Nobody but the gateway sees them.`,
    },
    possible.map(({ column, type }) => ({ value: column, label: column, hint: type ?? '' })),
  )
  return ticked.length > 0 ? ticked : undefined
}

async function pick(
  asker: Asker,
  flag: string,
  message: { readonly de: string; readonly en: string },
  given: string | undefined,
  choices: Parameters<Asker['choose']>[1],
): Promise<string | undefined> {
  return (await asker.choose({ flag, given, message, fallback: asker.people ? undefined : '' }, choices)) || undefined
}

/** `stammUmfang` → `Stamm umfang`: a start for whoever types the title. */
function spoken(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
