/** A service that ignores what it is asked, with status 200, is found out: the answer is right, or there is none. */

import type { AggregateRequest, Condition, KeyedRequest, Row } from '../../../src/model/index.ts'
import type { Replay } from '../../servers/replay.ts'
import { type Lies, startTreesWfs, type Tree } from '../../servers/trees-wfs.ts'
import { open } from '../../support/columns.ts'
import { by, is, openTown, type Town } from '../../support/wfs.ts'

const arten = ['Eiche', 'Linde', 'eiche', null, 'Ahorn', 'Ölweide', 'LINDE']
const trees: readonly Tree[] = Array.from({ length: 57 }, (_, at) => ({
  nr: ((at * 23) % 57) + 1,
  art: arten[at % arten.length]!,
  jahr: at % 6 === 5 ? null : 1900 + ((at * 17) % 90),
}))

const nr = open('nr', 'int')
const art = open('art', 'text')
const jahr = open('jahr', 'int')

const running: { server: Replay; town: Town }[] = []

afterEach(async () => {
  for (const { server, town } of running.splice(0)) {
    await town.connector.close()
    await server.stop()
  }
})

async function openLiar(lies: Lies, rows = trees): Promise<Town & { asked: Replay['asked'] }> {
  const server = await startTreesWfs(rows, lies)
  const town = openTown({ url: server.url, place: { typeName: 'app:baum' }, key: nr, fields: [nr, art, jahr] })
  running.push({ server, town })
  return { ...town, asked: server.asked }
}

const numbers = (rows: readonly Row[]): unknown[] => rows.map(row => row[0])
const right = (keep: (tree: Tree) => boolean): number[] =>
  trees
    .filter(keep)
    .map(tree => tree.nr)
    .toSorted((a, b) => a - b)
const count = (where?: Condition): Omit<AggregateRequest, 'dataset'> => ({
  kind: 'aggregate',
  groupBy: [],
  measures: [{ function: 'count' }],
  limit: 1,
  ...(where && { where }),
})

const liars: readonly (readonly [string, Lies])[] = [
  ['is honest', {}],
  ['is honest and counts', { says: matching => matching }],
  ['ignores filters', { ignores: ['FILTER'] }],
  ['ignores the order', { ignores: ['SORTBY'] }],
  ['ignores where a page starts', { ignores: ['STARTINDEX'] }],
  ['ignores how many are wanted', { ignores: ['COUNT'] }],
  ['ignores everything', { ignores: ['FILTER', 'SORTBY', 'STARTINDEX', 'COUNT'] }],
  ['sends ten at most and does not say so', { most: 10 }],
  ['does not tell upper from lower case', { foldsCase: true }],
  ['counts all when asked for some', { counts: (_matching, all) => all }],
  ['says how many there are of all', { ignores: ['FILTER'], says: (_matching, all) => all }],
  ['dies of comparisons with patterns', { diesOf: /PropertyIsLike/ }],
  ['dies of every filter', { diesOf: /./ }],
  ['sends more than was asked for', { chatty: true }],
  ['does not describe its types', { silent: true }],
  ['sorts missing values to the end', { nullsLast: true }],
]

describe.each(liars)('a service that %s', (_what, lies) => {
  test('shows every row once, page by page', async () => {
    const town = await openLiar(lies)
    const seen: unknown[] = []
    for (let skip = 0; skip < 70; skip += 13) {
      const { rows } = await town.rows({ limit: 13, ...(skip > 0 && { position: { skip } }) })
      seen.push(...numbers(rows))
    }
    expect(seen).toEqual(right(() => true))
  })

  test('filters rightly, and counts what it filtered', async () => {
    const town = await openLiar(lies)
    const cases: readonly [Condition, (tree: Tree) => boolean][] = [
      [is(art, 'eiche'), tree => tree.art === 'eiche'],
      [is(nr, 17), tree => tree.nr === 17],
      [{ op: 'lt', column: jahr, value: 1930 }, tree => tree.jahr !== null && tree.jahr < 1930],
      [{ op: 'not', of: { op: 'lt', column: jahr, value: 1930 } }, tree => tree.jahr !== null && tree.jahr >= 1930],
      [{ op: 'isNull', column: jahr, value: true }, tree => tree.jahr === null],
      [{ op: 'contains', column: art, value: 'IND' }, tree => tree.art?.toLowerCase() === 'linde'],
      [{ op: 'ne', column: art, value: 'Linde' }, tree => tree.art !== null && tree.art !== 'Linde'],
    ]
    for (const [where, keep] of cases) {
      expect(numbers((await town.rows({ where })).rows)).toEqual(right(keep))
      expect((await town.ask(count(where))).rows).toEqual([[right(keep).length]])
      const page = await town.rows({ where, limit: 2, position: { skip: 1 } })
      expect(numbers(page.rows)).toEqual(right(keep).slice(1, 3))
    }
  })

  test('orders with missing values where they are wanted', async () => {
    const town = await openLiar(lies)
    for (const direction of ['asc', 'desc'] as const) {
      for (const nulls of ['first', 'last'] as const) {
        const { rows } = await town.rows({
          columns: [nr, jahr],
          orderBy: [by(jahr, direction, nulls), by(nr)],
          limit: 20,
          position: { skip: 3 },
        })
        const wanted = trees
          .toSorted((a, b) => {
            if (a.jahr === b.jahr) return a.nr - b.nr
            if (a.jahr === null || b.jahr === null) return (a.jahr === null) === (nulls === 'first') ? -1 : 1
            return direction === 'asc' ? a.jahr - b.jahr : b.jahr - a.jahr
          })
          .map(tree => tree.nr)
        expect(numbers(rows)).toEqual(wanted.slice(3, 23))
      }
    }
  })

  test('finds keys, each with its rows', async () => {
    const town = await openLiar(lies)
    const request: Omit<KeyedRequest, 'dataset'> = {
      kind: 'keyed',
      columns: [nr, art],
      match: [art],
      keys: [['Linde'], ['LINDE'], ['Ulme']],
      orderBy: [by(nr)],
      perKey: 3,
    }
    const { rows } = await town.ask(request)
    const of = (name: string): [number, string][] =>
      right(tree => tree.art === name)
        .slice(0, 3)
        .map(found => [found, name])
    expect(rows).toEqual([...of('Linde'), ...of('LINDE')])
  })

  test('never sends a property that nobody asked for into an answer', async () => {
    const town = await openLiar(lies)
    expect(JSON.stringify(await town.rows())).not.toContain('GEHEIM')
  })
})

