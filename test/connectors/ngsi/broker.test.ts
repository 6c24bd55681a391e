/** What is a context broker asked, what do its answers mean, and what happens with brokers that do less than their language says? */

import { ngsi } from '../../../src/connectors/ngsi/index.ts'
import type { AggregateRequest, Column, RowsRequest } from '../../../src/model/index.ts'
import type { BrokerQuirks } from '../../servers/broker.ts'
import { startReplay } from '../../servers/replay.ts'
import { ask, calmLimits } from '../../support/ask.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { car, type Lab, openLab, parking } from './lab.ts'

const id = engine('id')
const name = open('name', 'text')
const free = open('free', 'int')
const seen = open('seen', 'datetime', { column: 'free/@observedAt' })
const street = open('street', 'text', { column: 'address/streetAddress' })
const place = open('place', 'point', { column: 'location' })
const district = open('district', 'text')
const byId: Partial<RowsRequest> = { orderBy: [{ column: id, direction: 'asc', nulls: 'last' }] }

let lab: Lab
afterEach(() => lab.close())

const rows = async (columns: readonly Column[], more: Partial<RowsRequest> = {}) =>
  (await ask(lab.connector, car, columns, { ...byId, ...more })).rows

/** Asks twice, so that canaries are out of the way, and gives what was asked the second time. */
async function settled(columns: readonly Column[], more: Partial<RowsRequest> = {}): Promise<readonly string[]> {
  await rows(columns, more)
  const before = lab.broker.asked.length
  await rows(columns, more)
  return lab.broker.asked.slice(before)
}

test('only the attributes are asked for that fields name, and members of objects are served alone', async () => {
  lab = await openLab()
  expect(await rows([street, free, district], { limit: 2 })).toEqual([
    ['Seestraße 1', 10, 'urn:ngsi-ld:District:1'],
    ['Seestraße 2', 20, 'urn:ngsi-ld:District:0'],
  ])
  const [whole] = await rows([open('address', 'text')])
  expect(whole).toEqual([null])
})

test('what is said about a value is asked for only by those who want it', async () => {
  lab = await openLab()
  const plain = await settled([name, free])
  expect(plain).toEqual([
    '/ngsi-ld/v1/entities?type=OffStreetParking&attrs=name,free&options=keyValues&count=true&limit=1000',
    '/ngsi-ld/v1/entities?type=OffStreetParking&options=keyValues&count=true&limit=0',
  ])
  expect(await rows([seen, name], { limit: 3 })).toEqual([
    ['2026-01-01T08:00:00Z', null],
    ['2026-01-01T08:00:00Z', null],
    [null, 'Döbele'],
  ])
  expect(lab.broker.asked.at(-2)).toBe('/ngsi-ld/v1/entities?type=OffStreetParking&attrs=free,name&count=true&limit=1000')
})

test('an entity that has none of the attributes is a row all the same, and nothing else of it leaves', async () => {
  lab = await openLab()
  const { rows: found } = await ask(lab.connector, car, [free], byId)
  expect(found).toEqual([[10], [20], [null], [40], [50]])
  const answer = JSON.stringify(await ask(lab.connector, car, [name, street], byId))
  expect(answer).toContain('Döbele')
  expect(answer).not.toContain('GEHEIM')
})

test.each([
  ['ld', 'q=free>=15;free<=45', 'coordinates=[[[', 'q=district=="urn:ngsi-ld:District:1"'],
  ['v2', 'q=free>=15;free<=45', 'coords=47.65', "q=district=='urn:ngsi-ld:District:1'"],
])('conditions are asked in the words of %s', async (version, range, area, text) => {
  lab = await openLab({}, { version })
  const where = {
    op: 'and',
    of: [
      { op: 'gte', column: free, value: 15 },
      { op: 'lte', column: free, value: 45 },
    ],
  } as const
  expect((await settled([free], { where }))[0]).toContain(range)
  expect(await rows([free], { where })).toEqual([[20], [40]])
  const box = { op: 'bbox', column: place, box: [9.175, 47.65, 9.195, 47.67] } as const
  expect((await settled([free], { where: box }))[0]).toContain(area)
  expect(await rows([free], { where: box })).toEqual([[10], [20]])
  const equal = { op: 'eq', column: district, value: 'urn:ngsi-ld:District:1' } as const
  expect((await settled([free], { where: equal }))[0]).toContain(text)
  expect(await rows([free], { where: equal })).toEqual([[10], [50]])
})

