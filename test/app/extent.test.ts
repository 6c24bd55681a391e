/** What becomes of places that lie far outside the city: by a whole gateway over files, as an operator and a caller see it. */

import { approveAll, type City, startCity, writeFolder } from '../support/city.ts'

const baenke = `nr;lon;lat;x;y
1;9.1750;47.6600;513130;5278700
2;9.1800;47.6700;513500;5279800
3;0;0;0;0
4;9.4500;47.7000;533760;5283200
`
const vertauscht = `nr;lon;lat;x;y
1;47.6600;9.1750;513130;5278700
2;47.6700;9.1800;513500;5279800
`

const dataset = (id: string, point: string, crs: string) => `id: ${id}
title: Bänke
owner: { department: Tiefbauamt }
licence: dl-de/by-2-0
names: { type: ${id[0]!.toUpperCase()}${id.slice(1)}, one: ${id}Eine, many: ${id} }
source: { use: dateien, path: ${id.startsWith('vertauscht') ? 'vertauscht' : 'baenke'}.csv, point: ${point} }
key: [nr]
fields:
  nummer: { column: nr, type: int, title: Nummer, use: [read, sort] }
  lage: { column: geometry, type: point, title: Lage, crs: "${crs}" }
`

async function start(city: string): Promise<City> {
  const folder = await writeFolder({
    'gateway.yml': `city: { name: teststadt, title: Teststadt, operator: Teststadt${city} }\nsecret: 0123456789abcdef0123456789abcdef\n`,
    'sources/dateien.yml': 'id: dateien\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'baenke.csv': baenke,
    'vertauscht.csv': vertauscht,
    'datasets/amt/baenke.yml': dataset('baenke', '{ x: lon, y: lat }', 'EPSG:4326'),
    'datasets/amt/baenkeutm.yml': dataset('baenkeutm', '{ x: x, y: y }', 'EPSG:25833'),
    'datasets/amt/vertauschtklein.yml': `${dataset('vertauschtklein', '{ x: lon, y: lat }', 'EPSG:4326')}small: true\n`,
    'datasets/amt/vertauscht.yml': dataset('vertauscht', '{ x: lon, y: lat }', 'EPSG:4326'),
  })
  await approveAll(folder)
  return startCity(folder)
}

const places = (many: string) => `{ ${many}(orderBy: [{ nummer: ASC }]) { nodes { nummer lage { longitude latitude } } } }`
const extent = ', extent: [9.07, 47.64, 9.24, 47.78]'

let city: City
afterEach(() => city.stop())

test('with the usual setting they are served, told to the caller, and explained to the operator', async () => {
  city = await start(extent)
  const answer = await city.ask(places('vertauscht'))
  expect(answer.data).toMatchObject({ vertauscht: { nodes: [{ lage: { longitude: 47.66, latitude: 9.175 } }, {}] } })
  expect(answer.extensions?.warnings).toEqual([
    { code: 'PLACES_OUTSIDE', dataset: 'vertauscht', message: expect.stringContaining('2 places lie far outside the city') },
  ])
  const [line] = city.log.filter(({ dataset }) => dataset === 'vertauscht')
  expect(line).toMatchObject({ msg: expect.stringContaining('axes look swapped'), places: 2, swapped: 2, served: 'as they are' })
})

test('closed, they are missing, and everything else is served', async () => {
  city = await start(`${extent}, outside: close`)
  const swapped = await city.ask(places('vertauscht'))
  expect(swapped.data).toEqual({
    vertauscht: {
      nodes: [
        { nummer: 1, lage: null },
        { nummer: 2, lage: null },
      ],
    },
  })
  const { data, extensions } = await city.ask(places('baenke'))
  // The fourth lies beside the city, but no further away than the city is wide.
  expect(data).toEqual({
    baenke: {
      nodes: [
        { nummer: 1, lage: { longitude: 9.175, latitude: 47.66 } },
        { nummer: 2, lage: { longitude: 9.18, latitude: 47.67 } },
        { nummer: 3, lage: null },
        { nummer: 4, lage: null },
      ],
    },
  })
  expect(extensions?.warnings).toMatchObject([{ code: 'PLACES_OUTSIDE', message: expect.stringContaining('are missing') }])
})

test('a dataset that the gateway holds as a whole is looked at as well', async () => {
  city = await start(`${extent}, outside: close`)
  const { data, extensions } = await city.ask(places('vertauschtklein'))
  expect(data).toEqual({
    vertauschtklein: {
      nodes: [
        { nummer: 1, lage: null },
        { nummer: 2, lage: null },
      ],
    },
  })
  expect(extensions?.warnings).toMatchObject([{ code: 'PLACES_OUTSIDE', message: expect.stringContaining('2 places') }])
})

test('a wrong reference system is told as such', async () => {
  city = await start(extent)
  await city.ask(places('baenkeutm'))
  const [line] = city.log.filter(({ dataset }) => dataset === 'baenkeutm')
  expect(line).toMatchObject({ msg: expect.stringContaining('check crs'), elsewhere: 3, zero: 1 })
})

test('a cached answer is told about as well, and the operator once', async () => {
  city = await start(extent)
  await city.ask(places('vertauscht'))
  const again = await city.ask(places('vertauscht'))
  expect(again.extensions?.warnings).toMatchObject([{ code: 'PLACES_OUTSIDE' }])
  expect(city.log.filter(({ dataset }) => dataset === 'vertauscht')).toHaveLength(1)
})

test('without an extent nobody is told anything', async () => {
  city = await start('')
  const { data, extensions } = await city.ask(places('baenke'))
  expect(data).toMatchObject({ baenke: { nodes: [{}, {}, { lage: { longitude: 0, latitude: 0 } }, {}] } })
  expect(extensions?.warnings ?? []).toEqual([])
})
