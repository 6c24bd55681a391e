/** Do ArcGIS services keep the promises of the contract? Against Koop, which speaks like one, and a service that misbehaves. */

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { arcgis } from '../../src/connectors/arcgis/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { type KoopServer, koopMissing, startKoop } from '../servers/koop.ts'
import { connectorContract, type Faulty, type Opened, type Wish } from './connector.ts'
import { datasetsOf, type Fit, type Town, tableNames, tableOf } from './town.ts'

const fit: Fit = {
  kind: 'arcgis',
  place: table => arcgis.place.parse({ layer: tableNames.indexOf(table) }),
  without: {
    'trees.big': 'JSON numbers of ArcGIS services end at 53 bits',
    'types.serial': 'JSON numbers of ArcGIS services end at 53 bits',
    'types.amount': 'numbers of ArcGIS services are floats',
    'types#6': 'dates of ArcGIS services end at milliseconds',
  },
}

const missing = await koopMissing()
const servers = new Map<Town, Promise<KoopServer>>()

if (missing === undefined) connectorContract('ArcGIS (Koop)', open)
else test.skip(`the contract of connectors: ArcGIS (${missing})`, () => {})

afterAll(async () => {
  for (const server of servers.values()) await (await server).close()
}, 30_000)

async function open({ town, limits }: Wish): Promise<Opened> {
  const known = servers.get(town) ?? startKoop(tableNames.map(name => tableOf(town, name, fit)))
  servers.set(town, known)
  const { url } = await known
  const calls: SourceCall[] = []
  const connect = (at: string) =>
    arcgis.open(
      { id: 'town', kind: 'arcgis', title: 'GIS', connection: arcgis.connection.parse({ url: at }), limits },
      { folder: '/', call: call => calls.push(call), warn: () => {} },
    )
  const bad = (listener: RequestListener) => async (): Promise<Faulty> => {
    const server = await listening(createServer(listener))
    return { connector: connect(addressOf(server)), close: () => stopped(server) }
  }
  const sends = (status: number, type: string, body: string) =>
    bad((_, response) => response.writeHead(status, { 'content-type': type }).end(body))
  return {
    connector: connect(url),
    datasets: datasetsOf(town, fit),
    calls,
    close: async () => {},
    faults: {
      refuse: async () => {
        const server = await listening(createServer())
        const at = addressOf(server)
        await stopped(server)
        return { connector: connect(at), close: async () => {} }
      },
      drop: bad((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 5000 })
        response.write('{"fields":[')
        setTimeout(() => response.destroy(), 20)
      }),
      login: sends(200, 'application/json', '{"error":{"code":499,"message":"Token Required","details":[]}}'),
      garbage: bad((_, response) => response.end(Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 197 + 128) % 256)))),
      html: sends(200, 'text/html', '<!DOCTYPE html><html><body>Wartungsarbeiten an baum_id</body></html>'),
      truncated: sends(200, 'application/json', '{"id":0,"fields":[{"name":"baum_id","type":"esri'),
      errorWith200: sends(200, 'application/json', '{"error":{"code":500,"message":"alasql.fn.pruefer is not a function","details":[]}}'),
      redirect: bad((_, response) => response.writeHead(302, { location: 'http://gibt-es-nicht.example/' }).end()),
      silent: bad(() => {}),
    },
    secrets: [url, new URL(url).port, 'FeatureServer', 'OBJECTID'],
  }
}

async function listening(server: Server): Promise<Server> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/arcgis/rest/services/Gruen/FeatureServer`
}

async function stopped(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
}
