/** A service that ignores what it is asked, with status 200, is found out: the answer is right, or there is none. */

import type { AggregateRequest, Condition, KeyedRequest, Row } from '../../../src/model/index.ts'
import { tableOf, town } from '../../contract/town.ts'
import { type OgcServer, type OgcWish, startOgcServer } from '../../servers/ogc/index.ts'
import { open } from '../../support/columns.ts'
import { type OgcTown, openOgcTown, upwards } from '../../support/ogc.ts'

const fit = { kind: 'ogc-features', place: () => ({}) }
const trees = tableOf(town, 'trees', fit)
const id = open('id', 'int', { column: 'baum_id' })
const species = open('species', 'text', { column: 'baumart' })
const planted = open('planted', 'int', { column: 'pflanzjahr' })
const changed = open('changed', 'datetime', { column: 'geaendert_am', zone: 'Europe/Berlin' })
const location = open('location', 'point', { column: 'geometry' })
const fields = [id, species, planted, changed, location]

const running: { server: OgcServer; town: OgcTown }[] = []

afterEach(async () => {
  for (const { server, town } of running.splice(0)) {
    await town.connector.close()
    await server.stop()
  }
})

async function openLiar(lies: Omit<OgcWish, 'tables'>, place: Readonly<Record<string, string>> = {}) {
  const server = await startOgcServer({ tables: [trees], ...lies })
  const opened = openOgcTown({ url: server.url, place: { collection: 'trees', ...place }, key: id, fields })
  running.push({ server, town: opened })
  return { ...opened, asked: server.asked }
}

const numbers = (rows: readonly Row[]): unknown[] => rows.map(row => row[0])
const cellOf = (row: Row, column: string) => row[trees.columns.findIndex(one => one.column === column)]!
const right = (keep: (row: Row) => boolean): unknown[] => trees.rows.filter(keep).map(row => row[0])
const count = (where?: Condition): Omit<AggregateRequest, 'dataset'> => ({
  kind: 'aggregate',
  groupBy: [],
  measures: [{ function: 'count' }],
  limit: 1,
  ...(where && { where }),
})
/** Another service's address, the same page for ever, or none although there is one. */
const links: Readonly<Record<string, (url: URL) => string | undefined>> = {
  foreign: url => `https://anderswo.example/ogc${url.pathname.slice('/ogc'.length)}${url.search}`,
  round: url => `${url.origin}${url.pathname}?limit=10`,
  empty: () => '',
  missing: () => undefined,
}

const liars: readonly (readonly [string, Omit<OgcWish, 'tables'>])[] = [
  ['is honest', {}],
  ['knows no CQL2', { cql: false }],
  ['ignores filters', { ignores: ['filter', 'filter-lang'] }],
  ['ignores properties as filters', { cql: false, ignores: ['baumart', 'baum_id', 'pflanzjahr'] }],
  ['ignores boxes', { ignores: ['bbox'] }],
  ['ignores times', { cql: false, ignores: ['datetime'] }],
  ['ignores the order', { ignores: ['sortby'] }],
  ['ignores where a page starts', { ignores: ['offset'], limitMost: 100 }],
  ['ignores the choice of properties', { ignores: ['properties'] }],
  ['leaves the geometry out when properties are chosen', { dropsGeometry: true }],
  ['ignores everything', { ignores: ['filter', 'filter-lang', 'sortby', 'offset', 'bbox', 'datetime', 'properties', 'crs'] }],
  ['sends ten at most', { limitMost: 10 }],
  ['sends ten at most and counts none', { limitMost: 10, counts: false }],
  ['sends ten at most and names pages elsewhere', { limitMost: 10, next: links.foreign! }],
  ['sends ten at most and does not say where the next are', { limitMost: 10, next: links.empty! }],
  ['sends ten at most and does not say that there are more', { limitMost: 10, next: links.missing! }],
  ['sends ten at most and names the first page as the next', { limitMost: 10, next: links.round! }],
  ['describes nothing', { described: false }],
  ['describes nothing and counts none', { described: false, counts: false, cql: false }],
]

