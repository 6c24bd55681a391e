/** How do features turn into rows of cells? */

import {
  type BBox,
  type Cell,
  type Column,
  type FieldType,
  type Geometry,
  geometryTypes,
  type Position,
  sourceFailure,
} from '../../model/index.ts'
import { mapPositions } from '../geo/index.ts'
import { toCell } from '../shared/cells.ts'
import type { LocalRow } from '../shared/local.ts'
import { toShape } from '../shared/shape.ts'
import { type Srs, srsOf } from './axes.ts'
import { type Sent, type SentFeature, type SentGeometry, unreadableValue } from './sent.ts'

export interface FeatureRow {
  readonly id?: string
  /** The canonical cell of a column that was asked for; the column object is the one of the request. */
  readonly cell: LocalRow
  /** Columns whose value is there and cannot be understood. */
  readonly unreadable: ReadonlySet<Column>
}

export interface Reading {
  readonly columns: readonly Column[]
  /** The system that was asked for, for answers that do not say which one they are in. */
  readonly srs?: Srs
  /** What the dataset says of the order of coordinates. */
  readonly axes?: 'xy' | 'yx'
  /** true: GeoJSON of the old school, x before y by definition, whatever the spelling of its system. */
  readonly xFirst: boolean
  /** true: what says nothing of its system is WGS 84 as GeoJSON has it, unless its numbers cannot be degrees. */
  readonly plainDegrees: boolean
  /** The name that features have for a column. */
  readonly nameOf: (column: string) => string
}

export function isGeometry(type: FieldType): boolean {
  return geometryTypes.some(geometry => geometry === type)
}

/** A feature as a row of the columns that were asked for. */
export function rowOf(feature: SentFeature, reading: Reading): FeatureRow {
  const cells = new Map<Column, Cell>()
  const unreadable = new Set<Column>()
  for (const column of reading.columns) {
    const cell = cellOf(feature.values.get(reading.nameOf(column.column)) ?? null, column, reading)
    if (cell === undefined) unreadable.add(column)
    cells.set(column, cell ?? null)
  }
  return { ...(feature.id && { id: feature.id }), unreadable, cell: column => cells.get(column) ?? null }
}

function cellOf(sent: Sent, column: Column, reading: Reading): Cell | undefined {
  if (sent === unreadableValue) return undefined
  if (isGeometry(column.type)) return isShape(sent) ? shapeOf(sent, column, reading) : sent === null ? null : undefined
  if (isShape(sent)) return undefined
  if (column.written) return toCell(sent, column)
  if (typeof sent === 'string' && sent.trim() === '' && column.type !== 'text' && column.type !== 'code') return null
  // xsd:date may carry a zone; which day is meant does not depend on it.
  const text = column.type === 'date' && typeof sent === 'string' ? sent.trim().replace(/^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$/, '$1') : sent
  return toCell(text, column)
}

function isShape(sent: Sent): sent is SentGeometry {
  return typeof sent === 'object' && sent !== null
}

function shapeOf(sent: SentGeometry, column: Column, reading: Reading, turned = false): Cell | undefined {
  const srs = srsFor(sent, column, reading)
  if (!srs) return undefined
  const yx = northComesFirst(srs, reading) !== turned
  const flip = ([first, second]: Position): Position => [second!, first!]
  return toShape(yx ? mapPositions(sent.geometry, flip) : sent.geometry, srs.crs, column.type)
}

function northComesFirst(srs: Srs, { xFirst, axes }: Reading): boolean {
  return xFirst && !axes ? false : srs.yx
}

/**
 * What the answer says of itself counts; then what was asked; then what the dataset declares. GeoJSON that says nothing is WGS 84 (RFC
 * 7946, 4), unless its numbers cannot be degrees.
 */
function srsFor({ srsName, geometry }: SentGeometry, column: Column, { srs, axes, plainDegrees }: Reading): Srs | undefined {
  if (srsName !== undefined) return srsOf(srsName, axes)
  if (plainDegrees && isInDegrees(geometry)) return srsOf('EPSG:4326', axes)
  const declared = 'crs' in column && column.crs ? srsOf(column.crs, axes) : undefined
  return srs ?? declared
}

function isInDegrees(geometry: Geometry): boolean {
  let degrees = true
  mapPositions(geometry, position => {
    degrees &&= Math.abs(position[0]!) <= 180 && Math.abs(position[1]!) <= 180
    return position
  })
  return degrees
}

/**
 * Looks whether an answer lies where the city lies. When nothing of it does, and all of it would with its coordinates exchanged,
 * the order of axes is wrong, and every map drawn from it would be.
 *
 * @param extent where the city lies
 * @throws GatewayError SOURCE_ANSWER_INVALID
 */
export function checkAxes(features: readonly SentFeature[], reading: Reading, extent: BBox, log: string): void {
  for (const column of reading.columns) {
    const shapes = features.map(feature => feature.values.get(reading.nameOf(column.column)) ?? null).filter(isShape)
    if (!isGeometry(column.type) || shapes.length === 0) continue
    const within = (turned: boolean) => (shape: SentGeometry) => liesIn(shapeOf(shape, column, reading, turned), extent)
    if (shapes.some(within(false)) || !shapes.every(within(true))) continue
    const srs = srsFor(shapes[0]!, column, reading)
    const remedy = srs && northComesFirst(srs, reading) ? 'xy' : 'yx'
    throw sourceFailure(
      'SOURCE_ANSWER_INVALID',
      `${log}: axes look swapped (${srs?.name}): nothing lies in the city, all would with its coordinates exchanged; set axes: ${remedy}`,
    )
  }
}

function liesIn(cell: Cell | undefined, [west, south, east, north]: BBox): boolean {
  if (typeof cell !== 'object' || cell === null) return false
  let inside = false
  mapPositions(cell, position => {
    const [x, y] = position as readonly [number, number]
    inside ||= x >= west && x <= east && y >= south && y <= north
    return position
  })
  return inside
}
