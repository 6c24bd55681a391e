/** Do SensorThings services keep the promises of the contract? Against a server of our own that speaks as the standard says. */

import { once } from 'node:events'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sensorthings } from '../../src/connectors/sensorthings/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { startThings, type ThingsServer } from '../servers/things.ts'
import { columnFor, listOf, serviceOf } from '../servers/things-town.ts'
import { connectorContract, type Faulty, type Opened, type Wish } from './connector.ts'
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
  const bad = (listener: http.RequestListener) => async (): Promise<Faulty> => {
    const faulty = http.createServer(listener).listen(0, '127.0.0.1')
    await once(faulty, 'listening')
    return {
      connector: connect(`http://127.0.0.1:${(faulty.address() as AddressInfo).port}/v1.1`),
      close: async () => {
        faulty.closeAllConnections()
        faulty.close()
      },
    }
  }
  const says = (body: string | Buffer, status = 200, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    bad((_, response) => response.writeHead(status, headers).end(body))
  return {
    connector: connect(server.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    // The server hears of a closed connection a moment later.
    held: async () => {
      await sleep(50)
      return server.connections()
    },
    secrets: [new URL(server.url).host, 'v1.1', 'Observations', '@iot'],
    faults: {
      refuse: async () => {
        const empty = http.createServer().listen(0, '127.0.0.1')
        await once(empty, 'listening')
        const { port } = empty.address() as AddressInfo
        empty.close()
        await once(empty, 'close')
        return { connector: connect(`http://127.0.0.1:${port}/v1.1`), close: async () => {} }
      },
      drop: bad((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"value":[{"@iot.id":1')
        setTimeout(() => response.destroy(), 5)
      }),
      login: says('', 401),
      garbage: says(Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 197 + 128) % 256))),
      html: says('<!DOCTYPE html>\n<html><body>Wartungsarbeiten</body></html>', 200, { 'content-type': 'text/html' }),
      truncated: says('{"value":[{"@iot.id":1,"properties":{"baumart":"Lin'),
      errorWith200: says('{"code":500,"type":"error","message":"relation THINGS: column pruefer does not exist"}'),
      redirect: says('', 302, { location: 'http://localhost:9/v1.1/Things' }),
      silent: bad(() => {}),
    },
  }
}
