/** Which small town does every connector have to serve alike? Plain data, and what a loader needs to write it into a source. */

import proj4 from 'proj4'
import {
  type Capabilities,
  type Cell,
  type Dataset,
  type FieldType,
  type Geometry,
  type OpenField,
  type Row,
  wallClock,
} from '../../src/model/index.ts'
import { engine, open } from '../support/columns.ts'

export interface TownColumn {
  /** Name of the field; absent for a column that no dataset opens. */
  readonly field?: string
  /** Name in the source. */
  readonly column: string
  readonly type: FieldType
  /** Wall-clock column of this zone. */
  readonly zone?: string
}

/** A table as it stands in the source: canonical cells (see `Cell`), one per column, hidden columns included. */
export interface TownTable {
  readonly name: TableName
  readonly columns: readonly TownColumn[]
  /** Columns that tell rows apart. */
  readonly key: readonly string[]
  readonly rows: readonly Row[]
}

export const tableNames = ['trees', 'areas', 'stations', 'readings', 'types', 'keys'] as const
export type TableName = (typeof tableNames)[number]

export interface Town {
  readonly name: string
  readonly tables: Readonly<Record<TableName, TownTable>>
}

/** The projection that the town's surveyors use; every stored geometry is in it, to the millimetre, unless a source knows WGS 84 only. */
export const townCrs = 'EPSG:25832'
/** Column of `trees` that no dataset opens. */
export const hiddenColumn = 'pruefer'
/** Every value of the hidden column starts with this. */
export const hiddenMark = 'GEHEIM'

const utm = '+proj=utm +zone=32 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'
const berlin = 'Europe/Berlin'

const species = [
  'Winterlinde',
  'Roßkastanie',
  'Ölweide',
  null,
  'winterlinde',
  'ÖLWEIDE',
  '',
  '%_\'";]',
  '🌳 Linde 𝄞',
  `O'Brien & "Söhne"`,
  '100 % Eiche',
  '100 _ Eiche',
  'Eiche*',
  'Eiche?',
  'a\\b',
  `x'; drop table baum; --`,
  '[Esche]',
  '<b>Ahorn</b>',
  'Eiche',
] as const
const streets = ['Seestraße', 'Mainaustraße', null, 'Ödweg', "O'Brien-Weg"] as const
const conditions = ['1', '2', '1', null, '3', '1', '2', 'X-9'] as const
const changes = [
  '2026-07-01T10:00:00Z',
  '2025-10-26T00:30:00Z', // 02:30 in Berlin, first pass of the hour that comes twice
  '2026-03-29T01:30:00Z', // 03:30 in Berlin, just after the hour that never comes
  null,
  '2026-01-15T23:30:00Z', // another day in Berlin
  '1999-12-31T23:00:00Z',
] as const

function treeRow(index: number, shift: number): Row {
  const id = index + 1 + shift
  return [
    id,
    species[index % species.length]!,
    streets[index % streets.length]!,
    index % 9 === 4 ? null : trimmed(`${(index * 7) % 31}.${String((index * 13) % 100).padStart(2, '0')}`),
    index % 6 === 5 ? null : 1890 + ((index * 17) % 136),
    index % 7 === 6 ? null : index % 4 === 1,
    index % 8 === 3 ? null : `20${String(20 + (index % 6))}-${pad((index % 12) + 1)}-${pad((index % 28) + 1)}`,
    changes[index % changes.length]!,
    conditions[index % conditions.length]!,
    index % 5 === 2 ? null : String(9007199254740993n + BigInt(index % 11)),
    point(512_000 + ((index * 137) % 2_900) + shift, 5_278_000.25 + ((index * 211) % 2_500)),
    `${hiddenMark}-${pad(index % 4)}`,
  ]
}

