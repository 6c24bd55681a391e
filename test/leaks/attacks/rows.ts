/** Attacks on rows: what the row rule leaves out must be as if it were not there, by whatever way one asks. */

import { createSeal } from '../../../src/resolvers/index.ts'
import type { Stage } from '../stage.ts'
import { sealSecret } from '../town/configuration.ts'
import { dogsOpen, secretMark } from '../town/tables.ts'
import { codeOf, essence, type World } from '../town/world.ts'

/** As if the gateway had made it when the row was still open. */
function idOf(dataset: string, key: string | number, audience = 'public'): string {
  return createSeal(sealSecret).close(['id', audience], [dataset, key])
}

const nothing: Readonly<Record<string, [query: string, expected: unknown]>> = {
  'a filter on its breed': [
    `{ hunde(filter: { rasse: { startsWith: "${secretMark}" } }) { totalCount nodes { id } } }`,
    { hunde: { totalCount: 0, nodes: [] } },
  ],
  'a filter on its year': [
    '{ hunde(filter: { jahr: { lt: 1900 } }) { totalCount nodes { id } } }',
    { hunde: { totalCount: 0, nodes: [] } },
  ],
  'a filter that all others fail': [
    '{ hunde(filter: { not: { rasse: { in: ["Dackel", "Pudel", "Beagle", "Mops"] } } }) { totalCount nodes { id } } }',
    { hunde: { totalCount: 0, nodes: [] } },
  ],
  'a filter that turns the row rule around': [
    '{ hunde(filter: { not: { or: [{ rasse: { isNull: false } }, { rasse: { isNull: true } }] } }) { totalCount nodes { id } } }',
    { hunde: { totalCount: 0, nodes: [] } },
  ],
  'a box around its place': [
    '{ hunde(filter: { lage: { bbox: { west: 9.29, south: 47.79, east: 9.31, north: 47.81 } } }) { totalCount nodes { id } } }',
    { hunde: { totalCount: 0, nodes: [] } },
  ],
  'the count of all': ['{ hunde { totalCount } }', { hunde: { totalCount: dogsOpen } }],
  'the first by year': ['{ hunde(first: 1, orderBy: [{ jahr: ASC }]) { nodes { jahr } } }', { hunde: { nodes: [{ jahr: 2005 }] } }],
  'the last of all': ['{ hunde(last: 1) { nodes { rasse jahr } } }', { hunde: { nodes: [{ rasse: 'Mops', jahr: null }] } }],
  'an aggregate over all': [
    '{ hundeAggregate { groups { count min { jahr gewicht } max { jahr gewicht } } } }',
    { hundeAggregate: { groups: [{ count: dogsOpen, min: { jahr: 2005, gewicht: '4.5' }, max: { jahr: 2013, gewicht: '10.5' } }] } },
  ],
  'groups by breed': [
    '{ hundeAggregate(groupBy: [RASSE]) { groups { count keys { rasse } } hasMoreGroups } }',
    {
      hundeAggregate: {
        groups: ['Beagle', 'Dackel', 'Mops', 'Pudel'].map(rasse => ({ count: 6, keys: { rasse } })),
        hasMoreGroups: false,
      },
    },
  ],
  'a relation to a person who is barred': [
    '{ hunde(first: 3) { nodes { halter { stadtteil } } } }',
    { hunde: { nodes: [{ halter: { stadtteil: 'Paradies' } }, { halter: { stadtteil: 'Altstadt' } }, { halter: null }] } },
  ],
  'the list of people': [
    '{ halterinnen { totalCount nodes { stadtteil } } }',
    {
      halterinnen: {
        totalCount: 4,
        nodes: [{ stadtteil: 'Paradies' }, { stadtteil: 'Altstadt' }, { stadtteil: 'Altstadt' }, { stadtteil: 'Paradies' }],
      },
    },
  ],
  'the dogs of a person who also has barred ones': [
    '{ halterinnen(first: 1) { nodes { hunde { totalCount nodes { jahr } } } } }',
    { halterinnen: { nodes: [{ hunde: { totalCount: 4, nodes: [{ jahr: 2005 }, { jahr: 2013 }, { jahr: 2008 }, { jahr: 2012 }] } }] } },
  ],
}

export function rowAttacks(stage: () => Stage): void {
  describe('a row that the row rule leaves out does not show in', () => {
    test.each(Object.entries(nothing))('%s', async (_, [query, expected]) => {
      const { a } = stage()
      const reply = await a.ask(query)
      expect(reply.json.errors).toBeUndefined()
      expect(reply.json.data).toEqual(expected)
      expect((await a.ask(query, { as: 'internal' })).json.data).toEqual(expected)
    })
  })

  test.each([
    ['hund', 'hunde', 101, 987],
    ['halterin', 'halterinnen', 'GEHEIM-h-03', 'GEHEIM-h-77'],
  ])('%s(id) and node(id) answer for a row that has been barred as for one that never was', async (one, dataset, barred, absent) => {
    const { a } = stage()
    for (const query of [
      `query ($id: ID!) { found: ${one}(id: $id) { id } }`,
      'query ($id: ID!) { found: node(id: $id) { id __typename } }',
    ]) {
      const [about, instead] = await Promise.all([barred, absent].map(key => a.ask(query, { variables: { id: idOf(dataset, key) } })))
      expect(about!.json.data).toEqual({ found: null })
      expect(essence(about!)).toBe(essence(instead!))
    }
  })

  test('a row that is there is found by its id, so the attacks above could have found something', async () => {
    const { a } = stage()
    const reply = await a.ask('query ($id: ID!) { hund(id: $id) { rasse } }', { variables: { id: idOf('hunde', 1) } })
    expect(reply.json.data).toEqual({ hund: { rasse: 'Dackel' } })
  })

  describe('an id of another permission or dataset is refused like any invented one, without a question to the source:', () => {
    test.each<[string, (a: World) => Promise<string>]>([
      ['of the same row, from staff', a => firstId(a, 'hunde')],
      ['of a row only staff may see', a => firstId(a, 'bussgelder')],
      ['of a dataset that was not approved', async () => idOf('beschwerden', 1)],
      ['of a dataset whose approval has ended', async () => idOf('impfungen', 1)],
      ['of a dataset for staff, made for the public', async () => idOf('bussgelder', 1)],
      ['of a dataset nobody knows', async () => idOf('quxxgelder', 1)],
      ['with a key too many', async () => createSeal(sealSecret).close(['id', 'public'], ['hunde', 1, 2])],
      ['with no key', async () => createSeal(sealSecret).close(['id', 'public'], ['hunde'])],
      ['that is a cursor', async () => createSeal(sealSecret).close(['cursor', 'public', 'hunde'], [[1]])],
    ])('%s', async (_, make) => {
      const { a } = stage()
      const id = await make(a)
      const before = a.calls.length
      const invented = Buffer.alloc(Buffer.from(id, 'base64url').length, 7).toString('base64url')
      for (const field of ['hund', 'halterin', 'node']) {
        const query = `query ($id: ID!) { ${field}(id: $id) { id } }`
        const [given, made] = await Promise.all([id, invented].map(id => a.ask(query, { variables: { id } })))
        expect(codeOf(given!)).toBe('ID_INVALID')
        expect(essence(given!)).toBe(essence(made!))
      }
      expect(a.calls.slice(before)).toEqual([])
    })
  })
}

async function firstId(a: World, many: string): Promise<string> {
  const { json } = await a.ask(`{ ${many}(first: 1) { nodes { id } } }`, { as: 'internal' })
  return (json.data as Record<string, { nodes: { id: string }[] }>)[many]!.nodes[0]!.id
}
