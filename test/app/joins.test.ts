/** Do rows of a MariaDB table find their features in a WFS layer, although the two write keys in different ways? With both for real. */

import { asMariadb, describeWith, mariadbServer, noMariadb } from '../connectors/sql/servers.ts'
import type { TownTable } from '../contract/town.ts'
import { type MapServer, noMapServer, startMapServer } from '../servers/mapserver.ts'
import { approveAll, type City, startCity, writeFolder } from '../support/city.ts'

/** As different departments have typed them over the years. */
const left = ['7', ' 12 ', '13', 'b-4', 'Übergang', 'übergang ', 'straße 5', '999', '77', null, '', 'x'] as const
const right = ['007', '012', ' 013 ', 'B-4', 'ÜBERGANG', 'Strasse 5', '080', 'nie gefragt'] as const

const database = `stadttor_test_joins_${process.pid}`

/** The helpers of the contract know its tables by name; this one has another and the same form. */
const districts = {
  name: 'bezirke',
  columns: [
    { field: 'id', column: 'fid_nr', type: 'int' },
    { field: 'nummer', column: 'nummer', type: 'text' },
    { field: 'name', column: 'bezeichnung', type: 'text' },
    { field: 'lage', column: 'lage', type: 'point' },
  ],
  key: ['fid_nr'],
  rows: right.map((key, at) => [at + 1, key, `Bezirk ${key.trim()}`, { type: 'Point', coordinates: [9.17 + at / 100, 47.66] }]),
} as unknown as TownTable

const files = (url: string, small: boolean) => ({
  'gateway.yml': 'city: { name: konstanz, title: Konstanz, operator: Stadt }\nsecret: "0123456789abcdef0123456789abcdef"\n',
  'sources/db.yml': `id: db\nkind: mariadb\ntitle: Datenbank\nconnection: { host: "${mariadbServer.host}", port: ${mariadbServer.port}, database: ${database}, user: ${database}, password: geheim }\n`,
  'sources/gis.yml': `id: gis\nkind: wfs\ntitle: Karten\nconnection: { url: "${url}" }\n`,
  'datasets/amt/zaehler.yml': `
id: zaehler
title: Zähler
owner: Tiefbauamt
licence: dl-de/by-2-0
names: { type: Zaehler, one: einZaehler, many: zaehler }
source: { use: db, table: zaehler }
key: [{ column: nr, type: int }]
freshFor: 0 s
fields:
  nr: { column: nr, type: int, use: [read, sort] }
relations:
  bezirk: { to: bezirke, match: { bezirk: nummer }, normalise: { trim: true, upper: true, padStart: 3, map: { "999": "080" } } }
  nachbarn: { to: bezirke, match: { bezirk: nummer }, normalise: { trim: true, upper: true, padStart: 3, map: { "999": "080" } }, many: true }
  plan: { to: bezirke, match: { nr: fid_nr } }
`,
  'datasets/amt/bezirke.yml': `
id: bezirke
title: Bezirke
owner: Vermessungsamt
licence: dl-de/by-2-0
names: { type: Bezirk, one: bezirk, many: bezirke }
source: { use: gis, typeName: "ms:bezirke" }
key: [{ column: fid_nr, type: int }]
joinable: [nummer]
${small ? 'small: { rows: 100 }' : ''}
fields:
  name: { column: bezeichnung, type: text, use: [read, filter, sort] }
  lage: { column: lage, type: point, crs: "EPSG:25832" }
relations:
  zaehler: { to: zaehler, match: { fid_nr: nr }, many: true }
`,
})

const query = `{ zaehler(orderBy: [{ nr: ASC }], first: 50) { nodes { nr bezirk { name }
  nachbarn(orderBy: [{ name: ASC }]) { totalCount nodes { name } } } } }`

interface Counter {
  readonly nr: number
  readonly bezirk: { readonly name: string } | null
  readonly nachbarn: { readonly totalCount: number; readonly nodes: readonly { readonly name: string }[] }
}

