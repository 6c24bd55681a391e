/** How are bytes copied fast that are many, and come a few at a time? */

/** The same bytes one by one and four at a time: whole words are copied twice as fast, and calls into the runtime cost more than either. */
export interface Bytes {
  readonly bytes: Buffer
  readonly words: DataView
}

export function bytesOf(bytes: Buffer): Bytes {
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}

/**
 * There has to be room.
 *
 * @returns where the next byte will stand
 */
export function writeBytes(target: Bytes, start: number, source: Bytes, from: number, to: number): number {
  const end = start + to - from
  let at = start
  if (end - start < 4) {
    for (let next = from; next < to; next++) target.bytes[at++] = source.bytes[next]!
    return end
  }
  for (let next = from; at < end - 4; next += 4) {
    target.words.setInt32(at, source.words.getInt32(next))
    at += 4
  }
  // Some of the last four were perhaps written already.
  target.words.setInt32(end - 4, source.words.getInt32(to - 4))
  return end
}
