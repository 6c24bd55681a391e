/** What is proposed to those who write dataset files, and does nothing get out by itself? */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse } from 'yaml'
import { readCity } from '../../src/app.ts'
import { draftDataset, idFrom, proposeFields } from '../../src/config/index.ts'
import type { ItemDescription, StoredColumn } from '../../src/model/index.ts'
import { writeFolder } from '../support/city.ts'

const wish = { kind: 'file', zone: 'Europe/Berlin', today: '2026-11-26' }

const benches: ItemDescription = {
  name: 'baenke.csv',
  what: 'file',
  place: { path: 'baenke.csv' },
  rows: 1234,
  key: ['Nr'],
  columns: [
    { column: 'Nr', stored: 'text', type: 'int' },
    { column: 'Straße', stored: 'text', type: 'text', title: 'Straße: "Name"' },
    { column: 'Sitzplätze', stored: 'text', type: 'int' },
    { column: 'aufgestellt', stored: 'text', type: 'date' },
    { column: 'Spender', stored: 'text', type: 'text' },
    { column: 'Foto', stored: 'blob' },
    { column: 'Zustand', stored: 'text', type: 'code', codes: { 1: 'gut', 2: 'morsch: bald ersetzen' } },
    { column: 'id', stored: 'text', type: 'text' },
    { column: 'strasse', stored: 'text', type: 'text' },
  ],
}

const draft = (more = {}, item = benches) =>
  draftDataset(
    item,
    proposeFields(item, wish),
    { id: 'baenke', use: 'datei', department: 'Bauhof', licence: 'dl-de/zero-2-0', words: { one: 'Bank', many: 'Bänke' }, ...more },
    'de',
  )

/** What `check` says of a folder with this dataset file. */
async function checked(text: string) {
  const folder = await writeFolder({
    'gateway.yml': 'city: { name: x, title: X, operator: X }\n',
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: {}\n',
    'datasets/bauhof/baenke.yml': text,
  })
  return readCity(folder)
}

test('a draft opens nothing, and check says how to open a field', async () => {
  expect(parse(draft())).toMatchObject({ id: 'baenke', key: [{ column: 'Nr', type: 'int' }], fields: null })
  const configuration = await checked(draft())
  const mistakes = configuration.ok ? [] : configuration.mistakes
  expect(mistakes).toMatchObject([{ code: 'NO_FIELDS', remedy: { de: expect.stringContaining('das # am Anfang der Zeile löschen') } }])
})

test('what nobody has decided is empty, and check names each with its line and who is asked', async () => {
  const text = draft({ department: undefined, licence: undefined }, { ...benches, key: [], columns: benches.columns.slice(1, 2) })
  const configuration = await checked(text)
  const mistakes = configuration.ok ? [] : configuration.mistakes
  expect(mistakes.map(({ code, path }) => `${path} ${code}`).sort()).toEqual([
    'fields NO_FIELDS',
    'key EMPTY_VALUE',
    'licence EMPTY_VALUE',
    'owner EMPTY_VALUE',
  ])
  const owner = mistakes.find(({ path }) => path === 'owner')
  expect(text.split('\n')[(owner?.line ?? 0) - 1]).toMatch(/^owner:/)
  expect(owner?.remedy).toMatchObject({ de: expect.stringContaining('Amt'), en: expect.stringContaining('department') })
})

test('deleting the # of a line opens that field and no other, whichever it is', async () => {
  const text = draft()
  for (const name of ['nr', 'strasse', 'sitzplaetze', 'aufgestellt', 'zustand', 'kennung', 'strasse2']) {
    const configuration = await checked(text.replace(`  #${name}:`, `  ${name}:`))
    const fields = configuration.ok ? Object.keys(configuration.gateway.exposures.get('baenke')?.fields ?? {}) : configuration.mistakes
    expect(fields).toEqual([name])
  }
})

