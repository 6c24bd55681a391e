/** What does the leaky town keep, and which of it must never be seen? Two towns that differ in nothing that is open. */

import type { Cell, FieldType, Geometry } from '../../../src/model/index.ts'

export interface Column {
  readonly column: string
  readonly type: FieldType
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly key: string
  readonly rows: readonly (readonly Cell[])[]
}

/** Every cell that nobody may see holds this, so that no answer, header, log or cache may. */
export const secretMark = 'GEHEIM'
/** Every cell that only staff may see holds this. */
export const staffMark = 'INTERN'

/** Columns that no file of the configuration names. `b` calls them otherwise, so that answers cannot depend on them. */
const unnamed = { a: ['halter_name', 'telefon', 'iban'], b: ['eigentuemer', 'fernruf', 'konto'] } as const

export type Side = keyof typeof unnamed

/** Names that may stand in no statement for the public. */
export const neverAsked = [...unnamed.a, ...unnamed.b, 'chip', 'pruefer', 'warnung', 'beschwerde', 'impfung', 'bussgeld', 'grund', 'betrag']

const breeds = ['Dackel', 'Pudel', 'Beagle', 'Mops'] as const
const colours = ['braun', 'schwarz', 'weiss'] as const
/** 2 and 3 share a label, 7, 8 and 9 have none: how rows spread over them is closed, and so the two towns differ in it. */
const sizes = { a: ['1', '2', '3', '2', '8', '9', '8', null], b: ['1', '3', '3', '3', '9', '7', '9', null] } as const

/** A place in the middle of a grid cell of 500 m, and how far from it the two towns put their people: well inside of it. */
export const homes: Readonly<Record<Side, number>> = { a: 0.0009, b: -0.0009 }

export const dogsOpen = 24

export function tablesOf(side: Side): readonly Table[] {
  return [dogs(side), keepers(side), fines(side), complaints(), vaccinations()]
}

function secret(side: Side, what: string | number): string {
  return `${secretMark}-${side === 'a' ? 'x' : 'lang-y'}-${what}`
}

/** Keys of people: personal, and of another length in the other town, as far as ids hide it: they are filled up to 32 bytes. */
function keeperId(side: Side, number: number): string {
  return `${secretMark}-${side === 'a' ? 'h' : 'hal'}-${String(number).padStart(2, '0')}`
}

function dogs(side: Side): Table {
  const columns: readonly Column[] = [
    { column: 'hund_id', type: 'int' },
    { column: 'rasse', type: 'text' },
    { column: 'farbe', type: 'text' },
    { column: 'jahr', type: 'int' },
    { column: 'gewicht', type: 'decimal' },
    { column: 'groesse', type: 'code' },
    { column: 'geburtsdatum', type: 'date' },
    { column: 'halter_id', type: 'text' },
    { column: 'sperrvermerk', type: 'text' },
    { column: 'chip', type: 'text' },
    { column: 'pruefer', type: 'text' },
    { column: 'warnung', type: 'text' },
    ...unnamed[side].map((column): Column => ({ column, type: 'text' })),
    { column: 'lage', type: 'point' },
  ]
  const closed = (row: number) => [
    `${staffMark}-${side}-${row}`,
    `${staffMark}-${side}-${row % 3}`,
    secret(side, `w${row}`),
    ...unnamed[side].map(name => secret(side, `${name}${row % 5}`)),
  ]
  const open = Array.from({ length: dogsOpen }, (_, row): readonly Cell[] => [
    row + 1,
    breeds[row % breeds.length]!,
    colours[row % colours.length]!,
    row % 6 === 5 ? null : 2005 + (row % 9),
    `${4 + (row % 7)}.5`,
    sizes[side][row % sizes[side].length]!,
    // Another day of the same month.
    `2020-${pad((row % 12) + 1)}-${side === 'a' ? pad((row % 20) + 3) : pad(27 - (row % 20))}`,
    row % 7 === 6 ? null : keeperId(side, row % 5 === 4 ? 90 + row : (row % 4) + 1),
    'frei',
    ...closed(row),
    place(9.17 + row / 1000, 47.66),
  ])
  const barred = Array.from({ length: side === 'a' ? 3 : 5 }, (_, row): readonly Cell[] => [
    100 + row,
    secret(side, 'rasse'),
    secret(side, 'farbe'),
    side === 'a' ? 1801 + row : 2990 + row,
    side === 'a' ? '999.5' : '0.5',
    '1',
    '2019-02-02',
    keeperId(side, 1),
    secret(side, `sperre${row}`),
    ...closed(row + 500),
    place(9.3, 47.8),
  ])
  return { name: 'hund', columns, key: 'hund_id', rows: [...open, ...barred] }
}

/** Number 3 has a bar on information: as if it were not there. */
function keepers(side: Side): Table {
  const columns: readonly Column[] = [
    { column: 'halter_id', type: 'text' },
    { column: 'stadtteil', type: 'text' },
    { column: 'auskunft', type: 'text' },
    ...unnamed[side].map((column): Column => ({ column, type: 'text' })),
    { column: 'wohnort', type: 'point' },
  ]
  const rows = [1, 2, 3, 4, 5].map((number): readonly Cell[] => [
    keeperId(side, number),
    number === 3 ? secret(side, 'stadtteil') : ['Altstadt', 'Paradies'][number % 2]!,
    number === 3 ? secret(side, 'sperre') : 'frei',
    ...unnamed[side].map(name => secret(side, `${name}${number}`)),
    homeOf(number, side),
  ])
  return { name: 'halter', columns, key: 'halter_id', rows }
}

/** In degrees; the grid's cells are 500 m high. */
const cell = 500 / 111_320

function homeOf(number: number, side: Side): Geometry {
  const latitude = (Math.floor(47.66 / cell) + number + 0.5) * cell
  const wide = cell / Math.cos((latitude * Math.PI) / 180)
  const longitude = (Math.floor(9.17 / wide) + 2 * number + 0.5) * wide
  return place(longitude + homes[side], latitude + homes[side])
}

function fines(side: Side): Table {
  return {
    name: 'bussgeld',
    columns: [
      { column: 'bussgeld_id', type: 'int' },
      { column: 'hund_id', type: 'int' },
      { column: 'betrag', type: 'int' },
      { column: 'grund', type: 'text' },
    ],
    key: 'bussgeld_id',
    rows: Array.from({ length: side === 'a' ? 6 : 2 }, (_, row) => [row + 1, row + 1, 50 + row, `${staffMark}-grund-${row}`]),
  }
}

function complaints(): Table {
  return {
    name: 'beschwerde',
    columns: [
      { column: 'beschwerde_id', type: 'int' },
      { column: 'wortlaut', type: 'text' },
    ],
    key: 'beschwerde_id',
    rows: [[1, `${secretMark}-wortlaut`]],
  }
}

function vaccinations(): Table {
  return {
    name: 'impfung',
    columns: [
      { column: 'impfung_id', type: 'int' },
      { column: 'stoff', type: 'text' },
    ],
    key: 'impfung_id',
    rows: [[1, `${secretMark}-stoff`]],
  }
}

function place(longitude: number, latitude: number): Geometry {
  return { type: 'Point', coordinates: [round(longitude), round(latitude)] }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
