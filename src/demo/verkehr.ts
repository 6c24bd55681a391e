/** What is in the traffic system: car parks and how full they are, bicycle counters and what they count? */

import { wallHours } from './clock.ts'
import { pointWkb, type SqlValue, type Table } from './database.ts'
import type { Point } from './districts.ts'
import { person } from './people.ts'
import { around, randomFor } from './random.ts'

/** Names, kinds and capacities as the city's guidance system gives them. */
const carParks: readonly (readonly [name: string, kind: string, places: number, headroomCm: number | null, at: Point])[] = [
  ['LAGO', 'Parkhaus', 930, 190, [513_245, 5_278_100]],
  ['Fischmarkt', 'Parkhaus', 161, 205, [513_248, 5_278_679]],
  ['Marktstätte', 'Parkhaus', 288, 195, [513_236, 5_278_476]],
  ['Augustiner / Karstadt', 'Tiefgarage', 288, 205, [513_019, 5_278_485]],
  ['Benediktinerplatz', 'Parkhaus', 118, 205, [513_308, 5_279_502]],
  ['Seerheincenter', 'Tiefgarage', 312, 200, [513_734, 5_279_936]],
  ['Altstadt', 'Parkhaus', 359, 205, [512_907, 5_278_867]],
  ['Döbele', 'Parkplatz', 335, null, [512_660, 5_278_294]],
  ['Bodenseeforum', 'Parkplatz', 176, null, [512_307, 5_280_004]],
  ['Uni Süd', 'Parkhaus', 834, 180, [513_926, 5_281_617]],
  ['Uni Nord', 'Parkplatz', 350, null, [513_771, 5_281_942]],
]

/** Bicycles on an ordinary day, both ways together; places are approximate. */
const counters: readonly (readonly [name: string, perDay: number, at: Point])[] = [
  ['Fahrradbrücke', 9_500, [513_401, 5_279_405]],
  ['Alte Rheinbrücke', 7_200, [513_401, 5_279_194]],
  ['Seestraße', 2_900, [513_888, 5_279_529]],
  ['Wollmatinger Straße', 3_100, [512_686, 5_280_137]],
  ['Universitätsstraße', 3_800, [514_034, 5_281_418]],
  ['Gottlieber Zoll', 1_400, [511_939, 5_278_302]],
  ['Kreuzlinger Zoll', 2_600, [513_178, 5_278_027]],
  ['Radolfzeller Straße', 1_900, [511_108, 5_281_079]],
  ['Mainaustraße', 2_200, [514_712, 5_280_420]],
  ['Litzelstetter Straße', 900, [513_879, 5_283_530]],
  ['Schwaketenstraße', 1_600, [511_707, 5_281_524]],
  ['Dettinger Straße', 500, [510_126, 5_284_633]],
]

/** Parts of a day's traffic in each hour, in thousandths. */
const workday = [4, 2, 1, 1, 3, 10, 34, 88, 78, 48, 42, 46, 56, 56, 54, 62, 84, 96, 78, 58, 40, 28, 20, 11]
const weekend = [10, 7, 4, 2, 2, 4, 8, 16, 30, 50, 68, 80, 84, 86, 88, 88, 84, 74, 62, 50, 38, 30, 24, 21]
/** January to December: fewer ride in the cold. */
const seasons = [0.55, 0.6, 0.75, 0.95, 1.1, 1.25, 1.3, 1.2, 1.15, 1, 0.75, 0.5]

