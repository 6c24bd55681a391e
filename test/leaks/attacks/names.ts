/** Attacks by name: a name that is closed must be refused exactly as one that nobody ever gave to anything, and the source not asked. */

import type { Stage } from '../stage.ts'
import { type Asked, essence } from '../town/world.ts'

/** A closed name and an unknown one that is as long, and as far from every open name: "did you mean" weighs that. */
interface Twins {
  readonly what: string
  readonly closed: string
  readonly unknown: string
}

const fields: readonly Twins[] = [
  { what: 'a column that no file names', closed: 'telefon', unknown: 'qzxwvkj' },
  { what: 'a column that no file names, nearly', closed: 'telefom', unknown: 'qzxwvkk' },
  { what: 'another column that no file names', closed: 'halter_name', unknown: 'halter_qzxw' },
  { what: 'the column of the row rule', closed: 'sperrvermerk', unknown: 'qzxwvkjpyqzx' },
  { what: 'the column of the row rule, nearly', closed: 'sperrvermark', unknown: 'qzxwvkjpyqzw' },
  { what: 'the column of a relation', closed: 'halter_id', unknown: 'halter_qz' },
  { what: 'the column of a relation, nearly', closed: 'halterId', unknown: 'halterQz' },
  { what: 'the key', closed: 'hund_id', unknown: 'qzxw_vk' },
  { what: 'a field for staff', closed: 'chip', unknown: 'qzxw' },
  { what: 'a field for staff, nearly', closed: 'chipp', unknown: 'qzxwv' },
  { what: 'the column of a field for staff', closed: 'pruefer', unknown: 'qzxwvkj' },
  { what: 'a field for staff over a coarsened column', closed: 'geburtstag', unknown: 'geburtsqzx' },
  { what: 'a coarsened column', closed: 'geburtsdatum', unknown: 'geburtsqzxwv' },
  { what: 'a field that was not approved', closed: 'warnung', unknown: 'wqrnxng' },
  { what: 'a relation to a closed dataset', closed: 'bussgelder', unknown: 'qzxwvkjpqz' },
]

/** Open to be read, closed for everything else. */
const usesOnly: readonly Twins[] = [
  { what: 'a use that was not approved', closed: 'farbe', unknown: 'xaxxe' },
  { what: 'a coarsened field', closed: 'geburtsmonat', unknown: 'qzxwvkjpyqzx' },
]

const roots: readonly Twins[] = [
  { what: 'a dataset for staff', closed: 'bussgelder', unknown: 'quxxgelder' },
  { what: 'a dataset for staff, nearly', closed: 'bussgeldr', unknown: 'quxxgeldr' },
  { what: 'one row of a dataset for staff', closed: 'bussgeld', unknown: 'quxxgeld' },
  { what: 'a dataset that was not approved', closed: 'beschwerden', unknown: 'bexchqerden' },
  { what: 'a dataset whose approval has ended', closed: 'impfungen', unknown: 'imqfungen' },
  { what: 'a table', closed: 'impfung', unknown: 'imqfung' },
]

type Attack = (name: string) => string | readonly [query: string, variables: Record<string, unknown>]

const upper = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()

const onFields: Readonly<Record<string, Attack>> = {
  'a selection': name => `{ hunde { nodes { ${name} } } }`,
  'an alias of it': name => `{ hunde { nodes { rasse: ${name} } } }`,
  'a selection with an object below': name => `{ hunde { nodes { ${name} { id } } } }`,
  'edges and nodes': name => `{ hunde { edges { node { ${name} } } } }`,
  'an inline fragment': name => `{ hunde { nodes { ... on Hund { ${name} } } } }`,
  'a named fragment': name => `query { hunde { nodes { ...f } } } fragment f on Hund { ${name} }`,
  'a fragment on Node': name => `{ hunde { nodes { ... on Node { ${name} } } } }`,
  'a single object': name => `{ hund(id: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") { ${name} } }`,
  'an object by node(id)': name => `{ node(id: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") { ... on Hund { ${name} } } }`,
  'a selection through relations': name => `{ halterinnen { nodes { hunde { nodes { ${name} } } } } }`,
  'a selection beside a good one': name => `{ hunde { totalCount nodes { rasse ${name} } } }`,
  'a skipped selection': name => `{ hunde { nodes { rasse ${name} @skip(if: true) } } }`,
  'an argument of it': name => `{ hunde(${name}: "x") { totalCount } }`,
  'a directive': name => `{ hunde { nodes { rasse @${name} } } }`,
}