test('deleting every # opens every field that has a type', async () => {
  const configuration = await checked(draft().replace(/^ {2}#(?=\S)/gm, '  '))
  const fields = configuration.ok ? Object.keys(configuration.gateway.exposures.get('baenke')?.fields ?? {}) : configuration.mistakes
  expect(fields).toHaveLength(benches.columns.length - 1)
})

test('ticked fields are open, with the titles that were given', () => {
  const text = draft({ open: new Set(['Sitzplätze']), titles: new Map([['Sitzplätze', 'Plätze zum Sitzen']]) })
  expect(parse(text).fields).toEqual({ sitzplaetze: { column: 'Sitzplätze', type: 'int', title: 'Plätze zum Sitzen' } })
})

test('the same table gives the same draft, also when it grew a little', () => {
  expect(draft({}, { ...benches, rows: 1240 })).toBe(draft())
})

test('whatever a source calls its things, nothing of it opens a field or becomes an entry', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\n  b: { column: b, type: text }', 'x\r#', `\${HOME}`, '*a', '- b', '"', "'", '\u2028y: 1', '# z'),
  )
  const column: fc.Arbitrary<StoredColumn> = fc.record(
    {
      column: words,
      stored: words,
      type: fc.constantFrom('text', 'int', 'point', 'code'),
      title: words,
      about: words,
      codes: fc.dictionary(words, words),
    },
    { requiredKeys: ['column', 'stored'] },
  )
  fc.assert(
    fc.property(words, words, fc.array(column, { maxLength: 4 }), (name, title, columns) => {
      const item: ItemDescription = { name, title, what: 'table', place: { path: name }, key: [], columns }
      const text = draftDataset(
        item,
        proposeFields(item, wish),
        { id: idFrom(name), use: 'datei', words: { one: title, many: title } },
        'en',
      )
      const read = parse(text, { version: '1.2', schema: 'core' })
      expect(read.fields).toBeNull()
      expect(
        Object.keys(read).filter(key => !['id', 'title', 'owner', 'licence', 'names', 'source', 'key', 'fields'].includes(key)),
      ).toEqual([])
      expect(text).not.toContain('${')
    }),
    { numRuns: 300 },
  )
})

test('no value of a sample gets into the file', () => {
  const columns = ['a', 'b', 'c', 'd'].map((column): StoredColumn => ({ column, stored: 'varchar', type: 'text' }))
  const rows = ['17.5 m', '18.25 m', '19.75 m', '20.125 m'].map((height, at) => [
    `geheim-${at}`,
    height,
    `0${at}.01.1999`,
    `mail${at}@geheim.example`,
  ])
  const item: ItemDescription = { name: 't', what: 'table', place: { path: 't' }, key: [], columns }
  const fields = proposeFields(item, { ...wish, sample: { columns: ['a', 'b', 'c', 'd'], rows } })
  const text = draftDataset(item, fields, { id: 't', use: 'datei' }, 'de')
  for (const value of rows.flat()) expect(text + JSON.stringify(fields)).not.toContain(value)
  expect(text).not.toMatch(/geheim|1999|17\.5/)
  expect(fields[3]).toMatchObject({ personal: { level: 'likely', seenIn: 'values' }, forms: ['xxxx9@xxxxxx.xxxxxxx'] })
})

test.each([
  ['Vorname', 'likely'],
  ['LASTNAME', 'likely'],
  ['telefon_privat', 'likely'],
  ['tel', 'likely'],
  ['eMailAdresse', 'likely'],
  ['IBAN', 'likely'],
  ['geb_dat', 'likely'],
  ['Geburtsdatum', 'likely'],
  ['KFZ_KENNZEICHEN', 'likely'],
  ['Anschrift', 'likely'],
  ['SACHBEARBEITER', 'likely'],
  ['pruefer', 'likely'],
  ['Prüfer_Name', 'likely'],
  ['inspector', 'likely'],
  ['last_edited_user', 'likely'],
  ['erstelltVon', 'likely'],
  ['Eigentümer', 'likely'],
  ['name', 'possible'],
  ['operator', 'possible'],
  ['Bemerkung', 'possible'],
  ['strasse', undefined],
  ['PRUEFERGEBNIS', undefined],
  ['Sekunden', undefined],
  ['Mobilitaetsart', undefined],
  ['Schalterstellung', undefined],
  ['kontrolle_am', undefined],
  ['hoehe', undefined],
])('a column called "%s" looks personal: %s', (column, level) => {
  const item: ItemDescription = { name: 't', what: 'table', place: {}, key: [], columns: [{ column, stored: 'x', type: 'text' }] }
  expect(proposeFields(item, wish)[0]?.personal?.level).toBe(level)
})

const sampled = (values: readonly (string | null)[], column: Partial<StoredColumn> = {}) => {
  const described = { column: 'spalte', stored: 'x', type: 'text', ...column } as const
  const item: ItemDescription = { name: 't', what: 'table', place: {}, key: [], columns: [described] }
  return proposeFields(item, { ...wish, sample: { columns: [described.column], rows: values.map(value => [value]) } })[0]!
}

test.each([
  ['an e-mail address', ['siehe max@stadt.example', null], 'likely'],
  ['telephone numbers', ['07531 / 900-0', '+49 7531 900-123'], 'likely'],
  ['an IBAN with the right check digits', ['DE89370400440532013000'], 'likely'],
  ['an IBAN with wrong check digits', ['DE88370400440532013000'], undefined],
  ['number plates', ['KN-AB 123', 'FN-A 1'], 'likely'],
  ['days within a lifetime', ['1950-03-01', '1962-07-12', '1971-01-30', '1984-11-09', '1999-05-05'], 'possible'],
  ['days of this year', ['2026-03-01', '2026-07-12', '2026-01-30', '2026-11-09', '2026-05-05'], undefined],
  ['names of people', ['Erika Mustermann', 'Beispiel, Hans', 'Fa. Max Muster'], 'likely'],
  ['one name of a person among companies', ['Parkhaus GmbH', 'Stadtwerke', 'Bahn AG', 'Hotel', 'Klinik', 'Max Muster'], 'possible'],
  ['streets called after people', ['Max-Stromeyer-Straße', 'Martin Schleyer Straße', 'Otto Raggenbass Straße'], undefined],
  ['keys of municipalities', ['08335043', '08335063'], undefined],
  ['species', ['Winterlinde', 'Acer platanoides', 'Rosa Kastanie'], undefined],
])('%s: personal %s', (_what, values, level) => {
  expect(sampled(values).personal?.level).toBe(level)
})

