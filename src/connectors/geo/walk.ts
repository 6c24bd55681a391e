/** Which positions is a geometry made of? */

import type { Geometry, Position } from '../../model/index.ts'

/** The same shape with every position replaced. Empty geometries stay empty. */
export function mapPositions(geometry: Geometry, move: (position: Position) => Position): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: geometry.type, coordinates: isEmpty(geometry) ? [] : move(geometry.coordinates) }
    case 'MultiPoint':
    case 'LineString':
      return { type: geometry.type, coordinates: geometry.coordinates.map(move) }
    case 'MultiLineString':
    case 'Polygon':
      return { type: geometry.type, coordinates: geometry.coordinates.map(line => line.map(move)) }
    case 'MultiPolygon':
      return { type: geometry.type, coordinates: geometry.coordinates.map(rings => rings.map(ring => ring.map(move))) }
    case 'GeometryCollection':
      return { type: geometry.type, geometries: geometry.geometries.map(part => mapPositions(part, move)) }
  }
}

/** A geometry taken apart: what touching and distance are computed on. */
export interface Parts {
  readonly points: readonly Position[]
  readonly lines: readonly (readonly Position[])[]
  /** Rings of each polygon, the outer one first. */
  readonly polygons: readonly (readonly (readonly Position[])[])[]
}

/** Points, lines and polygons of a geometry, collections and multi-parts opened, empty parts left out. */
export function partsOf(geometry: Geometry): Parts {
  switch (geometry.type) {
    case 'Point':
      return { ...nothing, points: filled([geometry.coordinates]) }
    case 'MultiPoint':
      return { ...nothing, points: filled(geometry.coordinates) }
    case 'LineString':
      return { ...nothing, lines: filled([geometry.coordinates]) }
    case 'MultiLineString':
      return { ...nothing, lines: filled(geometry.coordinates) }
    case 'Polygon':
      return { ...nothing, polygons: withOutline([geometry.coordinates]) }
    case 'MultiPolygon':
      return { ...nothing, polygons: withOutline(geometry.coordinates) }
    case 'GeometryCollection': {
      const parts = geometry.geometries.map(partsOf)
      return {
        points: parts.flatMap(part => part.points),
        lines: parts.flatMap(part => part.lines),
        polygons: parts.flatMap(part => part.polygons),
      }
    }
  }
}

const nothing: Parts = { points: [], lines: [], polygons: [] }

/** Those that are not empty. */
export function filled<T extends readonly unknown[]>(parts: readonly T[]): readonly T[] {
  return parts.filter(part => part.length > 0)
}

function withOutline(polygons: Parts['polygons']): Parts['polygons'] {
  return polygons.filter(rings => (rings[0]?.length ?? 0) > 0)
}

/** true: no position at all (`POINT EMPTY`, a collection of nothing). */
export function isEmpty(geometry: Geometry): boolean {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.every(isEmpty)
  return holdsNothing(geometry.coordinates)
}

type Nested = number | readonly Nested[]

function holdsNothing(coordinates: Nested): boolean {
  return typeof coordinates !== 'number' && coordinates.every(holdsNothing)
}
