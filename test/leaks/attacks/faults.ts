/** Attacks that wait for trouble: what does the gateway say when its source is not what it was, or is gone? */

import type { Stage } from '../stage.ts'
import { codeOf, type Reply } from '../town/world.ts'

/** What a sentence for callers may not hold: the engine's columns, SQL, protocols, drivers, addresses. */
const inside =
  /fundort_intern|halter_id|hund_id|auskunft|sperrvermerk|geburtsdatum|wohnort|select |column|relation "|table|_intern|sql|wfs|arcgis|mapserv|koop|econn|enoent|127\.0\.0\.1|localhost|node_modules|\.ts\b|\bat \w+ \(|GEHEIM|INTERN-/i

function expectSilent({ text, headers }: Reply, whereabouts: readonly string[]): void {
  // Where in the caller's own text it is: {"line":1,"column":3}.
  expect(text.replace(/"locations":\[.*?\]/g, '')).not.toMatch(inside)
  expect(JSON.stringify(headers)).not.toMatch(inside)
  for (const word of whereabouts) expect(text).not.toContain(word)
}

export function faultAttacks(stage: () => Stage): void {
  test.each([
    ['selected', '{ fundhunde { nodes { fundort } } }'],
    ['ordered by', '{ fundhunde(orderBy: [{ fundort: ASC }]) { nodes { stadtteil } } }'],
    ['filtered by', '{ fundhunde(filter: { fundort: { contains: "x" } }) { totalCount } }'],
    ['grouped by', '{ fundhundeAggregate(groupBy: [FUNDORT]) { groups { count } } }'],
  ])('a column that is gone, when %s, is told to the operators and not to callers', async (_, query) => {
    const { a, source } = stage()
    const before = a.log.length
    for (const language of ['de', 'en'] as const) {
      const reply = await a.ask(query, { language })
      expect(codeOf(reply)).toBe('SOURCE_CHANGED')
      expectSilent(reply, source.whereabouts)
    }
    expect(a.log.slice(before).join('\n')).toContain('fundort_intern')
  })

  test.each<[string, string, Record<string, unknown>]>([
    ['an id that is no number', 'query ($v: ID!) { hund(id: $v) { id } }', { v: '5 or 1=1' }],
    ['a text of another alphabet', 'query ($v: String) { hunde(filter: { rasse: { eq: $v } }) { totalCount } }', { v: '\u0001\uD800 ‮' }],
    [
      'a text with SQL in it',
      'query ($v: String) { hunde(filter: { rasse: { contains: $v } }) { totalCount } }',
      { v: `x' or "halter_id" is not null) -- %_*?\\` },
    ],
    [
      'a text with XML in it',
      'query ($v: String) { hunde(filter: { rasse: { startsWith: $v } }) { totalCount } }',
      { v: ']]></x><!ENTITY a SYSTEM "file:///etc/passwd">&a;' },
    ],
    [
      'a number of a thousand digits',
      'query ($v: Decimal) { hunde(filter: { gewicht: { lt: $v } }) { totalCount } }',
      { v: '9'.repeat(1000) },
    ],
    ['a number with a huge exponent', 'query ($v: Decimal) { hunde(filter: { gewicht: { gt: $v } }) { totalCount } }', { v: '1e9999' }],
    ['a number that is none', 'query ($v: Decimal) { hunde(filter: { gewicht: { gt: $v } }) { totalCount } }', { v: 'NaN' }],
    [
      'an area that cuts itself',
      'query ($v: GeoJSON!) { hunde(filter: { lage: { within: $v } }) { totalCount } }',
      {
        v: {
          type: 'Polygon',
          coordinates: [
            [
              [9, 47],
              [10, 48],
              [10, 47],
              [9, 48],
              [9, 47],
            ],
          ],
        },
      },
    ],
    [
      'an area of nowhere',
      'query ($v: GeoJSON!) { hunde(filter: { lage: { within: $v } }) { totalCount } }',
      {
        v: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 90],
              [180, 90],
              [-180, 90],
              [0, 90],
            ],
          ],
        },
      },
    ],
    [
      'an area that is none',
      'query ($v: GeoJSON!) { hunde(filter: { lage: { within: $v } }) { totalCount } }',
      { v: { type: 'Polygon', coordinates: 'x' } },
    ],
    ['a label that is none', 'query ($v: String) { hunde(filter: { groesse: { eq: $v } }) { totalCount } }', { v: '9' }],
    [
      'the prototype of things',
      'query ($v: HundFilter) { hunde(filter: $v) { totalCount } }',
      { v: JSON.parse('{"constructor":{"eq":"x"}}') },
    ],
  ])('%s is answered or refused without a word of the source', async (_, query, variables) => {
    const { a, source } = stage()
    for (const language of ['de', 'en'] as const) {
      const reply = await a.ask(query, { variables, language })
      const sent = Object.values(variables).map(value => JSON.stringify(value).slice(1, -1))
      expectSilent({ ...reply, text: sent.reduce((text, value) => text.replaceAll(value, ''), reply.text) }, source.whereabouts)
      if (reply.json.errors) expect(codeOf(reply)).toMatch(/^(BAD_USER_INPUT|ID_INVALID|QUERY_TOO_EXPENSIVE|GRAPHQL_VALIDATION_FAILED)$/)
    }
  })
}

/** Comes last: afterwards there is no source. */
export function ruin(stage: () => Stage): void {
  test('a source that is gone, or not what it was, is not described to callers', async () => {
    const { a, source, holds } = stage()
    await source.ruin()
    for (const language of ['de', 'en'] as const) {
      const first = language === 'de' ? 13 : 14
      const reply = await a.ask(
        `{ hunde(first: ${first}) { totalCount nodes { rasse halter { id } } } halterinnen(first: ${first}) { nodes { id } } }`,
        { language },
      )
      if (!holds || codeOf(reply)) expect(codeOf(reply)).toMatch(/^SOURCE_/)
      expectSilent(reply, source.whereabouts)
    }
  })
}
