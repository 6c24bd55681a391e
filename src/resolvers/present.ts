/** How is a cell written for callers: with labels for codes, the right place of the decimal point, the city's time? */

import { type Cell, canonicalDecimal, type Field, type Geometry, shiftDecimal, zoned } from '../model/index.ts'

/** Cell → value for GraphQL, by the field it belongs to. Runs after coarsening. */
export function present(field: Field, cell: Cell, zone: string, language: 'de' | 'en'): unknown {
  if (cell === null) return null
  switch (field.type) {
    case 'code':
      return typeof cell === 'string' ? (field.codes?.[cell]?.[language] ?? null) : null
    case 'int':
    case 'bigint':
    case 'decimal':
      return field.shift ? shiftDecimal(canonicalDecimal(String(cell)) ?? '0', field.shift) : cell
    case 'float':
      return field.shift && typeof cell === 'number' ? cell * 10 ** field.shift : cell
    case 'datetime':
      return typeof cell === 'string' ? zoned(cell, zone) : null
    case 'point':
      return typeof cell === 'object' && cell.type === 'Point' ? presentPoint(cell) : null
    default:
      return cell
  }
}

function presentPoint(point: Extract<Geometry, { type: 'Point' }>) {
  return { longitude: point.coordinates[0], latitude: point.coordinates[1], geojson: point }
}
