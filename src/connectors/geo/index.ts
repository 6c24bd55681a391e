/** Geometry for every connector: read it, move it to WGS 84, tidy it, and ask what it touches. Knows no source. */

export { arcAround, arcsThrough, arcTolerance, chained, circleThrough } from './arc.ts'
export { boxAround, boxOfArea } from './box.ts'
export { crsOf, knownCrs, northFirst } from './crs.ts'
export { metresBetween } from './distance.ts'
export { GeometryError } from './error.ts'
export { readGeoJson } from './geojson.ts'
export { boxIn, fromWgs84, toWgs84 } from './project.ts'
export { tidy } from './tidy.ts'
export { touchesArea, touchesBox } from './touch.ts'
export { isEmpty, mapPositions } from './walk.ts'
export { readWkb, type WkbGeometry } from './wkb.ts'
