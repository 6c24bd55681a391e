/** Where does an answer end on a connection that stays open, and what was it? */

/**
 * Answers are counted by their length and not parsed, so that the client costs as little as it can.
 *
 * @param judge looks at the head, and at what has come of the body with it
 * @returns     tells of each piece what the answer was that ends with it; `undefined` while more is to come
 */
export function reader<T>(judge: (head: string, body: Buffer) => T): (chunk: Buffer) => T | undefined {
  let head: Buffer = Buffer.alloc(0)
  let left = -1
  let what: T | undefined
  return chunk => {
    if (left < 0) {
      head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return undefined
      const text = head.toString('latin1', 0, end)
      const length = /content-length: *(\d+)/i.exec(text)
      if (!length) throw new Error(`an answer without a length: ${text}`)
      what = judge(text, head.subarray(end))
      left = Number(length[1]) - (head.length - end - 4)
      head = Buffer.alloc(0)
    } else left -= chunk.length
    if (left > 0) return undefined
    left = -1
    return what
  }
}
