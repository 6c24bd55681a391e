/** What attacks on the door have in common. */

import type { Reply, Sent, World } from '../town/world.ts'

export const open = '{ hunde(first: 1) { nodes { rasse } } }'
export const secret = '{ hunde(first: 1) { nodes { chip } } }'

export function post(a: World, query: unknown, headers: Sent['headers'] = {}): Promise<Reply> {
  return a.send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(query) })
}

/** The request, and that no source was asked. */
export async function unheard(a: World, work: () => Promise<Reply>): Promise<Reply> {
  const before = a.calls.length
  const reply = await work()
  expect(a.calls.slice(before)).toEqual([])
  return reply
}
