/** How does a data-protection officer read what would leave the house? */

import type { Language, Text, Use } from '../../model/index.ts'
import { canonicalJson } from './canonical.ts'
import type { ColumnExposure, Exposure, FieldExposure, RelationExposure } from './exposure.ts'

const labels = {
  source: { de: 'Quelle', en: 'Source' },
  audiences: { de: 'Empfänger', en: 'Audiences' },
  rows: { de: 'Zeilen', en: 'Rows' },
  key: { de: 'Schlüssel', en: 'Key' },
  joinable: { de: 'Verknüpfbar', en: 'Joinable' },
  listed: { de: 'Katalog', en: 'Catalogue' },
  fields: { de: 'Felder', en: 'Fields' },
  relations: { de: 'Verknüpfungen', en: 'Relations' },
} as const satisfies Record<string, Text>

const phrases = {
  allRows: { de: 'alle', en: 'all' },
  engineOnly: { de: 'nur im Gateway', en: 'inside the gateway only' },
  readAs: { de: 'abrufbar als', en: 'to be had as' },
  listed: { de: 'nennt den Titel schon vor der Freigabe', en: 'names the title before the approval' },
  coarsened: { de: 'vergröbert auf', en: 'coarsened to' },
  written: { de: 'in der Quelle geschrieben als', en: 'written in the source as' },
  shifted: { de: 'Komma verschoben um', en: 'point moved by' },
  many: { de: 'mehrere', en: 'many' },
  one: { de: 'höchstens eine Zeile', en: 'one row at most' },
  none: { de: 'Es gibt keine Datensätze.', en: 'There are no datasets.' },
} as const satisfies Record<string, Text>

const useWords: Readonly<Record<Use, Text>> = {
  read: { de: 'lesen', en: 'read' },
  filter: { de: 'filtern', en: 'filter' },
  sort: { de: 'sortieren', en: 'sort' },
  group: { de: 'gruppieren', en: 'group' },
  aggregate: { de: 'auswerten', en: 'aggregate' },
}

const periods: Readonly<Record<'hour' | 'day' | 'week' | 'month' | 'year', Text>> = {
  hour: { de: 'Stunde', en: 'the hour' },
  day: { de: 'Tag', en: 'the day' },
  week: { de: 'Woche', en: 'the week' },
  month: { de: 'Monat', en: 'the month' },
  year: { de: 'Jahr', en: 'the year' },
}

/** Everything that leaves the house, dataset by dataset, as lines of text. */
export function writeExposure(exposures: Iterable<Exposure>, language: Language): string {
  const blocks = [...exposures].map(exposure => writeOne(exposure, language))
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : `${phrases.none[language]}\n`
}

function writeOne(exposure: Exposure, language: Language): string {
  const { source, rows, key, joinable } = exposure
  const place = Object.entries(source.place).map(([name, value]) => `${name} ${plain(value)}`)
  const head: readonly (readonly [Text, string])[] = [
    [labels.source, `${source.id} (${[source.kind, ...place].join(', ')})`],
    [labels.audiences, exposure.audiences.join(', ')],
    [
      labels.rows,
      rows.length > 0 ? rows.map(rule => writeRule(rule)).join(language === 'de' ? ' und ' : ' and ') : phrases.allRows[language],
    ],
    [labels.key, writeColumns(key, exposure, language)],
    ...(joinable.length > 0 ? ([[labels.joinable, writeColumns(joinable, exposure, language)]] as const) : []),
    ...(exposure.listed ? ([[labels.listed, phrases.listed[language]]] as const) : []),
  ]
  const fields = Object.entries(exposure.fields).map(([name, field]) => writeField(name, field, language))
  const relations = Object.entries(exposure.relations).map(([name, relation]) => writeRelation(name, relation, language))
  return [
    exposure.dataset,
    ...table(
      head.map(([label, text]) => [label[language], text]),
      '  ',
    ),
    `  ${labels.fields[language]}`,
    ...table(fields, '    '),
    ...(relations.length > 0 ? [`  ${labels.relations[language]}`, ...table(relations, '    ')] : []),
  ].join('\n')
}

function writeField(name: string, field: FieldExposure, language: Language): string[] {
  const { column, type, zone, crs, shift, codes, written, coarsen, audiences, use } = field
  const notes = [
    ...(zone ? [zone] : []),
    ...(crs ? [crs] : []),
    ...(shift ? [`${phrases.shifted[language]} ${shift}`] : []),
    ...(written ? [`${phrases.written[language]} ${canonicalJson(written)}`] : []),
    ...(coarsen ? [`${phrases.coarsened[language]} ${writeCoarsen(coarsen, language)}`] : []),
    ...(codes
      ? [
          Object.entries(codes)
            .map(([code, label]) => `${code} = ${label[language]}`)
            .join('; '),
        ]
      : []),
  ]
  return [name, column, type, use.map(use => useWords[use][language]).join(', '), audiences.join(', '), notes.join('; ')]
}

function writeCoarsen(coarsen: NonNullable<FieldExposure['coarsen']>, language: Language): string {
  if ('toMetres' in coarsen) return `${coarsen.toMetres} m`
  return 'toMultipleOf' in coarsen ? String(coarsen.toMultipleOf) : periods[coarsen.to][language]
}

function writeRelation(name: string, { to, match, normalise, many }: RelationExposure, language: Language): string[] {
  const pairs = match.map(({ left, right }) => `${left.column} = ${'field' in right ? right.field : right.column}`)
  return [name, `→ ${to}`, pairs.join(', '), phrases[many ? 'many' : 'one'][language], normalise ? canonicalJson(normalise) : '']
}

const signs: Readonly<Record<Exposure['rows'][number]['op'], string>> = {
  eq: '=',
  ne: '≠',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  in: 'in',
  notIn: 'not in',
  contains: 'contains',
  startsWith: 'starts with',
  isNull: 'is null:',
}

function writeRule({ column, op, value }: Exposure['rows'][number]): string {
  return `${column} ${signs[op]} ${plain(value)}`
}

/** Columns of the engine; one that a field reads as well is no secret. */
function writeColumns(columns: readonly ColumnExposure[], { fields }: Exposure, language: Language): string {
  const written = columns.map(({ column, type }) => {
    const readBy = Object.entries(fields).flatMap(([name, field]) => (field.column === column ? [name] : []))
    return `${column} (${type}): ${readBy.length > 0 ? `${phrases.readAs[language]} ${readBy.join(', ')}` : phrases.engineOnly[language]}`
  })
  return written.join('; ')
}

function plain(value: unknown): string {
  return typeof value === 'object' ? canonicalJson(value) : String(value)
}

/** Cells under each other, without blanks at the end of a line. */
function table(rows: readonly (readonly string[])[], indent: string): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => [...(row[column] ?? '')].length)))
  const pad = (cell: string, column: number) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length))
  return rows.map(row => indent + row.map(pad).join('  ').trimEnd())
}
