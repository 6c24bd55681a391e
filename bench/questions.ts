/** What is asked, how does each peer spell it, and what of its answer has to be the same? */

import { facilities, instant, lastReading, seeded, species, years } from './town.ts'

export const questionNames = ['one', 'page', 'nested', 'latest', 'many', 'search', 'groups'] as const
export type QuestionName = (typeof questionNames)[number]

export const titles: Readonly<Record<QuestionName, string>> = {
  one: 'by id',
  page: '100 rows × 8 fields',
  nested: '100 rows, street, district',
  latest: '20 facilities × latest 24',
  many: '5,000 rows × 8 fields',
  search: 'filter, sort, 3rd page, total',
  groups: 'counts by district × species',
}

/** Rows that lists start after, and that are looked up; the first of the register. */
export const rowsKnown = 20_000

/** What is drawn anew for each request. */
export type Draw = readonly (number | string)[]

const half = 1_800_000

const drawers: Readonly<Record<QuestionName, (random: (below: number) => number) => Draw>> = {
  one: random => [1 + random(rowsKnown)],
  page: random => [1 + random(rowsKnown)],
  nested: random => [1 + random(rowsKnown)],
  latest: random => [instant(lastReading - random(9_000) * half + 60_000)],
  many: random => [1 + random(rowsKnown)],
  search: random => [species[random(species.length)]!, years[random(years.length)]!],
  groups: random => [1700 + random(200)],
}

/** @returns always the same draws for one question */
export function drawsOf(question: QuestionName, count: number): Draw[] {
  const random = seeded(questionNames.indexOf(question) + 100)
  return Array.from({ length: count }, () => drawers[question](random))
}

/** The body of a request and, of its answer, cells in the order that all share. */
export interface Spelling {
  body(question: QuestionName, draw: Draw): unknown
  cells(question: QuestionName, answer: Answer): unknown
}

export interface Answer {
  readonly data: object
}

interface Document {
  readonly query: string
  readonly variables: (draw: Draw) => Record<string, unknown>
  readonly rows: (data: Data) => readonly unknown[]
}

/** Whatever was answered: an object, a list or a value. */
type Data = { readonly [name: string]: Data } & { map<T>(each: (entry: Data) => T): T[]; flatMap<T>(each: (entry: Data) => T[]): T[] }

const eight = ['nummer', 'artDeutsch', 'artLateinisch', 'pflanzjahr', 'hoehe', 'stammumfang', 'pflege', 'geaendertAm']
const pick = (row: Data, names: readonly string[]) => names.map(name => row[name])
const nested = (row: Data) => [
  row.nummer,
  row.artDeutsch,
  row.strasse?.name,
  row.strasse?.schluessel,
  row.stadtteil?.name,
  row.stadtteil?.einwohner,
]
const inSomeOrder = (rows: unknown[][]) => rows.map(row => row.join('|')).sort()

function spelling(documents: Readonly<Record<QuestionName, Document>>): Spelling {
  return {
    body: (question, draw) => ({ query: documents[question].query, variables: documents[question].variables(draw) }),
    cells: (question, { data }) => alike(documents[question].rows(data as Data)),
  }
}

/** Tokens that only the gateway itself can make. */
export interface Tokens {
  /** By row. */
  readonly ids: readonly string[]
  readonly cursors: readonly string[]
  /** End of the second page, by what is searched for. */
  readonly seconds: ReadonlyMap<string, string>
}

const fields = eight.join(' ')

