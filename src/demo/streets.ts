/** Which streets has the demo city, and where do they run? */

import { areaOf, type District, districtAt, districts, middleOf, type Point } from './districts.ts'
import { around, between, pick, type Random, randomFor, shuffled } from './random.ts'

export interface Street {
  /** Five digits, as in a city's street register. */
  readonly key: string
  readonly name: string
  readonly district: District
  readonly from: Point
  readonly to: Point
  readonly lengthMetres: number
}

const stems =
  'Ahorn Amsel Birken Brunnen Buchen Dohlen Drossel Eichen Erlen Eschen Farn Feld Felchen Fichten Fischer Flieder Forellen Garten Ginster Hafen Hasel Hecht Heide Holunder Insel Kapell Kiebitz Kirsch Kloster Kornblumen Lerchen Linden Löwenzahn Malven Meisen Mohn Möwen Mühlen Nuss Obst Pappel Pfarr Quellen Reben Reiher Ried Rosen Sand Schilf Schlehen Schwalben Seerosen Specht Tal Tannen Torkel Ufer Ulmen Veilchen Wald Wasser Weiden Wiesen Winzer Zander Ziegel'.split(
    ' ',
  )
const endings = ['straße', 'weg', 'gasse', 'platz', 'ring', 'steig', 'allee', 'halde', 'bühl', 'rain']
const inhabitantsPerStreet = 150

/** About 600 streets. Their names are put together from words, and they run where chance laid them. */
export const streets: readonly Street[] = lay()

function lay(): Street[] {
  const random = randomFor('streets')
  const names = shuffled(
    random,
    stems.flatMap(stem => endings.map(ending => stem + ending)),
  )
  const sites = districts.flatMap(district => Array.from({ length: numberOfStreets(district) }, () => district))
  return sites.map((district, at) => {
    const from = inside(district)
    const to = towards(from, inside(district), between(random, 80, 450))
    return {
      key: String((at + 1) * 10).padStart(5, '0'),
      name: names[at]!,
      district,
      from,
      to,
      lengthMetres: Math.round(distance(from, to)),
    }
  })

  /** Rings are convex: what lies between two corners and the middle lies in the district. */
  function inside({ ring }: District): Point {
    const places = [pick(random, ring), pick(random, ring), middleOf(ring)]
    const weights = places.map(() => 0.1 + random())
    const mixed = (axis: 0 | 1) => places.reduce((sum, place, at) => sum + place[axis] * weights[at]!, 0) / weights.reduce((a, b) => a + b)
    return [mixed(0), mixed(1)]
  }
}

function towards(from: Point, to: Point, metres: number): Point {
  const part = Math.min(1, metres / Math.max(1, distance(from, to)))
  return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]
}

function distance(from: Point, to: Point): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1])
}

function numberOfStreets({ population, ring }: District): number {
  return Math.round(population / inhabitantsPerStreet + areaOf(ring) / 1_000_000)
}

/** A place at a street, a few metres to its side, in whole centimetres. At a district's edge it stays on the street. */
export function placeAt(street: Street, random: Random): Point {
  const [along, aside] = [0.02 + random() * 0.96, (random() < 0.5 ? -1 : 1) * Math.abs(around(random, 6, 2))]
  const [dx, dy] = [street.to[0] - street.from[0], street.to[1] - street.from[1]]
  const length = Math.hypot(dx, dy) || 1
  const at = (metres: number): Point => [
    inCentimetres(street.from[0] + along * dx - (metres * dy) / length),
    inCentimetres(street.from[1] + along * dy + (metres * dx) / length),
  ]
  const beside = at(aside)
  return districtAt(beside) === street.district ? beside : at(0)
}

function inCentimetres(metres: number): number {
  return Math.round(metres * 100) / 100
}

export function houseNumber(random: Random): string {
  return `${between(random, 1, 120)}${random() < 0.1 ? pick(random, ['a', 'b', 'c']) : ''}`
}