const onUses: Readonly<Record<string, Attack>> = {
  'a filter': name => `{ hunde(filter: { ${name}: { eq: "x" } }) { totalCount } }`,
  'a filter with a wrong type': name => `{ hunde(filter: { ${name}: 5 }) { totalCount } }`,
  'a filter of a range': name => `{ hunde(filter: { ${name}: { gte: "A", lt: "B" } }) { totalCount } }`,
  'a filter on a missing value': name => `{ hunde(filter: { ${name}: { isNull: true } }) { totalCount } }`,
  'a filter below not': name => `{ hunde(filter: { not: { ${name}: { eq: "x" } } }) { totalCount } }`,
  'a filter below and, or and not': name =>
    `{ hunde(filter: { and: [{ or: [{ rasse: { eq: "x" } }, { not: { ${name}: { startsWith: "x" } } }] }] }) { totalCount } }`,
  'a filter of an aggregate': name => `{ hundeAggregate(filter: { ${name}: { eq: "x" } }) { groups { count } } }`,
  'a filter of a relation': name => `{ halterinnen { nodes { hunde(filter: { ${name}: { eq: "x" } }) { totalCount } } } }`,
  'a filter in a variable': name => ['query ($f: HundFilter) { hunde(filter: $f) { totalCount } }', { f: { [name]: { eq: 'x' } } }],
  'a filter in a nested variable': name => [
    'query ($f: [HundFilter!]) { hunde(filter: { or: $f }) { totalCount } }',
    { f: [{ rasse: { eq: 'x' } }, { not: { [name]: { eq: 'x' } } }] },
  ],
  'a filter in a variable with a wrong type': name => [
    'query ($f: HundFilter) { hunde(filter: $f) { totalCount } }',
    { f: { [name]: [1, { x: null }] } },
  ],
  'a filter in the default of a variable': name => `query ($f: HundFilter = { ${name}: { eq: "x" } }) { hunde(filter: $f) { totalCount } }`,
  'an order': name => `{ hunde(orderBy: [{ ${name}: ASC }]) { nodes { rasse } } }`,
  'a second order': name => `{ hunde(orderBy: [{ rasse: ASC }, { ${name}: DESC }]) { nodes { rasse } } }`,
  'an order in a variable': name => ['query ($o: [HundOrder!]) { hunde(orderBy: $o) { nodes { rasse } } }', { o: [{ [name]: 'ASC' }] }],
  'an order of a relation': name => `{ halterinnen { nodes { hunde(orderBy: [{ ${name}: ASC }]) { nodes { rasse } } } } }`,
  'a group': name => `{ hundeAggregate(groupBy: [${upper(name)}]) { groups { count } } }`,
  'a group in a variable': name => [
    'query ($g: [HundGroupField!]) { hundeAggregate(groupBy: $g) { groups { count } } }',
    { g: [upper(name)] },
  ],
  'a group by its own name in a variable': name => [
    'query ($g: [HundGroupField!]) { hundeAggregate(groupBy: $g) { groups { count } } }',
    { g: [name] },
  ],
  'the key of a group': name => `{ hundeAggregate(groupBy: [RASSE]) { groups { keys { ${name} } } } }`,
  ...Object.fromEntries(
    ['min', 'max', 'sum', 'avg', 'countDistinct'].map((measure): [string, Attack] => [
      `the measure ${measure}`,
      name => `{ hundeAggregate { groups { ${measure} { ${name} } } } }`,
    ]),
  ),
}