export function stadttorSpelling(tokens: Tokens): Spelling {
  const after = ([row]: Draw) => ({ after: tokens.cursors[Number(row)] })
  return spelling({
    one: {
      query: `query($id: ID!) { baum(id: $id) { ${fields} } }`,
      variables: ([row]) => ({ id: tokens.ids[Number(row)] }),
      rows: ({ baum }) => [pick(baum!, eight)],
    },
    page: {
      query: `query($after: String) { baeume(first: 100, after: $after) { nodes { ${fields} } } }`,
      variables: after,
      rows: ({ baeume }) => baeume!.nodes!.map(row => pick(row, eight)),
    },
    nested: {
      query:
        'query($after: String) { baeume(first: 100, after: $after) { nodes { nummer artDeutsch strasse { name schluessel } stadtteil { name einwohner } } } }',
      variables: after,
      rows: ({ baeume }) => baeume!.nodes!.map(nested),
    },
    latest: {
      query: `query($vor: DateTime!) { parkhaeuser(first: ${facilities}) { nodes { name belegungen(first: 24, filter: { zeit: { lt: $vor } }, orderBy: [{ zeit: DESC }]) { nodes { zeit frei } } } } }`,
      variables: ([vor]) => ({ vor }),
      rows: ({ parkhaeuser }) =>
        parkhaeuser!.nodes!.map(house => [house.name, ...house.belegungen!.nodes!.flatMap(({ zeit, frei }) => [zeit, frei])]),
    },
    many: {
      query: `query($after: String) { baeume(first: 5000, after: $after) { nodes { ${fields} } } }`,
      variables: after,
      rows: ({ baeume }) => baeume!.nodes!.map(row => pick(row, eight)),
    },
    search: {
      query: `query($art: String!, $ab: Int!, $after: String) { baeume(first: 50, after: $after, filter: { artDeutsch: { eq: $art }, pflanzjahr: { gte: $ab } }, orderBy: [{ pflanzjahr: DESC }]) { totalCount nodes { ${fields} } } }`,
      variables: ([art, ab]) => ({ art, ab, after: tokens.seconds.get(`${art} ${ab}`) }),
      rows: ({ baeume }) => [baeume!.totalCount, ...baeume!.nodes!.map(row => pick(row, eight))],
    },
    groups: {
      query:
        'query($ab: Int!) { baeumeAggregate(filter: { pflanzjahr: { gte: $ab } }, groupBy: [STADTTEIL_NUMMER, ART_DEUTSCH], first: 1000) { groups { count keys { stadtteilNummer artDeutsch } } } }',
      variables: ([ab]) => ({ ab }),
      rows: ({ baeumeAggregate }) =>
        inSomeOrder(baeumeAggregate!.groups!.map(({ keys, count }) => [keys!.stadtteilNummer, keys!.artDeutsch, count])),
    },
  })
}

export const plainSpelling = spelling({
  one: {
    query: `query($id: Int!) { baum(id: $id) { ${fields} } }`,
    variables: ([id]) => ({ id }),
    rows: ({ baum }) => [pick(baum!, eight)],
  },
  page: {
    query: `query($after: Int) { baeume(first: 100, after: $after) { ${fields} } }`,
    variables: ([after]) => ({ after }),
    rows: ({ baeume }) => baeume!.map(row => pick(row, eight)),
  },
  nested: {
    query:
      'query($after: Int) { baeume(first: 100, after: $after) { nummer artDeutsch strasse { name schluessel } stadtteil { name einwohner } } }',
    variables: ([after]) => ({ after }),
    rows: ({ baeume }) => baeume!.map(nested),
  },
  latest: {
    query: 'query($vor: String!) { parkhaeuser { name belegungen(letzte: 24, vor: $vor) { zeit frei } } }',
    variables: ([vor]) => ({ vor }),
    rows: ({ parkhaeuser }) => parkhaeuser!.map(house => [house.name, ...house.belegungen!.flatMap(({ zeit, frei }) => [zeit, frei])]),
  },
  many: {
    query: `query($after: Int) { baeume(first: 5000, after: $after) { ${fields} } }`,
    variables: ([after]) => ({ after }),
    rows: ({ baeume }) => baeume!.map(row => pick(row, eight)),
  },
  search: {
    query: `query($art: String!, $ab: Int!) { baeumeSeite(art: $art, ab: $ab, seite: 3, groesse: 50) { gesamt baeume { ${fields} } } }`,
    variables: ([art, ab]) => ({ art, ab }),
    rows: ({ baeumeSeite }) => [baeumeSeite!.gesamt, ...baeumeSeite!.baeume!.map(row => pick(row, eight))],
  },
  groups: {
    query: 'query($ab: Int!) { baeumeZahlen(ab: $ab) { stadtteil art anzahl } }',
    variables: ([ab]) => ({ ab }),
    rows: ({ baeumeZahlen }) => inSomeOrder(baeumeZahlen!.map(({ stadtteil, art, anzahl }) => [stadtteil, art, anzahl])),
  },
})

