/** Attacks on ids and cursors: bent, borrowed, or read for what they hold. */

import { createSeal } from '../../../src/resolvers/index.ts'
import type { Stage } from '../stage.ts'
import { sealSecret } from '../town/configuration.ts'
import { codeOf, essence, type World } from '../town/world.ts'

type Edges = { readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[] }

async function tokensOf(a: World, list: string, as: 'public' | 'internal' = 'public') {
  const { json } = await a.ask(`{ list: ${list} { edges { cursor node { id } } } }`, { as })
  const { edges } = (json.data as { list: Edges }).list
  return { ids: edges.map(({ node }) => node.id), cursors: edges.map(({ cursor }) => cursor) }
}

const ordered = 'hunde(first: 3, orderBy: [{ jahr: DESC }])'
const next = (token: string) => `{ hunde(first: 3, orderBy: [{ jahr: DESC }], after: "${token}") { nodes { rasse } } }`

/** A dozen ways to bend each byte would be thousands of requests; every position gets one. */
function bent(token: string): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const changed = [...token].map((letter, at) => token.slice(0, at) + letters[(letters.indexOf(letter) + 17) % 64] + token.slice(at + 1))
  return [...changed.filter((_, at) => at % 3 === 0), token.slice(1), token.slice(0, -1), token + token, [...token].reverse().join('')]
}

export function tokenAttacks(stage: () => Stage): void {
  test('a cursor with any letter changed is refused, without a question to the source', async () => {
    const { a } = stage()
    const [cursor = ''] = (await tokensOf(a, ordered)).cursors
    const before = a.calls.length
    const replies = await Promise.all(bent(cursor).map(token => a.ask(next(token))))
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['CURSOR_INVALID']))
    expect(new Set(replies.map(reply => essence(reply))).size).toBe(1)
    expect(a.calls.slice(before)).toEqual([])
  })

  test('an id with any letter changed is refused, without a question to the source', async () => {
    const { a } = stage()
    const [id = ''] = (await tokensOf(a, ordered)).ids
    const before = a.calls.length
    const replies = await Promise.all(bent(id).map(id => a.ask('query ($id: ID!) { hund(id: $id) { rasse } }', { variables: { id } })))
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['ID_INVALID']))
    expect(a.calls.slice(before)).toEqual([])
  })

  describe('a cursor is good for its own list only, and refused elsewhere without a question to the source:', () => {
    test.each<[string, (a: World) => Promise<string | undefined>]>([
      ['of staff', async a => (await tokensOf(a, ordered, 'internal')).cursors[0]],
      ['of another order', async a => (await tokensOf(a, 'hunde(first: 3, orderBy: [{ jahr: ASC }])')).cursors[0]],
      ['of no order', async a => (await tokensOf(a, 'hunde(first: 3)')).cursors[0]],
      ['of another dataset', async a => (await tokensOf(a, 'halterinnen(first: 3)')).cursors[0]],
      [
        'of an order that only staff has',
        async a => (await tokensOf(a, 'hunde(first: 3, orderBy: [{ chip: DESC }])', 'internal')).cursors[0],
      ],
      ['that is an id', async a => (await tokensOf(a, ordered)).ids[0]],
      [
        'of a configuration that is no longer',
        async () => createSeal(sealSecret).close(['cursor', 'public', 'hunde', 'old', 'jahr:jahr:desc'], [[2012, 1]]),
      ],
      ['of nobody', async () => createSeal('another secret of at least 32 characters').close(['cursor', 'public'], [[2012, 1]])],
      ['without an end', async () => 'A'.repeat(9000)],
      ['in another alphabet', async () => '‚ÄÖÜ%00'],
      ['that is empty', async () => ''],
    ])('%s', async (_, make) => {
      const { a } = stage()
      const cursor = await make(a)
      expect(cursor).toBeDefined()
      const before = a.calls.length
      for (const where of ['after', 'before']) {
        const size = where === 'after' ? 'first' : 'last'
        const query = `query ($c: String) { hunde(${size}: 3, orderBy: [{ jahr: DESC }], ${where}: $c) { nodes { rasse } } }`
        const [given, invented] = await Promise.all([cursor, 'AAAA'.repeat(12)].map(c => a.ask(query, { variables: { c } })))
        expect(codeOf(given!)).toBe('CURSOR_INVALID')
        expect(essence(given!)).toBe(essence(invented!))
      }
      expect(a.calls.slice(before)).toEqual([])
    })
  })

  test('a cursor of staff is refused also where staff and the public see the same', async () => {
    const { a } = stage()
    const [cursor] = (await tokensOf(a, 'halterinnen(first: 2)', 'internal')).cursors
    const reply = await a.ask('query ($c: String) { halterinnen(first: 2, after: $c) { nodes { stadtteil } } }', {
      variables: { c: cursor },
    })
    expect(codeOf(reply)).toBe('CURSOR_INVALID')
  })

  test('ids and cursors hold nothing that can be read, and do not tell by their length how long a key is', async () => {
    const { a } = stage()
    const [dogs, people] = [await tokensOf(a, 'hunde(first: 24, orderBy: [{ rasse: ASC }])'), await tokensOf(a, 'halterinnen')]
    const tokens = [...dogs.ids, ...dogs.cursors, ...people.ids, ...people.cursors]
    for (const token of tokens)
      expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/GEHEIM|hund|halter|Dackel|Pudel|\[\["?[\w-]+["\],]|public/i)
    expect(new Set(dogs.ids.map(id => id.length)).size).toBe(1)
    expect(new Set(people.ids.map(id => id.length)).size).toBe(1)
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  test('equal keys of two datasets, or for two audiences, have ids that do not look alike', async () => {
    const { a } = stage()
    const [mine = '', staff = ''] = [
      (await tokensOf(a, 'hunde(first: 1)')).ids[0],
      (await tokensOf(a, 'hunde(first: 1)', 'internal')).ids[0],
    ]
    const common = [...mine].filter((letter, at) => letter === staff[at]).length
    expect(common).toBeLessThan(mine.length / 4)
  })
}