const onRoots: Readonly<Record<string, Attack>> = {
  'a list': name => `{ ${name} { totalCount } }`,
  'a list beside a good one': name => `{ hunde { totalCount } ${name} { totalCount } }`,
  'an object': name => `{ ${name}(id: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") { id } }`,
  'an aggregate': name => `{ ${name}Aggregate { groups { count } } }`,
  'a type of a fragment': name => `{ node(id: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") { ... on ${capital(name)} { id } } }`,
  'a type of a named fragment': name => `query { hunde { nodes { ...f } } } fragment f on ${capital(name)} { id }`,
  'a type of a variable': name => [`query ($f: ${capital(name)}Filter) { hunde(filter: $f) { totalCount } }`, { f: {} }],
  'a mutation': name => `mutation { ${name} { id } }`,
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Introspection answers for a name that is not there, and must do the same for a closed one. */
const asked: Readonly<Record<string, Attack>> = {
  'its type': name => `{ __type(name: "${capital(name)}") { name kind fields { name } } }`,
  'its filter': name => `{ __type(name: "${capital(name)}Filter") { name inputFields { name } } }`,
  'its groups': name => `{ __type(name: "${capital(name)}GroupField") { enumValues { name } } }`,
  'the catalogue': name => `{ catalog { datasets(search: "${name}") { id title { de } about { de } fields { name } } } }`,
  'a theme of the catalogue': name => `{ catalog { datasets(theme: "${name}") { id } } }`,
}

export function nameAttacks(stage: () => Stage): void {
  describe.each([
    ['fields', onFields, fields],
    ['uses', onUses, [...fields, ...usesOnly]],
    ['datasets', onRoots, roots],
  ] as const)('a closed name among %s is refused as an unknown one, without a question to the source, in', (_, attacks, names) => {
    test.each(entriesOf(attacks))('%s', async (_, attack, at) => {
      await Promise.all(turns(names, at, stage()).map(twins => expectTwins(stage(), attack, twins, true)))
    })
  })

  describe('a closed name is answered as an unknown one, without a question to the source, by', () => {
    test.each(entriesOf(asked))('%s', async (_, attack, at) => {
      // What is there for staff the catalogue lists by its title: that is what it is for.
      const names = [...fields, ...roots].filter(({ closed }) => !closed.startsWith('bussgeld'))
      await Promise.all(turns(names, at, stage()).map(twins => expectTwins(stage(), attack, twins, false)))
    })
  })

  test('an alias may have the name of something closed and stays an alias', async () => {
    const { a } = stage()
    const reply = await a.ask('{ hunde(first: 1) { nodes { telefon: rasse halter_id: jahr } } }')
    expect(reply.json.data).toEqual({ hunde: { nodes: [{ telefon: 'Dackel', halter_id: 2005 }] } })
  })
}

function entriesOf(attacks: Readonly<Record<string, Attack>>): [string, Attack, number][] {
  return Object.entries(attacks).map(([name, attack], at) => [name, attack, at])
}

/** Refusals are made before any source is thought of, so the kinds share the names among them: together they try every name everywhere. */
const kinds = ['postgres', 'mariadb', 'wfs', 'arcgis', 'file']

function turns(names: readonly Twins[], at: number, { kind }: Stage): readonly Twins[] {
  const turn = kinds.indexOf(kind)
  return turn < 0 ? names.filter((_, place) => (place + at) % 2 === 0) : names.filter((_, place) => (place + at) % kinds.length === turn)
}

async function expectTwins({ a }: Stage, attack: Attack, { what, closed, unknown }: Twins, refused: boolean): Promise<void> {
  const before = a.calls.length
  const language = closed.length % 2 === 0 ? 'de' : 'en'
  const [about, instead] = await Promise.all([closed, unknown].map(name => a.ask(...questionOf(attack(name), language))))
  const words = [closed, unknown].flatMap(name => [name, upper(name), capital(name)])
  expect({ what, reply: essence(about!, words) }).toEqual({ what, reply: essence(instead!, words) })
  expect({ what, refused: about!.json.errors !== undefined }).toEqual({ what, refused })
  expect(a.calls.slice(before)).toEqual([])
}

function questionOf(said: ReturnType<Attack>, language: 'de' | 'en'): [string, Asked] {
  return typeof said === 'string' ? [said, { language }] : [said[0], { variables: said[1], language }]
}
