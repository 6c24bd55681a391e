/** How does the demo answer on a port of this machine? */

import { createServer, type IncomingMessage } from 'node:http'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
}

export interface Service {
  /** Without a slash at the end. */
  readonly url: string
  stop(): Promise<void>
}

const largestBody = 1_000_000

/** Listens on a free port of the loopback interface only. */
export async function serve(answer: (asked: Asked) => Reply): Promise<Service> {
  const server = createServer((request, response) => {
    read(request)
      .then(answer)
      .catch((): Reply => ({ status: 500, type: 'text/plain', body: 'unexpected error' }))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the service has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://demo.invalid')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > largestBody) throw new RangeError('the request is too large')
    chunks.push(chunk)
  }
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    body: Buffer.concat(chunks).toString(),
  }
}
