/** What would a source that keeps the contract answer? A second, naive reading of the model's words, to compare connectors with. */

import { type Cell, type Column, type Condition, compareDecimals, type FieldType, type Geometry, type Row } from '../../src/model/index.ts'
import type { TownTable } from './town.ts'

/** The rows of a table that a condition is true for, in the table's order. */
export function matching(table: TownTable, where: Condition | undefined): Row[] {
  return where ? table.rows.filter(row => truth(where, column => cell(table, row, column)) === true) : [...table.rows]
}

/** A row's cells in the order of `columns`. */
export function picked(table: TownTable, row: Row, columns: readonly Column[]): Row {
  return columns.map(column => cell(table, row, column))
}

export function cell(table: TownTable, row: Row, column: Column): Cell {
  const at = table.columns.findIndex(known => known.column === column.column)
  if (at < 0) throw new Error(`the town has no column ${column.column}`)
  return row[at]!
}

/** Null first, then by value; text by code unit, so only for checks that do not depend on a collation. */
export function compareCells(a: Cell, b: Cell, type: FieldType): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (type === 'decimal' || type === 'bigint') return compareDecimals(String(a), String(b))
  if (type === 'datetime') return compareInstants(String(a), String(b))
  if (typeof a === 'boolean') return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}

function compareInstants(a: string, b: string): number {
  const padded = (text: string): string => {
    const [whole, fraction = ''] = text.slice(0, -1).split('.')
    return `${whole}.${fraction.padEnd(9, '0')}`
  }
  return padded(a) < padded(b) ? -1 : padded(a) > padded(b) ? 1 : 0
}

function truth(condition: Condition, cellOf: (column: Column) => Cell): boolean | null {
  switch (condition.op) {
    case 'and': {
      const parts = condition.of.map(part => truth(part, cellOf))
      return parts.includes(false) ? false : parts.includes(null) ? null : true
    }
    case 'or': {
      const parts = condition.of.map(part => truth(part, cellOf))
      return parts.includes(true) ? true : parts.includes(null) ? null : false
    }
    case 'not': {
      const inner = truth(condition.of, cellOf)
      return inner === null ? null : !inner
    }
    case 'keys':
      return condition.keys.some(key => condition.columns.every((column, at) => cellOf(column) === key[at]))
    case 'isNull':
      return (cellOf(condition.column) === null) === condition.value
    default: {
      const value = cellOf(condition.column)
      return value === null ? null : holds(condition, value)
    }
  }
}

type Comparison = Exclude<Condition, { op: 'and' | 'or' | 'not' | 'keys' | 'isNull' }>

function holds(condition: Comparison, value: Exclude<Cell, null>): boolean {
  switch (condition.op) {
    case 'in':
    case 'notIn':
      return condition.values.some(other => compareCells(value, other, condition.column.type) === 0) === (condition.op === 'in')
    case 'contains':
      return String(value).toLowerCase().includes(condition.value.toLowerCase())
    case 'startsWith':
      return String(value).toLowerCase().startsWith(condition.value.toLowerCase())
    case 'bbox': {
      const [west, south, east, north] = condition.box
      const box = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ]
      return touches(value as Geometry, [[box]])
    }
    case 'within':
      return touches(value as Geometry, polygonsOf(condition.area))
    case 'near':
      return polygonsOf(value as Geometry).length > 0
        ? touches(value as Geometry, [[circle(condition.longitude, condition.latitude, condition.metres)]])
        : metres((value as Extract<Geometry, { type: 'Point' }>).coordinates, [condition.longitude, condition.latitude]) <= condition.metres
    default: {
      const order = compareCells(value, condition.value, condition.column.type)
      return { eq: order === 0, ne: order !== 0, lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[condition.op]
    }
  }
}

type Ring = readonly (readonly number[])[]

function polygonsOf(geometry: Geometry): readonly (readonly Ring[])[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates]
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
}

/** Two areas touch when a corner of one lies in the other or edges cross; a point touches the area it lies in. */
function touches(geometry: Geometry, area: readonly (readonly Ring[])[]): boolean {
  if (geometry.type === 'Point') return area.some(rings => covers(rings, geometry.coordinates))
  return polygonsOf(geometry).some(left =>
    area.some(
      right =>
        left[0]!.some(corner => covers(right, corner)) ||
        right[0]!.some(corner => covers(left, corner)) ||
        left.some(a => right.some(b => crossing(a, b))),
    ),
  )
}

function covers(rings: readonly Ring[], at: readonly number[]): boolean {
  return rings.every((ring, index) => inside(ring, at) === (index === 0))
}

function inside(ring: Ring, [x, y]: readonly number[]): boolean {
  let odd = false
  for (let at = 1; at < ring.length; at++) {
    const [x1, y1] = ring[at - 1]! as [number, number]
    const [x2, y2] = ring[at]! as [number, number]
    if (y1 > y! !== y2 > y! && x! < ((x2 - x1) * (y! - y1)) / (y2 - y1) + x1) odd = !odd
  }
  return odd
}

function crossing(a: Ring, b: Ring): boolean {
  const side = (p: readonly number[], q: readonly number[], r: readonly number[]): number =>
    Math.sign((q[0]! - p[0]!) * (r[1]! - p[1]!) - (q[1]! - p[1]!) * (r[0]! - p[0]!))
  for (let i = 1; i < a.length; i++) {
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1]!, a[i]!, b[j - 1]!, b[j]!]
      if (side(p, q, r) !== side(p, q, s) && side(r, s, p) !== side(r, s, q)) return true
    }
  }
  return false
}

function circle(longitude: number, latitude: number, radius: number): number[][] {
  const [dLat, dLon] = [radius / 111_195, radius / (111_195 * Math.cos((latitude * Math.PI) / 180))]
  return Array.from({ length: 65 }, (_, step) => {
    const angle = (step / 32) * Math.PI
    return [longitude + dLon * Math.cos(angle), latitude + dLat * Math.sin(angle)]
  })
}

/** Great-circle distance. */
export function metres(a: readonly number[], b: readonly number[]): number {
  const radians = (degree: number): number => (degree * Math.PI) / 180
  const [dLat, dLon] = [radians(b[1]! - a[1]!), radians(b[0]! - a[0]!)]
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a[1]!)) * Math.cos(radians(b[1]!)) * Math.sin(dLon / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h))
}

/**
 * Rows in a form in which equal means equal: geometries are rounded to 7 decimals (a centimetre) as the town's are, rings start at their smallest corner,
 * and a multipolygon of one part is a polygon. Their direction is kept: RFC 7946 settles it.
 */
export function comparable(rows: readonly Row[]): unknown[][] {
  return rows.map(row => row.map(value => (value !== null && typeof value === 'object' ? flat(value) : value)))
}

/** Comparable rows in an order of their own, for answers whose order is the source's business. */
export function asSet(rows: readonly Row[]): string[] {
  return comparable(rows)
    .map(row => JSON.stringify(row))
    .sort()
}

function flat(geometry: Geometry): unknown {
  const round = (position: readonly number[]): number[] => position.slice(0, 2).map(degree => Math.round(degree * 1e7))
  const ring = (positions: Ring): number[][] => {
    const open = positions.slice(0, -1).map(round)
    const first = open.reduce((best, position, at) => (String(position) < String(open[best]) ? at : best), 0)
    return [...open.slice(first), ...open.slice(0, first)]
  }
  if (geometry.type === 'Point') return { type: 'Point', at: round(geometry.coordinates) }
  const polygons = polygonsOf(geometry)
  return polygons.length > 0 ? { type: 'area', polygons: polygons.map(rings => rings.map(ring)) } : geometry
}
