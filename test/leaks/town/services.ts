/** How does the leaky town get into map services, who listens to what they are asked, and how do they stop? */

import { once } from 'node:events'
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TownTable } from '../../contract/town.ts'
import { type BrokerEntity, startBroker } from '../../servers/broker.ts'
import { koopMissing, startKoop } from '../../servers/koop.ts'
import { noMapServer, startMapServer } from '../../servers/mapserver.ts'
import { startOgcServer } from '../../servers/ogc/index.ts'
import { type Service, startThings } from '../../servers/things.ts'
import { type Bench, bySide, sides } from './bench.ts'
import { type Side, tablesOf } from './tables.ts'

/** Both towns in one service, as layers of their own. */
const layers = sides.flatMap(side => tablesOf(side).map(table => ({ ...table, name: `${table.name}_${side}`, key: [table.key] })))
/** The helpers of the contract know its tables by name; ours have other names and the same form. */
const asTown = layers as readonly unknown[] as readonly TownTable[]

export const wfs: Bench = {
  kind: 'wfs',
  missing: noMapServer,
  async start() {
    const server = await startMapServer({ tables: asTown })
    const stop = oneTime(() => server.stop())
    return {
      files: bySide(side => ({
        source: `kind: wfs\nconnection: { url: "${server.url}" }`,
        place: table => `typeName: "ms:${table}_${side}"`,
        crs: ', crs: "EPSG:25832"',
      })),
      asked: server.asked,
      whereabouts: [server.host, 'ms:', 'hund_a', 'hund_b', 'MapServer'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

/** Filters, orders and sends everything that anybody asks for. */
export const ogc: Bench = {
  kind: 'ogc-features',
  missing: undefined,
  async start() {
    const server = await startOgcServer({ tables: asTown })
    const stop = oneTime(() => server.stop())
    return {
      files: bySide(side => ({
        source: `kind: ogc-features\nconnection: { url: "${server.url}" }`,
        place: table => `collection: ${table}_${side}`,
        crs: '',
      })),
      asked: server.asked,
      whereabouts: [server.host, 'collections', 'hund_a', 'hund_b', 'numberMatched'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

export const arcgis: Bench = {
  kind: 'arcgis',
  missing: await koopMissing(),
  async start() {
    const server = await startKoop(asTown)
    const witness = await listenTo(server.url)
    const stop = oneTime(async () => {
      await witness.close()
      await server.close()
    })
    return {
      files: bySide(side => ({
        source: `kind: arcgis\nconnection: { url: "${witness.url}" }`,
        place: table => `layer: ${layers.findIndex(({ name }) => name === `${table}_${side}`)}`,
        crs: '',
      })),
      asked: witness.asked,
      whereabouts: [new URL(witness.url).host, 'FeatureServer', 'OBJECTID'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

/** The list that a table becomes, and what it hangs together with. */
const lists: Readonly<Record<string, string>> = {
  hund: 'Things',
  halter: 'Locations',
  bussgeld: 'Datastreams',
  beschwerde: 'Sensors',
  impfung: 'ObservedProperties',
}

/** Numbers and places have a home in the standard; everything else is a member of `properties`, beside all that is closed. */
function inThings(table: string, column: string): string {
  if (column === 'lage') return 'Locations/0/location'
  if (column === 'wohnort') return 'location'
  // Gone, in a way that can be told: a member that `properties` lacks is a missing value.
  if (column === 'fundort_intern') return column
  return ['hund_id', 'bussgeld_id'].includes(column) && column.startsWith(table) ? '@iot.id' : `properties/${column}`
}

export const sensorthings: Bench = {
  kind: 'sensorthings',
  missing: undefined,
  async start() {
    const asked: string[] = []
    const servers = {
      a: await startThings(thingsOf('a'), {}, asked),
      b: await startThings(thingsOf('b'), {}, asked),
    }
    const stop = oneTime(async () => {
      for (const side of sides) await servers[side].stop()
    })
    return {
      files: bySide(side => ({
        source: `kind: sensorthings\nconnection: { url: "${servers[side].url}" }`,
        place: table => `entity: ${lists[table]}`,
        column: inThings,
        crs: '',
      })),
      asked,
      whereabouts: [...sides.map(side => new URL(servers[side].url).host), '@iot', 'ObservedProperties'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

/** Both towns in one broker, as types of their own. Attributes have the names of the columns. */
export const ngsi: Bench = {
  kind: 'ngsi',
  missing: undefined,
  async start() {
    const broker = await startBroker(layers.flatMap(entitiesOf))
    const stop = oneTime(() => broker.stop())
    return {
      files: bySide(side => ({
        source: `kind: ngsi\nconnection: { url: "${broker.url}" }`,
        place: table => `type: ${table}_${side}`,
        crs: '',
      })),
      asked: broker.asked,
      whereabouts: [new URL(broker.url).host, 'ngsi-ld', 'hund_a', 'hund_b'],
      ruin: stop,
      tidyUp: stop,
    }
  },
}

function entitiesOf({ name, columns, rows }: (typeof layers)[number]): BrokerEntity[] {
  return rows.map((row, at) => {
    const attributes = columns.flatMap(({ column, type }, place) => {
      const cell = row[place]!
      if (cell === null) return []
      return [[column, { type: type === 'point' ? 'GeoProperty' : 'Property', value: type === 'decimal' ? Number(cell) : cell }] as const]
    })
    return { id: `urn:ngsi-ld:${name}:${at + 1}`, type: name, attributes: Object.fromEntries(attributes) }
  })
}

function thingsOf(side: Side): Service {
  const tables = tablesOf(side).map(({ name, columns, rows }) => {
    const entities = rows.map((row, at) => {
      const entity: Record<string, unknown> = { '@iot.id': at + 1, name: `${name} ${at + 1}`, properties: {} }
      for (const [place, { column, type }] of columns.entries()) {
        const cell = row[place]!
        put(entity, inThings(name, column), type === 'decimal' ? Number(cell) : cell)
      }
      return entity
    })
    return [lists[name]!, entities] as const
  })
  return Object.fromEntries(tables)
}

function put(entity: Record<string, unknown>, path: string, value: unknown): void {
  const [name = '', member, ...rest] = path.split('/')
  if (member === undefined) entity[name] = value
  else if (rest.length > 0) entity[name] = [{ '@iot.id': entity['@iot.id'], [rest[0]!]: value }]
  else (entity[name] as Record<string, unknown>)[member] = value
}

/** Stands in the way to a service and writes down what it is asked. */
async function listenTo(url: string) {
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = []
    incoming.on('data', piece => pieces.push(piece))
    incoming.on('end', () => {
      const body = Buffer.concat(pieces)
      asked.push(decodeURIComponent(`${incoming.url} ${body}`.replaceAll('+', ' ')))
      const { method = 'GET', headers } = incoming
      const outgoing = forward(new URL(incoming.url ?? '/', url), { method, headers }, answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      outgoing.on('error', () => response.destroy())
      outgoing.end(body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${new URL(url).pathname}`,
    asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function oneTime(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
