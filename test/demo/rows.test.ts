/** Is the demo city as large as a real one, the same every time, and full of what must never leave? */

import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { edition } from '../../src/demo/city.ts'
import { ensureDatabase, type SqlValue, type Table } from '../../src/demo/database.ts'
import { areaOf, districtAt, districts, outline, type Point } from '../../src/demo/districts.ts'
import { gruenTables } from '../../src/demo/gruen.ts'
import { fahrradabstellanlagen, spielplaetze, stadtteile, wetterstationen } from '../../src/demo/layers.ts'
import { phonePrefix, surnames } from '../../src/demo/people.ts'
import { verkehrTables } from '../../src/demo/verkehr.ts'

const tables = [...gruenTables, ...verkehrTables]
const generated = new Map<string, readonly Row[]>()
const layers = [stadtteile, wetterstationen, spielplaetze, fahrradabstellanlagen]

test('the rows are those of this edition: whoever changes them raises the edition, so that old files are made anew', () => {
  expect({ edition, rows: fingerprint() }).toEqual({ edition: 1, rows: '1a5f1fc3c948624d' })
})

test('asking twice gives the same rows', () => {
  const [first, second] = [0, 1].map(() => digestOf(gruenTables.find(({ name }) => name === 'MELDUNG')!))
  expect(first).toBe(second)
})

test.each([
  ['BAUM', 16_430],
  ['BAUMKONTROLLE', 32_862],
  ['STRASSE', 659],
  ['EIGENTUEMER', 900],
  ['MELDUNG', 2_400],
  ['PARKHAUS', 11],
  ['BELEGUNG', 11 * 24 * 14],
  ['ZAEHLSTELLE', 12],
  // A year of hours on the wall clock lacks the one that spring skips.
  ['ZAEHLUNG', 12 * (365 * 24 - 1)],
])('%s has %i rows, as many as a city of this size', (name, count) => {
  expect([...rowsOf(name)].length).toBe(count)
})

test('16,000 trees stand', () => {
  expect(rowsOf('BAUM').filter(row => row.STATUS === 'aktiv')).toHaveLength(16_000)
})

test.each([
  ['Stadtteile', stadtteile, 15],
  ['Wetterstationen', wetterstationen, 12],
  ['Spielplätze', spielplaetze, 94],
  ['Fahrradabstellanlagen', fahrradabstellanlagen, 620],
])('the layer %s has its features', (_name, layer, count) => {
  expect(layer.features).toHaveLength(count)
})

test('the districts cover the city without a gap or an overlap', () => {
  const sum = districts.reduce((area, { ring }) => area + areaOf(ring), 0)
  expect(sum / areaOf([...outline, outline[0]!])).toBeCloseTo(1, 6)
  for (const { ring } of districts) {
    expect(ring.length).toBeGreaterThanOrEqual(4)
    expect(ring.at(-1)).toEqual(ring[0])
  }
})

test('every tree stands in the district that its row names, which the register writes without leading zeros', () => {
  const strays = rowsOf('BAUM').filter(({ GEOM, STADTTEIL_NR }) => districtAt(pointOf(GEOM)).nr !== String(STADTTEIL_NR).padStart(3, '0'))
  expect(strays).toEqual([])
  expect(new Set(rowsOf('BAUM').map(row => row.STADTTEIL_NR))).toEqual(new Set(districts.map(({ nr }) => nr.replace(/^0+/, ''))))
})

test('the population is the published one of 2025', () => {
  expect(districts.reduce((sum, { population }) => sum + population, 0)).toBe(87_178)
})

test('what must never leave is there: names, telephone numbers, addresses', () => {
  const personal = tables.flatMap(table =>
    rowsOf(table.name).flatMap(row =>
      Object.entries(row)
        .filter(([, value]) => isPersonal(value))
        .map(([column]) => `${table.name}.${column}`),
    ),
  )
  expect(new Set(personal)).toEqual(
    new Set([
      'BAUM.BEMERKUNG',
      'BAUMKONTROLLE.PRUEFER',
      'BAUMKONTROLLE.PRUEFER_TELEFON',
      'EIGENTUEMER.NAME',
      'EIGENTUEMER.TELEFON',
      'MELDUNG.MELDER',
      'MELDUNG.MELDER_TELEFON',
      'MELDUNG.MELDER_EMAIL',
      'MELDUNG.TEXT',
      'PARKHAUS.LEITSTELLE',
      'PARKHAUS.LEITSTELLE_TELEFON',
      'ZAEHLSTELLE.WARTUNG',
      'ZAEHLSTELLE.WARTUNG_TELEFON',
    ]),
  )
})

describe('the database file', () => {
  const small: Table = { name: 'T', columns: { A: 'INTEGER' }, key: ['A'], rows: () => [[1], [2]] }
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stadttor-demo-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  test('is kept while the edition is the same', async () => {
    const file = join(folder, 'deep', 't.sqlite')
    ensureDatabase(file, 1, [small])
    await utimes(file, 1, 1)
    ensureDatabase(file, 1, [small])
    expect((await stat(file)).mtimeMs).toBe(1000)
  })

  test('is made anew by another edition, and where something else lies in its place', async () => {
    const file = join(folder, 't.sqlite')
    ensureDatabase(file, 1, [small])
    ensureDatabase(file, 2, [{ ...small, rows: () => [[3]] }])
    const database = new Database(file, { readonly: true })
    expect(database.prepare('select A from T').all()).toEqual([{ A: 3 }])
    database.close()
    expect(await readdir(folder)).toEqual(['t.sqlite'])
  })

  test('that is no database is replaced', async () => {
    const file = join(folder, 't.sqlite')
    await writeFile(file, 'half a download')
    ensureDatabase(file, 1, [small])
    const database = new Database(file, { readonly: true })
    expect(database.prepare('select count(*) as n from T').get()).toEqual({ n: 2 })
    database.close()
  })
})

type Row = Readonly<Record<string, SqlValue>>

function rowsOf(name: string): readonly Row[] {
  const known = generated.get(name)
  if (known) return known
  const table = tables.find(table => table.name === name)!
  const columns = Object.keys(table.columns)
  const rows = [...table.rows()].map(row => Object.fromEntries(columns.map((column, at) => [column, row[at]!])))
  generated.set(name, rows)
  return rows
}

function isPersonal(value: unknown): boolean {
  return (
    typeof value === 'string' && (value.includes(phonePrefix) || surnames.some(name => value.toLowerCase().includes(name.toLowerCase())))
  )
}

function pointOf(wkb: SqlValue | undefined): Point {
  const bytes = wkb as Buffer
  return [bytes.readDoubleLE(5), bytes.readDoubleLE(13)]
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const table of tables) hash.update(digestOf(table))
  hash.update(JSON.stringify(layers))
  return hash.digest('hex').slice(0, 16)
}

function digestOf(table: Table): string {
  const hash = createHash('sha256')
  for (const row of table.rows()) hash.update(row.map(value => (Buffer.isBuffer(value) ? value.toString('hex') : String(value))).join('\t'))
  return hash.digest('hex')
}
