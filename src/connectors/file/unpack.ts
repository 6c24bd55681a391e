/** What is in a packed file, when it may be built to grow without end? */

import { setImmediate } from 'node:timers/promises'
import { Unzip, UnzipInflate, zipSync } from 'fflate'
import { sourceFailure } from '../../model/index.ts'

/** Packed bytes taken at a time: deflate makes at most 1,032 times as much of them. */
const pieceBytes = 16_384

/**
 * The parts of a ZIP file that are wanted. Sizes are counted while unpacking and not believed: what the file says of itself may be a lie.
 *
 * @param limitBytes of all wanted parts together
 * @throws GatewayError SOURCE_ANSWER_INVALID for anything but a ZIP file, for half of one, and beyond the limit
 * @see PKWARE APPNOTE 6.3
 */
export async function unpack(
  bytes: Uint8Array,
  limitBytes: number,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array[]>()
  const open = new Set<string>()
  let size = 0
  let broken: Error | undefined
  const unzip = new Unzip(entry => {
    if (!wanted(entry.name) || parts.has(entry.name)) return
    const pieces: Uint8Array[] = []
    parts.set(entry.name, pieces)
    open.add(entry.name)
    entry.ondata = (error, piece, isLast) => {
      if (error) broken ??= error
      size += piece?.byteLength ?? 0
      if (size > limitBytes) return
      if (piece) pieces.push(piece)
      if (isLast) open.delete(entry.name)
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
      unzip.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.byteLength)
      if (broken) throw broken
      if (size > limitBytes) break
      await setImmediate()
    }
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', 'the file is not packed as it should be', cause)
  }
  if (size > limitBytes) throw sourceFailure('SOURCE_ANSWER_INVALID', `unpacked, the file is larger than the limit of ${limitBytes} bytes`)
  if (parts.size === 0 || open.size > 0) throw sourceFailure('SOURCE_ANSWER_INVALID', 'the file is no packed file, or only half of one')
  return new Map([...parts].map(([name, pieces]) => [name, Buffer.concat(pieces)]))
}

/** The parts as a ZIP file whose sizes can be believed. */
export function pack(parts: ReadonlyMap<string, Uint8Array>): ArrayBuffer {
  const packed = zipSync(Object.fromEntries(parts), { level: 0 })
  return packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer
}