test('entities are found by their ids at once', async () => {
  lab = await openLab()
  const keys = [1, 4, 99].map(number => [`urn:ngsi-ld:OffStreetParking:${number}`])
  const request = { kind: 'keyed', dataset: car, columns: [id, free], match: [id], keys, orderBy: byId.orderBy!, perKey: 1 } as const
  await lab.connector.read(request, patient())
  const before = lab.broker.asked.length
  expect((await lab.connector.read(request, patient())).rows).toEqual([
    ['urn:ngsi-ld:OffStreetParking:1', 10],
    ['urn:ngsi-ld:OffStreetParking:4', 40],
  ])
  expect(lab.broker.asked.slice(before)).toHaveLength(2)
  expect(lab.broker.asked.at(-1)).toContain('id=urn:ngsi-ld:OffStreetParking:1,urn:ngsi-ld:OffStreetParking:4')
})

test('a text that means something in the language of queries is never sent', async () => {
  lab = await openLab()
  for (const value of ['Döbele"|free>0', "x';free>0", 'a;b', 'Döbele)']) {
    expect(await rows([name], { where: { op: 'eq', column: name, value } })).toEqual([])
  }
  expect(lab.broker.asked.filter(question => /free>0|a;b|Döbele\)/.test(question))).toEqual([])
})

const count: AggregateRequest = { kind: 'aggregate', dataset: car, groupBy: [], measures: [{ function: 'count' }], limit: 1 }

const liars: readonly (readonly [string, BrokerQuirks])[] = [
  ['gives a hundred at a time and refuses more', { most: 100 }],
  ['ignores queries', { ignores: ['q'] }],
  ['ignores places', { ignores: ['georel'] }],
  ['ignores ids', { ignores: ['id'] }],
  ['sends all attributes', { ignores: ['attrs'] }],
  ['sends normalized entities when values are asked for', { ignores: ['keyValues'] }],
  ['does not say how many there are', { countsNothing: true }],
  ['refuses to count alone', { refusesZero: true }],
]

test.each(liars.flatMap(([what, quirks]) => (['ld', 'v2'] as const).map(version => [version, what, quirks] as const)))(
  'a broker of %s that %s is answered for rightly',
  async (version, _what, quirks) => {
    lab = await openLab(quirks, { version }, parking(130))
    const where = {
      op: 'and',
      of: [
        { op: 'gt', column: free, value: 1200 },
        { op: 'eq', column: district, value: 'urn:ngsi-ld:District:1' },
      ],
    } as const
    expect(await rows([free], { where })).toEqual([[1210], [1230], [1250], [1270], [1290]])
    const box = { op: 'bbox', column: place, box: [9.175, 47.65, 9.195, 47.67] } as const
    expect(await rows([free], { where: box })).toEqual([[10], [20]])
    expect(await rows([id], { where: { op: 'eq', column: id, value: 'urn:ngsi-ld:OffStreetParking:7' } })).toEqual([
      ['urn:ngsi-ld:OffStreetParking:7'],
    ])
    expect((await lab.connector.read(count, patient())).rows).toEqual([[130]])
    expect((await lab.connector.read({ ...count, where }, patient())).rows).toEqual([[5]])
  },
)

