/** Which features does the tests' own OGC API keep, and how does it write them? */

import type { Geometry } from '../../../src/model/index.ts'
import { inCrs, stored, type TownColumn, type TownTable } from '../../contract/town.ts'

/** A value as the server compares it: numbers are texts with all their digits. */
export type Value = string | boolean | null

export interface Column {
  readonly column: string
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'time' | 'moment' | 'geometry'
  readonly geometry: boolean
}

export interface Feature {
  readonly id: string
  readonly values: ReadonlyMap<string, Value>
  readonly geometry: Geometry | null
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly features: readonly Feature[]
  /** The property that `datetime` compares with. */
  readonly temporal: string | undefined
}

export function readTable({ name, columns, rows }: TownTable): Table {
  const at = columns.findIndex(isGeometry)
  const made = columns.map(one => ({ column: one.column, type: typeOf(one), geometry: isGeometry(one) }))
  return {
    name,
    columns: made,
    features: rows.map((row, index) => ({
      id: String(index + 1),
      geometry: at < 0 ? null : (row[at] as Geometry | null),
      values: new Map(columns.flatMap((column, place) => (isGeometry(column) ? [] : [[column.column, valueIn(row[place]!, column)]]))),
    })),
    temporal: made.find(({ type }) => type === 'moment')?.column,
  }
}

function isGeometry({ type }: TownColumn): boolean {
  return type === 'point' || type === 'polygon'
}

function typeOf({ type }: TownColumn): Column['type'] {
  switch (type) {
    case 'int':
    case 'bigint':
      return 'integer'
    case 'decimal':
    case 'float':
      return 'number'
    case 'boolean':
    case 'date':
    case 'time':
      return type
    case 'datetime':
      return 'moment'
    case 'point':
    case 'polygon':
      return 'geometry'
    default:
      return 'text'
  }
}

function valueIn(cell: TownTable['rows'][number][number], column: TownColumn): Value {
  if (cell === null || typeof cell === 'boolean') return cell
  // A wall clock stays one, as in the services that read it from a column without a zone.
  return column.type === 'datetime' ? stored(cell, column)!.replace(' ', 'T') : String(cell)
}

/** Negative, zero or positive. */
export function compareValues(a: Exclude<Value, null>, b: Exclude<Value, null>, type: string): number {
  switch (type) {
    case 'integer':
    case 'number':
      return compareNumbers(String(a), String(b))
    case 'boolean':
      return Number(a) - Number(b)
    case 'date':
    case 'moment':
      return instantOf(String(a)) - instantOf(String(b))
    default:
      return a < b ? -1 : a > b ? 1 : 0
  }
}

function compareNumbers(a: string, b: string): number {
  if (a === b || (a.length < 16 && b.length < 16)) return Number(a) - Number(b)
  const whole = /^-?\d+$/
  if (whole.test(a) && whole.test(b)) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0
  return Number(a) - Number(b)
}

/** What has no zone counts as UTC. */
function instantOf(text: string): number {
  return Date.parse(text.includes('T') && !/Z$|[+-]\d\d:\d\d$/.test(text) ? `${text}Z` : text)
}

/**
 * A feature as GeoJSON text; a property without a value is left out.
 *
 * @param crs EPSG code of the coordinates, which come in the order of the register; absent: longitude and latitude
 */
export function geoJsonOf({ id, values, geometry }: Feature, table: Table, chosen?: readonly string[], crs?: string): string {
  const members = table.columns
    .filter(({ column, geometry: isShape }) => !isShape && (chosen === undefined || chosen.includes(column)))
    .flatMap(({ column, type }) => {
      const value = values.get(column) ?? null
      return value === null ? [] : [`${JSON.stringify(column)}:${type === 'integer' || type === 'number' ? value : JSON.stringify(value)}`]
    })
  const shape = geometry && shapeIn(geometry, crs)
  return `{"type":"Feature","id":${JSON.stringify(id)},"geometry":${JSON.stringify(shape)},"properties":{${members.join(',')}}}`
}

function shapeIn(geometry: Geometry, crs: string | undefined): Geometry {
  if (crs === undefined) return geometry
  return crs === '4326' ? flipped(geometry) : inCrs(geometry, `EPSG:${crs}`)
}

function flipped<T>(value: T): T {
  if (Array.isArray(value)) return (typeof value[0] === 'number' ? [value[1], value[0]] : value.map(flipped)) as T
  if (typeof value === 'object' && value !== null && 'coordinates' in value) return { ...value, coordinates: flipped(value.coordinates) }
  return value
}

/** West, south, east, north of a geometry. */
export function boxOf(geometry: Geometry): readonly [number, number, number, number] {
  const flat = ('coordinates' in geometry ? (geometry.coordinates as unknown[]) : []).flat(4) as number[]
  const [xs, ys] = [flat.filter((_, at) => at % 2 === 0), flat.filter((_, at) => at % 2 === 1)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
