/** A request that is too large is refused before any source is asked. */

import { getIntrospectionQuery, type OperationDefinitionNode, parse } from 'graphql'
import { GatewayError } from '../../src/model/index.ts'
import { assertAffordable, makeGraph } from '../../src/resolvers/index.ts'
import { greenCity } from '../support/green.ts'
import { testHouse } from '../support/house.ts'

const town = testHouse(greenCity(), { depth: 6, aliases: 3, cost: 5000 })
const graph = makeGraph(town.model, town.house.limits)

function judge(source: string, variables: Record<string, unknown> = {}): number | string {
  const document = parse(source)
  const operation = document.definitions.find(definition => definition.kind === 'OperationDefinition') as OperationDefinitionNode
  try {
    return assertAffordable(graph, document, operation, variables, town.house.limits)
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
}

test.each<[string, string, Record<string, unknown>, number | string]>([
  ['a page costs its rows', '{ baeume(first: 10) { nodes { art } } }', {}, 10],
  ['a page of no stated size costs the usual one', '{ baeume { nodes { art } } }', {}, 20],
  ['a related object costs one per parent', '{ baeume(first: 10) { nodes { stadtteil { name } } } }', {}, 20],
  ['related lists multiply', '{ baeume(first: 10) { nodes { kontrollen(first: 5) { nodes { datum } } } } }', {}, 60],
  ['sizes may come in variables', 'query ($n: Int) { baeume(first: $n) { nodes { art } } }', { n: 7 }, 7],
  ['sizes may come in defaults of variables', 'query ($n: Int = 9) { baeume(first: $n) { nodes { art } } }', {}, 9],
  [
    'fragments count wherever they are used',
    '{ a: baeume(first: 10) { ...f } b: baeume(first: 10) { ...f } } fragment f on BaumConnection { nodes { stadtteil { name } } }',
    {},
    40,
  ],
  ['introspection is free', '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }', {}, 0],
  ['too many rows', '{ baeume(first: 1000) { nodes { kontrollen(first: 1000) { nodes { datum } } } } }', {}, 'QUERY_TOO_EXPENSIVE'],
  [
    'too many rows by variable',
    'query ($n: Int) { baeume(first: $n) { nodes { kontrollen(first: $n) { nodes { datum } } } } }',
    { n: 900 },
    'QUERY_TOO_EXPENSIVE',
  ],
  [
    'too many rows below an object found by its id',
    '{ node(id: "x") { ... on Baum { kontrollen(first: 1000) { nodes { datum } } a: kontrollen(first: 1000) { nodes { id } } b: kontrollen(first: 1000) { nodes { id } } ...f } } } fragment f on Baum { c: kontrollen(first: 1000) { nodes { id } } kontrollen(last: 1000) { nodes { ergebnis } } }',
    {},
    'QUERY_TOO_EXPENSIVE',
  ],
  [
    'objects found by their ids cost what is below them',
    '{ node(id: "x") { ... on Baum { kontrollen(first: 5) { nodes { datum } } } } }',
    {},
    6,
  ],
  [
    'relations of an object found by its id add up',
    '{ node(id: "x") { ... on Baum { stadtteil { name } kontrollen { edges { node { datum } } } } } }',
    {},
    22,
  ],
  [
    'too large a page below an object found by its id',
    '{ node(id: "x") { ... on Baum { kontrollen(first: 1001) { nodes { datum } } } } }',
    {},
    'PAGE_TOO_LARGE',
  ],
  ['too many aliases of what costs nothing', '{ a: __typename b: __typename c: __typename d: __typename }', {}, 'TOO_MANY_ALIASES'],
  [
    'too many aliases in introspection',
    '{ __schema { types { a: name b: name ...f } } } fragment f on __Type { c: name d: name }',
    {},
    'TOO_MANY_ALIASES',
  ],
  ['too large a page', '{ baeume(last: 1001) { nodes { art } } }', {}, 'PAGE_TOO_LARGE'],
  ['too many groups', '{ baeumeAggregate(groupBy: [ART], first: 1001) { groups { count } } }', {}, 'PAGE_TOO_LARGE'],
  ['too deep', '{ baeume { edges { node { kontrollen { edges { node { datum } } } } } } }', {}, 'QUERY_TOO_DEEP'],
  ['too many aliases', '{ baeume { nodes { a: art b: art c: art d: art } } }', {}, 'TOO_MANY_ALIASES'],
])('%s', (_what, source, variables, expected) => {
  expect(judge(source, variables)).toBe(expected)
})

test('the introspection that tools ask for is within the limits', () => {
  expect(judge(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).toBe(0)
})

test('variables may be nested as deep as filters, and no deeper', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { not: nested(depth - 1) })
  const query = 'query ($f: BaumFilter) { baeume(first: 1, filter: $f) { nodes { art } } }'
  expect(judge(query, { f: nested(60) })).toBe(1)
  expect(judge(query, { f: nested(70) })).toBe('QUERY_TOO_DEEP')
})

test('fragments that unfold without end are stopped early', () => {
  const doubling = Array.from({ length: 25 }, (_, at) => `fragment f${at} on Baum { ...f${at + 1} ...f${at + 1} }`).join(' ')
  expect(judge(`{ baeume(first: 1) { nodes { ...f0 } } } ${doubling} fragment f25 on Baum { art }`)).toBe('QUERY_TOO_EXPENSIVE')
})