export const verkehrTables: readonly Table[] = [
  {
    name: 'PARKHAUS',
    columns: {
      PH_NR: 'INTEGER',
      NAME: 'VARCHAR(60)',
      ART: 'VARCHAR(20)',
      STELLPLAETZE: 'INTEGER',
      EINFAHRT_CM: 'INTEGER',
      AKTIV: 'INTEGER',
      LEITSTELLE: 'VARCHAR(60)',
      LEITSTELLE_TELEFON: 'VARCHAR(30)',
      GEOM: 'BLOB',
    },
    key: ['PH_NR'],
    rows: () =>
      carParks.map(([name, kind, places, headroom, at], index) => {
        const { name: operator, phone } = person(randomFor(`operator of car park ${name}`))
        return [index + 1, name, kind, places, headroom, 1, operator, phone, pointWkb(at)]
      }),
  },
  {
    name: 'BELEGUNG',
    columns: { PH_NR: 'INTEGER', ZEIT: 'DATETIME', FREI: 'INTEGER', STATUS: 'VARCHAR(10)' },
    key: ['PH_NR', 'ZEIT'],
    rows: readings,
  },
  {
    name: 'ZAEHLSTELLE',
    columns: {
      ZST_NR: 'VARCHAR(4)',
      NAME: 'VARCHAR(60)',
      SEIT: 'INTEGER',
      WARTUNG: 'VARCHAR(60)',
      WARTUNG_TELEFON: 'VARCHAR(30)',
      GEOM: 'BLOB',
    },
    key: ['ZST_NR'],
    rows: () =>
      counters.map(([name, , at], index) => {
        const { name: technician, phone } = person(randomFor(`technician of counter ${name}`))
        return [counterNr(index), name, 2013 + index, technician, phone, pointWkb(at)]
      }),
  },
  {
    name: 'ZAEHLUNG',
    columns: { ZST_NR: 'VARCHAR(4)', ZEIT: 'DATETIME', EINWAERTS: 'INTEGER', AUSWAERTS: 'INTEGER' },
    key: ['ZST_NR', 'ZEIT'],
    rows: counts,
  },
]

function* readings(): Iterable<readonly SqlValue[]> {
  for (const [index, [name, , places]] of carParks.entries()) {
    const random = randomFor(`readings ${name}`)
    const university = name.startsWith('Uni')
    let full = 0.2
    for (const { text, hour, date } of wallHours('2026-10-18', 14)) {
      full += (usual(hour, isWeekend(date), university) - full) * 0.6 + around(random, 0, 0.02)
      const free = Math.round(places * (1 - Math.min(1, Math.max(0.02, full))))
      // The guidance system fails now and then: it goes on sending, without a number.
      const failed = random() < 0.004
      yield [index + 1, text, failed ? null : free, failed ? 'Störung' : free < places * 0.02 ? 'besetzt' : 'frei']
    }
  }
}

/** How full a car park usually is, 0 … 1. */
function usual(hour: number, weekend: boolean, university: boolean): number {
  if (university) return weekend ? 0.08 : hour >= 8 && hour < 17 ? 0.9 : 0.12
  const busy = hour >= 10 && hour < 19
  return busy ? (weekend ? 0.93 : 0.78) : hour >= 19 && hour < 23 ? 0.5 : 0.18
}

function* counts(): Iterable<readonly SqlValue[]> {
  for (const [index, [name, perDay]] of counters.entries()) {
    const random = randomFor(`counts ${name}`)
    let weather = 1
    for (const { text, hour, date } of wallHours('2025-11-01', 365)) {
      if (hour === 0) weather = Math.min(1.35, Math.max(0.35, around(random, 1, 0.22)))
      const bicycles = (perDay * seasons[date.getUTCMonth()]! * weather * (isWeekend(date) ? 0.7 * weekend[hour]! : workday[hour]!)) / 1000
      // Into town in the morning, out of it in the evening.
      const inwards = hour < 12 ? 0.6 : 0.43
      yield [counterNr(index), text, counted(bicycles * inwards), counted(bicycles * (1 - inwards))]
    }

    function counted(expected: number): number {
      return Math.max(0, Math.round(around(random, expected, Math.sqrt(expected + 1))))
    }
  }
}

function counterNr(index: number): string {
  return `R${String(index + 1).padStart(2, '0')}`
}

function isWeekend(date: Date): boolean {
  return date.getUTCDay() === 0 || date.getUTCDay() === 6
}
