/** Do Web Feature Services keep the promises of the contract? Against a real MapServer. */

import { wfs } from '../../src/connectors/wfs/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { type MapServer, noMapServer, startMapServer } from '../servers/mapserver.ts'
import { connectorContract, type Opened, type Wish } from './connector.ts'
import { faultyServices } from './faulty-service.ts'
import { datasetsOf, type Fit, type TownTable, tableNames, tableOf, townCrs } from './town.ts'

const fit: Fit = {
  kind: 'wfs',
  place: table => wfs.place.parse({ typeName: `ms:${table}` }),
  crs: townCrs,
  without: {
    'areas#3': 'MapServer leaves out features that have no geometry',
    'types.amount': 'a GeoPackage keeps decimals as doubles',
    'types#5': 'MapServer writes whole seconds',
    'types#6': 'MapServer writes whole seconds',
  },
  // A missing text and an empty one look alike in GML and in MapServer's GeoJSON.
  keeps: cell => (cell === '' ? null : cell),
}

const servers = new Map<string, Promise<MapServer>>()

/** One server for each town and each set of limits: connections are counted at the server. */
function serverOf({ town, limits }: Wish): Promise<MapServer> {
  const key = JSON.stringify([town.name, limits])
  const known = servers.get(key)
  if (known) return known
  const started = startMapServer({ tables: tableNames.map((name): TownTable => tableOf(town, name, { ...fit, keeps: cell => cell })) })
  servers.set(key, started)
  return started
}

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop()
})

if (noMapServer && process.env.CI === 'true') throw new Error(noMapServer)

if (noMapServer) test.skip(`the contract of WFS (${noMapServer})`, () => {})
else {
  for (const options of [
    { name: 'WFS 2.0, GML', version: '2.0.0', format: 'gml' },
    { name: 'WFS 2.0, GeoJSON', version: '2.0.0', format: 'geojson', outputFormat: 'geojson' },
    { name: 'WFS 1.1, GML', version: '1.1.0', format: 'gml' },
  ]) {
    const { name, ...connection } = options
    connectorContract(name, wish => open(wish, connection))
  }
}

async function open(wish: Wish, options: Record<string, string>): Promise<Opened> {
  const server = await serverOf(wish)
  const calls: SourceCall[] = []
  const connect = (url: string, limits = wish.limits) =>
    wfs.open(
      { id: 'town', kind: 'wfs', title: 'Karten', connection: wfs.connection.parse({ url, ...options }), limits },
      { folder: '/', call: call => calls.push(call), warn: () => {}, extent: [8.9, 47.4, 9.5, 47.9] },
    )
  return {
    connector: connect(server.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    held: async () => server.connections(),
    secrets: [server.host, 'ms:'],
    faults: faultyServices(connect, {
      path: '/wfs',
      type: 'text/xml',
      beginning: '<?xml version="1.0"?><wfs:FeatureColl',
      half: (request, response) => {
        const features = new URL(request.url ?? '', 'http://x').searchParams.get('REQUEST') === 'GetFeature'
        response.writeHead(200, { 'content-type': 'text/xml' }).end(features ? half : '<schema xmlns="http://www.w3.org/2001/XMLSchema"/>')
      },
      error: report,
    }),
  }
}

const half = `<?xml version="1.0"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:ms="http://mapserver.gis.umn.edu/mapserver">
  <wfs:member><ms:trees><ms:baum_id>1</ms:baum_id></ms:trees></wfs:member>
  <wfs:member><ms:trees><ms:bau`

const report = `<?xml version="1.0"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
  <ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>ORA-00942 bei GRUEN.V_BAUM</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>`
