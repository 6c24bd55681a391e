/** How is the town configured for Stadttor? A folder as a city writes one, approved with the gateway's own command. */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const stadttor = join(import.meta.dirname, '../src/stadttor.js')

/** Every peer has so many connections. */
export const connections = 10

interface Setting {
  /** Lines of the source file that say what it is and how it is reached. */
  readonly source: string
  /** `0 s`: every question reaches the source. */
  readonly freshFor: string
}

/** Writes the folder and signs everything in it. */
export function writeCity({ source, freshFor }: Setting): string {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-bench-'))
  const files = { 'gateway.yml': gateway, 'sources/fach.yml': `id: fach\ntitle: Fachverfahren\n${source}`, ...datasets(freshFor) }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  for (const id of ['baeume', 'strassen', 'stadtteile', 'parkhaeuser', 'belegungen', 'radzaehlungen'])
    execFileSync(process.execPath, [stadttor, 'approve', id, '--config', folder, '--by', 'Bench', '--record', 'B-1', '--yes'], {
      stdio: 'pipe',
    })
  return folder
}

const gateway = `
city: { name: bench, title: Bench, operator: Bench, zone: Europe/Berlin }
secret: a-secret-that-is-only-good-for-the-bench
limits: { pageSize: 5000, cost: 100000, request: 60 s }
cache: { memory: 128 MB }
`

function datasets(freshFor: string): Record<string, string> {
  const head = (id: string, type: string, one: string, table: string) => `
id: ${id}
title: ${type}
owner: Amt
licence: dl-de/by-2-0
names: { type: ${type}, one: ${one}, many: ${id} }
source: { use: fach, table: ${table} }
key: [{ column: id, type: int }]
freshFor: ${freshFor}
`
  const text = (column: string, use = 'read') => `{ column: ${column}, type: text, title: ${column}, use: [${use}] }`
  const whole = (column: string, use = 'read') => `{ column: ${column}, type: int, title: ${column}, use: [${use}] }`
  return {
    'datasets/amt/baeume.yml': `${head('baeume', 'Baum', 'baum', 'baum')}
fields:
  nummer: ${text('nummer')}
  artDeutsch: ${text('art_deutsch', 'read, filter, group')}
  artLateinisch: ${text('art_lateinisch')}
  pflanzjahr: ${whole('pflanzjahr', 'read, filter, sort')}
  hoehe: { column: hoehe, type: decimal, title: hoehe, unit: m }
  stammumfang: ${whole('stammumfang')}
  pflege: ${text('pflege')}
  geaendertAm: { column: geaendert_am, type: datetime, title: geaendertAm }
  stadtteilNummer: ${whole('stadtteil_id', 'read, group')}
relations:
  strasse: { to: strassen, title: Straße, match: { strasse_id: id } }
  stadtteil: { to: stadtteile, title: Stadtteil, match: { stadtteil_id: id } }
`,
    'datasets/amt/strassen.yml': `${head('strassen', 'Strasse', 'strasse', 'strasse')}
fields:
  name: ${text('name')}
  schluessel: ${text('schluessel')}
`,
    'datasets/amt/stadtteile.yml': `${head('stadtteile', 'Stadtteil', 'stadtteil', 'stadtteil')}
fields:
  name: ${text('name')}
  einwohner: ${whole('einwohner')}
`,
    'datasets/amt/parkhaeuser.yml': `${head('parkhaeuser', 'Parkhaus', 'parkhaus', 'parkhaus')}
fields:
  name: ${text('name')}
  stellplaetze: ${whole('stellplaetze')}
relations:
  belegungen: { to: belegungen, title: Belegungen, match: { id: parkhaus_id }, many: true }
`,
    'datasets/amt/belegungen.yml': `${head('belegungen', 'Belegung', 'belegung', 'belegung')}
joinable: [{ column: parkhaus_id, type: int }]
fields:
  zeit: { column: zeit, type: datetime, title: zeit, use: [read, filter, sort] }
  frei: ${whole('frei')}
`,
    'datasets/amt/radzaehlungen.yml': `${head('radzaehlungen', 'Radzaehlung', 'radzaehlung', 'radzaehlung')}
fields:
  stelle: ${text('stelle', 'read, filter, group')}
  tag: { column: tag, type: date, title: tag, use: [read, filter, sort] }
  anzahl: ${whole('anzahl', 'read, aggregate')}
`,
  }
}