describe.each(liars)('a service that %s', (_what, lies) => {
  test('shows every row once, page by page', async () => {
    const opened = await openLiar(lies)
    const seen: unknown[] = []
    for (let skip = 0; skip < 70; skip += 13) {
      const { rows } = await opened.rows({ limit: 13, ...(skip > 0 && { position: { skip } }) })
      seen.push(...numbers(rows))
    }
    expect(seen).toEqual(right(() => true))
  })

  test('filters rightly, and counts what it filtered', async () => {
    const opened = await openLiar(lies)
    const year = (row: Row) => cellOf(row, 'pflanzjahr') as number | null
    const kind = (row: Row) => cellOf(row, 'baumart') as string | null
    const cases: readonly [Condition, (row: Row) => boolean][] = [
      [{ op: 'eq', column: species, value: 'winterlinde' }, row => kind(row) === 'winterlinde'],
      [{ op: 'eq', column: id, value: 17 }, row => row[0] === 17],
      [{ op: 'lt', column: planted, value: 1930 }, row => year(row) !== null && year(row)! < 1930],
      [{ op: 'not', of: { op: 'lt', column: planted, value: 1930 } }, row => year(row) !== null && year(row)! >= 1930],
      [{ op: 'isNull', column: planted, value: true }, row => year(row) === null],
      [{ op: 'contains', column: species, value: 'LINDE' }, row => kind(row)?.toLowerCase().includes('linde') === true],
      [{ op: 'ne', column: species, value: 'Eiche' }, row => !['Eiche', null, ''].includes(kind(row))],
      [{ op: 'lt', column: changed, value: '2025-12-01T00:00:00Z' }, row => (cellOf(row, 'geaendert_am') ?? '9') < '2025-12-01T00:00:00Z'],
      [{ op: 'bbox', column: location, box: [9.165, 47.65, 9.18, 47.665] }, row => inBox(row)],
    ]
    for (const [where, keep] of cases) {
      const expected = right(keep)
      expect([where, numbers((await opened.rows({ where })).rows)]).toEqual([where, expected])
      expect([where, (await opened.ask(count(where))).rows]).toEqual([where, [[expected.length]]])
    }
    expect((await opened.ask(count())).rows).toEqual([[57]])
  })

  test('gives every place', async () => {
    const opened = await openLiar(lies)
    const { rows } = await opened.rows({ columns: [id, location] })
    expect(rows.filter(row => row[1] === null)).toEqual([])
  })

  test('finds many keys', async () => {
    const opened = await openLiar(lies)
    const keys = Array.from({ length: 300 }, (_, at) => [at * 2])
    const keyed: Omit<KeyedRequest, 'dataset'> = { kind: 'keyed', columns: [id], match: [id], keys, orderBy: [upwards(id)], perKey: 1 }
    const { rows } = await opened.ask(keyed)
    expect(numbers(rows).toSorted((a, b) => Number(a) - Number(b))).toEqual(right(row => Number(row[0]) % 2 === 0))
  })
})

function inBox(row: Row): boolean {
  const { coordinates } = cellOf(row, 'lage_geom') as unknown as { readonly coordinates: readonly [number, number] }
  const [x, y] = coordinates
  return x >= 9.165 && x <= 9.18 && y >= 47.65 && y <= 47.665
}

test('a service that sends a hundred of many and repeats them is not served as the whole', async () => {
  const keys = tableOf(town, 'keys', fit)
  const server = await startOgcServer({ tables: [keys], ignores: ['offset'], limitMost: 100 })
  const number = open('number', 'int', { column: 'akte_nr' })
  const opened = openOgcTown({ url: server.url, place: { collection: 'keys' }, key: number, fields: [number] })
  running.push({ server, town: opened })
  await expect(opened.rows({ limit: 5_000 })).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
})

test('what has been shown is asked, and no more', async () => {
  const opened = await openLiar({})
  const eq = (value: number): Condition => ({ op: 'eq', column: id, value })
  await opened.rows({ where: eq(3) })
  const before = opened.asked.length
  await opened.rows({ where: eq(4) })
  expect(opened.asked.slice(before)).toEqual([
    '/ogc/collections/trees/items?limit=1000&filter="baum_id" = 4&filter-lang=cql2-text&sortby=baum_id&properties=baum_id,baumart,pflanzjahr,geaendert_am',
  ])
})

test('times are asked by datetime only where the property is named', async () => {
  const where: Condition = { op: 'lt', column: changed, value: '2025-12-01T00:00:00Z' }
  const questions = async (lies: Omit<OgcWish, 'tables'>, place?: Readonly<Record<string, string>>) => {
    const opened = await openLiar({ cql: false, ...lies }, place)
    await opened.rows({ where })
    return opened.asked.filter(question => question.includes('datetime=')).length
  }
  expect(await questions({})).toBeGreaterThan(0)
  expect(await questions({ described: false })).toBe(0)
  expect(await questions({ described: false }, { temporal: 'geaendert_am' })).toBeGreaterThan(0)
})