test.each<[string, string[], Partial<StoredColumn>, object]>([
  ['J and N', ['J', 'N', 'N'], {}, { type: 'boolean', written: { true: 'J', false: 'N' } }],
  [
    'yes and no with gaps',
    ['ja', 'nein', 'ja', 'k.A.'],
    {},
    { type: 'boolean', written: { true: 'ja', false: 'nein', missing: ['k.A.'] } },
  ],
  ['a decimal comma', ['1,5', '2,25', '10'], {}, { type: 'decimal', written: { decimal: ',' } }],
  ['thousands', ['1.234,5', '2,25', '10'], {}, { type: 'decimal', written: { decimal: ',', group: '.' } }],
  ['metres', ['2,10 m', '1,90 m', '2,00 m'], {}, { type: 'decimal', unit: 'm', written: { around: '{} m', decimal: ',' } }],
  ['German days', ['01.02.2024', '31.12.2024', '28.02.2025'], {}, { type: 'date', written: { pattern: 'dd.MM.yyyy' } }],
  [
    'German moments',
    ['01.02.2024 10:15', '31.12.2024 00:00', '28.02.2025 23:59'],
    {},
    { type: 'datetime', zone: 'Europe/Berlin', written: { pattern: 'dd.MM.yyyy HH:mm' } },
  ],
  ['ISO moments with an offset', ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00+01:00', '2024-01-02T00:00:00Z'], {}, { type: 'datetime' }],
  [
    'ISO moments without one',
    ['2024-01-01 00:00:00', '2024-01-01 10:00:00', '2024-01-02 00:00:00'],
    {},
    { type: 'datetime', zone: 'Europe/Berlin' },
  ],
  [
    'milliseconds since 1970',
    ['1700000000000', '1710000000000', '1720000000000'],
    { column: 'updated', type: 'float' },
    { type: 'datetime', written: { epoch: 'ms' } },
  ],
  [
    'large numbers that nobody calls a time',
    ['1700000000000', '1710000000000', '1720000000000'],
    { column: 'konto', type: 'bigint' },
    { type: 'bigint' },
  ],
  ['whole numbers kept as floats', ['1', '2', '3'], { type: 'float' }, { type: 'int' }],
  ['gaps written as numbers', ['1.5', '2', '-9999'], { type: 'float' }, { type: 'float', written: { missing: ['-9999'] } }],
  ['keys with leading zeros', ['08335043', '08335063', '08335075'], {}, { type: 'text' }],
  ['padded texts', ['Linde     ', 'Eiche     ', 'Ahorn     '], {}, { type: 'text', written: { trim: true } }],
  ['just texts', ['Linde', 'Eiche', 'Ahorn'], {}, { type: 'text' }],
])('%s are proposed as what they mean', (_what, values, column, entry) => {
  const { column: _, ...proposed } = sampled(values, column).entry
  expect(proposed).toEqual(entry)
})

test('the proposals for a real file of a city are what a person would write', async () => {
  const file = await readFile(join(import.meta.dirname, '../data/parkapi/konstanz_parkleitsystem_mapserver_query.json'), 'utf8')
  const { fields, features } = JSON.parse(file) as { fields: { name: string }[]; features: { attributes: Record<string, unknown> }[] }
  const names = fields.map(({ name }) => name)
  const columns = names.map((column): StoredColumn => {
    const number = features.every(({ attributes }) => typeof (attributes[column] ?? 0) === 'number')
    return { column, stored: 'x', type: number ? 'float' : 'text' }
  })
  const rows = features.map(({ attributes }) => names.map(name => (attributes[name] == null ? null : String(attributes[name]))))
  const item: ItemDescription = { name: 'p', what: 'layer', place: {}, key: [], columns }
  const entries = Object.fromEntries(
    proposeFields(item, { ...wish, sample: { columns: names, rows } }).map(({ column, type, entry }) => [
      column,
      { type, written: entry.written },
    ]),
  )
  expect(entries).toMatchObject({
    has_fee: { type: 'boolean', written: { true: 'ja', false: 'nein' } },
    max_hei: { type: 'decimal', written: { around: '{} m', decimal: ',', missing: [''] } },
    updated: { type: 'datetime', written: { epoch: 'ms' } },
    max_cap: { type: 'int' },
  })
})
