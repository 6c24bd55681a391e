/** Callers' mistakes in GraphQL are explained in their language; the sentences come from graphql-js itself. */

import { buildSchema, parse, validate } from 'graphql'
import { complaint } from '../../src/http/complaints.ts'

const schema = buildSchema(
  'type Query { baeume(first: Int, filter: F, orderBy: D): C node(id: ID!): C } type C { nodes: [B!] } type B { art: String } input F { art: T } input T { eq: String } enum D { ASC DESC }',
)

test.each([
  ['{ baeume(frist: 1) { nodes { art } } }', 'Das Argument „frist“ gibt es bei „Query.baeume“ nicht. Meinten Sie „first“?'],
  ['{ baeume(filter: { ort: { eq: "x" } }) { nodes { art } } }', '„ort“ gibt es in „F“ nicht. Meinten Sie „art“?'],
  ['{ baeume(orderBy: ASD) { nodes { art } } }', 'Den Wert „ASD“ gibt es in „D“ nicht. Meinten Sie „ASC“?'],
  ['{ baeume }', '„baeume“ braucht Unterfelder in geschweiften Klammern. Meinten Sie „baeume { ... }“?'],
  ['{ baeume { nodes { art { x } } } }', '„art“ ist ein einzelner Wert und hat keine Unterfelder.'],
  ['{ node { nodes { art } } }', 'Bei „node“ fehlt das Argument „id“ (Typ ID!).'],
  ['query ($a: Int) { baeume { nodes { art } } }', 'Die Variable „$a“ wird nirgends benutzt.'],
  ['{ baeume(first: $a) { nodes { art } } }', 'Die Variable „$a“ ist nicht vereinbart.'],
  ['{ baeume { nodes { ...f } } }', 'Das Fragment „f“ gibt es nicht.'],
])('%s', (query, german) => {
  const [error] = validate(schema, parse(query))
  expect(complaint(error!.message).de).toBe(german)
})

test('a syntax error says so', () => {
  expect(() => parse('{ baeume(')).toThrow(/^Syntax Error/)
  expect(complaint('Syntax Error: Expected Name, found <EOF>.').de).toMatch(/^Die Abfrage ist kein gültiges GraphQL/)
})
