/** How does a web service answer in a test that says itself what it answers to which question? */

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { http } from '../../../src/connectors/http/index.ts'
import type { Answer, Connector, OpenField, RowsRequest, SourceCall } from '../../../src/model/index.ts'
import { calmLimits, datasetAt } from '../../support/ask.ts'
import { patient } from '../../support/waiting.ts'

export interface Asked {
  /** Below the address of the service. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
}

/** A body with status 200, or a status and a body. */
export type Said = string | Buffer | { readonly status: number; readonly body?: string; readonly location?: string }

export interface Service {
  readonly url: string
  readonly asked: readonly Asked[]
  readonly calls: readonly SourceCall[]
  readonly connector: Connector
  /** All rows in the order of the service, unless `more` says otherwise. */
  read(place: object, columns: readonly OpenField[], more?: Partial<RowsRequest>): Promise<Answer>
  stop(): Promise<void>
}

/** A service, and a connector to it. */
export async function serve(answer: (asked: Asked) => Said, connection: object = {}, limits: object = {}): Promise<Service> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const question: Asked = {
      path: decodeURIComponent(url.pathname.replace(/^\/api\//, '')),
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
    }
    asked.push(question)
    const said = answer(question)
    if (typeof said === 'string' || Buffer.isBuffer(said)) response.end(said)
    else response.writeHead(said.status, said.location ? { location: said.location } : {}).end(said.body ?? '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  const calls: SourceCall[] = []
  const connector = http.open(
    {
      id: 'dienst',
      kind: 'http',
      title: 'Dienst',
      connection: http.connection.parse({ url, ...connection }),
      limits: { ...calmLimits, ...limits },
    },
    { folder: '/', call: call => calls.push(call), warn: () => {} },
  )
  return {
    url,
    asked,
    calls,
    connector,
    read: (place, columns, more = {}) =>
      connector.read(
        { kind: 'rows', dataset: datasetAt('http', http.place.parse(place)), columns, orderBy: [], limit: 10_000, ...more },
        patient(),
      ),
    async stop() {
      await connector.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