export const postgraphileSpelling = spelling({
  one: {
    query: `query($id: Int!) { baum(rowId: $id) { ${fields} } }`,
    variables: ([id]) => ({ id }),
    rows: ({ baum }) => [pick(baum!, eight)],
  },
  page: {
    query: `query($after: Int) { baums(first: 100, orderBy: ROW_ID_ASC, filter: { rowId: { greaterThan: $after } }) { nodes { ${fields} } } }`,
    variables: ([after]) => ({ after }),
    rows: ({ baums }) => baums!.nodes!.map(row => pick(row, eight)),
  },
  nested: {
    query:
      'query($after: Int) { baums(first: 100, orderBy: ROW_ID_ASC, filter: { rowId: { greaterThan: $after } }) { nodes { nummer artDeutsch strasse { name schluessel } stadtteil { name einwohner } } } }',
    variables: ([after]) => ({ after }),
    rows: ({ baums }) => baums!.nodes!.map(nested),
  },
  latest: {
    query:
      'query($vor: Datetime!) { parkhaus(orderBy: ROW_ID_ASC) { nodes { name belegungsByParkhausId(first: 24, orderBy: ZEIT_DESC, filter: { zeit: { lessThan: $vor } }) { nodes { zeit frei } } } } }',
    variables: ([vor]) => ({ vor }),
    rows: ({ parkhaus }) =>
      parkhaus!.nodes!.map(house => [house.name, ...house.belegungsByParkhausId!.nodes!.flatMap(({ zeit, frei }) => [zeit, frei])]),
  },
  many: {
    query: `query($after: Int) { baums(first: 5000, orderBy: ROW_ID_ASC, filter: { rowId: { greaterThan: $after } }) { nodes { ${fields} } } }`,
    variables: ([after]) => ({ after }),
    rows: ({ baums }) => baums!.nodes!.map(row => pick(row, eight)),
  },
  search: {
    query: `query($art: String!, $ab: Int!) { baums(first: 50, offset: 100, orderBy: [PFLANZJAHR_DESC, ROW_ID_ASC], filter: { artDeutsch: { equalTo: $art }, pflanzjahr: { greaterThanOrEqualTo: $ab } }) { totalCount nodes { ${fields} } } }`,
    variables: ([art, ab]) => ({ art, ab }),
    rows: ({ baums }) => [baums!.totalCount, ...baums!.nodes!.map(row => pick(row, eight))],
  },
  groups: {
    query:
      'query($ab: Int!) { baums(filter: { pflanzjahr: { greaterThanOrEqualTo: $ab } }) { groupedAggregates(groupBy: [STADTTEIL_ID, ART_DEUTSCH]) { keys distinctCount { rowId } } } }',
    variables: ([ab]) => ({ ab }),
    rows: ({ baums }) =>
      inSomeOrder(baums!.groupedAggregates!.map(({ keys, distinctCount }) => [...(keys as unknown as string[]), distinctCount!.rowId])),
  },
})

export const jsonSpelling: Spelling = {
  body: (question, values) => ({ question, values }),
  cells(question, { data }) {
    const found = data as unknown as Data
    if (question === 'one') return alike([pick(found, eight)])
    if (question === 'search') return alike([found.gesamt, ...found.baeume!.map(row => pick(row, eight))])
    if (question === 'nested') return alike(found.map(nested))
    if (question === 'groups') return alike(inSomeOrder(found.map(({ stadtteil, art, anzahl }) => [stadtteil, art, anzahl])))
    if (question === 'latest')
      return alike(found.map(house => [house.name, ...house.belegungen!.flatMap(({ zeit, frei }) => [zeit, frei])]))
    return alike(found.map(row => pick(row, eight)))
  },
}

/** Numbers as numbers, times as instants, whatever form they are served in. */
function alike(cells: unknown): unknown {
  if (Array.isArray(cells)) return cells.map(alike)
  if (typeof cells !== 'string') return cells
  if (/^-?\d+(\.\d+)?$/.test(cells)) return Number(cells)
  return /^\d{4}-\d{2}-\d{2}T/.test(cells) ? Date.parse(cells) : cells
}
