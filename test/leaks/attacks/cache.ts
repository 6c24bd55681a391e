/** Attacks by way of what is remembered: answers for staff, registered queries, and answers of a configuration that has changed. */

import type { Stage } from '../stage.ts'
import { secretMark } from '../town/tables.ts'
import { codeOf, essence, sha256, startWorld } from '../town/world.ts'

const cached = '{ hunde(first: 9, filter: { jahr: { gte: 2006 } }) { totalCount nodes { rasse jahr } } }'

export function cacheAttacks(stage: () => Stage): void {
  test('an answer that staff got is not the one the public gets: each asks the source for itself', async () => {
    const { a } = stage()
    const asked = async (as: 'internal' | 'public') => {
      const before = a.calls.length
      const { json } = await a.ask(cached, { as })
      const [{ age }] = (json.extensions as { provenance: [{ age: number }] }).provenance
      return { calls: a.calls.length - before, age, data: json.data }
    }
    const [staff, others, again] = [await asked('internal'), await asked('public'), await asked('public')]
    expect(staff.calls).toBeGreaterThan(0)
    expect(others.calls).toBeGreaterThan(0)
    expect(again.calls).toBe(0)
    expect(others.data).toEqual(staff.data)
  })

  test('nor while the answer for staff is still on its way', async () => {
    const { a } = stage()
    const query = '{ hunde(first: 11) { nodes { rasse jahr } } hundeAggregate(filter: { jahr: { gt: 2007 } }) { groups { count } } }'
    const before = a.calls.length
    const [staff, others] = await Promise.all([a.ask(query, { as: 'internal' }), a.ask(query)])
    expect(others.json.data).toEqual(staff.json.data)
    expect(a.calls.length - before).toBeGreaterThanOrEqual(4)
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

  test('after the configuration has become stricter, a cache that both shared gives nothing of before', async () => {
    const { a, source, redis } = stage()
    const query = '{ hunde(first: 30) { totalCount nodes { rasse geburtsmonat groesse lage { longitude } } } }'
    const before = await a.ask(query)
    const stricter = await startWorld({
      side: 'a',
      files: source.files.a,
      ...(redis && { redis }),
      change: [
        ['coarsen: { to: month }', 'coarsen: { to: year }'],
        ['codes: { 1: klein, 2: gross, 3: gross }', 'codes: { 1: klein }'],
        ['sperrvermerk: { eq: frei }', 'sperrvermerk: { eq: frei }, farbe: { ne: weiss }'],
      ],
    })
    const after = await stricter.ask(query).finally(() => stricter.stop())
    type Nodes = { hunde: { totalCount: number; nodes: { geburtsmonat: string; groesse: string | null }[] } }
    const [{ hunde: old }, { hunde: now }] = [before.json.data as Nodes, after.json.data as Nodes]
    expect([old.totalCount, now.totalCount]).toEqual([24, 16])
    expect(new Set(now.nodes.map(({ geburtsmonat }) => geburtsmonat))).toEqual(new Set(['2020-01-01']))
    expect(new Set(now.nodes.map(({ groesse }) => groesse))).toEqual(new Set(['klein', null]))
    expect(stricter.calls.length).toBeGreaterThan(0)
  })

  test('a shared cache holds no cell of a closed column, and no name of one', async () => {
    const { a, kept, redis } = stage()
    await a.ask('{ hunde(first: 40) { edges { cursor node { id rasse halter { id stadtteil hunde { totalCount nodes { id } } } } } } }')
    await a.ask('{ hunde(first: 40) { nodes { chip geburtstag } } }', { as: 'internal' })
    const found = await kept()
    if (!redis) return
    expect(found?.length).toBeGreaterThan(3)
    expect(found?.join('\n')).toContain('Dackel')
    expect(found?.join('\n')).not.toMatch(new RegExp(`${secretMark}|halter_id|hund_id|sperrvermerk|auskunft`, 'i'))
  })
}
