/** What would a dataset file look like for this table or layer, with every field closed? */

import type { ItemDescription, Language, Text } from '../../model/index.ts'
import { isColumn } from '../form/values.ts'
import { canTellApart } from '../meaning/types.ts'
import { fill } from '../words/template.ts'
import type { FieldProposal } from './fields.ts'
import { datasetNames, type Words } from './names.ts'
import { draftWords, itemWords } from './words.ts'
import { closed, comment, inline, oneLine } from './yaml.ts'

/** What somebody has decided already; the rest is proposed or left empty for `check` to name. */
export interface DatasetWish {
  readonly id: string
  /** Id of the source. */
  readonly use: string
  readonly title?: string
  readonly about?: string
  readonly department?: string
  readonly contact?: string
  readonly licence?: string
  readonly attribution?: string
  readonly updated?: string
  readonly words?: Words
  /** Columns. */
  readonly key?: readonly string[]
  /** Columns whose fields are open; none unless somebody ticked them. */
  readonly open?: ReadonlySet<string>
  /** Column → name as people read it. */
  readonly titles?: ReadonlyMap<string, string>
}

/**
 * The text of a dataset file. Pure; nothing but the columns of `open` is in force.
 *
 * @param language of comments
 */
export function draftDataset(item: ItemDescription, fields: readonly FieldProposal[], wish: DatasetWish, language: Language): string {
  const say = (text: Text, indent = '') => comment(text[language], indent)
  const lines = [
    ...head(item, wish, language),
    `id: ${wish.id}`,
    `title: ${inline(wish.title ?? item.title ?? titleFrom(wish.id))}`,
    ...optional('about', wish.about ?? item.about),
    entry('owner', ownerOf(wish), draftWords.owner[language]),
    entry('licence', wish.licence, draftWords.licence[language]),
    ...(wish.attribution ? optional('attribution', wish.attribution) : [aside('#attribution:', draftWords.attribution[language])]),
    ...(wish.updated ? optional('updated', wish.updated) : [aside('#updated: daily', draftWords.updated[language])]),
    aside(`names: ${inline(datasetNames(wish.id, wish.words, language))}`, wish.words ? '' : draftWords.names[language]),
    `source: ${inline({ use: wish.use, ...item.place })}`,
    keyLine(item, fields, wish, language),
    'fields:',
    ...fields.flatMap(field => fieldLines(field, wish, say, language)),
  ]
  return `${lines.join('\n')}\n`
}

function head(item: ItemDescription, { id, use }: DatasetWish, language: Language): readonly string[] {
  const rows = item.rows === undefined ? '' : fill(draftWords.rows, { rows: roughly(item.rows, language) })
  const what = `${itemWords[item.what][language]} ${oneLine(item.name)}`
  return [
    ...comment(fill(draftWords.head, { what, source: use, rows })[language]),
    ...[draftWords.closed, draftWords.fill, draftWords.open, fill(draftWords.approve, { id }), draftWords.hints].map(
      text => `# ${text[language]}`,
    ),
  ]
}

function titleFrom(id: string): string {
  return id.slice(0, 1).toUpperCase() + id.slice(1).replace(/[-_]/g, ' ')
}

/** Two digits: a table that grew a little gives the same draft. */
function roughly(rows: number, language: Language): string {
  const step = 10 ** Math.max(0, String(rows).length - 2)
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB').format(Math.round(rows / step) * step)
}

/** An entry that must be there; empty when nobody has decided, so that `check` names its line. */
function entry(key: string, value: unknown, help: string): string {
  return value === undefined ? aside(`${key}:`, help) : `${key}: ${inline(value)}`
}

function optional(key: string, value: string | undefined): readonly string[] {
  return value === undefined || oneLine(value) === '' ? [] : [`${key}: ${inline(oneLine(value, 2000))}`]
}

function ownerOf({ department, contact }: DatasetWish): unknown {
  if (department === undefined) return undefined
  return contact === undefined ? department : { department, contact }
}

function aside(line: string, help: string): string {
  return help === '' ? line : `${line.padEnd(28)} # ${help}`
}

function keyLine(item: ItemDescription, fields: readonly FieldProposal[], wish: DatasetWish, language: Language): string {
  const declared = wish.key ?? item.key
  const guessed = declared.length === 0 ? guessKey(fields) : undefined
  const columns = guessed ? [guessed] : declared
  if (columns.length === 0) return aside('key:', draftWords.keyMissing[language])
  const key = columns.map(column => {
    const type = fields.find(field => field.column === column)?.type
    return type && type !== 'text' && canTellApart(type) ? { column, type } : column
  })
  return aside(`key: ${inline(key)}`, draftWords[guessed ? 'keyGuessed' : 'key'][language])
}

/** A column that is called like a number of things, and could be one. */
function guessKey(fields: readonly FieldProposal[]): string | undefined {
  const fit = fields.filter(
    ({ type, personal }) => (type === 'int' || type === 'bigint' || type === 'text') && personal?.level !== 'likely',
  )
  const called = (pattern: RegExp) => fit.find(({ column }) => pattern.test(column))?.column
  return called(/^(id|fid|gid|oid|objectid|object_id|uuid|guid)$/i) ?? called(/(^|[_ ])(id|nr|nummer)$/i) ?? called(/[a-z](Id|ID|Nr)$/)
}

function fieldLines(
  field: FieldProposal,
  { open, titles }: DatasetWish,
  say: (text: Text, indent?: string) => readonly string[],
  language: Language,
): readonly string[] {
  const { name, column, stored, type } = field
  // The name stands in a comment here, on one line whatever it holds.
  if (!type) return say(fill(isColumn(column) ? draftWords.noType : draftWords.badName, { column, stored }), '  ')
  const title = titles?.get(column)
  const written = entryLines(
    name,
    { ...field.entry, ...(title !== undefined && { title }) },
    oneLine(stored, 60) + (field.indexed === false ? `, ${draftWords.noIndex[language]}` : ''),
  )
  return [
    ...say(warning(field), '  '),
    ...field.notes.flatMap(note => say(note, '  ')),
    ...(open?.has(column) ? written : closed(written, '  ')),
  ]
}

function warning({ personal }: FieldProposal): Text {
  if (!personal) return { de: '', en: '' }
  const { level, what, seenIn } = personal
  return fill(draftWords.personal, { level: draftWords[level], what, seen: draftWords[seenIn === 'name' ? 'inName' : 'inValues'] })
}

/** One line, so that one # opens it; codes that would not fit stand below each other. */
function entryLines(name: string, entry: Readonly<Record<string, unknown>>, stored: string): readonly string[] {
  const line = `  ${name}: ${inline(entry)}`
  const { codes, ...rest } = entry
  if (line.length <= 150 || typeof codes !== 'object' || codes === null) return [`${line}   # ${stored}`]
  return [
    `  ${name}:   # ${stored}`,
    ...Object.entries(rest).map(([key, value]) => `    ${key}: ${inline(value)}`),
    '    codes:',
    ...Object.entries(codes).map(([code, label]) => `      ${inline(code)}: ${inline(label)}`),
  ]
}
