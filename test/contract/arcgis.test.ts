import { arcgis } from '../../src/connectors/arcgis/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { type KoopServer, koopMissing, startKoop } from '../servers/koop.ts'
import { connectorContract, type Opened, type Wish } from './connector.ts'
import { faultyServices } from './faulty-service.ts'
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
  return {
    connector: connect(url),
    datasets: datasetsOf(town, fit),
    calls,
    close: async () => {},
    faults: faultyServices(connect, {
      path: '/arcgis/rest/services/Gruen/FeatureServer',
      type: 'application/json',
      beginning: '{"fields":[',
      half: '{"id":0,"fields":[{"name":"baum_id","type":"esri',
      error: '{"error":{"code":500,"message":"alasql.fn.pruefer is not a function","details":[]}}',
      refused: { status: 200, body: '{"error":{"code":499,"message":"Token Required","details":[]}}' },
    }),
    secrets: [url, new URL(url).port, 'FeatureServer', 'OBJECTID'],
  }
}
