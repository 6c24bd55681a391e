/** In which letters is an answer written? */

import { sourceFailure } from '../../model/index.ts'

/**
 * The text of an answer. What counts, in this order: a byte-order mark, the charset of the header, the XML declaration, UTF-8.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID when the letters are unknown or the bytes are not written in them: replacement
 *   characters in the middle of a street name would look like data
 * @see RFC 7303, 3
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const label = byMark(bytes) ?? /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? byDeclaration(bytes) ?? 'utf-8'
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', `the answer is not written in ${JSON.stringify(label.slice(0, 40))} as it says`, cause)
  }
}

function byMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return undefined
}

function byDeclaration(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString('latin1')
  return /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']/.exec(start)?.[1]
}
