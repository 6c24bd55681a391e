/** Do OGC APIs keep the promises of the contract? Against a real MapServer, and against a server of the tests' own that can do more. */

import { ogcFeatures } from '../../src/connectors/ogc/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { noMapServer, startMapServer } from '../servers/mapserver.ts'
import { startOgcServer } from '../servers/ogc/index.ts'
import { connectorContract, type Opened, type Wish } from './connector.ts'
import { faultyServices } from './faulty-service.ts'
import { datasetsOf, type Fit, type TownTable, tableNames, tableOf } from './town.ts'

interface Server {
  readonly url: string
  readonly host: string
  connections(): Promise<number>
  stop(): Promise<void>
}

type Start = (tables: readonly TownTable[]) => Promise<Server>

const common: Pick<Fit, 'kind' | 'place' | 'keeps'> = {
  kind: 'ogc-features',
  place: table => ogcFeatures.place.parse({ collection: table }),
  // A missing text and an empty one are not told apart: MapServer writes both as empty.
  keeps: cell => (cell === '' ? null : cell),
}

const mapServer: Fit = {
  ...common,
  without: {
    'areas#2': 'MapServer 8.0.0 writes all rings of a multipolygon into each of its parts',
    'areas#3': 'MapServer leaves out features that have no geometry',
    'types.amount': 'a GeoPackage keeps decimals as doubles',
    'types#5': 'MapServer writes whole seconds',
    'types#6': 'MapServer writes whole seconds',
  },
}

const servers = new Map<string, Promise<Server>>()

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop()
})

if (noMapServer && process.env.CI === 'true') throw new Error(noMapServer)
if (noMapServer) test.skip(`the contract of OGC API Features (${noMapServer})`, () => {})
else {
  const start: Start = async tables => {
    const server = await startMapServer({ tables })
    return { ...server, url: server.ogcUrl }
  }
  connectorContract('OGC API Features, MapServer', wish => open(wish, 'MapServer', mapServer, start))
}

for (const { name, crs, ...wish } of [
  { name: 'CQL2, projected coordinates', crs: 'EPSG:25832' },
  { name: 'property filters only', cql: false },
  { name: 'CQL2, nothing described, no counts', described: false, counts: false },
]) {
  const start: Start = tables => startOgcServer({ tables, ...wish })
  connectorContract(`OGC API Features, a server of the tests' own: ${name}`, asked =>
    open(asked, name, { ...common, ...(crs && { crs }) }, start),
  )
}

/** One server for each town and each set of limits: connections are counted at the server. */
function serverOf({ town, limits }: Wish, name: string, fit: Fit, start: Start): Promise<Server> {
  const key = JSON.stringify([name, town.name, limits])
  const known = servers.get(key)
  if (known) return known
  const started = start(tableNames.map(table => tableOf(town, table, { ...fit, keeps: cell => cell })))
  servers.set(key, started)
  return started
}

async function open(wish: Wish, name: string, fit: Fit, start: Start): Promise<Opened> {
  const server = await serverOf(wish, name, fit, start)
  const calls: SourceCall[] = []
  const connect = (url: string) =>
    ogcFeatures.open(
      { id: 'town', kind: 'ogc-features', title: 'Karten', connection: ogcFeatures.connection.parse({ url }), limits: wish.limits },
      { folder: '/', call: call => calls.push(call), warn: () => {}, extent: [8.9, 47.4, 9.5, 47.9] },
    )
  return {
    connector: connect(server.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    held: async () => server.connections(),
    secrets: [server.host, 'collections', 'Content-Crs'],
    faults: faultyServices(connect, {
      path: '/ogc',
      type: 'application/json',
      beginning: '{"type":"FeatureColl',
      half: (request, response) => {
        const items = new URL(request.url ?? '', 'http://x').pathname.endsWith('/items')
        response.writeHead(200, { 'content-type': 'application/json' }).end(items ? half : '{"id":"trees","links":[],"conformsTo":[]}')
      },
      error: '{"code":"InternalError","description":"ORA-00942 bei GRUEN.V_BAUM, Spalte pruefer"}',
      refused: { status: 401, body: '{"title":"Unauthorized","status":401}' },
    }),
  }
}

const half = '{"type":"FeatureCollection","features":[{"type":"Feature","id":"1","geometry":null,"properties":{"baum_id":1,"baumart":"Win'
