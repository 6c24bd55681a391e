/** How do people see what a source holds: tables, layers, columns? */

import { draftWords, type FieldProposal } from '../config/index.ts'
import type { Language, SourceItem } from '../model/index.ts'

/** Everything a source offers, one item a line. */
export function listItems(items: readonly SourceItem[], language: Language): string {
  const numbers = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB')
  const keys = items.some(({ key }) => key && key.length > 0)
  const german = language === 'de'
  const head = [
    german ? 'Name' : 'Name',
    german ? 'Art' : 'Kind',
    german ? 'Zeilen' : 'Rows',
    ...(keys ? [german ? 'Schlüssel' : 'Key'] : []),
    german ? 'Titel' : 'Title',
  ]
  const rows = items.map(({ name, what, rows, key, title }) => [
    name,
    itemKinds[what][language],
    rows === undefined ? '–' : numbers.format(rows),
    ...(keys ? [(key ?? []).join(', ')] : []),
    title === undefined || title === name ? '' : short(title, 50),
  ])
  return table([head, ...rows], new Set([2]))
}

const itemKinds: Readonly<Record<SourceItem['what'], { readonly de: string; readonly en: string }>> = {
  table: { de: 'Tabelle', en: 'table' },
  view: { de: 'Sicht', en: 'view' },
  layer: { de: 'Ebene', en: 'layer' },
  collection: { de: 'Sammlung', en: 'collection' },
  entity: { de: 'Entität', en: 'entity' },
  file: { de: 'Datei', en: 'file' },
}

/** The fields that could be, with the forms of their values, masked, and what looks personal. */
export function listFields(fields: readonly FieldProposal[], language: Language): string {
  const german = language === 'de'
  const head = [
    german ? 'Spalte' : 'Column',
    german ? 'Typ' : 'Type',
    german ? 'Feld' : 'Field',
    german ? 'Werte sehen so aus' : 'Values look like',
    german ? 'Hinweis' : 'Hint',
  ]
  const rows = fields.map(field => [
    short(field.column, 30),
    field.type ?? '–',
    field.type ? field.name : '',
    short(field.forms.join('  '), 40),
    hintOf(field, language),
  ])
  return table([head, ...rows])
}

/** What to know about a field, in a few words. */
export function hintOf({ personal, notes, entry }: FieldProposal, language: Language): string {
  const written = entry.written
    ? [
        JSON.stringify(entry.written)
          .replace(/["{}]/g, '')
          .replace(/,(?=\w+:)/g, ', '),
      ]
    : []
  const warning = personal ? [`${draftWords[personal.level][language]}: ${personal.what[language]}`] : []
  return [...warning, ...written, ...notes.map(note => note[language])].join('; ')
}

/** @param right columns whose cells stand at the right */
function table(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map(row => width(row[at] ?? ''))))
  const pad = (cell: string, at: number) => {
    const gap = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(cell)))
    return right.has(at) ? gap + cell : cell + gap
  }
  return rows.map(row => row.map(pad).join('  ').trimEnd()).join('\n')
}

function width(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length
}

function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
