/** What can the server do with shapes? Keeps them as WKB behind the number of their reference system, and knows what touches what on a plane. */

type Point = readonly [x: number, y: number]
type Ring = readonly Point[]
type Polygon = readonly Ring[]

interface Shape {
  readonly points: readonly Point[]
  readonly polygons: readonly Polygon[]
}

export function shapeOf(wkb: Uint8Array, srid: bigint): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32LE(Number(srid))
  return Buffer.concat([head, wkb])
}

export function sridOf(shape: Uint8Array): bigint {
  return BigInt(Buffer.from(shape).readUInt32LE())
}

/** Missing where the two stand in different reference systems, as on SQL Server. */
export function intersects(a: Uint8Array, b: Uint8Array): bigint | null {
  if (sridOf(a) !== sridOf(b)) return null
  const [left, right] = [read(a.subarray(4)), read(b.subarray(4))]
  const touches =
    left.points.some(point => covered(point, right)) ||
    right.points.some(point => covered(point, left)) ||
    left.polygons.some(one => right.polygons.some(other => overlap(one, other)))
  return touches ? 1n : 0n
}

function covered(point: Point, { points, polygons }: Shape): boolean {
  return points.some(([x, y]) => x === point[0] && y === point[1]) || polygons.some(polygon => within(point, polygon))
}

function overlap(a: Polygon, b: Polygon): boolean {
  return within(a[0]![0]!, b) || within(b[0]![0]!, a) || edges(a).some(one => edges(b).some(other => cross(one, other)))
}

/** Inside the outer ring and in no hole: a ray to the right meets an odd number of edges. */
function within([x, y]: Point, polygon: Polygon): boolean {
  const met = edges(polygon).filter(([[x1, y1], [x2, y2]]) => y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1)
  return met.length % 2 === 1
}

type Edge = readonly [from: Point, to: Point]

function edges(polygon: Polygon): Edge[] {
  return polygon.flatMap(ring => ring.slice(1).map((to, at): Edge => [ring[at]!, to]))
}

function cross([a, b]: Edge, [c, d]: Edge): boolean {
  const side = ([px, py]: Point, [qx, qy]: Point, [rx, ry]: Point): number => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
}

function read(bytes: Uint8Array): Shape {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const uint = (): number => {
    at += 4
    return view.getUint32(at - 4, true)
  }
  const point = (): Point => {
    at += 16
    return [view.getFloat64(at - 16, true), view.getFloat64(at - 8, true)]
  }
  const many = <T>(one: () => T): T[] => Array.from({ length: uint() }, one)
  const shape = (): Shape => {
    if (view.getUint8(at++) !== 1) throw new RangeError('only little-endian shapes are known here')
    const type = uint()
    if (type === 1) return { points: [point()], polygons: [] }
    if (type === 3) return { points: [], polygons: [many(() => many(point))] }
    if (type < 4 || type > 7) throw new RangeError(`shapes of type ${type} are not known here`)
    const parts = many(shape)
    return { points: parts.flatMap(({ points }) => points), polygons: parts.flatMap(({ polygons }) => polygons) }
  }
  return shape()
}
