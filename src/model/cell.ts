/** Which form do values have inside the house, whatever source they come from? */

export type Position = readonly number[]

/** GeoJSON (RFC 7946): WGS 84, longitude before latitude, outer rings anticlockwise. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] }

/**
 * One value of a row, by the declared type of its column:
 *
 * | type | form |
 * |---|---|
 * | text, code | string, as stored |
 * | int | number, a whole number of at most 53 bits |
 * | bigint | string of digits |
 * | decimal | string: every digit the source holds, `.` as the point, no exponent |
 * | float | number, finite |
 * | boolean | boolean |
 * | date | `2026-03-29` |
 * | time | `07:30:00` with as many fractional digits as stored |
 * | datetime | instant in UTC: `2026-03-29T01:30:00Z`, with as many fractional digits as stored, trailing zeros dropped |
 * | point, line, polygon, geometry | GeoJSON, WGS 84 |
 *
 * A value that is missing is null. An engine-only column without a declared type is text.
 */
export type Cell = null | string | number | boolean | Geometry

/** A value that can be compared and bound: every cell but a geometry. */
export type Scalar = string | number | boolean

/** Cells in the order of the request's columns. */
export type Row = readonly Cell[]
