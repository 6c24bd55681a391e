/** Does a geometry touch an area? */

import type { BBox, Geometry } from '../../model/index.ts'
import { boxesTouch, boxOf, inPolygon, linesTouch, type Rings } from './plane.ts'
import { type Parts, partsOf } from './walk.ts'

/**
 * Whether any part of a geometry lies in the box or on its edge. Empty geometries touch nothing.
 *
 * @param geometry WGS 84
 * @param box      west ≤ east; a box over the date line has to be asked as two
 * @example
 *   touchesBox({ type: 'Point', coordinates: [9.1, 47.7] }, [9.1, 47.6, 9.2, 47.7])                      // → true
 *   touchesBox({ type: 'LineString', coordinates: [[9, 47.5], [9.3, 47.8]] }, [9.1, 47.6, 9.2, 47.7])    // → true
 */
export function touchesBox(geometry: Geometry, [west, south, east, north]: BBox): boolean {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return touchesPolygon(partsOf(geometry), [ring])
}

/**
 * Whether any part of a geometry lies in the area or on its edge. Edges are straight in longitude and latitude (RFC 7946, 3.1.1);
 * a geometry that lies in a hole of the area touches it only when it reaches the hole's edge.
 *
 * @param geometry WGS 84; empty geometries touch nothing
 * @param area     polygons and multipolygons (also in a collection); its points and lines are no area
 */
export function touchesArea(geometry: Geometry, area: Geometry): boolean {
  const parts = partsOf(geometry)
  return partsOf(area).polygons.some(polygon => touchesPolygon(parts, polygon))
}

function touchesPolygon({ points, lines, polygons }: Parts, area: Rings): boolean {
  const box = boxOf(area)
  const near = (part: Rings) => boxesTouch(boxOf(part), box)
  return (
    points.some(point => near([[point]]) && inPolygon(point, area)) ||
    lines.some(line => near([line]) && (inPolygon(line[0]!, area) || crosses([line], area))) ||
    // When no edges meet, two polygons are apart or one lies in the other: then any corner tells.
    polygons.some(part => near(part) && (inPolygon(part[0]![0]!, area) || inPolygon(area[0]![0]!, part) || crosses(part, area)))
  )
}

function crosses(a: Rings, b: Rings): boolean {
  return a.some(line => b.some(ring => linesTouch(line, ring)))
}
