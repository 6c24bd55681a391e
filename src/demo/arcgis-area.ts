/** Where does a question to the demo's ArcGIS look, and in which reference system do its answers come? */

import proj4 from 'proj4'
import { type LayerTable, objectId } from './arcgis-table.ts'
import type { Point } from './districts.ts'
import { layerCrs } from './layers.ts'
import { type Box, inBox, inRings } from './shapes.ts'
import { type Parameters, WhereError, whole } from './where.ts'

proj4.defs(`EPSG:${layerCrs}`, '+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs')

interface Area {
  /** Reference system that points have to be in. */
  readonly crs: number
  readonly holds: (point: Point) => boolean
}

/** An envelope or a polygon in the reference system of `inSR`. */
export function areaIn(parameters: Parameters): Area | undefined {
  const text = parameters.get('geometry')
  if (!text) return undefined
  const type = parameters.get('geometryType') ?? 'esriGeometryEnvelope'
  if ((parameters.get('spatialRel') ?? 'esriSpatialRelIntersects') !== 'esriSpatialRelIntersects')
    throw new WhereError('only intersecting is offered')
  const shape = text.startsWith('{') ? (JSON.parse(text) as EsriShape) : {}
  const crs = whole(parameters, 'inSR') ?? shape.spatialReference?.wkid ?? layerCrs
  if (type === 'esriGeometryPolygon' && Array.isArray(shape.rings)) return { crs, holds: point => inRings(point, shape.rings!) }
  const corners = text.startsWith('{') ? [shape.xmin, shape.ymin, shape.xmax, shape.ymax] : text.split(',').map(Number)
  if (type !== 'esriGeometryEnvelope' || corners.length !== 4 || !corners.every(Number.isFinite))
    throw new WhereError('an envelope or a polygon is expected')
  return { crs, holds: point => inBox(point, corners as unknown as Box) }
}

interface EsriShape {
  readonly xmin?: number
  readonly ymin?: number
  readonly xmax?: number
  readonly ymax?: number
  readonly rings?: readonly (readonly Point[])[]
  readonly spatialReference?: { readonly wkid?: number }
}

export function pointOf({ features }: LayerTable, row: Readonly<Record<string, unknown>>, crs: number): Point {
  const { shape } = features.get(Number(row[objectId]))!
  if (!('point' in shape)) throw new WhereError('the layer has no points')
  return crs === layerCrs ? shape.point : projected(shape.point, crs)
}

const servedCrs = [4326, 3857, 102100, layerCrs]

function projected([x, y]: Point, crs: number): Point {
  if (!servedCrs.includes(crs)) throw new WhereError(`the reference system ${crs} is not offered`)
  return proj4(`EPSG:${layerCrs}`, crs === 4326 ? 'EPSG:4326' : 'EPSG:3857', [x, y]) as [number, number]
}
