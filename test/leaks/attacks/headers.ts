/** What do the headers of an answer tell, and the log of those who asked? */

import type { World } from '../town/world.ts'
import { open, post, secret } from './door.ts'

let a: World

export function headerAttacks(world: () => World): void {
  beforeAll(() => {
    a = world()
  })

  test('headers say nothing of what is behind them, and keep answers for different callers apart', async () => {
    const replies = [
      await post(a, { query: open }),
      await post(a, { query: secret }),
      await a.send('/graphql?query=%7B__typename%7D'),
      await a.send('/schema.graphql'),
      await a.send('/'),
      await a.send('/nirgends'),
      await a.send('/api/hunde.ndjson'),
      await post(a, { query: open }, { 'x-api-key': 'x' }),
    ]
    const known =
      /^(access-control-allow-origin|access-control-expose-headers|age|cache-control|cache-status|connection|content-disposition|content-length|content-type|content-security-policy|date|etag|keep-alive|referrer-policy|stadttor-provenance|transfer-encoding|vary|x-content-type-options|x-request-id)$/
    for (const { headers } of replies) expect(Object.keys(headers).filter(name => !known.test(name))).toEqual([])
    for (const { headers } of replies.slice(0, 4)) expect(headers.vary).toMatch(/authorization.*x-api-key/)
    expect(replies.every(({ headers }) => headers['access-control-allow-credentials'] === undefined)).toBe(true)
  })

  test('answers for a key are kept by no cache on the way', async () => {
    const headers = { authorization: `Bearer ${a.keys.internal}` }
    const replies = [
      await post(a, { query: secret }, headers),
      await a.send(`/graphql?query=${encodeURIComponent(secret)}`, { headers }),
      await a.send('/schema.graphql', { headers }),
    ]
    for (const reply of replies) {
      expect(reply.text).toContain('chip')
      expect(reply.headers['cache-control']).toBe('private, no-store')
    }
  })

  test('a wrong or expired key opens no export, not even of what is open to everybody', async () => {
    const before = a.calls.length
    for (const headers of [
      { authorization: 'Bearer falsch' },
      { authorization: `Bearer ${a.keys.expired}` },
      { 'x-api-key': 'falsch' },
    ] as const)
      expect((await a.send('/api/hunde.ndjson', { headers })).status).toBe(401)
    expect(a.calls.slice(before)).toEqual([])
  })

  test('the id of a request is ours, whatever the caller calls it', async () => {
    const reply = await post(a, { query: secret }, { 'x-request-id': 'GEHEIM-1', 'request-id': 'GEHEIM-2' })
    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(reply.text).not.toContain('GEHEIM')
  })

  test('what callers do wrong is no news for the log', () => {
    expect(a.log.filter(line => !line.includes('"KEY_INVALID"'))).toEqual([])
    expect(a.log.some(line => line.includes('an unknown API key was presented'))).toBe(true)
    expect(a.log.filter(line => line.includes(a.keys.internal) || line.includes(a.keys.expired))).toEqual([])
  })
}
