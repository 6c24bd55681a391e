/** One source of each kind that can be looked at, as a city would have it. A new kind is one more entry. */

import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { asMariadb, asPostgres, mariadbServer, noMariadb, noPostgres, postgresServer } from '../../connectors/sql/servers.ts'
import { type Fit, type TownTable, tableNames, tableOf, town, townCrs } from '../../contract/town.ts'
import { startBroker } from '../../servers/broker.ts'
import { koopMissing, startKoop } from '../../servers/koop.ts'
import { noMapServer, startMapServer } from '../../servers/mapserver.ts'
import { startThings } from '../../servers/things.ts'
import { columnFor, serviceOf } from '../../servers/things-town.ts'

export interface Source {
  readonly kind: string
  /** Why it cannot be had here. */
  readonly missing?: string | undefined
  /** What people call the table or layer on the command line. */
  readonly item: string
  /** Columns that tell rows apart, where the source does not say. */
  readonly key?: string
  /** Nothing but its values says how they are written. */
  readonly sample?: boolean
  /** Fields to open, by the names that the draft proposes. */
  readonly open: readonly [string, string]
  /** A field of the draft that stays closed. */
  readonly closed: string
  /** Values of the open fields that are among the answer; as many as the source has rows. */
  readonly rows: readonly (readonly unknown[])[]
  start(folder: string): Promise<Started>
}

