/** How can a service that is asked over HTTP misbehave? The same for every kind of one; only what it says differs. */

import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connector } from '../../src/model/index.ts'
import type { Faulty, Opened } from './connector.ts'

/** What services of a kind say. */
export interface Speech {
  /** Where such services live, below the host: `/wfs`. */
  readonly path: string
  /** Media type of their answers. */
  readonly type: string
  /** The beginning of an answer, behind which the connection breaks. */
  readonly beginning: string
  /** Half an answer, sent as if it were whole. */
  readonly half: string | RequestListener
  /** An error in the protocol's own words, sent with status 200. */
  readonly error: string
  /** How a login is refused. Default: status 401 without a word. */
  readonly refused?: { readonly status: number; readonly body: string }
}

/**
 * A service for each fault of the contract.
 *
 * @param connect a connector to the service at an address
 */
export function faultyServices(connect: (url: string) => Connector, speech: Speech): NonNullable<Opened['faults']> {
  const { path, type, beginning, half, error, refused = { status: 401, body: '' } } = speech
  const bad = (listener: RequestListener) => async (): Promise<Faulty> => {
    const server = await listening(listener)
    return { connector: connect(server.url + path), close: server.stop }
  }
  const says = (body: string | Buffer, status = 200, headers: Record<string, string> = { 'content-type': type }) =>
    bad((_request, response) => response.writeHead(status, headers).end(body))
  return {
    refuse: async () => {
      const server = await listening(() => {})
      await server.stop()
      return { connector: connect(server.url + path), close: async () => {} }
    },
    drop: bad((_request, response) => breakOff(response, type, beginning)),
    login: says(refused.body, refused.status),
    garbage: says(Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 197 + 128) % 256))),
    html: says('<!DOCTYPE html>\n<html><body>Wartungsarbeiten an baum_id</body></html>', 200, { 'content-type': 'text/html' }),
    truncated: typeof half === 'string' ? says(half) : bad(half),
    errorWith200: says(error),
    redirect: says('', 302, { location: 'http://gibt-es-nicht.example/' }),
    silent: bad(() => {}),
  }
}

function breakOff(response: ServerResponse, type: string, beginning: string): void {
  response.writeHead(200, { 'content-type': type, 'content-length': '5000' }).write(beginning)
  setTimeout(() => response.destroy(), 20)
}

async function listening(listener: RequestListener): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
