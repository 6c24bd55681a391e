/** Attacks by way of what is remembered: answers for staff, registered queries, and answers of a configuration that has changed. */

import { noRedis, type Stage } from '../stage.ts'
import { secretMark } from '../town/tables.ts'
import { codeOf, essence, sha256, startWorld, type World } from '../town/world.ts'

const cached = '{ hunde(first: 9, filter: { jahr: { gte: 2006 } }) { totalCount nodes { rasse jahr } } }'

export function cacheAttacks(stage: () => Stage): void {
  test('an answer that staff got is not the one the public gets: each asks the source for itself', async () => {
    const { a, holds } = stage()
    const asked = async (as: 'internal' | 'public') => {
      const before = a.calls.length
      const { json } = await a.ask(cached, { as })
      const [{ age }] = (json.extensions as { provenance: [{ age: number }] }).provenance
      return { calls: a.calls.length - before, age, data: json.data }
    }
    const [staff, others, again] = [await asked('internal'), await asked('public'), await asked('public')]
    if (!holds) expect(Math.min(staff.calls, others.calls)).toBeGreaterThan(0)
    expect(again.calls).toBe(0)
    expect(others.data).toEqual(staff.data)
  })

  test('nor while the answer for staff is still on its way', async () => {
    const { a, holds } = stage()
    const query = '{ hunde(first: 11) { nodes { rasse jahr } } hundeAggregate(filter: { jahr: { gt: 2007 } }) { groups { count } } }'
    const before = a.calls.length
    const [staff, others] = await Promise.all([a.ask(query, { as: 'internal' }), a.ask(query)])
    expect(others.json.data).toEqual(staff.json.data)
    if (!holds) expect(a.calls.length - before).toBeGreaterThanOrEqual(4)
  })

  test('a query that staff registered is unknown to the public, and what the public registers shows the public no more', async () => {
    const { a } = stage()
    const secret = '{ hunde(first: 2) { nodes { chip } } }'
    const byHash = { persistedQuery: { version: 1, sha256Hash: sha256(secret) } }
    const staff = await a.ask(secret, { as: 'internal', extensions: byHash })
    expect(staff.json.data).toMatchObject({ hunde: { nodes: [{ chip: 'INTERN-a-0' }, {}] } })
    const askHash = (sha256Hash: string, as: 'public' | 'internal' = 'public') =>
      a.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(as === 'internal' && { 'x-api-key': a.keys.internal }) },
        body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      })
    const before = a.calls.length
    const [known, never] = await Promise.all([sha256(secret), sha256('never')].map(hash => askHash(hash)))
    expect(codeOf(known!)).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(essence(known!)).toBe(essence(never!))
    expect(codeOf(await a.ask(secret, { extensions: byHash }))).toBe('FIELD_UNKNOWN')
    expect(codeOf(await askHash(sha256(secret)))).not.toBe(undefined)
    expect(a.calls.slice(before)).toEqual([])
    const other = await a.ask('{ hunde(first: 1) { nodes { chip } } }', { extensions: byHash })
    expect(other.json.data).toBeUndefined()
  })

  test('a query registered by the public for staff to stumble over is not what staff get for that hash', async () => {
    const { a } = stage()
    const open = '{ hunde(first: 2) { nodes { rasse } } }'
    const byHash = { persistedQuery: { version: 1, sha256Hash: sha256('{ hunde(first: 2) { nodes { chip rasse } } }') } }
    const poisoned = await a.ask(open, { extensions: byHash })
    expect(poisoned.json.errors).toHaveLength(1)
  })

  const query = '{ hunde(first: 30) { totalCount nodes { geburtsmonat groesse } } }'
  type Dogs = { readonly totalCount: number; readonly nodes: readonly { readonly geburtsmonat: string; readonly groesse: string | null }[] }

  test.each<[string, readonly [string, string], (dogs: Dogs) => unknown, unknown, unknown]>([
    [
      'months become years',
      ['coarsen: { to: month }', 'coarsen: { to: year }'],
      ({ nodes }) => new Set(nodes.map(({ geburtsmonat }) => geburtsmonat)).size,
      12,
      1,
    ],
    [
      'a code loses its label',
      ['codes: { 1: klein, 2: gross, 3: gross }', 'codes: { 1: klein }'],
      ({ nodes }) => [...new Set(nodes.map(({ groesse }) => groesse))].sort(),
      ['gross', 'klein', null],
      ['klein', null],
    ],
    [
      'fewer rows are open',
      ['sperrvermerk: { eq: frei }', 'sperrvermerk: { eq: frei }, farbe: { ne: weiss }'],
      dogs => dogs.totalCount,
      24,
      16,
    ],
    [
      'rows are told apart otherwise',
      ['key: [{ column: hund_id, type: int }]', 'key: [{ column: hund_id, type: int }, rasse]'],
      dogs => dogs.totalCount,
      24,
      24,
    ],
  ])(
    'after the configuration has changed (%s), a cache that both share gives nothing of before',
    async (_, change, look, then, afterwards) => {
      const { a, source, redis, now } = stage()
      const asked = async ({ ask }: Pick<World, 'ask'>) => look((await ask(query)).json.data!.hunde as Dogs)
      expect(await asked(a)).toEqual(then)
      const changed = await startWorld({ side: 'a', files: source.files.a, ...(redis && { redis }), change: [change] }, now)
      expect(await asked(changed).finally(() => changed.stop())).toEqual(afterwards)
      expect(changed.calls.length).toBeGreaterThan(0)
    },
  )

  const withRedis = noRedis === undefined ? test : test.skip
  withRedis(
    `a shared cache holds no cell of a closed column, and no name of one${noRedis === undefined ? '' : ` (${noRedis})`}`,
    async () => {
      const { a, kept } = stage()
      await a.ask('{ hunde(first: 40) { edges { cursor node { id rasse halter { id stadtteil hunde { totalCount nodes { id } } } } } } }')
      await a.ask('{ hunde(first: 40) { nodes { chip geburtstag } } }', { as: 'internal' })
      const found = await kept()
      expect(found?.length).toBeGreaterThan(3)
      expect(found?.join('\n')).toContain('Dackel')
      expect(found?.join('\n')).not.toMatch(new RegExp(`${secretMark}|halter_id|hund_id|sperrvermerk|auskunft`, 'i'))
    },
  )
}