test('a service that starts to lie later is caught by the rows themselves', async () => {
  const lies: { ignores: NonNullable<Lies['ignores']> } = { ignores: [] }
  const town = await openLiar(lies)
  const where: Condition = { op: 'lt', column: jahr, value: 1930 }
  const wanted = right(tree => tree.jahr !== null && tree.jahr < 1930)
  expect(numbers((await town.rows({ where, limit: 5 })).rows)).toEqual(wanted.slice(0, 5))
  lies.ignores = ['FILTER']
  expect(numbers((await town.rows({ where, limit: 5, position: { skip: 5 } })).rows)).toEqual(wanted.slice(5, 10))
  expect(town.warnings).toEqual(['the service sent features that do not match the filter; it is no longer trusted with these columns'])
  lies.ignores = ['SORTBY']
  expect(numbers((await town.rows({ limit: 20 })).rows)).toEqual(right(() => true).slice(0, 20))
  expect(town.warnings).toContain('the service does not sort as asked; it is sorted here')
})

test('the operator hears that a service does not filter, once', async () => {
  const town = await openLiar({ ignores: ['FILTER'] })
  await town.rows({ where: is(nr, 17) })
  await town.rows({ where: is(nr, 18) })
  expect(town.warnings).toEqual(['the service does not filter; it is filtered here'])
})

test('many who ask at the same time share what is found out about the service', async () => {
  const town = await openLiar({})
  await Promise.all(Array.from({ length: 10 }, (_, at) => town.rows({ where: is(nr, at), limit: 1 })))
  expect(town.asked.filter(({ REQUEST }) => REQUEST === 'DescribeFeatureType')).toHaveLength(1)
  expect(town.asked.filter(({ FILTER }) => FILTER?.includes('-987654321'))).toHaveLength(1)
})

describe('too much for one question', () => {
  const forest = Array.from({ length: 20_100 }, (_, at) => ({ nr: at + 1, art: 'Fichte', jahr: 1990 }))

  test('is refused, not cut off', async () => {
    const town = await openLiar({ ignores: ['SORTBY'] }, forest)
    await expect(town.rows({ limit: 10 })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' })
  })

  test('is no trouble for a service that sorts', async () => {
    const town = await openLiar({}, forest)
    expect(numbers((await town.rows({ limit: 3, position: { skip: 20_050 } })).rows)).toEqual([20_051, 20_052, 20_053])
    expect((await town.ask(count())).rows).toEqual([[20_100]])
  })

  test.each([
    ['first', {}],
    ['last', { nullsLast: true }],
  ] as const)('is no trouble either when missing values come %s and are wanted at the other end', async (_where, lies) => {
    // 3 of 3,010 have no value: 1000, 2000 and 3000.
    const gaps = forest.slice(0, 3_010).map(tree => ({ ...tree, jahr: tree.nr % 1_000 === 0 ? null : tree.nr }))
    const town = await openLiar(lies, gaps)
    const page = async (direction: 'asc' | 'desc', nulls: 'first' | 'last', skip: number) =>
      numbers((await town.rows({ columns: [nr, jahr], orderBy: [by(jahr, direction, nulls), by(nr)], limit: 4, position: { skip } })).rows)
    expect(await page('asc', 'last', 0)).toEqual([1, 2, 3, 4])
    expect(await page('asc', 'last', 3_005)).toEqual([3_009, 3_010, 1_000, 2_000])
    expect(await page('asc', 'last', 3_008)).toEqual([2_000, 3_000])
    expect(await page('desc', 'first', 1)).toEqual([2_000, 3_000, 3_010, 3_009])
    expect(await page('asc', 'first', 1)).toEqual([2_000, 3_000, 1, 2])
    expect(await page('desc', 'last', 3_005)).toEqual([2, 1, 1_000, 2_000])
    expect(town.warnings).toEqual([])
    expect(town.asked.filter(({ COUNT }) => Number(COUNT) >= 1_000)).toEqual([])
  })
})
