/** What is on the maps of the geodata office: districts, weather stations, playgrounds, bicycle stands? */

import { dayAfter } from './clock.ts'
import { type District, districtAt, districts, type Point } from './districts.ts'
import { person } from './people.ts'
import { around, between, pick, pickWeighted, randomFor } from './random.ts'
import { placeAt, streets } from './streets.ts'

export interface LayerField {
  readonly name: string
  readonly type: 'text' | 'int' | 'decimal' | 'date' | 'instant'
  /** Stored code → label. */
  readonly codes?: Readonly<Record<number, string>>
}

export type Shape = { readonly point: Point } | { readonly rings: readonly (readonly Point[])[] }

export interface Feature {
  /** ≥ 1, distinct within the layer. */
  readonly id: number
  /** Dates as `2026-10-31`, instants as `2026-10-31T12:00:00Z`; by the layer's fields. */
  readonly values: Readonly<Record<string, string | number | null>>
  readonly shape: Shape
}

export interface Layer {
  readonly name: string
  readonly title: string
  readonly geometry: 'point' | 'surface'
  readonly fields: readonly LayerField[]
  readonly features: readonly Feature[]
}

/** All geometry is in ETRS89 / UTM 32N. */
export const layerCrs = 25_832

const today = '2026-10-31'

export const stadtteile: Layer = {
  name: 'stadtteile',
  title: 'Stadtteile',
  geometry: 'surface',
  fields: [
    { name: 'nr', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'stand', type: 'date' },
    { name: 'sachbearbeitung', type: 'text' },
    { name: 'sachbearbeitung_telefon', type: 'text' },
  ],
  features: districts.map(({ nr, name, ring }, at) => {
    const clerk = person(randomFor(`clerk of district ${nr}`))
    return {
      id: at + 1,
      values: { nr, name, stand: '2025-12-31', sachbearbeitung: clerk.name, sachbearbeitung_telefon: clerk.phone },
      shape: { rings: [ring] },
    }
  }),
}

/** Names are the city's, places approximate. */
const stations: readonly (readonly [name: string, at: Point])[] = [
  ['Döbele', [512_615, 5_278_336]],
  ['Europapark', [512_178, 5_278_991]],
  ['Fähre Staad', [515_746, 5_281_000]],
  ['Friedrichstraße', [513_556, 5_280_139]],
  ['Herosé-Park', [513_476, 5_279_328]],
  ['Hörnle', [515_977, 5_279_100]],
  ['Mainaustraße', [514_300, 5_280_063]],
  ['Marktstätte', [513_260, 5_278_494]],
  ['Riedstraße', [511_994, 5_280_691]],
  ['Stadtgarten', [513_462, 5_278_661]],
  ['Stephansplatz', [513_042, 5_278_749]],
  ['Bodanplatz', [513_201, 5_278_160]],
]

export const wetterstationen: Layer = {
  name: 'wetterstationen',
  title: 'Wetterstationen',
  geometry: 'point',
  fields: [
    { name: 'nr', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'stadtteil_nr', type: 'text' },
    { name: 'hoehe_nn', type: 'decimal' },
    { name: 'temperatur', type: 'decimal' },
    { name: 'luftfeuchte', type: 'int' },
    { name: 'gemessen_am', type: 'instant' },
    { name: 'betreuung', type: 'text' },
    { name: 'betreuung_telefon', type: 'text' },
  ],
  features: stations.map(([name, at], index) => {
    const random = randomFor(`weather station ${name}`)
    const keeper = person(random)
    // One sensor is broken: it still reports, without a temperature.
    const broken = name === 'Riedstraße'
    return {
      id: index + 1,
      values: {
        nr: `W${String(index + 1).padStart(2, '0')}`,
        name,
        stadtteil_nr: districtAt(at).nr,
        hoehe_nn: oneDecimal(around(random, 402, 3)),
        temperatur: broken ? null : oneDecimal(around(random, 9.4, 0.6)),
        luftfeuchte: Math.round(around(random, 84, 3)),
        gemessen_am: `${today}T10:${String(between(random, 10, 59))}:00Z`,
        betreuung: keeper.name,
        betreuung_telefon: keeper.phone,
      },
      shape: { point: at },
    }
  }),
}