function trees(shift: number): TownTable {
  return {
    name: 'trees',
    columns: [
      { field: 'id', column: 'baum_id', type: 'int' },
      { field: 'species', column: 'baumart', type: 'text' },
      { field: 'street', column: 'strassenname', type: 'text' },
      { field: 'height', column: 'hoehe_m', type: 'decimal' },
      { field: 'planted', column: 'pflanzjahr', type: 'int' },
      { field: 'felled', column: 'gefaellt', type: 'boolean' },
      { field: 'checked', column: 'kontrolle_am', type: 'date' },
      { field: 'changed', column: 'geaendert_am', type: 'datetime', zone: berlin },
      { field: 'condition', column: 'zustand_nr', type: 'code' },
      { field: 'big', column: 'grosse_zahl', type: 'bigint' },
      { field: 'location', column: 'lage_geom', type: 'point' },
      { column: hiddenColumn, type: 'text' },
    ],
    key: ['baum_id'],
    rows: Array.from({ length: 57 }, (_, index) => treeRow(index, shift)),
  }
}

function areas(shift: number): TownTable {
  const square = (x: number, y: number, size: number): number[][] => [
    [x, y],
    [x + size, y + 1],
    [x + size + 2, y + size],
    [x + 1, y + size + 3],
    [x, y],
  ]
  const hole = (x: number, y: number, size: number): number[][] => square(x, y, size).reverse()
  return {
    name: 'areas',
    columns: [
      { field: 'id', column: 'flaeche_id', type: 'int' },
      { field: 'name', column: 'bezeichnung', type: 'text' },
      { field: 'shape', column: 'umring', type: 'polygon' },
    ],
    key: ['flaeche_id'],
    rows: [
      [1 + shift, 'Stadtgarten', polygon([square(513_000, 5_278_200, 400), hole(513_100, 5_278_300, 200)])],
      [
        2 + shift,
        'Hörnle (zwei Teile)',
        multiPolygon([[square(514_000, 5_279_000, 200)], [square(514_500, 5_279_300, 100), hole(514_530, 5_279_330, 30)]]),
      ],
      [3 + shift, 'ohne Umring', null],
      [4 + shift, 'Loretto', polygon([square(512_100, 5_280_000, 50)])],
    ],
  }
}

const stationCodes = ['MS-01', 'MS-02', 'MS-03', 'MS-04', 'ÄÖ-5', 'MS-06'] as const

function stations(): TownTable {
  return {
    name: 'stations',
    columns: [
      { field: 'code', column: 'station_nr', type: 'text' },
      { field: 'title', column: 'bezeichnung', type: 'text' },
      { field: 'location', column: 'standort', type: 'point' },
    ],
    key: ['station_nr'],
    rows: stationCodes.map((code, index) => [code, `Messstelle ${index + 1}`, point(512_500 + index * 300, 5_279_000 + index * 50)]),
  }
}

/** Several per station, none for MS-06; equal times occur, so that only the key makes the order total. */
function readings(shift: number): TownTable {
  const rows: Row[] = []
  for (const [index, code] of stationCodes.slice(0, 5).entries()) {
    for (let hour = 0; hour < 5 + index * 3; hour++) {
      const at = `2025-10-26T${pad((hour >> 1) + index)}:00:00Z`
      rows.push([rows.length + 1 + shift, code, inFirstPass(at), hour % 5 === 3 ? null : trimmed(`${(hour * 37) % 90}.${index}`)])
    }
  }
  return {
    name: 'readings',
    columns: [
      { field: 'id', column: 'messung_id', type: 'int' },
      { field: 'station', column: 'station_nr', type: 'text' },
      { field: 'at', column: 'zeitpunkt', type: 'datetime', zone: berlin },
      { field: 'value', column: 'messwert', type: 'decimal' },
    ],
    key: ['messung_id'],
    // Shuffled, so that a source which merely keeps its own order is found out.
    rows: rows.map((_, index) => rows[(index * 23) % rows.length]!),
  }
}

