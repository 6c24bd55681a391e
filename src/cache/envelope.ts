/** How does a value look in Redis, and which of what is found there do we believe? */

import { createHash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Kept } from './memory.ts'

/** Changes with the form of the envelope: a gateway of another version finds nothing rather than something it misreads. */
const version = 'v2'
/** Clocks of two gateways may differ by so much; a value from further ahead is not believed. */
const clockSkewMs = 60_000

/** Bytes from which an envelope is packed; smaller ones gain nothing that a network would notice. */
const packedFrom = 4096
/** The first four bytes of every zstd frame (RFC 8878, 3.1.1); no JSON begins so. */
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/**
 * The name of a value in Redis. Hashed, because the wish's key names datasets, columns and what callers asked for. In braces, so that a
 * value and what is said about it (`:turn`, `:failed`) lie on the same node of a Redis Cluster.
 *
 * @param about absent: the value itself
 * @see https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
 * @example
 *   nameOf('stadttor', 'a').slice(0, 21)         // → 'stadttor:v2:{ca978112'
 *   nameOf('stadttor', 'a', 'turn').slice(-10)  // → '48bb}:turn'
 */
export function nameOf(prefix: string, key: string, about?: 'turn' | 'failed'): string {
  const name = `${prefix}:${version}:{${createHash('sha256').update(key).digest('hex')}}`
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
