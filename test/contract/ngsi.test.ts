/** Do context brokers keep the promises of the contract? Against a broker of our own, in both of their languages. */

import { ngsi } from '../../src/connectors/ngsi/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { type Attribute, type BrokerEntity, startBroker, type TestBroker } from '../servers/broker.ts'
import { Exact } from '../servers/things-filter.ts'
import { connectorContract, type Opened, type Wish } from './connector.ts'
import { faultyServices } from './faulty-service.ts'
import { datasetsOf, type Fit, stored, type TownTable, tableNames, tableOf } from './town.ts'

const fit: Fit = {
  kind: 'ngsi',
  place: table => ngsi.place.parse({ type: table }),
  // An empty text counts as missing, as with every service of features.
  keeps: cell => (cell === '' ? null : cell),
}

const servers = new Map<string, Promise<TestBroker>>()

/** One broker for each town, set of limits and language: connections are counted at the broker. */
function serverOf({ town, limits }: Wish, version: string): Promise<TestBroker> {
  const key = JSON.stringify([town.name, limits, version])
  const started =
    servers.get(key) ?? startBroker(tableNames.flatMap(name => entitiesOf(tableOf(town, name, { ...fit, keeps: cell => cell }))))
  servers.set(key, started)
  return started
}

function entitiesOf({ name, columns, rows }: TownTable): BrokerEntity[] {
  return rows.map((row, at) => {
    const attributes = columns.flatMap(({ column, type, zone }, place): [string, Attribute][] => {
      const cell = row[place]!
      if (cell === null) return []
      if (typeof cell === 'object') return [[column, { type: 'GeoProperty', value: cell }]]
      const text = stored(cell, { column, type, ...(zone && { zone }) })!
      if (['int', 'bigint', 'decimal', 'float'].includes(type)) return [[column, { type: 'Property', value: new Exact(text) }]]
      if (type === 'datetime' && !zone) return [[column, { type: 'DateTime', value: { '@type': 'DateTime', '@value': text } }]]
      return [[column, { type: 'Property', value: type === 'boolean' ? cell : text }]]
    })
    return { id: `urn:ngsi-ld:${name}:${at + 1}`, type: name, attributes: Object.fromEntries(attributes) }
  })
}

afterAll(async () => {
  for (const server of servers.values()) await (await server).stop()
})

connectorContract('NGSI-LD', wish => open(wish, 'ld'))
connectorContract('NGSIv2', wish => open(wish, 'v2'))

async function open(wish: Wish, version: 'ld' | 'v2'): Promise<Opened> {
  const server = await serverOf(wish, version)
  const calls: SourceCall[] = []
  const connect = (url: string) =>
    ngsi.open(
      { id: 'town', kind: 'ngsi', title: 'Datenplattform', connection: ngsi.connection.parse({ url, version }), limits: wish.limits },
      { folder: '/', call: call => calls.push(call), warn: () => {} },
    )
  return {
    connector: connect(server.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    held: async () => server.connections(),
    secrets: [new URL(server.url).host, 'ngsi-ld', 'entities'],
    faults: faultyServices(connect, {
      path: '',
      type: 'application/json',
      beginning: '[{"id":"urn:x"',
      half: '[{"id":"urn:x","type":"trees","baumart":"Lin',
      error: '{"error":"InternalError","description":"attribute pruefer of baum_id"}',
    }),
  }
}
