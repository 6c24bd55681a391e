/** What does a context broker tell those who write dataset files? */

import { ngsi } from '../../../src/connectors/ngsi/index.ts'
import { startBroker } from '../../servers/broker.ts'
import { calmLimits } from '../../support/ask.ts'
import { patient } from '../../support/waiting.ts'
import { parking } from './lab.ts'

describe.each(['ld', 'v2'] as const)('in the words of %s', version => {
  const start = async () => {
    const broker = await startBroker(parking())
    const introspector = ngsi.introspect!(
      { id: 'daten', kind: 'ngsi', title: 'Daten', connection: ngsi.connection.parse({ url: broker.url, version }), limits: calmLimits },
      { folder: '/', call: () => {}, warn: () => {} },
    )
    return { broker, introspector }
  }

  test('types, attributes, members, units and times of observation are found', async () => {
    const { broker, introspector } = await start()
    expect(await introspector.list(patient())).toEqual([
      { name: 'OffStreetParking', what: 'entity', place: { type: 'OffStreetParking' }, rows: 5 },
      { name: 'Streetlight', what: 'entity', place: { type: 'Streetlight' }, rows: 1 },
    ])
    const { key, columns } = await introspector.describe({ type: 'OffStreetParking' }, patient())
    expect(key).toEqual(['id'])
    expect(columns.map(({ column, type }) => `${column}: ${type}`).sort()).toEqual(
      [
        'id: text',
        'free: int',
        'free/@observedAt: datetime',
        'free/@unitCode: text',
        'address/type: text',
        'address/streetAddress: text',
        'address/owner: text',
        'location: point',
        'district: text',
        'intern: text',
        'name: text',
      ].sort(),
    )
    expect(columns).toContainEqual({ column: 'free', stored: 'JSON number', type: 'int', unit: 'C62' })
    expect(await introspector.sample({ type: 'OffStreetParking' }, ['free', 'address/owner'], 1, patient())).toEqual([['10', 'GEHEIM']])
    expect(broker.asked.at(-1)).toContain('attrs=free,address')
    await introspector.close()
    await broker.stop()
  })

  test('a type that is not there is named to the operator', async () => {
    const { broker, introspector } = await start()
    await expect(introspector.describe({ type: 'Tree' }, patient())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
    await introspector.close()
    await broker.stop()
  })
})

test.each([
  ['https://b.example/ngsi-ld/v1/entities?type=Tree', { url: 'https://b.example', version: 'ld' }, { type: 'Tree' }],
  ['https://b.example/orion/v2/entities', { url: 'https://b.example/orion', version: 'v2' }, undefined],
])('the address %s is recognised', (pasted, connection, place) => {
  expect(ngsi.recognise?.(pasted)).toEqual({ kind: 'ngsi', connection, ...(place && { place }) })
})

test.each(['https://b.example/v2/users', 'https://b.example/', 'Tree'])('%s may be anything', pasted => {
  expect(ngsi.recognise?.(pasted)).toBeUndefined()
})
