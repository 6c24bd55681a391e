/** What geometry does a well-known text mean? */

import type { Geometry, Position } from '../../model/index.ts'
import { arcsThrough, chained, GeometryError } from '../geo/index.ts'

const deepest = 8

/**
 * The geometry of a well-known text, x before y; heights and measures are dropped, a leading `SRID=…;` is skipped. Arcs become straight
 * pieces, see `arcTolerance`.
 *
 * @returns empty geometries as such
 * @throws GeometryError for surfaces of triangles and whatever is no WKT
 * @see OGC 06-103r4, 7; ISO/IEC 13249-3 for curves
 * @example
 *   readWkt('POINT (9.18 47.66)')            // → { type: 'Point', coordinates: [9.18, 47.66] }
 *   readWkt('LINESTRING Z (0 0 5, 1 1 5)')   // → { type: 'LineString', coordinates: [[0, 0], [1, 1]] }
 */
export function readWkt(text: string): Geometry {
  const reader = new Reader(text.replace(/^\s*SRID\s*=\s*\d+\s*;/i, ''))
  const geometry = reader.geometry(0)
  reader.end()
  return geometry
}

/** Goes through the text word by word: names, numbers, brackets and commas. */
class Reader {
  readonly #words: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#words = text.match(/[A-Za-z]+|[(),]|[^\sA-Za-z(),][^\s(),]*/g) ?? []
  }

  geometry(depth: number): Geometry {
    const kind = this.#kind()
    switch (kind) {
      case 'POINT':
        return { type: 'Point', coordinates: this.#points()[0] ?? [] }
      case 'MULTIPOINT':
        return { type: 'MultiPoint', coordinates: this.#multiPoint() }
      case 'MULTILINESTRING':
        return { type: 'MultiLineString', coordinates: this.#list(() => this.#points()) }
      case 'MULTICURVE':
        return { type: 'MultiLineString', coordinates: this.#list(() => this.#curve()) }
      case 'POLYGON':
      case 'CURVEPOLYGON':
        return { type: 'Polygon', coordinates: this.#list(() => this.#curve()) }
      case 'MULTIPOLYGON':
      case 'MULTISURFACE':
        return { type: 'MultiPolygon', coordinates: this.#list(() => this.#surface()) }
      case 'GEOMETRYCOLLECTION':
        if (depth >= deepest) throw new GeometryError('collections are nested too deep')
        return { type: 'GeometryCollection', geometries: this.#list(() => this.geometry(depth + 1)) }
      default:
        return { type: 'LineString', coordinates: this.#line(kind) }
    }
  }

  end(): void {
    if (this.#at < this.#words.length) throw notWkt()
  }

  /** The type, with or without `Z`, `M` or `ZM` behind it or hung on. */
  #kind(): string {
    const word = this.#next()
    if (/^(Z|M|ZM)$/i.test(this.#words[this.#at] ?? '')) this.#at++
    return word.toUpperCase().replace(/(?<=.{4})(ZM|Z|M)$/, '')
  }

  /** A line or ring; one without a name is of straight pieces. */
  #curve(): Position[] {
    return /^[A-Z]/i.test(this.#words[this.#at] ?? '') && !this.#isEmpty() ? this.#line(this.#kind()) : this.#points()
  }

  #line(kind: string): Position[] {
    switch (kind) {
      case 'LINESTRING':
        return this.#points()
      case 'CIRCULARSTRING':
        return arcsThrough(this.#points())
      case 'COMPOUNDCURVE':
        return chained(this.#list(() => this.#curve()))
      default:
        throw notWkt()
    }
  }

  #surface(): Position[][] {
    if (/^[A-Z]/i.test(this.#words[this.#at] ?? '') && !this.#isEmpty() && !/^(CURVE)?POLYGON$/.test(this.#kind())) throw notWkt()
    return this.#list(() => this.#curve())
  }

  #points(): Position[] {
    return this.#list(() => this.#position())
  }

  /** Each point may stand in brackets of its own, or not. */
  #multiPoint(): Position[] {
    return this.#list(() => (this.#words[this.#at] === '(' || this.#isEmpty() ? this.#points() : [this.#position()])).flat()
  }

  #position(): Position {
    const numbers: number[] = []
    while (!/^[(),]?$/.test(this.#words[this.#at] ?? '')) numbers.push(Number(this.#next()))
    const [x, y] = numbers
    if (numbers.length > 4 || !Number.isFinite(x) || !Number.isFinite(y)) throw notWkt()
    return [x!, y!]
  }

  /** Things in brackets, between commas; `EMPTY` is none. */
  #list<T>(read: () => T): T[] {
    if (this.#isEmpty()) {
      this.#at++
      return []
    }
    if (this.#next() !== '(') throw notWkt()
    const found = [read()]
    let sign = this.#next()
    for (; sign === ','; sign = this.#next()) found.push(read())
    if (sign !== ')') throw notWkt()
    return found
  }

  #isEmpty(): boolean {
    return /^EMPTY$/i.test(this.#words[this.#at] ?? '')
  }

  #next(): string {
    const word = this.#words[this.#at++]
    if (word === undefined) throw notWkt()
    return word
  }
}

function notWkt(): GeometryError {
  return new GeometryError('not a well-known text')
}
