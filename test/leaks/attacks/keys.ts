/** Attacks with keys: invented, expired, borrowed, smuggled. */

import { rm } from 'node:fs/promises'
import { readCity } from '../../../src/app.ts'
import { createKey, storeKey } from '../../../src/config/index.ts'
import { configure, type SourceFiles } from '../town/configuration.ts'
import { codeOf, essence, type Sent, type World } from '../town/world.ts'
import { open, post, secret, unheard } from './door.ts'

let a: World

export function keyAttacks(world: () => World, files: () => SourceFiles): void {
  beforeAll(() => {
    a = world()
  })

  describe('a key that opens nothing is refused, never answered as the public would be:', () => {
    test.each<[string, () => Sent['headers']]>([
      ['one that nobody made', () => ({ authorization: `Bearer stt_${'A'.repeat(43)}` })],
      ['one that nobody made, in the other header', () => ({ 'x-api-key': `stt_${'A'.repeat(43)}` })],
      ['one that has expired', () => ({ authorization: `Bearer ${a.keys.expired}` })],
      [
        'one with a letter changed',
        () => ({ authorization: `Bearer ${a.keys.internal.slice(0, -1)}${a.keys.internal.endsWith('A') ? 'B' : 'A'}` }),
      ],
      ['one with a letter less', () => ({ authorization: `Bearer ${a.keys.internal.slice(0, -1)}` })],
      ['one with another behind it', () => ({ authorization: `Bearer ${a.keys.internal}, ${a.keys.internal}` })],
      ['one in capitals', () => ({ 'x-api-key': a.keys.internal.toUpperCase() })],
      ['its checksum, as the files keep it', () => ({ 'x-api-key': 'sha256:'.padEnd(71, '0') })],
      ['an empty one', () => ({ 'x-api-key': '' })],
      ['a word without a key', () => ({ authorization: 'Bearer' })],
      ['a name and a password', () => ({ authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` })],
      ['the same header twice', () => ({ 'x-api-key': [a.keys.internal, a.keys.internal] })],
      ['the same header twice, one of them invented', () => ({ 'x-api-key': ['stt_x', a.keys.internal] })],
      ['a bad one in one header and a good one in the other', () => ({ 'x-api-key': 'stt_x', authorization: `Bearer ${a.keys.internal}` })],
      ['the names of things', () => ({ 'x-api-key': '__proto__' })],
    ])('%s', async (_, headers) => {
      for (const query of [open, secret, '{ __schema { types { name } } }']) {
        const reply = await unheard(a, () => post(a, { query }, headers()))
        expect([reply.status, codeOf(reply)]).toEqual([401, 'KEY_INVALID'])
        expect(reply.json.data).toBeUndefined()
      }
      expect((await a.send('/schema.graphql', { headers: headers() ?? {} })).status).toBe(401)
    })
  })

  test('of two headers, x-api-key alone says who asks: a password for what stands before the gateway may be in the other', async () => {
    const [good, basic] = [a.keys.internal, `Basic ${Buffer.from('admin:admin').toString('base64')}`]
    expect((await post(a, { query: secret }, { 'x-api-key': good, authorization: basic })).json.data).toBeDefined()
    expect((await post(a, { query: secret }, { 'x-api-key': 'stt_x', authorization: `Bearer ${good}` })).status).toBe(401)
  })

  test('of a key that is not good one learns only whether it has expired, and that only with the key itself', async () => {
    const invented = await Promise.all(
      ['stt_x', `stt_${'B'.repeat(43)}`, 'internal'].map(key => post(a, { query: open }, { 'x-api-key': key })),
    )
    expect(new Set(invented.map(reply => essence(reply))).size).toBe(1)
  })

  test('a key for an audience that no file knows is a mistake of the configuration', async () => {
    const { folder } = await configure({ side: 'a', files: files() })
    await storeKey(folder, createKey('fremd', 'niemand').entry)
    const configuration = await readCity(folder).finally(() => rm(folder, { recursive: true }))
    expect(configuration).toMatchObject({ ok: false, mistakes: [{ code: 'AUDIENCE_UNKNOWN' }] })
  })

  describe('whoever only says to be somebody is the public:', () => {
    test.each<[string, Sent['headers'], string]>([
      ['by a header of proxies', { 'x-forwarded-user': 'admin', 'x-remote-user': 'admin', forwarded: 'for=127.0.0.1' }, ''],
      ['by a header of other gateways', { 'x-hasura-role': 'internal', 'x-ms-api-role': 'internal', 'x-audience': 'internal' }, ''],
      ['by a cookie', { cookie: 'audience=internal; session=admin' }, ''],
      ['by the address', {}, '?audience=internal&x-api-key=internal&authorization=Bearer'],
    ])('%s', async (_, headers, search) => {
      const reply = await unheard(a, () =>
        a.send(`/graphql${search}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query: secret, extensions: { audience: 'internal' }, audience: 'internal', operationName: null }),
        }),
      )
      expect(codeOf(reply)).toBe('FIELD_UNKNOWN')
    })

    test('by the key itself, in the address', async () => {
      const reply = await unheard(a, () =>
        a.send(`/graphql?query=${encodeURIComponent(secret)}&key=${a.keys.internal}&x-api-key=${a.keys.internal}`),
      )
      expect(codeOf(reply)).toBe('FIELD_UNKNOWN')
    })
  })
}