const playgroundKinds = { 1: 'Spielplatz', 2: 'Bolzplatz', 3: 'Wasserspielplatz', 4: 'Skateanlage' } as const
const playgroundsPerDistrict = 6

export const spielplaetze: Layer = {
  name: 'Spielplätze',
  title: 'Spielplätze',
  geometry: 'point',
  fields: [
    { name: 'NAME', type: 'text' },
    { name: 'ART', type: 'int', codes: playgroundKinds },
    { name: 'ALTER_AB', type: 'int' },
    { name: 'FLAECHE_QM', type: 'int' },
    { name: 'BAUJAHR', type: 'int' },
    { name: 'KONTROLLE', type: 'instant' },
    { name: 'STADTTEIL_NR', type: 'text' },
    { name: 'PATE', type: 'text' },
    { name: 'PATE_TELEFON', type: 'text' },
  ],
  features: districts
    .flatMap(district => Array.from({ length: playgroundsPerDistrict + Math.floor(district.population / 8000) }, () => district))
    .map((district, at) => playground(district, at + 1)),
}

function playground(district: District, id: number): Feature {
  const random = randomFor(`playground ${id}`)
  const street = pick(
    random,
    streets.filter(street => street.district === district),
  )
  const kind = pickWeighted([1, 2, 3, 4] as const, [70, 20, 6, 4])(random)
  const godparent = random() < 0.3 ? person(random) : undefined
  return {
    id,
    values: {
      NAME: `${playgroundKinds[kind]} ${street.name}`,
      ART: kind,
      ALTER_AB: kind === 1 ? pick(random, [1, 3, 6]) : 6,
      FLAECHE_QM: between(random, 15, 320) * 10,
      BAUJAHR: random() < 0.1 ? null : between(random, 1968, 2025),
      KONTROLLE: `${dayAfter(today, -between(random, 1, 40))}T${String(between(random, 6, 14)).padStart(2, '0')}:30:00Z`,
      STADTTEIL_NR: district.nr,
      PATE: godparent?.name ?? null,
      PATE_TELEFON: godparent?.phone ?? null,
    },
    shape: { point: placeAt(street, random) },
  }
}

export const fahrradabstellanlagen: Layer = {
  name: 'Fahrradabstellanlagen',
  title: 'Fahrradabstellanlagen',
  geometry: 'point',
  fields: [
    { name: 'STRASSE', type: 'text' },
    { name: 'BAUART', type: 'int', codes: { 1: 'Anlehnbügel', 2: 'Doppelstockparker', 3: 'Fahrradbox', 4: 'Vorderradhalter' } },
    { name: 'PLAETZE', type: 'int' },
    { name: 'UEBERDACHT', type: 'int', codes: { 0: 'nein', 1: 'ja' } },
    { name: 'STADTTEIL_NR', type: 'text' },
    { name: 'GEMELDET_VON', type: 'text' },
  ],
  features: Array.from({ length: 620 }, (_, at) => bicycleStand(at + 1)),
}

function bicycleStand(id: number): Feature {
  const random = randomFor(`bicycle stand ${id}`)
  const street = pick(random, streets)
  return {
    id,
    values: {
      STRASSE: street.name,
      BAUART: pickWeighted([1, 2, 3, 4], [75, 8, 5, 12])(random),
      PLAETZE: between(random, 2, 30) * 2,
      UEBERDACHT: random() < 0.15 ? 1 : 0,
      STADTTEIL_NR: street.district.nr,
      GEMELDET_VON: random() < 0.2 ? person(random).name : null,
    },
    shape: { point: placeAt(street, random) },
  }
}

function oneDecimal(number: number): number {
  return Math.round(number * 10) / 10
}
