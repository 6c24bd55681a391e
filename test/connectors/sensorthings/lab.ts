/** How do tests ask a SensorThings service through the connector? */

import { sensorthings } from '../../../src/connectors/sensorthings/index.ts'
import type { Connector, Dataset, SourceCall, SourceRequest } from '../../../src/model/index.ts'
import { type Entity, type Quirks, type Service, startThings, type ThingsServer } from '../../servers/things.ts'
import { calmLimits, datasetAt } from '../../support/ask.ts'
import { patient } from '../../support/waiting.ts'

export interface Lab {
  readonly server: ThingsServer
  readonly connector: Connector
  readonly calls: readonly SourceCall[]
  readonly warnings: readonly string[]
  /** The rows of an answer. */
  read(request: SourceRequest): Promise<readonly (readonly unknown[])[]>
  /** What was asked meanwhile, canaries included. */
  questions(work: () => Promise<unknown>): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openLab(service: Service, quirks: Quirks = {}, more: Readonly<Record<string, string>> = {}): Promise<Lab> {
  const server = await startThings(service, quirks)
  const [calls, warnings]: [SourceCall[], string[]] = [[], []]
  const connector = sensorthings.open(
    {
      id: 'sensoren',
      kind: 'sensorthings',
      title: 'Sensoren',
      connection: sensorthings.connection.parse({ url: server.url, ...more }),
      limits: calmLimits,
    },
    { folder: '/', call: call => calls.push(call), warn: message => warnings.push(message) },
  )
  return {
    server,
    connector,
    calls,
    warnings,
    read: async request => (await connector.read(request, patient())).rows,
    async questions(work) {
      const before = server.asked.length
      await work()
      return server.asked.slice(before)
    },
    async close() {
      await connector.close()
      await server.stop()
    },
  }
}

export function datasetOf(entity: string): Dataset {
  return datasetAt('sensorthings', { entity })
}

/** Two stations with four datastreams; each measures every ten minutes, the fourth never has. */
export function stadtklima(observations = 40): Service {
  const things: Record<string, unknown>[] = [1, 2].map(id => ({
    '@iot.id': id,
    name: `Station ${id}`,
    description: 'Wetterstation',
    properties: { hersteller: id === 1 ? 'Ötztal & Söhne' : "O'Neill", seriennummer: `GEHEIM-${id}` },
    Locations: [
      {
        '@iot.id': id,
        name: `Platz ${id}`,
        encodingType: 'application/geo+json',
        location: { type: 'Feature', geometry: { type: 'Point', coordinates: [9.17 + id / 100, 47.66] } },
      },
    ],
    Datastreams: [],
  }))
  const all: Entity[] = []
  const streams = [1, 2, 3, 4].map(id => {
    const Thing = things[id % 2]!
    const stream: Record<string, unknown> = {
      '@iot.id': id,
      name: `Reihe ${id}`,
      description: '',
      unitOfMeasurement: { name: 'Grad Celsius', symbol: '°C', definition: 'ucum:Cel' },
      observedArea: null,
      phenomenonTime: '2026-01-01T00:00:00Z/2026-01-01T06:40:00Z',
      Thing,
      Observations: [],
    }
    ;(Thing.Datastreams as Entity[]).push(stream)
    // Numbered backwards: the newest has the lowest number.
    for (let at = 0; at < (id === 4 ? 0 : observations); at++) {
      const observation = {
        '@iot.id': id * 1000 + observations - at,
        phenomenonTime: new Date(Date.UTC(2026, 0, 1) + at * 600_000).toISOString().replace('.000', ''),
        resultTime: null,
        result: at + id / 10,
        parameters: { personal: 'GEHEIM' },
        Datastream: stream,
      }
      ;(stream.Observations as Entity[]).push(observation)
      all.push(observation)
    }
    return stream
  })
  return { Things: things, Locations: things.flatMap(({ Locations }) => Locations as Entity[]), Datastreams: streams, Observations: all }
}
