/** Which geometry is meant by GML? */

import type { Geometry, Position } from '../../model/index.ts'
import type { SentGeometry } from '../features/sent.ts'
import { arcsThrough, chained, circleThrough, GeometryError } from '../geo/index.ts'
import type { Element } from '../shared/xml.ts'

/**
 * Reads GML 3.2, 3.1 and the coordinates of GML 2. Heights are dropped.
 *
 * @param element a geometry element such as `gml:MultiSurface`
 * Arcs and circles through three places become straight pieces, see `arcTolerance`.
 *
 * @throws GeometryError for other curves that are not straight, solids, references to other places of the document,
 *   coordinates that are no numbers
 * @see OGC 07-036 (GML 3.2.1), 10; OGC 03-105r1 (GML 3.1.1)
 */
export function readGml(element: Element): SentGeometry {
  const srsName = nearest(element, 'srsName')
  return { geometry: geometry(element, { dimension: dimensionOf(srsName), depth: 0 }), ...(srsName && { srsName }) }
}

interface Context {
  /** Numbers per position, where an element does not say it itself. */
  readonly dimension: number
  readonly depth: number
}

type Line = readonly Position[]
type Polygon = readonly Line[]

const deepest = 20

function geometry(element: Element, outer: Context): Geometry {
  const context = inside(element, outer)
  switch (element.name) {
    case 'Point':
      return { type: 'Point', coordinates: positions(element, context)[0] ?? [] }
    case 'MultiPoint':
      return {
        type: 'MultiPoint',
        coordinates: members(element, ['pointMember', 'pointMembers']).map(part => positions(part, context)[0] ?? []),
      }
    case 'LineString':
    case 'Curve':
    case 'OrientableCurve':
    case 'CompositeCurve':
      return { type: 'LineString', coordinates: line(element, context) }
    case 'MultiLineString':
    case 'MultiCurve': {
      const parts = members(element, ['lineStringMember', 'curveMember', 'curveMembers'])
      return { type: 'MultiLineString', coordinates: parts.map(part => line(part, context)) }
    }
    case 'Polygon':
    case 'Surface':
    case 'OrientableSurface': {
      const [first, ...others] = polygons(element, context)
      return others.length > 0 ? { type: 'MultiPolygon', coordinates: [first!, ...others] } : { type: 'Polygon', coordinates: first ?? [] }
    }
    case 'MultiPolygon':
    case 'MultiSurface':
    case 'CompositeSurface':
    case 'PolyhedralSurface':
      return { type: 'MultiPolygon', coordinates: polygons(element, context) }
    case 'MultiGeometry':
    case 'GeometricComplex': {
      const parts = members(element, ['geometryMember', 'geometryMembers', 'element'])
      return { type: 'GeometryCollection', geometries: parts.map(part => geometry(part, context)) }
    }
    default:
      throw new GeometryError(`${element.name.slice(0, 40)} is no geometry that can be served`)
  }
}

function line(element: Element, outer: Context): Line {
  const context = inside(element, outer)
  switch (element.name) {
    case 'LineString':
    case 'LinearRing':
    case 'LineStringSegment':
      return positions(element, context)
    case 'Arc':
    case 'ArcString':
      return arcsThrough(somePositions(element, context))
    case 'Circle':
      return circleThrough(positions(element, context))
    case 'Curve':
      return chained(
        children(element, ['segments'])
          .flatMap(part => part.children)
          .map(part => line(part, context)),
      )
    case 'Ring':
    case 'CompositeCurve':
      return chained(members(element, ['curveMember']).map(part => line(part, context)))
    case 'OrientableCurve': {
      const base = chained(members(element, ['baseCurve']).map(part => line(part, context)))
      return element.attributes.get('orientation') === '-' ? base.toReversed() : base
    }
    default:
      // Splines, clothoids …: a chain of our own choosing would be a line that nobody surveyed.
      throw new GeometryError(`${element.name.slice(0, 40)} is neither straight nor an arc`)
  }
}

function polygons(element: Element, outer: Context): readonly Polygon[] {
  const context = inside(element, outer)
  switch (element.name) {
    case 'Polygon':
    case 'PolygonPatch':
    case 'Rectangle':
    case 'Triangle':
      return [rings(element, context)]
    case 'Surface':
    case 'PolyhedralSurface':
      return children(element, ['patches', 'polygonPatches']).flatMap(part => part.children.flatMap(patch => polygons(patch, context)))
    case 'OrientableSurface':
      // Which side is up does not matter on a map.
      return members(element, ['baseSurface']).flatMap(part => polygons(part, context))
    case 'MultiPolygon':
    case 'MultiSurface':
    case 'CompositeSurface': {
      const parts = members(element, ['polygonMember', 'surfaceMember', 'surfaceMembers'])
      return parts.flatMap(part => polygons(part, context))
    }
    default:
      throw new GeometryError(`${element.name.slice(0, 40)} is no polygon`)
  }
}

