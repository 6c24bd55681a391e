/** Two towns that differ only in what is closed: whatever the public asks, both must give the same answer. */

import type { Stage } from '../stage.ts'
import { essence } from '../town/world.ts'

const questions: Readonly<Record<string, string>> = {
  'every field of every row': `{ hunde(first: 40) { totalCount edges { cursor node { id rasse farbe jahr gewicht groesse geburtsmonat lage { longitude latitude }
    halter { id stadtteil ort { longitude latitude geojson } hunde { totalCount } } } } pageInfo { hasNextPage endCursor } } }`,
  'the grid cells of homes': '{ halterinnen { totalCount nodes { id stadtteil ort { longitude latitude } } } }',
  'dogs of people':
    '{ halterinnen { nodes { hunde(first: 3, orderBy: [{ jahr: DESC }]) { totalCount nodes { id jahr halter { id } } pageInfo { endCursor hasNextPage } } } } }',
  'the last page': '{ hunde(last: 5) { nodes { id jahr } pageInfo { hasPreviousPage startCursor } } }',
  'a page by year': '{ hunde(first: 5, orderBy: [{ jahr: DESC }, { rasse: ASC }]) { nodes { jahr rasse } } }',
  'codes that share a label, in groups':
    '{ hundeAggregate(groupBy: [GROESSE]) { groups { count keys { groesse } min { jahr } max { gewicht } avg { jahr } sum { jahr } countDistinct { jahr } } hasMoreGroups } }',
  'codes that share a label, in the first group':
    '{ hundeAggregate(groupBy: [GROESSE], first: 1) { groups { count keys { groesse } } hasMoreGroups } }',
  'codes that share a label, in groups of two':
    '{ hundeAggregate(groupBy: [RASSE, GROESSE]) { groups { count keys { rasse groesse } } hasMoreGroups } }',
  'codes that share a label, in a few groups of two':
    '{ hundeAggregate(groupBy: [GROESSE, RASSE], first: 3) { groups { count keys { rasse groesse } } hasMoreGroups } }',
  'a code without a label, missing': '{ hunde(filter: { groesse: { isNull: true } }) { totalCount nodes { rasse groesse } } }',
  'a code without a label, not missing': '{ hunde(filter: { groesse: { isNull: false } }) { totalCount nodes { rasse groesse } } }',
  'a code without a label, unequal': '{ hunde(filter: { groesse: { ne: "klein" } }) { totalCount nodes { groesse } } }',
  'a code without a label, in no list': '{ hunde(filter: { groesse: { notIn: ["gross"] } }) { totalCount nodes { groesse } } }',
  'a code without a label, in no list of all':
    '{ hunde(filter: { groesse: { notIn: ["klein", "gross"] } }) { totalCount nodes { groesse } } }',
  'a code without a label, not equal': '{ hunde(filter: { not: { groesse: { eq: "klein" } } }) { totalCount nodes { groesse } } }',
  'a code without a label, not in a list':
    '{ hunde(filter: { not: { groesse: { in: ["klein", "gross"] } } }) { totalCount nodes { groesse } } }',
  'a code without a label, not not equal':
    '{ hunde(filter: { not: { not: { groesse: { ne: "klein" } } } }) { totalCount nodes { groesse } } }',
  'a code without a label, in a heap of negations':
    '{ hunde(filter: { not: { or: [{ groesse: { eq: "klein" } }, { and: [{ groesse: { ne: "gross" } }, { rasse: { eq: "Mops" } }] }] } }) { totalCount nodes { rasse groesse } } }',
  'codes in groups of a filter':
    '{ hundeAggregate(filter: { groesse: { isNull: true } }, groupBy: [GROESSE]) { groups { count keys { groesse } } } }',
  'the catalogue':
    '{ catalog { city audience datasets { id title { de } about { de } department access source licence query fields { name type unit uses } relations { name to many } } } }',
  'the catalogue searched for closed things':
    '{ catalog { a: datasets(search: "warnung") { id } b: datasets(search: "noch nicht offen") { id } c: datasets(search: "GEHEIM") { id } d: datasets(search: "impfung") { id } } }',
  'a column that is gone': '{ fundhunde { nodes { fundort } } }',
  'another column beside one that is gone': '{ fundhunde { nodes { stadtteil } totalCount } }',
  'a group by a column that is gone': '{ fundhundeAggregate(groupBy: [FUNDORT]) { groups { count } } }',
  'introspection of everything': `{ __schema { types { name description kind possibleTypes { name } interfaces { name } enumValues(includeDeprecated: true) { name description }
    inputFields { name description type { name kind ofType { name kind ofType { name } } } }
    fields(includeDeprecated: true) { name description args { name description defaultValue type { name kind ofType { name } } } type { name kind ofType { name kind ofType { name } } } } }
    directives { name args { name } } } }`,
}

export function twinAttacks(stage: () => Stage): void {
  describe('what is closed changes nothing in', () => {
    test.each(Object.entries(questions))('%s', async (_, query) => {
      const { a, b } = stage()
      const [known, unheard] = await Promise.all([a.ask(query), b.ask(query)])
      expect(essence(known)).toBe(essence(unheard))
    })

    test.each(['/schema.graphql', '/', '/graphql?query=%7B__typename%7D', '/nirgends', '/healthz'])('%s', async path => {
      const { a, b } = stage()
      for (const language of ['de', 'en']) {
        const headers = { 'accept-language': language, accept: path === '/' ? 'text/html' : '*/*' }
        const [known, unheard] = await Promise.all([a, b].map(world => world.send(path, { headers })))
        expect(essence(known!)).toBe(essence(unheard!))
      }
    })
  })

  test('rows of one coarsened cell or one label come back alike, and codes without a label come back as missing', async () => {
    const { json } = await stage().a.ask(
      '{ hunde(first: 40) { nodes { groesse geburtsmonat } } halterinnen { nodes { ort { latitude longitude } } } }',
    )
    const { hunde } = json.data as { hunde: { nodes: { groesse: string | null; geburtsmonat: string }[] } }
    expect(new Set(hunde.nodes.map(({ groesse }) => groesse))).toEqual(new Set(['klein', 'gross', null]))
    expect(hunde.nodes.every(({ geburtsmonat }) => geburtsmonat.endsWith('-01'))).toBe(true)
  })

  test('the two towns do differ in what staff may see', async () => {
    const { a, b } = stage()
    expect((await a.ask('{ hunde(first: 1) { nodes { chip geprueftVon } } }', { as: 'internal' })).json.data).toEqual({
      hunde: { nodes: [{ chip: 'INTERN-a-0', geprueftVon: 'INTERN-a-0' }] },
    })
    expect((await b.ask('{ hunde(first: 1) { nodes { chip } } }', { as: 'internal' })).json.errors).toHaveLength(1)
  })
}
