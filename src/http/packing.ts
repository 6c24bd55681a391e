/** In which encoding does an answer that is kept go out? Packed once, behind the back of the first who takes it so. */

import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'

export type Encoding = 'zstd' | 'br' | 'gzip'

export interface Packable {
  readonly body: Buffer
  /** By `content-encoding`; made when first wanted, once. */
  readonly packed: Map<Encoding, Buffer | 'underWay'>
}

/** Smaller ones fit one packet anyway. */
const packedFrom = 1024
/** Measured in November 2026: brotli 4 and zstd 3 pack an answer of 765 kB in 4 and 1.3 ms, higher levels take ten times as long for a tenth. */
const packers: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  zstd: bytes => promisify(zstdCompress)(bytes),
  br: bytes => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: bytes => promisify(gzip)(bytes, { level: 6 }),
}

/** Clients have few ways to say what they take. */
const waysAtMost = 100
const known = new Map<string, Encoding | undefined>()

/**
 * The best of the encodings that the caller takes; those refused with `;q=0` are not taken.
 *
 * @param accepted `Accept-Encoding` as received
 * @see RFC 9110, 12.5.3
 */
export function encodingFor({ body }: Packable, accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined || body.byteLength < packedFrom) return undefined
  if (!known.has(accepted)) {
    if (known.size >= waysAtMost) known.clear()
    known.set(accepted, bestOf(accepted))
  }
  return known.get(accepted)
}

function bestOf(accepted: string): Encoding | undefined {
  const taken = new Set(
    accepted
      .toLowerCase()
      .split(',')
      .filter(one => !/;\s*q=0(\.0*)?\s*$/.test(one))
      .map(one => one.split(';')[0]!.trim()),
  )
  return (['zstd', 'br', 'gzip'] as const).find(encoding => taken.has(encoding))
}

/** Until it is packed the plain bytes go out, and always when packing makes nothing smaller. */
export function packedAs({ body, packed }: Packable, encoding: Encoding): Buffer {
  const there = packed.get(encoding)
  if (there instanceof Buffer) return there
  if (there === undefined) {
    packed.set(encoding, 'underWay')
    void packers[encoding](body).then(
      bytes => packed.set(encoding, bytes.byteLength < body.byteLength ? bytes : body),
      () => packed.delete(encoding),
    )
  }
  return body
}
