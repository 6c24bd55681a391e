/** A source outside its opening hours, and one that keeps failing: what do callers get, and what does the source get to see? */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { approveAll, type City, datasetText, startCity, writeFolder } from '../support/city.ts'

/** Thursday, 26 November 2026, 12:00 in Konstanz. */
const noon = Date.UTC(2026, 10, 26, 11, 0)
const hour = 3_600_000

let now = noon
let asked = 0
let status = 503
let service: Server
let city: City

const dataset = (id: string, type: string, source: string) =>
  datasetText(
    id,
    type,
    source,
    `key: [{ column: nr, type: int }]
freshFor: 10 min
staleFor: 12 h
fields: { art: { column: art, type: text, title: Art } }`,
  )

beforeAll(async () => {
  service = createServer((_request, response) => {
    asked++
    response.writeHead(status).end()
  })
  await new Promise<void>(done => service.listen(0, '127.0.0.1', done))
  const { port } = service.address() as AddressInfo
  const folder = await writeFolder({
    'gateway.yml':
      'city: { name: teststadt, title: Teststadt, operator: Teststadt }\nsecret: 0123456789abcdef0123456789abcdef\nlimits: { request: 3 s }\n',
    'sources/buero.yml':
      'id: buero\nkind: file\ntitle: Büro\nconnection: { folder: . }\nlimits: { open: "Mo-Fr 06:00-20:00; Sa 08:00-12:00" }\n',
    'sources/krank.yml': `id: krank\nkind: wfs\ntitle: Geodaten\nconnection: { url: "http://127.0.0.1:${port}/wfs" }\n`,
    'datasets/amt/baeume.yml': dataset('baeume', 'Baum', '{ use: buero, path: baeume.csv }'),
    'datasets/amt/lampen.yml': dataset('lampen', 'Lampe', '{ use: buero, path: lampen.csv }'),
    'datasets/amt/gebiete.yml': dataset('gebiete', 'Gebiet', '{ use: krank, typeName: "stadt:gebiet" }'),
    'baeume.csv': 'nr;art\n1;Linde\n',
    'lampen.csv': 'nr;art\n1;LED\n',
  })
  await approveAll(folder)
  city = await startCity(folder, {}, () => now)
})

afterAll(async () => {
  await city?.stop()
  service.close()
})

describe('a source with opening hours', () => {
  test('is asked while it is open', async () => {
    now = noon
    const { data, extensions } = await city.ask('{ baeume { nodes { art } } }')
    expect(data).toEqual({ baeume: { nodes: [{ art: 'Linde' }] } })
    expect(extensions?.provenance).toMatchObject([{ dataset: 'baeume', age: 0, stale: false }])
  })

  test('is not asked afterwards; an answer that is still allowed stands in and says how old it is', async () => {
    now = noon + 9 * hour
    city.calls.length = 0
    const { data, extensions } = await city.ask('{ baeume { nodes { art } } }')
    expect(data).toEqual({ baeume: { nodes: [{ art: 'Linde' }] } })
    expect(extensions?.provenance).toMatchObject([{ dataset: 'baeume', age: 9 * 3600, stale: true }])
    expect(city.calls).toEqual([])
  })

  test('says when it is open, where nothing can stand in', async () => {
    now = noon + 9 * hour
    const { errors } = await city.ask('{ lampen { nodes { art } } }')
    expect(errors).toMatchObject([
      { extensions: { code: 'SOURCE_CLOSED', hint: 'It is open: Mo-Fr 06:00-20:00; Sa 08:00-12:00.' }, path: ['lampen'] },
    ])
    expect(city.calls).toEqual([])
  })
})

test('a source that keeps failing is left alone, and callers hear so at once; the others go on', async () => {
  now = noon
  // Different questions: equal ones share one answer.
  const fail = (n: number) => city.ask(`{ gebiete(first: ${n}) { nodes { art } } baeume { nodes { art } } }`)
  for (let n = 1; n <= 15; n++) await fail(n)
  asked = 0
  for (let n = 20; n <= 30; n++) {
    const { data, errors } = await fail(n)
    expect(errors).toMatchObject([{ extensions: { code: 'SOURCE_UNAVAILABLE' }, path: ['gebiete'] }])
    expect(data).toMatchObject({ baeume: { nodes: [{ art: 'Linde' }] } })
  }
  expect(asked).toBe(0)
  expect(city.log.filter(({ source }) => source === 'krank')).toMatchObject([
    { msg: 'the source keeps failing and is left alone for a while' },
  ])
  status = 200
})
