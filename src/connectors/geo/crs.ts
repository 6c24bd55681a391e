/** Which reference systems do we know, and how do sources spell them? */

import type { BBox } from '../../model/index.ts'

interface Crs {
  /** Definition for proj4; coordinates are x (east, longitude) before y (north, latitude) whatever the register says. */
  readonly proj4: string
  /** Longitudes and latitudes between which the projection can be computed: generously around the area it is used in. */
  readonly usable: BBox
  /** The EPSG register names north or latitude first. Services that spell the system as a URN usually follow it. */
  readonly northFirst: boolean
}

const grs80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'
// EPSG transformation 1777 (all of Germany): about 3 m. Better is only a grid file such as BETA2007, which nobody ships for proj4.
const dhdn = '+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m +no_defs'
const world: BBox = [-180, -90, 180, 90]

export const systems: ReadonlyMap<string, Crs> = new Map<string, Crs>([
  ['EPSG:4326', { proj4: '+proj=longlat +datum=WGS84 +no_defs', usable: world, northFirst: true }],
  ['EPSG:4258', { proj4: '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs', usable: world, northFirst: true }],
  ['EPSG:25832', { proj4: `+proj=utm +zone=32 ${grs80}`, usable: around(9), northFirst: false }],
  ['EPSG:25833', { proj4: `+proj=utm +zone=33 ${grs80}`, usable: around(15), northFirst: false }],
  ['EPSG:4647', { proj4: `+proj=tmerc +lat_0=0 +lon_0=9 +k=0.9996 +x_0=32500000 +y_0=0 ${grs80}`, usable: around(9), northFirst: false }],
  [
    'EPSG:3857',
    {
      proj4: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
      usable: [-180, -85.06, 180, 85.06],
      northFirst: false,
    },
  ],
  ['EPSG:31466', gaussKrueger(2)],
  ['EPSG:31467', gaussKrueger(3)],
  ['EPSG:31468', gaussKrueger(4)],
  ['EPSG:31469', gaussKrueger(5)],
])

/**
 * The reference systems that geometry can come in, in their short spelling: ETRS89 / UTM 32N and 33N (25832, 25833, 4647 with the
 * zone in front), ETRS89 and WGS 84 in degrees (4258, 4326), Web Mercator (3857), DHDN / Gauß-Krüger zones 2 to 5 (31466 … 31469).
 */
export const knownCrs: readonly string[] = [...systems.keys()]

/**
 * The short spelling of a reference system, however a source spells it.
 *
 * It says which system is meant, not in which order coordinates come: in this house x (east, longitude) is first, so CRS84 is
 * `EPSG:4326`. The order that a spelling implies is `northFirst`'s matter.
 *
 * @returns `undefined` for a system that is not among `knownCrs`
 * @see     OGC 07-092r3 (URNs), OGC 09-048r5 (http URIs)
 * @example
 *   crsOf('urn:ogc:def:crs:EPSG::25832')                       // → 'EPSG:25832'
 *   crsOf('http://www.opengis.net/def/crs/EPSG/0/4326')        // → 'EPSG:4326'
 *   crsOf('http://www.opengis.net/gml/srs/epsg.xml#31467')     // → 'EPSG:31467'
 *   crsOf('urn:ogc:def:crs:OGC:1.3:CRS84')                     // → 'EPSG:4326'
 *   crsOf('urn:adv:crs:ETRS89_UTM32')                          // → 'EPSG:25832'
 *   crsOf('EPSG:2056')                                         // → undefined
 */
export function crsOf(name: string): string | undefined {
  const text = name.trim()
  if (/^(urn:(x-)?ogc:def:crs:OGC:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/|CRS:|OGC:)?(CRS)?84$/i.test(text)) {
    return 'EPSG:4326'
  }
  const number = surveyors.get(/^urn:adv:crs:(.+)$/.exec(text)?.[1] ?? '') ?? spellings.exec(text)?.[1]
  const code = number && `EPSG:${aliases.get(number) ?? number}`
  return code && systems.has(code) ? code : undefined
}

/**
 * Whether the register names north or latitude first, which services follow when they spell the system as a URN or an http URI
 * of the register.
 *
 * @param crs short spelling, one of `knownCrs`
 * @example
 *   northFirst('EPSG:4326')   // → true
 *   northFirst('EPSG:25832')  // → false
 *   northFirst('EPSG:31467')  // → true
 */
export function northFirst(crs: string): boolean {
  return systems.get(crs)?.northFirst ?? false
}

// The forms of OGC services: URN (with or without version), http URI, the old GML 2 URI, and the plain code.
const spellings =
  /^(?:EPSG:{1,2}|urn:(?:x-)?ogc:def:crs:EPSG:[\w.]*:|https?:\/\/www\.opengis\.net\/(?:def\/crs\/EPSG\/[\w.]+\/|gml\/srs\/epsg\.xml#))?(\d{4,6})$/i

/** The names that the German surveying authorities (AdV) give their systems in ALKIS and ATKIS; all are x before y. */
const surveyors = new Map([
  ['ETRS89_UTM32', '25832'],
  ['ETRS89_UTM33', '25833'],
  ['DE_DHDN_3GK2', '31466'],
  ['DE_DHDN_3GK3', '31467'],
  ['DE_DHDN_3GK4', '31468'],
  ['DE_DHDN_3GK5', '31469'],
])

/** Numbers that mean the same plane: Web Mercator before EPSG took it in, and Esri's own number for it. */
const aliases = new Map([
  ['900913', '3857'],
  ['102100', '3857'],
  ['102113', '3857'],
])

function around(meridian: number): BBox {
  return [meridian - 30, -80, meridian + 30, 84]
}

function gaussKrueger(zone: number): Crs {
  const meridian = zone * 3
  return {
    proj4: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${zone}500000 +y_0=0 ${dhdn}`,
    usable: around(meridian),
    northFirst: true,
  }
}
