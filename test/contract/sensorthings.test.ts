/** Do SensorThings services keep the promises of the contract? Against a server of our own that speaks as the standard says. */

import { sensorthings } from '../../src/connectors/sensorthings/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { startThings, type ThingsServer } from '../servers/things.ts'
import { columnFor, listOf, serviceOf } from '../servers/things-town.ts'
import { connectorContract, type Opened, type Wish } from './connector.ts'
import { faultyServices } from './faulty-service.ts'
import { datasetsOf, type Fit, tableNames, tableOf } from './town.ts'

const fit: Fit = {
  kind: 'sensorthings',
  place: table => sensorthings.place.parse({ entity: listOf[table] }),
  column: ({ column }, table) => columnFor(table, column),
  // The standard writes the times of observations as instants.
  zone: ({ column, zone }) => (column === 'zeitpunkt' ? undefined : zone),
}

const servers = new Map<string, Promise<ThingsServer>>()

/** One server for each town and each set of limits: connections are counted at the server. */
function serverOf({ town, limits }: Wish): Promise<ThingsServer> {
  const key = JSON.stringify([town.name, limits])
  const started = servers.get(key) ?? startThings(serviceOf(tableNames.map(name => tableOf(town, name, fit))))
  servers.set(key, started)
  return started
}

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop()
})

connectorContract('SensorThings', open)

async function open(wish: Wish): Promise<Opened> {
  const server = await serverOf(wish)
  const calls: SourceCall[] = []
  const connect = (url: string) =>
    sensorthings.open(
      { id: 'town', kind: 'sensorthings', title: 'Sensoren', connection: sensorthings.connection.parse({ url }), limits: wish.limits },
      { folder: '/', call: call => calls.push(call), warn: () => {} },
    )
  return {
    connector: connect(server.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    held: async () => server.connections(),
    secrets: [new URL(server.url).host, 'v1.1', 'Observations', '@iot'],
    faults: faultyServices(connect, {
      path: '/v1.1',
      type: 'application/json',
      beginning: '{"value":[{"@iot.id":1',
      half: '{"value":[{"@iot.id":1,"properties":{"baumart":"Lin',
      error: '{"code":500,"type":"error","message":"relation THINGS: column pruefer does not exist"}',
    }),
  }
}