export interface Started {
  /** How a person names the source on the command line. */
  readonly source: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export const trees = [
  [1, 'Winterlinde', 12.5, 'Meier'],
  [2, 'Roßkastanie', 7.25, null],
  [3, 'Ölweide', 3, 'Özdemir'],
] as const

export const rows = [
  ['Winterlinde', '12.5'],
  ['Roßkastanie', '7.25'],
  ['Ölweide', '3'],
]

const table = (text: string, number: string) =>
  `create table baum (baum_id integer primary key, art_de ${text}, hoehe_m ${number}, pruefer ${text});`
const values = trees
  .map(row => `(${row.map(cell => (typeof cell === 'string' ? `'${cell}'` : cell === null ? 'null' : cell)).join(', ')})`)
  .join(', ')

export const inDatabase = { item: 'baum', open: ['artDe', 'hoeheM'], closed: 'pruefer' } as const
const name = (kind: string) => `stadttor_visit_${kind}_${process.pid}`

const sqlite: Source = {
  kind: 'sqlite',
  ...inDatabase,
  rows: rows.map(([species, height]) => [species, Number(height)]),
  async start(folder) {
    const database = new Database(join(folder, 'gruen.sqlite'))
    database.exec(`${table('text', 'real')} insert into baum values ${values};`)
    database.close()
    return { source: ['gruen.sqlite'], stop: async () => {} }
  },
}

const postgres: Source = {
  kind: 'postgres',
  missing: noPostgres,
  ...inDatabase,
  rows,
  async start() {
    const unique = name('pg')
    await asPostgres('postgres', async admin => {
      await admin.query(`create database ${unique}`)
      await admin.query(`create role ${unique} login password 'geheim'`)
      await admin.query(`revoke temporary on database ${unique} from public`)
    })
    await asPostgres(unique, async admin => {
      await admin.query(`${table('text', 'numeric(6,2)')} insert into baum values ${values}; grant select on baum to ${unique}`)
    })
    return {
      source: [`postgres://${unique}@${postgresServer.host}:${postgresServer.port}/${unique}`, '--set', `password=\${GRUEN_PASSWORD}`],
      env: { GRUEN_PASSWORD: 'geheim' },
      stop: () =>
        asPostgres('postgres', async admin => {
          await admin.query(`drop database ${unique} with (force)`)
          await admin.query(`drop role ${unique}`)
        }),
    }
  },
}

const mariadb: Source = {
  kind: 'mariadb',
  missing: noMariadb,
  ...inDatabase,
  rows: postgres.rows,
  async start() {
    const unique = name('my')
    await asMariadb(admin =>
      admin.query(
        `create database ${unique} character set utf8mb4; use ${unique}; ${table('varchar(80)', 'decimal(6,2)')} insert into baum values ${values};
         create user ${unique} identified by 'geheim'; grant select on ${unique}.baum to ${unique}`,
      ),
    )
    return {
      source: [`mariadb://${unique}@${mariadbServer.host}:${mariadbServer.port}/${unique}`, '--set', `password=\${GRUEN_PASSWORD}`],
      env: { GRUEN_PASSWORD: 'geheim' },
      stop: async () => void (await asMariadb(admin => admin.query(`drop database ${unique}; drop user ${unique}`))),
    }
  },
}

/** The town of the contract; its six stations are few enough for one page. */
const tables = (fit: Partial<Fit> = {}): TownTable[] =>
  tableNames.map(table => tableOf(town, table, { kind: 'first visit', place: () => ({}), without: {}, ...fit }))

const stations: Pick<Source, 'item' | 'open' | 'closed' | 'rows'> = {
  item: 'stations',
  open: ['stationNr', 'bezeichnung'],
  closed: 'standort',
  rows: town.tables.stations.rows.map(([number, title]) => [number, title]),
}

const wfs: Source = {
  kind: 'wfs',
  missing: noMapServer,
  ...stations,
  async start() {
    const server = await startMapServer({ tables: tables({ crs: townCrs }) })
    return { source: [`${server.url}?SERVICE=WFS&REQUEST=GetCapabilities`], stop: () => server.stop() }
  },
}

const ogcFeatures: Source = {
  kind: 'ogc-features',
  missing: noMapServer,
  ...stations,
  async start() {
    const server = await startMapServer({ tables: tables() })
    return { source: [`${server.ogcUrl}/collections?f=json`], stop: () => server.stop() }
  },
}

const arcgis: Source = {
  kind: 'arcgis',
  missing: await koopMissing(),
  ...stations,
  closed: 'geometry',
  async start() {
    const server = await startKoop(tables())
    return { source: [`${server.url}/?f=pjson`], stop: () => server.close() }
  },
}

const sensorthings: Source = {
  kind: 'sensorthings',
  ...stations,
  item: 'Locations',
  open: ['propertiesStationNr', 'propertiesBezeichnung'],
  closed: 'location',
  async start() {
    const server = await startThings(serviceOf(tables({ column: ({ column }, table) => columnFor(table, column) })))
    return { source: [`${server.url}/Locations?$top=1`], stop: () => server.stop() }
  },
}

const file: Source = {
  kind: 'file',
  ...inDatabase,
  item: 'baum.csv',
  sample: true,
  rows,
  async start(folder) {
    const lines = trees.map(cells =>
      cells.map(cell => (typeof cell === 'number' ? String(cell).replace('.', ',') : (cell ?? ''))).join(';'),
    )
    await writeFile(join(folder, 'baum.csv'), `baum_id;art_de;hoehe_m;pruefer\n${lines.join('\n')}\n`)
    return { source: ['baum.csv'], stop: async () => {} }
  },
}

const http: Source = {
  kind: 'http',
  ...inDatabase,
  item: 'baum.json',
  key: 'baum_id',
  rows,
  async start() {
    const list = trees.map(([baum_id, art_de, hoehe_m, pruefer]) => ({ baum_id, art_de, hoehe_m, pruefer }))
    const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list)))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return {
      source: [`http://127.0.0.1:${port}/daten/baum.json`],
      async stop() {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      },
    }
  },
}

const ngsi: Source = {
  kind: 'ngsi',
  ...inDatabase,
  item: 'Baum',
  rows,
  async start() {
    const server = await startBroker(
      trees.map(([id, species, height, inspector]) => ({
        id: `urn:ngsi-ld:Baum:${id}`,
        type: 'Baum',
        attributes: {
          art_de: { type: 'Property', value: species },
          hoehe_m: { type: 'Property', value: height },
          ...(inspector && { pruefer: { type: 'Property' as const, value: inspector } }),
        },
      })),
    )
    return { source: [`${server.url}/ngsi-ld/v1/types`], stop: () => server.stop() }
  },
}

/** Those that run here as they are, and those with a server of the tests' own. */
export const sources: readonly Source[] = [sqlite, postgres, mariadb, wfs, arcgis, ogcFeatures, sensorthings, ngsi, file, http]
