/** How does one HTTP question become bytes, and what is every mishap on the way called? */

import type * as Http from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { GatewayError, sourceFailure } from '../../model/index.ts'

// Not imported: that would evaluate all exports of node:http, WebSocket among them, for which Node.js loads its fetch: 12 MB.
const [http, https] = [process.getBuiltinModule('node:http'), process.getBuiltinModule('node:https')]

export interface Question {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly agent: Http.Agent
  /** Its reason is the GatewayError to throw. */
  readonly signal: AbortSignal
  /** Bytes of the answer at most, counted after decompression. */
  readonly limitBytes: number
  /** What the log calls the question: without values and credentials. */
  readonly shown: string
}

export interface RawAnswer {
  readonly status: number
  readonly headers: Http.IncomingHttpHeaders
  readonly bytes: Uint8Array
}

/**
 * Asks once; no redirect is followed.
 *
 * @throws GatewayError SOURCE_UNAVAILABLE, SOURCE_ANSWER_INVALID, or the reason of the signal
 */
export async function exchange(question: Question): Promise<RawAnswer> {
  const { signal } = question
  signal.throwIfAborted()
  try {
    const response = await respond(question)
    const bytes = await bodyOf(response, question)
    return { status: response.statusCode ?? 0, headers: response.headers, bytes }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof GatewayError ? error : mishap(question.shown, error)
  }
}

async function respond(question: Question): Promise<Http.IncomingMessage> {
  try {
    return await send(question)
  } catch (error) {
    // A server may close a kept connection at the moment we use it: the request never reached it, so it is sent once more.
    if (!(error instanceof StaleConnection) || question.signal.aborted) throw error
    return send(question)
  }
}

class StaleConnection extends Error {}

function send({ url, method, headers, body, agent, signal }: Question): Promise<Http.IncomingMessage> {
  const { request: open } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const request = open(url, { method, headers, agent, signal }, resolve)
    request.on('error', (cause: NodeJS.ErrnoException) => {
      reject(request.reusedSocket && cause.code === 'ECONNRESET' ? new StaleConnection('stale connection', { cause }) : cause)
    })
    request.end(body)
  })
}

async function bodyOf(response: Http.IncomingMessage, { signal, limitBytes, shown }: Question): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const keep = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of source) {
      size += chunk.byteLength
      if (size > limitBytes) throw sourceFailure('SOURCE_ANSWER_INVALID', `${shown}: the answer is larger than ${limitBytes} bytes`)
      chunks.push(chunk)
    }
  }
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') await pipeline(response as Readable, keep, { signal })
  else if (encoding === 'gzip' || encoding === 'x-gzip') await pipeline(response as Readable, createGunzip(), keep, { signal })
  else {
    response.destroy()
    throw sourceFailure(
      'SOURCE_ANSWER_INVALID',
      `${shown}: the answer is packed with ${JSON.stringify(encoding.slice(0, 40))}, we asked for gzip`,
    )
  }
  return Buffer.concat(chunks, size)
}

/** What is no HTTP or no gzip is an unreadable answer; everything else on this level is a source out of reach. */
function mishap(shown: string, error: unknown): GatewayError {
  const { code = 'no code', message } = error as NodeJS.ErrnoException
  const unreadable = /^(HPE_|Z_|ERR_HTTP_)/.test(code)
  return sourceFailure(unreadable ? 'SOURCE_ANSWER_INVALID' : 'SOURCE_UNAVAILABLE', `${shown}: ${code} ${message}`, error)
}