test.each([
  [
    'ld',
    {
      'ngsild-tenant': 'stadt',
      link: '<https://stadt.example/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"',
    },
  ],
  ['v2', { 'fiware-service': 'stadt', 'fiware-servicepath': '/parken' }],
])('tenant and context travel in headers: %s', async (version, headers) => {
  const more = version === 'ld' ? { context: 'https://stadt.example/context.jsonld' } : { servicePath: '/parken' }
  lab = await openLab({}, { version, tenant: 'stadt', token: 'geheim-1', tokenHeader: 'X-Auth-Token', ...more })
  await rows([name])
  expect(lab.broker.headers()).toMatchObject({ ...headers, 'x-auth-token': 'geheim-1' })
  expect(JSON.stringify([lab.calls, lab.broker.asked])).not.toContain('geheim-1')
})

test('values are understood in every form that brokers write them in', async () => {
  lab = await openLab()
  const forms = [
    {
      id: 'urn:1',
      type: 'T',
      temperature: { type: 'Property', value: 7.5, observedAt: '2026-01-01T00:00:00Z', unitCode: 'CEL' },
      at: { type: 'Property', value: { '@type': 'DateTime', '@value': '2026-01-01T00:00:00Z' } },
      place: { type: 'GeoProperty', value: { type: 'Point', coordinates: [9.1, 47.6] } },
      of: { type: 'Relationship', object: 'urn:s:1' },
      label: { type: 'LanguageProperty', languageMap: { de: 'Luft', en: 'air' } },
    },
    {
      id: 'urn:2',
      type: 'T',
      temperature: { value: 7.5, observedAt: '2026-01-01T00:00:00Z', unitCode: 'CEL' },
      at: { value: '2026-01-01T00:00:00Z' },
      place: { type: 'Point', coordinates: [9.1, 47.6] },
      of: { object: 'urn:s:1' },
      label: { languageMap: { de: 'Luft' } },
    },
    {
      id: 'urn:3',
      type: 'T',
      temperature: {
        type: 'Number',
        value: 7.5,
        metadata: { observedAt: { type: 'DateTime', value: '2026-01-01T00:00:00Z' }, unitCode: { type: 'Text', value: 'CEL' } },
      },
      at: { type: 'DateTime', value: '2026-01-01T00:00:00.00Z', metadata: {} },
      place: { type: 'geo:point', value: '47.6, 9.1', metadata: {} },
      of: { type: 'Relationship', value: 'urn:s:1', metadata: {} },
      label: { type: 'StructuredValue', value: { languageMap: { de: 'Luft' } }, metadata: {} },
    },
    {
      id: 'urn:4',
      type: 'T',
      temperature: [
        { type: 'Property', value: 9, datasetId: 'urn:d:2' },
        { type: 'Property', value: 7.5, observedAt: '2026-01-01T00:00:00Z', unitCode: 'CEL' },
      ],
      at: '2026-01-01T00:00:00Z',
      place: { type: 'Point', coordinates: [9.1, 47.6] },
      of: 'urn:s:1',
      label: { languageMap: { de: 'Luft' } },
    },
  ]
  const server = await startReplay(() => ({ body: JSON.stringify(forms), type: 'application/json' }))
  const connector = ngsi.open(
    {
      id: 'daten',
      kind: 'ngsi',
      title: 'Daten',
      connection: ngsi.connection.parse({ url: server.url.replace('/wfs', '') }),
      limits: calmLimits,
    },
    { folder: '/', call: () => {}, warn: () => {} },
  )
  const columns = [
    open('temperature', 'decimal'),
    open('seen', 'datetime', { column: 'temperature/@observedAt' }),
    open('unit', 'text', { column: 'temperature/@unitCode' }),
    open('at', 'datetime'),
    open('place', 'point'),
    open('of', 'text'),
  ]
  const { rows: found } = await connector.read({ kind: 'rows', dataset: car, columns, orderBy: [], limit: 4 }, patient())
  const expected = ['7.5', '2026-01-01T00:00:00Z', 'CEL', '2026-01-01T00:00:00Z', { type: 'Point', coordinates: [9.1, 47.6] }, 'urn:s:1']
  expect(found).toEqual([expected, expected, expected, expected])
  await connector.close()
  await server.stop()
})
