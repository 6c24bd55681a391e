/** Under which key is the answer to a posted body kept? */

interface Posted {
  readonly path: string
  readonly within: string
  readonly body: Buffer
  readonly key: string
}

/** Bodies whose key is remembered, at most, and their bytes. */
const postedAtMost = 32
const postedBelow = 4096

/**
 * What a posted body is kept under. Whoever asks again has it looked up among those that came last, by its length: to write and hash a key
 * takes 0.8 µs, to see that bytes are the same 0.06 (November 2026).
 */
export function createKeys(): (path: string, within: string, body: Buffer) => string {
  const lately: (Posted | undefined)[] = Array.from({ length: postedAtMost })
  return (path, within, body) => {
    const place = body.byteLength % postedAtMost
    const last = lately[place]
    if (last && last.within === within && last.path === path && body.equals(last.body)) return last.key
    const key = `POST ${path}\n${within}\n${body.toString('latin1')}`
    // A copy: what was read is a piece of a much larger buffer.
    if (body.byteLength < postedBelow) lately[place] = { path, within, body: Buffer.from(body), key }
    return key
  }
}