/** Values at the ends of their types. */
function types(): TownTable {
  return {
    name: 'types',
    columns: [
      { field: 'id', column: 'zeile_nr', type: 'int' },
      { field: 'words', column: 'wortlaut', type: 'text' },
      { field: 'amount', column: 'betrag_dm', type: 'decimal' },
      { field: 'ratio', column: 'verhaeltnis', type: 'float' },
      { field: 'serial', column: 'laufende_nr', type: 'bigint' },
      { field: 'whole', column: 'ganze_zahl', type: 'int' },
      { field: 'yes', column: 'ja_nein', type: 'boolean' },
      { field: 'day', column: 'tages_datum', type: 'date' },
      { field: 'clock', column: 'uhrzeit', type: 'time' },
      { field: 'moment', column: 'augenblick_utc', type: 'datetime' },
      { field: 'local', column: 'ortszeit', type: 'datetime', zone: berlin },
    ],
    key: ['zeile_nr'],
    rows: [
      [1, 'Übergröße', '12.5', 0.1, '7', 42, true, '2026-03-29', '07:30:00', '2026-03-29T01:30:00Z', '2026-07-01T10:00:00Z'],
      [
        2,
        'zwei\nZeilen\tmit; Zeichen',
        '1234567890123456789012345678.0123456789',
        1.5e300,
        '9223372036854775807',
        9007199254740991,
        false,
        '9999-12-31',
        '23:59:59',
        '2026-10-25T01:30:00Z',
        '2026-10-25T00:30:00Z',
      ],
      [
        3,
        '🌳𝄞é',
        '-0.0000000001',
        -2.5e-7,
        '-9223372036854775808',
        -9007199254740991,
        true,
        '1583-01-01',
        '00:00:00',
        '1970-01-01T00:00:00Z',
        '2026-12-31T23:30:00Z',
      ],
      [4, null, null, null, null, null, null, null, null, null, null],
      [5, '007', '0', 0, '0', 0, false, '2024-02-29', '12:00:00.25', '2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.123Z'],
      [
        6,
        '1e3',
        '100',
        100,
        '9007199254740993',
        1000,
        false,
        '0001-01-01',
        '00:00:00.000001',
        '2026-01-01T00:00:00.123456Z',
        '2026-01-01T00:00:00.123456Z',
      ],
    ],
  }
}

/** Many keys with one row each, every tenth with three; 2,640 rows. */
function keys(): TownTable {
  const rows = Array.from({ length: 2_200 }, (_, index) => index + 1).flatMap(nr =>
    (nr % 10 === 0 ? [1, 2, 3] : [1]).map((part): Row => [nr, part, `Blatt ${nr}/${part}`]),
  )
  return {
    name: 'keys',
    columns: [
      { field: 'number', column: 'akte_nr', type: 'int' },
      { field: 'part', column: 'teil_nr', type: 'int' },
      { field: 'note', column: 'vermerk', type: 'text' },
    ],
    key: ['akte_nr', 'teil_nr'],
    rows,
  }
}

function makeTown(name: string, shift: number): Town {
  return {
    name,
    tables: {
      trees: trees(shift),
      areas: areas(shift),
      stations: stations(),
      readings: readings(shift),
      types: types(),
      keys: keys(),
    },
  }
}

export const town = makeTown('town', 0)
/** The same town with other ids: an answer that holds one of them came from the wrong source. */
export const otherTown = makeTown('other', 5_000)

/** What a kind of source makes of the town. */
export interface Fit {
  readonly kind: string
  /** What stands beside `use:` for a table of the town. */
  readonly place: (table: TableName) => Readonly<Record<string, unknown>>
  /** The name that the source gives a column, where it is not free to choose: `geometry` in a GeoJSON file. */
  readonly column?: (column: TownColumn, table: TableName) => string
  /** The zone of a wall clock, where the source writes instants instead: undefined. */
  readonly zone?: (column: TownColumn, table: TableName) => string | undefined
  /**
   * What the source cannot hold, with the reason: `trees.big` for a field, `types#3` for the row whose first cell is 3,
   * `types` for a whole table. Left out of what is expected and of what `tableOf` hands a loader.
   */
  readonly without?: Readonly<Record<string, string>>
  /** The value that the source keeps instead of one it cannot hold: null for `''` where the source knows no empty text. */
  readonly keeps?: (cell: Cell, column: TownColumn) => Cell
  /** Reference system that stored geometry is declared in (`crs:` of the field); absent: the source says it itself. */
  readonly crs?: string
  readonly sourceId?: string
  /** What the datasets say of the source; the contract asks the connector itself. */
  readonly can?: Capabilities
}

