/** How does a service answer in a test that says itself what it answers? */

import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Said {
  readonly body: string | Buffer
  /** Default: 200. */
  readonly status?: number
  /** Default: text/xml. */
  readonly type?: string
}

export interface Replay {
  readonly url: string
  /** Parameters of each question, names in capitals; the body of a POST is `BODY`, who asks is `AUTHORIZATION`. */
  readonly asked: readonly Readonly<Record<string, string>>[]
  stop(): Promise<void>
}

export async function startReplay(answer: (parameters: Readonly<Record<string, string>>) => Said): Promise<Replay> {
  const asked: Record<string, string>[] = []
  const server = http.createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const pairs = [...new URL(request.url ?? '', 'http://localhost').searchParams].map(([name, value]) => [name.toUpperCase(), value])
    const { authorization } = request.headers
    const parameters: Record<string, string> = {
      ...Object.fromEntries(pairs),
      ...(authorization !== undefined && { AUTHORIZATION: authorization }),
      ...(pieces.length > 0 && { BODY: Buffer.concat(pieces).toString() }),
    }
    asked.push(parameters)
    const { body, status = 200, type = 'text/xml' } = answer(parameters)
    response.writeHead(status, { 'content-type': type }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wfs`,
    asked,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
