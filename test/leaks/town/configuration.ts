/** How is the leaky town configured? `a` with everything that is closed, `b` as if nobody had ever heard of it. */

import { parse, stringify } from 'yaml'
import { readCity } from '../../../src/app.ts'
import { approve, createKey, type Exposure, storeApproval, storeKey, writeMistakes } from '../../../src/config/index.ts'
import { writeFolder } from '../../support/city.ts'
import type { Side } from './tables.ts'

/** What a kind of source has to say in files. */
export interface SourceFiles {
  /** Lines of `sources/amt.yml` below `id` and `title`. */
  readonly source: string
  /** What stands beside `use:` for a table. */
  readonly place: (table: string) => string
  /** How the source calls a column of a table; absent: as the town does. */
  readonly column?: (table: string, column: string) => string
  /** `crs:` of a geometry, where the source does not say it. */
  readonly crs: string
  /** Further lines of every dataset. */
  readonly dataset?: string
  /** Files that lie beside the configuration. */
  readonly files?: Readonly<Record<string, string>>
}

export interface Wish {
  readonly side: Side
  readonly files: SourceFiles
  readonly redis?: { readonly url: string; readonly prefix: string }
  /** Words of the dog register replaced before it is written: a configuration that has changed. */
  readonly change?: readonly (readonly [from: string, to: string])[]
}

export interface Configured {
  readonly folder: string
  readonly keys: { readonly internal: string; readonly expired: string }
}

/** At least 32 characters; the tests know it, callers do not. */
export const sealSecret = 'c1b0f7a52d3e4968a7f05e1d2c3b4a59'

export async function configure(wish: Wish): Promise<Configured> {
  const folder = await writeFolder({
    'gateway.yml': gateway(wish),
    'sources/amt.yml': `id: amt\ntitle: Ordnungsamt\nlimits: { open: "Mo-So 06:00-20:00" }\n${wish.files.source}\n`,
    ...calledBySource(datasets(wish), wish.files),
    ...wish.files.files,
  })
  await approveSome(folder)
  const internal = createKey('leitstelle', 'internal')
  const expired = createKey('frueher', 'internal', '2020-12-31')
  for (const { entry } of [internal, expired]) await storeKey(folder, entry)
  return { folder, keys: { internal: internal.secret, expired: expired.secret } }
}

function gateway({ redis }: Wish): string {
  return `
city: { name: leckstadt, title: Leckstadt, operator: Stadt Leckstadt, extent: [8.9, 47.4, 9.5, 47.9] }
secret: ${sealSecret}
audiences: { internal: { title: Leitstelle } }
cache: { memory: 8 MB${redis ? `, redis: "${redis.url}", prefix: ${redis.prefix}` : ''} }
`
}

/** Signed is less than wished: no complaint, no warning of a dog, the colour to be read only, and vaccinations no longer. */
async function approveSome(folder: string): Promise<void> {
  const configuration = await readCity(folder)
  if (!configuration.ok) throw new Error(writeMistakes(configuration.mistakes, 'en'))
  for (const exposure of configuration.gateway.exposures.values()) {
    if (exposure.dataset === 'beschwerden') continue
    const ended = exposure.dataset === 'impfungen' ? { until: '2020-12-31' } : {}
    await storeApproval(folder, approve(signed(exposure), { by: 'DSB', record: '14/26', on: '2020-01-01', ...ended }))
  }
}

function signed(exposure: Exposure): Exposure {
  const { warnung: _, farbe, ...fields } = exposure.fields
  return { ...exposure, fields: { ...fields, ...(farbe && { farbe: { ...farbe, use: ['read'] } }) } }
}

