/** Schema and SQL of the peers that a team writes by hand: Apollo Server, Mercurius and Yoga share them. */

import knexFactory, { type Knex } from 'knex'

export const typeDefs = /* GraphQL */ `
  type Query {
    baum(id: Int!): Baum
    baeume(first: Int = 20, after: Int = 0): [Baum!]!
    baeumeSeite(art: String!, ab: Int!, seite: Int!, groesse: Int!): BaumSeite!
    baeumeZahlen(ab: Int!): [Gruppe!]!
    parkhaeuser: [Parkhaus!]!
  }
  type Baum {
    id: ID!
    nummer: String!
    artDeutsch: String!
    artLateinisch: String!
    pflanzjahr: Int
    hoehe: Float
    stammumfang: Int!
    pflege: String
    geaendertAm: String!
    strasse: Strasse!
    stadtteil: Stadtteil!
  }
  type Strasse { id: ID! name: String! schluessel: String! }
  type Stadtteil { id: ID! name: String! einwohner: Int! }
  type BaumSeite { gesamt: Int! baeume: [Baum!]! }
  type Gruppe { stadtteil: Int! art: String! anzahl: Int! }
  type Parkhaus {
    id: ID!
    name: String!
    stellplaetze: Int!
    belegungen(letzte: Int = 24, vor: String!): [Belegung!]!
  }
  type Belegung { zeit: String! frei: Int! }
`

const url = process.env.DATABASE_URL
const isPostgres = url?.startsWith('postgres:') ?? false

const knex: Knex = isPostgres
  ? knexFactory({ client: 'pg', connection: url!, pool: { min: 0, max: 10 } })
  : url !== undefined
    ? knexFactory({ client: 'mysql2', connection: mysqlConnection(url), pool: { min: 0, max: 10, afterCreate: inUtc } })
    : knexFactory({ client: 'better-sqlite3', connection: { filename: process.env.SQLITE_FILE! }, useNullAsDefault: true })

function mysqlConnection(text: string): Knex.MySql2ConnectionConfig {
  const { hostname, port, username, password, pathname } = new URL(text)
  return { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1), timezone: 'Z' }
}

function inUtc(
  connection: { query(sql: string, done: (error: unknown) => void): void },
  done: (error: unknown, connection: unknown) => void,
) {
  connection.query(`set time_zone = '+00:00'`, error => done(error, connection))
}

const treeColumns = {
  id: 'id',
  nummer: 'nummer',
  artDeutsch: 'art_deutsch',
  artLateinisch: 'art_lateinisch',
  pflanzjahr: 'pflanzjahr',
  hoehe: 'hoehe',
  stammumfang: 'stammumfang',
  pflege: 'pflege',
  geaendertAm: 'geaendert_am',
  strasseId: 'strasse_id',
  stadtteilId: 'stadtteil_id',
}

export interface Tree {
  readonly strasseId: number
  readonly stadtteilId: number
  readonly geaendertAm: Date | string
}

export interface ReadingArguments {
  readonly letzte: number
  readonly vor: string
}

interface PageArguments {
  readonly art: string
  readonly ab: number
  readonly seite: number
  readonly groesse: number
}

const matching = ({ art, ab }: PageArguments) => knex('baum').where('art_deutsch', art).where('pflanzjahr', '>=', ab)

// `async` everywhere, because Apollo's default plugins would run a bare knex builder twice.
export const query = {
  baum: async (_: unknown, { id }: { id: number }) => (await knex('baum').select(treeColumns).where({ id }).first()) ?? null,
  baeume: async (_: unknown, { first, after }: { first: number; after: number }) =>
    await knex('baum').select(treeColumns).where('id', '>', after).orderBy('id').limit(first),
  baeumeSeite: (_: unknown, args: PageArguments) => args,
  baeumeZahlen: async (_: unknown, { ab }: { ab: number }) =>
    (
      await knex('baum')
        .select({ stadtteil: 'stadtteil_id', art: 'art_deutsch' })
        .count({ anzahl: '*' })
        .where('pflanzjahr', '>=', ab)
        .groupBy('stadtteil_id', 'art_deutsch')
    ).map(row => ({ ...row, anzahl: Number(row.anzahl) })),
  parkhaeuser: async () => await knex('parkhaus').select('id', 'name', 'stellplaetze').orderBy('id'),
}

export const page = {
  gesamt: async (args: PageArguments) => Number((await matching(args).count({ n: '*' }))[0]!.n),
  baeume: async (args: PageArguments) =>
    await matching(args)
      .select(treeColumns)
      .orderBy([{ column: 'pflanzjahr', order: 'desc' }, { column: 'id' }])
      .limit(args.groesse)
      .offset((args.seite - 1) * args.groesse),
}

export function iso(time: Date | string): string {
  return typeof time === 'string' ? time : time.toISOString()
}

export async function streetsById(ids: readonly number[]): Promise<unknown[]> {
  return inOrder(ids, await knex('strasse').select('id', 'name', 'schluessel').whereIn('id', ids))
}

export async function districtsById(ids: readonly number[]): Promise<unknown[]> {
  return inOrder(ids, await knex('stadtteil').select('id', 'name', 'einwohner').whereIn('id', ids))
}

/** The latest readings of many car parks: one statement, over the index where the database knows laterals. */
export async function latestReadings(ids: readonly number[], { letzte, vor }: ReadingArguments): Promise<unknown[][]> {
  const rows = isPostgres
    ? (
        await knex.raw(
          `select b.parkhaus_id, b.zeit, b.frei from unnest(?::int[]) k(id) cross join lateral
           (select parkhaus_id, zeit, frei from belegung where parkhaus_id = k.id and zeit < ? order by zeit desc limit ?) b`,
          [[...ids], vor, letzte],
        )
      ).rows
    : await knex
        .from(
          knex('belegung')
            .select('parkhaus_id', 'zeit', 'frei')
            .rowNumber('n', { column: 'zeit', order: 'desc' }, 'parkhaus_id')
            .whereIn('parkhaus_id', ids)
            .where('zeit', '<', vor)
            .as('b'),
        )
        .where('n', '<=', letzte)
        .orderBy('n')
  const groups = new Map<number, unknown[]>(ids.map(id => [id, []]))
  for (const row of rows) groups.get(row.parkhaus_id)?.push(row)
  return ids.map(id => groups.get(id)!)
}

function inOrder(ids: readonly number[], rows: readonly { readonly id: number }[]): unknown[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  return ids.map(id => byId.get(id))
}