describeWith(noMariadb ?? noMapServer, 'a table of MariaDB and a layer of a WFS', () => {
  let mapserver: MapServer
  const cities: City[] = []

  beforeAll(async () => {
    mapserver = await startMapServer({ tables: [districts] })
    await asMariadb(async admin => {
      await admin.query(`create database ${database} character set utf8mb4; create user ${database} identified by 'geheim'`)
      await admin.query(
        `grant select on ${database}.* to ${database}; use ${database}; create table zaehler (nr int primary key, bezirk varchar(30))`,
      )
      await admin.query('insert into zaehler values ?', [left.map((key, at) => [at + 1, key])])
    })
  }, 60_000)

  afterAll(async () => {
    for (const city of cities) await city.stop()
    await mapserver?.stop()
    await asMariadb(admin => admin.query(`drop database if exists ${database}; drop user if exists ${database}`))
  })

  const open = async (small: boolean): Promise<City> => {
    const folder = await writeFolder(files(mapserver.url, small))
    await approveAll(folder)
    const city = await startCity(folder)
    cities.push(city)
    return city
  }

  const joined = async (city: City) => {
    const { data, errors } = await city.ask(query)
    expect(errors).toBeUndefined()
    return (data as { readonly zaehler: { readonly nodes: readonly Counter[] } }).zaehler.nodes
  }
  const told = (city: City) =>
    city.log
      .filter(({ msg }) => msg === 'keys of a relation lead nowhere')
      .map(({ dataset, relation, matched, unmatched }) => ({ dataset, relation, matched, unmatched }))

  test('the left side is made like the right: what is found is what the right side stores in that form; the rest is counted', async () => {
    const city = await open(false)
    const rows = await joined(city)
    expect(rows.map(({ bezirk }) => bezirk?.name ?? null)).toEqual([
      'Bezirk 007',
      'Bezirk 012',
      // The layer holds " 013 ", which nobody can ask for.
      null,
      'Bezirk B-4',
      'Bezirk ÜBERGANG',
      'Bezirk ÜBERGANG',
      // The layer holds "Strasse 5", not "STRASSE 5".
      null,
      'Bezirk 080',
      null,
      null,
      null,
      null,
    ])
    expect(rows.map(({ nachbarn }) => nachbarn.totalCount)).toEqual([1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0])
    // 007, 012, 013, B-4, ÜBERGANG, STRASSE 5, 080, 077, 000 and 00X; a missing key is none.
    expect(told(city)).toEqual([
      { dataset: 'zaehler', relation: 'bezirk', matched: 5, unmatched: 5 },
      { dataset: 'zaehler', relation: 'nachbarn', matched: 5, unmatched: 5 },
    ])
    // Told once, not for every question.
    await joined(city)
    expect(told(city)).toHaveLength(2)
    expect(JSON.stringify(city.log)).not.toMatch(/B-4|ÜBERGANG|Strasse/i)
  })

  test('when the layer is small, both sides are made alike, and the service is asked once for all questions', async () => {
    const city = await open(true)
    const rows = await joined(city)
    expect(rows.map(({ bezirk }) => bezirk?.name ?? null)).toEqual([
      'Bezirk 007',
      'Bezirk 012',
      'Bezirk 013',
      'Bezirk B-4',
      'Bezirk ÜBERGANG',
      'Bezirk ÜBERGANG',
      'Bezirk Strasse 5',
      'Bezirk 080',
      null,
      null,
      null,
      null,
    ])
    expect(rows.map(({ nachbarn }) => nachbarn.nodes.length)).toEqual(rows.map(({ nachbarn }) => nachbarn.totalCount))
    expect(told(city)).toEqual([
      { dataset: 'zaehler', relation: 'bezirk', matched: 7, unmatched: 3 },
      { dataset: 'zaehler', relation: 'nachbarn', matched: 7, unmatched: 3 },
    ])
    city.calls.length = 0
    await joined(city)
    const { data } = await city.ask(
      '{ bezirke(filter: { name: { startsWith: "bezirk ü" } }) { totalCount nodes { name lage { longitude } } } }',
    )
    expect(data).toMatchObject({ bezirke: { totalCount: 1, nodes: [{ name: 'Bezirk ÜBERGANG', lage: { longitude: 9.21 } }] } })
    expect(city.calls.filter(({ source }) => source === 'gis')).toEqual([])
  })

  test('a filter on a relation is no reason to count a key as leading nowhere', async () => {
    const city = await open(true)
    await city.ask('{ zaehler(first: 50) { nodes { nachbarn(filter: { name: { eq: "nie" } }) { nodes { name } } } } }')
    expect(told(city)).toEqual([])
  })

  test('numbers find numbers in both directions', async () => {
    const city = await open(true)
    const { data } = await city.ask(
      '{ bezirke(orderBy: [{ name: ASC }], first: 3) { nodes { name zaehler { nodes { nr } } } } zaehler(first: 2, orderBy: [{ nr: ASC }]) { nodes { plan { name } } } }',
    )
    expect(data).toEqual({
      bezirke: {
        nodes: [
          { name: 'Bezirk 007', zaehler: { nodes: [{ nr: 1 }] } },
          { name: 'Bezirk 012', zaehler: { nodes: [{ nr: 2 }] } },
          { name: 'Bezirk 013', zaehler: { nodes: [{ nr: 3 }] } },
        ],
      },
      zaehler: { nodes: [{ plan: { name: 'Bezirk 007' } }, { plan: { name: 'Bezirk 012' } }] },
    })
  })
})