function datasets({ side, files, change = [] }: Wish): Record<string, string> {
  const [from, crs] = [(table: string) => `{ use: amt, ${files.place(table)} }`, files.crs]
  const said =
    'owner: { department: Ordnungsamt }\nlicence: dl-de/by-2-0\nfreshFor: 10 min\nstaleFor: 1 d' +
    (files.dataset === undefined ? '' : `\n${files.dataset}`)
  const dogs = `
id: hunde
title: Hunderegister
${said}
names: { type: Hund, one: hund, many: hunde }
source: ${from('hund')}
key: [{ column: hund_id, type: int }]
joinable: [halter_id]
rows: { sperrvermerk: { eq: frei } }
fields:
  rasse: { column: rasse, type: text, title: Rasse, use: [read, filter, sort, group] }
  farbe: { column: farbe, type: text, title: Farbe, use: [read${side === 'a' ? ', filter, sort, group' : ''}] }
  jahr: { column: jahr, type: int, title: Jahr, use: [read, filter, sort, group, aggregate] }
  gewicht: { column: gewicht, type: decimal, unit: kg, title: Gewicht, use: [read, filter, sort, aggregate] }
  groesse:
    column: groesse
    type: code
    codes: { 1: klein, 2: gross, 3: gross }
    title: Größe
    use: [read, filter, group]
  geburtsmonat: { column: geburtsdatum, type: date, coarsen: { to: month }, title: Geburtsmonat }
  lage: { column: lage, type: point${crs}, title: Lage, use: [read, filter] }
${
  side === 'a'
    ? `  chip: { column: chip, type: text, title: Chip, use: [read, filter, sort, group], audience: internal }
  geprueftVon: { column: pruefer, type: text, title: Prüfer, use: [read, filter, sort, group], audience: internal }
  geburtstag: { column: geburtsdatum, type: date, title: Geburtstag, use: [read, filter, sort, group, aggregate], audience: internal }
  warnung: { column: warnung, type: text, title: Warnung, use: [read, filter, sort, group] }`
    : ''
}
relations:
  halter: { to: halterinnen, match: { halter_id: halter_id } }
${side === 'a' ? '  bussgelder: { to: bussgelder, match: { hund_id: hund_id }, many: true }' : ''}
`
  return {
    'datasets/amt/hunde.yml': change.reduce((text, [before, after]) => replaced(text, before, after), dogs),
    'datasets/amt/halter.yml': `
id: halterinnen
title: Halterinnen und Halter
${said}
names: { type: Halter, one: halterin, many: halterinnen }
source: ${from('halter')}
key: [halter_id]
rows: { auskunft: { eq: frei } }
fields:
  stadtteil: { column: stadtteil, type: text, title: Stadtteil, use: [read, filter, sort, group] }
  ort: { column: wohnort, type: point${crs}, coarsen: { to: 500 m }, title: Ort }
relations:
  hunde: { to: hunde, match: { halter_id: halter_id }, many: true }
`,
    'datasets/amt/bussgelder.yml': `
id: bussgelder
title: Bußgelder
${said}
names: { type: Bussgeld, one: bussgeld, many: bussgelder }
source: ${from('bussgeld')}
audience: internal
key: [{ column: bussgeld_id, type: int }]
joinable: [{ column: hund_id, type: int }]
fields:
  betrag: { column: betrag, type: int, title: Betrag, use: [read, filter, sort, group, aggregate] }
  grund: { column: grund, type: text, title: Grund, use: [read, filter, sort, group] }
`,
    'datasets/amt/verloren.yml': `
id: verloren
title: Fundhunde
${said}
names: { type: Fundhund, one: fundhund, many: fundhunde }
source: ${from('halter')}
key: [halter_id]
rows: { auskunft: { eq: frei } }
fields:
  stadtteil: { column: stadtteil, type: text, title: Stadtteil, use: [read, filter] }
  fundort: { column: fundort_intern, type: text, title: Fundort, use: [read, filter, sort, group] }
`,
    ...(side === 'a' && {
      'datasets/amt/beschwerden.yml': simple('beschwerden', 'Beschwerde', from('beschwerde'), 'beschwerde_id', 'wortlaut', said),
      'datasets/amt/impfungen.yml': simple('impfungen', 'Impfung', from('impfung'), 'impfung_id', 'stoff', said),
    }),
  }
}

const tables: Readonly<Record<string, string>> = {
  hunde: 'hund',
  halterinnen: 'halter',
  bussgelder: 'bussgeld',
  verloren: 'halter',
  beschwerden: 'beschwerde',
  impfungen: 'impfung',
}

type Columns = readonly (string | { readonly column: string })[]

/** Dataset files with columns as the source calls them. */
function calledBySource(files: Record<string, string>, { column: call }: SourceFiles): Record<string, string> {
  if (!call) return files
  const entries = Object.entries(files).map(([path, text]) => {
    const dataset = parse(text) as Record<string, Record<string, never>> & { id: string; key: Columns; joinable?: Columns }
    const named = (id: string, name: string): string => call(tables[id]!, name)
    const columns = (list: Columns) =>
      list.map(entry => (typeof entry === 'string' ? named(dataset.id, entry) : { ...entry, column: named(dataset.id, entry.column) }))
    const renamed = {
      ...dataset,
      key: columns(dataset.key),
      ...(dataset.joinable && { joinable: columns(dataset.joinable) }),
      ...(dataset.rows && { rows: keysOf(dataset.rows, name => named(dataset.id, name)) }),
      fields: values(dataset.fields!, (field: { column: string }) => ({ ...field, column: named(dataset.id, field.column) })),
      relations: values(dataset.relations ?? {}, (relation: { to: string; match: Record<string, string> }) => ({
        ...relation,
        match: Object.fromEntries(
          Object.entries(relation.match).map(([left, right]) => [named(dataset.id, left), named(relation.to, right)]),
        ),
      })),
    }
    return [path, stringify(renamed)]
  })
  return Object.fromEntries(entries)
}

function keysOf(record: Readonly<Record<string, unknown>>, rename: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]))
}

function values<T>(record: Readonly<Record<string, T>>, change: (value: T) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

function simple(id: string, type: string, source: string, key: string, field: string, said: string): string {
  return `
id: ${id}
title: ${type} (noch nicht offen)
${said}
names: { type: ${type}, one: ${type.toLowerCase()}, many: ${id} }
source: ${source}
key: [{ column: ${key}, type: int }]
fields:
  ${field}: { column: ${field}, type: text, title: ${field}, use: [read, filter, sort, group] }
`
}

/** A change that changes nothing would be a test of nothing. */
function replaced(text: string, before: string, after: string): string {
  if (!text.includes(before)) throw new Error(`"${before}" is not in the file`)
  return text.replace(before, after)
}

/** Adds a key for an audience that no file knows. */
export async function addForeignKey(folder: string): Promise<void> {
  await storeKey(folder, createKey('fremd', 'niemand').entry)
}
