/** How are values made less exact before anyone outside may see them? */

import { type Cell, type Coarsen, canonicalDecimal, type Field, type Geometry, instant, wallClock } from '../model/index.ts'

/**
 * What of a stored value may leave the house: coarsened, and a code without a label not at all.
 *
 * @param field  the released field
 * @param zone   the city's IANA zone, in which days and months begin
 */
export function releasable(field: Field, zone: string): ((cell: Cell) => Cell) | undefined {
  const { codes, coarsen } = field
  if (codes) return cell => (typeof cell === 'string' && Object.hasOwn(codes, cell) ? cell : null)
  if (!coarsen) return undefined
  return cell => (cell === null ? null : coarsenCell(cell, coarsen, field, zone))
}

function coarsenCell(cell: NonNullable<Cell>, coarsen: Coarsen, field: Field, zone: string): Cell {
  if ('toMetres' in coarsen) return typeof cell === 'object' && cell.type === 'Point' ? snap(cell.coordinates, coarsen.toMetres) : null
  if ('toMultipleOf' in coarsen) return roundTo(cell, coarsen.toMultipleOf, field.shift ?? 0)
  if (typeof cell !== 'string') return null
  if (field.type === 'date') return startOf(`${cell} 00:00:00`, coarsen.to).slice(0, 10)
  return instant(startOf(wallClock(cell, field.zone ?? zone), coarsen.to), field.zone ?? zone) ?? null
}

/**
 * The start of the period a wall-clock time lies in; weeks start on Monday (ISO 8601-1, 3.1.1.23).
 *
 * @param wall `YYYY-MM-DD HH:MM:SS`
 * @example
 *   startOf('2026-05-17 13:45:10', 'hour')   // → '2026-05-17 13:00:00'
 *   startOf('2026-05-17 13:45:10', 'week')   // → '2026-05-11 00:00:00'
 *   startOf('2026-05-17 13:45:10', 'month')  // → '2026-05-01 00:00:00'
 */
export function startOf(wall: string, period: 'hour' | 'day' | 'week' | 'month' | 'year'): string {
  const day = wall.slice(0, 10)
  switch (period) {
    case 'hour':
      return `${wall.slice(0, 13)}:00:00`
    case 'day':
      return `${day} 00:00:00`
    case 'month':
      return `${day.slice(0, 7)}-01 00:00:00`
    case 'year':
      return `${day.slice(0, 4)}-01-01 00:00:00`
    case 'week': {
      const date = new Date(`${day}T00:00:00Z`)
      date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
      return `${date.toISOString().slice(0, 10)} 00:00:00`
    }
  }
}

/** Rounds the served value; the stored one is 10^shift times apart from it. */
function roundTo(cell: NonNullable<Cell>, multiple: number, shift: number): Cell {
  const step = multiple / 10 ** shift
  if (typeof cell === 'number') return Math.round(Math.abs(cell) / step) * step * Math.sign(cell) || 0
  if (typeof cell !== 'string') return null
  const rounded = Math.round(Math.abs(Number(cell)) / step) * step * (cell.startsWith('-') ? -1 : 1)
  return canonicalDecimal(String(Number(rounded.toPrecision(15)))) ?? null
}

/** Metres of one degree of latitude on the sphere that GeoJSON's WGS 84 is close to; good to 0.6 %. */
const metresPerDegree = 111_320

/**
 * The centre of the grid cell a point lies in. Rows of the grid are so many metres high; columns are as wide on the middle line of
 * their row, so that neighbours of one row share one grid and no cell is smaller than asked for by more than a percent.
 */
function snap(coordinates: readonly number[], metres: number): Geometry {
  const [longitude = 0, latitude = 0] = coordinates
  const high = metres / metresPerDegree
  const middle = (Math.floor(latitude / high) + 0.5) * high
  const wide = high / Math.max(Math.cos((middle * Math.PI) / 180), 0.01)
  return { type: 'Point', coordinates: [round7((Math.floor(longitude / wide) + 0.5) * wide), round7(middle)] }
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
