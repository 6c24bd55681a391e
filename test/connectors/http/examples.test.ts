/** Do the examples of the how-to, served by the gateway, show what a person reads in the answers of the services they are made for? */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { blocksIn } from '../../docs/markdown.ts'
import { approveAll, type City, startCity, writeFolder } from '../../support/city.ts'

const recorded = (file: string): string => readFileSync(resolve(import.meta.dirname, '../../data', file), 'utf8')

/** Recordings of Pegelonline and Aachen; what GBFS and CKAN answer is written after their specifications. */
const answers: Readonly<Record<string, (query: URLSearchParams) => string>> = {
  '/webservices/rest-api/v2/stations.json': () =>
    `[${recorded('aiopegelonline/wuerzburg.json')},${recorded('aiopegelonline/hanau_bruecke.json')}]`,
  '/datex2/static.xml': () => recorded('parkapi/aachen_static.xml'),
  '/datex2/realtime.xml': () => recorded('parkapi/aachen_realtime.xml'),
  // GBFS 2.3, station_information.json and station_status.json
  '/v2/konstanz/de/station_information.json': () =>
    JSON.stringify({
      last_updated: 1764150000,
      ttl: 60,
      version: '2.3',
      data: {
        stations: [
          {
            station_id: '4711',
            name: 'Bahnhof',
            lat: 47.6584,
            lon: 9.1772,
            address: 'Bahnhofplatz 1',
            rental_uris: { web: 'https://verleih.example/4711' },
          },
          { station_id: '4712', name: 'Bodenseeforum', lat: 47.6689, lon: 9.1641, capacity: 12 },
        ],
      },
    }),
  '/v2/konstanz/de/station_status.json': () =>
    JSON.stringify({
      last_updated: 1764150030,
      ttl: 60,
      version: '2.3',
      data: {
        stations: [
          {
            station_id: '4712',
            num_bikes_available: 0,
            is_installed: true,
            is_renting: false,
            is_returning: true,
            last_reported: 1764149900,
          },
          {
            station_id: '4711',
            num_bikes_available: 7,
            is_installed: true,
            is_renting: true,
            is_returning: true,
            last_reported: 1764149990,
          },
        ],
      },
    }),
  // CKAN 2.10, datastore_search
  '/api/3/action/datastore_search': query => {
    const records = Array.from({ length: 1_203 }, (_, at) => ({ _id: at + 1, Vorname: `Name ${at + 1}`, Jahr: '2024', Anzahl: 1_203 - at }))
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))]
    return JSON.stringify({
      help: 'https://daten.stadt.example/api/3/action/help_show?name=datastore_search',
      success: true,
      result: {
        include_total: true,
        resource_id: query.get('resource_id'),
        fields: [
          { id: '_id', type: 'int' },
          { id: 'Vorname', type: 'text' },
          { id: 'Jahr', type: 'text' },
          { id: 'Anzahl', type: 'numeric' },
        ],
        records_format: 'objects',
        records: records.slice(offset, offset + limit),
        _links: { start: '/api/3/action/datastore_search', next: `/api/3/action/datastore_search?offset=${offset + limit}` },
        total: records.length,
      },
    })
  },
}

const asked: string[] = []
const server = createServer((request, response) => {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  asked.push(`${pathname}${search}`)
  const body = answers[pathname]?.(searchParams)
  response.writeHead(body === undefined ? 404 : 200).end(body)
})

let city: City
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const files = blocksIn('docs/how-to/http.md').flatMap(({ language, text }) => {
    const path = language === 'yaml' ? /^# ((?:sources|datasets)\/\S+)\n/.exec(text)?.[1] : undefined
    return path ? [[path, text.replace(/https:\/\/[^/\s]+/, here).replace(/\$\{file:[^}]+\}/, 'geheim')] as const] : []
  })
  expect(files).toHaveLength(8)
  const folder = await writeFolder({
    'gateway.yml': 'city: { name: probe, title: Probe, operator: Stadt Probe, extent: [5, 47, 15, 55] }\n',
    ...Object.fromEntries(files),
  })
  await approveAll(folder)
  city = await startCity(folder)
}, 30_000)

afterAll(async () => {
  await city?.stop()
  server.closeAllConnections()
  server.close()
})

const rowsOf = async (query: string): Promise<unknown> => {
  const { data, errors, extensions } = await city.ask(query)
  expect(errors).toBeUndefined()
  expect(extensions?.warnings).toBeUndefined()
  return data
}

test('Pegelonline: the water level of Würzburg, and of no gauge that measures something else', async () => {
  const said = await rowsOf(
    '{ pegelstaende { totalCount nodes { station gewaesser wasserstand gemessenAm lage { longitude latitude } } } }',
  )
  expect(said).toEqual({
    pegelstaende: {
      totalCount: 1,
      nodes: [
        {
          station: 'WÜRZBURG',
          gewaesser: 'MAIN',
          wasserstand: '159',
          gemessenAm: '2023-07-26T19:15:00+02:00',
          lage: { longitude: 9.9259688, latitude: 49.796209 },
        },
      ],
    },
  })
  expect(asked[0]).toBe(
    '/webservices/rest-api/v2/stations.json?waters=RHEIN%2CBODENSEE&includeTimeseries=true&includeCurrentMeasurement=true',
  )
})

test('DATEX II of Aachen: names and places from one publication, free places from the other', async () => {
  const said = await rowsOf(
    '{ parkplaetze(orderBy: [{ frei: DESC }], first: 1, filter: { geoeffnet: { eq: "geöffnet" } }) { totalCount nodes { name stellplaetze frei geoeffnet standVom lage { longitude latitude } } } }',
  )
  expect(said).toMatchObject({
    parkplaetze: {
      totalCount: 13,
      nodes: [
        {
          name: 'P06-Galeria Kaufhof',
          stellplaetze: 999,
          frei: 624,
          standVom: '2025-02-07T20:08:28.862+01:00',
          lage: { longitude: 6.09006, latitude: 50.77298 },
        },
      ],
    },
  })
})

test('GBFS: stations with the bicycles that stand there', async () => {
  expect(
    await rowsOf(
      '{ leihstationen(orderBy: [{ name: ASC }]) { nodes { name plaetze raeder inBetrieb standVom lage { longitude latitude } } } }',
    ),
  ).toEqual({
    leihstationen: {
      nodes: [
        {
          name: 'Bahnhof',
          plaetze: null,
          raeder: 7,
          inBetrieb: true,
          standVom: '2025-11-26T10:39:50+01:00',
          lage: { longitude: 9.1772, latitude: 47.6584 },
        },
        {
          name: 'Bodenseeforum',
          plaetze: 12,
          raeder: 0,
          inBetrieb: false,
          standVom: '2025-11-26T10:38:20+01:00',
          lage: { longitude: 9.1641, latitude: 47.6689 },
        },
      ],
    },
  })
})

test('CKAN: every page of a table', async () => {
  const said = await rowsOf('{ vornamen(first: 1, orderBy: [{ anzahl: ASC }]) { totalCount nodes { name jahr anzahl } } }')
  expect(said).toEqual({ vornamen: { totalCount: 1203, nodes: [{ name: 'Name 1203', jahr: 2024, anzahl: 1 }] } })
  expect(asked.filter(path => path.includes('datastore')).at(-1)).toContain('limit=1000&offset=1000')
})
