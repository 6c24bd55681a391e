/** What is in the Grünflächeninformationssystem: trees, inspections, streets, and files on people that nobody opens? */

import { dayAfter } from './clock.ts'
import { pointWkb, type SqlValue, type Table } from './database.ts'
import { person } from './people.ts'
import { around, between, pick, pickWeighted, type Random, randomFor } from './random.ts'
import { anySpecies } from './species.ts'
import { placeAt, type Street, streets } from './streets.ts'

/** Standing trees; felled ones stay in the register and come on top. */
export const standingTrees = 16_000
const felledTrees = 430
/** The register as it was on this day. */
const today = '2026-10-31'
const thisYear = 2026

/** 0 vital … 4 dead (Roloff's scale). */
const anyVitality = pickWeighted([0, 1, 2, 3, 4], [55, 30, 11, 3, 1])
const anyStreet = pickWeighted(
  streets,
  streets.map(({ lengthMetres }) => lengthMetres),
)

export const gruenTables: readonly Table[] = [
  {
    name: 'BAUM',
    columns: {
      BAUM_ID: 'INTEGER',
      BAUM_NR: 'VARCHAR(12)',
      ART_DE: 'VARCHAR(60)',
      ART_BOT: 'VARCHAR(60)',
      PFLANZJAHR: 'INTEGER',
      HOEHE_CM: 'INTEGER',
      KRONE_CM: 'INTEGER',
      STAMMUMFANG_CM: 'INTEGER',
      VITALITAET: 'INTEGER',
      STATUS: 'VARCHAR(10)',
      STRASSE_NR: 'VARCHAR(5)',
      STADTTEIL_NR: 'VARCHAR(3)',
      KONTROLLE: 'DATE',
      EIGENTUEMER_ID: 'INTEGER',
      BEMERKUNG: 'TEXT',
      GEOM: 'BLOB',
    },
    key: ['BAUM_ID'],
    indexes: [['STADTTEIL_NR'], ['STRASSE_NR'], ['ART_DE']],
    rows: trees,
  },
  {
    name: 'BAUMKONTROLLE',
    columns: {
      KONTROLLE_ID: 'INTEGER',
      BAUM_ID: 'INTEGER',
      DATUM: 'DATE',
      ERGEBNIS: 'VARCHAR(1)',
      MASSNAHME: 'VARCHAR(40)',
      FRIST: 'DATE',
      PRUEFER: 'VARCHAR(60)',
      PRUEFER_TELEFON: 'VARCHAR(30)',
    },
    key: ['KONTROLLE_ID'],
    indexes: [['BAUM_ID', 'DATUM']],
    rows: inspections,
  },
  {
    name: 'STRASSE',
    columns: { STRASSE_NR: 'VARCHAR(5)', NAME: 'VARCHAR(60)', STADTTEIL_NR: 'VARCHAR(3)', LAENGE_M: 'INTEGER' },
    key: ['STRASSE_NR'],
    rows: () => streets.map(({ key, name, district, lengthMetres }) => [key, name, withoutZeros(district.nr), lengthMetres]),
  },
  {
    name: 'EIGENTUEMER',
    columns: { EIGENTUEMER_ID: 'INTEGER', NAME: 'VARCHAR(60)', ANSCHRIFT: 'VARCHAR(120)', TELEFON: 'VARCHAR(30)' },
    key: ['EIGENTUEMER_ID'],
    rows: owners,
  },
  {
    name: 'MELDUNG',
    columns: {
      MELDUNG_ID: 'INTEGER',
      EINGANG: 'DATE',
      STRASSE_NR: 'VARCHAR(5)',
      MELDER: 'VARCHAR(60)',
      MELDER_TELEFON: 'VARCHAR(30)',
      MELDER_EMAIL: 'VARCHAR(80)',
      ANSCHRIFT: 'VARCHAR(120)',
      TEXT: 'TEXT',
    },
    key: ['MELDUNG_ID'],
    rows: complaints,
  },
]

const numberOfOwners = 900
const inspectors = Array.from({ length: 9 }, (_, n) => person(randomFor(`inspector ${n}`)))
const measures = ['keine', 'Totholz entfernen', 'Lichtraumprofil herstellen', 'Kroneneinkürzung', 'eingehende Untersuchung', 'Fällung']