/** One dataset of the town, as a source of a kind serves it. */
export interface TownDataset {
  readonly dataset: Dataset
  /** Released fields by name, those that this source can hold. */
  readonly fields: Readonly<Record<string, OpenField>>
  readonly key: readonly OpenField[]
  /** The table as the source holds it, hidden columns included. */
  readonly table: TownTable
}

export type TownDatasets = Readonly<Partial<Record<TableName, TownDataset>>>

/** The datasets of a town for one kind of source; `without`, `keeps` and `column` are already applied to `table`. */
export function datasetsOf(from: Town, fit: Fit): TownDatasets {
  const names = tableNames.filter(name => fit.without?.[name] === undefined)
  return Object.fromEntries(names.map(name => [name, townDataset(tableOf(from, name, fit), fit)]))
}

/** A table as a source of this kind holds it: what a loader writes. */
export function tableOf(from: Town, name: TableName, fit: Fit): TownTable {
  const table = from.tables[name]
  const kept = table.columns.map(column => fit.without?.[`${name}.${column.field}`] === undefined)
  const rename = (column: TownColumn): string => fit.column?.(column, name) ?? column.column
  const rezone = ({ zone: _, ...named }: TownColumn, original: TownColumn): TownColumn => {
    const zone = fit.zone ? fit.zone(original, name) : original.zone
    return { ...named, ...(zone !== undefined && { zone }) }
  }
  return {
    name,
    columns: table.columns.filter((_, at) => kept[at]).map(column => rezone({ ...column, column: rename(column) }, column)),
    key: table.key.map(key => rename(table.columns.find(column => column.column === key)!)),
    rows: table.rows
      .filter(row => fit.without?.[`${name}#${row[0]}`] === undefined)
      .map(row => row.map((cell, at) => (fit.keeps ? fit.keeps(cell, table.columns[at]!) : cell)).filter((_, at) => kept[at])),
  }
}

