/** Which of two coordinates is the first, by the way a reference system is spelled? */

import { crsOf, northFirst } from '../geo/index.ts'

/** A reference system as a service spells it, and what that means. */
export interface Srs {
  readonly name: string
  /** Short spelling, one of `knownCrs`. */
  readonly crs: string
  /** North or latitude comes first. */
  readonly yx: boolean
}

/**
 * What a spelling means, in requests and in answers.
 *
 * URNs and http URIs of the EPSG register stand for its own order of axes (latitude first in EPSG:4326, north first in Gauß-Krüger,
 * east first in UTM); `EPSG:4326` and the URI of GML 2 have always meant x first.
 *
 * @param axes what the dataset says against the rule
 * @returns    `undefined` for a system that is not known
 * @see OGC 09-025r2, 7.9.2.4.4; OGC 05-096r1; OGC 06-135r11
 * @example
 *   srsOf('urn:ogc:def:crs:EPSG::4326')       // → { name: 'urn:ogc:def:crs:EPSG::4326', crs: 'EPSG:4326', yx: true }
 *   srsOf('EPSG:4326')                        // → { name: 'EPSG:4326', crs: 'EPSG:4326', yx: false }
 *   srsOf('urn:ogc:def:crs:EPSG::4326', 'xy') // → { name: 'urn:ogc:def:crs:EPSG::4326', crs: 'EPSG:4326', yx: false }
 */
export function srsOf(name: string, axes?: 'xy' | 'yx'): Srs | undefined {
  const crs = crsOf(planar(name))
  if (crs === undefined) return undefined
  const byRegister = /^(urn:(x-)?ogc:def:crs[:,]|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG)/i.test(name.trim()) && !/CRS84$/i.test(name)
  return { name, crs, yx: axes ? axes === 'yx' : byRegister && northFirst(crs) }
}

/** The part of a compound system that says where, without the part that says how high. */
function planar(name: string): string {
  const compound = /^urn:ogc:def:crs,crs:(EPSG:[^,]*),/i.exec(name.trim())
  if (compound) return `urn:ogc:def:crs:${compound[1]}`
  return name.replace(/\*DE_[\w-]+$/, '')
}
