/** How do tests ask a context broker through the connector? */

import { ngsi } from '../../../src/connectors/ngsi/index.ts'
import type { Connector, Dataset, SourceCall } from '../../../src/model/index.ts'
import { type BrokerEntity, type BrokerQuirks, startBroker, type TestBroker } from '../../servers/broker.ts'
import { calmLimits, datasetAt } from '../../support/ask.ts'
import { engine } from '../../support/columns.ts'

export interface Lab {
  readonly broker: TestBroker
  readonly connector: Connector
  readonly calls: readonly SourceCall[]
  close(): Promise<void>
}

export async function openLab(quirks: BrokerQuirks = {}, more: Readonly<Record<string, string>> = {}, entities = parking()): Promise<Lab> {
  const broker = await startBroker(entities, quirks)
  const calls: SourceCall[] = []
  const connection = ngsi.connection.parse({ url: `${broker.url}/ngsi-ld/v1/entities?type=x`, ...more })
  const connector = ngsi.open(
    { id: 'daten', kind: 'ngsi', title: 'Datenplattform', connection, limits: calmLimits },
    { folder: '/', call: call => calls.push(call), warn: () => {} },
  )
  return {
    broker,
    connector,
    calls,
    async close() {
      await connector.close()
      await broker.stop()
    },
  }
}

export const car: Dataset = { ...datasetAt('ngsi', { type: 'OffStreetParking' }), key: [engine('id')] }

/** Car parks: the third tells nothing but its name, the others have no name but numbers. */
export function parking(count = 5): BrokerEntity[] {
  const others = Array.from({ length: count }, (_, at): BrokerEntity => {
    const number = at + 1
    return {
      id: `urn:ngsi-ld:OffStreetParking:${number}`,
      type: 'OffStreetParking',
      attributes:
        number === 3
          ? { name: { type: 'Property', value: 'Döbele' }, intern: { type: 'Property', value: 'GEHEIM-3' } }
          : {
              free: { type: 'Property', value: number * 10, metadata: { observedAt: '2026-01-01T08:00:00Z', unitCode: 'C62' } },
              address: { type: 'Property', value: { type: 'PostalAddress', streetAddress: `Seestraße ${number}`, owner: 'GEHEIM' } },
              location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [9.17 + number / 100, 47.66] } },
              district: { type: 'Relationship', value: `urn:ngsi-ld:District:${number % 2}` },
              intern: { type: 'Property', value: `GEHEIM-${number}` },
            },
    }
  })
  return [...others, { id: 'urn:ngsi-ld:Streetlight:1', type: 'Streetlight', attributes: { power: { type: 'Property', value: 40 } } }]
}