function townDataset(table: TownTable, fit: Fit): TownDataset {
  const fields: Record<string, OpenField> = Object.fromEntries(
    table.columns
      .filter(column => column.field !== undefined)
      .map(column => {
        const geometry = column.type === 'point' || column.type === 'polygon'
        const more = { column: column.column, ...(column.zone && { zone: column.zone }), ...(geometry && fit.crs && { crs: fit.crs }) }
        return [column.field!, open(column.field!, column.type, more)] as const
      }),
  )
  const columnOf = (name: string): OpenField => Object.values(fields).find(field => field.column === name)!
  const title = { de: table.name, en: table.name }
  const dataset: Dataset = {
    id: table.name,
    title,
    owner: { department: 'Vermessungsamt' },
    licence: 'dl-de/by-2-0',
    themes: [],
    names: { type: table.name, one: table.name, many: `${table.name}All` },
    source: { id: fit.sourceId ?? 'town', kind: fit.kind, title: table.name },
    place: fit.place(table.name),
    can: fit.can ?? { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' },
    key: table.key.map(name => engine(name, columnOf(name).type)),
    fields: Object.values(fields),
    relations: [],
    freshForSeconds: 60,
    staleForSeconds: 0,
    hash: `${table.name}-1`,
  }
  return { dataset, fields, key: table.key.map(columnOf), table }
}

// ---- for loaders ----

/**
 * A cell as text for a source that stores wall-clock time: `2025-10-26 02:30:00` for a column with a zone.
 * A datetime without a zone stays an instant with `Z`; every other cell is its canonical text. Not for geometry.
 */
export function stored(cell: Cell, column: TownColumn): string | null {
  if (cell === null) return null
  if (typeof cell === 'object') throw new TypeError('a geometry has no plain text: use wkt or inCrs')
  return column.type === 'datetime' && column.zone ? wallClock(String(cell), column.zone) : String(cell)
}

/** A geometry of the town in another reference system: `EPSG:25832` (metres, as surveyed) or `EPSG:3857`; x before y. */
export function inCrs(geometry: Geometry, crs: string): Geometry {
  const to = crs === townCrs ? utm : crs
  return moved(geometry, position => {
    const [x, y] = proj4('EPSG:4326', to, [position[0]!, position[1]!])
    return [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000]
  })
}

/** Well-known text, x before y, in the coordinates that the geometry has. */
export function wkt(geometry: Geometry): string {
  const list = (positions: readonly (readonly number[])[]): string => `(${positions.map(([x, y]) => `${x} ${y}`).join(', ')})`
  switch (geometry.type) {
    case 'Point':
      return `POINT ${list([geometry.coordinates])}`
    case 'Polygon':
      return `POLYGON (${geometry.coordinates.map(list).join(', ')})`
    case 'MultiPolygon':
      return `MULTIPOLYGON (${geometry.coordinates.map(rings => `(${rings.map(list).join(', ')})`).join(', ')})`
    default:
      throw new TypeError(`the town has no ${geometry.type}`)
  }
}

/** A table as GeoJSON in WGS 84 or in `crs`; the first geometry column becomes `geometry`, `value` says how a property is written. */
export function featureCollection(
  table: TownTable,
  value: (cell: Cell, column: TownColumn) => unknown = cell => cell,
  crs?: string,
): { type: 'FeatureCollection'; features: { type: 'Feature'; properties: Record<string, unknown>; geometry: Geometry | null }[] } {
  const at = table.columns.findIndex(column => column.type === 'point' || column.type === 'polygon')
  return {
    type: 'FeatureCollection',
    features: table.rows.map(row => {
      const geometry = at < 0 ? null : (row[at] as Geometry | null)
      const properties = table.columns.flatMap((column, index) => (index === at ? [] : [[column.column, value(row[index]!, column)]]))
      return { type: 'Feature', properties: Object.fromEntries(properties), geometry: geometry && crs ? inCrs(geometry, crs) : geometry }
    }),
  }
}

function point(x: number, y: number): Geometry {
  return { type: 'Point', coordinates: toDegrees([x, y]) }
}

function polygon(rings: number[][][]): Geometry {
  return { type: 'Polygon', coordinates: rings.map(ring => ring.map(toDegrees)) }
}

function multiPolygon(polygons: number[][][][]): Geometry {
  return { type: 'MultiPolygon', coordinates: polygons.map(rings => rings.map(ring => ring.map(toDegrees))) }
}

/** To 7 decimals, about a centimetre: what millimetres in a source and a rounded answer both come back to. */
function toDegrees(metres: readonly number[]): number[] {
  return proj4(utm, 'EPSG:4326', [metres[0]!, metres[1]!]).map(degree => Math.round(degree * 1e7) / 1e7)
}

function moved(geometry: Geometry, move: (position: readonly number[]) => number[]): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: move(geometry.coordinates) }
    case 'Polygon':
      return { type: 'Polygon', coordinates: geometry.coordinates.map(ring => ring.map(move)) }
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: geometry.coordinates.map(rings => rings.map(ring => ring.map(move))) }
    default:
      throw new TypeError(`the town has no ${geometry.type}`)
  }
}

/** A wall clock cannot tell the second pass of the doubled hour from the first; only what it can tell is stored. */
function inFirstPass(instant: string): string {
  return instant.replace('2025-10-26T01:', '2025-10-26T03:')
}

function trimmed(decimal: string): string {
  return decimal.replace(/\.?0+$/, '') || '0'
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