function rings(element: Element, context: Context): Polygon {
  const outer = members(element, ['exterior', 'outerBoundaryIs'])
  const holes = members(element, ['interior', 'innerBoundaryIs'])
  return outer.length === 0 && holes.length === 0 ? [] : [...outer, ...holes].map(ring => line(ring, context))
}

/** The geometries in the given properties; one that only points elsewhere (`xlink:href`) cannot be read. */
function members(element: Element, names: readonly string[]): readonly Element[] {
  return children(element, names).flatMap(member => {
    if (member.attributes.has('href')) throw new GeometryError('a part of the geometry is a reference')
    return member.children
  })
}

function children(element: Element, names: readonly string[]): readonly Element[] {
  return element.children.filter(child => names.includes(child.name))
}

/** An arc without positions is one whose positions are said in a way that we do not know. */
function somePositions(element: Element, context: Context): Line {
  const found = positions(element, context)
  if (found.length === 0) throw new GeometryError('an arc has no places')
  return found
}

/** Positions in any of the four ways that GML has had since 2000. */
function positions(element: Element, context: Context): Line {
  return element.children.flatMap(child => {
    switch (child.name) {
      case 'pos':
      case 'posList':
        return grouped(numbers(child.text), inside(child, context).dimension)
      case 'coordinates':
        return tuples(child)
      case 'coord':
        return [['X', 'Y'].map(name => number(children(child, [name])[0]?.text ?? ''))]
      case 'pointProperty':
      case 'pointRep':
        return members(element, [child.name]).flatMap(point => positions(point, context))
      default:
        return []
    }
  })
}

function grouped(values: readonly number[], dimension: number): Position[] {
  if (values.length % dimension !== 0) throw new GeometryError('coordinates are missing')
  return Array.from({ length: values.length / dimension }, (_, at) => values.slice(at * dimension, at * dimension + 2))
}

/** GML 2: tuples in one text, with separators that may be declared. */
function tuples({ text, attributes }: Element): Position[] {
  const [decimal, within, between] = [attributes.get('decimal') ?? '.', attributes.get('cs') ?? ',', attributes.get('ts') ?? ' ']
  const parts = between.trim() === '' ? text.trim().split(/\s+/) : text.trim().split(between)
  return parts
    .filter(part => part.trim() !== '')
    .map(part =>
      part
        .trim()
        .split(within)
        .slice(0, 2)
        .map(value => number(decimal === '.' ? value : value.replace(decimal, '.'))),
    )
}

function numbers(text: string): number[] {
  const trimmed = text.trim()
  return trimmed === '' ? [] : trimmed.split(/\s+/).map(number)
}

function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new GeometryError('a coordinate is not a finite number')
  return value
}

function inside(element: Element, { dimension, depth }: Context): Context {
  if (depth >= deepest) throw new GeometryError('a geometry is nested too deep')
  const said = Number(element.attributes.get('srsDimension') ?? element.attributes.get('dimension'))
  return { dimension: said >= 2 && said <= 4 ? said : dimension, depth: depth + 1 }
}

/** Two parts of one geometry as a whole. */
export function joined(one: Geometry, other: Geometry): Geometry {
  if (one.type === 'Polygon' && other.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [one.coordinates, other.coordinates] }
  if (one.type === 'MultiPolygon' && other.type === 'Polygon') return { ...one, coordinates: [...one.coordinates, other.coordinates] }
  if (one.type === 'LineString' && other.type === 'LineString')
    return { type: 'MultiLineString', coordinates: [one.coordinates, other.coordinates] }
  if (one.type === 'MultiLineString' && other.type === 'LineString') return { ...one, coordinates: [...one.coordinates, other.coordinates] }
  if (one.type === 'Point' && other.type === 'Point') return { type: 'MultiPoint', coordinates: [one.coordinates, other.coordinates] }
  if (one.type === 'MultiPoint' && other.type === 'Point') return { ...one, coordinates: [...one.coordinates, other.coordinates] }
  return { type: 'GeometryCollection', geometries: [...(one.type === 'GeometryCollection' ? one.geometries : [one]), other] }
}

/** The first element that says it, from the outside in: some services name the system at the parts only. */
function nearest(element: Element, attribute: string): string | undefined {
  const here = element.attributes.get(attribute)
  if (here) return here
  for (const child of element.children) {
    const there = nearest(child, attribute)
    if (there) return there
  }
  return undefined
}

/** A system of plane and height has three numbers per position. */
function dimensionOf(srsName: string | undefined): number {
  return srsName && /,crs:|\*DE_|\+\d/.test(srsName) ? 3 : 2
}
