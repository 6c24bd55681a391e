/** Does JSON keep its digits, and is nothing but JSON taken for it? */

import fc from 'fast-check'
import { readJson } from '../../src/connectors/shared/json.ts'

test.each<[string, unknown]>([
  ['{"a": 9007199254740993}', { a: '9007199254740993' }],
  ['{"a": -12345678901234567890.5}', { a: '-12345678901234567890.5' }],
  ['{"a": 4.0}', { a: '4.0' }],
  ['{"a":1.10,"b":2}', { a: '1.10', b: 2 }],
  ['{"a": 1e3}', { a: '1e3' }],
  ['{"a": 1E3}', { a: '1E3' }],
  ['{"a": 0.1, "b": [1.10, 9007199254740993]}', { a: 0.1, b: [1.1, 9007199254740992] }],
  ['[{"a": {"b": 100}}]', [{ a: { b: 100 } }]],
  ['{"a": "x: 1.50"}', { a: 'x: 1.50' }],
])('%s', (text, value) => {
  expect(readJson(text)).toEqual(value)
})

test('every number in a member is the number that was written, as a float or as a text', () => {
  const written = fc.oneof(
    fc.bigInt().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.integer(), fc.nat()).map(([whole, fraction]) => `${whole}.${fraction}`),
  )
  fc.assert(
    fc.property(
      written.filter(text => /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/.test(text)),
      text => {
        const { a } = readJson(`{"a": ${text}}`) as { a: unknown }
        expect(typeof a === 'number' ? String(a) : a).toBe(text === '-0' ? '0' : text)
      },
    ),
    { numRuns: 1000 },
  )
})

test.each(['', '{"a": 1', '{"a": 1} x', "{'a': 1}", '{"a": 01}', '{"a": 1.10} {}'])('%j is no JSON', text => {
  expect(() => readJson(text)).toThrow(SyntaxError)
})
