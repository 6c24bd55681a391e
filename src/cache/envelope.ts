/** How does a value look in Redis, and which of what is found there do we believe? */

import { createHash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Kept } from './memory.ts'

/** Changes with the form of the envelope: a gateway of another version finds nothing rather than something it misreads. */
export const version = 'v3'
/** Clocks of two gateways may differ by so much; a value from further ahead is not believed. */
const clockSkewMs = 60_000

/** Bytes from which an envelope is packed; smaller ones gain nothing that a network would notice. */
const packedFrom = 4096
/** The first four bytes of every zstd frame (RFC 8878, 3.1.1); no JSON begins so. */
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/**
 * Where a value lies in a shared store: under its marks, by which a purge finds it, and then hashed, because the wish's key names
 * datasets, columns and what callers asked for. In braces, so that a value and what is said about it (`:turn`, `:failed`) lie on the same
 * node of a Redis Cluster.
 *
 * @param generation after a purge, what was written before is at another place
 * @see https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
 * @example
 *   addressOf('a', ['04bb6e8f', '0a1b2c3d'], '').slice(0, 25)  // → '04bb6e8f.0a1b2c3d:{ffe9aa'
 */
export function addressOf(key: string, marks: readonly string[], generation: string): string {
  return `${marks.join('.')}:{${createHash('sha256').update(`${key}\0${generation}`).digest('hex')}}`
}

/**
 * A name in Redis.
 *
 * @param about absent: the value itself
 * @example
 *   nameOf('stadttor', '04bb6e8f:{ffe9}', 'turn')  // → 'stadttor:v3:04bb6e8f:{ffe9}:turn'
 */
export function nameOf(prefix: string, address: string, about?: 'turn' | 'failed'): string {
  const name = `${prefix}:${version}:${address}`
  return about ? `${name}:${about}` : name
}

/**
 * @example
 *   seal({ value: [1], asOf: 5 })  // → '{"asOf":5,"value":[1]}'
 */
export function seal({ value, asOf }: Kept): string {
  return `{"asOf":${asOf},"value":${JSON.stringify(value)}}`
}

/**
 * @param now milliseconds since 1970 (UTC)
 * @returns   `undefined` for anything `seal` has not written, also when it was cut off
 * @example
 *   unseal('{"asOf":5,"value":[1]}', 6)      // → { value: [1], asOf: 5 }
 *   unseal('{"asOf":5,"value":[1', 6)        // → undefined
 *   unseal('{"asOf":"5","value":[1]}', 6)    // → undefined
 *   unseal('{"asOf":99999999,"value":1}', 6) // → undefined
 */
export function unseal(envelope: string, now: number): Kept | undefined {
  const found = parsed(envelope)
  if (typeof found !== 'object' || found === null || Object.keys(found).join() !== 'asOf,value') return undefined
  const { asOf, value } = found as { asOf: unknown; value: unknown }
  if (typeof asOf !== 'number' || !Number.isSafeInteger(asOf) || asOf < 0 || asOf > now + clockSkewMs) return undefined
  return { value, asOf }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An envelope as bytes, packed when that is worth it. */
export function toBytes(envelope: string): Buffer {
  const bytes = Buffer.from(envelope)
  return bytes.byteLength < packedFrom ? bytes : zstdCompressSync(bytes)
}

/**
 * @param most bytes that the envelope may have when unpacked: a few kilobytes of zstd can stand for gigabytes
 * @returns    `undefined` for more than that, and for what is cut off or broken
 */
export function fromBytes(bytes: Buffer, most: number): string | undefined {
  if (!bytes.subarray(0, zstdMagic.length).equals(zstdMagic)) return bytes.toString()
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: most }).toString()
  } catch {
    return undefined
  }
}
