/** Sealed tokens: stable, unreadable, not to be forged, and good for one purpose only. */

import fc from 'fast-check'
import { createSeal } from '../../src/resolvers/index.ts'

const seal = createSeal('0123456789abcdef0123456789abcdef')

test('what was closed for a purpose opens for it, and the same content gives the same token', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.jsonValue(), (purpose, value) => {
      const token = seal.close(purpose, value)
      expect(JSON.stringify(seal.open(purpose, token))).toBe(JSON.stringify(value))
      expect(seal.close(purpose, value)).toBe(token)
    }),
  )
})

test('no single changed bit goes unnoticed', () => {
  const token = seal.close(['id', 'public'], ['baeume', 4711])
  const bytes = Buffer.from(token, 'base64url')
  for (let at = 0; at < bytes.length * 8; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at >> 3]! ^= 1 << (at & 7)
    expect(seal.open(['id', 'public'], changed.toString('base64url'))).toBeUndefined()
  }
})

test.each([
  ['another audience', ['id', 'internal']],
  ['another use', ['cursor', 'public']],
  ['joined words', ['id","public']],
])('does not open for %s', (_what, purpose) => {
  expect(seal.open(purpose, seal.close(['id', 'public'], ['baeume', 4711]))).toBeUndefined()
})

test('another secret opens nothing', () => {
  expect(createSeal('another secret, just as long as it').open(['id'], seal.close(['id'], 1))).toBeUndefined()
})

test.each(['', 'a', '%%%', 'YmFldW1lOjE', `${'A'.repeat(22)}=`, 'A'.repeat(9000)])('%j is no token', token => {
  expect(seal.open(['id'], token)).toBeUndefined()
})

test('the length of a token does not tell how long a key is', () => {
  const keys = ['7', '4711', '2147483647', 'a-b-c']
  expect(new Set(keys.map(key => seal.close(['id'], ['baeume', key]).length)).size).toBe(1)
})