function* trees(): Iterable<readonly SqlValue[]> {
  const random = randomFor('trees')
  const perStreet = new Map<Street, number>()
  const felled = everyNth(standingTrees + felledTrees, felledTrees)
  const inspected = latestInspections()
  for (let id = 1; id <= standingTrees + felledTrees; id++) {
    const street = anyStreet(random)
    const number = (perStreet.get(street) ?? 0) + 1
    perStreet.set(street, number)
    yield tree({ id, street, number, felled: felled(id), inspected: inspected.get(id) ?? null }, random)
  }
}

interface Site {
  readonly id: number
  readonly street: Street
  /** Counts the trees of a street. */
  readonly number: number
  readonly felled: boolean
  readonly inspected: string | null
}

function tree({ id, street, number, felled, inspected }: Site, random: Random): readonly SqlValue[] {
  const { german, botanical, tallestMetres } = anySpecies(random)
  const age = Math.min(180, Math.max(1, Math.round(Math.abs(around(random, 20, 28)))))
  const height = Math.max(1.8, tallestMetres * (age / (age + 18)) * around(random, 1, 0.12))
  const isPrivate = random() < 0.04
  return [
    id,
    `${street.key}-${String(number).padStart(3, '0')}`,
    german,
    botanical,
    random() < 0.11 ? null : thisYear - age,
    Math.round(height * 10) * 10,
    Math.round(height * around(random, 0.55, 0.08) * 10) * 10,
    Math.max(8, Math.round(age * around(random, 2.4, 0.4) + 12)),
    random() < 0.03 ? null : anyVitality(random),
    felled ? 'gefällt' : 'aktiv',
    street.key,
    withoutZeros(street.district.nr),
    inspected,
    isPrivate ? between(random, 1, numberOfOwners) : null,
    isPrivate ? `Eigentümer verständigt, Rückruf ${person(random).phone}` : random() < 0.05 ? 'Wurzelhebung am Gehweg' : null,
    pointWkb(placeAt(street, random)),
  ]
}

/** The tree register writes 10 where the city's statistics write 010. */
function withoutZeros(district: string): string {
  return district.replace(/^0+/, '')
}

/** Tells the felled ones: exactly so many, spread evenly. */
function everyNth(all: number, some: number): (id: number) => boolean {
  return id => Math.floor((id * some) / all) > Math.floor(((id - 1) * some) / all)
}

function latestInspections(): ReadonlyMap<number, string> {
  const latest = new Map<number, string>()
  for (const [, tree, date] of inspections() as Iterable<[number, number, string]>) {
    if ((latest.get(tree) ?? '') < date) latest.set(tree, date)
  }
  return latest
}

function* inspections(): Iterable<readonly SqlValue[]> {
  const random = randomFor('inspections')
  let id = 0
  for (let treeId = 1; treeId <= standingTrees + felledTrees; treeId++) {
    for (let past = between(random, 1, 3); past > 0; past--) {
      const { name, phone } = pick(random, inspectors)
      const date = dayAfter(today, -between(random, 1, 1_460))
      const result = random() < 0.82 ? 'A' : random() < 0.8 ? 'B' : 'C'
      const measure = result === 'A' ? measures[0]! : pick(random, measures.slice(1, result === 'B' ? 4 : 6))
      yield [++id, treeId, date, result, measure, result === 'A' ? null : dayAfter(date, result === 'B' ? 180 : 14), name, phone]
    }
  }
}

function* owners(): Iterable<readonly SqlValue[]> {
  const random = randomFor('owners')
  for (let id = 1; id <= numberOfOwners; id++) {
    const { name, address, phone } = person(random)
    yield [id, name, address, phone]
  }
}

function* complaints(): Iterable<readonly SqlValue[]> {
  const random = randomFor('complaints')
  const texts = [
    'Äste hängen auf den Gehweg',
    'Laub in der Dachrinne',
    'Der Baum nimmt mir das Licht',
    'Wurzeln heben das Pflaster',
    'Pilz am Stamm',
  ]
  for (let id = 1; id <= 2_400; id++) {
    const { name, phone, mail, address } = person(random)
    yield [
      id,
      dayAfter(today, -between(random, 1, 1_460)),
      pick(random, streets).key,
      name,
      phone,
      mail,
      address,
      `${pick(random, texts)}. Bitte rufen Sie mich an: ${phone}.`,
    ]
  }
}
