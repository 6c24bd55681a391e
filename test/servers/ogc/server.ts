/** How does an OGC API answer? Parts 1, 2 and 3 of the standard over tables in memory, every connection on this machine only. */

import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, listed, queryablesOf } from './description.ts'
import { itemsOf } from './items.ts'
import { readTable, type Table } from './table.ts'
import { type OgcWish, Problem, type Reply } from './wish.ts'

export interface OgcServer {
  /** Address of the landing page. */
  readonly url: string
  readonly host: string
  /** Questions it was asked, decoded: path and query. */
  readonly asked: readonly string[]
  connections(): Promise<number>
  stop(): Promise<void>
}

export async function startOgcServer(wish: OgcWish): Promise<OgcServer> {
  const tables = new Map(wish.tables.map(table => [table.name as string, readTable(table)]))
  const asked: string[] = []
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    asked.push(decodeURIComponent(`${url.pathname}${url.search}`.replaceAll('+', ' ')))
    const { status = 200, type = 'application/json', headers, body } = answer(url, tables, wish)
    response.writeHead(status, { 'content-type': type, ...headers }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/ogc`,
    host,
    asked,
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(url: URL, tables: ReadonlyMap<string, Table>, wish: OgcWish): Reply {
  try {
    return resource(url, tables, wish)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const body = { type: 'about:blank', title: http.STATUS_CODES[error.status], status: error.status, detail: error.message }
    return { status: error.status, type: 'application/problem+json', body: JSON.stringify(body) }
  }
}

function resource(url: URL, tables: ReadonlyMap<string, Table>, wish: OgcWish): Reply {
  const [, root, kind, id, part, ...more] = url.pathname.split('/').map(decodeURIComponent)
  if (root !== 'ogc' || more.length > 0) throw new Problem(404, 'there is no such resource')
  if (kind === undefined) return json({ title: 'Stadt', links: [{ rel: 'data', href: `${url.origin}/ogc/collections` }] })
  if (kind === 'conformance') return json({ conformsTo: classesOf(wish) })
  if (kind !== 'collections') throw new Problem(404, 'there is no such resource')
  if (id === undefined) return json({ collections: [...tables.values()].map(table => listed(table, url.origin, wish)) })
  const table = tables.get(id)
  if (!table) throw new Problem(404, `there is no collection '${id}'`)
  if (part === undefined) return json(listed(table, url.origin, wish))
  if (part === 'items') return itemsOf(table, url, wish)
  if (part === 'schema' && wish.described !== false) return json(describe(table))
  if (part === 'queryables' && wish.described !== false) return json(queryablesOf(table))
  throw new Problem(404, 'there is no such resource')
}

function classesOf({ cql = true }: OgcWish): readonly string[] {
  const spec = 'http://www.opengis.net/spec'
  const core = ['core', 'geojson', 'oas30'].map(name => `${spec}/ogcapi-features-1/1.0/conf/${name}`)
  const filtering = ['queryables', 'filter', 'features-filter'].map(name => `${spec}/ogcapi-features-3/1.0/conf/${name}`)
  const words = ['cql2-text', 'basic-cql2', 'advanced-comparison-operators', 'case-insensitive-comparison'].map(
    name => `${spec}/cql2/1.0/conf/${name}`,
  )
  return [...core, `${spec}/ogcapi-features-2/1.0/conf/crs`, ...(cql ? [...filtering, ...words] : [])]
}

function json(value: unknown): Reply {
  return { body: JSON.stringify(value) }
}
